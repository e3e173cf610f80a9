//! Where in a file is it? Its line with carets right under the characters that are meant.
//!
//! What a terminal would obey or not show is written out first, so that each character of the line
//! has columns of its own; carets are set by these. Emoji made of several characters fall apart, as
//! they do on the bill. Indentation is left out.
//!
//! Terminals, browsers and editors that know of bidirectional text would move right-to-left letters
//! away from their carets. A line that has any is put between U+202D and U+202C, which keeps the
//! order in which it is stored, whether or not it goes to a terminal: the logs of CI are read in
//! browsers. Where these two are not known they take no room. A reader of such a script finds the
//! letters in unwonted order, and is told so.

use core::ops::{Range, RangeInclusive};

use annotate_snippets::renderer::{DEFAULT_LINE_NUM_STYLE, Style};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use septet::template::Severity;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::lines::Lines;
use crate::output::Look;
use crate::terminal::{is_hidden, seen, visible, wrapped};

/// What is said of a place in a file.
pub(crate) struct Notice<'a> {
    pub(crate) severity: Severity,
    /// `SMS101 forces-ucs2`.
    pub(crate) rule: Option<&'a str>,
    pub(crate) title: &'a str,
    pub(crate) path: &'a str,
    pub(crate) source: &'a str,
    pub(crate) lines: &'a Lines,
    /// Bytes of the file.
    pub(crate) span: Range<usize>,
    /// What stands beside the caret.
    pub(crate) label: Option<&'a str>,
    /// Further lines: `help: ...`, `note: ...`.
    pub(crate) notes: &'a [(&'a str, String)],
}

/// A further place that the same is said of, before or behind the first.
pub(crate) struct Mark<'a> {
    /// Bytes of the file.
    pub(crate) span: Range<usize>,
    pub(crate) label: Option<&'a str>,
}

/// Lines of a span that are all shown; of a longer one, the first.
const SHOWN_LINES: usize = 4;

/// What indents a line, and is left out.
const INDENTATION: [char; 2] = [' ', '\t'];

/// Places out of sight that are told one by one.
const LISTED: usize = 4;

/// Draws it. Nothing of the input is obeyed by a terminal: what is hidden is written out.
pub(crate) fn render(notice: &Notice<'_>, look: Look) -> String {
    render_all(notice, &[], "", look)
}

