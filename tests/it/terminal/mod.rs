//! The real program in a pseudo-terminal: it draws, answers keys, minds its manners, and gives the
//! terminal back whatever happens.

mod clipboard;
mod death;
mod kept;
mod marked;
mod mouse;
mod outward;
mod pty;
mod questions;
mod quiet;
mod restored;
mod sizes;
mod typing;

use pty::{Setup, Terminal, explorer, shell};
