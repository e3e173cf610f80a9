//! Texts as test cases, for services that show results of tests.

use septet::template::Severity;

use super::escape::xml;
use super::{by_text, concise, label, named, place};
use crate::inspect::counted;
use crate::results::{FileResult, Found, Held, Results};

pub(super) fn write(results: &Results) -> Vec<u8> {
    let mut all = Counts::default();
    let mut suites = String::new();
    for file in &results.files {
        let (counts, cases) = cases(file);
        suites += &format!(
            "<testsuite name=\"{}\" {} skipped=\"{}\">\n{cases}</testsuite>\n",
            xml(named(&file.path)),
            counts.attributes(),
            counts.skipped,
        );
        all.tests += counts.tests;
        all.failures += counts.failures;
        all.errors += counts.errors;
    }
    let out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"septet\" \
         {}>\n{suites}</testsuites>\n",
        all.attributes()
    );
    out.into_bytes()
}

#[derive(Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Counts {
    fn attributes(&self) -> String {
        format!(
            "tests=\"{}\" failures=\"{}\" errors=\"{}\"",
            self.tests, self.failures, self.errors
        )
    }
}

/// The test cases of a file: its texts, and what could not be read, or is about none of them.
fn cases(file: &FileResult) -> (Counts, String) {
    let (of_texts, others) = by_text(file);
    let mut counts = Counts {
        tests: of_texts.len() + others.len(),
        ..Counts::default()
    };
    let mut out = String::new();
    for found in others {
        let (_, line, column) = place(file, found);
        let (outcome, rest) = outcome("error", file, &[found]);
        counts.errors += usize::from(outcome.is_some());
        let name = format!("{} at {line}:{column}", found.rule);
        case(file, &name, &[outcome, rest], &mut out);
    }
    for (text, findings) in file.texts.iter().zip(of_texts) {
        let (mut outcome, rest) = outcome("failure", file, &findings);
        counts.failures += usize::from(outcome.is_some());
        if let (None, Some(held)) = (&outcome, text.held) {
            counts.skipped += 1;
            let why = match held {
                Held::Baseline => "in the baseline",
                Held::Unchanged => "unchanged",
            };
            outcome = Some(format!("<skipped message=\"{why}\"/>"));
        }
        case(file, &label(text), &[outcome, rest], &mut out);
    }
    (counts, out)
}

fn case(file: &FileResult, name: &str, content: &[Option<String>], out: &mut String) {
    *out += &format!(
        "<testcase classname=\"{}\" name=\"{}\">",
        xml(named(&file.path)),
        xml(name)
    );
    content.iter().flatten().for_each(|element| *out += element);
    *out += "</testcase>\n";
}

/// An element for the errors among findings, and one for the others. There is one for all errors of a
/// test case: some services read no more than that.
fn outcome(
    element: &str,
    file: &FileResult,
    findings: &[&Found],
) -> (Option<String>, Option<String>) {
    let (errors, others): (Vec<&Found>, Vec<&Found>) = findings
        .iter()
        .partition(|found| found.severity == Severity::Error);
    let lines = |findings: &[&Found]| {
        let lines = findings
            .iter()
            .map(|found| xml(&concise::line(file, found)));
        lines.collect::<Vec<_>>().join("\n")
    };
    let outcome = errors.first().map(|first| {
        let message = match errors.len() {
            1 => first.rule.summary().to_owned(),
            number => counted(number, "error"),
        };
        format!(
            "<{element} type=\"{}\" message=\"{}\">{}</{element}>",
            first.rule,
            xml(&message),
            lines(&errors)
        )
    });
    let rest = (!others.is_empty()).then(|| format!("<system-out>{}</system-out>", lines(&others)));
    (outcome, rest)
}

#[cfg(test)]
mod tests {
    use proptest::option;
    use proptest::prelude::*;
    use uppsala::{Document, XsdValidator};

    use super::super::samples::{self, names};
    use super::*;
    use crate::terminal::is_hidden;

    /// What the schema says against a document.
    fn complaints(report: &str) -> Vec<String> {
        let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/schemas/junit.xsd");
        let schema = std::fs::read_to_string(schema).unwrap();
        let schema = uppsala::parse(&schema).unwrap();
        let validator = XsdValidator::from_schema(&schema).unwrap();
        let errors = validator.validate(&uppsala::parse(report).unwrap());
        errors.iter().map(ToString::to_string).collect()
    }

    fn report(results: &Results) -> String {
        let report = String::from_utf8(write(results)).unwrap();
        assert!(!report.chars().any(|c| c != '\n' && is_hidden(c)));
        assert_eq!(complaints(&report), [""; 0]);
        report
    }

