//! Phrases looked for in rows of tokens: at each place the longest that is there.

use std::collections::HashMap;

/// Phrases, each with what it says.
#[derive(Debug)]
pub(super) struct Trie<T> {
    nodes: Vec<Node<T>>,
}

#[derive(Debug)]
struct Node<T> {
    next: HashMap<Box<str>, usize>,
    says: Vec<T>,
}

impl<T> Default for Node<T> {
    fn default() -> Self {
        Self {
            next: HashMap::new(),
            says: Vec::new(),
        }
    }
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self {
            nodes: vec![Node::default()],
        }
    }
}

impl<T> Trie<T> {
    /// Puts a phrase in; one that is there already says this too. An empty one is none.
    pub(super) fn put<'a>(&mut self, phrase: impl IntoIterator<Item = &'a str>, says: T) {
        let mut at = 0;
        for token in phrase {
            at = match self.nodes[at].next.get(token) {
                Some(&next) => next,
                None => {
                    self.nodes.push(Node::default());
                    let next = self.nodes.len() - 1;
                    self.nodes[at].next.insert(token.into(), next);
                    next
                }
            };
        }
        if at > 0 {
            self.nodes[at].says.push(says);
        }
    }

    /// The longest phrase at the start of `tokens` that says something `fits`, and how many tokens it
    /// has.
    pub(super) fn longest<'a>(
        &self,
        tokens: impl IntoIterator<Item = &'a str>,
        fits: impl Fn(&T) -> bool,
    ) -> Option<(usize, &T)> {
        let (mut at, mut best) = (0, None);
        for (count, token) in tokens.into_iter().enumerate() {
            let Some(&next) = self.nodes[at].next.get(token) else {
                break;
            };
            at = next;
            if let Some(says) = self.nodes[at].says.iter().find(|says| fits(says)) {
                best = Some((count + 1, says));
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_that_fits_is_found() {
        let mut trie = Trie::default();
        for (phrase, says) in [("a b", 1), ("a b c", 2), ("a", 3), ("a b", 4), ("", 5)] {
            trie.put(phrase.split_whitespace(), says);
        }
        let find = |text: &str, fits: fn(&i32) -> bool| {
            let found = trie.longest(text.split_whitespace(), fits);
            found.map(|(count, &says)| (count, says))
        };
        assert_eq!(find("a b c d", |_| true), Some((3, 2)));
        assert_eq!(find("a b d", |_| true), Some((2, 1)));
        assert_eq!(find("a b d", |&says| says > 3), Some((2, 4)));
        assert_eq!(find("a c", |_| true), Some((1, 3)));
        assert_eq!(find("b", |_| true), None);
        assert_eq!(find("", |_| true), None);
    }
}
