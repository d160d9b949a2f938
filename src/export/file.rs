//! Puts what was made into a file, whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use super::{Format, Shape};

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Unwritten {
    /// There is a file of that name.
    #[error("{} exists", path.display())]
    Exists {
        /// Which.
        path: PathBuf,
    },
    /// The file could not be written.
    #[error("cannot write {}", path.display())]
    Failed {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A table or report cannot be had in this format.
    #[error("a {} cannot be written as {_1}", _0.name())]
    Shape(Shape, Format),
    /// This build leaves the format out.
    #[error("this build does not write {0}")]
    LeftOut(Format),
    /// The library that makes the format failed.
    #[error("cannot make the {format}: {what}")]
    Made {
        /// The format.
        format: Format,
        /// Why not.
        what: String,
    },
}

/// Writes a file under a name that none has, or with `force` in place of the one that has it. Whenever
/// this is cut off or fails, that is as it was.
///
/// # Errors
/// When there is a file of that name, or it cannot be written.
pub fn write(path: &Path, bytes: &[u8], force: bool) -> Result<(), Unwritten> {
    let exists = || Unwritten::Exists { path: path.into() };
    let failed = |source| Unwritten::Failed {
        path: path.into(),
        source,
    };
    // A device or pipe, as /dev/stdout, is written to as it is.
    let there = fs::symlink_metadata(path).ok();
    let plain = there
        .as_ref()
        .is_none_or(|there| there.is_file() || there.is_symlink());
    if there.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    if !plain {
        let file = OpenOptions::new().write(true).open(path);
        return file
            .and_then(|mut file| file.write_all(bytes))
            .map_err(failed);
    }
    if there.is_some() && !force {
        return Err(exists());
    }
    // What a link leads to is replaced, not the link.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.into());
    let mut unfinished = target.as_os_str().to_owned();
    unfinished.push(format!(".{}.new", process::id()));
    let unfinished = PathBuf::from(unfinished);
    let written = write_new(&unfinished, bytes).and_then(|()| match force {
        true => fs::rename(&unfinished, &target),
        // Not even one that came to be just now is replaced.
        false => put(&unfinished, &target),
    });
    let _ = fs::remove_file(&unfinished);
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => exists(),
        _ => failed(error),
    })
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Gives a file its name if none has it; where the file system has no second names, by trying.
fn put(unfinished: &Path, target: &Path) -> io::Result<()> {
    match fs::hard_link(unfinished, target) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) if target.exists() => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(unfinished, target),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_only_where_that_is_wanted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        write(&path, b"one", false).unwrap();
        let told = write(&path, b"two", false).unwrap_err().to_string();
        assert!(told.ends_with("a.csv exists"), "{told}");
        assert_eq!(fs::read(&path).unwrap(), b"one");
        write(&path, b"two", true).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert!(write(folder.path(), b"x", true).is_err());
        assert!(write(&folder.path().join("no/such/a.csv"), b"x", false).is_err());
        let names = fs::read_dir(folder.path()).unwrap();
        assert_eq!(names.count(), 1, "nothing unfinished is left");
    }
}
