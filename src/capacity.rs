//! How much text fits beside a header? 140 octets and a header in, units out (TS 23.040 §9.2.3.24,
//! TS 23.038 §6.1.2.1).
//!
//! A header's octets include its own length octet (UDHL); a message without header has 0. The numbers
//! of the field, 160 and 153, 70 and 67 and all others, are derived from [`OCTETS`].
//!
//! ```
//! use septet::capacity;
//! assert_eq!((capacity::septets(0), capacity::code_units(0)), (160, 70));
//! assert_eq!((capacity::septets(6), capacity::code_units(6)), (153, 67)); // concatenated, 8-bit reference
//! assert_eq!((capacity::septets(7), capacity::code_units(7)), (152, 66)); // concatenated, 16-bit reference
//! ```

/// The octets of user data in one short message (TS 23.040 §9.2.3.16), header and text together.
pub const OCTETS: usize = 140;

/// The most segments of one message: total and sequence are one octet each (TS 23.040 §9.2.3.24.1).
pub const MAX_SEGMENTS: usize = 255;

/// Returns how many octets are left behind a header of so many octets.
///
/// ```
/// assert_eq!(septet::capacity::octets(6), 134);
/// ```
#[must_use]
pub const fn octets(header_octets: usize) -> usize {
    OCTETS.saturating_sub(header_octets)
}

/// Returns how many septets fit behind a header of so many octets.
///
/// ```
/// assert_eq!(septet::capacity::septets(12), 146); // 8-bit reference and both shift tables
/// ```
#[must_use]
pub const fn septets(header_octets: usize) -> usize {
    octets(header_octets) * 8 / 7
}

/// Returns how many 16-bit code units fit behind a header of so many octets. One octet is left over
/// behind an odd header.
///
/// ```
/// assert_eq!(septet::capacity::code_units(7), 66);
/// ```
#[must_use]
pub const fn code_units(header_octets: usize) -> usize {
    octets(header_octets) / 2
}

/// Returns how many septets a header of so many octets takes up, fill bits included.
///
/// ```
/// assert_eq!(septet::capacity::header_septets(6), 7);
/// ```
#[must_use]
pub const fn header_septets(header_octets: usize) -> usize {
    header_octets + header_octets.div_ceil(7)
}

/// Returns how many fill bits follow a header of so many octets, so that the text starts on a
/// septet boundary.
///
/// ```
/// assert_eq!(septet::capacity::fill_bits(6), 1);
/// ```
#[must_use]
#[doc(alias = "padding")]
pub const fn fill_bits(header_octets: usize) -> usize {
    (7 - header_octets % 7) % 7
}
