//! HCL: Okta's SMS templates as Terraform has them, objects of `locals`, and attributes outside of
//! blocks (`.tfvars`).

use core::ops::Range;
use std::borrow::Cow;

use hcl_edit::Span;
use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::parser::parse_body;
use hcl_edit::structure::{Block, Body, Structure};
use hcl_edit::template::Element;

use super::{character_at, is_but_for_indentation};
use crate::text::{Comment, Decoded, Encode, Fault, Parsed, Text};

const COMPUTED: &str = "the text is computed by Terraform and was not checked";

const COMPUTED_LANGUAGE: &str =
    "the language is computed by Terraform, so that its text was not checked";

const ELSEWHERE: &str =
    "translations were not checked; write each as a block `translations` of its own";

pub(super) fn read(source: &str) -> Parsed {
    let (comments, source) = match scan(source) {
        Ok(scanned) => scanned,
        Err(fault) => return Parsed::fault(fault.at, fault.message),
    };
    let body = match parse_body(&source) {
        Ok(body) => body,
        Err(error) => {
            let at = character_at(&source, error.location().offset());
            return Parsed::fault(
                at,
                format!("this cannot be read as HCL: {}", error.message()),
            );
        }
    };
    let mut reader = Reader {
        source: &source,
        parsed: Parsed {
            comments,
            ..Parsed::default()
        },
    };
    reader.body(&body);
    let mut parsed = reader.parsed;
    parsed.texts.sort_by_key(|text| text.literal.start);
    parsed.faults.sort_by_key(|fault| fault.at.start);
    parsed
}

struct Reader<'a> {
    source: &'a str,
    parsed: Parsed,
}

impl Reader<'_> {
    fn body(&mut self, body: &Body) {
        for structure in body {
            match structure {
                Structure::Attribute(attribute) => {
                    self.value(&mut vec![attribute.key.to_string()], &attribute.value);
                }
                Structure::Block(block) => {
                    let labels: Vec<_> = block.labels.iter().map(|label| label.as_str()).collect();
                    match (block.ident.as_str(), &labels[..]) {
                        ("resource", ["okta_template_sms", name]) => {
                            self.template(name, &block.body)
                        }
                        ("locals", []) => self.locals(&block.body),
                        _ => {}
                    }
                }
            }
        }
    }

    /// A value of its own is seldom a message; an object is what catalogues are.
    fn locals(&mut self, body: &Body) {
        for attribute in body.attributes() {
            if let Expression::Object(_) = attribute.value {
                let mut path = vec!["locals".to_owned(), attribute.key.to_string()];
                self.value(&mut path, &attribute.value);
            }
        }
    }

    /// Takes a string, and the strings of an object. The parser has a limit to how deep they nest.
    fn value(&mut self, path: &mut Vec<String>, expression: &Expression) {
        let Expression::Object(object) = expression else {
            if let Some(literal) = self.literal(expression) {
                self.take(literal, path.clone(), None, false);
            }
            return;
        };
        for (key, value) in object {
            path.push(match key {
                ObjectKey::Ident(name) => name.to_string(),
                ObjectKey::Expression(Expression::String(name)) => name.to_string(),
                ObjectKey::Expression(_) => continue,
            });
            self.value(path, value.expr());
            path.pop();
        }
    }

    fn template(&mut self, name: &str, body: &Body) {
        for structure in body {
            match structure {
                Structure::Attribute(attribute) if attribute.has_key("template") => {
                    self.known(&attribute.value, name, None, true);
                }
                Structure::Block(block) if block.has_ident("translations") => {
                    self.translation(name, block);
                }
                _ if is_about_translations(structure) => {
                    self.fault(structure.span(), ELSEWHERE);
                }
                _ => {}
            }
        }
    }

    fn translation(&mut self, name: &str, block: &Block) {
        let body = &block.body;
        let value = |key| body.get_attribute(key).map(|attribute| &attribute.value);
        let Some(template) = value("template") else {
            return;
        };
        let language = match value("language").map(|language| (language, self.literal(language))) {
            Some((_, Some(literal))) => Some(literal.decoded.text().to_owned()),
            Some((language, None)) => {
                self.fault(language.span(), COMPUTED_LANGUAGE);
                return;
            }
            None => None,
        };
        self.known(template, name, language, false);
    }

    /// Takes a text of which Terraform leaves nothing to know.
    fn known(&mut self, value: &Expression, name: &str, locale: Option<String>, is_base: bool) {
        match self.literal(value) {
            Some(literal) => self.take(literal, vec![name.to_owned()], locale, is_base),
            None => self.fault(value.span(), COMPUTED),
        }
    }

    fn fault(&mut self, at: Option<Range<usize>>, message: &str) {
        self.parsed.faults.push(Fault {
            at: at.unwrap_or_default(),
            message: message.to_owned(),
        });
    }

    fn take(&mut self, literal: Literal, path: Vec<String>, locale: Option<String>, is_base: bool) {
        let text = Text {
            path,
            locale,
            is_base,
            decoded: literal.decoded,
            literal: literal.place,
            encode: literal.encode,
            origin: None,
            id: None,
        };
        self.parsed.take(text, &literal.value);
    }

    /// A string in which nothing is evaluated.
    fn literal(&self, expression: &Expression) -> Option<Literal> {
        let place = expression.span()?;
        match expression {
            Expression::String(string) => Some(Literal {
                decoded: quoted(self.source, &place),
                place,
                value: string.to_string(),
                encode: encode_quoted,
            }),
            Expression::HeredocTemplate(heredoc) => {
                let mut value = String::new();
                for element in &heredoc.template {
                    match element {
                        Element::Literal(literal) => value.push_str(literal),
                        Element::Interpolation(_) | Element::Directive(_) => return None,
                    }
                }
                let decoded = here_document(self.source, &place);
                // The parser takes indentation also from blank lines, and Terraform does not.
                if heredoc.indent().is_some() && is_but_for_indentation(&value, decoded.text()) {
                    value = decoded.text().to_owned();
                }
                Some(Literal {
                    decoded,
                    place,
                    value,
                    encode: encode_here_document,
                })
            }
            _ => None,
        }
    }
}

