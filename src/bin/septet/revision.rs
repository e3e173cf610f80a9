//! What did files hold in a revision of git?
//!
//! The command `git` is asked, not a library: the one that made the repository knows how it is kept
//! (worktrees, SHA-256, reftables, alternates) and whom its user trusts.

use core::str;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;

use crate::Failure;
use crate::terminal::{seen, visible_path};

/// A file of a revision.
pub(crate) struct OldFile {
    /// Relative to the folder asked about, with `/` between its parts.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

/// Reads the files of a revision that lie in a folder and are wanted, in the order of their paths.
/// No filter runs, no link is followed, nothing in the repository is written. A name that is not
/// UTF-8 is never wanted.
pub(crate) fn files(
    folder: &Path,
    revision: &str,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<OldFile>, Failure> {
    Repository::new(&|| Command::new("git"), folder)?.files(revision, wanted)
}

struct Repository<'a> {
    git: &'a dyn Fn() -> Command,
    folder: &'a Path,
    is_shallow: bool,
}

impl<'a> Repository<'a> {
    fn new(git: &'a dyn Fn() -> Command, folder: &'a Path) -> Result<Self, Failure> {
        let mut repository = Self {
            git,
            folder,
            is_shallow: false,
        };
        let output = repository.run(
            &[
                "rev-parse",
                "--is-inside-work-tree",
                "--is-shallow-repository",
            ],
            &[],
        )?;
        if !output.status.success() {
            let said = words(&output.stderr);
            return Err(
                repository.failure(if said.contains("not a git repository") {
                    "is in no repository of git, so there is no revision to compare with".to_owned()
                } else {
                    format!("git cannot read the repository: {said}")
                }),
            );
        }
        let mut answers = output.stdout.split(|byte| *byte == b'\n');
        if answers.next() != Some(b"true") {
            return Err(
                repository.failure("is in no work tree of git; check a folder with the files")
            );
        }
        repository.is_shallow = answers.next() == Some(b"true");
        Ok(repository)
    }

    fn files(
        &self,
        revision: &str,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<OldFile>, Failure> {
        let commit = self.commit(revision)?;
        let list = self.run(&["ls-tree", "-r", "-z", &commit], &[])?;
        if !list.status.success() {
            return Err(self.unreadable(revision, &words(&list.stderr)));
        }
        let entries = list.stdout.split(|byte| *byte == 0).filter_map(regular);
        let entries: Vec<_> = entries.filter(|(_, path)| wanted(path)).collect();
        let mut requests = Vec::new();
        for (object, _) in &entries {
            requests.extend_from_slice(object);
            requests.push(b'\n');
        }
        let objects = self.run(&["cat-file", "--batch"], &requests)?;
        let mut rest = objects.stdout.as_slice();
        let mut files = Vec::with_capacity(entries.len());
        for (_, path) in entries {
            let bytes = blob(&mut rest).ok_or_else(|| {
                let path = seen(path);
                let said = words(&objects.stderr);
                let lead = if said.is_empty() {
                    ""
                } else {
                    ", and git says: "
                };
                self.unreadable(revision, &format!("{path} is missing{lead}{said}"))
            })?;
            files.push(OldFile {
                path: path.to_owned(),
                bytes: bytes.to_vec(),
            });
        }
        Ok(files)
    }

    /// The name of the commit that a revision is.
    fn commit(&self, revision: &str) -> Result<String, Failure> {
        let commit = format!("{revision}^{{commit}}");
        // What begins with `-` is no option.
        let verify = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
        let output = self.run(&[&verify[..], &[&commit]].concat(), &[])?;
        let name = str::from_utf8(output.stdout.trim_ascii_end()).unwrap_or_default();
        match output.status.code() {
            Some(0) if name.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                return Ok(name.to_owned());
            }
            // `^REV` is a revision to git, which means all that is not in REV.
            Some(0 | 1) => {}
            _ => return Err(self.unreadable(revision, &words(&output.stderr))),
        }
        let remedy = if self.is_shallow {
            "the clone is shallow; fetch more history, e.g. git fetch --unshallow, or \
             actions/checkout with fetch-depth: 0"
        } else {
            "fetch it first, e.g. git fetch origin, or see git branch --all for names"
        };
        let revision = seen(revision);
        Err(self.failure(format!("there is no commit `{revision}` here; {remedy}")))
    }

