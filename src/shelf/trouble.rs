//! What can go wrong with what is remembered: never a reason to stop, always told.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// What went wrong, where, and the way out, in one sentence.
#[derive(Debug, Error)]
pub enum Trouble {
    /// A file could not be understood; it is under another name now.
    #[error(
        "what was remembered in {} cannot be understood ({why}); it is kept as {}, and all begins anew",
        path.display(), kept.display()
    )]
    KeptAside {
        /// Where it was.
        path: PathBuf,
        /// Where it is.
        kept: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A file or folder could not be read.
    #[error("cannot read what was remembered in {}: {source} (give yourself the right to read it, or move it away)", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A file or folder could not be written.
    #[error("cannot write {}: {source} ({})", path.display(), way_out(source))]
    Write {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// Another run has been writing for more than a second.
    #[error("cannot write to {}: another rapporteur is at it (try again, or end it)", path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// There is no folder to write to.
    #[error("there is no folder to write to (RAPPORTEUR_DATA=FOLDER names one)")]
    Nowhere,
}

fn way_out(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "make room on the disk"
        }
        _ => "RAPPORTEUR_DATA=FOLDER names another folder",
    }
}
