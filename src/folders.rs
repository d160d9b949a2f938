//! Where this system keeps a program's settings and data. Makes no folder and opens no file.
//!
//! | | settings | data |
//! |---|---|---|
//! | Linux | `$XDG_CONFIG_HOME` or `~/.config`, `rapporteur/config.toml` | `$XDG_DATA_HOME` or `~/.local/share`, `rapporteur/` |
//! | macOS | `~/Library/Application Support/rapporteur/config.toml` | `~/Library/Application Support/rapporteur/` |
//! | Windows | `%APPDATA%\rapporteur\config.toml` | `%APPDATA%\rapporteur\` |
//!
//! `RAPPORTEUR_CONFIG` names another file and `RAPPORTEUR_DATA` another folder; set to nothing, they
//! say that there is none. Where there is no home either, settings and data are nowhere: no error.

use std::env;
use std::path::PathBuf;

use etcetera::base_strategy::{self, BaseStrategy};

const NAME: &str = "rapporteur";

/// The file that settings are read from, whether it exists or not.
pub fn settings_file() -> Option<PathBuf> {
    told("RAPPORTEUR_CONFIG").unwrap_or_else(|| Some(config()?.join("config.toml")))
}

/// The folder that outlives a run, whether it exists or not.
pub fn data() -> Option<PathBuf> {
    told("RAPPORTEUR_DATA")
        .unwrap_or_else(|| ours(base_strategy::choose_native_strategy().ok()?.data_dir()))
}

fn config() -> Option<PathBuf> {
    let base = base_strategy::choose_native_strategy().ok()?;
    // The crate says ~/Library/Preferences, which is for property lists that the system writes.
    let folder = if cfg!(target_os = "macos") {
        base.data_dir()
    } else {
        base.config_dir()
    };
    ours(folder)
}

/// What a variable says: nothing said, said that there is none, or a path.
fn told(variable: &str) -> Option<Option<PathBuf>> {
    let value = env::var_os(variable)?;
    Some((!value.is_empty()).then(|| value.into()))
}

/// A home that is not absolute would be another one in every folder.
fn ours(base: PathBuf) -> Option<PathBuf> {
    base.is_absolute().then(|| base.join(NAME))
}