    /// Runs git in the folder, with input.
    fn run(&self, args: &[&str], input: &[u8]) -> Result<Output, Failure> {
        let mut command = (self.git)();
        command
            // Nothing that a repository configures may run, and none is taken for one that lies in
            // it as files of its own.
            .arg("--no-pager")
            .args(["-c", "core.fsmonitor=false"])
            .args(["-c", "safe.bareRepository=explicit"])
            .arg("-C")
            .arg(self.folder)
            .args(args)
            // A hook has them for its own repository, and relative to its own folder.
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_COMMON_DIR")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_TERMINAL_PROMPT", "0")
            // Nothing is fetched; before 2.45 git knows only the second.
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "none")
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut run = || -> io::Result<Output> {
            let mut child = command.spawn()?;
            let pipe = child.stdin.take();
            // Git answers before it has read all, and then waits until the answer is read.
            thread::scope(|scope| {
                // Where git ends before it has read all, what it says of that is what counts.
                let write = || pipe.map(|mut pipe| pipe.write_all(input));
                thread::Builder::new().spawn_scoped(scope, write)?;
                child.wait_with_output()
            })
        };
        run().map_err(|error| match error.kind() {
            ErrorKind::NotFound => Failure::new(
                "git was not found; install it, or add it to PATH, to compare with a revision",
            ),
            _ => Failure::new(format!("git cannot be run: {error}")),
        })
    }

    fn unreadable(&self, revision: &str, said: &str) -> Failure {
        let revision = seen(revision);
        self.failure(format!(
            "not all of `{revision}` is here: {said}; if the clone is partial, clone without \
             --filter"
        ))
    }

    fn failure(&self, what: impl core::fmt::Display) -> Failure {
        Failure::new(format!("{}: {what}", visible_path(self.folder)))
    }
}

/// The object and path of a line of `git ls-tree -z`, where it is a regular file.
fn regular(entry: &[u8]) -> Option<(&[u8], &str)> {
    let tab = entry.iter().position(|byte| *byte == b'\t')?;
    let (about, path) = entry.split_at_checked(tab)?;
    let mut about = about.split(|byte| *byte == b' ');
    let (mode, kind, object) = (about.next()?, about.next()?, about.next()?);
    // Links and submodules have other modes.
    let is_regular = mode.starts_with(b"100") && kind == b"blob";
    Some((object, str::from_utf8(path.get(1..)?).ok()?)).filter(|_| is_regular)
}

/// Takes the next object from what `git cat-file --batch` wrote: a line that ends with its size,
/// and its bytes with a line feed behind them. Nothing where there is none.
fn blob<'o>(rest: &mut &'o [u8]) -> Option<&'o [u8]> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let (head, behind) = rest.split_at_checked(end + 1)?;
    let (_, size) = str::from_utf8(head).ok()?.trim_end().split_once(" blob ")?;
    let (bytes, behind) = behind.split_at_checked(size.parse().ok()?)?;
    *rest = behind.strip_prefix(b"\n")?;
    Some(bytes)
}

