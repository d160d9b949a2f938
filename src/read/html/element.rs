//! The elements of HTML, by what they mean for who reads the page.

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Part of a line of text.
    Inline,
    /// A break in a line.
    Break,
    /// A line drawn across.
    Rule,
    /// The page and its body: no end tag ends them.
    Page,
    /// A box of other blocks, or of text.
    Box,
    /// What is set in the middle.
    Centre,
    Heading(u8),
    Paragraph,
    Quote,
    /// Text set line by line.
    Pre,
    List {
        ordered: bool,
    },
    Item,
    Terms,
    Term,
    Description,
    Table,
    RowGroup,
    Row,
    Cell,
    /// What is said of a table or figure.
    Caption,
    /// What leads around the site.
    Navigation,
    /// What is never shown, or is no text.
    Never,
}

impl Kind {
    /// True for elements whose end tag may be left out.
    pub fn ends_by_itself(self) -> bool {
        matches!(
            self,
            Self::Page
                | Self::Paragraph
                | Self::Item
                | Self::Term
                | Self::Description
                | Self::RowGroup
                | Self::Row
                | Self::Cell
                | Self::Break
                | Self::Rule
        )
    }
}

/// What becomes of an open element where another begins inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// It ends there, its end tag left out.
    Ends,
    /// It stays, and so does all around it.
    Stays,
    /// It stays, unless what is around it ends.
    Open,
}

impl Kind {
    /// What becomes of this open element before another.
    pub fn before(self, next: Self) -> Before {
        let (ends, stays) = match next {
            Self::Item => (
                self == Self::Item,
                matches!(self, Self::List { .. } | Self::Cell),
            ),
            Self::Term | Self::Description => (
                matches!(self, Self::Term | Self::Description),
                matches!(self, Self::List { .. } | Self::Terms | Self::Cell),
            ),
            Self::Cell => (self == Self::Cell, matches!(self, Self::Row | Self::Table)),
            Self::Row => (self == Self::Row, self == Self::Table),
            Self::RowGroup => (
                matches!(self, Self::RowGroup | Self::Row),
                self == Self::Table,
            ),
            // Only right inside of it: a heading that was never ended.
            Self::Heading(_) => (matches!(self, Self::Heading(_)), true),
            _ => (false, true),
        };
        match (ends, stays) {
            (true, _) => Before::Ends,
            (_, true) => Before::Stays,
            _ => Before::Open,
        }
    }
}

/// What the element of this name is.
pub(super) fn kind(name: &[u8]) -> Kind {
    match name {
        b"br" => Kind::Break,
        b"hr" => Kind::Rule,
        b"html" | b"body" | b"head" => Kind::Page,
        b"address" | b"article" | b"aside" | b"details" | b"dialog" | b"div" | b"fieldset"
        | b"figure" | b"footer" | b"form" | b"frameset" | b"header" | b"hgroup" | b"legend"
        | b"main" | b"search" | b"section" | b"summary" => Kind::Box,
        b"center" => Kind::Centre,
        b"h1" => Kind::Heading(1),
        b"h2" => Kind::Heading(2),
        b"h3" => Kind::Heading(3),
        b"h4" => Kind::Heading(4),
        b"h5" => Kind::Heading(5),
        b"h6" => Kind::Heading(6),
        b"p" => Kind::Paragraph,
        b"blockquote" => Kind::Quote,
        b"pre" | b"listing" | b"xmp" | b"plaintext" => Kind::Pre,
        b"ol" => Kind::List { ordered: true },
        b"ul" | b"menu" | b"dir" => Kind::List { ordered: false },
        b"li" => Kind::Item,
        b"dl" => Kind::Terms,
        b"dt" => Kind::Term,
        b"dd" => Kind::Description,
        b"table" => Kind::Table,
        b"thead" | b"tbody" | b"tfoot" => Kind::RowGroup,
        b"tr" => Kind::Row,
        b"td" | b"th" => Kind::Cell,
        b"caption" | b"figcaption" => Kind::Caption,
        b"nav" => Kind::Navigation,
        b"button" | b"datalist" | b"iframe" | b"noembed" | b"noframes" | b"noscript"
        | b"script" | b"select" | b"style" | b"svg" | b"template" | b"textarea" | b"title" => {
            Kind::Never
        }
        _ => Kind::Inline,
    }
}

