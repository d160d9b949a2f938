//! The world outside the screen: what kind of terminal is around us, its clipboard, and the
//! programs that open addresses.
//!
//! The commands and the explorer both stand on this; it knows neither, and no report.

mod clipboard;
mod editor;
mod link;
mod opener;
mod surroundings;

pub use clipboard::{CopyTo, Plan, plan, sent, written};
pub use editor::{Unedited, edit};
pub use link::hyperlink;
pub use opener::{Unopened, open};
pub use surroundings::{Clipboard, Ground, Multiplexer, Surroundings};
