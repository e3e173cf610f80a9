//! Which senders a destination takes, as providers and registers told it: data that ages.

use super::rule::{SenderDemand, SenderRule};
use crate::telephony::{Date, Region, SenderKind};

use SenderDemand::{Campaign, Lease, NotSupported, Registration, Verification};
use SenderKind::{Alphanumeric, LongCode, ShortCode, TollFree};

/// When the sources were read that give no day of their own.
const READ: Date = day(2026, 7, 1);

const FORMS: &str = "AWS End User Messaging, sender ID registration by country";
const IDENTITIES: &str = "AWS End User Messaging, types of origination identity";
const NORTH_AMERICA: &str = "Telnyx, alphanumeric sender ID";
const CHINA: &str = "Twilio, Telnyx and AWS, support of alphanumeric sender IDs";
const DLT: &str = "MSG91, DLT registration of entity, header and template";
const SSIR: &str = "SGNIC, SMS Sender ID Registry";
const TEN_DLC: &str = "Amazon SNS, 10DLC numbers for SMS messaging";
const TOLL_FREE: &str = "AWS End User Messaging, United States toll-free number registration";
const US_CODES: &str = "AWS End User Messaging, United States short code registration";
const US_CODE_LENGTH: &str = "Twilio, short codes for messaging";
const CODES: &str = "Google APIs, short code of a phone number";

/// From when toll-free numbers had to be registered.
const TOLL_FREE_SINCE: Date = day(2022, 9, 30);

/// By region, those without one last.
pub(super) const RULES: &[SenderRule] = &[
    rule(Region::AE, Alphanumeric, Registration, FORMS),
    rule(Region::AS, TollFree, Verification, TOLL_FREE).in_force(TOLL_FREE_SINCE),
    rule(Region::AT, Alphanumeric, Registration, FORMS),
    rule(Region::AU, Alphanumeric, Registration, FORMS),
    rule(Region::BY, Alphanumeric, Registration, FORMS),
    rule(Region::CA, Alphanumeric, NotSupported, NORTH_AMERICA),
    rule(Region::CA, TollFree, Verification, IDENTITIES),
    rule(Region::CN, Alphanumeric, NotSupported, CHINA),
    rule(Region::EG, Alphanumeric, Registration, FORMS),
    rule(Region::ES, Alphanumeric, Registration, FORMS),
    rule(Region::FI, Alphanumeric, Registration, FORMS),
    rule(Region::GU, TollFree, Verification, TOLL_FREE).in_force(TOLL_FREE_SINCE),
    rule(Region::ID, Alphanumeric, Registration, FORMS),
    rule(Region::IE, Alphanumeric, Registration, FORMS),
    rule(Region::IN, Alphanumeric, Registration, DLT),
    rule(Region::JO, Alphanumeric, Registration, FORMS),
    rule(Region::KE, Alphanumeric, Registration, FORMS),
    rule(Region::KW, Alphanumeric, Registration, FORMS),
    rule(Region::KZ, Alphanumeric, Registration, FORMS),
    rule(Region::LK, Alphanumeric, Registration, FORMS),
    rule(Region::PH, Alphanumeric, Registration, FORMS),
    rule(Region::PR, Alphanumeric, NotSupported, NORTH_AMERICA),
    rule(Region::PR, TollFree, Verification, TOLL_FREE).in_force(TOLL_FREE_SINCE),
    rule(Region::QA, Alphanumeric, Registration, FORMS),
    rule(Region::RU, Alphanumeric, Registration, FORMS),
    rule(Region::SA, Alphanumeric, Registration, FORMS),
    rule(Region::SG, Alphanumeric, Registration, SSIR).in_force(day(2023, 1, 31)),
    rule(Region::TH, Alphanumeric, Registration, FORMS),
    rule(Region::TR, Alphanumeric, length(3, 11), FORMS),
    rule(Region::TR, Alphanumeric, Registration, FORMS),
    rule(Region::US, Alphanumeric, NotSupported, NORTH_AMERICA),
    rule(Region::US, ShortCode, length(5, 6), US_CODE_LENGTH),
    rule(Region::US, ShortCode, Lease, US_CODES),
    rule(Region::US, LongCode, Campaign, TEN_DLC).in_force(day(2021, 6, 1)),
    rule(Region::US, TollFree, Verification, TOLL_FREE).in_force(TOLL_FREE_SINCE),
    rule(Region::VI, TollFree, Verification, TOLL_FREE).in_force(TOLL_FREE_SINCE),
    SenderRule::new(None, ShortCode, Lease, CODES, READ),
    SenderRule::new(None, TollFree, NotSupported, IDENTITIES, READ),
];

const fn rule(
    region: Region,
    kind: SenderKind,
    demand: SenderDemand,
    source: &'static str,
) -> SenderRule {
    SenderRule::new(Some(region), kind, demand, source, READ)
}

const fn length(least: u8, most: u8) -> SenderDemand {
    SenderDemand::Length { least, most }
}

/// Evaluated when this is compiled: a row with no day of the calendar is none.
const fn day(year: u16, month: u8, day: u8) -> Date {
    match Date::new(year, month, day) {
        Some(date) => date,
        None => unreachable!(),
    }
}