/// True for elements in which nothing is text of the page.
pub(super) fn is_never_text(name: &[u8]) -> bool {
    kind(name) == Kind::Never
}

/// True for a block that holds footnotes, or one of them.
pub(super) fn is_note(id: &str, class: &str, role: &str) -> bool {
    const CLASSES: [&str; 8] = [
        "footnote",
        "footnotes",
        "endnote",
        "endnotes",
        "footnote-text",
        "msofootnotetext",
        "msoendnotetext",
        "footnote-list",
    ];
    const IDS: [&str; 8] = [
        "fn",
        "ftn",
        "_ftn",
        "edn",
        "_edn",
        "footnote",
        "endnote",
        "cite_note",
    ];
    let by_class = class
        .split_whitespace()
        .any(|word| CLASSES.iter().any(|class| word.eq_ignore_ascii_case(class)));
    let by_role = role
        .split_whitespace()
        .any(|word| matches!(word, "doc-footnote" | "doc-endnote" | "doc-endnotes"));
    let bare = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = bare.len() < id.len();
    let stem = bare.trim_end_matches(['-', '_', ':', '.']);
    by_class || by_role || numbered && IDS.iter().any(|known| stem.eq_ignore_ascii_case(known))
}

/// How far styles set a block in from the left, in columns of half an em.
pub(super) fn margin(styles: &str) -> u16 {
    /// An em of the usual size, in points.
    const EM: f32 = 12.0;
    let value = styles
        .split(';')
        .filter_map(|style| style.split_once(':'))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("margin-left"))
        .map_or("", |(_, value)| value.trim());
    let end = value
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(value.len());
    let (number, unit) = value.split_at(end);
    let points = match unit.to_ascii_lowercase().as_str() {
        "pt" => 1.0,
        "px" => 0.75,
        "cm" => 28.35,
        "mm" => 2.835,
        "in" => 72.0,
        "em" | "rem" => EM,
        _ => return 0,
    };
    let columns = number.parse::<f32>().unwrap_or(0.0) * points * 2.0 / EM;
    // A margin of more than a page is none. A cast cuts off what is behind the point.
    if columns < 160.0 {
        columns.round() as u16
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::{is_note, margin};

    #[test]
    fn margins_are_columns() {
        for (styles, columns) in [
            ("margin-left:36.0pt;text-indent:-18pt", 6),
            ("color:red;MARGIN-LEFT: 2em", 4),
            ("margin-left:1in", 12),
            ("margin-left:96px", 12),
            ("margin-left:auto", 0),
            ("margin-left:99999in", 0),
            ("margin-left:-3em", 0),
            ("margin-left:1.2.3pt", 0),
            ("", 0),
        ] {
            assert_eq!(margin(styles), columns, "{styles}");
        }
    }

    #[test]
    fn notes_are_known_by_what_pages_call_them() {
        for (id, class, role) in [
            ("fn1", "", ""),
            ("_ftn12", "", ""),
            ("fn:3", "", ""),
            ("cite_note-4", "", ""),
            ("", "Footnotes small", ""),
            ("", "MsoFootnoteText", ""),
            ("", "", "doc-endnotes"),
        ] {
            assert!(is_note(id, class, role), "{id} {class} {role}");
        }
        for (id, class, role) in [
            ("fn", "", ""),
            ("fnref1", "", ""),
            ("para1", "text", "main"),
            ("", "", ""),
        ] {
            assert!(!is_note(id, class, role), "{id} {class} {role}");
        }
    }
}