/// What git says, fit to be shown.
fn words(stderr: &[u8]) -> String {
    let said = String::from_utf8_lossy(stderr);
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let lines = lines.map(seen);
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::*;

    /// A folder with a repository in `repository`, and git as it is where nobody configured it.
    struct Lab {
        folder: TempDir,
    }

    impl Lab {
        fn new() -> Self {
            let lab = Self::empty();
            lab.run(
                lab.folder.path(),
                &["init", "-q", "-b", "main", "repository"],
            );
            lab
        }

        fn empty() -> Self {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("home")).unwrap();
            Self { folder }
        }

        fn repository(&self) -> PathBuf {
            self.folder.path().join("repository")
        }

        fn git(&self) -> Command {
            let mut git = Command::new("git");
            for (name, _) in std::env::vars_os() {
                if name.to_string_lossy().starts_with("GIT_") {
                    git.env_remove(name);
                }
            }
            git.env("HOME", self.folder.path().join("home"))
                .env("XDG_CONFIG_HOME", self.folder.path().join("home"))
                .env("GIT_CONFIG_GLOBAL", "/dev/null")
                .env("GIT_CONFIG_SYSTEM", "/dev/null")
                .env("GIT_COMMITTER_NAME", "A")
                .env("GIT_COMMITTER_EMAIL", "a@b")
                .env(
                    "GIT_CEILING_DIRECTORIES",
                    self.folder.path().canonicalize().unwrap(),
                );
            git
        }

        /// Runs git to set something up.
        fn run(&self, folder: &Path, args: &[&str]) -> String {
            let output = self.git().arg("-C").arg(folder).args(args).output();
            let output = output.expect("these tests need git");
            assert!(
                output.status.success(),
                "{args:?}: {}",
                words(&output.stderr)
            );
            String::from_utf8(output.stdout).unwrap()
        }

        /// Commits files of a mode, by name, and nothing else.
        fn commit(&self, files: &[(&str, &[u8], &[u8])]) {
            let mut stream =
                b"commit refs/heads/main\ncommitter A <a@b> 0 +0000\ndata 0\n".to_vec();
            let is_there = ["rev-parse", "--verify", "--quiet", "main"];
            let is_there = self
                .git()
                .arg("-C")
                .arg(self.repository())
                .args(is_there)
                .output();
            if is_there.unwrap().status.success() {
                stream.extend(b"from refs/heads/main^0\ndeleteall\n");
            }
            for (mode, name, bytes) in files {
                let name: String = name.iter().map(|byte| format!("\\{byte:03o}")).collect();
                if *mode == "160000" {
                    let object = str::from_utf8(bytes).unwrap();
                    stream.extend(format!("M 160000 {object} \"{name}\"\n").as_bytes());
                    continue;
                }
                stream.extend(
                    format!("M {mode} inline \"{name}\"\ndata {}\n", bytes.len()).as_bytes(),
                );
                stream.extend(*bytes);
                stream.push(b'\n');
            }
            let mut git = self.git();
            git.arg("-C")
                .arg(self.repository())
                .args(["fast-import", "--quiet"]);
            let mut child = git.stdin(Stdio::piped()).spawn().unwrap();
            child.stdin.take().unwrap().write_all(&stream).unwrap();
            assert!(child.wait().unwrap().success());
        }

        fn files(&self, folder: &Path, revision: &str) -> Result<Vec<(String, Vec<u8>)>, String> {
            self.wanted(folder, revision, &|_| true)
        }

        fn wanted(
            &self,
            folder: &Path,
            revision: &str,
            wanted: &dyn Fn(&str) -> bool,
        ) -> Result<Vec<(String, Vec<u8>)>, String> {
            read(&|| self.git(), folder, revision, wanted)
        }

        /// The message, which is fit to be shown.
        fn complaint(&self, folder: &Path, revision: &str) -> String {
            shown(self.files(folder, revision))
        }
    }

    fn read(
        git: &dyn Fn() -> Command,
        folder: &Path,
        revision: &str,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<(String, Vec<u8>)>, String> {
        let files = Repository::new(git, folder)
            .and_then(|repository| repository.files(revision, wanted))
            .map_err(|failure| failure.0)?;
        Ok(files
            .into_iter()
            .map(|file| (file.path, file.bytes))
            .collect())
    }

    fn shown(result: Result<Vec<(String, Vec<u8>)>, String>) -> String {
        let complaint = result.unwrap_err();
        for line in complaint.lines() {
            assert!(!line.contains(crate::terminal::is_hidden), "{complaint:?}");
        }
        complaint
    }

    fn names(files: Result<Vec<(String, Vec<u8>)>, String>) -> Vec<String> {
        files.unwrap().into_iter().map(|(name, _)| name).collect()
    }

    fn pair(name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
        (name.to_owned(), bytes.to_vec())
    }

    const FILE: &str = "100644";

    #[test]
    fn files_are_as_they_were_committed() {
        let lab = Lab::new();
        lab.commit(&[
            (FILE, b"a", b"one"),
            (FILE, b"old", b"two"),
            (FILE, b"z", b""),
        ]);
        lab.commit(&[(FILE, b"a", b"changed"), (FILE, b"new", b"two")]);
        fs::write(lab.repository().join("a"), "of the work tree").unwrap();
        let old = vec![pair("a", b"one"), pair("old", b"two"), pair("z", b"")];
        let new = vec![pair("a", b"changed"), pair("new", b"two")];
        let repository = lab.repository();
        lab.run(&repository, &["tag", "-a", "-m", "x", "v1", "HEAD~1"]);
        for revision in ["HEAD~1", "main^", "v1"] {
            assert_eq!(lab.files(&repository, revision).unwrap(), old, "{revision}");
        }
        for revision in ["HEAD", "main", "@"] {
            assert_eq!(lab.files(&repository, revision).unwrap(), new, "{revision}");
        }
    }

    #[test]
    fn names_may_hold_anything_and_come_in_order() {
        let lab = Lab::new();
        let all = [
            "a b",
            "a/b",
            "a-b",
            "a.b",
            "a\nb",
            "a\tb",
            "\"a\"",
            "'a'",
            "a\\b",
            "ä/漢",
            "-a",
            ":(top)a",
            "*",
            "\u{1b}[31m",
            "\r",
            " ",
        ];
        let files: Vec<_> = all
            .iter()
            .map(|name| (FILE, name.as_bytes(), name.as_bytes()))
            .collect();
        let invalid: (_, &[u8], &[u8]) = (FILE, b"a\xFFb", b"never seen");
        lab.commit(&[&files[..], &[invalid]].concat());
        let mut expected: Vec<_> = all.iter().map(|name| pair(name, name.as_bytes())).collect();
        expected.sort();
        assert_eq!(lab.files(&lab.repository(), "HEAD").unwrap(), expected);
    }

    #[test]
    fn links_and_submodules_are_no_files() {
        let lab = Lab::new();
        lab.commit(&[(FILE, b"file", b"x")]);
        let commit = lab.run(&lab.repository(), &["rev-parse", "HEAD"]);
        lab.commit(&[
            (FILE, b"file", b"x"),
            ("120000", b"link", b"file"),
            ("100755", b"script", b"y"),
            ("160000", b"submodule", commit.trim().as_bytes()),
        ]);
        let expected = vec![pair("file", b"x"), pair("script", b"y")];
        assert_eq!(lab.files(&lab.repository(), "HEAD").unwrap(), expected);
    }

    #[test]
    fn a_folder_has_its_own_files_by_names_within_it() {
        let lab = Lab::new();
        let repository = lab.repository();
        lab.commit(&[
            (FILE, b"a/[b]*/x/y", b"1"),
            (FILE, b"a/[b]*/z", b"2"),
            (FILE, b"a/b/z", b"3"),
            (FILE, b"a/[b]*2", b"4"),
            (FILE, b"top", b"5"),
        ]);
        let folder = repository.join("a").join("[b]*");
        fs::create_dir_all(&folder).unwrap();
        assert_eq!(names(lab.files(&folder, "HEAD")), ["x/y", "z"]);
        let new = repository.join("new");
        fs::create_dir(&new).unwrap();
        assert_eq!(names(lab.files(&new, "HEAD")), [""; 0]);
        assert_eq!(lab.files(&repository, "HEAD").unwrap().len(), 5);
    }

    #[test]
    fn nothing_that_a_repository_configures_runs() {
        let lab = Lab::new();
        let repository = lab.repository();
        let marker = lab.folder.path().join("ran");
        let attributes = b"* text eol=crlf filter=evil diff=evil\n";
        lab.commit(&[
            (FILE, b".gitattributes", attributes),
            (FILE, b"a", b"1\n2\r\n"),
        ]);
        let command = format!("touch '{}'; cat", marker.display());
        for name in [
            "filter.evil.smudge",
            "filter.evil.clean",
            "diff.evil.textconv",
            "core.fsmonitor",
            "core.pager",
            "pager.ls-tree",
            "pager.cat-file",
            "alias.ls-tree",
        ] {
            lab.run(&repository, &["config", name, &command]);
        }
        lab.run(&repository, &["config", "core.autocrlf", "true"]);
        let files = lab.files(&repository, "HEAD").unwrap();
        assert_eq!(files[1], pair("a", b"1\n2\r\n"));
        assert!(!marker.exists());
        lab.run(&repository, &["reset", "-q", "--hard"]);
        assert!(marker.exists(), "the trap was not set");
    }

    #[test]
    fn many_files_and_large_ones_do_not_stop_each_other() {
        let lab = Lab::new();
        // More requests and more answers than a pipe holds.
        let names: Vec<_> = (0..2_000).map(|at| format!("{at:040}")).collect();
        let kilobyte = [b'x'; 1 << 10];
        let large = vec![b'\n'; 20 << 20];
        let mut files: Vec<_> = names
            .iter()
            .map(|name| (FILE, name.as_bytes(), &kilobyte[..]))
            .collect();
        files.insert(0, (FILE, b"-", &large));
        lab.commit(&files);
        let read = lab.files(&lab.repository(), "HEAD").unwrap();
        assert_eq!(read.len(), files.len());
        for ((name, bytes), (_, expected, content)) in read.iter().zip(&files) {
            assert_eq!(name.as_bytes(), *expected);
            assert!(bytes == content, "{name}");
        }
    }

    #[test]
    fn linked_work_trees_and_other_hashes_are_read() {
        let lab = Lab::new();
        lab.commit(&[(FILE, b"a", b"1")]);
        let linked = lab.folder.path().join("linked");
        let name = linked.to_str().unwrap();
        lab.run(
            &lab.repository(),
            &["worktree", "add", "-q", "--detach", name],
        );
        assert_eq!(lab.files(&linked, "main").unwrap(), [pair("a", b"1")]);

        let lab = Lab::empty();
        let long = [
            "init",
            "-q",
            "-b",
            "main",
            "--object-format=sha256",
            "repository",
        ];
        lab.run(lab.folder.path(), &long);
        lab.commit(&[(FILE, b"a", b"1")]);
        assert_eq!(
            lab.files(&lab.repository(), "main").unwrap(),
            [pair("a", b"1")]
        );
    }

    #[test]
    fn a_hook_does_not_point_at_another_repository() {
        let lab = Lab::new();
        lab.commit(&[(FILE, b"a/b", b"1")]);
        let folder = lab.repository().join("a");
        fs::create_dir(&folder).unwrap();
        let git = || {
            let mut git = lab.git();
            git.env("GIT_DIR", ".git")
                .env("GIT_WORK_TREE", ".")
                .env("GIT_PREFIX", "x/");
            git
        };
        assert_eq!(
            read(&git, &folder, "main", &|_| true).unwrap(),
            [pair("b", b"1")]
        );
    }

    #[test]
    fn without_git_it_says_so() {
        let lab = Lab::new();
        let git = || Command::new(lab.folder.path().join("no-git"));
        let complaint = shown(read(&git, &lab.repository(), "HEAD", &|_| true));
        assert!(
            complaint.starts_with("git was not found; install it"),
            "{complaint}"
        );
    }

    #[test]
    fn a_folder_without_a_work_tree_is_told() {
        let lab = Lab::new();
        lab.commit(&[(FILE, b"a", b"1")]);
        let top = lab.folder.path();
        lab.run(top, &["clone", "-q", "--bare", "repository", "bare"]);
        for (folder, expected) in [
            (top.to_owned(), "is in no repository of git"),
            (top.join("missing"), "No such file or directory"),
            (top.join("bare"), "cannot use bare repository"),
            (lab.repository().join(".git"), "is in no work tree of git"),
        ] {
            let complaint = lab.complaint(&folder, "main");
            assert!(complaint.starts_with(&visible_path(&folder)), "{complaint}");
            assert!(complaint.contains(expected), "{complaint}");
        }
    }

    #[test]
    fn a_repository_among_checked_in_files_is_not_asked() {
        let lab = Lab::new();
        lab.commit(&[(FILE, b"a", b"1")]);
        let inner = lab.repository().join("inner");
        lab.run(&lab.repository(), &["clone", "-q", "--bare", ".", "inner"]);
        assert!(
            lab.complaint(&inner, "main")
                .contains("cannot use bare repository")
        );
    }

    #[test]
    fn a_repository_of_another_user_is_refused_in_the_words_of_git() {
        let lab = Lab::new();
        lab.commit(&[(FILE, b"a", b"1")]);
        let git = || {
            let mut git = lab.git();
            git.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
            git
        };
        let complaint = shown(read(&git, &lab.repository(), "main", &|_| true));
        assert!(
            complaint.contains("detected dubious ownership"),
            "{complaint}"
        );
        assert!(
            complaint.contains("git config --global --add safe.directory"),
            "{complaint}"
        );
    }

    #[test]
    fn what_is_no_commit_is_told() {
        let lab = Lab::new();
        let repository = lab.repository();
        let expected = "fetch it first, e.g. git fetch origin";
        // Nothing is committed yet.
        assert!(lab.complaint(&repository, "HEAD").contains(expected));
        lab.commit(&[(FILE, b"a", b"1")]);
        lab.commit(&[(FILE, b"a", b"2")]);
        let no_object = "0123456789".repeat(4);
        for revision in [
            "",
            " ",
            "nope",
            "HEAD~2",
            "HEAD:a",
            "HEAD^{tree}",
            "HEAD~1..HEAD",
            "HEAD^@",
            "^HEAD",
            "--all",
            "--git-dir",
            "-h",
            "--help",
            "--output=x",
            "\u{1b}[31m",
            "a\nb",
            "\u{202e}",
            &no_object,
        ] {
            let complaint = lab.complaint(&repository, revision);
            assert!(
                complaint.contains("there is no commit `"),
                "{revision}: {complaint}"
            );
            assert!(complaint.contains(expected), "{revision}: {complaint}");
        }
        assert!(
            lab.complaint(&repository, "a\0b")
                .starts_with("git cannot be run: ")
        );
    }

    /// Clones over the protocol that clones of servers are made with.
    fn clone(lab: &Lab, option: &str) -> PathBuf {
        lab.run(
            &lab.repository(),
            &["config", "uploadpack.allowFilter", "true"],
        );
        let url = format!("file://{}", lab.repository().display());
        lab.run(
            lab.folder.path(),
            &["clone", "-q", "--no-checkout", option, &url, "clone"],
        );
        lab.folder.path().join("clone")
    }

    #[test]
    fn a_shallow_clone_is_told_to_fetch_more() {
        let lab = Lab::new();
        lab.commit(&[(FILE, b"a", b"1")]);
        lab.commit(&[(FILE, b"a", b"2")]);
        let first = lab.run(&lab.repository(), &["rev-parse", "HEAD~1"]);
        let clone = clone(&lab, "--depth=1");
        assert_eq!(lab.files(&clone, "HEAD").unwrap(), [pair("a", b"2")]);
        for revision in ["HEAD~1", first.trim(), "origin/other"] {
            let complaint = lab.complaint(&clone, revision);
            assert!(
                complaint.contains("the clone is shallow; fetch more history"),
                "{complaint}"
            );
        }
        lab.run(&clone, &["fetch", "-q", "--unshallow"]);
        assert_eq!(lab.files(&clone, "HEAD~1").unwrap(), [pair("a", b"1")]);
    }

    #[test]
    fn a_partial_clone_fetches_nothing_and_says_what_is_missing() {
        for option in [
            "--filter=blob:limit=2",
            "--filter=blob:none",
            "--filter=tree:0",
        ] {
            for is_old in [false, true] {
                let lab = Lab::new();
                lab.commit(&[(FILE, b"a", b"1"), (FILE, b"b", b"longer")]);
                let clone = clone(&lab, option);
                let git = || {
                    let mut git = lab.git();
                    if is_old {
                        // What `git` before 2.45 makes of the variable.
                        let script = "unset GIT_NO_LAZY_FETCH; exec git \"$@\"";
                        let mut old = Command::new("sh");
                        old.envs(
                            git.get_envs()
                                .filter_map(|(name, value)| Some((name, value?))),
                        );
                        old.args(["-c", script, "git"]);
                        git = old;
                    }
                    git
                };
                for _ in 0..2 {
                    let complaint = shown(read(&git, &clone, "HEAD", &|_| true));
                    assert!(
                        complaint.contains("not all of `HEAD` is here"),
                        "{complaint}"
                    );
                    assert!(complaint.contains("clone without --filter"), "{complaint}");
                }
                if option.contains("limit") {
                    let wanted = |name: &str| name == "a";
                    assert_eq!(
                        read(&git, &clone, "HEAD", &wanted).unwrap(),
                        [pair("a", b"1")]
                    );
                }
            }
        }
    }

    #[test]
    fn a_broken_repository_is_told() {
        for (object, is_there, expected) in [
            ("main:a\u{1b}", false, "a⟨U+001B⟩ is missing"),
            ("main:a\u{1b}", true, "a⟨U+001B⟩ is missing, and git says: "),
            ("main^{tree}", false, "not all of `main` is here: fatal: "),
            ("main^{tree}", true, "not all of `main` is here: error: "),
            ("main", false, "there is no commit `main` here"),
            ("main", true, "not all of `main` is here: error: "),
        ] {
            let lab = Lab::new();
            lab.commit(&[(FILE, "a\u{1b}".as_bytes(), b"1")]);
            let name = lab.run(&lab.repository(), &["rev-parse", object]);
            let (folder, name) = name.trim().split_at(2);
            let path = lab
                .repository()
                .join(".git/objects")
                .join(folder)
                .join(name);
            fs::remove_file(&path).unwrap();
            if is_there {
                fs::write(&path, "broken").unwrap();
            }
            let complaint = lab.complaint(&lab.repository(), "main");
            assert!(
                complaint.contains(expected),
                "{object} {is_there}: {complaint}"
            );
        }
    }

    #[test]
    fn answers_of_git_that_are_cut_off_are_no_objects() {
        let whole = b"0a blob 3\na\nb\n0b blob 0\n\n";
        let mut rest = &whole[..];
        assert_eq!(blob(&mut rest), Some(&b"a\nb"[..]));
        assert_eq!(blob(&mut rest), Some(&b""[..]));
        assert_eq!(blob(&mut rest), None);
        for end in 0..14 {
            assert_eq!(blob(&mut &whole[..end]), None, "{end}");
        }
        for odd in [
            "0a missing\n",
            "0a tree 1\nx\n",
            "0a blob x\n",
            "0a blob 99999999999999999999\n",
            "\n",
        ] {
            assert_eq!(blob(&mut odd.as_bytes()), None, "{odd}");
        }
        for odd in [
            "",
            "\t",
            "100644 blob\ta",
            "100644 tree 0a\ta",
            "120000 blob 0a\ta",
            "100644 blob 0a",
        ] {
            assert_eq!(regular(odd.as_bytes()), None, "{odd}");
        }
        assert_eq!(regular(b"100644 blob 0a\ta\tb"), Some((&b"0a"[..], "a\tb")));
    }
}