struct Literal {
    place: Range<usize>,
    decoded: Decoded,
    /// As the parser reads it.
    value: String,
    encode: Encode,
}

fn is_about_translations(structure: &Structure) -> bool {
    match structure {
        Structure::Attribute(attribute) => attribute.has_key("translations"),
        Structure::Block(block) => {
            block.has_ident("dynamic") && block.has_labels(&["translations"])
        }
    }
}

fn quoted(source: &str, place: &Range<usize>) -> Decoded {
    let mut decoded = Decoded::default();
    let end = place.end.saturating_sub(1);
    let mut at = place.start + 1;
    while let Some(rest) = source.get(at..end) {
        let Some(length) = rest.find(['\\', '$', '%']) else {
            decoded.verbatim(source, at..end);
            break;
        };
        decoded.verbatim(source, at..at + length);
        at += length;
        let rest = rest.get(length..).unwrap_or_default();
        at += marker(source, at..end, &mut decoded).unwrap_or_else(|| match escape(rest) {
            Some((character, length)) => {
                decoded.escape(character, at..at + length);
                length
            }
            None => {
                decoded.verbatim(source, at..at + 1);
                1
            }
        });
    }
    decoded
}

/// Reads `$${` and `%%{`, of which the first character is doubled, and returns their length.
fn marker(source: &str, range: Range<usize>, decoded: &mut Decoded) -> Option<usize> {
    let character = match source.get(range.clone())?.get(..3)? {
        "$${" => '$',
        "%%{" => '%',
        _ => return None,
    };
    let at = range.start;
    decoded.escape(character, at..at + 2);
    decoded.verbatim(source, at + 2..at + 3);
    Some(3)
}

/// Reads what a backslash begins, and how long it is.
fn escape(rest: &str) -> Option<(char, usize)> {
    let digits = |length: usize| {
        let code = u32::from_str_radix(rest.get(2..2 + length)?, 16).ok()?;
        Some((char::from_u32(code)?, 2 + length))
    };
    match rest.get(..2)? {
        "\\n" => Some(('\n', 2)),
        "\\r" => Some(('\r', 2)),
        "\\t" => Some(('\t', 2)),
        "\\\"" => Some(('"', 2)),
        "\\\\" => Some(('\\', 2)),
        "\\u" => digits(4),
        "\\U" => digits(8),
        _ => None,
    }
}

