//! The explorer: a model, messages that change it, and a view that draws it.
//!
//! ```text
//! key ──keys──► Message ──update──► Model ──view──► screen
//!                  ▲          └───► Effect ──┐
//!                  └──────── run ◄───────────┘   run alone touches terminal, files, clock and threads
//! ```
//!
//! `run` does so with `terminal`, `ear`, `worker` and `scribe`. [`plain`] walks the same report, with
//! the same search, without drawing anything.

mod ear;
mod exporting;
mod facets;
mod finding;
mod flow;
mod gate;
mod hyperlink;
mod jumps;
pub mod keys;
mod leads;
mod librarian;
mod marking;
mod memory;
mod message;
mod model;
mod offers;
mod panes;
mod picture;
pub mod plain;
mod pointing;
mod print;
mod prompt;
mod remark;
mod rows;
mod run;
mod scribe;
mod select;
mod shelving;
mod terminal;
mod theme;
mod typing;
mod update;
mod view;
mod walk;
mod wishes;
mod worker;

pub use exporting::{Failure, Wish};
pub use message::{Answer, Effect, Message};
pub use model::{Mode, Model};
pub use offers::{Choice, Offer, What};
pub use panes::{Layout, Pane, panes};
pub use picture::Picture;
pub use print::{Screen, draw, print, print_shelved};
pub use rows::{Found, Rows};
pub use run::explore;
pub use select::{Point, Selection};
pub use terminal::with_terminal;
pub use theme::Palette;
pub use update::update;
pub use view::view;
pub use wishes::{Wishes, keys as keys_wished};
