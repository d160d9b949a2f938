//! Files that are whole at every moment, and one run at a time that changes them.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use toml::Table;

use super::key::Key;
use super::trouble::Trouble;

/// How the names of files end that are not whole yet.
const UNFINISHED: &str = ".new";

/// Why there is no table.
pub(super) enum Unread {
    /// There is no such file.
    Missing,
    /// The system does not give it.
    Failed(io::Error),
    /// It is no TOML, for this reason.
    Broken(String),
}

/// Reads a file.
pub(super) fn read(path: &Path) -> Result<Table, Unread> {
    let bytes = fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Unread::Missing,
        _ => Unread::Failed(error),
    })?;
    let text = String::from_utf8(bytes).map_err(|_| Unread::Broken("it is not UTF-8".into()))?;
    toml::from_str(&text).map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1;
        Unread::Broken(format!("line {line}: {}", error.message()))
    })
}

/// Reads a file to change it; one that cannot be understood gets another name first, so that it
/// cannot be lost. Needs the lock.
pub(super) fn read_or_keep_aside(path: &Path) -> Result<(Table, Option<Trouble>), Trouble> {
    let why = match read(path) {
        Ok(table) => return Ok((table, None)),
        Err(Unread::Missing) => return Ok((Table::new(), None)),
        Err(Unread::Failed(source)) => {
            return Err(Trouble::Read {
                path: path.into(),
                source,
            });
        }
        Err(Unread::Broken(why)) => why,
    };
    let kept = keep_aside(path)?;
    let path = path.into();
    Ok((Table::new(), Some(Trouble::KeptAside { path, kept, why })))
}

/// Gives a file another name, that of none yet, and says which. Needs the lock.
pub(super) fn keep_aside(path: &Path) -> Result<PathBuf, Trouble> {
    let mut number = 1;
    let kept = loop {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".kept-{number}"));
        // A link that leads nowhere is a name that is taken too.
        if fs::symlink_metadata(&name).is_err() {
            break PathBuf::from(name);
        }
        number += 1;
    };
    fs::rename(path, &kept).map_err(|source| Trouble::Write {
        path: path.into(),
        source,
    })?;
    Ok(kept)
}

/// The file of a report, whatever title it was made with; where there is none, where it would be.
pub(super) fn find(folder: &Path, key: &Key) -> PathBuf {
    let ending = key.ending();
    // A folder that cannot be read tells its reason when the file is opened.
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name());
    let known = names.filter(|name| name.to_str().is_some_and(|name| name.ends_with(&ending)));
    folder.join(known.min().unwrap_or_else(|| key.file_name().into()))
}

/// Makes a folder and those above it, for its owner alone; nothing where there is one.
pub(super) fn make(folder: &Path) -> Result<(), Trouble> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|source| Trouble::Write {
        path: folder.into(),
        source,
    })
}

/// Replaces a file or makes a new one, for its owner alone. Whenever this is cut off, the file is
/// the old one or the new one, whole.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Trouble> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(format!(".{}-{count}{UNFINISHED}", process::id()));
    let unfinished = PathBuf::from(unfinished);
    let written = write_new(&unfinished, text).and_then(|()| fs::rename(&unfinished, path));
    written.map_err(|source| {
        // What cannot be taken away now is cleaned up by the next run.
        let _ = fs::remove_file(&unfinished);
        Trouble::Write {
            path: path.into(),
            source,
        }
    })?;
    // The new name is on the disk only with its folder; where that cannot be asked for, the system
    // does it in its own time.
    #[cfg(unix)]
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
    Ok(())
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// The right to change files, until it is dropped. Also given up by a run that is killed.
pub(super) struct Lock {
    /// Open as long as it is held.
    _file: File,
    /// False on the few file systems that have no locks: files are whole there too, but of two
    /// runs that save at the same moment one may be forgotten.
    held: bool,
}

impl Lock {
    /// How long to wait for another run. Saving takes some milliseconds.
    const PATIENCE: Duration = Duration::from_secs(1);
    const PAUSE: Duration = Duration::from_millis(2);

    /// Waits for it, for about a second.
    pub(super) fn take(folder: &Path) -> Result<Self, Trouble> {
        let path = folder.join("lock");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = match options.open(&path) {
            Ok(file) => file,
            Err(source) => return Err(Trouble::Write { path, source }),
        };
        let begin = Instant::now();
        let held = loop {
            match file.try_lock() {
                Ok(()) => break true,
                Err(TryLockError::WouldBlock) if begin.elapsed() < Self::PATIENCE => {
                    thread::sleep(Self::PAUSE);
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(Trouble::Busy {
                        path: folder.into(),
                    });
                }
                Err(TryLockError::Error(_)) => break false,
            }
        };
        Ok(Self { _file: file, held })
    }

    /// Takes away what killed runs left unfinished: files whose names begin so.
    pub(super) fn clean(&self, folder: &Path, beginning: &str) {
        // Without the lock they may be another run's.
        if !self.held {
            return;
        }
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(beginning) && name.ends_with(UNFINISHED) {
                // The next run tries again.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}