    fn attributes(document: &Document<'_>, element: &str, attribute: &str) -> Vec<String> {
        let elements = document.get_elements_by_tag_name(element).into_iter();
        elements
            .map(|id| document.get_attribute(id, attribute).unwrap().to_owned())
            .collect()
    }

    fn contents(document: &Document<'_>, element: &str) -> String {
        let elements = document.get_elements_by_tag_name(element).into_iter();
        elements.map(|id| document.text_content_deep(id)).collect()
    }

    /// A name as a document can hold it.
    fn held(name: &str) -> String {
        let shown = name.chars().map(|c| match c {
            '\t' | '\n' | '\r' => c.to_string(),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => format!("⟨U+{:04X}⟩", u32::from(c)),
            _ => c.to_string(),
        });
        shown.collect()
    }

    #[test]
    fn each_text_is_a_case_and_each_finding_is_in_one() {
        let results = samples::hostile();
        let report = report(&results);
        let document = uppsala::parse(&report).unwrap();
        let found: String = ["failure", "error", "system-out"]
            .map(|element| contents(&document, element))
            .concat();
        let findings = samples::findings(&results);
        assert_eq!(samples::counts(&found, findings), vec![1; findings]);
        let names = attributes(&document, "testcase", "name");
        let texts = results.files.iter().flat_map(|file| &file.texts);
        for text in texts.clone() {
            assert!(names.contains(&held(&label(text))), "{:?}", label(text));
        }
        let others = results.files.len();
        assert_eq!(names.len(), texts.count() + others);
        let suites = attributes(&document, "testsuite", "name");
        let paths = results.files.iter().map(|file| held(named(&file.path)));
        assert_eq!(suites, paths.collect::<Vec<_>>());
    }

    #[test]
    fn counts_are_those_of_the_elements() {
        let report = report(&samples::hostile());
        let document = uppsala::parse(&report).unwrap();
        let sum = |attribute| {
            let counts = attributes(&document, "testsuite", attribute);
            counts
                .iter()
                .map(|count| count.parse::<usize>().unwrap())
                .sum::<usize>()
        };
        let elements = |element| document.get_elements_by_tag_name(element).len();
        for (attribute, element) in [
            ("tests", "testcase"),
            ("failures", "failure"),
            ("errors", "error"),
            ("skipped", "skipped"),
        ] {
            assert_eq!(sum(attribute), elements(element), "{attribute}");
            assert!(elements(element) > 0, "{element}");
        }
        for attribute in ["tests", "failures", "errors"] {
            assert_eq!(
                attributes(&document, "testsuites", attribute),
                [sum(attribute).to_string()]
            );
        }
    }

    #[test]
    fn only_errors_fail() {
        for (severity, failures) in [
            (Severity::Error, 1),
            (Severity::Warning, 0),
            (Severity::Note, 0),
        ] {
            let results = samples::many(3, severity);
            let report = report(&results);
            assert_eq!(report.matches("<failure").count(), failures);
            assert_eq!(report.matches("<system-out>").count(), 1 - failures);
            assert_eq!(samples::counts(&report, 3), [1; 3]);
        }
        let mut results = samples::many(1, Severity::Warning);
        results.files[0].findings[0].text = None;
        assert!(!report(&results).contains("<error"));
    }

    #[test]
    fn nothing_found_is_a_document_too() {
        assert!(report(&samples::nothing()).contains("tests=\"0\""));
    }

    #[test]
    fn the_schema_refuses_what_is_no_report() {
        let good = report(&samples::hostile());
        for (good_part, broken) in [
            ("<testsuites name", "<testsuites nome"),
            (" tests=\"", " tests=\"x"),
            ("<failure type=", "<failure kind="),
            ("<skipped ", "<left-out "),
            (
                "</testcase>",
                "<failure type=\"a\" message=\"b\"/><failure type=\"a\" message=\"b\"/></testcase>",
            ),
            ("<testcase classname=", "<testcase time=\"1\" classname="),
        ] {
            let broken = good.replacen(good_part, broken, 1);
            assert_ne!(broken, good, "{good_part}");
            assert_ne!(complaints(&broken), [""; 0], "{good_part}");
        }
        assert!(uppsala::parse(&good.replacen("&lt;", "<", 1)).is_err());
    }

    proptest! {
        #![proptest_config(samples::cases(256))]

        #[test]
        fn any_name_is_read_back(path in names(), key in names(), locale in option::of(names()), said in names()) {
            let results = samples::named(&path, &key, locale.as_deref(), &said);
            let report = report(&results);
            let document = uppsala::parse(&report).unwrap();
            prop_assert_eq!(attributes(&document, "testsuite", "name"), [held(named(&path))]);
            let name = label(&results.files[0].texts[0]);
            prop_assert_eq!(attributes(&document, "testcase", "name"), [held(&name)]);
            prop_assert!(contents(&document, "failure").contains(&held(&said)));
        }
    }
}
