//! What text is in these octets?

use core::fmt;

use super::characters::{Characters, CodeUnitReader, Gsm7Decoder, Source};
use super::data_coding::{Coding, DataCoding, UnsupportedDataCoding};
#[cfg(feature = "alloc")]
use super::deviation::DeviationAt;
use super::deviation::{Deviation, Forgiven, Log};
use super::header::{ConcatenationElement, Known, UserDataHeader};
use super::septet::{SeptetReader, packed_octets};
use super::user_data::{Sar, UnpackedUserData, UserData};
use crate::alphabet::Alphabet;
use crate::capacity;

/// User data as it came in, not trusted in anything.
///
/// Reading is lenient where the field is, and says what it forgave (see [`Deviation`]). Whatever
/// the octets are, it does not panic and does not look beyond them.
///
/// ```
/// use septet::{DataCoding, ReceivedUserData};
/// let octets = [0x05, 0x00, 0x03, 0xA5, 0x02, 0x01, 0x90, 0x65, 0x36, 0xFB, 0x0D];
/// let received = ReceivedUserData::packed(DataCoding::new(0x00), true, 12, &octets);
/// assert_eq!(received.decode()?.text(), "Hello");
/// assert_eq!(received.concatenation().map(|place| place.total()), Some(2));
/// # Ok::<_, septet::NotText>(())
/// ```
#[derive(Clone, Copy)]
pub struct ReceivedUserData<'a> {
    data_coding: DataCoding,
    assumed: Alphabet,
    sar: Option<Sar>,
    /// The header, where there is one and it is well-formed.
    header: Option<UserDataHeader<'a>>,
    body: Body<'a>,
    log: Log,
}

/// What stands behind the header.
#[derive(Clone, Copy)]
enum Body<'a> {
    /// All octets, and the septets from `next` to `end`.
    Packed {
        octets: &'a [u8],
        next: usize,
        end: usize,
    },
    /// The octets behind the header, and where they start.
    Octets { octets: &'a [u8], offset: usize },
}

impl<'a> ReceivedUserData<'a> {
    /// Takes user data as the network carries it.
    ///
    /// `has_header` is TP-UDHI, `length` is TP-UDL: septets for GSM-7, else octets, header
    /// included. Octets beyond the length are not looked at; spare bits behind the last septet are
    /// not either.
    ///
    /// ```
    /// use septet::{DataCoding, ReceivedUserData};
    /// let octets = [0x31, 0xD9, 0x8C, 0x56, 0xB3, 0xDD, 0x00];
    /// let text = |length| ReceivedUserData::packed(DataCoding::new(0), false, length, &octets).decode();
    /// assert_eq!(text(7)?.text(), "1234567"); // only the length tells
    /// assert_eq!(text(8)?.text(), "1234567@"); // these two apart
    /// # Ok::<_, septet::NotText>(())
    /// ```
    #[must_use]
    pub fn packed(data_coding: DataCoding, has_header: bool, length: u8, octets: &'a [u8]) -> Self {
        let mut received = Self::new(data_coding);
        let length = usize::from(length);
        if data_coding.coding() != Coding::Gsm7 || data_coding.is_compressed() {
            received.take_octets(has_header, octets.get(..length), octets);
            return received;
        }
        let given = match octets.get(..packed_octets(length)) {
            Some(given) => given,
            None => {
                received.log.note(Deviation::Truncated, octets.len());
                octets
            }
        };
        let end = length.min(given.len() * 8 / 7);
        let header_octets = if has_header {
            received.take_header(given)
        } else {
            0
        };
        let next = capacity::header_septets(header_octets);
        if next > end {
            received.header = None;
            received.log.note(Deviation::MalformedHeader, 0);
        } else if let (Some(first), fill @ 1..) =
            (given.get(header_octets), capacity::fill_bits(header_octets))
            && first & ((1 << fill) - 1) != 0
        {
            received.log.note(Deviation::FillBits, header_octets);
        }
        received.body = Body::Packed {
            octets: given,
            next,
            end,
        };
        received
    }

