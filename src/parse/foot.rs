//! Links printed at the foot of a page: each belongs to the citation it is for.

use crate::report::{Furniture, FurnitureKind, Link};

use super::line::Line;
use super::outline::Draft;

/// A page-foot link, before it is known which unit cites it.
#[derive(Debug)]
pub(super) struct Found {
    pub target: String,
    pub line: u32,
    pub page: u32,
    /// How many units had begun before it.
    pub before: usize,
}

/// For each line, whether it is a link alone on its line at the foot of a page or of the source.
pub(super) fn page_foot_links(lines: &[Line]) -> Vec<bool> {
    let mut feet = vec![false; lines.len()];
    // Whether the next line that is no link begins a page, or there is none.
    let mut page_ends = lines.len() > 1;
    for (at, line) in lines.iter().enumerate().rev() {
        let link = is_link(&line.text);
        feet[at] = link && page_ends;
        page_ends = if link {
            page_ends || line.starts_page
        } else {
            line.starts_page
        };
    }
    feet
}

/// More units than one page has.
const NEAR: usize = 200;

/// True for a line that is a web address and nothing else.
fn is_link(line: &str) -> bool {
    let address = line
        .strip_prefix("https://")
        .or_else(|| line.strip_prefix("http://"));
    address.is_some_and(|rest| rest.len() > 3 && !rest.contains(char::is_whitespace))
}

/// Gives each link to the last unit on its page that names what it leads to; a link that nothing
/// on its page names goes among the furniture.
pub(super) fn place_links(units: &mut [Draft], furniture: &mut Vec<Furniture>, links: Vec<Found>) {
    for link in links {
        let on_page = units[..link.before].iter_mut().rev().take(NEAR);
        let on_page = on_page.take_while(|draft| draft.unit.page >= link.page.saturating_sub(1));
        let mut named = on_page.filter_map(|draft| {
            let name = symbol(&link.target)?;
            let at = draft.unit.text.find(name)?;
            Some((&mut draft.unit, at..at + name.len()))
        });
        match named.next() {
            Some((unit, cited)) => {
                unit.links.push(Link {
                    target: link.target.clone(),
                    cited,
                    line: link.line,
                });
                unit.links.sort_by_key(|link| (link.cited.start, link.line));
            }
            None => furniture.push(Furniture {
                kind: FurnitureKind::Link,
                text: link.target.clone(),
                line: link.line,
            }),
        }
    }
    furniture.sort_by_key(|piece| piece.line);
}

/// The path of a web address, which for United Nations documents is the symbol: `A/C.3/72/12`.
fn symbol(target: &str) -> Option<&str> {
    let (_, rest) = target.split_once("://")?;
    let (_, path) = rest.split_once('/')?;
    let path = path.trim_end_matches('/');
    (path.contains('/') && path.len() >= 4).then_some(path)
}
