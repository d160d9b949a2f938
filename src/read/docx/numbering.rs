//! Automatic numbers: what `numbering.xml` defines, and the counting of it through a document.

use std::collections::HashMap;

use super::numeral::numeral;
use super::properties::Indent;
use super::symbol;
use super::xml::{Damage, Element, Name, Xml};

/// As many levels as a list can have.
pub(super) const LEVELS: usize = 9;

/// One level of a list.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    /// What is printed, with `%1` to `%9` for the numbers of the levels.
    text: String,
    /// It begins again only behind a level above this one, from 1; 0 for never.
    restart: Option<usize>,
    /// True where the numbers of all levels are printed in digits.
    legal: bool,
    /// What stands behind the label.
    behind: &'static str,
    /// The style whose paragraphs are of this level.
    style: Option<String>,
    indent: Indent,
    /// True where its font has signs for letters.
    signs: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 0,
            format: "decimal".into(),
            text: String::new(),
            restart: None,
            legal: false,
            behind: "\t",
            style: None,
            indent: Indent::default(),
            signs: false,
        }
    }
}

/// A list as defined: its levels, or the numbering style that has them.
#[derive(Debug, Default)]
struct List {
    levels: Vec<Level>,
    linked: Option<String>,
}

/// A use of a list, with what is different in it.
#[derive(Debug, Default)]
struct Use {
    list: u32,
    starts: [Option<u32>; LEVELS],
    levels: HashMap<usize, Level>,
}

/// All that `numbering.xml` defines, and how far each list has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<u32, List>,
    uses: HashMap<u32, Use>,
    /// The last number of each level, by list.
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Uses whose own start is behind them.
    started: HashMap<(u32, usize), ()>,
}

/// What is printed before a numbered paragraph.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Printed {
    pub label: String,
    pub behind: &'static str,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub fn read(part: &str, text: &str) -> Result<Self, Damage> {
        let mut numbering = Self::default();
        let mut xml = Xml::new(part, text);
        xml.root()?;
        xml.each(|xml, element| match element.name() {
            Name::W("abstractNum") => {
                let id = number(element, "abstractNumId");
                let list = list(xml)?;
                numbering.lists.insert(id, list);
                Ok(())
            }
            Name::W("num") => {
                let id = number(element, "numId");
                let of = use_of(xml)?;
                numbering.uses.insert(id, of);
                Ok(())
            }
            _ => xml.skip(),
        })?;
        Ok(numbering)
    }

    /// Follows lists that only name a numbering style to the list that style numbers by.
    pub fn link(&mut self, numbered_by: impl Fn(&str) -> Option<u32>) {
        let mut to = HashMap::new();
        for (&id, list) in &self.lists {
            let target = list.linked.as_deref().and_then(&numbered_by);
            if let Some(target) = target.and_then(|num| self.uses.get(&num)) {
                to.insert(id, target.list);
            }
        }
        for of in self.uses.values_mut() {
            of.list = to.get(&of.list).copied().unwrap_or(of.list);
        }
    }

    /// The level that paragraphs of a style have in a list, where the list says.
    pub fn level_of(&self, num: u32, style: &str) -> Option<usize> {
        let levels = &self.lists.get(&self.uses.get(&num)?.list)?.levels;
        levels
            .iter()
            .position(|level| level.style.as_deref() == Some(style))
    }

    /// How far the paragraphs of a level are indented.
    pub fn indent(&self, num: u32, level: usize) -> Indent {
        self.level(num, level)
            .map_or(Indent::default(), |level| level.indent)
    }

    fn level(&self, num: u32, level: usize) -> Option<&Level> {
        let of = self.uses.get(&num)?;
        of.levels
            .get(&level)
            .or_else(|| self.lists.get(&of.list)?.levels.get(level))
    }

    /// Counts one paragraph of a level, and gives what is printed before it; `None` where nothing
    /// is defined for it.
    pub fn next(&mut self, num: u32, level: usize) -> Option<Printed> {
        let level = level.min(LEVELS - 1);
        self.level(num, level)?;
        let of = self.uses.get(&num)?;
        let start = |at: usize| {
            let defined = self.level(num, at).map_or(1, |level| level.start);
            of.starts[at].unwrap_or(defined)
        };
        let mut counts = self.counts.get(&of.list).copied().unwrap_or_default();
        // A list that goes on under another number begins where that says, but only once.
        let begins = of.starts[level].is_some() && !self.started.contains_key(&(num, level));
        counts[level] = Some(match counts[level] {
            Some(last) if !begins => last.saturating_add(1),
            _ => start(level),
        });
        for (deeper, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restart = self.level(num, deeper).and_then(|level| level.restart);
            if level < restart.unwrap_or(deeper) {
                *count = None;
            }
        }
        let printed = self.printed(num, level, |at| counts[at].unwrap_or_else(|| start(at)));
        let list = of.list;
        self.started.insert((num, level), ());
        self.counts.insert(list, counts);
        printed
    }

    fn printed(&self, num: u32, at: usize, count: impl Fn(usize) -> u32) -> Option<Printed> {
        let level = self.level(num, at)?;
        if level.format == "bullet" {
            let label = symbol::bullet(&level.text, level.signs);
            let behind = level.behind;
            return Some(Printed { label, behind });
        }
        let mut label = String::new();
        let mut rest = level.text.chars().peekable();
        while let Some(c) = rest.next() {
            match (c, rest.peek().and_then(|c| c.to_digit(10))) {
                ('%', Some(digit @ 1..=9)) => {
                    rest.next();
                    let other = digit as usize - 1;
                    // A level below this one has no number yet.
                    let of = self.level(num, other).filter(|_| other <= at);
                    if let Some(of) = of {
                        let format = match level.legal && of.format != "none" {
                            true => "decimal",
                            false => &of.format,
                        };
                        label.push_str(&numeral(format, count(other)));
                    }
                }
                _ => label.push(c),
            }
        }
        Some(Printed {
            label: label.trim().into(),
            behind: level.behind,
        })
    }
}