/// Reads lines from behind the one that begins with `<<` to before the one that ends them. Behind
/// `<<-`, as much is taken from the start of each line as all have in common, blank ones aside, which
/// are left as they are.
fn here_document(source: &str, place: &Range<usize>) -> Decoded {
    let mut decoded = Decoded::default();
    let all = source.get(place.clone()).unwrap_or_default();
    let (Some(first), Some(last)) = (all.find('\n'), all.rfind('\n')) else {
        return decoded;
    };
    let lines = all.get(first + 1..=last).unwrap_or_default();
    let indentation = |line: &str| line.chars().take_while(|c| c.is_whitespace()).count();
    let is_blank = |line: &str| line.trim_start().is_empty();
    let common = if all.starts_with("<<-") {
        let lines = lines.split_inclusive('\n').filter(|line| !is_blank(line));
        lines.map(indentation).min().unwrap_or_default()
    } else {
        0
    };
    let mut at = place.start + first + 1;
    for line in lines.split_inclusive('\n') {
        let end = at + line.len();
        if !is_blank(line) {
            at += line.chars().take(common).map(char::len_utf8).sum::<usize>();
        }
        while let Some(length) = source.get(at..end).and_then(|rest| rest.find(['$', '%'])) {
            decoded.verbatim(source, at..at + length);
            at += length;
            at += marker(source, at..end, &mut decoded).unwrap_or_else(|| {
                decoded.verbatim(source, at..at + 1);
                1
            });
        }
        decoded.verbatim(source, at..end);
        at = end;
    }
    decoded
}

fn encode_quoted(text: &str) -> Option<String> {
    let escaped = encode_markers(text)?
        .replace('\\', "\\\\")
        .replace('"', "\\\"");
    Some(
        escaped
            .replace('\n', "\\n")
            .replace('\r', "\\r")
            .replace('\t', "\\t"),
    )
}

fn encode_here_document(text: &str) -> Option<String> {
    let has_line_end = text.contains(['\r', '\n']);
    encode_markers(text).filter(|_| !has_line_end)
}

/// What the edge of a text may become a part of is not known here.
fn encode_markers(text: &str) -> Option<String> {
    if text.starts_with('{') || text.ends_with(['$', '%']) {
        return None;
    }
    Some(text.replace("${", "$${").replace("%{", "%%{"))
}

/// What a place of the source is within.
#[derive(Clone, Copy)]
enum Within<'a> {
    /// Behind a brace, or `${` or `%{`, and how many items can have ended there.
    Code {
        items: usize,
    },
    /// With the place of its quotation mark.
    Quoted {
        start: usize,
    },
    HereDocument {
        marker: &'a str,
    },
}

/// How many items can be in an object. The parser looks each key up among those before it.
const MAX_ITEMS: usize = 1 << 15;

/// Finds the comments, for which the parser keeps no place. Gives the source too, with empty here
/// documents written as empty strings of as many bytes: the parser would take what follows for their
/// lines.
fn scan(source: &str) -> Result<(Vec<Comment>, Cow<'_, str>), Fault> {
    let mut comments = Vec::new();
    let mut written = Cow::Borrowed(source);
    let mut outer = Vec::new();
    let mut within = Within::Code { items: 0 };
    let mut at = 0;
    loop {
        let rest = source.get(at..).unwrap_or_default();
        let length = rest.find(match within {
            Within::Code { .. } => &['#', '/', '"', '<', '{', '}', '\n', ','][..],
            Within::Quoted { .. } => &['"', '\\', '$', '%', '\n'],
            Within::HereDocument { .. } => &['\n', '$', '%'],
        });
        let length = length.unwrap_or(rest.len());
        at += length;
        let rest = rest.get(length..).unwrap_or_default();
        let mut characters = rest.chars();
        at += match (within, characters.next()) {
            (Within::Quoted { start }, None | Some('\n')) => {
                return Err(Fault {
                    at: start..start + 1,
                    message: "this quoted string does not end in its line".to_owned(),
                });
            }
            (_, None) => return Ok((comments, written)),
            (Within::Code { .. }, Some('#' | '/')) => match comment(rest) {
                Some((text, length)) => {
                    comments.push(Comment {
                        at: at..at + length,
                        text: text.trim().to_owned(),
                    });
                    length
                }
                None => 1,
            },
            (Within::Code { .. }, Some('"')) => {
                outer.push(within);
                within = Within::Quoted { start: at };
                1
            }
            (Within::Code { .. }, Some('<')) => match here_document_start(rest) {
                Some((marker, length)) => {
                    let first = rest.get(length + 1..).unwrap_or_default();
                    if let Some(end) = here_document_end(first, marker) {
                        // At least `<<A`, a line end and `A`.
                        let length = length + 1 + end;
                        let empty = "\"\"".to_owned() + &" ".repeat(length - 2);
                        written.to_mut().replace_range(at..at + length, &empty);
                        length
                    } else {
                        outer.push(within);
                        within = Within::HereDocument { marker };
                        length
                    }
                }
                None => 1,
            },
            (Within::Code { .. }, Some('{')) => {
                outer.push(within);
                within = Within::Code { items: 0 };
                1
            }
            (Within::Code { .. } | Within::Quoted { .. }, Some('}' | '"')) => {
                within = outer.pop().unwrap_or(within);
                1
            }
            (Within::Code { items }, Some(_)) => {
                if items > MAX_ITEMS && !outer.is_empty() {
                    return Err(Fault {
                        at: at..at + 1,
                        message: "too much stands between two braces to be read; split it"
                            .to_owned(),
                    });
                }
                within = Within::Code { items: items + 1 };
                1
            }
            (_, Some('$' | '%')) if rest.starts_with("$${") || rest.starts_with("%%{") => 3,
            (_, Some('$' | '%')) if rest.starts_with("${") || rest.starts_with("%{") => {
                outer.push(within);
                within = Within::Code { items: 0 };
                2
            }
            (_, Some('$' | '%')) => 1,
            (Within::Quoted { .. }, Some(_)) => 1 + characters.next().map_or(0, char::len_utf8),
            (Within::HereDocument { marker }, Some(_)) => {
                match here_document_end(characters.as_str(), marker) {
                    Some(length) => {
                        within = outer.pop().unwrap_or(within);
                        1 + length
                    }
                    None => 1,
                }
            }
        };
    }
}

