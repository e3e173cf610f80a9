//! A day, as dated data needs it.

use core::fmt;
use core::str::FromStr;

/// A day of the Gregorian calendar, as ISO 8601 writes it: `2026-11-24`.
///
/// ```
/// use septet::telephony::Date;
/// let date: Date = "2026-02-28".parse()?;
/// assert!(date < "2026-11-24".parse()?);
/// assert!("2026-02-29".parse::<Date>().is_err());
/// # Ok::<_, septet::telephony::InvalidDate>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Returns a day of the years 0 to 9999, where there is one.
    ///
    /// ```
    /// use septet::telephony::Date;
    /// assert_eq!(Date::new(2024, 2, 29).unwrap().to_string(), "2024-02-29");
    /// assert_eq!(Date::new(2026, 4, 31), None);
    /// ```
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            _ => 0,
        };
        if year <= 9999 && 1 <= day && day <= days {
            Some(Self { year, month, day })
        } else {
            None
        }
    }

    /// Returns the year.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, from 1.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Returns the day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.day
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(written: &str) -> Result<Self, InvalidDate> {
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0, |number: u16, digit| {
                let digit = char::from(*digit).to_digit(10)?;
                Some(number * 10 + u16::try_from(digit).ok()?)
            })
        };
        let date = match written.as_bytes() {
            [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] => (|| {
                let two = |digits| u8::try_from(number(digits)?).ok();
                Self::new(
                    number(&[*y1, *y2, *y3, *y4])?,
                    two(&[*m1, *m2])?,
                    two(&[*d1, *d2])?,
                )
            })(),
            _ => None,
        };
        date.ok_or(InvalidDate)
    }
}

/// A string is no day of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no day of the calendar; write it as YYYY-MM-DD")]
#[non_exhaustive]
pub struct InvalidDate;

#[cfg(feature = "serde")]
impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::written::parsed(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::ToString;

    use super::*;

    #[test]
    fn four_hundred_years_have_146_097_days_each_read_back_as_written() {
        let mut days = 0;
        for year in 1900..2300_u16 {
            for month in 0..=13 {
                for day in 0..=32 {
                    if let Some(date) = Date::new(year, month, day) {
                        days += 1;
                        assert_eq!(date.to_string().parse(), Ok(date));
                    } else {
                        assert_eq!(
                            format!("{year}-{month:02}-{day:02}").parse::<Date>(),
                            Err(InvalidDate)
                        );
                    }
                }
            }
        }
        assert_eq!(days, 146_097);
    }

    #[test]
    fn other_ways_of_writing_are_refused() {
        for written in [
            "",
            "2026-1-1",
            "26-01-01",
            "2026/01/01",
            "2026-01-01T",
            "２026-01-01",
            "+026-01-01",
        ] {
            assert_eq!(written.parse::<Date>(), Err(InvalidDate), "{written}");
        }
        assert_eq!(Date::new(10_000, 1, 1), None);
    }
}
