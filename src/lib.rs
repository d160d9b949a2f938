//! Rapporteur
#![warn(missing_docs)]
pub mod error;
pub mod parse;
pub mod read;
pub mod report;
pub mod search;
pub mod typeset;
