//! The explorer: a model, messages that change it, and a view that draws it.
//!
//! ```text
//! key ──keys──► Message ──update──► Model ──view──► screen
//!                  ▲          └───► Effect ──┐
//!                  └──────── run ◄───────────┘   run alone touches terminal, files, clock and threads
//! ```
//!
//! [`plain`] walks the same report, with the same search, without drawing anything.

mod flow;
pub mod keys;
mod message;
mod model;
mod panes;
mod picture;
pub mod plain;
mod print;
mod prompt;
mod rows;
mod run;
mod terminal;
mod theme;
mod update;
mod view;
mod walk;
mod worker;

pub use message::{Answer, Effect, Message, Stage};
pub use model::{Mode, Model};
pub use panes::{Pane, panes};
pub use picture::Picture;
pub use print::{Screen, draw, print};
pub use rows::{Found, Rows};
pub use run::explore;
pub use theme::Palette;
pub use update::update;
pub use view::view;