    /// Takes user data with one septet an octet, as SMPP's `short_message` has it, header first.
    ///
    /// `has_header` is the bit `0x40` of `esm_class`. GSM-7 is read under `data_coding` 0, which
    /// says no more than "the SMSC's default alphabet".
    ///
    /// # Errors
    ///
    /// Where `data_coding` is none of GSM-7, UCS-2 and 8-bit data.
    ///
    /// ```
    /// use septet::ReceivedUserData;
    /// let received = ReceivedUserData::unpacked(0, false, &[0x1B, 0x3C, 0x38, 0x38, 0x1B, 0x3E])?;
    /// assert_eq!(received.decode()?.text(), "[88]");
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn unpacked(
        data_coding: u8,
        has_header: bool,
        octets: &'a [u8],
    ) -> Result<Self, UnsupportedDataCoding> {
        Ok(Self::unpacked_as(
            DataCoding::from_smpp(data_coding)?,
            has_header,
            octets,
        ))
    }

    fn unpacked_as(data_coding: DataCoding, has_header: bool, octets: &'a [u8]) -> Self {
        let mut received = Self::new(data_coding);
        received.take_octets(has_header, Some(octets), octets);
        received
    }

    fn new(data_coding: DataCoding) -> Self {
        let mut log = Log::default();
        if data_coding.is_reserved() {
            log.note(Deviation::ReservedCoding, 0);
        }
        let body = Body::Octets {
            octets: &[],
            offset: 0,
        };
        Self {
            data_coding,
            assumed: Alphabet::DEFAULT,
            sar: None,
            header: None,
            body,
            log,
        }
    }

    /// Takes whole octets: those that the length promises, else those that came.
    fn take_octets(&mut self, has_header: bool, promised: Option<&'a [u8]>, came: &'a [u8]) {
        if promised.is_none() {
            self.log.note(Deviation::Truncated, came.len());
        }
        let octets = promised.unwrap_or(came);
        let offset = if has_header {
            self.take_header(octets)
        } else {
            0
        };
        match octets.get(offset..) {
            Some(text) => {
                self.body = Body::Octets {
                    octets: text,
                    offset,
                }
            }
            None => self.log.note(Deviation::MalformedHeader, 0),
        }
    }

    /// Reads the header and returns how many octets it claims. A malformed one is skipped whole and
    /// says nothing.
    fn take_header(&mut self, octets: &'a [u8]) -> usize {
        match UserDataHeader::read(octets) {
            Ok(header) => {
                if header.known().ignored {
                    self.log.note(Deviation::IgnoredElement, 0);
                }
                self.header = Some(header);
            }
            Err(_) => self.log.note(Deviation::MalformedHeader, 0),
        }
        octets.first().map_or(0, |length| usize::from(*length) + 1)
    }

    /// Sets the tables to use where the header names none: agreed with the sender in some other
    /// way.
    ///
    /// ```
    /// use septet::{Alphabet, DataCoding, NationalLanguage, ReceivedUserData};
    /// let turkish = Alphabet::new(Some(NationalLanguage::Turkish), None);
    /// let received = ReceivedUserData::packed(DataCoding::new(0), false, 1, &[0x0C]);
    /// assert_eq!(received.decode()?.text(), "ø");
    /// assert_eq!(received.with_alphabet(turkish).decode()?.text(), "ğ");
    /// # Ok::<_, septet::NotText>(())
    /// ```
    #[must_use]
    pub const fn with_alphabet(mut self, alphabet: Alphabet) -> Self {
        self.assumed = alphabet;
        self
    }

    /// Sets the SAR parameters that came beside the octets: the place in a concatenated message
    /// where the header states none.
    #[must_use]
    pub const fn with_sar(mut self, sar: Sar) -> Self {
        self.sar = Some(sar);
        self
    }

    /// Returns the data coding scheme. For unpacked user data it is the one that SMPP's
    /// `data_coding` stands for.
    #[must_use]
    pub const fn data_coding(&self) -> DataCoding {
        self.data_coding
    }

