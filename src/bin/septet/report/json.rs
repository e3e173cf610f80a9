//! Everything that is known, as data: one document, or a line a text.

use std::sync::Arc;

use serde::Serialize;
use serde_json::value::RawValue;

use septet::telephony::{Currency, Price, Region};
use septet::template::{Costs, Severity, Verdict};

use super::by_text;
use crate::json::line;
use crate::results::{CountryPrice, FileResult, Found, Held, Mend, Results, TextResult, Totals};
use crate::rule::{Rule, SourceLint};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Document<'a> {
    schema: u32,
    totals: &'a Totals,
    assumptions: &'a [String],
    files: Vec<FileData<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct FileData<'a> {
    path: &'a str,
    texts: Vec<TextData<'a>>,
    findings: Vec<FindingData<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct TextData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    key: &'a str,
    locale: Option<&'a str>,
    line: usize,
    column: usize,
    /// The file that the text is from, where this one only hands it on.
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<Origin<'a>>,
    verdict: Verdict,
    held: Option<Held>,
    costs: Option<Costs>,
    before: Option<Costs>,
    budget: Option<usize>,
    prices: Vec<PriceData>,
    /// Sets of edits that make it cheaper, the best first.
    fixes: Vec<FixData<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Origin<'a> {
    path: &'a str,
    line: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct PriceData {
    country: Region,
    currency: Currency,
    micros_per_segment: u64,
    /// Of the message at worst.
    micros: Option<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct FindingData<'a> {
    code: &'static str,
    name: &'static str,
    severity: Severity,
    message: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: usize,
    end: usize,
    /// Which of the file's texts it is about. A line of JSON Lines is about one alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Option<usize>>,
    saving: Option<String>,
    /// Which of the text's fixes mend it, the best first.
    fixes: Vec<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct FixData<'a> {
    safe: bool,
    before: Costs,
    after: Costs,
    edits: Vec<EditData<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct EditData<'a> {
    start: usize,
    end: usize,
    before: &'a str,
    after: &'a str,
    written: Option<&'a str>,
}

/// A line about a text, or about what is wrong where there is none.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Line<'a> {
    path: &'a str,
    #[serde(flatten)]
    about: About<'a>,
    findings: Vec<FindingData<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum About<'a> {
    Text(Box<TextData<'a>>),
    Place {
        /// What could not be read.
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<&'a str>,
        line: usize,
    },
}

pub(super) fn document(results: &Results) -> Vec<u8> {
    let files = results.files.iter().map(|file| {
        let findings = file.findings.iter();
        FileData {
            path: &file.path,
            texts: file
                .texts
                .iter()
                .map(|text| text_data(file, text))
                .collect(),
            findings: findings
                .map(|found| FindingData {
                    text: Some(found.text),
                    ..finding_data(file, found)
                })
                .collect(),
        }
    });
    let document = Document {
        schema: 1,
        totals: &results.totals,
        assumptions: &results.assumptions,
        files: files.collect(),
    };
    let mut out = Vec::new();
    line(&document, &mut out);
    out
}

/// A text a line, with its findings; what is about no text has a line of its own, at its place.
pub(super) fn lines(results: &Results) -> Vec<u8> {
    let mut out = Vec::new();
    for file in &results.files {
        let (of_texts, others) = by_text(file);
        let mut others = others.into_iter().peekable();
        for (text, findings) in file.texts.iter().zip(of_texts) {
            let start = text.text.literal.start;
            while let Some(found) = others.next_if(|found| found.span.start <= start) {
                line(&about_place(file, found), &mut out);
            }
            let findings = findings.into_iter();
            let about_text = Line {
                path: &file.path,
                about: About::Text(Box::new(text_data(file, text))),
                findings: findings.map(|found| finding_data(file, found)).collect(),
            };
            line(&about_text, &mut out);
        }
        others.for_each(|found| line(&about_place(file, found), &mut out));
    }
    out
}

fn about_place<'a>(file: &'a FileResult, found: &'a Found) -> Line<'a> {
    let unread = found.rule == Rule::Source(SourceLint::UnreadableSource);
    let finding = finding_data(file, found);
    Line {
        path: &file.path,
        about: About::Place {
            error: unread.then_some(&found.message),
            line: finding.line,
        },
        findings: vec![finding],
    }
}

