//! Units to lines of a width, for any screen or pipe: knows the report, not where lines go.
//!
//! Lines are given as byte ranges of the text they come from, so that whoever draws them can mark
//! what a search found. What is drawn goes through [`safe`] last of all.

mod breaks;
mod counted;
mod direction;
mod json;
mod lines;
mod safe;
mod snippet;
mod table;
mod token;
mod width;

pub use counted::counted;
pub use direction::is_right_to_left;
pub use json::{escaped, scalars, write_array, write_object};
pub use lines::{Line, set, wrap};
pub use safe::{hyphened, is_safe, safe};
pub use snippet::{Snippet, snippet};
pub use width::Ruler;
