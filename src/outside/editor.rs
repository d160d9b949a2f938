//! Lets the reader edit a text in the editor of their choice: `$VISUAL`, else `$EDITOR`, else what the
//! system has. The terminal is the editor's meanwhile.

use std::env;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{self, Command, Stdio};

/// Why a text was not edited.
#[derive(Debug, thiserror::Error)]
pub enum Unedited {
    /// The text could not be written to a file for the editor, or read from it.
    #[error("cannot use {} for the editor: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The editor did not start.
    #[error("cannot start {name}: {source} (EDITOR names another editor)")]
    Start {
        /// The editor.
        name: String,
        /// Why not.
        source: io::Error,
    },
    /// It ended with an error, as editors do that are told to change nothing.
    #[error("{name} ended without keeping the text, which is as it was")]
    GivenUp {
        /// The editor.
        name: String,
    },
}

/// The editor where nothing says which.
const USUAL: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// Has a text edited, and waits for it. The terminal must be given back before.
///
/// # Errors
/// When no file can be made, or the editor does not start or ends with an error; the text is then as it
/// was.
pub fn edit(text: &str) -> Result<String, Unedited> {
    let said = |name| env::var_os(name).filter(|said| !said.is_empty());
    let editor = said("VISUAL").or_else(|| said("EDITOR"));
    edit_with(&editor.unwrap_or_else(|| USUAL.into()), text)
}

fn edit_with(editor: &OsString, text: &str) -> Result<String, Unedited> {
    let path = file(text)?;
    let edited = run(editor, &path).and_then(|()| {
        let read = fs::read(&path);
        let bytes = read.map_err(|source| Unedited::File {
            path: path.clone(),
            source,
        })?;
        Ok(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))
    });
    // What is left of it is nobody's loss.
    let _ = fs::remove_file(&path);
    edited
}

/// A file of its own with the text in it, for its owner alone.
fn file(text: &str) -> Result<PathBuf, Unedited> {
    let mut count = 0;
    loop {
        let name = format!("rapporteur-remark-{}-{count}.txt", process::id());
        let path = env::temp_dir().join(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options
            .open(&path)
            .and_then(|mut file| file.write_all(text.as_bytes()));
        match written {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && count < 100 => count += 1,
            Err(source) => return Err(Unedited::File { path, source }),
        }
    }
}

/// Runs the editor on a file: its name may have arguments behind it, as `code --wait`.
fn run(editor: &OsString, path: &PathBuf) -> Result<(), Unedited> {
    let words = editor.to_string_lossy().into_owned();
    // A path with spaces in it is one word where there is such a file.
    let (name, args) = match PathBuf::from(editor).is_file() {
        true => (words, Vec::new()),
        false => {
            let mut words = words.split_whitespace().map(String::from);
            (words.next().unwrap_or_default(), words.collect())
        }
    };
    let mut command = Command::new(&name);
    command.args(args).arg(path);
    // Where a report was read from standard input, keys come from the terminal itself.
    #[cfg(unix)]
    if !io::IsTerminal::is_terminal(&io::stdin())
        && let Ok(terminal) = fs::File::open("/dev/tty")
    {
        command.stdin(Stdio::from(terminal));
    }
    #[cfg(not(unix))]
    command.stdin(Stdio::inherit());
    let status = command.status().map_err(|source| Unedited::Start {
        name: name.clone(),
        source,
    })?;
    match status.success() {
        true => Ok(()),
        false => Err(Unedited::GivenUp { name }),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_edited_by_whatever_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("my editor");
        fs::write(&script, "#!/bin/sh\nprintf '第二行\\r\\n' >> \"$1\"\n").unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(&script, mode).unwrap();
        assert_eq!(
            edit_with(&script.into(), "第一行\n").unwrap(),
            "第一行\n第二行\n"
        );
        assert_eq!(edit_with(&"sed -i s/a/b/".into(), "a").unwrap(), "b");
        let told = |editor: &str| edit_with(&editor.into(), "a").unwrap_err().to_string();
        assert!(told("false").contains("as it was"), "{}", told("false"));
        assert!(told("no-such-editor").contains("EDITOR names another"));
    }
}
