//! How is a file written whole or not at all?

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::source::folder;
use crate::terminal::visible_path;

/// Puts a file in place of another, or makes a new one: all of it, or the old one stays. The mode
/// is kept. A link is followed where it leads to a file inside `root`; nothing outside of `root` is
/// written, whichever way leads there.
pub(crate) fn atomically(path: &Path, root: &Path, bytes: &[u8]) -> io::Result<()> {
    let error = |kind, what: &str| io::Error::new(kind, what.to_owned());
    let is_link = path
        .symlink_metadata()
        .is_ok_and(|metadata| metadata.is_symlink());
    let (target, old) = match fs::metadata(path) {
        Ok(metadata) => (path.canonicalize()?, Some(metadata)),
        Err(missing) if missing.kind() == ErrorKind::NotFound && is_link => {
            let what = "is a link that leads nowhere; remove it, or make what it leads to";
            return Err(error(ErrorKind::NotFound, what));
        }
        Err(missing) if missing.kind() == ErrorKind::NotFound => {
            let name = path.file_name().ok_or(missing)?;
            (folder(path).canonicalize()?.join(name), None)
        }
        Err(failed) => return Err(failed),
    };
    let root = root.canonicalize()?;
    if !target.starts_with(&root) {
        let what = format!(
            "lies outside of {}, by itself or through a link, where nothing is written",
            visible_path(&root)
        );
        return Err(error(ErrorKind::PermissionDenied, &what));
    }
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        return Err(error(ErrorKind::InvalidInput, "is no regular file"));
    }
    // The folder alone would let it be replaced, against what it was made read-only for.
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        let what = "is read-only; make it writable first";
        return Err(error(ErrorKind::PermissionDenied, what));
    }

    let mut builder = tempfile::Builder::new();
    builder.prefix(".septet-");
    #[cfg(unix)]
    if old.is_none() {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut new = builder.tempfile_in(folder(&target)).map_err(|failed| {
        // Its own words hold a name that is another one each time.
        let what = format!("no file can be made in its folder: {}", failed.kind());
        error(failed.kind(), &what)
    })?;
    let file = new.as_file_mut();
    file.write_all(bytes)?;
    if let Some(old) = old {
        file.set_permissions(old.permissions())?;
    }
    // Else a crash could leave the new name with nothing behind it.
    file.sync_all()?;
    new.persist(&target)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::path::PathBuf;

    use proptest::prelude::*;
    use tempfile::TempDir;

    use super::*;

    /// All files and links below a folder, with what they hold or lead to.
    fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let mut all = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let (path, kind) = entry
                    .map(|entry| (entry.path(), entry.file_type().unwrap()))
                    .unwrap();
                if kind.is_dir() {
                    folders.push(path);
                } else if kind.is_symlink() {
                    let target = fs::read_link(&path).unwrap().into_os_string();
                    all.push((path, target.into_encoded_bytes()));
                } else if kind.is_file() {
                    let bytes = fs::read(&path).unwrap();
                    all.push((path, bytes));
                } else {
                    all.push((path, b"something else".to_vec()));
                }
            }
        }
        all.sort();
        all
    }

    /// A folder `root` with a file `file` and an empty folder, and a folder `outside` with a file
    /// `secret`.
    fn scene() -> TempDir {
        let scene = tempfile::tempdir().unwrap();
        fs::create_dir_all(scene.path().join("root/folder")).unwrap();
        fs::create_dir(scene.path().join("outside")).unwrap();
        fs::write(scene.path().join("root/file"), "old").unwrap();
        fs::write(scene.path().join("outside/secret"), "secret").unwrap();
        scene
    }

    /// What is said of a path that is refused; nothing changes then.
    fn refusal(scene: &TempDir, path: &str) -> String {
        let before = tree(scene.path());
        let path = scene.path().join(path);
        let error = atomically(&path, &scene.path().join("root"), b"new").unwrap_err();
        assert_eq!(tree(scene.path()), before);
        error.to_string()
    }

    #[test]
    fn a_file_is_replaced_or_made_and_nothing_else_is_left() {
        let scene = scene();
        let root = scene.path().join("root");
        for (name, bytes) in [("file", "new"), ("folder/made", "x"), ("file", "")] {
            atomically(&root.join(name), &root, bytes.as_bytes()).unwrap();
            assert_eq!(fs::read(root.join(name)).unwrap(), bytes.as_bytes());
        }
        let expected = [
            (root.join("file"), b"".to_vec()),
            (root.join("folder/made"), b"x".to_vec()),
        ];
        assert_eq!(tree(&root), expected);
    }

    #[test]
    fn who_has_the_old_file_open_still_reads_it_whole() {
        let scene = scene();
        let root = scene.path().join("root");
        let old = File::open(root.join("file")).unwrap();
        atomically(&root.join("file"), &root, b"new").unwrap();
        assert_eq!(io::read_to_string(old).unwrap(), "old");
    }

    #[test]
    fn what_lies_outside_is_refused() {
        let scene = scene();
        for path in ["outside/secret", "root/../outside/secret", "outside/new"] {
            let refusal = refusal(&scene, path);
            assert!(refusal.starts_with("lies outside of "), "{refusal}");
        }
    }

    #[test]
    fn what_is_no_file_is_refused() {
        let scene = scene();
        assert_eq!(refusal(&scene, "root/folder"), "is no regular file");
        assert_eq!(refusal(&scene, "root/.."), refusal(&scene, "outside"));
        // Whatever the system says of these.
        for path in ["root/missing/new", "root/file/new", "root/missing/..", ""] {
            refusal(&scene, path);
        }
    }

    #[test]
    fn a_read_only_file_is_refused() {
        let scene = scene();
        let path = scene.path().join("root/file");
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let expected = "is read-only; make it writable first";
        assert_eq!(refusal(&scene, "root/file"), expected);
    }

    #[cfg(unix)]
    mod unix {
        use std::os::unix::fs::{PermissionsExt, symlink};
        use std::os::unix::net::UnixListener;

        use super::*;

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).unwrap().permissions().mode() & 0o7777
        }

        #[test]
        fn the_mode_stays() {
            let scene = scene();
            let root = scene.path().join("root");
            let path = root.join("file");
            for wanted in [0o600, 0o644, 0o755, 0o777, 0o200] {
                fs::set_permissions(&path, fs::Permissions::from_mode(wanted)).unwrap();
                atomically(&path, &root, b"new").unwrap();
                assert_eq!(mode(&path), wanted, "{wanted:o}");
            }
        }

        #[test]
        fn a_new_file_may_be_read_by_all_whom_the_umask_lets() {
            let scene = scene();
            let root = scene.path().join("root");
            File::create(root.join("usual")).unwrap();
            atomically(&root.join("new"), &root, b"new").unwrap();
            assert_eq!(mode(&root.join("new")), mode(&root.join("usual")) & 0o644);
        }

        #[test]
        fn a_link_to_a_file_inside_stays_a_link() {
            let scene = scene();
            let root = scene.path().join("root");
            symlink("../file", root.join("folder/link")).unwrap();
            symlink("folder/link", root.join("twice")).unwrap();
            symlink("folder", root.join("other")).unwrap();
            let mut expected = tree(scene.path());
            for path in ["twice", "folder/link", "other/link", "other/../file"] {
                atomically(&root.join(path), &root, path.as_bytes()).unwrap();
                let file = expected
                    .iter_mut()
                    .find(|entry| entry.0 == root.join("file"));
                file.unwrap().1 = path.into();
                assert_eq!(tree(scene.path()), expected, "{path}");
            }
            atomically(&root.join("other/new"), &root, b"new").unwrap();
            assert_eq!(fs::read(root.join("folder/new")).unwrap(), b"new");
        }

        #[test]
        fn a_link_to_a_file_outside_is_refused() {
            let scene = scene();
            let root = scene.path().join("root");
            symlink("../outside/secret", root.join("link")).unwrap();
            symlink("link", root.join("twice")).unwrap();
            symlink("../outside", root.join("other")).unwrap();
            // The name begins as that of the root does.
            fs::create_dir(scene.path().join("root2")).unwrap();
            fs::write(scene.path().join("root2/file"), "near").unwrap();
            symlink("../root2/file", root.join("near")).unwrap();
            for path in ["link", "twice", "other/secret", "other/new", "near"] {
                let refusal = refusal(&scene, &format!("root/{path}"));
                assert!(refusal.starts_with("lies outside of "), "{path}: {refusal}");
                assert!(refusal.contains("through a link"), "{path}: {refusal}");
            }
        }

        #[test]
        fn a_link_that_leads_nowhere_is_refused() {
            let scene = scene();
            let root = scene.path().join("root");
            symlink("missing", root.join("inside")).unwrap();
            symlink("../outside/missing", root.join("outside")).unwrap();
            symlink("inside", root.join("twice")).unwrap();
            for path in ["inside", "outside", "twice"] {
                let refusal = refusal(&scene, &format!("root/{path}"));
                assert!(
                    refusal.starts_with("is a link that leads nowhere"),
                    "{refusal}"
                );
            }
            symlink("loop", root.join("loop")).unwrap();
            refusal(&scene, "root/loop");
        }

        #[test]
        fn the_root_may_be_reached_through_a_link() {
            let scene = scene();
            let link = scene.path().join("link");
            symlink("root", &link).unwrap();
            let real = scene.path().join("root/file");
            for (path, root) in [
                (link.join("file"), link.clone()),
                (real.clone(), link.clone()),
                (link.join("file"), scene.path().join("root")),
            ] {
                let bytes = path.as_os_str().as_encoded_bytes();
                atomically(&path, &root, bytes).unwrap();
                assert_eq!(fs::read(&real).unwrap(), bytes);
            }
        }

        #[test]
        fn a_socket_is_refused() {
            let scene = scene();
            let _socket = UnixListener::bind(scene.path().join("root/socket")).unwrap();
            assert_eq!(refusal(&scene, "root/socket"), "is no regular file");
        }

        #[test]
        fn a_folder_that_takes_no_files_is_told_always_in_the_same_words() {
            let scene = scene();
            let folder = scene.path().join("root");
            let set =
                |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
            set(0o555);
            // The superuser may write there all the same; in /proc not even they can.
            let (path, root) = if File::create(folder.join("probe")).is_err() {
                (folder.join("file"), folder.clone())
            } else if Path::new("/proc/self/comm").is_file() {
                ("/proc/self/comm".into(), "/proc/self".into())
            } else {
                return;
            };
            let before = fs::read(&path).unwrap();
            let complain = || atomically(&path, &root, b"new").unwrap_err().to_string();
            let complaints = [complain(), complain()];
            set(0o755);
            let [complaint, again] = complaints;
            assert!(
                complaint.starts_with("no file can be made in its folder: "),
                "{complaint}"
            );
            assert_eq!(complaint, again);
            assert_eq!(fs::read(&path).unwrap(), before);
        }
    }

    proptest! {
        #![proptest_config(crate::cases::cases(32))]

        #[test]
        fn all_bytes_arrive(bytes in prop::collection::vec(any::<u8>(), 0..5_000)) {
            let scene = scene();
            let root = scene.path().join("root");
            atomically(&root.join("file"), &root, &bytes).unwrap();
            prop_assert_eq!(fs::read(root.join("file")).unwrap(), bytes);
        }
    }
}
