//! What can be followed from a unit: the links printed at the foot of its page, the addresses of
//! the web in its text, and the documents that it cites.

use std::ops::Range;

use super::symbol::{symbols, undocs};
use super::unit::Placed;

/// Something in a unit's text that leads elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// The words to follow, in bytes of the unit's text.
    pub range: Range<usize>,
    /// Where they lead, as the report has it: not made safe for a terminal.
    pub target: String,
    /// What to call it in a list: the symbol of a document, else the words.
    pub name: String,
}

/// What can be followed from `unit`, in the order of its text, no two over the same words. A link
/// of the page's foot comes before an address in the text, and that before a symbol.
///
/// ```
/// use rapporteur::report::{Kind, Placed, Unit, follow};
/// let unit = Unit::new(Kind::Paragraph, "1.", Some(1), "See A/74/130 or www.un.org.");
/// let leads = follow(&Placed::from(&unit));
/// assert_eq!(leads[0].target, "https://undocs.org/A/74/130");
/// assert_eq!(leads[1].target, "https://www.un.org");
/// ```
pub fn follow(unit: &Placed) -> Vec<Lead> {
    let words = |range: &Range<usize>| unit.text.get(range.clone()).unwrap_or("").to_owned();
    let foot = unit.links.iter().map(|link| Lead {
        range: link.cited.clone(),
        target: link.target.clone(),
        name: words(&link.cited),
    });
    let addresses = urls(unit.text).into_iter().map(|range| {
        let name = words(&range);
        let target = if name.contains("://") {
            name.clone()
        } else {
            format!("https://{name}")
        };
        Lead {
            range,
            target,
            name,
        }
    });
    let cited = symbols(unit.text).into_iter().map(|cited| Lead {
        range: cited.range,
        target: undocs(&cited.symbol),
        name: cited.symbol,
    });
    let mut leads: Vec<_> = foot.filter(|lead| !lead.name.is_empty()).collect();
    leads.sort_by_key(|lead| lead.range.start);
    leads.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    merge(&mut leads, addresses);
    merge(&mut leads, cited);
    leads
}

/// Puts those of `more` between `leads` that lie over none of them; both are in order.
fn merge(leads: &mut Vec<Lead>, more: impl Iterator<Item = Lead>) {
    let mut first = std::mem::take(leads).into_iter().peekable();
    let mut end = 0;
    for lead in more {
        while let Some(before) = first.next_if(|next| next.range.start < lead.range.end) {
            // The one at hand starts before the new one ends; whether it also ends before the new
            // one starts is seen below.
            end = before.range.end;
            leads.push(before);
        }
        if end <= lead.range.start {
            leads.push(lead);
        }
    }
    leads.extend(first);
}

/// The addresses of the web in `text`, in bytes: those that begin with `http://`, `https://`,
/// `www.` or the name of the documents' own site, without the punctuation behind them. Chinese text
/// follows an address without a space, so what is not ASCII ends one.
fn urls(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut urls: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let inside =
            at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || b"@._-/".contains(&bytes[at - 1]));
        let begins = |start: &&&str| {
            let begin = bytes.get(at..at + start.len());
            begin.is_some_and(|begin| begin.eq_ignore_ascii_case(start.as_bytes()))
        };
        let Some(start) = BEGINNINGS.iter().find(begins).filter(|_| !inside) else {
            at += 1;
            continue;
        };
        let host = at + start.len();
        let run = bytes[host..]
            .iter()
            .take_while(|byte| is_of_address(**byte))
            .count();
        let end = without_punctuation(bytes, host, host + run);
        if bytes[host..end]
            .first()
            .is_some_and(u8::is_ascii_alphanumeric)
        {
            urls.push(at..end);
        }
        at = host + run;
    }
    urls
}

/// How an address begins; United Nations documents are printed with their site but no `http://`.
const BEGINNINGS: &[&str] = &["https://", "http://", "www.", "undocs.org/", "docs.un.org/"];

/// The characters of addresses (RFC 3986, appendix A) but for the square brackets, which in text
/// stand around addresses.
fn is_of_address(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(&byte)
}

