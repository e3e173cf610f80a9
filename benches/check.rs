//! The binary over a tree of 10,000 texts in 200 files: `cargo bench --bench check --features cli`, or
//! `cargo test --benches --all-features` to run it once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde_json::Value;

/// One text in twenty languages; 25 files of each format hold 50 texts each.
const LANGUAGES: [(&str, &str); 20] = [
    (
        "en",
        "{org}: your verification code is {code}. Do not share it.",
    ),
    (
        "cs",
        "{org}: váš ověřovací kód je {code}. Nikomu ho nesdělujte.",
    ),
    ("da", "{org}: din bekræftelseskode er {code}. Del den ikke."),
    (
        "de",
        "{org}: Ihr Bestätigungscode lautet {code}. Nicht weitergeben.",
    ),
    (
        "el",
        "{org}: ο κωδικός σας είναι {code}. Μην τον κοινοποιήσετε.",
    ),
    (
        "es",
        "{org}: su código de verificación es {code}. No lo comparta.",
    ),
    ("fi", "{org}: vahvistuskoodisi on {code}. Älä jaa sitä."),
    ("fr", "{org} : votre code est {code}. Ne le partagez pas."),
    ("hu", "{org}: az ellenőrző kódja {code}. Ne ossza meg."),
    (
        "it",
        "{org}: il codice di verifica è {code}. Non condividerlo.",
    ),
    ("ja", "{org}: 確認コードは{code}です。"),
    ("ko", "{org}: 인증 코드는 {code}입니다."),
    ("nb", "{org}: bekreftelseskoden er {code}. Ikke del den."),
    ("nl", "{org}: je verificatiecode is {code}. Deel hem niet."),
    ("pl", "{org}: Twój kod to {code}. Nie udostępniaj go."),
    ("pt", "{org}: seu código é {code}. Não compartilhe."),
    ("ru", "{org}: ваш код {code}. Никому не сообщайте."),
    ("sv", "{org}: din kod är {code}. Dela den inte."),
    ("tr", "{org}: doğrulama kodunuz {code}. Paylaşmayın."),
    ("uk", "{org}: ваш код {code}. Нікому не кажіть."),
];

const CONFIGURATION: &str = r#"base-locale = "en"
budget = 2
syntax = "brace"
ucs2-locales = ["cs", "el", "hu", "ja", "ko", "pl", "ru", "tr", "uk"]

[values]
code = { characters = "digits", length = 6 }
org = { characters = "gsm7", max = 20 }

[[source]]
files = ["**/{locale}.*"]
"#;

/// What the text of a language is under a number, as the file of a format has it.
fn files(language: &str, text: &str, part: usize) -> (String, String) {
    let texts = (0..50).map(|number| (number, format!("{text} ({part}/{number})")));
    let (extension, content): (_, String) = match part % 4 {
        0 => {
            let texts = texts.map(|(number, text)| format!("  \"sms{number}\": \"{text}\""));
            let texts: Vec<_> = texts.collect();
            ("json", format!("{{\n{}\n}}\n", texts.join(",\n")))
        }
        1 => (
            "yml",
            texts
                .map(|(number, text)| format!("sms{number}: \"{text}\"\n"))
                .collect(),
        ),
        2 => (
            "properties",
            texts
                .map(|(number, text)| format!("sms{number} = {text}\n"))
                .collect(),
        ),
        _ => {
            let texts = texts.map(|(number, text)| format!("    sms{number} = \"{text}\""));
            let texts: Vec<_> = texts.collect();
            (
                "tf",
                format!("locals {{\n  sms = {{\n{}\n  }}\n}}\n", texts.join("\n")),
            )
        }
    };
    (format!("part{part}/{language}.{extension}"), content)
}

/// The tree, made anew.
fn tree() -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check-bench");
    let _ = fs::remove_dir_all(&root);
    for part in 0..10 {
        for (language, text) in LANGUAGES {
            let (path, content) = files(language, text, part);
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder is made");
            fs::write(path, content).expect("a file is written");
        }
    }
    fs::write(root.join("septet.toml"), CONFIGURATION).expect("a file is written");
    root
}

fn check(root: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_septet"))
        .args(["check", "--format", "json"])
        .current_dir(root)
        .output()
        .expect("the binary runs")
}

fn bench(c: &mut Criterion) {
    let root = tree();
    let output = check(&root);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{error}: {}", String::from_utf8_lossy(&output.stderr));
    });
    let totals = &document["totals"];
    assert_eq!(totals["files"], 200);
    assert_eq!(totals["texts"], 10_000);
    assert_eq!(totals["errors"], 0, "{totals}");
    assert_eq!(totals["unknown"], 0);
    assert_eq!(check(&root).stdout, output.stdout);

    let mut group = c.benchmark_group("check");
    group.sample_size(10);
    group.throughput(Throughput::Elements(10_000));
    group.bench_function("200-files", |bencher| bencher.iter(|| check(&root)));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
