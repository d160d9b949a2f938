//! What marks up a part of a line: bold and italic letters, and raised signs and links that call a
//! footnote.

use html5gum::StartTag;

use super::{Walk, attribute, element};
use crate::read::inline::is_cjk;

impl Walk {
    pub(super) fn start_inline(&mut self, tag: &StartTag<usize>) {
        match &tag.name.0[..] {
            b"b" | b"strong" => self.bold += 1,
            b"i" | b"em" | b"cite" => self.italic += 1,
            b"sup" => {
                self.raised = Some(self.inline.end());
                self.linked = false;
            }
            b"a" => {
                let href = attribute(tag, b"href").unwrap_or_default();
                let target = href.split_once('#').map(|(_, target)| target);
                let leads = target.is_some();
                let class = attribute(tag, b"class").unwrap_or_default();
                let says = target.is_some_and(|id| element::is_note(id, "", ""))
                    || attribute(tag, b"role").is_some_and(|role| role == "doc-noteref")
                    || class
                        .split_whitespace()
                        .any(|word| matches!(word, "footnote-ref" | "footnoteRef"));
                self.linked |= leads || says;
                // Raised in a link or a link that is raised: both lead to a note.
                self.link = Some((self.inline.end(), says));
            }
            _ => {}
        }
    }

    pub(super) fn end_inline(&mut self, name: &[u8]) {
        match name {
            b"b" | b"strong" => self.bold = self.bold.saturating_sub(1),
            b"i" | b"em" | b"cite" => self.italic = self.italic.saturating_sub(1),
            b"sup" => {
                let linked = self.linked || self.link.is_some();
                if let Some(from) = self.raised.take()
                    && self.is_call(from, linked)
                {
                    self.inline.call(from);
                    // Said once.
                    self.link = self.link.map(|(at, _)| (at, false));
                }
            }
            b"a" => {
                let Some((from, says)) = self.link.take() else {
                    return;
                };
                let text = self.inline.text.get(from..).unwrap_or("");
                if is_way_back(text) {
                    self.inline.cut(from);
                } else if says && self.raised.is_none() && self.is_call(from, true) {
                    self.inline.call(from);
                }
            }
            _ => {}
        }
    }

    /// True when the raised text from here on calls a footnote.
    fn is_call(&self, from: usize, linked: bool) -> bool {
        let raised = self.inline.text.get(from..).unwrap_or("");
        let marks = raised.trim_matches(|c: char| "[](), ".contains(c));
        let sign = |c: char| "*†‡§¶".contains(c);
        let short = !marks.is_empty() && marks.chars().count() <= 9;
        // A note begins with its own mark.
        let begins_note = from == 0 && self.notes > 0;
        if !short || begins_note {
            return false;
        }
        if linked {
            return marks
                .chars()
                .all(|c| c.is_alphanumeric() || sign(c) || ", ".contains(c));
        }
        // Without a link m², 10³ and 5th are told apart by what stands before.
        let before: Vec<char> = self.inline.text[..from].chars().rev().take(3).collect();
        let word = before.len() == 3 && before.iter().all(|c| c.is_alphabetic());
        let after = before
            .first()
            .is_some_and(|&c| is_cjk(c) || ".,;:!?)”\"»".contains(c));
        marks.chars().all(|c| c.is_ascii_digit() || sign(c)) && from > 0 && (word || after)
    }
}

/// True for what only leads back from a note to where it is called, or to the top of the page.
fn is_way_back(text: &str) -> bool {
    let signs = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{fe0e}' && *c != '\u{fe0f}');
    signs.clone().count() > 0 && signs.clone().all(|c| "↩↑⤴^↵⏎".contains(c))
}
