//! How do files write regions, currencies, amounts and days?
//!
//! One spelling of each, so that a table cannot say the same thing twice in two ways.

use core::fmt::Display;
use core::str::FromStr;

use septet::telephony::{Currency, Price, Region};

/// What is wrong with a word of a file.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Slip {
    pub(crate) what: String,
    /// What to do.
    pub(crate) help: String,
}

impl Slip {
    /// An error of the library says what is wrong and, behind a semicolon, what to do.
    fn new(error: &impl Display) -> Self {
        let message = error.to_string();
        let (what, help) = message.split_once("; ").unwrap_or((&message, ""));
        let (what, help) = (what.to_owned(), help.to_owned());
        Self { what, help }
    }
}

/// Reads a word as the library does.
pub(crate) fn word<T: FromStr<Err: Display>>(written: &str) -> Result<T, Slip> {
    written.parse().map_err(|error| Slip::new(&error))
}

/// Reads a region, in capital letters.
pub(crate) fn region(written: &str) -> Result<Region, Slip> {
    let region: Region = word(written)?;
    if region.code() == written {
        return Ok(region);
    }
    Err(Slip {
        what: format!("`{written}` is not in capital letters"),
        help: format!("is `{region}` meant?"),
    })
}

/// ISO 4217's code for no currency at all.
const NO_CURRENCY: Currency = match Currency::new("XXX") {
    Some(currency) => currency,
    None => unreachable!(),
};

/// Reads millionths of a currency that is written elsewhere.
pub(crate) fn amount(written: &str) -> Result<u64, Slip> {
    let price = Price::parse(written, NO_CURRENCY);
    price.map(Price::micros).map_err(|error| Slip::new(&error))
}

#[cfg(test)]
mod tests {
    use septet::phone::Channels;
    use septet::telephony::Date;

    use super::*;

    #[test]
    fn every_region_is_read_as_it_is_written_and_no_other_way() {
        for known in Region::all() {
            assert_eq!(region(known.code()), Ok(known));
            let small = known.code().to_ascii_lowercase();
            let help = region(&small).map_err(|slip| slip.help);
            assert_eq!(help, Err(format!("is `{known}` meant?")));
        }
    }

    #[test]
    fn what_is_wrong_comes_with_what_to_do() {
        let slips = [
            region("UK").err(),
            region("").err(),
            word::<Currency>("usd").err(),
            word::<Date>("2026-02-30").err(),
            word::<Channels>("Both").err(),
            amount("0,01").err(),
            amount("0.0000001").err(),
        ];
        for slip in slips {
            let slip = slip.unwrap();
            assert!(
                !slip.what.contains(';') && slip.help.starts_with("write "),
                "{slip:?}"
            );
        }
        assert!(region("UK").unwrap_err().help.contains("GB"));
    }

    #[test]
    fn amounts_are_exact() {
        assert_eq!(amount("0.0079"), Ok(7_900));
        assert_eq!(amount("18446744073709.551615"), Ok(u64::MAX));
    }
}
