//! Every public type can be sent to another thread, shared with it and moved after it was pinned.

#![cfg(feature = "alloc")]

macro_rules! all_are_send_sync_and_unpin {
    ($($type:ty),+ $(,)?) => {
        $(const _: () = {
            const fn send_sync_and_unpin<T: Send + Sync + Unpin>() {}
            send_sync_and_unpin::<$type>();
        };)+
        /// So that the list is seen to have been compiled.
        const TYPES: &[&str] = &[$(stringify!($type)),+];
    };
}

all_are_send_sync_and_unpin! {
    septet::Alphabet,
    septet::NationalLanguage,
    septet::NationalTables,
    septet::UnknownLanguage,
    septet::Septets,
    septet::Encoding,
    septet::Reason,
    septet::Unmappable,
    septet::Unmappables<'static>,
    septet::Concatenation,
    septet::Cut,
    septet::HeaderElements,
    septet::InformationElement<'static>,
    septet::InvalidHeaderElements,
    septet::SegmentOptions<'static>,
    septet::Message<'static>,
    septet::Segment<'static>,
    septet::Segments<'static>,
    septet::TooManySegments,
    septet::Coding,
    septet::DataCoding,
    septet::MessageClass,
    septet::ReferenceTooLarge,
    septet::Sar,
    septet::SarUnavailable,
    septet::UnpackedUserData,
    septet::UserData,
    septet::ApplicationPorts,
    septet::ConcatenationElement,
    septet::HeaderTooLong,
    septet::InformationElements<'static>,
    septet::InvalidHeader,
    septet::UserDataHeader<'static>,
    septet::Characters<'static>,
    septet::CompressedText,
    septet::Content<'static>,
    septet::Decoded,
    septet::Deviation,
    septet::DeviationAt,
    septet::Forgiven,
    septet::NotText,
    septet::ReceivedUserData<'static>,
    septet::StrictError,
    septet::UnsupportedDataCoding,
    septet::Arrival<String>,
    septet::Assembled,
    septet::GivenUp,
    septet::Incomplete<String>,
    septet::Outcome,
    septet::Reassembler<String>,
    septet::ReassemblyLimits,
    septet::StoredSegment,
}

/// Names what `lib.rs` re-exports, so that a new public type is not forgotten above.
fn exported() -> Vec<String> {
    let mut names = Vec::new();
    let source = include_str!("../src/lib.rs");
    for statement in source.split("pub use ").skip(1) {
        let statement = statement.split(';').next().unwrap_or_default();
        names.extend(
            statement
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .filter(|word| word.starts_with(char::is_uppercase))
                .filter(|word| word.chars().any(char::is_lowercase))
                .map(str::to_string),
        );
    }
    names
}

#[test]
fn every_exported_type_is_send_sync_and_unpin() {
    let exported = exported();
    assert!(!exported.is_empty());
    let listed: Vec<&str> = TYPES
        .iter()
        .map(|name| name.split("::").nth(1).unwrap_or(name))
        .map(|name| name.split('<').next().unwrap_or(name).trim())
        .collect();
    let forgotten: Vec<&String> = exported
        .iter()
        .filter(|name| !listed.contains(&name.as_str()))
        .collect();
    assert!(forgotten.is_empty(), "add these above: {forgotten:?}");
}
