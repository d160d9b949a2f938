//! The head of the first page: organization, symbol, date, session, agenda item, title.

use crate::report::Masthead;

use super::line::Line;

/// Reads what the head of the first page states and sets its lines aside, but for the title, which
/// is text.
pub(super) fn mark(_lines: &mut [Line]) -> Masthead {
    Masthead::default()
}