fn number(element: &Element, name: &str) -> u32 {
    element
        .get(name)
        .and_then(|id| id.trim().parse().ok())
        .unwrap_or(0)
}

/// The number of a level of a list.
fn level_number(element: &Element) -> usize {
    (number(element, "ilvl") as usize).min(LEVELS - 1)
}

fn list(xml: &mut Xml) -> Result<List, Damage> {
    let mut list = List::default();
    xml.each(|xml, element| {
        match element.name() {
            Name::W("lvl") => {
                let at = level_number(element);
                if list.levels.len() <= at {
                    list.levels.resize_with(at + 1, Level::default);
                }
                list.levels[at] = level(xml)?;
                return Ok(());
            }
            Name::W("numStyleLink") => list.linked = element.val().map(Into::into),
            _ => {}
        }
        xml.skip()
    })?;
    Ok(list)
}

fn use_of(xml: &mut Xml) -> Result<Use, Damage> {
    let mut of = Use::default();
    xml.each(|xml, element| match element.name() {
        Name::W("abstractNumId") => {
            of.list = element.number().unwrap_or(0);
            xml.skip()
        }
        Name::W("lvlOverride") => {
            let at = level_number(element);
            xml.each(|xml, element| match element.name() {
                Name::W("startOverride") => {
                    of.starts[at] = element.number();
                    xml.skip()
                }
                Name::W("lvl") => {
                    of.levels.insert(at, level(xml)?);
                    Ok(())
                }
                _ => xml.skip(),
            })
        }
        _ => xml.skip(),
    })?;
    Ok(of)
}

