//! Escapes that several reports share.

pub(crate) fn csv_field(text: &str) -> String {
    text.to_owned()
}

pub(crate) fn markdown(text: &str) -> String {
    text.to_owned()
}
