//! Every public type can be sent to another thread, shared with it and moved after it was pinned.

#![cfg(feature = "alloc")]

macro_rules! all_are_send_sync_and_unpin {
    ($list:ident: $($type:ty),+ $(,)?) => {
        $(const _: () = {
            const fn send_sync_and_unpin<T: Send + Sync + Unpin>() {}
            send_sync_and_unpin::<$type>();
        };)+
        /// So that the list is seen to have been compiled.
        const $list: &[&str] = &[$(stringify!($type)),+];
    };
}

all_are_send_sync_and_unpin! {
    TYPES:
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
    septet::repair::Loss,
    septet::repair::Replacement,
    septet::repair::Span,
    septet::repair::Spans<'static>,
    septet::repair::Edit,
    septet::repair::Repair,
    septet::repair::NationalAlternative,
    septet::template::Bounds<'static>,
    septet::template::Count,
    septet::template::Extreme<'static>,
    septet::template::Catalogue,
    septet::template::Change<'static>,
    septet::template::ChangeKind,
    septet::template::KeyProblem<'static>,
    septet::template::KeyProblemKind,
    septet::template::SelectedBy,
    septet::template::Selection<'static>,
    septet::template::Update,
    septet::template::Report,
    septet::template::code_format::Dialect,
    septet::template::code_format::EmbeddedHost<'static>,
    septet::template::code_format::EmbeddedHosts<'static>,
    septet::template::code_format::InvalidOrigin,
    septet::template::code_format::Origin<'static>,
    septet::template::code_format::OriginBoundCode<'static>,
    septet::template::code_format::OriginBoundError,
    septet::template::code_format::OriginBoundLineError,
    septet::template::code_format::OriginBoundPart,
    septet::template::code_format::OriginBoundProblem,
    septet::template::code_format::RetrieverError,
    septet::template::code_format::RetrieverLimit,
    septet::template::code_format::RetrieverMessage<'static>,
    septet::template::code_format::RetrieverPrefix,
    septet::template::code_format::RetrieverWriteError,
    septet::template::Conflict,
    septet::template::ConsentProblem,
    septet::template::Cost,
    septet::template::Costs,
    septet::template::Detail,
    septet::template::Finding,
    septet::template::Fix,
    septet::template::Cliff,
    septet::template::Headroom<'static>,
    septet::template::NoHeadroom,
    septet::template::InvalidLanguageKey,
    septet::template::LanguageKey,
    septet::template::LanguageKeyFault,
    septet::template::Lint,
    septet::template::Severity,
    septet::template::UnknownLint,
    septet::template::NotNeutral,
    septet::template::Control,
    septet::template::ControlKind,
    septet::template::Literal<'static>,
    septet::template::MalformedReason,
    septet::template::MalformedTemplate,
    septet::template::NearMiss<'static>,
    septet::template::Piece<'static>,
    septet::template::Placeholder<'static>,
    septet::template::Template<'static>,
    septet::template::Demand,
    septet::template::Limit,
    septet::template::Measure,
    septet::template::Profile,
    septet::template::Rules<'static>,
    septet::template::AmbiguousSyntax,
    septet::template::Syntax,
    septet::template::UnknownSyntax,
    septet::template::CatalogueReport,
    septet::template::Matrix,
    septet::template::TextReport,
    septet::template::Verdict,
    septet::template::CharacterSet,
    septet::template::InvalidValues,
    septet::template::ValueSet,
    septet::template::Values,
    septet::template::Witness<'static>,
}

#[cfg(feature = "serde")]
all_are_send_sync_and_unpin! {
    TYPES_OF_SERDE:
    septet::template::TemplateKind<'static>,
    septet::template::TemplateObject,
    septet::template::VendorError,
    septet::template::VendorErrorKind,
}

