//! Okta's SMS template object, read from JSON and written back with nothing lost.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::catalogue::{Catalogue, Update};

const ID: &str = "id";
const NAME: &str = "name";
const KIND: &str = "type";
const TEMPLATE: &str = "template";
const TRANSLATIONS: &str = "translations";
const CREATED: &str = "created";
const LAST_UPDATED: &str = "lastUpdated";

/// Fields that are a string, where they are there.
const STRINGS: [&str; 6] = [ID, NAME, KIND, TEMPLATE, CREATED, LAST_UPDATED];

/// Fields that Okta sets, and that a request does not have.
const READ_ONLY: [&str; 3] = [ID, CREATED, LAST_UPDATED];

/// A template as Okta's API hands it out and takes it (management API 5.1.0, SMS
/// templates).
///
/// What was read is written back: every field in its place, fields that are not known here with the
/// very digits of their numbers and escapes of their strings, and `null` apart from nothing. Not
/// kept are white space between tokens, and which escapes names and known strings were written with.
/// No field is required, and no text is checked: that is for lints.
///
/// ```
/// use septet::template::{TemplateKind, TemplateObject};
/// let json = r#"{"id":"cst1","name":"Custom","type":"SMS_VERIFY_CODE","template":"Code: ${code}",
///     "translations":{"es":"Clave: ${code}"},"created":"2016-06-23T17:20:22.000Z","more":1e400}"#;
/// let object = TemplateObject::from_json(json)?;
/// assert_eq!((object.id(), object.name()), (Some("cst1"), Some("Custom")));
/// assert_eq!(object.kind(), Some(TemplateKind::SmsVerifyCode));
/// assert_eq!(object.translations().next(), Some(("es", "Clave: ${code}")));
/// assert_eq!(object.to_json(), json.replace("\n    ", ""));
/// # Ok::<_, septet::template::VendorError>(())
/// ```
///
/// What its fields may hold is checked by [`Profile::OKTA`](super::Profile::OKTA); a type has 1 to 50
/// characters.
///
/// It implements the traits of serde for use with serde_json; other formats cannot hold a number as
/// it was written, and neither can what serde buffers, so reading it behind `flatten` is an error.
#[derive(Clone, PartialEq, Eq)]
#[doc(alias = "SmsTemplate")]
pub struct TemplateObject {
    fields: Vec<(String, Field)>,
}

#[derive(Clone, PartialEq, Eq)]
enum Field {
    Null,
    Text(String),
    Translations(Vec<(String, String)>),
    Other(Json),
}

/// A value as it was written, without white space between tokens.
#[derive(Clone)]
struct Json(Box<RawValue>);

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.0.get() == other.0.get()
    }
}

impl Eq for Json {}

impl TemplateObject {
    /// The text that is sent where there is no custom template. It has no translations, and cannot
    /// be changed: a custom template takes its place.
    pub const DEFAULT_TEXT: &str = "Your verification code is ${code}.";

    /// Creates an object to request, for a code by SMS: a name, the type, the template, and the
    /// translations if there are any.
    ///
    /// ```
    /// use septet::template::{Catalogue, TemplateObject};
    /// let object = TemplateObject::new("Custom", &Catalogue::new("Code: ${code}"));
    /// assert_eq!(
    ///     object.to_json(),
    ///     r#"{"name":"Custom","type":"SMS_VERIFY_CODE","template":"Code: ${code}"}"#,
    /// );
    /// ```
    #[must_use]
    pub fn new(name: impl Into<String>, catalogue: &Catalogue) -> Self {
        let kind = TemplateKind::SmsVerifyCode.as_str();
        let fields = [
            (NAME.to_owned(), Field::Text(name.into())),
            (KIND.to_owned(), Field::Text(kind.to_owned())),
        ];
        Self {
            fields: fields.into(),
        }
        .with_catalogue(catalogue)
    }

