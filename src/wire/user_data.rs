//! Which octets go to the network?

use core::fmt;

use super::data_coding::{DataCoding, MessageClass};
use super::septet::{each_septet, pack};
use crate::alphabet::Alphabet;
use crate::capacity;
use crate::encoding::Encoding;
use crate::segment::{Concatenation, InformationElement, Segment};

/// The most octets of unpacked user data: as many as a segment without header has septets.
const UNPACKED_OCTETS: usize = capacity::septets(0);

/// The user data of one segment as the network carries it: TP-UD, with TP-UDL, TP-DCS and TP-UDHI
/// (TS 23.040 §9.2.3).
///
/// ```
/// use septet::{Message, UserData};
/// let segment = Message::new("hellohello").segments()?.next().unwrap();
/// let user_data = UserData::encode(&segment, 0)?;
/// assert_eq!(user_data.as_octets(), [0xE8, 0x32, 0x9B, 0xFD, 0x46, 0x97, 0xD9, 0xEC, 0x37]);
/// assert_eq!((user_data.length(), user_data.data_coding().value(), user_data.has_header()), (10, 0x00, false));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[doc(alias("TP-UD", "payload"))]
pub struct UserData {
    octets: Octets<{ capacity::OCTETS }>,
    length: u8,
    data_coding: DataCoding,
    has_header: bool,
}

impl UserData {
    /// Encodes a segment: its header, then septets packed behind fill bits, or UTF-16BE.
    ///
    /// The header holds the caller's elements, then concatenation, single shift and locking shift,
    /// as far as there are any. `reference` goes into the concatenation element; choose another one
    /// for each message to a receiver. Without such an element it is not used.
    ///
    /// # Errors
    ///
    /// Where the options ask for an 8-bit reference and `reference` is above 255. That is so for a
    /// message of one segment too, which does not use it: a counter that is too wide is found with
    /// the first text, not with the first long one.
    ///
    /// ```
    /// use septet::{Message, UserData};
    /// let text = "a".repeat(160) + "b";
    /// let last = Message::new(&text).segments()?.last().unwrap();
    /// let user_data = UserData::encode(&last, 0xA5)?;
    /// assert_eq!(user_data.as_octets()[..6], [0x05, 0x00, 0x03, 0xA5, 0x02, 0x02]);
    /// assert_eq!(user_data.length(), 7 + 8);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn encode(segment: &Segment<'_>, reference: u16) -> Result<Self, ReferenceTooLarge> {
        let mut octets = Octets::new();
        write_header(segment, reference, &mut octets)?;
        let header = octets.length();
        let length = match segment.alphabet() {
            Some(_) => {
                let mut septets = Octets::<UNPACKED_OCTETS>::new();
                write_unpacked(segment, &mut septets);
                let fill_bits = capacity::fill_bits(header);
                octets.append(|octets| {
                    pack(septets.as_slice(), fill_bits, |full| octets.extend(full));
                });
                capacity::header_septets(header) + segment.units()
            }
            None => {
                write_code_units(segment.text(), &mut octets);
                octets.length()
            }
        };
        Ok(Self {
            octets,
            // At most 160.
            length: length as u8,
            data_coding: DataCoding::of(segment.encoding()),
            has_header: header > 0,
        })
    }

    /// Encodes a segment for SMPP and others that take one septet an octet: the header, then a
    /// septet in each octet, or UTF-16BE.
    ///
    /// # Errors
    ///
    /// As [`encode`](Self::encode).
    ///
    /// ```
    /// use septet::{Message, UserData};
    /// let segment = Message::new("[88]").segments()?.next().unwrap();
    /// let unpacked = UserData::encode_unpacked(&segment, 0)?;
    /// assert_eq!(unpacked.as_octets(), [0x1B, 0x3C, 0x38, 0x38, 0x1B, 0x3E]);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn encode_unpacked(
        segment: &Segment<'_>,
        reference: u16,
    ) -> Result<UnpackedUserData, ReferenceTooLarge> {
        let mut octets = Octets::new();
        write_header(segment, reference, &mut octets)?;
        let has_header = octets.length() > 0;
        write_unpacked(segment, &mut octets);
        Ok(UnpackedUserData {
            octets,
            encoding: segment.encoding(),
            has_header,
            sar: None,
        })
    }

    /// Encodes a segment for SMPP with the SAR parameters in place of a header: the SMSC writes
    /// that then.
    ///
    /// # Errors
    ///
    /// Where the reference number does not fit, and where the segment needs a header all the same,
    /// for the caller's elements or national tables.
    ///
    /// ```
    /// use septet::{Message, UserData};
    /// let text = "a".repeat(161);
    /// let last = Message::new(&text).segments()?.last().unwrap();
    /// let unpacked = UserData::encode_for_sar(&last, 7)?;
    /// assert_eq!(unpacked.as_octets(), [b'a'; 8]);
    /// let sar = unpacked.sar().unwrap();
    /// assert_eq!((sar.reference(), sar.total(), sar.sequence()), (7, 2, 2));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias("sar_msg_ref_num", "sar_total_segments", "sar_segment_seqnum"))]
    pub fn encode_for_sar(
        segment: &Segment<'_>,
        reference: u16,
    ) -> Result<UnpackedUserData, SarUnavailable> {
        let shifts = segment
            .alphabet()
            .is_some_and(|alphabet| alphabet.shift_elements() > 0);
        if shifts
            || segment
                .elements()
                .is_some_and(|elements| elements.octets() > 0)
        {
            return Err(SarUnavailable::NeedsHeader);
        }
        check_reference(segment, reference)?;
        let sar = match segment.concatenation() {
            Concatenation::None => None,
            _ => Sar::new(reference, segment.total(), segment.sequence()),
        };
        let mut octets = Octets::new();
        write_unpacked(segment, &mut octets);
        Ok(UnpackedUserData {
            octets,
            encoding: segment.encoding(),
            has_header: false,
            sar,
        })
    }

    /// Returns the same user data with a message class in its data coding scheme.
    #[must_use]
    pub const fn with_class(mut self, class: MessageClass) -> Self {
        self.data_coding = self.data_coding.with_class(class);
        self
    }

    /// Returns the octets, header included: at most 140 (TP-UD).
    #[must_use]
    pub fn as_octets(&self) -> &[u8] {
        self.octets.as_slice()
    }

    /// Returns the length that is sent with it (TP-UDL): septets with header and fill bits under
    /// GSM-7, octets under UCS-2.
    #[must_use]
    #[doc(alias = "TP-UDL")]
    pub const fn length(&self) -> u8 {
        self.length
    }

    /// Returns the data coding scheme (TP-DCS).
    #[must_use]
    #[doc(alias = "TP-DCS")]
    pub const fn data_coding(&self) -> DataCoding {
        self.data_coding
    }

    /// Says whether the octets start with a header (TP-UDHI).
    #[must_use]
    #[doc(alias = "TP-UDHI")]
    pub const fn has_header(&self) -> bool {
        self.has_header
    }
}

