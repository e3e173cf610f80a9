//! Every cell of every table, and every scalar, against the tables of `tests/data/gsm7-tables.tsv`.

mod support;

use septet::{Alphabet, Encoding, Message, NationalLanguage, Septets};
use support::naive::{self, Code, Pair};

// ---------------------------------------------------------------------------------------------------- all cells

/// The pair under which the named table is in force, and whether its cells stand behind ESC.
#[track_caller]
fn table(name: &str) -> (Alphabet, bool) {
    let (kind, language) = name.split_once('/').expect("kind/language");
    let identifier = naive::LANGUAGES
        .iter()
        .position(|&known| known == language)
        .unwrap_or_else(|| panic!("{name} names a language"));
    let language = support::language(u8::try_from(identifier).expect("below 14"));
    match kind {
        "basic" | "locking" => (Alphabet::new(language, None), false),
        "extension" | "single" => (Alphabet::new(None, language), true),
        _ => panic!("{name} is no table"),
    }
}

#[test]
fn every_cell_reads_as_the_printed_table_says() {
    let cells = naive::cells();
    assert_eq!(cells.len(), 27 * 128);
    let mut wrong = Vec::new();
    for cell in cells {
        let (alphabet, shifted) = table(&cell.table);
        let found = if shifted {
            alphabet.shifted(cell.code)
        } else {
            alphabet.basic(cell.code)
        };
        if found != cell.character {
            wrong.push(format!(
                "{} {:02X}: expected {:?}, got {found:?}",
                cell.table, cell.code, cell.character
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_cell_is_written_as_the_lowest_code_of_its_character() {
    let mut wrong = Vec::new();
    for cell in naive::cells() {
        let Some(character) = cell.character else {
            continue;
        };
        let (alphabet, _) = table(&cell.table);
        let expected = support::pair(alphabet).encode(character);
        let found = alphabet.encode(character).map(support::code);
        if found != expected {
            wrong.push(format!(
                "{} {character:?}: expected {expected:?}, got {found:?}",
                cell.table
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn escape_and_codes_above_seven_bits_are_no_cells() {
    for pair in Pair::every() {
        let alphabet = support::alphabet(pair);
        assert_eq!(alphabet.basic(septet::ESCAPE), None, "{pair:?}");
        assert_eq!(alphabet.shifted(septet::ESCAPE), None, "{pair:?}");
        for code in 0x80..=0xFF {
            assert_eq!(alphabet.basic(code), None, "{pair:?} {code:02X}");
            assert_eq!(alphabet.shifted(code), None, "{pair:?} {code:02X}");
        }
    }
}

// ---------------------------------------------------------------------------------------------------- all scalars

/// Asks for every scalar there is, and expects `None` for each that the oracle's pair does not have.
#[track_caller]
fn assert_every_scalar(pair: Pair) {
    let alphabet = support::alphabet(pair);
    let mut known: Vec<char> = [
        naive::locking_table(pair.locking),
        naive::single_table(pair.single),
    ]
    .iter()
    .flat_map(|table| table.codes.keys().copied())
    .collect();
    known.sort_unstable();
    known.dedup();
    let mut known = known.into_iter().peekable();
    for scalar in '\0'..=char::MAX {
        let expected = known
            .next_if_eq(&scalar)
            .and_then(|character| pair.encode(character));
        let found = alphabet.encode(scalar).map(support::code);
        assert!(
            found == expected,
            "{pair:?} {scalar:?}: expected {expected:?}, got {found:?}"
        );
    }
    assert_eq!(known.next(), None, "every known character was asked for");
}

#[test]
fn every_scalar_through_the_default_alphabet() {
    assert_eq!(Alphabet::DEFAULT, Alphabet::new(None, None));
    assert_eq!(Alphabet::DEFAULT, Alphabet::default());
    assert_every_scalar(Pair::DEFAULT);
}

#[test]
fn every_scalar_under_each_locking_table() {
    for locking in 1..=13 {
        assert_every_scalar(Pair { locking, single: 0 });
    }
}

#[test]
fn every_scalar_under_each_single_shift_table() {
    for single in 1..=13 {
        assert_every_scalar(Pair { locking: 0, single });
    }
}

#[test]
fn every_character_of_any_table_under_every_pair() {
    let mut characters: Vec<char> = naive::cells()
        .into_iter()
        .filter_map(|cell| cell.character)
        .collect();
    characters.sort_unstable();
    characters.dedup();
    for locking in 0..=13 {
        for single in 0..=13 {
            let pair = Pair { locking, single };
            let alphabet = support::alphabet(pair);
            for &character in &characters {
                let expected = pair.encode(character);
                let found = alphabet.encode(character).map(support::code);
                assert!(
                    found == expected,
                    "{pair:?} {character:?}: expected {expected:?}, got {found:?}"
                );
            }
        }
    }
}

#[test]
fn every_scalar_is_a_message_of_the_encoding_it_needs() {
    let mut buffer = [0; 4];
    for scalar in '\0'..=char::MAX {
        let text = scalar.encode_utf8(&mut buffer);
        let message = Message::new(text);
        let (encoding, units) = match Pair::DEFAULT.encode(scalar) {
            Some(Code::Basic(_)) => (Encoding::Gsm7, 1),
            Some(Code::Shifted(_)) => (Encoding::Gsm7, 2),
            None if u32::from(scalar) > 0xFFFF => (Encoding::Ucs2, 2),
            None => (Encoding::Ucs2, 1),
        };
        let found = (message.encoding(), message.units());
        assert!(
            found == (encoding, units),
            "{scalar:?}: expected {encoding:?} of {units}, got {found:?}"
        );
        let forced_by = message
            .forced_by()
            .map(|it| (it.character(), it.at(), it.is_in_some_table()));
        let expected = (encoding == Encoding::Ucs2).then_some((scalar, 0, false));
        assert!(
            forced_by == expected,
            "{scalar:?}: expected to be forced by {expected:?}, got {forced_by:?}"
        );
        assert_eq!(message.segment_count(), 1);
    }
}

// ---------------------------------------------------------------------------------------------------- languages

#[test]
fn languages_have_the_identifiers_and_names_of_the_standard() {
    assert_eq!(NationalLanguage::ALL.len(), 13);
    for (index, name) in naive::LANGUAGES.iter().enumerate().skip(1) {
        let identifier = u8::try_from(index).expect("below 14");
        let language = NationalLanguage::from_identifier(identifier).expect("a language");
        assert_eq!(NationalLanguage::ALL[index - 1], language);
        assert_eq!(language.identifier(), identifier);
        assert_eq!(language.name(), *name);
        assert_eq!(language.to_string(), *name);
        assert_eq!(name.parse().ok(), Some(language));
        assert_eq!(language.has_locking_table(), identifier != naive::SPANISH);
    }
    for identifier in (0..=0).chain(14..=0xFF) {
        assert_eq!(NationalLanguage::from_identifier(identifier), None);
    }
    assert!("klingon".parse::<NationalLanguage>().is_err());
    assert_eq!(
        "Turkish".parse(),
        Ok(NationalLanguage::Turkish),
        "in any case"
    );
}

#[test]
fn a_spanish_locking_shift_means_the_basic_alphabet() {
    let spanish = Alphabet::new(Some(NationalLanguage::Spanish), None);
    assert_eq!(spanish, Alphabet::DEFAULT);
    assert_eq!(spanish.locking(), None);
    let both = Alphabet::new(
        Some(NationalLanguage::Spanish),
        Some(NationalLanguage::Spanish),
    );
    assert_eq!(both.single_shift(), Some(NationalLanguage::Spanish));
    assert_eq!(both.encode('ñ'), Some(Septets::Basic(0x7D)));
}

// ---------------------------------------------------------------------------------------------------- traps

#[track_caller]
fn assert_forces_ucs2(character: char) {
    assert_eq!(Alphabet::DEFAULT.encode(character), None, "{character:?}");
    let text = format!("ok {character}");
    let message = Message::new(&text);
    assert_eq!(message.encoding(), Encoding::Ucs2, "{character:?}");
    let forced_by = message.forced_by().expect("forced by a character");
    assert_eq!((forced_by.character(), forced_by.at()), (character, 3));
}

#[test]
fn code_09_is_the_capital_c_with_cedilla() {
    assert_eq!(Alphabet::DEFAULT.basic(0x09), Some('Ç'));
    assert_eq!(Alphabet::DEFAULT.encode('Ç'), Some(Septets::Basic(0x09)));
    assert_forces_ucs2('ç');
}

#[test]
fn a_backtick_is_only_in_the_portuguese_locking_table() {
    assert_forces_ucs2('`');
    for pair in Pair::every() {
        let found = support::alphabet(pair).encode('`');
        let portuguese = support::language(pair.locking) == Some(NationalLanguage::Portuguese);
        assert_eq!(
            found,
            portuguese.then_some(Septets::Basic(0x7D)),
            "{pair:?}"
        );
    }
}

#[test]
fn a_no_break_space_is_not_a_space() {
    assert_forces_ucs2('\u{a0}');
}

#[test]
fn a_tab_is_not_in_the_alphabet() {
    assert_forces_ucs2('\t');
}

#[test]
fn the_escape_character_is_never_sent_as_the_escape_code() {
    assert_forces_ucs2('\u{1b}');
    for pair in Pair::every() {
        assert_eq!(support::alphabet(pair).encode('\u{1b}'), None, "{pair:?}");
    }
}

#[test]
fn greek_capitals_with_a_latin_twin_are_not_in_the_alphabet() {
    for character in [
        '\u{391}', '\u{392}', '\u{395}', '\u{396}', '\u{397}', '\u{399}', '\u{39a}', '\u{39c}',
        '\u{39d}', '\u{39f}', '\u{3a1}', '\u{3a4}', '\u{3a5}', '\u{3a7}',
    ] {
        assert_forces_ucs2(character);
    }
    for character in "ΔΦΓΛΩΠΨΣΘΞ".chars() {
        let septets = Alphabet::DEFAULT
            .encode(character)
            .expect("in the alphabet");
        assert_eq!(septets.count(), 1, "{character}");
    }
}

#[test]
fn look_alikes_of_other_blocks_are_not_in_the_alphabet() {
    for character in [
        '\u{2126}', '\u{2206}', '\u{2211}', '\u{220f}', '\u{b5}', '\u{3bc}', '\u{2018}',
        '\u{2019}', '\u{201c}', '\u{201d}', '\u{2013}', '\u{2014}', '\u{2026}',
    ] {
        assert_forces_ucs2(character);
    }
}

#[test]
fn ten_characters_cost_two_septets() {
    let expected = [
        ('\u{c}', 0x0A),
        ('^', 0x14),
        ('{', 0x28),
        ('}', 0x29),
        ('\\', 0x2F),
        ('[', 0x3C),
        ('~', 0x3D),
        (']', 0x3E),
        ('|', 0x40),
        ('€', 0x65),
    ];
    for (character, code) in expected {
        let septets = Alphabet::DEFAULT
            .encode(character)
            .expect("in the alphabet");
        assert_eq!(septets, Septets::Shifted(code));
        assert_eq!(septets.count(), 2);
        assert_eq!(Message::new(&character.to_string()).units(), 2);
    }
    let two_septets = ('\0'..=char::MAX)
        .filter_map(|character| Alphabet::DEFAULT.encode(character))
        .filter(|septets| septets.count() == 2)
        .count();
    assert_eq!(two_septets, expected.len());
}

#[test]
fn kannada_24_is_the_letter_that_the_printed_row_lacks() {
    let kannada = Alphabet::new(Some(NationalLanguage::Kannada), None);
    assert_eq!(kannada.basic(0x24), Some('\u{ca1}'));
    assert_eq!(kannada.encode('\u{ca1}'), Some(Septets::Basic(0x24)));
    assert_eq!(kannada.basic(0x3D), Some('\u{caa}'));
    assert_eq!(kannada.encode('\u{caa}'), Some(Septets::Basic(0x3D)));
}

#[test]
fn telugu_has_no_euro_sign() {
    let telugu = Alphabet::new(
        Some(NationalLanguage::Telugu),
        Some(NationalLanguage::Telugu),
    );
    assert_eq!(telugu.shifted(0x65), None);
    assert_eq!(telugu.encode('€'), None);
}

#[test]
fn doubled_characters_of_a_single_shift_table_take_the_lower_code() {
    for identifier in 4..=13 {
        let language = support::language(identifier);
        let alphabet = Alphabet::new(language, language);
        for (character, lower, higher) in [('¡', 0x13, 0x15), ('*', 0x0B, 0x18)] {
            assert_eq!(alphabet.shifted(lower), Some(character), "{language:?}");
            assert_eq!(alphabet.shifted(higher), Some(character), "{language:?}");
            assert_eq!(
                alphabet.encode(character),
                Some(Septets::Shifted(lower)),
                "{language:?}"
            );
        }
    }
}

#[test]
fn parentheses_are_exchanged_in_the_indic_locking_tables() {
    for identifier in 4..=13 {
        let alphabet = Alphabet::new(support::language(identifier), None);
        assert_eq!(alphabet.basic(0x28), Some(')'), "{identifier}");
        assert_eq!(alphabet.basic(0x29), Some('('), "{identifier}");
    }
}

#[test]
fn a_hole_of_a_locking_table_is_never_written() {
    for (identifier, code) in [
        (4, 0x5C),
        (5, 0x5C),
        (9, 0x5C),
        (10, 0x5C),
        (7, 0x5B),
        (8, 0x5B),
    ] {
        let alphabet = Alphabet::new(support::language(identifier), None);
        assert_eq!(alphabet.basic(code), None, "{identifier}");
        assert_eq!(alphabet.encode(' '), Some(Septets::Basic(0x20)));
    }
}
