//! Escapes that several reports share.