/// Shows lengths and kinds, no octets.
impl fmt::Debug for UserData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserData")
            .field("octets", &self.octets.length())
            .field("length", &self.length)
            .field("data_coding", &self.data_coding)
            .field("has_header", &self.has_header)
            .finish()
    }
}

/// The user data of one segment with one septet an octet, for the `short_message` of SMPP: at most
/// 160 octets.
///
/// Made by [`UserData::encode_unpacked`] and [`UserData::encode_for_sar`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[doc(alias = "SMPP")]
pub struct UnpackedUserData {
    octets: Octets<UNPACKED_OCTETS>,
    encoding: Encoding,
    has_header: bool,
    sar: Option<Sar>,
}

impl UnpackedUserData {
    /// Returns the octets, header included.
    #[must_use]
    pub fn as_octets(&self) -> &[u8] {
        self.octets.as_slice()
    }

    /// Returns SMPP's `data_coding`: 0, the SMSC's default alphabet, which must be agreed to be GSM
    /// 7 bit, or 8 for UCS-2.
    #[must_use]
    pub const fn data_coding(&self) -> u8 {
        DataCoding::of(self.encoding).value()
    }

    /// Says whether the octets start with a header.
    #[must_use]
    pub const fn has_header(&self) -> bool {
        self.has_header
    }

    /// Returns the bit to set in SMPP's `esm_class`: `0x40` where the octets start with a header,
    /// else 0.
    #[must_use]
    pub const fn esm_class(&self) -> u8 {
        if self.has_header { 0x40 } else { 0 }
    }

    /// Returns the SAR parameters, where [`UserData::encode_for_sar`] made this of a segment of
    /// several.
    #[must_use]
    pub const fn sar(&self) -> Option<Sar> {
        self.sar
    }
}

/// Shows lengths and kinds, no octets.
impl fmt::Debug for UnpackedUserData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnpackedUserData")
            .field("octets", &self.octets.length())
            .field("encoding", &self.encoding)
            .field("has_header", &self.has_header)
            .field("sar", &self.sar)
            .finish()
    }
}

/// SMPP's optional parameters that number the segments of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct Sar {
    reference: u16,
    total: u8,
    sequence: u8,
}

