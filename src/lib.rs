//! Rapporteur
#![warn(missing_docs)]
pub mod cli;
pub mod error;
pub mod parse;
pub mod read;
pub mod report;
pub mod search;
pub mod tui;
pub mod typeset;