/// Reads a comment without its marks, and how long it is with them.
fn comment(rest: &str) -> Option<(&str, usize)> {
    if let Some(inner) = rest.strip_prefix("/*") {
        // One that is not closed is a fault that the parser tells.
        let (text, _) = inner.split_once("*/").unwrap_or((inner, ""));
        return Some((text, rest.len().min("/**/".len() + text.len())));
    }
    let line = rest.lines().next().unwrap_or_default();
    let text = line.strip_prefix('#').or_else(|| line.strip_prefix("//"))?;
    Some((text, line.len()))
}

fn is_in_marker(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '-')
}

/// Reads `<<` or `<<-` and what ends the here document, and how long that is without its line end.
fn here_document_start(rest: &str) -> Option<(&str, usize)> {
    let marker = rest.strip_prefix("<<")?;
    let marker = marker.strip_prefix('-').unwrap_or(marker);
    let end = marker.find(|character| !is_in_marker(character))?;
    let (marker, behind) = marker.split_at_checked(end)?;
    let line_end = behind.strip_prefix('\r').unwrap_or(behind);
    let is_whole = !marker.is_empty() && line_end.starts_with('\n');
    is_whole.then_some((marker, rest.len() - line_end.len()))
}

/// How long the line is that ends a here document, if it is that.
fn here_document_end(line: &str, marker: &str) -> Option<usize> {
    let behind = line.trim_start_matches([' ', '\t']).strip_prefix(marker)?;
    (!behind.starts_with(is_in_marker)).then_some(line.len() - behind.len())
}

#[cfg(test)]
mod tests {
    use std::thread;

    use proptest::prelude::*;

    use super::*;
    use crate::formats::testing::{check_bounds, check_places, config, faults, one_of, texts};

    #[test]
    fn a_template_of_okta_is_a_text_with_its_translations() {
        let source = r#"
            resource "okta_template_sms" "verify" {
              type = "SMS_VERIFY_CODE"
              translations {
                language = "fr"
                template = "Votre code $${code}"
              }
              template = "Your $${org.name} code: $${code}, 100%%{ \\n"
              translations {
                template = <<-EOT
                  Ihr Code:

                    $${code}
                EOT
                language = "de"
              }
            }
        "#;
        let parsed = read(source);
        let verify = || "verify".to_owned();
        assert_eq!(
            texts(&parsed),
            [
                (verify(), Some("fr"), "Votre code ${code}"),
                (verify(), None, "Your ${org.name} code: ${code}, 100%{ \\n"),
                (verify(), Some("de"), "Ihr Code:\n\n  ${code}\n"),
            ]
        );
        let is_base: Vec<_> = parsed.texts.iter().map(|text| text.is_base).collect();
        assert_eq!(is_base, [false, true, false]);
        let literal = &source[parsed.texts[0].literal.clone()];
        assert_eq!(literal, "\"Votre code $${code}\"");
        let literal = &source[parsed.texts[2].literal.clone()];
        assert!(literal.starts_with("<<-EOT\n") && literal.ends_with("EOT"));
    }

