//! Plain text: one message a file.

use crate::text::{Decoded, Parsed, Text};

/// The line end that editors put at the end of a file is no part of the message.
pub(super) fn read(source: &str, name: &str) -> Parsed {
    let mut parsed = Parsed::default();
    if source.trim().is_empty() {
        return parsed;
    }
    let message = match source.strip_suffix('\n') {
        Some(line) => line.strip_suffix('\r').unwrap_or(line),
        None => source,
    };
    let literal = 0..message.len();
    let mut decoded = Decoded::default();
    decoded.verbatim(source, literal.clone());
    parsed.texts.push(Text {
        path: vec![name.to_owned()],
        locale: None,
        is_base: false,
        decoded,
        literal,
        encode: |text| Some(text.to_owned()),
        origin: None,
        id: None,
    });
    parsed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::formats::testing::{check_places, config, texts};

    #[test]
    fn a_file_is_one_message_without_its_last_line_end() {
        let cases = [
            ("Hi", "Hi"),
            ("Hi\n", "Hi"),
            ("Hi\r\n", "Hi"),
            ("Hi\r", "Hi\r"),
            ("Hi\n\n", "Hi\n"),
            (" Hi\r\nyou \n", " Hi\r\nyou "),
        ];
        for (source, text) in cases {
            let parsed = read(source, "welcome");
            assert_eq!(texts(&parsed), [("welcome".to_owned(), None, text)]);
            assert_eq!(parsed.texts[0].literal, 0..text.len());
            assert_eq!((parsed.texts[0].encode)("’\n"), Some("’\n".to_owned()));
        }
    }

    #[test]
    fn a_file_of_white_space_has_no_message() {
        for source in ["", "\n", " \r\n\t", "\u{a0}"] {
            assert!(texts(&read(source, "welcome")).is_empty());
        }
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn every_character_stands_where_it_is_said_to(source in any::<String>()) {
            for text in &read(&source, "welcome").texts {
                check_places(&source, text, str::to_owned);
            }
        }
    }
}
