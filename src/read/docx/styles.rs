//! Styles: what they say of paragraphs and runs, and which of them are for headings.

use std::collections::HashMap;

use super::properties::{ParagraphProperties, RunProperties};
use super::xml::{Damage, Name, Xml};

/// A style that is based on more others than this is based on itself.
const MOST_BASES: usize = 16;

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    paragraph: ParagraphProperties,
    run: RunProperties,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default: Option<String>,
    /// What all runs are where nothing else is said.
    runs: RunProperties,
}

impl Styles {
    /// Reads `styles.xml`.
    pub fn read(part: &str, text: &str) -> Result<Self, Damage> {
        let mut out = Self::default();
        let mut xml = Xml::new(part, text);
        xml.root()?;
        xml.each(|xml, element| match element.name() {
            Name::W("docDefaults") => xml.each(|xml, element| match element.name() {
                Name::W("rPrDefault") => xml.each(|xml, element| match element.name() {
                    Name::W("rPr") => {
                        out.runs = RunProperties::read(xml)?.0;
                        Ok(())
                    }
                    _ => xml.skip(),
                }),
                _ => xml.skip(),
            }),
            Name::W("style") => {
                let id = element.get("styleId").unwrap_or_default().into_owned();
                let default = element
                    .get("default")
                    .is_some_and(|is| is != "0" && is != "false");
                if default && element.get("type").is_none_or(|kind| kind == "paragraph") {
                    out.default = Some(id.clone());
                }
                out.styles.insert(id, style(xml)?);
                Ok(())
            }
            _ => xml.skip(),
        })?;
        Ok(out)
    }

    /// A style and those it is based on, nearest first.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let find = |id: &'a str| Some((id, self.styles.get(id)?));
        let first = id.and_then(find);
        std::iter::successors(first, move |(_, style)| find(style.based_on.as_deref()?))
            .take(MOST_BASES)
    }

    /// The style that a paragraph has, be it only that of all paragraphs.
    pub fn of<'a>(&'a self, named: Option<&'a str>) -> Option<&'a str> {
        named
            .filter(|id| self.styles.contains_key(*id))
            .or(self.default.as_deref())
    }

    /// What a style says of paragraphs, with what it is based on.
    pub fn paragraph(&self, id: Option<&str>) -> ParagraphProperties {
        let said = self.chain(id).map(|(_, style)| &style.paragraph);
        said.fold(ParagraphProperties::default(), ParagraphProperties::or)
    }

    /// The style nearest in the chain that says which numbering it has, and which that is.
    pub fn numbered<'a>(&'a self, id: Option<&'a str>) -> Option<(&'a str, u32)> {
        self.chain(id)
            .find_map(|(id, style)| Some((id, style.paragraph.num?)))
    }

    /// What a style says of runs, with what it is based on.
    pub fn run(&self, id: Option<&str>) -> RunProperties {
        let said = self.chain(id).map(|(_, style)| &style.run);
        said.fold(RunProperties::default(), RunProperties::or)
    }

    /// What is said of all runs.
    pub fn runs(&self) -> &RunProperties {
        &self.runs
    }

    /// True for the style of numbers that call a note.
    pub fn calls_note(&self, id: Option<&str>) -> bool {
        self.chain(id).any(|(_, style)| {
            ["footnote reference", "endnote reference"]
                .contains(&style.name.to_lowercase().as_str())
        })
    }

    /// The level of the headings a style is for, 0 for titles; `None` where it is for no heading.
    pub fn heading(&self, id: Option<&str>) -> Option<u8> {
        for (id, style) in self.chain(id) {
            let named = heading_named(&style.name).or_else(|| heading_named(id));
            match (named, style.paragraph.outline) {
                (Some(level), _) => return level,
                (None, Some(level)) => return (level < 9).then_some(level + 1),
                (None, None) => {}
            }
        }
        None
    }
}

fn style(xml: &mut Xml) -> Result<Style, Damage> {
    let mut style = Style::default();
    xml.each(|xml, element| {
        match element.name() {
            Name::W("name") => style.name = element.val().unwrap_or_default().into(),
            Name::W("basedOn") => style.based_on = element.val().map(Into::into),
            Name::W("pPr") => {
                style.paragraph = ParagraphProperties::read(xml)?;
                return Ok(());
            }
            Name::W("rPr") => {
                style.run = RunProperties::read(xml)?.0;
                return Ok(());
            }
            _ => {}
        }
        xml.skip()
    })?;
    Ok(style)
}

/// What the name or id of a style says of headings: a level, surely none, or nothing.
fn heading_named(name: &str) -> Option<Option<u8>> {
    let bare: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    if TITLES.contains(&bare.as_str()) {
        return Some(Some(0));
    }
    // Said of what stands about the title (session, agenda item, whose report it is), and of lists of contents.
    let beside = ["agenda", "session", "toc", "titleh1", "titleh2"];
    if beside.iter().any(|start| bare.starts_with(start)) {
        return Some(None);
    }
    let number = bare.trim_start_matches(|c: char| !c.is_ascii_digit());
    let word = &bare[..bare.len() - number.len()];
    if HEADINGS.contains(&word) {
        return number
            .parse()
            .ok()
            .filter(|level| (1..=9).contains(level))
            .map(Some);
    }
    // The styles of United Nations templates: HCh, H1, H23, in Geneva HChG, RegH1G, AnnoH23G.
    let plain = ["reg", "anno"]
        .iter()
        .find_map(|start| bare.strip_prefix(start))
        .unwrap_or(&bare);
    match plain.strip_suffix('g').unwrap_or(plain) {
        "hch" => Some(Some(1)),
        "h1" => Some(Some(2)),
        "h2" | "h3" | "h23" => Some(Some(3)),
        "h4" => Some(Some(4)),
        "h5" | "h6" | "h56" => Some(Some(5)),
        _ => None,
    }
}

/// Names of the style for a document's title, and of the United Nations' own.
const TITLES: [&str; 9] = [
    "title",
    "titlehch",
    "标题",
    "標題",
    "titre",
    "titulo",
    "título",
    "название",
    "العنوان",
];

/// Names of the styles for headings, before their level.
const HEADINGS: [&str; 13] = [
    "heading",
    "标题",
    "標題",
    "titre",
    "título",
    "titulo",
    "ttulo",
    "заголовок",
    "عنوان",
    "العنوان",
    "überschrift",
    "berschrift",
    "見出し",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_for_headings_are_known_by_their_names() {
        for (name, level) in [
            ("heading 1", Some(Some(1))),
            ("Heading3", Some(Some(3))),
            ("标题 2", Some(Some(2))),
            ("Titre 1", Some(Some(1))),
            ("Título 2", Some(Some(2))),
            ("Заголовок 3", Some(Some(3))),
            ("عنوان 1", Some(Some(1))),
            ("Title", Some(Some(0))),
            ("_ H _Ch_G", Some(Some(1))),
            ("HCh", Some(Some(1))),
            ("H1", Some(Some(2))),
            ("_ H_2/3", Some(Some(3))),
            ("RegH1G", Some(Some(2))),
            ("AnnoHCHG", Some(Some(1))),
            ("H56", Some(Some(5))),
            ("TitleHCH", Some(Some(0))),
            ("AgendaTitleH2", Some(None)),
            ("TitleH1", Some(None)),
            ("TOC Heading", Some(None)),
            ("heading", None),
            ("Normal", None),
            ("Heading 1 Char", None),
            ("HTML Preformatted", None),
        ] {
            assert_eq!(heading_named(name), level, "{name}");
        }
    }
}