fn text_data<'a>(file: &FileResult, text: &'a TextResult) -> TextData<'a> {
    let (line, column) = file.lines.place(&file.source, text.text.literal.start);
    let worst = text.costs.and_then(|costs| costs.worst().segments().get());
    let origin = text.text.origin.as_ref();
    let id = text.text.id.as_deref();
    TextData {
        id: id.and_then(|id| serde_json::from_str(id).ok()),
        key: &text.key,
        locale: text.locale.as_deref(),
        line,
        column,
        origin: origin.map(|(path, line)| Origin { path, line: *line }),
        verdict: text.verdict,
        held: text.held,
        costs: text.costs,
        before: text.before,
        budget: text.budget,
        prices: text
            .prices
            .iter()
            .map(|price| price_data(*price, worst))
            .collect(),
        fixes: text.mends.iter().map(|mend| fix_data(mend)).collect(),
    }
}

fn price_data(price: CountryPrice, segments: Option<usize>) -> PriceData {
    let CountryPrice { region, price } = price;
    let sum = segments.and_then(|segments| price.times(segments as u64));
    PriceData {
        country: region,
        currency: price.currency(),
        micros_per_segment: price.micros(),
        micros: sum.map(Price::micros),
    }
}

fn finding_data<'a>(file: &FileResult, found: &'a Found) -> FindingData<'a> {
    let (line, column) = file.lines.place(&file.source, found.span.start);
    let (end_line, end_column) = file.lines.place(&file.source, found.span.end);
    FindingData {
        code: found.rule.code(),
        name: found.rule.name(),
        severity: found.severity,
        message: &found.message,
        line,
        column,
        end_line,
        end_column,
        start: found.span.start,
        end: found.span.end,
        text: None,
        saving: found.saving(),
        fixes: found
            .mends
            .iter()
            .filter_map(|wanted| {
                let mut mends = file.text_of(found)?.mends.iter();
                mends.position(|mend| Arc::ptr_eq(mend, wanted))
            })
            .collect(),
    }
}