    /// Reads an object.
    ///
    /// # Errors
    ///
    /// Where the text is no JSON, or no object; where a known field or a translation is not a string
    /// (a field may be `null`), or the translations are no object; where the object, or the
    /// translations, have one name twice: which one counts would depend on who reads. Objects in
    /// fields that are not known are not looked into, and kept whatever they hold.
    ///
    /// ```
    /// use septet::template::TemplateObject;
    /// let error = TemplateObject::from_json(r#"{"translations": {"es": 7}}"#).unwrap_err();
    /// assert_eq!((error.path(), error.at()), ("translations.es", 24));
    /// ```
    pub fn from_json(json: &str) -> Result<Self, VendorError> {
        let document = Document { json };
        let fields = document.members()?.into_iter().map(|(name, value)| {
            let field = match name.as_str() {
                _ if value.get() == "null" => Field::Null,
                TRANSLATIONS => Field::Translations(document.translations(value)?),
                known if STRINGS.contains(&known) => Field::Text(document.string(value, known)?),
                _ => Field::Other(compact(value)),
            };
            Ok((name, field))
        });
        let fields = fields.collect::<Result<_, _>>()?;
        Ok(Self { fields })
    }

    /// Writes the object in one line.
    ///
    /// ```
    /// use septet::template::TemplateObject;
    /// let json = r#"{ "template": "Code: ${code}", "translations": null, "big": 12345678901234567890123 }"#;
    /// assert_eq!(
    ///     TemplateObject::from_json(json)?.to_json(),
    ///     r#"{"template":"Code: ${code}","translations":null,"big":12345678901234567890123}"#,
    /// );
    /// # Ok::<_, septet::template::VendorError>(())
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        to_json(self)
    }

    /// Writes the body of a request to create or replace it: without the fields that are the
    /// Okta's to set, `id`, `created` and `lastUpdated`.
    ///
    /// [`Update::to_json`] writes the body of a partial update.
    ///
    /// ```
    /// use septet::template::TemplateObject;
    /// let object = TemplateObject::from_json(r#"{"id": "cst1", "name": "Custom", "created": "2016"}"#)?;
    /// assert_eq!(object.to_request_json(), r#"{"name":"Custom"}"#);
    /// # Ok::<_, septet::template::VendorError>(())
    /// ```
    #[must_use]
    pub fn to_request_json(&self) -> String {
        to_json(&Request(self))
    }

    /// Returns the id, which Okta sets.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.string(ID)
    }

    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.string(NAME)
    }

    /// Returns the type: what the template is for.
    ///
    /// ```
    /// use septet::template::{TemplateKind, TemplateObject};
    /// let object = TemplateObject::from_json(r#"{"type": "SMS_ENROLLMENT_CODE"}"#)?;
    /// assert_eq!(object.kind(), Some(TemplateKind::Other("SMS_ENROLLMENT_CODE")));
    /// # Ok::<_, septet::template::VendorError>(())
    /// ```
    #[must_use]
    pub fn kind(&self) -> Option<TemplateKind<'_>> {
        self.string(KIND).map(TemplateKind::new)
    }

    /// Returns the base text.
    #[must_use]
    pub fn template(&self) -> Option<&str> {
        self.string(TEMPLATE)
    }

    /// Returns the key and the text of every translation, in order. There are none where the object
    /// has an empty set of them, `null`, or no such field, which the answer to an update may lack.
    pub fn translations(
        &self,
    ) -> impl DoubleEndedIterator<Item = (&str, &str)> + ExactSizeIterator {
        let translations: &[_] = match self.field(TRANSLATIONS) {
            Some(Field::Translations(translations)) => translations,
            _ => &[],
        };
        translations
            .iter()
            .map(|(key, text): &(String, String)| (key.as_str(), text.as_str()))
    }

    /// Returns the base text with the translations; `None` where there is no base text.
    ///
    /// ```
    /// use septet::template::{Catalogue, TemplateObject};
    /// let json = r#"{"template": "Code: ${code}", "translations": {"es": "Clave: ${code}"}}"#;
    /// let expected = Catalogue::new("Code: ${code}").with_translation("es", "Clave: ${code}");
    /// assert_eq!(TemplateObject::from_json(json)?.catalogue(), Some(expected));
    /// # Ok::<_, septet::template::VendorError>(())
    /// ```
    #[must_use]
    pub fn catalogue(&self) -> Option<Catalogue> {
        let base = Catalogue::new(self.template()?);
        Some(self.translations().fold(base, |catalogue, (key, text)| {
            catalogue.with_translation(key, text)
        }))
    }

    /// Sets the base text and the translations, and leaves all other fields as they are.
    ///
    /// Fields keep their places. Where the set has no translations and the object says so in
    /// whatever way, that stays too. A key that the set has twice is written once, with its first
    /// text, if it is spelled alike: an object has no name twice.
    ///
    /// ```
    /// use septet::template::{TemplateObject, Update};
    /// let object = TemplateObject::from_json(r#"{"template": "a", "translations": {"es": "b"}, "x": 1}"#)?;
    /// let catalogue = object.catalogue().unwrap().updated(&Update::new().removal("es"));
    /// assert_eq!(
    ///     object.with_catalogue(&catalogue).to_json(),
    ///     r#"{"template":"a","translations":{},"x":1}"#,
    /// );
    /// # Ok::<_, septet::template::VendorError>(())
    /// ```
    #[must_use]
    pub fn with_catalogue(mut self, catalogue: &Catalogue) -> Self {
        self.set(TEMPLATE, Field::Text(catalogue.text().to_owned()));
        if self.translations().len() > 0 || catalogue.translations().len() > 0 {
            let mut seen = BTreeSet::new();
            let translations = catalogue
                .translations()
                .filter(|(key, _)| seen.insert(*key))
                .map(|(key, text)| (key.to_owned(), text.to_owned()));
            self.set(TRANSLATIONS, Field::Translations(translations.collect()));
        }
        self
    }

    /// Returns when it was created, as Okta wrote it (ISO 8601).
    #[must_use]
    pub fn created(&self) -> Option<&str> {
        self.string(CREATED)
    }

    /// Returns when it was last updated, as Okta wrote it (ISO 8601).
    #[must_use]
    pub fn last_updated(&self) -> Option<&str> {
        self.string(LAST_UPDATED)
    }

    /// Returns the name and the JSON text of every field that is not known here, in order.
    ///
    /// ```
    /// use septet::template::TemplateObject;
    /// let object = TemplateObject::from_json(r#"{"name": "Custom", "_links": {"self": 1.0}}"#)?;
    /// assert!(object.other_fields().eq([("_links", r#"{"self":1.0}"#)]));
    /// # Ok::<_, septet::template::VendorError>(())
    /// ```
    pub fn other_fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let known = |name: &str| name == TRANSLATIONS || STRINGS.contains(&name);
        let others = self.fields.iter().filter(move |(name, _)| !known(name));
        others.map(|(name, field)| match field {
            Field::Other(Json(json)) => (name.as_str(), json.get()),
            _ => (name.as_str(), "null"),
        })
    }

    fn field(&self, name: &str) -> Option<&Field> {
        let mut fields = self.fields.iter();
        fields
            .find(|(known, _)| known == name)
            .map(|(_, field)| field)
    }

    fn string(&self, name: &str) -> Option<&str> {
        match self.field(name) {
            Some(Field::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn set(&mut self, name: &str, value: Field) {
        match self.fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, field)) => *field = value,
            None => self.fields.push((name.to_owned(), value)),
        }
    }
}

