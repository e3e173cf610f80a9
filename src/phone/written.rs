//! What stands in the input besides a number's digits?
//!
//! The parser takes what looks like a number out of the input, turns letters into digits and leaves the
//! rest without a word. For a code that is not enough: "text 900 to 650 253 0000" is no number, and
//! nobody's phone should be guessed. So the same input is looked at once more, for what was left out.

use alloc::string::String;

use super::plan::ascii_digits;

/// An input, looked at.
pub(super) struct Written<'a> {
    /// From the first digit or plus to the last digit or letter.
    number: &'a str,
    /// Whether something stands beside the number that is no part of it.
    pub(super) surplus: bool,
}

/// What an extension is announced by, in small letters: the longest first.
const LABELS: &[&str] = &[
    "extensión",
    "extensio\u{301}n",
    "extension",
    "extn",
    "ext",
    "xtensión",
    "xtensio\u{301}n",
    "xtension",
    "xtn",
    "xt",
    "anexo",
    "доб",
    "int",
    "x",
];

impl<'a> Written<'a> {
    pub(super) fn new(input: &'a str) -> Self {
        let plus_or_digit = |character: char| match character {
            '+' | '\u{ff0b}' | '0'..='9' => true,
            // A number sign such as ² is no digit.
            _ => {
                !character.is_ascii()
                    && character.is_numeric()
                    && !ascii_digits(character.encode_utf8(&mut [0; 4])).is_empty()
            }
        };
        let start = input.find(plus_or_digit).unwrap_or(input.len());
        let (before, whole) = input.split_at(start);
        let number = whole.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '#');
        // `tel:` announces a number (RFC 3966); brackets, quotes and invisible marks do no harm.
        let before = without_scheme(before.trim_start());
        let means_something = |c: char| c.is_alphanumeric() || matches!(c, '*' | '#');
        Self {
            number,
            surplus: before.contains(means_something)
                || whole.contains('*')
                || holds_second_number(number)
                || holds(number, ";isub="),
        }
    }

    /// Whether the number begins with its calling code.
    pub(super) fn has_plus(&self) -> bool {
        self.number.starts_with(['+', '\u{ff0b}'])
    }

    /// Whether an extension, in ASCII digits, has the look of a second number: it is as long as one, and
    /// nothing but a sign stands before it, as in `+16502530000;6502530001`.
    pub(super) fn is_second_number(&self, extension: &str) -> bool {
        const SHORTEST: usize = 7;
        let has_label =
            || self.number.contains(char::is_alphabetic) || self.number.contains(['#', '\u{ff03}']);
        extension.len() >= SHORTEST && !has_label()
    }

    /// Whether digits of a number with its calling code are left out, more than a trunk prefix has: the
    /// parser drops codes of carriers, which nobody dials behind a calling code.
    pub(super) fn drops_digits(&self, kept: usize) -> bool {
        const TRUNK_PREFIX: usize = 2;
        self.has_plus() && ascii_digits(self.number).len() > kept + TRUNK_PREFIX
    }

    /// Whether letters stand where digits should. What announces the extension is none of them.
    pub(super) fn has_letters(&self, extension: Option<&str>) -> bool {
        // Full-width forms are letters as well.
        let narrow = |c: char| match c {
            '\u{ff21}'..='\u{ff5a}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            _ => c,
        };
        let mut number = self.number;
        let Some(extension) = extension else {
            return number.contains(char::is_alphabetic);
        };
        number = number.trim_end_matches('#');
        number = number.strip_suffix(extension).unwrap_or(number);
        let letters = |c: char| c.is_alphabetic() || c == '\u{301}';
        let number = number.trim_end_matches(|c: char| !letters(c) && !c.is_numeric());
        let number: String = number
            .chars()
            .map(narrow)
            .flat_map(char::to_lowercase)
            .collect();
        let label = LABELS.iter().find_map(|label| number.strip_suffix(label));
        label.unwrap_or(&number).contains(char::is_alphabetic)
    }

    /// Returns the number of digits, where there is nothing else but punctuation.
    pub(super) fn bare_digits(&self) -> Option<usize> {
        let bare = !self.surplus && !self.has_plus() && !self.number.contains(char::is_alphabetic);
        bare.then(|| ascii_digits(self.number).len())
    }
}

