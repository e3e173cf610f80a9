//! The texts that all crates get, with the right number of segments.

/// A text and how many segments it is.
pub struct Sample {
    pub name: &'static str,
    pub text: String,
    pub segments: usize,
}

pub fn samples() -> Vec<Sample> {
    let ascii = "Your parcel is out for delivery today between two and four. ";
    let french = "Votre colis sera livré à l'adresse prévue cet été, près du café. ";
    let sample = |name, text, segments| Sample {
        name,
        text,
        segments,
    };
    vec![
        sample(
            "otp-40",
            "482913 is your code; it ends in 10 mins.".to_owned(),
            1,
        ),
        sample("ascii-160", first(ascii, 160), 1),
        sample(
            "extension-dense-160",
            first("abc{def}ghi[jkl]mno~pqr€", 160),
            2,
        ),
        sample("french-160", first(french, 160), 1),
        sample("greek-capitals-160", first("ΔΩΣ ΦΛΞ ΠΘΨ ΓΔΩ ", 160), 1),
        sample(
            "cyrillic-70",
            first("Ваш код подтверждения отправлен. ", 70),
            1,
        ),
        sample(
            "cyrillic-200",
            first("Ваш код подтверждения отправлен. ", 200),
            3,
        ),
        sample("emoji-200", first("See you there 👋 ", 200), 4),
        sample("late-fault-160", first(ascii, 159) + "’", 3),
        sample("ascii-64k", first(ascii, 65_536), 429),
    ]
}

/// Turkish, which a pair of national tables holds. For septet alone: what sms_splitter does with shift
/// tables is no right answer (see `tests/rivals.rs`), and the others know no tables.
#[must_use]
pub fn turkish() -> Sample {
    let text = "Doğrulama kodunuz 482913; kodu kimseyle paylaşmayın. İşleminiz kısa sürede biter. ";
    Sample {
        name: "turkish-150",
        text: first(text, 150),
        segments: 1,
    }
}

/// The first so many characters of a text that is repeated as often as it takes.
#[must_use]
pub fn first(text: &str, characters: usize) -> String {
    text.chars().cycle().take(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::{samples, turkish};

    #[test]
    fn the_texts_are_as_long_as_their_names_say() {
        for sample in samples().into_iter().chain([turkish()]) {
            let (_, length) = sample.name.rsplit_once('-').expect("a length");
            let length = match length.strip_suffix('k') {
                Some(kibi) => kibi.parse().map(|kibi: usize| kibi * 1024),
                None => length.parse(),
            };
            assert_eq!(Ok(sample.text.chars().count()), length, "{}", sample.name);
        }
    }

    #[test]
    fn every_fourth_character_of_the_dense_text_is_in_the_extension_table() {
        let samples = samples();
        let dense = samples
            .iter()
            .find(|sample| sample.name == "extension-dense-160");
        for (at, character) in dense.expect("it is there").text.chars().enumerate() {
            assert_eq!("{}[]~€".contains(character), at % 4 == 3, "{at}");
        }
    }
}