/// Shows lengths, no text.
impl fmt::Debug for TemplateObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TemplateObject")
            .field("fields", &self.fields.len())
            .field("template_bytes", &self.template().map(str::len))
            .field("translations", &self.translations().len())
            .finish_non_exhaustive()
    }
}

impl Serialize for TemplateObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.fields.iter().map(|(name, field)| (name, field)))
    }
}

/// With the errors of [`TemplateObject::from_json`]; offsets in them start at the object.
impl<'de> Deserialize<'de> for TemplateObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Box::<RawValue>::deserialize(deserializer)?;
        Self::from_json(json.get()).map_err(D::Error::custom)
    }
}

/// An object without the fields that a request does not have.
struct Request<'a>(&'a TemplateObject);

impl Serialize for Request<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = self.0.fields.iter();
        serializer.collect_map(
            fields
                .filter(|(name, _)| !READ_ONLY.contains(&name.as_str()))
                .map(|(name, field)| (name, field)),
        )
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Translations(translations) => {
                serializer.collect_map(translations.iter().map(|(key, text)| (key, text)))
            }
            Self::Other(Json(json)) => json.serialize(serializer),
        }
    }
}

impl Update {
    /// Reads the body of a partial update: `template` and `translations`. Other fields change no
    /// text and are not looked at.
    ///
    /// A translation that is `null` is a removal, and so is an empty one. A `template` or
    /// `translations` that is `null` has no value, and so changes nothing.
    ///
    /// # Errors
    ///
    /// Where the text is no JSON, or no object; where the template or a translation is not a string,
    /// or the translations are no object; where one name is there twice.
    ///
    /// ```
    /// use septet::template::{Catalogue, Update};
    /// let update = Update::from_json(r#"{"translations": {"es": "c", "fr": null, "de": ""}}"#)?;
    /// let saved = Catalogue::new("a").with_translation("es", "b").with_translation("fr", "b");
    /// assert_eq!(saved.updated(&update), Catalogue::new("a").with_translation("es", "c"));
    /// # Ok::<_, septet::template::VendorError>(())
    /// ```
    pub fn from_json(json: &str) -> Result<Self, VendorError> {
        let document = Document { json };
        let members = document.members()?.into_iter();
        members.filter(|(_, value)| value.get() != "null").try_fold(
            Self::new(),
            |update, (name, value)| match name.as_str() {
                TEMPLATE => Ok(update.text(document.string(value, TEMPLATE)?)),
                TRANSLATIONS => document.object(value, TRANSLATIONS)?.into_iter().try_fold(
                    update,
                    |update, (key, value)| match value.get() {
                        "null" => Ok(update.removal(key)),
                        _ => {
                            let text = document.translation(value, &key)?;
                            Ok(update.translation(key, text))
                        }
                    },
                ),
                _ => Ok(update),
            },
        )
    }

