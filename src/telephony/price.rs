//! What something costs: exact amounts of one currency.

use core::fmt;
use core::str::FromStr;

/// How finely amounts are counted.
const DECIMALS: usize = 6;
const MICROS: u64 = 1_000_000;

/// A currency, by its three-letter code of ISO 4217.
///
/// Any three capital letters are taken: the list of currencies changes, and amounts of two of them are
/// never added, so that a mistyped one stands out.
///
/// ```
/// use septet::telephony::Currency;
/// assert_eq!(Currency::new("USD").unwrap().code(), "USD");
/// assert_eq!(Currency::new("usd"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Returns the currency with a code of three capital letters.
    pub const fn new(code: &str) -> Option<Self> {
        match code.as_bytes() {
            &[a, b, c]
                if a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_uppercase() =>
            {
                Some(Self([a, b, c]))
            }
            _ => None,
        }
    }

    /// Returns the three capital letters.
    pub fn code(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount of one currency, in whole millionths of its unit.
///
/// Nothing is rounded: providers charge fractions of a cent, and a million of them add up. Amounts of
/// two currencies are not added, since no rate is known here. What a thing costs that is not known is
/// `None`, never nothing.
///
/// ```
/// use septet::Message;
/// use septet::telephony::{Currency, Price};
/// let usd = Currency::new("USD").unwrap();
/// let segment = Price::parse("0.0079", usd)?;
/// let sms = Message::new("Ваш код подтверждения: 482913. Никому его не сообщайте, даже сотрудникам банка.");
/// let all = segment.times(sms.segment_count() as u64 * 1_000_000).unwrap();
/// assert_eq!(all.to_string(), "15800.00 USD");
/// assert!(all.checked_add(Price::from_micros(1, Currency::new("EUR").unwrap())).is_err());
/// # Ok::<_, septet::telephony::InvalidPrice>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Price {
    micros: u64,
    currency: Currency,
}

impl Price {
    /// Returns an amount in millionths of the currency's unit.
    pub const fn from_micros(micros: u64, currency: Currency) -> Self {
        Self { micros, currency }
    }

    /// Reads an amount such as `0.0079`: digits, with a point before up to six decimals.
    ///
    /// # Errors
    ///
    /// Anything else is refused, also what would have to be rounded.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, InvalidPrice> {
        let number = |digits: &str| {
            let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            if is_number {
                digits.parse::<u64>().ok()
            } else {
                None
            }
        };
        let read = || {
            let (whole, fraction) = amount.split_once('.').unwrap_or((amount, "0"));
            let missing = u32::try_from(DECIMALS.checked_sub(fraction.len())?).ok()?;
            number(whole)?
                .checked_mul(MICROS)?
                .checked_add(number(fraction)? * 10_u64.pow(missing))
        };
        let micros = read().ok_or(InvalidPrice)?;
        Ok(Self { micros, currency })
    }

    /// Returns the amount in millionths of the currency's unit.
    pub const fn micros(self) -> u64 {
        self.micros
    }

    /// Returns the currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Returns the amount for so many: `None` where it does not fit 64 bits.
    #[must_use]
    pub const fn times(self, count: u64) -> Option<Self> {
        match self.micros.checked_mul(count) {
            Some(micros) => Some(Self { micros, ..self }),
            None => None,
        }
    }

    /// Returns the sum of two amounts of one currency.
    ///
    /// # Errors
    ///
    /// Two currencies are not added, nor is what does not fit 64 bits.
    pub fn checked_add(self, other: Self) -> Result<Self, PriceSumError> {
        if self.currency != other.currency {
            return Err(PriceSumError::Currencies(self.currency, other.currency));
        }
        let micros = self.micros.checked_add(other.micros);
        micros
            .map(|micros| Self { micros, ..self })
            .ok_or(PriceSumError::Overflow)
    }
}

/// The amount with at least two decimals and no more than it needs, and the currency.
impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut fraction, mut decimals) = (self.micros % MICROS, DECIMALS);
        while decimals > 2 && fraction.is_multiple_of(10) {
            fraction /= 10;
            decimals -= 1;
        }
        let whole = self.micros / MICROS;
        write!(f, "{whole}.{fraction:0decimals$} {}", self.currency)
    }
}

impl fmt::Debug for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A string is no amount that can be held exactly.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no amount of up to {DECIMALS} decimals; write digits with a point, such as 0.0079")]
#[non_exhaustive]
pub struct InvalidPrice;

/// Two amounts cannot be added.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PriceSumError {
    /// They are of two currencies.
    #[error("{0} and {1} are not added: keep a sum for each currency")]
    Currencies(Currency, Currency),
    /// The sum does not fit 64 bits.
    #[error("the sum does not fit 64 bits of millionths")]
    Overflow,
}

impl FromStr for Currency {
    type Err = InvalidCurrency;

    fn from_str(code: &str) -> Result<Self, InvalidCurrency> {
        Self::new(code).ok_or(InvalidCurrency)
    }
}

/// A string is no code of a currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no currency of ISO 4217; write three capital letters, such as USD")]
#[non_exhaustive]
pub struct InvalidCurrency;

#[cfg(feature = "serde")]
impl serde::Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::written::parsed(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::ToString;

    use proptest::prelude::*;

    use super::*;

    const USD: Currency = Currency(*b"USD");

    #[test]
    fn amounts_are_read_exactly_or_not_at_all() {
        for (amount, micros) in [
            ("0", Some(0)),
            ("0.0079", Some(7_900)),
            ("00.10", Some(100_000)),
            ("12", Some(12_000_000)),
            ("0.000001", Some(1)),
            ("18446744073709.551615", Some(u64::MAX)),
            ("18446744073709.551616", None),
            ("99999999999999999999", None),
            ("0.0000001", None),
            ("0.0000000", None),
            ("", None),
            (".5", None),
            ("5.", None),
            ("1,5", None),
            ("-1", None),
            ("+1", None),
            ("1e3", None),
            (" 1", None),
            ("1.2.3", None),
            ("１", None),
        ] {
            let read = Price::parse(amount, USD).ok().map(Price::micros);
            assert_eq!(read, micros, "{amount}");
        }
    }

    #[test]
    fn sums_and_products_that_do_not_fit_are_refused() {
        let most = Price::from_micros(u64::MAX, USD);
        let one = Price::from_micros(1, USD);
        assert_eq!(most.checked_add(one), Err(PriceSumError::Overflow));
        assert_eq!(most.times(2), None);
        assert_eq!(most.times(1), Some(most));
        let euro = Price::from_micros(1, Currency(*b"EUR"));
        let error = one.checked_add(euro).unwrap_err();
        assert_eq!(
            error.to_string(),
            "USD and EUR are not added: keep a sum for each currency"
        );
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(micros: u64) {
            let price = Price::from_micros(micros, USD);
            let shown = price.to_string();
            let amount = shown.strip_suffix(" USD").unwrap();
            prop_assert_eq!(Price::parse(amount, USD), Ok(price));
            prop_assert!(amount.split_once('.').unwrap().1.len() >= 2);
        }

        #[test]
        fn amounts_add_as_their_millionths_do(a in 0..=u64::MAX / 2, b in 0..=u64::MAX / 2) {
            let sum = Price::from_micros(a, USD).checked_add(Price::from_micros(b, USD));
            prop_assert_eq!(sum, Ok(Price::from_micros(a + b, USD)));
        }

        #[test]
        fn reading_never_panics(amount in ".*") {
            let _ = Price::parse(&amount, USD);
            let _ = format!("{:?}", amount.parse::<Currency>());
        }
    }
}
