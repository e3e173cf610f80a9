//! Text of the input that is safe to show: what moves the cursor, turns the direction or cannot be
//! seen is written out as `⟨U+200B⟩`.

use std::path::Path;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Characters that a terminal would obey or not show at all.
///
/// Joiners, variation selectors and the colours of skin are among them though emoji are made with
/// them: they are paid for, and terminals do not agree on how wide the emoji is then.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            // Bidirectional marks, embeddings, overrides and isolates.
            '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            // Line and paragraph separators.
            | '\u{2028}' | '\u{2029}'
            // Spaces that look like the space and are not it, or are not seen at all.
            | '\u{00A0}' | '\u{00AD}' | '\u{034F}' | '\u{070F}' | '\u{115F}' | '\u{1160}'
            | '\u{1680}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{2000}'..='\u{200D}' | '\u{202F}' | '\u{205F}'..='\u{2065}'
            | '\u{206A}'..='\u{206F}' | '\u{2800}' | '\u{3000}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// A character as it may be shown. One that is drawn over the one before it gets a dotted circle.
pub(crate) fn visible(character: char) -> String {
    if is_hidden(character) {
        format!("⟨U+{:04X}⟩", u32::from(character))
    } else {
        with_base(character.encode_utf8(&mut [0; 4]))
    }
}

fn with_base(shown: &str) -> String {
    if shown.width() == 0 {
        format!("◌{shown}")
    } else {
        shown.to_owned()
    }
}

/// Words of the input as they may be shown.
pub(crate) fn seen(words: &str) -> String {
    words.chars().map(visible).collect()
}

/// A path as it may be shown.
pub(crate) fn visible_path(path: &Path) -> String {
    seen(&path.to_string_lossy())
}

/// Words in rows of at most `width` columns, of which `start` are taken in the first; the others are
/// indented. A word that is longer stays whole.
pub(crate) fn wrapped(words: &str, start: usize, width: usize) -> String {
    const INDENT: &str = "    ";
    let mut out = String::new();
    let mut column = start;
    for word in words.split(' ') {
        let columns = word.width();
        if !out.is_empty() && column + 1 + columns > width {
            out.push('\n');
            out += INDENT;
            column = INDENT.len();
        } else if !out.is_empty() {
            out.push(' ');
            column += 1;
        }
        out += word;
        column += columns;
    }
    out
}

/// A text as it may be shown, its line feeds as `↵`, in rows of at most `width` columns. Each row
/// comes with the columns it takes.
pub(crate) fn rows(text: &str, width: usize) -> Vec<(String, usize)> {
    let mut rows = vec![(String::new(), 0)];
    for cluster in text.graphemes(true) {
        match cluster {
            "\n" | "\r\n" => {
                if cluster.len() > 1 {
                    put(&visible('\r'), width, &mut rows);
                }
                put("↵", width, &mut rows);
                rows.push((String::new(), 0));
            }
            // What is written out parts a cluster, which may be longer than a row.
            _ => {
                for run in cluster.split_inclusive(is_hidden) {
                    let shown = run.trim_end_matches(is_hidden);
                    if shown.width() > width {
                        let each = shown.chars().map(visible);
                        each.for_each(|shown| put(&shown, width, &mut rows));
                    } else if !shown.is_empty() {
                        put(&with_base(shown), width, &mut rows);
                    }
                    for hidden in run.chars().skip(shown.chars().count()) {
                        put(&visible(hidden), width, &mut rows);
                    }
                }
            }
        }
    }
    if rows.len() > 1 && rows.last().is_some_and(|row| row.0.is_empty()) {
        rows.pop();
    }
    rows
}

/// Puts a piece behind the last row, or in a new one.
fn put(piece: &str, width: usize, rows: &mut Vec<(String, usize)>) {
    let columns = piece.width();
    if let Some(row) = rows.last_mut()
        && (row.1 == 0 || row.1 + columns <= width)
    {
        row.0.push_str(piece);
        row.1 += columns;
    } else {
        rows.push((piece.to_owned(), columns));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_is_wider_than_it_may_be() {
        let texts = [
            "a".to_owned() + &"\u{200D}".repeat(50),
            "\u{1100}".repeat(50),
            "\u{0301}".repeat(50),
            "👨\u{200D}👩\u{200D}👧❤\u{FE0F}🇩🇪".repeat(20),
            "漢".repeat(50),
        ];
        for text in texts {
            for (row, columns) in rows(&text, 36) {
                assert_eq!(row.width(), columns, "{row}");
                assert!(columns <= 36, "{columns}: {row}");
            }
        }
    }
}
