//! Octets: what a segment is on the wire, and back (TS 23.040 §9.2.3.24, TS 23.038 §4 and
//! §6.1.2.1).

mod characters;
mod data_coding;
mod deviation;
mod header;
#[cfg(feature = "alloc")]
mod reassembly;
mod received;
mod septet;
mod user_data;

pub use characters::Characters;
pub use data_coding::{Coding, DataCoding, MessageClass, UnsupportedDataCoding};
pub use deviation::{Deviation, DeviationAt, Forgiven};
pub use header::{
    ApplicationPorts, ConcatenationElement, HeaderTooLong, InvalidHeader, UserDataHeader,
};
#[cfg(feature = "alloc")]
pub use reassembly::{
    Arrival, Assembled, GivenUp, Incomplete, Outcome, Reassembler, ReassemblyLimits, StoredSegment,
};
pub use received::{CompressedText, Content, ReceivedUserData};
#[cfg(feature = "alloc")]
pub use received::{Decoded, NotText, StrictError};
pub use user_data::{ReferenceTooLarge, Sar, SarUnavailable, UnpackedUserData, UserData};