    /// Writes the body of a partial update, in one line. Of several entries for one key, spelled
    /// alike, the last is written: an object has no name twice.
    ///
    /// ```
    /// use septet::template::Update;
    /// let update = Update::new().text("a").translation("es", "b").removal("fr");
    /// assert_eq!(update.to_json(), r#"{"template":"a","translations":{"es":"b","fr":null}}"#);
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        to_json(self)
    }
}

impl Serialize for Update {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_map(None)?;
        if let Some(text) = self.get_text() {
            body.serialize_entry(TEMPLATE, text)?;
        }
        if self.translations().len() > 0 {
            body.serialize_entry(TRANSLATIONS, &UpdatedTranslations(self))?;
        }
        body.end()
    }
}

/// With the errors of [`Update::from_json`]; offsets in them start at the object.
impl<'de> Deserialize<'de> for Update {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Box::<RawValue>::deserialize(deserializer)?;
        Self::from_json(json.get()).map_err(D::Error::custom)
    }
}

struct UpdatedTranslations<'a>(&'a Update);

impl Serialize for UpdatedTranslations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seen = BTreeSet::new();
        let last = self.0.translations().rev();
        let mut last: Vec<_> = last.filter(|(key, _)| seen.insert(*key)).collect();
        last.reverse();
        serializer.collect_map(last)
    }
}

/// What a template is for: the `type` of Okta's object.
///
/// ```
/// use septet::template::TemplateKind;
/// assert_eq!(TemplateKind::SmsVerifyCode.as_str(), "SMS_VERIFY_CODE");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TemplateKind<'a> {
    /// A code by SMS, `SMS_VERIFY_CODE`: the only one that is documented.
    SmsVerifyCode,
    /// Another one, as it was read.
    Other(&'a str),
}

