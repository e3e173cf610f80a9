//! The texts that are measured, with the answers that are asserted before anything is timed.

use septet::{Encoding, NationalTables, SegmentOptions};

/// A text and what it comes to.
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    pub(crate) text: String,
    pub(crate) options: SegmentOptions<'static>,
    pub(crate) encoding: Encoding,
    pub(crate) units: usize,
    pub(crate) segments: usize,
}

/// Texts by script and size; the fault in the last character is the scan's worst case.
pub(crate) fn samples() -> Vec<Sample> {
    let ascii = "Your parcel is out for delivery today between two and four. ";
    let french =
        "Votre colis sera livré à l’adresse prévue".replace('’', "'") + " cet été, près du café. ";
    let turkish = "Doğrulama kodunuzu kimseyle paylaşmayın. ";
    let plain = SegmentOptions::new();
    let sample = |name, text: String, encoding, units, segments| Sample {
        name,
        text,
        options: plain,
        encoding,
        units,
        segments,
    };
    use Encoding::{Gsm7, Ucs2};
    vec![
        sample(
            "otp-40",
            "482913 is your code; it ends in 10 mins.".into(),
            Gsm7,
            40,
            1,
        ),
        sample("ascii-160", first(ascii, 160), Gsm7, 160, 1),
        sample(
            "extension-dense-160",
            first("abc{def}ghi[jkl]mno~pqr€", 160),
            Gsm7,
            200,
            2,
        ),
        sample("french-160", first(&french, 160), Gsm7, 160, 1),
        sample(
            "greek-capitals-160",
            first("ΔΩΣ ΦΛΞ ΠΘΨ ΓΔΩ ", 160),
            Gsm7,
            160,
            1,
        ),
        sample(
            "cyrillic-70",
            first("Ваш код подтверждения отправлен. ", 70),
            Ucs2,
            70,
            1,
        ),
        sample("emoji-200", first("See you there 👋 ", 200), Ucs2, 212, 4),
        sample("late-fault-160", first(ascii, 159) + "’", Ucs2, 160, 3),
        sample("ascii-64k", first(ascii, 65_536), Gsm7, 65_536, 429),
        Sample {
            options: plain.national_tables(NationalTables::ALL),
            ..sample("turkish-national-123", first(turkish, 123), Gsm7, 123, 1)
        },
    ]
}

/// The first so many characters of a text that is repeated as often as it takes.
fn first(text: &str, characters: usize) -> String {
    text.chars().cycle().take(characters).collect()
}