impl Sar {
    /// Creates the parameters as they were received, or nothing where the sequence number is 0 or
    /// beyond the total.
    ///
    /// ```
    /// use septet::{ReceivedUserData, Sar};
    /// let sar = Sar::new(7, 2, 1).unwrap();
    /// let received = ReceivedUserData::unpacked(0, false, b"Hi")?.with_sar(sar);
    /// assert_eq!(received.concatenation().map(|place| place.total()), Some(2));
    /// assert_eq!(Sar::new(7, 2, 3), None);
    /// # Ok::<_, septet::UnsupportedDataCoding>(())
    /// ```
    #[must_use]
    pub const fn new(reference: u16, total: u8, sequence: u8) -> Option<Self> {
        if sequence >= 1 && sequence <= total {
            Some(Self {
                reference,
                total,
                sequence,
            })
        } else {
            None
        }
    }

    /// Returns `sar_msg_ref_num` (tag `0x020C`).
    #[must_use]
    pub const fn reference(self) -> u16 {
        self.reference
    }

    /// Returns `sar_total_segments` (tag `0x020E`).
    #[must_use]
    pub const fn total(self) -> u8 {
        self.total
    }

    /// Returns `sar_segment_seqnum` (tag `0x020F`), from 1.
    #[must_use]
    pub const fn sequence(self) -> u8 {
        self.sequence
    }
}

/// A reference number that does not fit the 8 bits that the options ask for.
///
/// ```
/// use septet::{Message, UserData};
/// let text = "a".repeat(161);
/// let segment = Message::new(&text).segments()?.next().unwrap();
/// let error = UserData::encode(&segment, 256).unwrap_err();
/// assert_eq!(error.to_string(), "reference number 256 does not fit 8 bits; take one up to 255 or a 16-bit reference");
/// # Ok::<_, septet::TooManySegments>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error(
    "reference number {reference} does not fit 8 bits; take one up to 255 or a 16-bit reference"
)]
pub struct ReferenceTooLarge {
    reference: u16,
}

impl ReferenceTooLarge {
    /// Returns the reference number given.
    #[must_use]
    pub const fn reference(self) -> u16 {
        self.reference
    }
}

/// Why a segment cannot be sent with SAR parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum SarUnavailable {
    /// Elements or national tables have to be announced in a header, and the two ways must not be
    /// mixed.
    #[error("the segment needs a header for its elements or national tables; encode it with one")]
    NeedsHeader,
    /// The reference number does not fit.
    #[error(transparent)]
    ReferenceTooLarge(#[from] ReferenceTooLarge),
}

fn check_reference(segment: &Segment<'_>, reference: u16) -> Result<(), ReferenceTooLarge> {
    match segment.concatenation_asked_for() {
        Concatenation::Bits8 if reference > u16::from(u8::MAX) => {
            Err(ReferenceTooLarge { reference })
        }
        _ => Ok(()),
    }
}

/// Writes the header of a segment, or nothing where it has none.
fn write_header<const N: usize>(
    segment: &Segment<'_>,
    reference: u16,
    octets: &mut Octets<N>,
) -> Result<(), ReferenceTooLarge> {
    check_reference(segment, reference)?;
    if segment.header_octets() == 0 {
        return Ok(());
    }
    octets.append(|octets| {
        // At most 136: the caller's elements are held to 123.
        octets.push((segment.header_octets() - 1) as u8);
        let mut write = |identifier, data: &[u8]| {
            octets.extend(&[identifier, data.len() as u8]);
            octets.extend(data);
        };
        for element in segment.elements().into_iter().flatten() {
            write(element.identifier(), element.data());
        }
        let [high, low] = reference.to_be_bytes();
        let (total, sequence) = (segment.total(), segment.sequence());
        match segment.concatenation() {
            Concatenation::None => {}
            Concatenation::Bits8 => {
                write(
                    InformationElement::CONCATENATION_8_BIT,
                    &[low, total, sequence],
                );
            }
            Concatenation::Bits16 => {
                write(
                    InformationElement::CONCATENATION_16_BIT,
                    &[high, low, total, sequence],
                );
            }
        }
        if let Some(language) = segment.alphabet().and_then(Alphabet::single_shift) {
            write(InformationElement::SINGLE_SHIFT, &[language.identifier()]);
        }
        if let Some(language) = segment.alphabet().and_then(Alphabet::locking) {
            write(InformationElement::LOCKING_SHIFT, &[language.identifier()]);
        }
    });
    Ok(())
}