fn fix_data(mend: &Mend) -> FixData<'_> {
    let edits = mend.edits.iter().map(|edit| EditData {
        start: edit.span.start,
        end: edit.span.end,
        before: &edit.before,
        after: &edit.after,
        written: edit.written.as_deref(),
    });
    FixData {
        safe: mend.safe,
        before: mend.before,
        after: mend.after,
        edits: edits.collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::samples::{self, Sample};
    use super::*;

    fn parsed(report: &[u8]) -> Value {
        serde_json::from_slice(report).unwrap()
    }

    fn each_line(report: &[u8]) -> Vec<Value> {
        let lines = core::str::from_utf8(report).unwrap().lines();
        lines.map(|line| parsed(line.as_bytes())).collect()
    }

    #[test]
    fn the_document_holds_every_file_text_and_finding_as_it_is() {
        let results = samples::hostile();
        let document = parsed(&document(&results));
        assert_eq!(document["schema"], 1);
        assert_eq!(
            document["totals"]["held-by-baseline"],
            json!(samples::HOSTILE.len())
        );
        assert_eq!(document["assumptions"], json!(results.assumptions));
        assert_eq!(
            document["files"].as_array().unwrap().len(),
            results.files.len()
        );
        for (file, data) in results
            .files
            .iter()
            .zip(document["files"].as_array().unwrap())
        {
            assert_eq!(data["path"], *file.path);
            for (text, data) in file.texts.iter().zip(data["texts"].as_array().unwrap()) {
                assert_eq!(data["key"], *text.key);
                assert_eq!(data["locale"], json!(text.locale));
                assert_eq!(data["costs"], serde_json::to_value(text.costs).unwrap());
            }
            assert_eq!(
                data["findings"].as_array().unwrap().len(),
                file.findings.len()
            );
            for (found, data) in file
                .findings
                .iter()
                .zip(data["findings"].as_array().unwrap())
            {
                assert_eq!(data["message"], *found.message);
                assert_eq!(data["text"], json!(found.text));
                assert_eq!(data["fixes"].as_array().unwrap().len(), found.mends.len());
            }
        }
    }

    #[test]
    fn keys_are_those_that_are_documented() {
        let text = "It’s a long text, just so that its 71 code units do not fit one message";
        let sample = Sample {
            key: "a.b",
            locale: Some("fr"),
            text,
        };
        let mut file = samples::file("x.json", &[sample]);
        file.texts[0].prices = vec![samples::price("FR", "EUR", 75_900)];
        let cost = |segments: usize, encoding: &str, units: usize| {
            let cost = json!({
                "segments": {"exact": segments}, "encoding": encoding, "units": units,
            });
            json!({"best": cost, "typical": cost, "worst": cost})
        };
        let [before, after] = [cost(2, "ucs2", 71), cost(1, "gsm7", 71)];
        let text = serde_json::to_value(text_data(&file, &file.texts[0])).unwrap();
        assert_eq!(
            text,
            json!({
                "key": "a.b", "locale": "fr", "line": 1, "column": 1, "verdict": "new",
                "held": null, "costs": before, "before": null, "budget": 1,
                "prices": [{
                    "country": "FR", "currency": "EUR",
                    "micros-per-segment": 75_900, "micros": 151_800,
                }],
                "fixes": [{
                    "safe": true, "before": before, "after": after,
                    "edits": [{
                        "start": 3, "end": 6, "before": "’", "after": "'", "written": "'",
                    }],
                }],
            })
        );
        let forced = file
            .findings
            .iter()
            .find(|found| found.rule.code() == "SMS101")
            .unwrap();
        assert_eq!(
            serde_json::to_value(finding_data(&file, forced)).unwrap(),
            json!({
                "code": "SMS101", "name": "forces-ucs2", "severity": "warning",
                "message": "U+2019 makes the message UCS-2; write `'`",
                "line": 1, "column": 4, "end-line": 1, "end-column": 5, "start": 3, "end": 6,
                "saving": "2 segments at worst, 1 if this changes",
                "fixes": [0],
            })
        );
    }

    #[test]
    fn lines_are_texts_in_order_with_what_is_about_none_between_them() {
        let results = samples::hostile();
        let report = lines(&results);
        let findings = samples::findings(&results);
        let each = each_line(&report);
        let found: Vec<_> = each
            .iter()
            .flat_map(|line| line["findings"].as_array().unwrap())
            .collect();
        assert_eq!(found.len(), findings);
        let found: String = found
            .iter()
            .map(|found| found["message"].as_str().unwrap())
            .collect();
        assert_eq!(samples::counts(&found, findings), vec![1; findings]);
        let first: Vec<_> = each[..4]
            .iter()
            .map(|line| (line["key"].as_str(), line["error"].is_string()))
            .collect();
        let [one, two] = [samples::HOSTILE[0], samples::HOSTILE[1]];
        assert_eq!(
            first,
            [
                (None, true),
                (Some(one), false),
                (Some(one), false),
                (Some(two), false)
            ]
        );
        assert_eq!(each[2]["held"], "baseline");
    }

    #[test]
    fn an_id_comes_back_as_it_was_written_and_so_does_where_a_text_is_from() {
        let report = String::from_utf8(lines(&samples::hostile())).unwrap();
        assert_eq!(report.matches(r#""id":{ "a" : 1e2 },"#).count(), 1);
        let line = report.lines().find(|line| line.contains("\"id\"")).unwrap();
        let line = parsed(line.as_bytes());
        assert_eq!(
            line["origin"],
            json!({"path": "../src/\u{202E} x.c", "line": 7})
        );
        assert_eq!((&line["path"], &line["line"]), (&json!("-"), &json!(1)));
    }

    #[test]
    fn what_excuses_nothing_is_no_error() {
        let results = samples::hostile();
        let last = each_line(&lines(&results)).pop().unwrap();
        assert_eq!(last.get("error"), None);
        assert_eq!(last["findings"][0]["name"], "unused-allow");
        assert!(lines(&samples::nothing()).is_empty());
    }
}