/// Without `tel:` in front.
fn without_scheme(text: &str) -> &str {
    match text.split_at_checked(4) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("tel:") => rest,
        _ => text,
    }
}

/// Whether a text holds an ASCII word, in either case.
pub(super) fn holds(text: &str, word: &str) -> bool {
    let mut windows = text.as_bytes().windows(word.len());
    windows.any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

/// Whether a second extension follows behind a slash, which makes it two numbers: `x302/x2303`.
fn holds_second_number(number: &str) -> bool {
    number
        .split(['/', '\\'])
        .skip(1)
        .any(|rest| rest.trim_start_matches(' ').starts_with(['x', 'X']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_a_number_is_seen() {
        for (input, surplus) in [
            ("+1 650 253 0000", false),
            ("(650) 253-0000", false),
            ("  \u{202a}+1 650 253 0000\u{202c}.", false),
            ("📞 650 253 0000", false),
            ("tel:+1-650-253-0000", false),
            ("Tel: 650 253 0000", false),
            ("phone 650 253 0000", true),
            ("*67 650 253 0000", true),
            ("#31#650 253 0000", true),
            ("650*253*0000", true),
            ("650 253 0000*", true),
            ("650 253 0000 x302/x2303", true),
            ("650 253 0000 x302 \\  X2303", true),
            ("650/253/0000", false),
            ("+1-650-253-0000;ISUB=12", true),
            ("² 650 253 0000", true),
            ("", false),
        ] {
            assert_eq!(Written::new(input).surplus, surplus, "{input}");
        }
    }

    #[test]
    fn letters_are_seen_and_labels_of_extensions_are_not() {
        for (input, extension, letters) in [
            ("650 253 0000", None, false),
            ("1-800-FLOWERS", None, true),
            ("650 253 0000x", None, true),
            ("650 253 0000 ext. 12", Some("12"), false),
            ("650 253 0000 EXTENSION: 12#", Some("12"), false),
            ("650 253 0000 extensio\u{301}n 12", Some("12"), false),
            ("650 253 0000;ext=12", Some("12"), false),
            ("650 253 0000 ｅｘｔｎ １２", Some("１２"), false),
            ("650 253 0000 доб. 12", Some("12"), false),
            ("650 253 0000 ДОБ 12", Some("12"), false),
            ("650 253 0000 int 12", Some("12"), false),
            ("650 253 0000 anexo 12", Some("12"), false),
            ("650 253 0000 #12", Some("12"), false),
            ("650 253 0000,,12", Some("12"), false),
            ("650-GOO-GLES x12", Some("12"), true),
            ("650-253-FLOWx12", Some("12"), true),
            ("650-POINT12", Some("12"), true),
        ] {
            assert_eq!(
                Written::new(input).has_letters(extension),
                letters,
                "{input}"
            );
        }
    }

    #[test]
    fn a_long_extension_without_a_word_before_it_is_a_second_number() {
        for (input, extension, second) in [
            ("+16502530000;6502530001", "6502530001", true),
            ("+16502530000,,6502530001", "6502530001", true),
            ("+1 650 253 0000~6502530", "6502530", true),
            ("+16502530000,,123456", "123456", false),
            ("+16502530000;ext=6502530001", "6502530001", false),
            ("+16502530000 x6502530001", "6502530001", false),
            ("+16502530000 #6502530001", "6502530001", false),
        ] {
            let written = Written::new(input);
            assert_eq!(written.is_second_number(extension), second, "{input}");
        }
    }

    #[test]
    fn digits_alone_are_counted_in_every_script() {
        for (input, digits) in [
            ("911", Some(3)),
            (" 12-345 ", Some(5)),
            ("٩١١", Some(3)),
            ("+911", None),
            ("91x", None),
            ("#911", None),
            ("", Some(0)),
        ] {
            assert_eq!(Written::new(input).bare_digits(), digits, "{input}");
        }
    }
}