    /// Returns the header, where there is one that is well-formed.
    #[must_use]
    pub const fn header(&self) -> Option<UserDataHeader<'a>> {
        self.header
    }

    /// Returns the place in a concatenated message, where the header states one that can be, or SAR
    /// parameters do.
    #[must_use]
    pub fn concatenation(&self) -> Option<ConcatenationElement> {
        let of_sar = self.sar.and_then(|sar| {
            ConcatenationElement::new(sar.reference(), 16, sar.total(), sar.sequence())
        });
        self.known().concatenation.or(of_sar)
    }

    /// Returns the tables in force for septets.
    #[must_use]
    pub fn alphabet(&self) -> Alphabet {
        let known = self.known();
        Alphabet::new(
            known.locking.unwrap_or(self.assumed.locking()),
            known.single_shift.unwrap_or(self.assumed.single_shift()),
        )
    }

    fn known(&self) -> Known {
        self.header.map(UserDataHeader::known).unwrap_or_default()
    }

    /// Returns what was forgiven before any text was read: about the coding, the lengths and the
    /// header.
    #[must_use]
    pub const fn forgiven(&self) -> Forgiven {
        self.log.forgiven()
    }

    /// Returns what stands behind the header: text to be read, or octets that are no text.
    ///
    /// # Errors
    ///
    /// Where the text is compressed (TS 23.042), which septet does not read.
    ///
    /// ```
    /// use septet::{Content, DataCoding, ReceivedUserData};
    /// let received = ReceivedUserData::packed(DataCoding::new(0x04), false, 2, &[0xCA, 0xFE]);
    /// assert!(matches!(received.content()?, Content::Data([0xCA, 0xFE])));
    /// # Ok::<_, septet::CompressedText>(())
    /// ```
    pub fn content(&self) -> Result<Content<'a>, CompressedText> {
        if self.data_coding.is_compressed() {
            return Err(CompressedText {
                data_coding: self.data_coding,
            });
        }
        let source = match (self.data_coding.coding(), self.body) {
            (Coding::Data, Body::Octets { octets, .. }) => return Ok(Content::Data(octets)),
            (Coding::Ucs2, Body::Octets { octets, offset }) => {
                Source::Ucs2(CodeUnitReader { octets, offset })
            }
            _ => Source::Gsm7(self.septets(), Gsm7Decoder::new(self.alphabet())),
        };
        Ok(Content::Text(Characters::new(source, self.log)))
    }

    /// The septets of a GSM-7 text.
    fn septets(&self) -> SeptetReader<'a> {
        match self.body {
            Body::Packed { octets, next, end } => SeptetReader::Packed { octets, next, end },
            Body::Octets { octets, offset } => SeptetReader::Unpacked {
                octets,
                next: 0,
                offset,
            },
        }
    }
}

#[cfg(feature = "alloc")]
impl ReceivedUserData<'_> {
    /// Reads the text, forgiving what can be forgiven.
    ///
    /// # Errors
    ///
    /// Where there is no text: the octets are 8-bit data or compressed. [`content`](Self::content)
    /// gives the data.
    ///
    /// ```
    /// use septet::{DataCoding, Deviation, ReceivedUserData};
    /// let received = ReceivedUserData::packed(DataCoding::new(0x08), false, 3, &[0x00, 0x61, 0xD8]);
    /// let decoded = received.decode()?;
    /// assert_eq!(decoded.text(), "a");
    /// assert!(decoded.forgiven().contains(Deviation::OddOctet));
    /// # Ok::<_, septet::NotText>(())
    /// ```
    pub fn decode(&self) -> Result<Decoded, NotText> {
        let (text, log) = self.text()?;
        Ok(Decoded {
            text,
            forgiven: log.forgiven(),
        })
    }

    /// Reads the text, forgiving nothing.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode), and the first [`Deviation`] found, whether of the header or of
    /// the text.
    ///
    /// ```
    /// use septet::{DataCoding, ReceivedUserData};
    /// let received = ReceivedUserData::packed(DataCoding::new(0x08), false, 3, &[0x00, 0x61, 0xD8]);
    /// assert_eq!(received.decode_strict().unwrap_err().to_string(), "odd-octet at octet 2: the last octet is half a code unit");
    /// ```
    pub fn decode_strict(&self) -> Result<alloc::string::String, StrictError> {
        let (text, log) = self.text()?;
        match log.first() {
            Some(deviation) => Err(StrictError::Deviation(deviation)),
            None => Ok(text),
        }
    }

    fn text(&self) -> Result<(alloc::string::String, Log), NotText> {
        match self.content() {
            Ok(Content::Text(characters)) => {
                // Enough for most texts: of European ones, few need more than a byte a septet.
                let mut text = alloc::string::String::with_capacity(self.content_octets());
                let ((), log) = characters.fold_and_log((), |(), character| text.push(character));
                Ok((text, log))
            }
            Ok(Content::Data(_)) => Err(NotText::Data),
            Err(_) => Err(NotText::Compressed),
        }
    }

    /// Septets, or octets, behind the header.
    fn content_octets(&self) -> usize {
        match self.body {
            Body::Packed { next, end, .. } => end.saturating_sub(next),
            Body::Octets { octets, .. } => octets.len(),
        }
    }

    /// Hands the content to a reassembler, which may have to join octets before they are read.
    pub(super) fn stored(&self) -> (Coding, alloc::vec::Vec<u8>) {
        match (self.data_coding.coding(), self.body) {
            (Coding::Gsm7, _) if !self.data_coding.is_compressed() => {
                let mut octets = alloc::vec::Vec::with_capacity(self.content_octets());
                self.septets().fold((), |(), septet, _| octets.push(septet));
                (Coding::Gsm7, octets)
            }
            (coding, Body::Octets { octets, .. } | Body::Packed { octets, .. }) => {
                (coding, octets.to_vec())
            }
        }
    }
}

