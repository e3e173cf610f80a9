//! Runs the binary in a folder of its own.

#![allow(dead_code, reason = "each test file uses what it needs")]

use core::sync::atomic::{AtomicUsize, Ordering};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// How a run of the binary ended.
pub(crate) struct Run {
    arguments: Vec<String>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: i32,
}

impl Run {
    /// All that a user sees, with the command in front and the exit status behind.
    pub(crate) fn transcript(&self) -> String {
        let mut all = format!("$ septet {}\n{}", self.arguments.join(" "), self.stdout);
        if !all.ends_with('\n') {
            all.push('\n');
        }
        if !self.stderr.is_empty() {
            all += "--- standard error\n";
            all += &self.stderr;
        }
        all += &format!("--- exit status {}\n", self.status);
        all
    }
}

/// Runs the binary in a folder, with some input. Its output has to be UTF-8.
pub(crate) fn septet_in(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_septet"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("GIT_DIR")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let input = input.to_vec();
    // Written aside, since the binary may answer before it has read everything, or read nothing.
    let writer = thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the binary ends");
    writer.join().expect("the input is written");
    Run {
        arguments: arguments
            .iter()
            .map(|argument| argument.to_string())
            .collect(),
        stdout: String::from_utf8(output.stdout).expect("output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("complaints are UTF-8"),
        status: output.status.code().expect("it ends by itself"),
    }
}

/// A folder for one test, gone when it is dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// A folder that looks like the root of a repository, so that no configuration above is found.
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("septet-{}-{number}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(path.join(".git")).expect("a folder is made");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file, and the folders that lead to it.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder is made");
        fs::write(path, content).expect("a file is written");
        self
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).expect("a file is read")
    }

    pub(crate) fn septet(&self, arguments: &[&str]) -> Run {
        septet_in(&self.0, arguments, b"")
    }

    /// Runs git, which has to succeed.
    pub(crate) fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .args([
                "-c",
                "user.name=Tests",
                "-c",
                "user.email=tests@example.com",
            ])
            .args([
                "-c",
                "init.defaultBranch=main",
                "-c",
                "commit.gpgSign=false",
            ])
            .args(arguments)
            .current_dir(&self.0)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .output()
            .expect("git runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