    #[test]
    fn what_terraform_computes_is_a_fault_in_a_template_and_silent_elsewhere() {
        let source = r#"
            resource "okta_template_sms" "a" {
              template = "Hi ${var.name}"
              translations {
                language = "fr"
                template = local.fr
              }
              translations {
                language = var.language
                template = "Salut"
              }
              translations {
                template = "Ciao"
              }
              translations {
                language = "es"
              }
              dynamic "translations" {
                for_each = var.all
                content {
                  template = translations.value
                }
              }
            }
            resource "okta_template_sms" "b" {
              template = "%{ if true }Hi%{ endif }"
              translations = [{ language = "fr", template = "Salut" }]
            }
            variable "x" {
              default = "Hi ${var.name}"
            }
            locals {
              sms = { en = "Hi ${var.name}", fr = "Salut", (var.x) = "y", n = 1 }
            }
        "#;
        let parsed = read(source);
        let texts: Vec<_> = parsed
            .texts
            .iter()
            .map(|text| text.decoded.text())
            .collect();
        assert_eq!(texts, ["Ciao", "Salut"]);
        assert_eq!(parsed.texts[0].locale, None);
        let found = faults(&parsed, source);
        let starts = found
            .iter()
            .map(|(at, message)| (at.get(..14).unwrap_or(at), *message));
        assert_eq!(
            starts.collect::<Vec<_>>(),
            [
                ("\"Hi ${var.name", COMPUTED),
                ("local.fr", COMPUTED),
                ("var.language", COMPUTED_LANGUAGE),
                ("dynamic \"trans", ELSEWHERE),
                ("\"%{ if true }H", COMPUTED),
                ("translations =", ELSEWHERE),
            ]
        );
    }

    #[test]
    fn objects_of_locals_and_attributes_outside_of_blocks_hold_texts() {
        let source = r#"
            greeting = "Hi"
            all      = { "a b" : { c = "d" }, e = ["f"] }
            number   = 1
            locals {
              region = "eu"
              sms    = { en = { hi = "Hello" } }
            }
            resource "other" "x" {
              template = "none"
            }
        "#;
        assert_eq!(
            texts(&read(source)),
            [
                ("greeting".to_owned(), None, "Hi"),
                ("all.a b.c".to_owned(), None, "d"),
                ("locals.sms.en.hi".to_owned(), None, "Hello"),
            ]
        );
        assert!(texts(&read("")).is_empty());
        assert!(texts(&read("# only this")).is_empty());
    }

    /// The only text of an attribute.
    fn value(written: &str) -> String {
        let source = format!("a = {written}\n");
        let parsed = read(&source);
        let [(_, _, text)] = texts(&parsed)[..] else {
            panic!("{written}")
        };
        text.to_owned()
    }

    #[test]
    fn a_here_document_is_read_as_terraform_reads_it() {
        let cases = [
            ("<<EOT\n  a\n b\nEOT", "  a\n b\n"),
            ("<<EOT\na\n  EOT", "a\n"),
            ("<<EOT\r\na\r\nb\r\nEOT", "a\r\nb\r\n"),
            ("<<EOT\nEOT\n", ""),
            ("<<-E\n\n  E\n", "\n"),
            ("<<-EOT\n    a\n      b\n  EOT", "a\n  b\n"),
            ("<<-EOT\n\ta\n\tb\nEOT", "a\nb\n"),
            ("<<-EOT\n\u{3000}\u{a0}a\n  b\nEOT", "a\nb\n"),
            ("<<-EOT\n  a\nb\nEOT", "  a\nb\n"),
            // Blank lines do not count, and stay as they are.
            (
                "<<-EOT\n    a\n\n  \n    b\n      \n    EOT",
                "a\n\n  \nb\n      \n",
            ),
            ("<<-EOT\r\n  a\r\n\r\n  b\r\nEOT", "a\r\n\r\nb\r\n"),
            (
                "<<-EOT\n  $${a} $$ %%{b} \\n \"\n  EOT",
                "${a} $$ %{b} \\n \"\n",
            ),
            ("<<EOT\nEOTs EOT\n EOT-1\nEOT", "EOTs EOT\n EOT-1\n"),
        ];
        for (written, text) in cases {
            assert_eq!(value(written), text, "{written}");
        }
    }