impl<'a> TemplateKind<'a> {
    fn new(kind: &'a str) -> Self {
        if kind == Self::SmsVerifyCode.as_str() {
            Self::SmsVerifyCode
        } else {
            Self::Other(kind)
        }
    }

    /// Returns the type as Okta spells it.
    #[must_use]
    pub const fn as_str(self) -> &'a str {
        match self {
            Self::SmsVerifyCode => "SMS_VERIFY_CODE",
            Self::Other(kind) => kind,
        }
    }
}

/// The JSON that is read. Values borrow from it, so that each knows where it stands.
#[derive(Clone, Copy)]
struct Document<'a> {
    json: &'a str,
}

impl<'a> Document<'a> {
    /// The fields of the object that the whole document is.
    fn members(self) -> Result<Vec<(String, &'a RawValue)>, VendorError> {
        let whole = self.parse(self.json, "")?;
        self.object(whole, "")
    }

    /// The members of an object, each name once.
    fn object(
        self,
        value: &'a RawValue,
        path: &str,
    ) -> Result<Vec<(String, &'a RawValue)>, VendorError> {
        self.expect(value, "an object", path)?;
        let Members(members) = self.parse(value.get(), path)?;
        let mut seen = BTreeSet::new();
        let repeated = members.iter().find(|(name, _)| !seen.insert(name));
        match repeated {
            Some((name, value)) => Err(VendorError {
                kind: VendorErrorKind::Repeated,
                path: joined(path, name),
                at: self.offset(value.get()),
                detail: String::new(),
            }),
            None => Ok(members),
        }
    }

    fn translations(self, value: &'a RawValue) -> Result<Vec<(String, String)>, VendorError> {
        let members = self.object(value, TRANSLATIONS)?.into_iter();
        members
            .map(|(key, value)| {
                let text = self.translation(value, &key)?;
                Ok((key, text))
            })
            .collect()
    }

    fn translation(self, value: &'a RawValue, key: &str) -> Result<String, VendorError> {
        self.string(value, &joined(TRANSLATIONS, key))
    }

    fn string(self, value: &'a RawValue, path: &str) -> Result<String, VendorError> {
        self.expect(value, "a string", path)?;
        self.parse(value.get(), path)
    }

    fn expect(
        self,
        value: &RawValue,
        expected: &'static str,
        path: &str,
    ) -> Result<(), VendorError> {
        let found = kind_of(value);
        if found == expected {
            return Ok(());
        }
        Err(VendorError {
            kind: VendorErrorKind::WrongType,
            path: path.to_owned(),
            at: self.offset(value.get()),
            detail: format!("{found} where {expected} is expected"),
        })
    }

    /// Reads a part of the document, of which the type is right.
    fn parse<T: Deserialize<'a>>(self, part: &'a str, path: &str) -> Result<T, VendorError> {
        serde_json::from_str(part).map_err(|error| {
            let message = error.to_string();
            let what = message.split(" at line ").next().unwrap_or_default();
            VendorError {
                kind: VendorErrorKind::Syntax,
                path: path.to_owned(),
                at: self.offset(part) + offset_in(part, &error),
                detail: what.to_owned(),
            }
        })
    }

    /// Where a part of the document starts in it.
    fn offset(self, part: &str) -> usize {
        part.as_ptr()
            .addr()
            .saturating_sub(self.json.as_ptr().addr())
    }
}

/// Where an error is, in bytes of what was parsed: lines count from 1, and columns are the bytes of
/// a line up to and with the one at fault. Of some errors serde_json names the byte before.
fn offset_in(part: &str, error: &serde_json::Error) -> usize {
    if error.is_eof() {
        return part.len();
    }
    let mut line_ends = part.match_indices('\n').map(|(at, _)| at + 1);
    let line_start = match error.line().checked_sub(2) {
        Some(lines) => line_ends.nth(lines).unwrap_or_default(),
        None => 0,
    };
    let mut at = (line_start + error.column()).saturating_sub(1);
    while !part.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    at
}