/// Draws it with carets under further places, which are in order, and with what it is about, if
/// anything, behind the place. Places that are out of sight are told by line and column. A label that
/// repeats is written once; that of the first place is always shown.
pub(crate) fn render_all(
    notice: &Notice<'_>,
    further: &[Mark<'_>],
    subject: &str,
    look: Look,
) -> String {
    let (source, lines) = (notice.source, notice.lines);
    let span = on_characters(source, &notice.span);
    let (line, column) = lines.place(source, span.start);
    let (last, end) = end_of(&span, source, lines, line);
    let is_short = last > line && last - line < SHOWN_LINES && further.is_empty();
    let gutter = if is_short { last } else { line }.to_string().len();
    let width = look.width.saturating_sub(gutter + 3).max(MIN_WIDTH);
    let picture = if is_short {
        Picture::of_lines(notice, span.start..end, line..=last, width)
    } else {
        Picture::of_line(notice, further, span.start..end, line..=last, width)
    };

    let shown_lines: Vec<String> = picture.text.lines().map(str::to_owned).collect();
    let annotations = picture
        .marks
        .into_iter()
        .map(|(span, label)| AnnotationKind::Primary.span(span).label(label));
    let snippet = Snippet::source(picture.text)
        .line_start(line)
        .annotations(annotations);
    let level = match notice.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let body = Group::with_level(level.clone()).element(snippet);
    let taken = notice.severity.name().len() + notice.rule.map_or(0, |rule| rule.len() + 2) + 2;
    let mut title = level.primary_title(folded(&seen(notice.title), taken, taken, look.width));
    if let Some(rule) = notice.rule {
        title = title.id(rule);
    }
    let (renderer, style) = if look.color {
        (Renderer::styled(), DEFAULT_LINE_NUM_STYLE)
    } else {
        (Renderer::plain(), Style::new())
    };
    // The line is cut already, by what a terminal shows.
    let renderer = renderer.term_width(usize::MAX / 4);
    let title = renderer.render(&[Group::with_title(title)]);
    let body = renderer.render(&[body]);
    // The first row is a gutter without anything.
    let (_, body) = body.split_once('\n').unwrap_or_default();

    // The place is not left to the renderer, which sees but a window of the file.
    let place = format!("{}:{line}:{column}", seen(notice.path));
    let mut about = seen(subject);
    if !picture.asides.is_empty() {
        let space = if about.is_empty() { "" } else { " " };
        about += &format!("{space}({})", picture.asides.join(", "));
    }
    let indent = gutter + "--> ".len();
    // What is about it goes on where the place ends, or in the next row.
    let about = if about.is_empty() {
        about
    } else {
        let taken = indent + columns(&place);
        let about = folded(&format!("> {about}"), taken - 1, indent, look.width);
        indented(about.trim_start_matches('>'), indent)
    };

    let mut drawn = format!(
        "{title}\n{:gutter$}{style}-->{style:#} {place}{about}\n{}",
        "",
        in_stored_order(body, &shown_lines),
    );
    let turned = picture.is_turned.then(|| {
        let note = "right-to-left letters are shown in stored order";
        ("note", note.to_owned())
    });
    let bold = if look.color {
        Style::new().bold()
    } else {
        Style::new()
    };
    for (kind, note) in turned.iter().chain(notice.notes) {
        let start = gutter + " = ".len();
        let hang = start + "help: ".len();
        let note = folded(&seen(note), start + columns(kind) + 2, hang, look.width);
        drawn += &format!(
            "\n{:gutter$} {style}={style:#} {bold}{kind}{bold:#}: {}",
            "",
            indented(&note, hang),
        );
    }
    drawn
}

/// What is shown of a file.
struct Picture {
    text: String,
    /// Bytes of the text, and what stands beside them.
    marks: Vec<(Range<usize>, Option<String>)>,
    /// What the picture leaves open.
    asides: Vec<String>,
    /// Whether it has right-to-left letters.
    is_turned: bool,
}

impl Picture {
    fn new(text: String, marks: Vec<(Range<usize>, Option<String>)>) -> Self {
        Self {
            is_turned: text.chars().any(turns),
            text,
            marks,
            asides: Vec::new(),
        }
    }

    /// All lines of a span.
    fn of_lines(
        notice: &Notice<'_>,
        span: Range<usize>,
        numbers: RangeInclusive<usize>,
        width: usize,
    ) -> Self {
        let mut text = String::new();
        let mut whole = 0..0;
        for number in numbers.clone() {
            let line = notice.lines.range(notice.source, number);
            let words = notice.source.get(line.clone()).unwrap_or_default();
            let indented = line.end - words.trim_start_matches(INDENTATION).len();
            let start = indented.max(span.start).min(line.end);
            let marked = start..line.end.min(span.end).max(start);
            // The lines that bind the ends together take two columns.
            let shown = Shown::new(notice.source, line, &[marked], 0, width - 2);
            if number != *numbers.start() {
                text.push('\n');
            }
            if let Some(mark) = shown.marks.into_iter().next().flatten() {
                if number == *numbers.start() {
                    whole.start = mark.start;
                }
                whole.end = text.len() + mark.end;
            }
            text += &shown.text;
        }
        Self::new(text, vec![(whole, notice.label.map(seen))])
    }

    /// The first line of a span, and what else is marked in it.
    fn of_line(
        notice: &Notice<'_>,
        further: &[Mark<'_>],
        span: Range<usize>,
        numbers: RangeInclusive<usize>,
        width: usize,
    ) -> Self {
        let source = notice.source;
        let line = notice.lines.range(source, *numbers.start());
        let goes_on = numbers.end() > numbers.start();
        let end = if goes_on { line.end } else { span.end };
        let first = span.start..end.max(span.start);
        // Line ends are shown where they are meant.
        let line = line.start..line.end.max(first.end);

        let others = further.iter().map(|mark| on_characters(source, &mark.span));
        let spans: Vec<_> = core::iter::once(first).chain(others).collect();
        let labels = further.iter().map(|mark| mark.label.map(seen));
        let labels: Vec<_> = core::iter::once(notice.label.map(seen))
            .chain(labels)
            .collect();
        let widest = labels
            .iter()
            .flatten()
            .map(|label| columns(label) + 1)
            .max();
        let shown = Shown::new(source, line, &spans, widest.unwrap_or_default(), width);

        let drawn = shown.marks.iter().zip(labels);
        let drawn = drawn.filter_map(|(mark, label)| Some((mark.clone()?, label)));
        let mut marks: Vec<(Range<usize>, Option<String>)> = drawn.collect();
        keep_best(&mut marks, &shown.text, width);
        let is_drawn = |number: usize| shown.marks.get(number + 1).is_some_and(Option::is_some);
        let others = further.iter().enumerate();
        let others = others.filter(|(number, _)| !is_drawn(*number));
        let others: Vec<_> = others.map(|(_, mark)| mark.span.start).collect();

        let mut picture = Self::new(shown.text, marks);
        if goes_on {
            picture
                .asides
                .push(format!("it goes on to line {}", numbers.end()));
        }
        let places = elsewhere(&others, source, notice.lines);
        picture.asides.extend(places);
        picture
    }
}

/// Words in rows of a width, of which some columns are taken in the first, and others in the rest,
/// which are not indented yet.
fn folded(words: &str, taken: usize, hang: usize, width: usize) -> String {
    const INDENT: &str = "    ";
    let room = width.saturating_sub(hang).max(MIN_WIDTH) + INDENT.len();
    wrapped(words, taken.saturating_sub(hang) + INDENT.len(), room)
        .replace(&format!("\n{INDENT}"), "\n")
}

/// Rows with an indentation before all but the first.
fn indented(rows: &str, indent: usize) -> String {
    rows.replace('\n', &format!("\n{:indent$}", ""))
}

/// Columns that a text takes, which is what its characters take: terminals do not join them.
fn columns(text: &str) -> usize {
    text.chars().filter_map(UnicodeWidthChar::width).sum()
}

/// A range of bytes, moved to where characters begin.
fn on_characters(source: &str, span: &Range<usize>) -> Range<usize> {
    let back = |at: usize| {
        let mut at = at.min(source.len());
        while !source.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = back(span.start);
    start..back(span.end).max(start)
}

/// The last line of a span and where the span ends there; line ends behind a span of several lines
/// are left out.
fn end_of(span: &Range<usize>, source: &str, lines: &Lines, line: usize) -> (usize, usize) {
    let last_line = |end: usize| match end.checked_sub(1) {
        Some(byte) if end > span.start => lines.place(source, byte).0.max(line),
        _ => line,
    };
    if last_line(span.end) == line {
        return (line, span.end);
    }
    let text = source.get(span.clone()).unwrap_or_default();
    let end = span.start + text.trim_end_matches(['\r', '\n']).len();
    (last_line(end), end)
}

/// Leaves each label where it stands right beside its caret, if that is anywhere on the screen, and
/// once; the first mark keeps its own if no other has it.
fn keep_best(marks: &mut [(Range<usize>, Option<String>)], text: &str, width: usize) {
    let column = |at: usize| columns(text.get(..at).unwrap_or_default());
    let mut starts: Vec<_> = marks.iter().map(|(mark, _)| column(mark.start)).collect();
    starts.sort_unstable();
    // By the label: the mark that has it, and whether it is beside the caret there.
    let mut kept: Vec<(String, usize, bool)> = Vec::new();
    for (number, (mark, label)) in marks.iter_mut().enumerate() {
        let Some(label) = label.take() else { continue };
        let end = column(mark.end.max(mark.start + 1)) + 1 + columns(&label);
        let next = starts.partition_point(|start| *start <= column(mark.start));
        let is_beside = end <= width && starts.get(next).is_none_or(|next| end < *next);
        match kept.iter_mut().find(|(known, ..)| *known == label) {
            Some((_, at, was_beside)) if is_beside && !*was_beside => {
                (*at, *was_beside) = (number, true);
            }
            Some(_) => {}
            None if end <= width || number == 0 => kept.push((label, number, is_beside)),
            None => {}
        }
    }
    for (label, number, _) in kept {
        if let Some((_, place)) = marks.get_mut(number) {
            *place = Some(label);
        }
    }
}

/// Where the same is, in words; nothing where it is nowhere else.
fn elsewhere(starts: &[usize], source: &str, lines: &Lines) -> Option<String> {
    let listed = starts.iter().take(LISTED).map(|at| {
        let (line, column) = lines.place(source, on_characters(source, &(*at..*at)).start);
        format!("{line}:{column}")
    });
    let listed = listed.collect::<Vec<_>>().join(", ");
    match starts.len().checked_sub(LISTED) {
        _ if starts.is_empty() => None,
        None | Some(0) => Some(format!("also at {listed}")),
        Some(more) => Some(format!("also at {listed} and {more} more")),
    }
}

/// Columns that are left for the line at least.
const MIN_WIDTH: usize = 24;

/// A line, or what fits of it, as it is shown.
struct Shown {
    text: String,
    /// The bytes of the text that show each span; nothing for one that is out of sight.
    marks: Vec<Option<Range<usize>>>,
}

impl Shown {
    /// Shows what fits a width, without indentation.
    fn new(
        source: &str,
        line: Range<usize>,
        spans: &[Range<usize>],
        label: usize,
        width: usize,
    ) -> Self {
        let first = spans.first().map_or(line.start, |span| span.start);
        let before = source.get(line.start..first).unwrap_or_default();
        let line = first - before.trim_start_matches(INDENTATION).len()..line.end;
        let window = window(source, &line, spans, label, width);

        let inside = spans
            .iter()
            .filter(|span| span.start <= window.end && span.end >= window.start);
        let edges: Vec<usize> = inside.flat_map(|span| [span.start, span.end]).collect();
        let mut text = String::new();
        if window.start > line.start {
            text.push('…');
        }
        let mut places = Vec::new();
        let mut has_base = false;
        let characters = source.get(window.clone()).unwrap_or_default();
        for (at, character) in characters.char_indices() {
            let at = window.start + at;
            places.push((at, text.len()));
            // What is meant is parted from what it is drawn over.
            let is_apart = !has_base || edges.contains(&at);
            if character.width() == Some(0) && !is_hidden(character) && !is_apart {
                text.push(character);
            } else {
                text += &visible(character);
            }
            has_base = !is_hidden(character);
        }
        places.push((window.end, text.len()));
        if window.end < line.end {
            text.push('…');
        }
        let place = |at: usize| {
            let number = places.partition_point(|place| place.0 < at);
            places.get(number).map(|place| place.1)
        };
        let marks = spans.iter().map(|span| {
            let is_last = window.end == line.end || span.start == first;
            let is_seen = span.start < window.end || is_last && span.start == window.end;
            let is_seen = is_seen && span.start >= window.start;
            let start = place(span.start).filter(|_| is_seen)?;
            Some(start..place(span.end.min(window.end))?.max(start))
        });
        let marks = marks.collect();
        Self { text, marks }
    }
}

/// The part of a line that fits a width: the first of the spans with `label` columns behind it, and of
/// those behind it, which are in order, as much as there is room for. Reads no more than that.
fn window(
    source: &str,
    line: &Range<usize>,
    spans: &[Range<usize>],
    label: usize,
    width: usize,
) -> Range<usize> {
    let first = spans.first().map_or(line.start, |span| span.start);
    let up_to = |end: usize| source.get(first..end.min(line.end)).unwrap_or_default();
    let before = source.get(line.start..first).unwrap_or_default();
    let behind = up_to(line.end);

    // Columns from the first span on that have to be seen: for as many spans as there is room for.
    let most = width * 3 / 4;
    let mut needed = 0;
    for span in spans.iter().filter(|span| span.start >= first) {
        let marked = up_to(span.end);
        let (fits, columns) = fit(marked.chars(), most.saturating_sub(label));
        if needed > 0 && fits < marked.len() {
            break;
        }
        needed = columns.max(1) + label;
    }
    let (_, columns_behind) = fit(behind.chars(), width / 3);
    let needed = needed.max(columns_behind).min(most);

    let (mut bytes_before, mut columns) = fit(before.chars().rev(), width - needed);
    if bytes_before < before.len() {
        (bytes_before, columns) = fit(before.chars().rev(), width - needed - 1);
        columns += 1;
    }
    let mut room = width - columns;
    let marked = up_to(spans.first().map_or(first, |span| span.end));
    let (fits, columns) = fit(marked.chars(), room);
    if label <= room / 2 && (fits < marked.len() || columns + label > room) {
        room -= label;
    }
    let (mut bytes_behind, _) = fit(behind.chars(), room);
    if bytes_behind < behind.len() {
        (bytes_behind, _) = fit(behind.chars(), room - 1);
    }
    first - bytes_before..first + bytes_behind
}

/// How many bytes of some characters fit a number of columns, and the columns that these take.
///
/// None is counted less than it takes, and each as one at least, so that what is drawn over another
/// does not make a window endless.
fn fit(characters: impl Iterator<Item = char>, room: usize) -> (usize, usize) {
    let (mut bytes, mut columns) = (0, 0);
    for character in characters {
        let more = columns + visible(character).width().max(1);
        if more > room {
            break;
        }
        bytes += character.len_utf8();
        columns = more;
    }
    (bytes, columns)
}

/// Whether a character is written from right to left: what lies in the blocks that Unicode keeps for
/// such scripts. Some in them are not, to which the override does nothing.
fn turns(character: char) -> bool {
    matches!(character,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Puts the lines of the input that have right-to-left letters between U+202D and U+202C, which the
/// renderer would take out of them.
fn in_stored_order(drawn: &str, lines: &[String]) -> String {
    let mut out = String::new();
    let mut rest = drawn;
    for line in lines.iter().filter(|line| line.chars().any(turns)) {
        if let Some((before, behind)) = rest.split_once(line.as_str()) {
            out += before;
            out.push('\u{202D}');
            out += line;
            out.push('\u{202C}');
            rest = behind;
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    use crate::terminal::is_hidden;

    const PLAIN: Look = Look {
        color: false,
        width: 80,
    };

    fn notice<'a>(source: &'a str, lines: &'a Lines, span: Range<usize>) -> Notice<'a> {
        Notice {
            severity: Severity::Warning,
            rule: Some("SMS101 forces-ucs2"),
            title: "it is so",
            path: "texts/en.json",
            source,
            lines,
            span,
            label: Some("here"),
            notes: &[],
        }
    }

    fn drawn(source: &str, span: Range<usize>, width: usize) -> String {
        let lines = Lines::of(source);
        let look = Look { width, ..PLAIN };
        render(&notice(source, &lines, span), look)
    }

    /// A source without `«` and `»`, and the bytes between them.
    fn marked(source: &str) -> (String, Range<usize>) {
        let start = source.find('«').unwrap();
        let end = source.find('»').unwrap() - '«'.len_utf8();
        (source.replace(['«', '»'], ""), start..end)
    }

    /// What is drawn below the title of what stands between `«` and `»`.
    #[track_caller]
    fn assert_drawn(source: &str, expected: &str) {
        let (source, span) = marked(source);
        let drawn = drawn(&source, span, PLAIN.width);
        let (title, picture) = drawn.split_once('\n').unwrap();
        assert_eq!(title, "warning[SMS101 forces-ucs2]: it is so");
        assert_eq!(picture, expected.trim_matches('\n'), "\n{picture}");
    }

    #[test]
    fn the_caret_is_under_the_character_and_indentation_is_left_out() {
        assert_drawn(
            "{\n\t  \"signIn\": \"C«’»est l’heure\"\n}\n",
            r#"
 --> texts/en.json:2:16
2 | "signIn": "C’est l’heure"
  |             ^ here"#,
        );
        assert_drawn(
            "漢字 👍«👍» 漢",
            r"
 --> texts/en.json:1:5
1 | 漢字 👍👍 漢
  |        ^^ here",
        );
    }

    #[test]
    fn what_is_hidden_is_written_out_and_what_is_drawn_over_is_parted() {
        assert_drawn(
            "code«\u{200B}» is",
            r"
 --> texts/en.json:1:5
1 | code⟨U+200B⟩ is
  |     ^^^^^^^^ here",
        );
        assert_drawn(
            "cafe«\u{301}»",
            "
 --> texts/en.json:1:5
1 | cafe◌\u{301}
  |     ^ here",
        );
        assert_drawn(
            "caf«e\u{301}»",
            "
 --> texts/en.json:1:4
1 | cafe\u{301}
  |    ^ here",
        );
        assert_drawn(
            "«👩\u{200D}👧👍\u{1F3FD}❤\u{FE0F}»",
            "
 --> texts/en.json:1:1
1 | 👩⟨U+200D⟩👧👍⟨U+1F3FD⟩❤⟨U+FE0F⟩
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ here",
        );
    }

    #[test]
    fn right_to_left_letters_stay_in_the_order_of_the_carets() {
        assert_drawn(
            "\u{202E}ש«ל»ום\u{202C}",
            "
 --> texts/en.json:1:3
1 | \u{202D}⟨U+202E⟩שלום⟨U+202C⟩\u{202C}
  |          ^ here
  = note: right-to-left letters are shown in stored order",
        );
    }

    #[test]
    fn what_is_at_an_end_or_empty_has_one_caret() {
        assert_drawn("ab«»\nc", "\n --> texts/en.json:1:3\n1 | ab\n  |   ^ here");
        assert_drawn("ab«»", "\n --> texts/en.json:1:3\n1 | ab\n  |   ^ here");
        assert_drawn("ab\r\n«»", "\n --> texts/en.json:2:1\n2 |\n  | ^ here");
        assert_drawn("«»", "\n --> texts/en.json:1:1\n1 |\n  | ^ here");
        assert_drawn("a«»漢", "\n --> texts/en.json:1:2\n1 | a漢\n  |  ^ here");
    }

    #[test]
    fn line_ends_are_shown_where_they_are_meant() {
        assert_drawn(
            "ab«\r\n»cd",
            "
 --> texts/en.json:1:3
1 | ab⟨U+000D⟩⟨U+000A⟩
  |   ^^^^^^^^^^^^^^^^ here",
        );
    }

    #[test]
    fn a_short_span_of_several_lines_is_shown_whole() {
        assert_drawn(
            "a:\n  b: «|\n    one\n\n    two\n\n»c: d\n",
            "
 --> texts/en.json:2:6
2 |   b: |
  |  ____^
3 | | one
4 | |
5 | | two
  | |___^ here",
        );
        assert_drawn(
            "x\r\n«one\r\ntwo 漢»\r\n",
            "
 --> texts/en.json:2:1
2 | / one
3 | | two 漢
  | |______^ here",
        );
    }

    #[test]
    fn of_a_long_span_the_first_line_is_shown() {
        assert_drawn(
            "a: «|\n  1\n  2\n  3\n  4\n»b: c",
            "
 --> texts/en.json:1:4 (it goes on to line 5)
1 | a: |
  |    ^ here",
        );
    }

    #[test]
    fn of_a_long_line_a_window_is_shown() {
        let line = format!(
            "{{\"a\": \"{}«’»{}\"}}",
            "x".repeat(50_000),
            "漢".repeat(20_000)
        );
        assert_drawn(
            &line,
            "
 --> texts/en.json:1:50008
1 | …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx’漢漢漢漢漢漢漢漢漢漢漢…
  |                                                    ^ here",
        );
        let line = format!("«{}»", "x".repeat(100));
        assert_drawn(
            &line,
            "
 --> texts/en.json:1:1
1 | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ here",
        );
        let line = format!("{}«,»", "x".repeat(100));
        assert_drawn(
            &line,
            "
 --> texts/en.json:1:101
1 | …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,
  |                                                                       ^ here",
        );
    }

    #[test]
    fn further_places_have_carets_where_they_are_in_sight_and_are_told_elsewhere() {
        let source = format!("“C’est” l’heure{}”\n’\n“ ’’’’", " ".repeat(100));
        let lines = Lines::of(&source);
        let all = source
            .match_indices(['“', '”', '’'])
            .map(|(at, quote)| Mark {
                span: at..at + quote.len(),
                label: match quote {
                    "“" => Some("double, left"),
                    "”" => Some("double, right"),
                    _ => Some("single"),
                },
            });
        let all: Vec<_> = all.collect();
        let notes = [
            ("cost", "much".to_owned()),
            ("help", "write others".to_owned()),
        ];
        let first = Notice {
            label: Some("double, left"),
            notes: &notes,
            ..notice(&source, &lines, 0..3)
        };
        let expected = format!(
            "\
warning[SMS101 forces-ucs2]: it is so
 --> texts/en.json:1:1 (also at 1:116, 2:1, 3:1, 3:3 and 3 more)
1 | “C’est” l’heure{}…
  | ^ ^   ^  ^ single
  | |     |
  | |     double, right
  | double, left
  = cost: much
  = help: write others",
            " ".repeat(60)
        );
        assert_eq!(render_all(&first, &all[1..], "", PLAIN), expected);
    }

    #[test]
    fn a_label_stands_on_the_screen_or_nowhere_but_beside_the_first() {
        let source = format!("’{}“", "x".repeat(60));
        let lines = Lines::of(&source);
        let label = "thirty columns for one caret  ";
        let further = [Mark {
            span: source.len() - 3..source.len(),
            label: Some(label),
        }];
        let first = notice(&source, &lines, 0..3);
        let picture = render_all(&first, &further, "", PLAIN);
        assert!(!picture.contains(label), "{picture}");
        let wide = Look {
            width: 100,
            ..PLAIN
        };
        let picture = render_all(&first, &further, "", wide);
        assert!(picture.contains(label), "{picture}");
    }

    #[test]
    fn the_first_place_has_a_caret_though_nothing_of_it_fits() {
        let (source, span) = marked(&format!("{}«\u{1F3FD}\u{1F3FD}»", "x".repeat(100)));
        let lines = Lines::of(&source);
        let notice = Notice {
            label: Some("12345678"),
            ..notice(&source, &lines, span)
        };
        let picture = render(&notice, Look { width: 0, ..PLAIN });
        assert!(
            picture.ends_with("| …xxxxx…\n  |       ^ 12345678"),
            "{picture}"
        );
    }

    #[test]
    fn a_place_far_off_does_not_move_the_window() {
        let source = format!("{}’{}’", "x".repeat(100), "y".repeat(100));
        let lines = Lines::of(&source);
        let further = [Mark {
            span: source.len() - 3..source.len(),
            label: Some("here"),
        }];
        let alone = render(&notice(&source, &lines, 100..103), PLAIN);
        let both = render_all(&notice(&source, &lines, 100..103), &further, "", PLAIN);
        let expected = alone.replace("json:1:101", "json:1:101 (also at 1:202)");
        assert_eq!(both, expected);
    }

    #[test]
    fn a_place_before_the_first_has_a_caret_if_it_is_in_sight() {
        let source = format!("’\n’{}’ “ ”", "x".repeat(100));
        let lines = Lines::of(&source);
        let at = source.find('“').unwrap();
        let all = source.match_indices(['’', '”']);
        let further: Vec<_> = all
            .map(|(at, quote)| Mark {
                span: at..at + quote.len(),
                label: None,
            })
            .collect();
        let picture = render_all(&notice(&source, &lines, at..at + 3), &further, "", PLAIN);
        let expected = format!(
            "\
warning[SMS101 forces-ucs2]: it is so
 --> texts/en.json:2:104 (also at 1:1, 2:1)
2 | …{}’ “ ”
  |  {}^ ^ ^
  |  {}  |
  |  {}  here",
            "x".repeat(65),
            " ".repeat(65),
            " ".repeat(65),
            " ".repeat(65),
        );
        assert_eq!(picture, expected);
    }

    #[test]
    fn what_it_is_about_is_behind_the_place_or_in_the_next_row() {
        let lines = Lines::of("’x’");
        let row = |subject: &str, width: usize| {
            let look = Look { width, ..PLAIN };
            let picture = render_all(&notice("’x’", &lines, 0..3), &[], subject, look);
            let (_, place) = picture.split_once('\n').unwrap();
            place.split_once("\n1 |").unwrap().0.to_owned()
        };
        assert_eq!(row("a.b [fr]", 80), " --> texts/en.json:1:1 a.b [fr]");
        assert_eq!(row("a.b [fr]", 31), " --> texts/en.json:1:1 a.b [fr]");
        assert_eq!(row("a.b [fr]", 30), " --> texts/en.json:1:1 a.b\n     [fr]");
        let long = "k".repeat(70);
        let expected = format!(" --> texts/en.json:1:1\n     {long} [fr]");
        assert_eq!(row(&format!("{long} [fr]"), 80), expected);
    }

    #[test]
    fn words_are_folded_to_the_width() {
        let lines = Lines::of("a");
        let notes = [("help", "word ".repeat(20).trim().to_owned())];
        let notice = Notice {
            title: &"title ".repeat(20),
            notes: &notes,
            ..notice("a", &lines, 0..1)
        };
        let picture = render(&notice, PLAIN);
        assert_eq!(
            picture.matches("word").count() + picture.matches("title").count(),
            40
        );
        for line in picture.lines() {
            assert!(columns(line) <= PLAIN.width, "{line}");
        }
        assert!(picture.contains("\n          word"), "{picture}");
    }

    #[test]
    fn nothing_that_is_hidden_comes_out_as_itself() {
        for character in (0..=0x10FFFF).filter_map(char::from_u32) {
            if !is_hidden(character) {
                continue;
            }
            let words = format!("a{character}b");
            let lines = Lines::of(&words);
            let notes = [("note", words.clone())];
            let notice = Notice {
                title: &words,
                path: &words,
                label: Some(&words),
                notes: &notes,
                ..notice(&words, &lines, 1..2)
            };
            for color in [false, true] {
                let picture = render(&notice, Look { color, ..PLAIN });
                let ours = |character: char| character == '\n' || color && character == '\u{1b}';
                let leak = picture.chars().find(|at| is_hidden(*at) && !ours(*at));
                assert_eq!(leak, None, "{words:?}");
                let written = format!("⟨U+{:04X}⟩", u32::from(character));
                assert_eq!(picture.matches(&written).count(), 5, "{picture}");
            }
        }
    }

    #[test]
    fn colours_change_nothing_else() {
        let source = "a: «שx\u{301}’»\n";
        let (source, span) = marked(source);
        let lines = Lines::of(&source);
        for severity in [Severity::Error, Severity::Warning, Severity::Note] {
            let notes = [("help", "write it".to_owned())];
            let notice = Notice {
                severity,
                notes: &notes,
                ..notice(&source, &lines, span.clone())
            };
            let plain = render(&notice, PLAIN);
            let colored = render(
                &notice,
                Look {
                    color: true,
                    ..PLAIN
                },
            );
            let mut stripped = String::new();
            for (number, part) in colored.split("\u{1b}[").enumerate() {
                let behind = part.split_once('m').map_or("", |(_, behind)| behind);
                stripped += if number == 0 { part } else { behind };
            }
            assert_eq!(stripped, plain);
            assert!(colored.contains("\u{1b}[1m"));
        }
    }

    /// Characters, and how they are shown; one of no columns is drawn over the one before it.
    const POOL: [(char, &str, usize); 26] = [
        ('a', "a", 1),
        ('"', "\"", 1),
        (' ', " ", 1),
        ('|', "|", 1),
        ('^', "^", 1),
        ('…', "…", 1),
        ('’', "’", 1),
        ('é', "é", 1),
        ('漢', "漢", 2),
        ('가', "가", 2),
        ('Ａ', "Ａ", 2),
        ('👍', "👍", 2),
        ('🇩', "🇩", 1),
        ('𝔘', "𝔘", 1),
        ('ש', "ש", 1),
        ('ل', "ل", 1),
        ('ا', "ا", 1),
        ('\u{301}', "\u{301}", 0),
        ('\u{E31}', "\u{E31}", 0),
        ('\t', "⟨U+0009⟩", 8),
        ('\u{1B}', "⟨U+001B⟩", 8),
        ('\u{200B}', "⟨U+200B⟩", 8),
        ('\u{200D}', "⟨U+200D⟩", 8),
        ('\u{202E}', "⟨U+202E⟩", 8),
        ('\u{1F3FD}', "⟨U+1F3FD⟩", 9),
        ('\u{E0061}', "⟨U+E0061⟩", 9),
    ];

    /// A line of the pool's characters by their numbers, as it is written and as it is shown: what is
    /// before a span and what is in it, with their columns.
    fn naive(line: &[usize], span: &Range<usize>) -> (String, [(String, usize); 3]) {
        let written = line.iter().map(|number| POOL[*number].0).collect();
        let mut parts = [const { (String::new(), 0) }; 3];
        let mut before: Option<&str> = None;
        for (at, number) in line.iter().enumerate() {
            let (character, shown, columns) = POOL[*number];
            let part = usize::from(at >= span.start) + usize::from(at >= span.end);
            if part == 0 && before.is_none() && (character == ' ' || character == '\t') {
                continue;
            }
            let (text, width) = &mut parts[part];
            let is_over = columns == 0;
            let is_lone = before.is_none_or(|before| before.starts_with('⟨'));
            if is_over && (is_lone || at == span.start || at == span.end) {
                text.push('◌');
                *width += 1;
            }
            text.push_str(shown);
            *width += columns;
            before = Some(shown);
        }
        (written, parts)
    }

    /// The bytes of a range of characters.
    fn bytes(text: &str, span: &Range<usize>) -> Range<usize> {
        let at = |number: usize| {
            text.char_indices()
                .nth(number)
                .map_or(text.len(), |at| at.0)
        };
        at(span.start)..at(span.end)
    }

    /// The row of the source and the columns of the carets, as they are drawn.
    fn rows(drawn: &str) -> (String, Range<usize>) {
        let mut rows = drawn.lines().skip(2);
        let source = rows.next().unwrap().strip_prefix("1 |").unwrap();
        let source = source.strip_prefix(' ').unwrap_or_default();
        let source = source.replace(['\u{202D}', '\u{202C}'], "");
        let carets = rows.next().unwrap().strip_prefix("  | ").unwrap();
        let start = carets.find('^').unwrap();
        let carets = carets.strip_suffix(" here").unwrap();
        assert!(
            carets[start..].chars().all(|caret| caret == '^'),
            "{carets}"
        );
        (source, start..carets.len())
    }

    fn line(length: usize) -> impl Strategy<Value = (Vec<usize>, Range<usize>)> {
        let line = proptest::collection::vec(0..POOL.len(), 0..length);
        line.prop_flat_map(|line| {
            let length = line.len();
            let span = (0..=length).prop_flat_map(move |start| {
                let end = prop_oneof![start..=length, start..=length.min(start + 3)];
                end.prop_map(move |end| start..end)
            });
            (Just(line), span)
        })
    }

    fn config() -> ProptestConfig {
        ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::default()
        }
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn carets_take_the_columns_of_what_is_meant((line, span) in line(40)) {
            let (source, [before, meant, behind]) = naive(&line, &span);
            let drawn = drawn(&source, bytes(&source, &span), 10_000);
            let (row, carets) = rows(&drawn);
            prop_assert_eq!(row, before.0 + &meant.0 + &behind.0, "{}", drawn);
            prop_assert_eq!(carets, before.1..before.1 + meant.1.max(1), "{}", drawn);
            let column = format!(":1:{}", span.start + 1);
            prop_assert!(drawn.lines().nth(1).unwrap().ends_with(&column));
        }

        #[test]
        fn a_window_has_what_is_meant_and_no_row_is_too_wide(
            (line, span) in line(300),
            width in 40_usize..=120,
        ) {
            let (source, [before, meant, behind]) = naive(&line, &span);
            let drawn = drawn(&source, bytes(&source, &span), width);
            for row in drawn.lines() {
                prop_assert!(columns(row) <= width, "{}", drawn);
            }
            let (row, carets) = rows(&drawn);
            // By columns: what is left of the carets, above them, and right of them.
            let mut parts = [const { String::new() }; 3];
            let mut column = 0;
            for character in row.chars() {
                let over = character.width() == Some(0);
                let at = if over { column - 1 } else { column };
                let part = usize::from(at >= carets.start) + usize::from(at >= carets.end);
                parts[part].push(character);
                column += character.width().unwrap();
            }
            // At the edges of a window a mark is parted from its letter.
            let parts = parts.map(|part| part.replace('◌', ""));
            let [before, meant, behind] = [before, meant, behind].map(|part| part.0.replace('◌', ""));
            let is_cut_before = parts[0] != before;
            if is_cut_before {
                let rest = parts[0].strip_prefix('…');
                prop_assert!(rest.is_some_and(|rest| before.ends_with(rest)), "{}", drawn);
            }
            if !span.is_empty() {
                let rest = parts[1].strip_suffix('…').unwrap_or(&parts[1]);
                prop_assert!(meant.starts_with(rest), "{}", drawn);
                prop_assert!(parts[1] == meant || parts[2] == "…", "{}", drawn);
            }
            let shown = parts.concat();
            let is_cut_behind = !shown.ends_with(&(meant + &behind));
            prop_assert!(!is_cut_behind || shown.ends_with('…'), "{}", drawn);
        }

        #[test]
        fn any_span_of_any_source_is_drawn(
            source in "(\r|\n|[ab]|é|漢|\u{301}|\u{200B}|ש){0,40}",
            spans in proptest::collection::vec((0_usize..120, 0_usize..120), 1..6),
            width in 0_usize..100,
            color: bool,
        ) {
            let lines = Lines::of(&source);
            let spans: Vec<_> = spans.into_iter().map(|(start, end)| start..end).collect();
            let further = spans[1..].iter().map(|span| Mark {
                span: span.clone(),
                label: (span.start % 2 == 0).then_some("there"),
            });
            let notice = notice(&source, &lines, spans[0].clone());
            let picture = render_all(&notice, &further.collect::<Vec<_>>(), "", Look { color, width });
            let start = (0..=spans[0].start.min(source.len())).rev();
            let start = start.into_iter().find(|at| source.is_char_boundary(*at)).unwrap();
            let (line, column) = lines.place(&source, start);
            let place = format!(" texts/en.json:{line}:{column}");
            let row = picture.lines().find(|row| row.contains("texts/en.json")).unwrap();
            let (_, behind) = row.split_once(&place).unwrap();
            prop_assert!(behind.is_empty() || behind.starts_with(" ("), "{}", picture);
            prop_assert!(picture.contains('^') || picture.contains('/'), "{}", picture);
        }
    }
}