/// Names what the sources make public, so that a new public type is not forgotten above.
fn exported() -> Vec<String> {
    let mut names = Vec::new();
    let mut add = |statement: &str| {
        names.extend(
            statement
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .filter(|word| word.starts_with(char::is_uppercase))
                .filter(|word| word.chars().any(char::is_lowercase))
                .map(str::to_string),
        );
    };
    for source in [
        include_str!("../src/lib.rs"),
        include_str!("../src/template/mod.rs"),
        include_str!("../src/template/code_format.rs"),
    ] {
        for statement in source.split("pub use ").skip(1) {
            let statement = statement.split(';').next().unwrap_or_default();
            if cfg!(feature = "serde") || !statement.starts_with("vendor::") {
                add(statement);
            }
        }
    }
    for line in include_str!("../src/repair.rs").lines() {
        if line.starts_with("pub struct ") || line.starts_with("pub enum ") {
            add(line.split(['<', '{', '(']).next().unwrap_or_default());
        }
    }
    names
}

#[test]
fn every_exported_type_is_send_sync_and_unpin() {
    let exported = exported();
    assert!(exported.len() > 100);
    let types = TYPES.iter();
    #[cfg(feature = "serde")]
    let types = types.chain(TYPES_OF_SERDE);
    let listed: Vec<&str> = types
        .map(|name| name.split('<').next().unwrap_or(name))
        .map(|name| name.rsplit("::").next().unwrap_or(name).trim())
        .collect();
    let forgotten: Vec<&String> = exported
        .iter()
        .filter(|name| !listed.contains(&name.as_str()))
        .collect();
    assert!(forgotten.is_empty(), "add these above: {forgotten:?}");
}

all_are_send_sync_and_unpin! {
    TYPES_OF_SENDER:
    septet::sender::AddressCharacters,
    septet::sender::InvalidAddress,
    septet::sender::InvalidSenderId,
    septet::sender::OriginatingAddress,
    septet::sender::SenderDemand,
    septet::sender::SenderFault,
    septet::sender::SenderId,
    septet::sender::SenderPool<'static>,
    septet::sender::SenderRule,
    septet::sender::SenderVerdict,
    septet::sender::TypeOfNumber,
}

all_are_send_sync_and_unpin! {
    TYPES_OF_TELEPHONY:
    septet::telephony::Channel,
    septet::telephony::Currency,
    septet::telephony::Date,
    septet::telephony::E164,
    septet::telephony::Eligibility,
    septet::telephony::ExtensionFault,
    septet::telephony::InvalidCurrency,
    septet::telephony::InvalidDate,
    septet::telephony::InvalidE164,
    septet::telephony::InvalidPrice,
    septet::telephony::NumberFault,
    septet::telephony::NumberKind,
    septet::telephony::Price,
    septet::telephony::PriceSumError,
    septet::telephony::Purpose,
    septet::telephony::PurposeSet,
    septet::telephony::Refusal,
    septet::telephony::Region,
    septet::telephony::RegionSet,
    septet::telephony::RegionSetIter,
    septet::telephony::Scope,
    septet::telephony::SenderKind,
    septet::telephony::UnknownPurpose,
    septet::telephony::UnknownRegion,
}

#[cfg(feature = "phone")]
all_are_send_sync_and_unpin! {
    TYPES_OF_PHONE:
    septet::phone::Channels,
    septet::phone::Classification,
    septet::phone::CountryControl,
    septet::phone::CountryList,
    septet::phone::Coverage,
    septet::phone::EligibilityPolicy,
    septet::phone::InvalidPrefix,
    septet::phone::NumberPrefix,
    septet::phone::Service,
    septet::phone::UnknownChannels,
    septet::phone::Validity,
}

#[test]
fn every_exported_type_of_the_thin_modules_is_send_sync_and_unpin() {
    for (source, types) in [
        (include_str!("../src/telephony.rs"), TYPES_OF_TELEPHONY),
        (include_str!("../src/sender.rs"), TYPES_OF_SENDER),
        #[cfg(feature = "phone")]
        (include_str!("../src/phone.rs"), TYPES_OF_PHONE),
    ] {
        let exported = source.split("\npub use ").skip(1);
        let names = exported.flat_map(|statement| {
            let statement = statement.split(';').next().unwrap_or_default();
            let words = statement.split(|c: char| !c.is_alphanumeric());
            words.filter(|word| word.starts_with(char::is_uppercase))
        });
        let exported: std::collections::BTreeSet<_> = names.collect();
        let listed = types.iter().map(|name| {
            let name = name.split('<').next().unwrap_or(name);
            name.rsplit("::").next().unwrap_or(name).trim()
        });
        assert_eq!(exported, listed.collect());
    }
}