fn write_unpacked<const N: usize>(segment: &Segment<'_>, octets: &mut Octets<N>) {
    match segment.alphabet() {
        Some(alphabet) => octets.append(|octets| {
            each_septet(segment.text(), alphabet, |septet| octets.push(septet));
        }),
        None => write_code_units(segment.text(), octets),
    }
}

fn write_code_units<const N: usize>(text: &str, octets: &mut Octets<N>) {
    octets.append(|octets| {
        text.encode_utf16()
            .for_each(|unit| octets.extend(&unit.to_be_bytes()));
    });
}

/// Up to `N` octets, in place.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Octets<const N: usize> {
    // Octets behind the length stay zero, so that equal contents are equal values.
    octets: [u8; N],
    length: u8,
}

impl<const N: usize> Octets<N> {
    const fn new() -> Self {
        Self {
            octets: [0; N],
            length: 0,
        }
    }

    fn length(&self) -> usize {
        usize::from(self.length)
    }

    /// Appends what `write` pushes. A segment never holds more than `N`, by its capacity.
    ///
    /// The place to write to is kept apart from the length: counting up a length in memory for each
    /// octet took most of the time of encoding (2026-11).
    fn append(&mut self, write: impl FnOnce(&mut Pushing<'_>)) {
        let free = self
            .octets
            .get_mut(usize::from(self.length)..)
            .unwrap_or_default();
        let mut pushing = Pushing { free };
        write(&mut pushing);
        // At most 160.
        self.length = (N - pushing.free.len()) as u8;
    }

    fn as_slice(&self) -> &[u8] {
        self.octets.get(..self.length()).unwrap_or_default()
    }
}

/// The octets that are still free.
struct Pushing<'a> {
    free: &'a mut [u8],
}

impl Pushing<'_> {
    #[inline]
    fn push(&mut self, octet: u8) {
        self.extend(&[octet]);
    }

    #[inline]
    fn extend(&mut self, octets: &[u8]) {
        // Always so: a segment never holds more than there is room for.
        if octets.len() <= self.free.len()
            && let Some((slots, free)) =
                core::mem::take(&mut self.free).split_at_mut_checked(octets.len())
        {
            slots.copy_from_slice(octets);
            self.free = free;
        }
    }
}

#[cfg(feature = "serde")]
mod data {
    use super::{DataCoding, Octets, Sar, UnpackedUserData, UserData};
    use crate::capacity;
    use crate::hex::Hex;
    use crate::wire::data_coding::Coding;
    use crate::wire::header::UserDataHeader;
    use crate::wire::septet::packed_octets;

    #[derive(serde::Serialize, serde::Deserialize)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields)]
    struct Fields {
        octets: Hex,
        length: u8,
        data_coding: DataCoding,
        has_header: bool,
    }

    impl serde::Serialize for UserData {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let fields = Fields {
                octets: Hex(self.as_octets().to_vec()),
                length: self.length,
                data_coding: self.data_coding,
                has_header: self.has_header,
            };
            fields.serialize(serializer)
        }
    }

    /// What is read must hang together: as many octets as the length says, at most 140, with a
    /// well-formed header if any.
    impl<'de> serde::Deserialize<'de> for UserData {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            use serde::de::Error;
            let Fields {
                octets: Hex(read),
                length,
                data_coding,
                has_header,
            } = Fields::deserialize(deserializer)?;
            let units = usize::from(length);
            let septets = data_coding.coding() == Coding::Gsm7 && !data_coding.is_compressed();
            let needed = if septets { packed_octets(units) } else { units };
            if needed > capacity::OCTETS || read.len() != needed {
                return Err(D::Error::custom(format_args!(
                    "a length of {length} takes {needed} octets, at most {}, but {} are there",
                    capacity::OCTETS,
                    read.len(),
                )));
            }
            if has_header {
                let header = UserDataHeader::read(&read).map_err(D::Error::custom)?;
                let header = header.as_octets().len();
                if septets && capacity::header_septets(header) > units {
                    return Err(D::Error::custom(
                        "the header is longer than the length says",
                    ));
                }
            }
            let mut octets = Octets::new();
            octets.append(|octets| octets.extend(&read));
            Ok(Self {
                octets,
                length,
                data_coding,
                has_header,
            })
        }
    }

    #[derive(serde::Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct UnpackedFields {
        octets: Hex,
        data_coding: u8,
        has_header: bool,
        sar: Option<Sar>,
    }

    impl serde::Serialize for UnpackedUserData {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let fields = UnpackedFields {
                octets: Hex(self.as_octets().to_vec()),
                data_coding: self.data_coding(),
                has_header: self.has_header,
                sar: self.sar,
            };
            fields.serialize(serializer)
        }
    }
}