/// The members of an object in order, values unread.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;

        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Collect)
    }
}

/// The type of a value that is known to be JSON.
fn kind_of(value: &RawValue) -> &'static str {
    match value.get().bytes().next() {
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b'"') => "a string",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// A path with one name more. A name that could be taken for several, or that cannot be seen, is
/// quoted and escaped.
fn joined(path: &str, name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let name = if !name.is_empty() && name.bytes().all(plain) {
        name.to_owned()
    } else {
        format!("{name:?}")
    };
    if path.is_empty() {
        name
    } else {
        format!("{path}.{name}")
    }
}

/// A value without white space between its tokens, so that it fits into one line.
fn compact(value: &RawValue) -> Json {
    let mut in_string = false;
    let mut escaped = false;
    let kept = value.get().chars().filter(|character| {
        match character {
            '"' if !escaped => in_string = !in_string,
            ' ' | '\t' | '\n' | '\r' => return in_string,
            _ => {}
        }
        escaped = in_string && !escaped && *character == '\\';
        true
    });
    // What is left is JSON as before.
    Json(RawValue::from_string(kept.collect()).unwrap_or_else(|_| value.to_owned()))
}

fn to_json(value: &impl Serialize) -> String {
    // Names are strings, and the rest was JSON: nothing in it can fail to be written.
    serde_json::to_string(value).unwrap_or_default()
}

/// Why a text is not Okta's object, or not the body of an update.
///
/// It quotes no text: a path names fields and language keys only.
///
/// ```
/// use septet::template::{TemplateObject, VendorErrorKind};
/// let error = TemplateObject::from_json(r#"{"name": "a", "name": "b"}"#).unwrap_err();
/// assert_eq!(error.kind(), VendorErrorKind::Repeated);
/// assert_eq!(error.to_string(), "`name` is there a second time, with a value at byte 22; keep one");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct VendorError {
    kind: VendorErrorKind,
    path: String,
    at: usize,
    detail: String,
}

impl VendorError {
    /// Returns what is wrong.
    #[must_use]
    pub const fn kind(&self) -> VendorErrorKind {
        self.kind
    }

    /// Returns where it is, as names from the outermost in, with dots between: `translations.es`;
    /// empty for the whole. A name with other characters than ASCII letters, digits, `_` and `-` is
    /// quoted.
    ///
    /// ```
    /// use septet::template::TemplateObject;
    /// let error = TemplateObject::from_json(r#"{"translations": {"e.s": 7}}"#).unwrap_err();
    /// assert_eq!(error.path(), r#"translations."e.s""#);
    /// ```
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns where the value at fault starts, or where the JSON goes wrong, give or take a
    /// character, in bytes of what was read. Never inside a character.
    #[must_use]
    pub const fn at(&self) -> usize {
        self.at
    }

    fn message(&self) -> String {
        let Self {
            path, at, detail, ..
        } = self;
        let place = if path.is_empty() {
            String::from("the document")
        } else {
            format!("`{path}`")
        };
        match self.kind {
            VendorErrorKind::Syntax => format!("not JSON: {detail} at byte {at}"),
            VendorErrorKind::WrongType => format!("{place} is {detail}, at byte {at}"),
            VendorErrorKind::Repeated => {
                format!("{place} is there a second time, with a value at byte {at}; keep one")
            }
        }
    }
}

/// What is wrong with a text that should be Okta's object.
///
/// ```
/// use septet::template::{TemplateObject, VendorErrorKind};
/// let kind = |json| TemplateObject::from_json(json).unwrap_err().kind();
/// assert_eq!(kind("{"), VendorErrorKind::Syntax);
/// assert_eq!(kind("[]"), VendorErrorKind::WrongType);
/// assert_eq!(kind(r#"{"id": null, "id": null}"#), VendorErrorKind::Repeated);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VendorErrorKind {
    /// It is not JSON, or a string in it holds half a surrogate pair.
    Syntax,
    /// A value is of another type than it should be.
    WrongType,
    /// An object has a name twice.
    Repeated,
}
