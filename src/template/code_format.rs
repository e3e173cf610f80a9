//! In which form does a phone find the code in a message? The origin-bound last line, the hash of
//! the SMS Retriever, the run that SMS User Consent looks for: read and written.

mod origin_bound;
mod retriever;

use alloc::string::String;

pub use origin_bound::{
    Dialect, EmbeddedHost, EmbeddedHosts, InvalidOrigin, Origin, OriginBoundCode, OriginBoundError,
    OriginBoundLineError, OriginBoundPart, OriginBoundProblem,
};
pub use retriever::{
    RetrieverError, RetrieverLimit, RetrieverMessage, RetrieverPrefix, RetrieverWriteError,
    consent_code,
};

/// What ends a part of a line: ASCII white space as the WHATWG's Infra Standard has it.
const WHITE_SPACE: [char; 5] = ['\t', '\n', '\u{c}', '\r', ' '];

/// CRLF is two, with an empty line between that never matters.
const LINE_BREAKS: [char; 2] = ['\n', '\r'];

/// Where the last line starts, and the line.
fn last_line(text: &str) -> (usize, &str) {
    let start = text.rfind(LINE_BREAKS).map_or(0, |end| end + 1);
    (start, text.get(start..).unwrap_or_default())
}

fn push_line_break(text: &mut String) {
    if !text.is_empty() && !text.ends_with(LINE_BREAKS) {
        text.push('\n');
    }
}