    #[test]
    fn an_empty_here_document_ends_where_it_does() {
        let source = "a = <<EOT\nEOT\nb = <<EOT\nx\nEOT\nc = \"y\"\n";
        let parsed = read(source);
        let found: Vec<_> = texts(&parsed).into_iter().map(|(.., text)| text).collect();
        assert_eq!(found, ["", "x\n", "y"]);
        assert_eq!(&source[parsed.texts[2].literal.clone()], "\"y\"");
        // Longer than a format string pads.
        assert_eq!(value(&format!("<<A\n{}A", " ".repeat(70_000))), "");
    }

    #[test]
    fn every_mark_of_a_comment_is_known() {
        let source = "# a\r\n// b #\nx = \"\\\" # ${y /* c\n*/ + \"# ${\"//\"}\"} // $${ \" # d\n\
                      y = <<EOT\n# no ${ z /* e */ } %%{ /* no */ \"\n EOT\nz = { a = {} } //é\n#";
        let parsed = read(source);
        assert_eq!(parsed.faults, []);
        let found: Vec<_> = parsed
            .comments
            .iter()
            .map(|comment| comment.text.as_str())
            .collect();
        assert_eq!(found, ["a", "b #", "c", "d", "e", "é", ""]);
        let places = parsed
            .comments
            .iter()
            .map(|comment| &source[comment.at.clone()]);
        let expected = ["# a", "// b #", "/* c\n*/", "# d", "/* e */", "//é", "#"];
        assert_eq!(places.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_file_that_is_not_hcl_is_a_fault_at_a_character() {
        let not_closed = "this quoted string does not end in its line";
        let cases = [
            ("b = 1\na = \"x", 10..11, not_closed),
            ("a = \"x\nb = \"y\"", 4..5, not_closed),
            ("a = \"${\"x}\n\"", 7..8, not_closed),
            ("a = \"${é\"x\n", 9..10, not_closed),
            (
                "a = 1 é",
                6..8,
                "this cannot be read as HCL: expected newline or eof",
            ),
            (
                "a = \"\\uD83D\"",
                7..8,
                "this cannot be read as HCL: invalid unicode 4-digit hex code; unexpected token",
            ),
            (
                "a = <<EOT\né",
                10..12,
                "this cannot be read as HCL: expected heredoc end delimiter",
            ),
        ];
        for (source, at, message) in cases {
            let parsed = read(source);
            let message = message.to_owned();
            assert_eq!(parsed.faults, [Fault { at, message }], "{source}");
            assert!(parsed.texts.is_empty());
        }
    }

    #[test]
    fn too_many_items_are_a_fault() {
        let long = format!("a = {{\n{}}}\n", "# \n".repeat(MAX_ITEMS + 1));
        assert_eq!(read(&long).faults.len(), 1);
        let attributes = "\n".repeat(MAX_ITEMS + 2);
        assert!(texts(&read(&attributes)).is_empty());
    }

    #[test]
    fn what_is_nested_too_deep_is_a_fault() {
        let nested = |open: &str, close: &str, depth| {
            format!("a = {}1{}\n", open.repeat(depth), close.repeat(depth))
        };
        let deep = move || {
            for (open, close) in [
                ("[", "]"),
                ("(", ")"),
                ("{ a = ", "}"),
                ("f(", ")"),
                ("-", ""),
                ("\"${", "}\""),
                ("a ? b : ", ""),
                ("1 + ", ""),
                ("\"%{ if a }", "%{ endif }\""),
                ("[for x in ", " : x]"),
            ] {
                let source = nested(open, close, 50_000);
                assert_eq!(read(&source).faults.len(), 1, "{open}");
                read(&nested(open, close, 30));
            }
            let blocks = "a {\n".repeat(50_000);
            assert_eq!(read(&blocks).faults.len(), 1);
        };
        // As much as a thread of the pool has.
        let thread = thread::Builder::new()
            .stack_size(crate::STACK)
            .spawn(deep)
            .unwrap();
        thread.join().unwrap();
    }

    #[test]
    fn a_replacement_is_escaped_and_evaluates_nothing() {
        let some = |text: &str| Some(text.to_owned());
        let escaped = "a\\\"\\\\\\n\\r\\t$${b} %%{c}";
        assert_eq!(encode_quoted("a\"\\\n\r\t${b} %{c}"), some(escaped));
        assert_eq!(
            encode_here_document("a\"\\\t${b} %{c}"),
            some("a\"\\\t$${b} %%{c}")
        );
        assert_eq!(encode_here_document("a\nb"), None);
        assert_eq!(encode_here_document("a\rb"), None);
        for text in ["{", "a$", "a%"] {
            assert_eq!(
                (encode_quoted(text), encode_here_document(text)),
                (None, None)
            );
        }
    }

    const QUOTED: [(&str, char); 19] = [
        ("a", 'a'),
        (" ", ' '),
        ("é", 'é'),
        ("👋", '👋'),
        ("$", '$'),
        ("%", '%'),
        ("}", '}'),
        ("#", '#'),
        ("/", '/'),
        ("\\n", '\n'),
        ("\\r", '\r'),
        ("\\t", '\t'),
        ("\\\"", '"'),
        ("\\\\", '\\'),
        ("\\u2019", '’'),
        ("\\u00e9", 'é'),
        ("\\U0001F44B", '👋'),
        ("$$", '$'),
        ("%%", '%'),
    ];

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn every_character_of_a_quoted_string_stands_where_it_is_said_to(
            pieces in prop::collection::vec(one_of(&QUOTED), 0..24),
        ) {
            // The doubled ones are escapes only before a brace, and before it nothing else may stand.
            let mut literal = String::new();
            let mut text = String::new();
            for (written, character) in &pieces {
                literal += written;
                text.push(*character);
                if matches!(*written, "$$" | "%%") {
                    literal.push('{');
                    text.push('{');
                }
            }
            let source = format!("é = \"{literal}\" # é");
            let parsed = read(&source);
            prop_assert_eq!(texts(&parsed), [("é".to_owned(), None, text.as_str())]);
            prop_assert_eq!(parsed.comments.len(), 1);
            check_places(&source, &parsed.texts[0], |cut| {
                let known = QUOTED.iter().find(|(written, _)| *written == cut);
                known.map_or_else(|| cut.to_owned(), |(_, character)| character.to_string())
            });
        }

        #[test]
        fn every_character_of_a_here_document_stands_where_it_is_said_to(
            pieces in prop::collection::vec(
                one_of(&[
                    "a", " ", "  ", "\t", "é", "\n", "\n", "\r\n", "$${", "%%{", "$", "%", "\\n", "\"",
                    "xEOT ", "EOTx",
                ]),
                0..24,
            ),
            dash in one_of(&["", "-"]),
        ) {
            let lines = pieces.concat();
            let source = format!("a = <<{dash}EOT\n{lines}\nEOT\n");
            let parsed = read(&source);
            let found = texts(&parsed);
            let text = format!("{lines}\n").replace("$${", "${").replace("%%{", "%{");
            prop_assert!(is_but_for_indentation(found[0].2, &text));
            prop_assert!(dash == "-" || found[0].2 == text);
            check_places(&source, &parsed.texts[0], |cut| match cut {
                "$$" => "$".to_owned(),
                "%%" => "%".to_owned(),
                cut => cut.to_owned(),
            });
        }

        #[test]
        fn what_is_encoded_is_read_back(
            start in one_of(&["${a}", "%{", "\\", "\"", "\n", "é", "$", "{"]),
            rest in any::<String>(),
        ) {
            let text = format!("{start}{rest}");
            if let Some(written) = encode_quoted(&text) {
                prop_assert_eq!(value(&format!("\"{written}\"")), text.as_str());
            }
            if let Some(written) = encode_here_document(&text) {
                prop_assert_eq!(value(&format!("<<EOT\n{written}\nEOT")), format!("{text}\n"));
            }
        }

        #[test]
        fn no_file_is_too_strange(
            source in prop::collection::vec(
                one_of(&[
                    "a", " = ", "\"", "\\", "$", "{", "}", "${", "%{", "if", "endif", "for", "<<", "<<-",
                    "A", "\n", "\r\n", "(", ")", "[", "]", "#", "/*", "*/", "é", "1", "1e9", ".", ",",
                    ":", "?", "-", "locals", "resource \"okta_template_sms\" \"a\" {\n", "template = ",
                    "\u{feff}", "\0",
                ]),
                0..40,
            ),
        ) {
            let source = source.concat();
            check_bounds(&read(&source), &source);
        }
    }
}
