//! Rapporteur
#![warn(missing_docs)]
pub mod parse;
pub mod report;
