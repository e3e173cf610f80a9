//! What is written in place of a character, and which characters stand for nothing that is seen.
//! Data only: the parent module looks up, and computes what normalisation gives.
//!
//! Every table is sorted by its first column, as the parent's tests check, and has a character once.

/// A character, and what is written in its place: characters of the default alphabet and its
/// extension table, or nothing.
pub(super) type Row = (char, &'static str);

/// The first and the last character of a range.
pub(super) type Range = (char, char);

/// Characters that nothing is seen of, whatever stands beside them: control codes other than white
/// space, soft hyphen, combining grapheme joiner, zero width space, word joiner, the invisible
/// operators of mathematics, byte-order mark (The Unicode Standard, chapter 23).
#[rustfmt::skip]
pub(super) const INVISIBLE: &[Range] = &[
    ('\0', '\u{8}'), ('\u{E}', '\u{1F}'), ('\u{7F}', '\u{84}'), ('\u{86}', '\u{9F}'),
    ('\u{AD}', '\u{AD}'), ('\u{34F}', '\u{34F}'), ('\u{200B}', '\u{200B}'), ('\u{2060}', '\u{2064}'),
    ('\u{FEFF}', '\u{FEFF}'),
];

/// Characters that nothing is seen of, but that shape or order what stands beside them: joiners,
/// marks, embeddings and isolates of direction, variation selectors, tags (The
/// Unicode Standard, chapter 23).
#[rustfmt::skip]
pub(super) const SHAPING: &[Range] = &[
    ('\u{61C}', '\u{61C}'), ('\u{180B}', '\u{180F}'), ('\u{200C}', '\u{200F}'), ('\u{202A}', '\u{202E}'),
    ('\u{2066}', '\u{206F}'), ('\u{FE00}', '\u{FE0F}'), ('\u{E0001}', '\u{E0001}'),
    ('\u{E0020}', '\u{E007F}'), ('\u{E0100}', '\u{E01EF}'),
];

/// Marks that are accents where they stand on a letter. The overlays U+0334 to U+0338 are not among
/// them: they make another sign, as in ≠. Nor are the signs of scripts whose vowels are marks.
#[rustfmt::skip]
pub(super) const ACCENTS: &[Range] = &[
    ('\u{300}', '\u{333}'), ('\u{339}', '\u{34E}'), ('\u{350}', '\u{36F}'), ('\u{1AB0}', '\u{1ACE}'),
    ('\u{1DC0}', '\u{1DFF}'), ('\u{FE20}', '\u{FE2F}'),
];

/// Where a compatibility decomposition (UAX #15) changes the width or the shape and leaves the
/// reading alone: digraphs, long s, doubled marks, letters in the styles of mathematics, Roman
/// numerals, numbers in brackets or with a stop, ligatures, small, vertical, full and half width,
/// segmented digits. Chosen by us from the decompositions of Unicode; outside of these
/// ranges (superscripts, fractions, circles, squared words) something else is lost.
#[rustfmt::skip]
pub(super) const SAME_READING: &[Range] = &[
    ('\u{132}', '\u{133}'), ('\u{149}', '\u{149}'), ('\u{17F}', '\u{17F}'), ('\u{1C4}', '\u{1CC}'),
    ('\u{1F1}', '\u{1F3}'), ('\u{203C}', '\u{203C}'), ('\u{2047}', '\u{2049}'), ('\u{2102}', '\u{2102}'),
    ('\u{210A}', '\u{2115}'), ('\u{2119}', '\u{211D}'), ('\u{2124}', '\u{2124}'), ('\u{2128}', '\u{2128}'),
    ('\u{212C}', '\u{2134}'), ('\u{2139}', '\u{2139}'), ('\u{2145}', '\u{2149}'), ('\u{2160}', '\u{217F}'),
    ('\u{2474}', '\u{24B5}'), ('\u{FB00}', '\u{FB06}'), ('\u{FE10}', '\u{FE19}'), ('\u{FE30}', '\u{FE6B}'),
    ('\u{FF01}', '\u{FFEE}'), ('\u{1D400}', '\u{1D7FF}'), ('\u{1F100}', '\u{1F12A}'), ('\u{1FBF0}', '\u{1FBF9}'),
];

/// Typographic twins: quotation marks, dashes, dots, white space, and the same sign under another
/// number. Compared with the transform Latin-ASCII of CLDR; chosen by us where that writes two
/// characters for one quotation mark, and for the separators of lines.
///
/// The fourteen Greek capitals are here and not among the homoglyphs: the basic table holds only the
/// ten without a Latin twin (TS 23.038 §6.2.1), so the twin is how GSM-7 means them to be written.
#[rustfmt::skip]
pub(super) const TYPOGRAPHIC: &[Row] = &[
    ('\t', " "), ('\u{B}', "\n"), ('`', "'"), ('\u{85}', "\n"), ('\u{A0}', " "), ('¦', "|"),
    ('«', "\""), ('´', "'"), ('¸', ","), ('»', "\""), ('ʹ', "'"), ('ʺ', "\""), ('ʻ', "'"),
    ('ʼ', "'"), ('ʽ', "'"), ('ˆ', "^"), ('ˈ', "'"), ('ˊ', "'"), ('ˋ', "'"), ('ː', ":"), ('˗', "-"),
    ('˜', "~"), ('Α', "A"), ('Β', "B"), ('Ε', "E"), ('Ζ', "Z"), ('Η', "H"), ('Ι', "I"), ('Κ', "K"),
    ('Μ', "M"), ('Ν', "N"), ('Ο', "O"), ('Ρ', "P"), ('Τ', "T"), ('Υ', "Y"), ('Χ', "X"),
    ('\u{1680}', " "), ('\u{2002}', " "), ('\u{2003}', " "),
    ('\u{2004}', " "), ('\u{2005}', " "), ('\u{2006}', " "), ('\u{2007}', " "), ('\u{2008}', " "),
    ('\u{2009}', " "), ('\u{200A}', " "), ('‐', "-"), ('‑', "-"), ('‒', "-"), ('–', "-"),
    ('—', "-"), ('―', "-"), ('‖', "||"), ('‗', "_"), ('‘', "'"), ('’', "'"), ('‚', "'"), ('‛', "'"),
    ('“', "\""), ('”', "\""), ('„', "\""), ('‟', "\""), ('․', "."), ('‥', ".."), ('…', "..."),
    ('\u{2028}', "\n"), ('\u{2029}', "\n"), ('\u{202F}', " "), ('′', "'"), ('″', "\""),
    ('‴', "'''"), ('‵', "'"), ('‶', "\""), ('‹', "'"), ('›', "'"), ('⁃', "-"), ('⁄', "/"),
    ('⁎', "*"), ('\u{205F}', " "), ('∆', "Δ"), ('∏', "Π"), ('∑', "Σ"), ('−', "-"), ('∕', "/"),
    ('∖', "\\"), ('∗', "*"), ('∣', "|"), ('∶', ":"), ('∼', "~"), ('\u{3000}', " "), ('、', ","),
    ('。', "."), ('〈', "<"), ('〉', ">"), ('《', "<<"), ('》', ">>"), ('〝', "\""), ('〞', "\""),
    ('〟', "\""),
];

/// Letters of Latin that have no canonical decomposition: the letter without its stroke, hook or
/// tail, or the letters it is written with where it cannot be had. As in the transform Latin-ASCII
/// of CLDR; ə, ǝ, ɔ and ɵ chosen by us.
#[rustfmt::skip]
pub(super) const LETTERS: &[Row] = &[
    ('Ð', "D"), ('Þ', "TH"), ('ð', "d"), ('þ', "th"), ('Đ', "D"), ('đ', "d"), ('Ħ', "H"),
    ('ħ', "h"), ('ı', "i"), ('ĸ', "q"), ('Ł', "L"), ('ł', "l"), ('Ŋ', "N"), ('ŋ', "n"), ('Œ', "OE"),
    ('œ', "oe"), ('Ŧ', "T"), ('ŧ', "t"), ('ƀ', "b"), ('Ɓ', "B"), ('Ɔ', "O"), ('Ƈ', "C"), ('ƈ', "c"),
    ('Ɖ', "D"), ('Ɗ', "D"), ('Ƌ', "D"), ('ƌ', "d"), ('Ǝ', "E"), ('Ə', "E"), ('Ɛ', "E"), ('Ƒ', "F"),
    ('ƒ', "f"), ('Ɠ', "G"), ('Ɨ', "I"), ('Ƙ', "K"), ('ƙ', "k"), ('ƚ', "l"), ('Ɲ', "N"), ('ƞ', "n"),
    ('Ɵ', "O"), ('Ƥ', "P"), ('ƥ', "p"), ('ƫ', "t"), ('Ƭ', "T"), ('ƭ', "t"), ('Ʈ', "T"), ('Ʋ', "V"),
    ('Ƴ', "Y"), ('ƴ', "y"), ('Ƶ', "Z"), ('ƶ', "z"), ('ǝ', "e"), ('Ǥ', "G"), ('ǥ', "g"), ('ȡ', "d"),
    ('Ȥ', "Z"), ('ȥ', "z"), ('ȷ', "j"), ('Ⱥ', "A"), ('Ȼ', "C"), ('ȼ', "c"), ('Ƚ', "L"), ('Ⱦ', "T"),
    ('Ƀ', "B"), ('Ʉ', "U"), ('Ɇ', "E"), ('ɇ', "e"), ('Ɉ', "J"), ('ɉ', "j"), ('Ɍ', "R"), ('ɍ', "r"),
    ('Ɏ', "Y"), ('ɏ', "y"), ('ɓ', "b"), ('ɔ', "o"), ('ɖ', "d"), ('ɗ', "d"), ('ə', "e"), ('ɛ', "e"),
    ('ɠ', "g"), ('ɡ', "g"), ('ɦ', "h"), ('ɨ', "i"), ('ɫ', "l"), ('ɱ', "m"), ('ɲ', "n"), ('ɵ', "o"),
    ('ʂ', "s"), ('ʈ', "t"), ('ʉ', "u"), ('ʋ', "v"), ('ʐ', "z"), ('ẞ', "SS"), ('Ɫ', "L"), ('Ᵽ', "P"),
    ('Ɽ', "R"), ('ⱥ', "a"), ('ⱦ', "t"),
];

/// Signs that are spelled out. Arrows, comparisons and the copyright sign as in the transform
/// Latin-ASCII and the character fallbacks of CLDR; currencies by their codes of ISO 4217 (and
/// BTC); the rest chosen by us. The keycap goes without trace: its digit stays.
#[rustfmt::skip]
pub(super) const SYMBOLS: &[Row] = &[
    ('¢', "c"), ('©', "(c)"), ('®', "(R)"), ('°', " deg"), ('±', "+/-"), ('·', "."),
    ('×', "x"), ('÷', "/"), ('μ', "u"), ('৳', "BDT"), ('฿', "THB"), ('†', "+"), ('•', "-"),
    ('‣', "-"), ('₡', "CRC"), ('₤', "£"), ('₦', "NGN"), ('₩', "KRW"), ('₪', "ILS"), ('₫', "VND"),
    ('₭', "LAK"), ('₮', "MNT"), ('₱', "PHP"), ('₲', "PYG"), ('₴', "UAH"), ('₵', "GHS"),
    ('₸', "KZT"), ('₹', "INR"), ('₺', "TRY"), ('₼', "AZN"), ('₽', "RUB"), ('₾', "GEL"),
    ('₿', "BTC"), ('\u{20E3}', ""), ('℗', "(P)"), ('←', "<-"), ('↑', "^"), ('→', "->"),
    ('↔', "<->"), ('⇐', "<="), ('⇒', "=>"), ('⇔', "<=>"), ('∙', "."), ('≈', "~"), ('≠', "!="),
    ('≡', "=="), ('≤', "<="), ('≥', ">="), ('≪', "<<"), ('≫', ">>"), ('⋅', "."), ('■', "-"),
    ('□', "-"), ('▪', "-"), ('▫', "-"), ('▶', ">"), ('►', ">"), ('◀', "<"), ('◄', "<"), ('◆', "-"),
    ('◇', "-"), ('○', "-"), ('●', "-"), ('◦', "-"), ('★', "*"), ('☆', "*"), ('✕', "x"), ('✖', "x"),
    ('✗', "x"), ('✘', "x"), ('➔', "->"), ('➜', "->"), ('➝', "->"), ('➞', "->"), ('➡', "->"),
];

/// Letters of other scripts that look like one of GSM-7: Cyrillic, Greek, Armenian, and two signs of
/// phonetics. A choice of ours among the pairs that UTS #39 calls confusable. The number is the
/// point, so numbers are written.
#[rustfmt::skip]
pub(super) const HOMOGLYPHS: &[Row] = &[
    ('\u{1C3}', "!"), ('\u{251}', "a"), ('\u{3B1}', "a"), ('\u{3B9}', "i"), ('\u{3BD}', "v"),
    ('\u{3BF}', "o"), ('\u{3C5}', "u"), ('\u{3F2}', "c"), ('\u{3F3}', "j"), ('\u{405}', "S"),
    ('\u{406}', "I"), ('\u{408}', "J"), ('\u{410}', "A"), ('\u{412}', "B"), ('\u{413}', "Γ"),
    ('\u{415}', "E"), ('\u{41A}', "K"), ('\u{41C}', "M"), ('\u{41D}', "H"), ('\u{41E}', "O"),
    ('\u{41F}', "Π"), ('\u{420}', "P"), ('\u{421}', "C"), ('\u{422}', "T"), ('\u{423}', "Y"),
    ('\u{424}', "Φ"), ('\u{425}', "X"), ('\u{430}', "a"), ('\u{435}', "e"), ('\u{43E}', "o"),
    ('\u{440}', "p"), ('\u{441}', "c"), ('\u{443}', "y"), ('\u{445}', "x"), ('\u{455}', "s"),
    ('\u{456}', "i"), ('\u{458}', "j"), ('\u{4AE}', "Y"), ('\u{4BB}', "h"), ('\u{4C0}', "I"),
    ('\u{4CF}', "l"), ('\u{4D4}', "Æ"), ('\u{4D5}', "æ"), ('\u{501}', "d"), ('\u{50C}', "G"),
    ('\u{51A}', "Q"), ('\u{51B}', "q"), ('\u{51C}', "W"), ('\u{51D}', "w"), ('\u{54D}', "U"),
    ('\u{555}', "O"), ('\u{570}', "h"), ('\u{578}', "n"), ('\u{57D}', "u"), ('\u{585}', "o"),
];
