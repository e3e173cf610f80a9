//! Data flows one way: text, encoding, segments, octets. This is the table of who may import whom.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A module of the library, and the other modules that it may name.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("alphabet", &[]),
    ("capacity", &[]),
    ("hex", &[]),
    ("encoding", &["alphabet"]),
    ("segment", &["alphabet", "capacity", "encoding", "hex"]),
    ("message", &["alphabet", "encoding", "segment"]),
    ("repair", &["alphabet", "encoding", "message", "segment"]),
    ("telephony", &[]),
    ("sender", &["alphabet", "telephony"]),
    ("phone", &["telephony"]),
    (
        "template",
        &[
            "alphabet", "capacity", "encoding", "message", "repair", "segment",
        ],
    ),
    (
        "wire",
        &["alphabet", "capacity", "encoding", "hex", "segment"],
    ),
];

#[test]
fn modules_import_only_what_comes_before_them() {
    for (module, allowed) in MAY_IMPORT {
        let imported = imports(module);
        let allowed: BTreeSet<_> = allowed.iter().map(|name| name.to_string()).collect();
        assert_eq!(
            imported, allowed,
            "left: what `{module}` imports; right: what the table says"
        );
    }
}

#[test]
fn the_table_has_every_module_of_the_library() {
    let names = fs::read_dir(source())
        .expect("src is there")
        .filter_map(|entry| {
            let path = entry.expect("src can be read").path();
            let name = path.file_stem()?.to_str()?.to_owned();
            (name != "lib" && name != "bin").then_some(name)
        });
    let modules: BTreeSet<_> = names.collect();
    let table: BTreeSet<_> = MAY_IMPORT
        .iter()
        .map(|(name, _)| name.to_string())
        .collect();
    assert_eq!(modules, table);
}

#[test]
fn an_import_against_the_stream_would_be_found() {
    let source = "use crate::wire::UserData;\n// crate::phone\nfn f() { crate::message::g() }";
    let found: Vec<_> = names_after_crate(source).collect();
    assert_eq!(found, ["wire", "message"]);
}

/// The modules of the crate that a module names, other than itself.
fn imports(module: &str) -> BTreeSet<String> {
    let mut imported = BTreeSet::new();
    for file in files(module) {
        let text = fs::read_to_string(&file).expect("a source file can be read");
        assert!(
            !text.contains("crate::{"),
            "{}: one path an import, please",
            file.display()
        );
        imported.extend(names_after_crate(&text).map(str::to_owned));
    }
    imported.remove(module);
    imported
}

fn names_after_crate(text: &str) -> impl Iterator<Item = &str> {
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| {
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                .unwrap_or(rest.len());
            &rest[..end]
        })
}

/// The files of a module: one of its name, and those in a folder of its name.
fn files(module: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![source().join(module)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("a folder can be read").path();
            if path.is_dir() {
                folders.push(path)
            } else {
                files.push(path)
            }
        }
    }
    files.extend(Some(source().join(format!("{module}.rs"))).filter(|file| file.exists()));
    assert!(!files.is_empty(), "module `{module}` has files");
    files
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}