impl<'a> From<&'a UserData> for ReceivedUserData<'a> {
    fn from(sent: &'a UserData) -> Self {
        Self::packed(
            sent.data_coding(),
            sent.has_header(),
            sent.length(),
            sent.as_octets(),
        )
    }
}

impl<'a> From<&'a UnpackedUserData> for ReceivedUserData<'a> {
    fn from(sent: &'a UnpackedUserData) -> Self {
        let data_coding = DataCoding::new(sent.data_coding());
        let received = Self::unpacked_as(data_coding, sent.has_header(), sent.as_octets());
        Self {
            sar: sent.sar(),
            ..received
        }
    }
}

/// Shows lengths and kinds, no text.
impl fmt::Debug for ReceivedUserData<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (units, of) = match self.body {
            Body::Packed { next, end, .. } => (end.saturating_sub(next), "septets"),
            Body::Octets { octets, .. } => (octets.len(), "octets"),
        };
        f.debug_struct("ReceivedUserData")
            .field("data_coding", &self.data_coding)
            .field("has_header", &self.header.is_some())
            .field(of, &units)
            .field("forgiven", &self.forgiven())
            .finish()
    }
}

/// What stands behind a header.
#[derive(Clone)]
#[expect(clippy::exhaustive_enums, reason = "TS 23.038 has text and data")]
pub enum Content<'a> {
    /// Text, to be read character by character.
    Text(Characters<'a>),
    /// Octets that are no text.
    Data(&'a [u8]),
}

/// Shows lengths and kinds, no text and no octets.
impl fmt::Debug for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(characters) => f.debug_tuple("Text").field(characters).finish(),
            Self::Data(data) => f
                .debug_tuple("Data")
                .field(&format_args!("{} octets", data.len()))
                .finish(),
        }
    }
}

/// The text is compressed (TS 23.042), which septet does not read.
///
/// ```
/// let received = septet::ReceivedUserData::packed(septet::DataCoding::new(0x20), false, 1, &[0]);
/// let error = received.content().unwrap_err();
/// assert_eq!(error.to_string(), "data coding scheme 0x20 says compressed text (TS 23.042), which is not supported");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("data coding scheme {:#04X} says compressed text (TS 23.042), which is not supported", data_coding.value())]
pub struct CompressedText {
    data_coding: DataCoding,
}

impl CompressedText {
    /// Returns the data coding scheme.
    #[must_use]
    pub const fn data_coding(self) -> DataCoding {
        self.data_coding
    }
}

/// Text that was read, and what was forgiven in it.
#[cfg(feature = "alloc")]
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct Decoded {
    pub(super) text: alloc::string::String,
    pub(super) forgiven: Forgiven,
}

#[cfg(feature = "alloc")]
impl Decoded {
    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text, owned.
    #[must_use]
    pub fn into_text(self) -> alloc::string::String {
        self.text
    }

    /// Returns what was forgiven.
    #[must_use]
    pub const fn forgiven(&self) -> Forgiven {
        self.forgiven
    }
}

/// Shows lengths and kinds, no text.
#[cfg(feature = "alloc")]
impl fmt::Debug for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoded")
            .field("text_bytes", &self.text.len())
            .field("forgiven", &self.forgiven)
            .finish()
    }
}

/// Why there is no text to decode.
#[cfg(feature = "alloc")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum NotText {
    /// TS 23.042, which septet does not read.
    #[error("the text is compressed (TS 23.042), which is not supported")]
    Compressed,
    /// 8-bit data, which [`ReceivedUserData::content`] and
    /// [`Assembled::data`](crate::Assembled::data) give.
    #[error("the octets are 8-bit data, not text")]
    Data,
}

/// Why a strict reading was refused.
#[cfg(feature = "alloc")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum StrictError {
    /// There is no text.
    #[error(transparent)]
    NotText(#[from] NotText),
    /// The first deviation.
    #[error(transparent)]
    Deviation(#[from] DeviationAt),
}