/// The end of an address without the punctuation of the sentence: full stops and the like, quotes,
/// and brackets that were opened before it.
fn without_punctuation(bytes: &[u8], start: usize, end: usize) -> usize {
    let count = |sign| {
        bytes[start..end]
            .iter()
            .filter(|&&byte| byte == sign)
            .count()
    };
    let mut unopened = count(b')').saturating_sub(count(b'('));
    let mut end = end;
    while end > start {
        match bytes[end - 1] {
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'(' | b'*' => {}
            b')' if unopened > 0 => unopened -= 1,
            _ => break,
        }
        end -= 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::{Kind, Link, Unit};

    #[test]
    fn addresses_end_before_the_punctuation_behind_them() {
        for (text, found) in [
            (
                "http://undocs.org/A/C.3/72/12",
                "http://undocs.org/A/C.3/72/12",
            ),
            ("see https://www.un.org/en/.", "https://www.un.org/en/"),
            ("(https://www.un.org/a(b)c)", "https://www.un.org/a(b)c"),
            ("“https://www.un.org/a”", "https://www.un.org/a"),
            (
                "见http://undocs.org/A/74/130，第1段",
                "http://undocs.org/A/74/130",
            ),
            ("网址：https://www.un.org/zh/。", "https://www.un.org/zh/"),
            ("（www.unodc.org/cybercrime）", "www.unodc.org/cybercrime"),
            ("见www.unodc.org上的文件", "www.unodc.org"),
            (
                "见http://undocs.org/A/C.3/72/12（附件）。",
                "http://undocs.org/A/C.3/72/12",
            ),
            (
                "www.un.org/en, www.ohchr.org.",
                "www.un.org/en www.ohchr.org",
            ),
            ("HTTPS://UN.ORG/x", "HTTPS://UN.ORG/x"),
            (
                "https://un.org/a?b=c&d=%20#e;",
                "https://un.org/a?b=c&d=%20#e",
            ),
            ("www.", ""),
            ("http://", ""),
            ("undocs.org/A/74/130, annex", "undocs.org/A/74/130"),
            ("(see https://un.org/a)", "https://un.org/a"),
            ("[https://un.org/a]", "https://un.org/a"),
            ("<https://un.org/a>", "https://un.org/a"),
            ("https://un.org/a\u{1b}]8;;x", "https://un.org/a"),
            ("xwww.un.org", ""),
            ("https://。", ""),
            ("un.org", ""),
            ("para.1", ""),
            ("ftp://un.org/x", ""),
            ("javascript:alert(1)", ""),
            ("file:///etc/passwd", ""),
            ("someone@un.org", ""),
            ("", ""),
        ] {
            let urls: Vec<_> = urls(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(urls.join(" "), found, "{text}");
        }
    }

    fn linked(text: &str, links: &[(&str, &str)]) -> Unit {
        let mut unit = Unit::new(Kind::Paragraph, "1.", Some(1), text);
        unit.links = links
            .iter()
            .map(|(words, target)| {
                let at = text.find(words).expect("the words stand in the text");
                Link {
                    target: (*target).into(),
                    cited: at..at + words.len(),
                    line: 1,
                }
            })
            .collect();
        unit
    }

    #[test]
    fn links_of_the_foot_come_first_and_all_stand_in_order() {
        let unit = linked(
            "大会第65/230号决议，草案（A/C.3/72/12，附件），见https://undocs.org/A/74/130和A/74/131。",
            &[("A/C.3/72/12", "http://undocs.org/A/C.3/72/12")],
        );
        let leads: Vec<_> = follow(&Placed::from(&unit))
            .into_iter()
            .map(|lead| format!("{} {}", lead.name, lead.target))
            .collect();
        assert_eq!(
            leads,
            [
                "A/RES/65/230 https://undocs.org/A/RES/65/230",
                "A/C.3/72/12 http://undocs.org/A/C.3/72/12",
                "https://undocs.org/A/74/130 https://undocs.org/A/74/130",
                "A/74/131 https://undocs.org/A/74/131",
            ]
        );
    }

    #[test]
    fn a_link_over_several_symbols_stands_for_all() {
        let unit = linked(
            "A/74/1, A/74/2 and A/74/3",
            &[("A/74/1, A/74/2", "http://x.org/y")],
        );
        let leads = follow(&Placed::from(&unit));
        let names: Vec<_> = leads.iter().map(|lead| lead.name.as_str()).collect();
        assert_eq!(names, ["A/74/1, A/74/2", "A/74/3"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn addresses_are_ascii_in_order_and_apart(text in "(http://|https?|www\\.|[a-z./()]|网|。|\\PC){0,30}") {
            let mut end = 0;
            for url in urls(&text) {
                prop_assert!(url.start >= end && url.start < url.end && text[url.clone()].is_ascii());
                end = url.end;
            }
        }

        #[test]
        fn leads_are_in_order_and_apart(text in "(A/74/1|www\\.un\\.org/A/74/2|https://x\\.org/|/|, | |网|。|\\PC){0,12}", cuts in proptest::collection::vec((0usize..40, 0usize..12), 0..4)) {
            let mut unit = Unit::new(Kind::Paragraph, "", None, &text);
            let place = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            unit.links = cuts.into_iter().map(|(at, long)| Link { target: "x".into(), cited: place(at)..place(at + long), line: 1 }).collect();
            let mut end = 0;
            for lead in follow(&Placed::from(&unit)) {
                prop_assert!(lead.range.start >= end && lead.range.start < lead.range.end, "{:?}", lead);
                end = lead.range.end;
                prop_assert!(text.get(lead.range).is_some());
            }
        }
    }
}
