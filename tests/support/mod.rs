//! What the test binaries share: the naive oracle, and the way from its plain values to the library's types.

#![allow(
    dead_code,
    reason = "every test binary compiles this module and uses a part of it"
)]

pub(crate) mod naive;

use septet::{
    Alphabet, Concatenation, Cut, HeaderElements, InformationElement, NationalLanguage,
    NationalTables, SegmentOptions, Septets,
};

/// The language with this identifier; 0 is none.
#[track_caller]
pub(crate) fn language(identifier: u8) -> Option<NationalLanguage> {
    (identifier != 0).then(|| {
        NationalLanguage::from_identifier(identifier)
            .unwrap_or_else(|| panic!("{identifier} is a language identifier"))
    })
}

pub(crate) fn alphabet(pair: naive::Pair) -> Alphabet {
    Alphabet::new(language(pair.locking), language(pair.single))
}

/// The oracle's pair as the library's alphabet names it.
pub(crate) fn pair(alphabet: Alphabet) -> naive::Pair {
    naive::Pair {
        locking: alphabet.locking().map_or(0, NationalLanguage::identifier),
        single: alphabet
            .single_shift()
            .map_or(0, NationalLanguage::identifier),
    }
}

pub(crate) fn code(septets: Septets) -> naive::Code {
    match septets {
        Septets::Basic(code) => naive::Code::Basic(code),
        Septets::Shifted(code) => naive::Code::Shifted(code),
    }
}

pub(crate) fn concatenation(concatenation: naive::Concatenation) -> Concatenation {
    match concatenation {
        naive::Concatenation::None => Concatenation::None,
        naive::Concatenation::Bits8 => Concatenation::Bits8,
        naive::Concatenation::Bits16 => Concatenation::Bits16,
    }
}

pub(crate) fn cut(cut: naive::Cut) -> Cut {
    match cut {
        naive::Cut::Scalar => Cut::Scalar,
        naive::Cut::Grapheme => Cut::Grapheme,
        naive::Cut::Word => Cut::Word,
    }
}

#[track_caller]
pub(crate) fn header_elements(elements: &[(u8, Vec<u8>)]) -> HeaderElements {
    let elements: Vec<InformationElement<'_>> = elements
        .iter()
        .map(|(identifier, data)| InformationElement::new(*identifier, data))
        .collect();
    HeaderElements::new(&elements).expect("elements that a caller may give")
}

/// The library's options for the oracle's; `elements` are the oracle's too, made with [`header_elements`].
pub(crate) fn segment_options<'a>(
    options: &naive::Options,
    elements: &'a HeaderElements,
) -> SegmentOptions<'a> {
    let mut tables = NationalTables::NONE;
    for &identifier in &options.allowed_locking {
        tables = tables.allow_locking(language(identifier).expect("a language"));
    }
    for &identifier in &options.allowed_single {
        tables = tables.allow_single_shift(language(identifier).expect("a language"));
    }
    SegmentOptions::new()
        .concatenation_for(septet::Encoding::Gsm7, concatenation(options.gsm7))
        .concatenation_for(septet::Encoding::Ucs2, concatenation(options.ucs2))
        .cut(cut(options.cut))
        .national_tables(tables)
        .header_elements(elements)
}

/// Reads `0500 03..` with or without spaces.
#[track_caller]
pub(crate) fn octets(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().filter(|c| !c.is_whitespace()).collect();
    digits
        .chunks(2)
        .map(|pair| {
            let pair: String = pair.iter().collect();
            u8::from_str_radix(&pair, 16)
                .unwrap_or_else(|_| panic!("{pair:?} in {hex:?} is no octet"))
        })
        .collect()
}

pub(crate) fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02X}")).collect()
}