fn level(xml: &mut Xml) -> Result<Level, Damage> {
    let mut level = Level::default();
    xml.each(|xml, element| {
        match element.name() {
            Name::W("start") => level.start = element.number().unwrap_or(0),
            Name::W("numFmt") => {
                let format = element.val().unwrap_or_default();
                // The one custom format in use writes digits with noughts before them.
                level.format = match (&*format, element.get("format").as_deref()) {
                    ("custom", Some("01, 02, 03, ...")) => "decimalZero".into(),
                    _ => format.into_owned(),
                };
            }
            Name::W("lvlText") => level.text = element.val().unwrap_or_default().into(),
            Name::W("lvlRestart") => level.restart = element.number(),
            Name::W("isLgl") => level.legal = element.is_on(),
            Name::W("pStyle") => level.style = element.val().map(Into::into),
            Name::W("suff") => {
                level.behind = match element.val().as_deref() {
                    Some("space") => " ",
                    Some("nothing") => "",
                    _ => "\t",
                }
            }
            Name::W("pPr") => {
                return xml.each(|xml, element| {
                    if element.name() == Name::W("ind") {
                        level.indent = Indent::of(element);
                    }
                    xml.skip()
                });
            }
            Name::W("rPr") => {
                return xml.each(|xml, element| {
                    if element.name() == Name::W("rFonts") {
                        level.signs = element
                            .get("ascii")
                            .is_some_and(|font| symbol::is_font(&font));
                    }
                    xml.skip()
                });
            }
            // A picture for a bullet.
            Name::W("lvlPicBulletId") => level.signs = true,
            // What an old list was numbered by, or a choice that needs a later Word.
            _ => {}
        }
        xml.skip()
    })?;
    Ok(level)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    /// Levels as `format text start`, then paragraphs as `num.level`, and what is printed.
    fn printed(levels: &[&str], uses: &str, paragraphs: &str) -> String {
        let mut xml = format!("<w:numbering xmlns:w='{SPACE}'><w:abstractNum w:abstractNumId='0'>");
        for (at, level) in levels.iter().enumerate() {
            let mut words = level.splitn(4, ' ');
            let mut word = || words.next().unwrap_or("");
            let (format, text, start, more) = (word(), word(), word(), word());
            xml += &format!(
                "<w:lvl w:ilvl='{at}'><w:start w:val='{start}'/><w:numFmt w:val='{format}'/>\
                 <w:lvlText w:val='{text}'/>{more}</w:lvl>"
            );
        }
        xml += "</w:abstractNum>";
        for (id, more) in (1..).zip(uses.split('|')) {
            xml += &format!("<w:num w:numId='{id}'><w:abstractNumId w:val='0'/>{more}</w:num>");
        }
        xml += "</w:numbering>";
        let mut numbering = Numbering::read("numbering.xml", &xml).unwrap();
        let one = |paragraph: &str| {
            let (num, level) = paragraph.split_once('.').unwrap();
            numbering
                .next(num.parse().unwrap(), level.parse().unwrap())
                .map_or("-".into(), |printed| printed.label)
        };
        paragraphs.split(' ').map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn lists_are_counted_as_word_counts_them() {
        let three = &["decimal %1. 1", "lowerLetter (%2) 1", "lowerRoman (%3) 1"];
        let starts = |start: u32| {
            format!("<w:lvlOverride w:ilvl='0'><w:startOverride w:val='{start}'/></w:lvlOverride>")
        };
        for (levels, uses, paragraphs, labels) in [
            // A level begins again behind one above it.
            (
                &three[..],
                "",
                "1.0 1.1 1.1 1.2 1.2 1.1 1.0 1.1 1.2",
                "1. (a) (b) (i) (ii) (c) 2. (a) (i)",
            ),
            // A level without one above it counts all the same.
            (three, "", "1.1 1.1 1.0 1.1", "(a) (b) 1. (a)"),
            // Uses of one list share its numbers; one with a start of its own begins there once.
            (three, "|", "1.0 2.0 1.0", "1. 2. 3."),
            (
                three,
                &format!("|{}", starts(1)),
                "1.0 1.0 2.0 2.0 1.0",
                "1. 2. 1. 2. 3.",
            ),
            (three, &format!("|{}", starts(7)), "1.0 2.0 2.0", "1. 7. 8."),
            // Outline numbers, in digits where the list is legal.
            (
                &["upperRoman %1. 1", "decimal %1.%2 1"],
                "",
                "1.0 1.1 1.1 1.0 1.1",
                "I. I.1 I.2 II. II.1",
            ),
            (
                &["upperRoman %1. 1", "decimal %1.%2 1 <w:isLgl/>"],
                "",
                "1.0 1.1 1.0 1.1",
                "I. 1.1 II. 2.1",
            ),
            (
                &["decimal %1. 1", "decimal %1.%2 1"],
                "",
                "1.1 1.1 1.0",
                "1.1 1.2 1.",
            ),
            // Paragraphs that run through under headings, or begin again behind one only.
            (
                &[
                    "upperRoman %1. 1",
                    "upperLetter %2. 1",
                    "decimal %3. 1 <w:lvlRestart w:val='0'/>",
                ],
                "",
                "1.0 1.1 1.2 1.2 1.1 1.2 1.0 1.1 1.2",
                "I. A. 1. 2. B. 3. II. A. 4.",
            ),
            (
                &[
                    "upperRoman %1. 1",
                    "upperLetter %2. 1",
                    "decimal %3. 1 <w:lvlRestart w:val='1'/>",
                ],
                "",
                "1.0 1.1 1.2 1.1 1.2 1.0 1.2",
                "I. A. 1. B. 2. II. 1.",
            ),
            // Starts, words around the number, formats without a number, and what is not defined.
            (
                &["chineseCounting 第%1章 2"],
                "",
                "1.0 1.0",
                "第二章 第三章",
            ),
            (&["none Note: 1"], "", "1.0 1.0", "Note: Note:"),
            (&["bullet \u{f0b7} 1"], "", "1.0", "•"),
            (&["bullet – 1"], "", "1.0", "–"),
            (three, "", "1.0 9.0 1.7 1.0", "1. - - 2."),
            // A level of another form in one use.
            (
                three,
                "|<w:lvlOverride w:ilvl='0'><w:lvl w:ilvl='0'><w:start w:val='5'/><w:numFmt w:val='upperLetter'/>\
                 <w:lvlText w:val='%1)'/></w:lvl></w:lvlOverride>",
                "1.0 2.0",
                "1. B)",
            ),
        ] {
            assert_eq!(
                printed(levels, uses, paragraphs),
                labels,
                "{levels:?} {uses} {paragraphs}"
            );
        }
    }
}
