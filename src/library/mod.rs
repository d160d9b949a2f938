//! The reader's reports together: put on the shelf, found by their symbols, searched all at once.
//!
//! The shelf keeps what is known of them; here they are read, parsed and searched. Knows no screen.

mod add;
mod find;
mod symbol;

pub use add::{Added, add, files};
pub use find::{Hit, Search, Stacks};
pub use symbol::{Named, named};
