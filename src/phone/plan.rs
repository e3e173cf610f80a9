//! What do the numbering plans say? The one place that knows the parser beneath.

use alloc::string::String;

use rlibphonenumber as lib;
use rlibphonenumber::PHONE_NUMBER_UTIL as PLANS;

use crate::telephony::{NumberFault, NumberKind, Region};

/// Reads the numbering plans, which the first classification does otherwise: some milliseconds and
/// megabytes, once in a process.
///
/// ```
/// septet::phone::prepare(); // before the first request
/// ```
pub fn prepare() {
    let _ = PLANS.get_country_code_for_region(lib::Region::US);
}

/// A number that has the form of one in some plan.
pub(super) struct Number {
    /// `+` and all digits, of which there may be more than 15.
    pub(super) international: String,
    pub(super) calling_code: u16,
    /// In ASCII digits.
    pub(super) extension: Option<String>,
    /// As it was written.
    pub(super) written_extension: Option<String>,
    /// `None` where the number belongs to a global network, or to no region.
    pub(super) region: Option<Region>,
    /// What range it is in, or why it is in none.
    pub(super) kind: Result<NumberKind, NumberFault>,
}

/// Reads a number. The caller has seen to it that the input is short and has no phone context: the
/// parser can panic on one (rlibphonenumber 2.2.15).
pub(super) fn read(input: &str, region: Option<Region>) -> Result<Number, NumberFault> {
    let hint = region.and_then(|region| lib::Region::from_code(region.code()).ok());
    let number = PLANS.parse(input, hint).map_err(|error| match error {
        lib::ParseError::InvalidCountryCode => NumberFault::UnknownCallingCode,
        lib::ParseError::NotANumber(_) => NumberFault::NotANumber,
        lib::ParseError::TooShortAfterIdd | lib::ParseError::TooShortNsn => NumberFault::TooShort,
        lib::ParseError::TooLongNsn => NumberFault::TooLong,
    })?;
    let kind = match PLANS.get_number_type(&number) {
        lib::PhoneNumberType::FixedLine => Ok(NumberKind::FixedLine),
        lib::PhoneNumberType::Mobile => Ok(NumberKind::Mobile),
        lib::PhoneNumberType::FixedLineOrMobile => Ok(NumberKind::FixedLineOrMobile),
        lib::PhoneNumberType::TollFree => Ok(NumberKind::TollFree),
        lib::PhoneNumberType::PremiumRate => Ok(NumberKind::PremiumRate),
        lib::PhoneNumberType::SharedCost => Ok(NumberKind::SharedCost),
        lib::PhoneNumberType::VoIP => Ok(NumberKind::Voip),
        lib::PhoneNumberType::PersonalNumber => Ok(NumberKind::PersonalNumber),
        lib::PhoneNumberType::Pager => Ok(NumberKind::Pager),
        lib::PhoneNumberType::UAN => Ok(NumberKind::Uan),
        lib::PhoneNumberType::VoiceMail => Ok(NumberKind::Voicemail),
        // In no range of its region, which is what makes it invalid.
        lib::PhoneNumberType::Unknown => Err(fault(&number)),
    };
    let region = match kind {
        Ok(_) => PLANS
            .get_region_for_number(&number)
            .and_then(|region| Region::new(&region.as_region_str())),
        Err(_) => None,
    };
    Ok(Number {
        international: PLANS
            .format(&number, lib::PhoneNumberFormat::E164)
            .into_owned(),
        calling_code: u16::try_from(number.country_code).unwrap_or_default(),
        extension: number.extension.as_deref().map(ascii_digits),
        written_extension: number.extension,
        region,
        kind,
    })
}

/// Why a number is in no range.
fn fault(number: &lib::PhoneNumber) -> NumberFault {
    match PLANS.is_possible_number_with_reason(number) {
        Ok(lib::NumberLengthType::IsPossible) => NumberFault::Unassigned,
        Ok(lib::NumberLengthType::IsPossibleLocalOnly) | Err(lib::ValidationError::TooShort) => {
            NumberFault::TooShort
        }
        Err(lib::ValidationError::TooLong) => NumberFault::TooLong,
        Err(lib::ValidationError::InvalidLength) => NumberFault::WrongLength,
        Err(lib::ValidationError::InvalidCountryCode) => NumberFault::UnknownCallingCode,
    }
}

/// Whether a region has a numbering plan: Antarctica has none.
pub(super) fn has_plan(region: Region) -> bool {
    lib::Region::from_code(region.code())
        .is_ok_and(|region| PLANS.get_country_code_for_region(region).is_some())
}

/// Decimal digits of any script as ASCII; everything else is left out.
pub(super) fn ascii_digits(text: &str) -> String {
    PLANS.normalize_digits_only(text)
}
