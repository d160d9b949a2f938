//! The real program in a pseudo-terminal: it draws, answers keys, minds its manners, and gives the
//! terminal back whatever happens.

mod death;
mod pty;
mod questions;
mod restored;
mod sizes;

use pty::{Setup, Terminal, explorer, shell};
