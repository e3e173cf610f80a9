//! Text of the input that is safe to show: what moves the cursor, turns the direction or cannot be
//! seen is written out as `⟨U+200B⟩`.

use std::path::Path;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Characters that a terminal would obey or not show at all.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            // Bidirectional marks, embeddings, overrides and isolates.
            '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            // Line and paragraph separators.
            | '\u{2028}' | '\u{2029}'
            // Spaces that look like the space and are not it, or are not seen at all.
            | '\u{00A0}' | '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{1680}'
            | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{2000}'..='\u{200C}'
            | '\u{202F}' | '\u{205F}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3000}'
            | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// A character as it may be shown.
pub(crate) fn visible(character: char) -> String {
    if is_hidden(character) {
        format!("⟨U+{:04X}⟩", u32::from(character))
    } else {
        character.to_string()
    }
}

/// A path as it may be shown.
pub(crate) fn visible_path(path: &Path) -> String {
    path.to_string_lossy().chars().map(visible).collect()
}

/// A text as it may be shown, its line feeds as `↵`, in rows of at most `width` columns. Each row
/// comes with the columns it takes.
pub(crate) fn rows(text: &str, width: usize) -> Vec<(String, usize)> {
    let mut rows = vec![(String::new(), 0)];
    let mut add = |shown: &str| {
        let columns = shown.width();
        if rows
            .last()
            .is_some_and(|row| row.1 > 0 && row.1 + columns > width)
        {
            rows.push((String::new(), 0));
        }
        if let Some(row) = rows.last_mut() {
            row.0.push_str(shown);
            row.1 += columns;
        }
        if shown.ends_with('↵') {
            rows.push((String::new(), 0));
        }
    };
    for cluster in text.graphemes(true) {
        let shown: String = match cluster {
            "\n" => "↵".to_owned(),
            "\r\n" => "⟨U+000D⟩↵".to_owned(),
            _ => cluster.chars().map(visible).collect(),
        };
        if shown.width() <= width {
            add(&shown);
        } else {
            cluster.chars().map(visible).for_each(|shown| add(&shown));
        }
    }
    if rows.len() > 1 && rows.last().is_some_and(|row| row.0.is_empty()) {
        rows.pop();
    }
    rows
}
