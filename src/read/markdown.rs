//! Markdown: what it would be printed as, without its marks, with the numbers its lists are typed
//! with.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::detect::glued_hashes;
use super::inline::Inline;
use super::manuscript::{Format, Manuscript, Role};
use super::piece::{Piece, Pieces};
use super::text;
use super::typed::is_labelled;

/// An entry is set in by so many columns.
const STEP: u16 = 4;

/// Reads a text, telling `progress` how many of its bytes are read.
pub(super) fn manuscript(source: &str, progress: &mut dyn FnMut(u64, u64)) -> Manuscript {
    let source = &*parted(source);
    let mut walk = Walk::new(source);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut told = 0;
    for (event, span) in Parser::new_ext(source, options).into_offset_iter() {
        if span.start >= told {
            progress(span.start as u64, source.len() as u64);
            told = span.start + (1 << 20);
        }
        walk.take(event, span);
    }
    walk.flush();
    walk.out.manuscript(Format::Markdown, Vec::new())
}

/// A text with a space behind the hashes of its headings: `###Article 2` is meant for one. A single
/// hash may begin a tag as `#water`; it is meant only where several lines begin so, and hold no other.
fn parted(source: &str) -> Cow<'_, str> {
    let single = |line: &str| {
        let letter = line
            .strip_prefix('#')
            .is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        letter && !line[1..].contains('#')
    };
    if !source.lines().any(|line| glued_hashes(line) > 0) {
        return source.into();
    }
    let several = source.lines().filter(|line| single(line)).nth(1).is_some();
    let mut out = String::with_capacity(source.len() + 64);
    let mut fence: Option<&str> = None;
    for line in source.split_inclusive(['\n', '\r']) {
        let bare = line.trim();
        let drawn = ["```", "~~~"]
            .into_iter()
            .find(|sign| bare.starts_with(sign));
        match (fence, drawn) {
            (None, Some(_)) => fence = drawn,
            (Some(_), Some(_)) if fence == drawn => fence = None,
            _ => {}
        }
        let marks = match glued_hashes(line) {
            1 if !(several && single(line)) => 0,
            marks => marks,
        };
        if marks > 0 && fence.is_none() {
            out.push_str(&line[..marks]);
            out.push(' ');
            out.push_str(&line[marks..]);
        } else {
            out.push_str(line);
        }
    }
    out.into()
}

/// A list that is open.
#[derive(Debug)]
struct List {
    /// The number of the next entry; none for a list of bullets.
    next: Option<u64>,
    /// What the first entry is typed with, and whether the second was typed with the same.
    first: Option<String>,
    lazy: Option<bool>,
    pending: Option<String>,
}

struct Walk<'a> {
    source: &'a str,
    inline: Inline,
    bold: u32,
    italic: u32,
    lists: Vec<List>,
    quotes: usize,
    heading: Option<u8>,
    /// The mark of the footnote that is being read, until its text comes.
    note: Option<String>,
    in_note: bool,
    /// The cells of the row that is being read.
    row: Option<Piece>,
    starts_table: bool,
    /// Where the entry begins that is being read.
    item: usize,
    verbatim: bool,
    skipped: bool,
    /// Where the text that is being read begins, and the line of that.
    begins: Option<usize>,
    counted: usize,
    line: u32,
    out: Pieces,
}

impl<'a> Walk<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            inline: Inline::default(),
            bold: 0,
            italic: 0,
            lists: Vec::new(),
            quotes: 0,
            heading: None,
            note: None,
            in_note: false,
            row: None,
            starts_table: false,
            item: 0,
            verbatim: false,
            skipped: false,
            begins: None,
            counted: 0,
            line: 1,
            out: Pieces::default(),
        }
    }

    fn take(&mut self, event: Event, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if !self.skipped => self.text(&text, span),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text, span)
            }
            Event::SoftBreak => self.inline.wrap_line(),
            Event::HardBreak => self.inline.break_line(),
            Event::FootnoteReference(name) => {
                let from = self.inline.end();
                self.text(&name, span);
                self.inline.calls.push(from..self.inline.text.len());
            }
            // Tags are marks too; what stands between them comes as text.
            Event::InlineHtml(tag) => {
                if tag.to_ascii_lowercase().starts_with("<br") {
                    self.inline.break_line();
                }
            }
            Event::Rule => self.flush(),
            Event::Html(block) => self.html(&block, span),
            Event::Text(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn text(&mut self, text: &str, span: Range<usize>) {
        self.begins.get_or_insert(span.start);
        match self.verbatim {
            true => self.inline.push_raw(text),
            false => self.inline.push(text, self.bold > 0, self.italic > 0),
        }
    }

    /// A block of HTML: what a page would print of it.
    fn html(&mut self, block: &str, span: Range<usize>) {
        let page = super::html::manuscript(block, &mut |_, _| ());
        for line in &page.lines {
            self.text(page.printed(line), span.clone());
            self.flush();
        }
    }

    fn start(&mut self, tag: Tag, span: Range<usize>) {
        match tag {
            Tag::Emphasis => self.italic += 1,
            Tag::Strong => self.bold += 1,
            Tag::Strikethrough | Tag::Link { .. } | Tag::Superscript | Tag::Subscript => {}
            // Its words stand for a picture, and are not printed beside it.
            Tag::Image { .. } => self.skipped = true,
            Tag::TableCell => {}
            _ => {
                self.flush();
                self.start_block(tag, span);
            }
        }
    }

    fn start_block(&mut self, tag: Tag, span: Range<usize>) {
        // These print nothing that a label could stand before.
        if matches!(tag, Tag::List(_) | Tag::Table(_) | Tag::CodeBlock(_)) {
            self.end_label();
        }
        match tag {
            Tag::Heading { level, .. } => self.heading = Some(number_of(level)),
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::CodeBlock(_) => self.verbatim = true,
            Tag::List(next) => self.lists.push(List {
                next,
                first: None,
                lazy: None,
                pending: None,
            }),
            Tag::Item => {
                self.item = span.start;
                let typed = typed_label(&self.source[span]);
                if let Some(list) = self.lists.last_mut() {
                    list.begin(typed);
                }
            }
            Tag::FootnoteDefinition(name) => {
                self.note = Some(name.to_string());
                self.in_note = true;
            }
            Tag::Table(_) => self.starts_table = true,
            Tag::TableHead | Tag::TableRow => self.row = Some(Piece::default()),
            Tag::MetadataBlock(_) => self.skipped = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Image => self.skipped = false,
            TagEnd::Link | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::TableCell => self.end_cell(),
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(),
            _ => {
                self.flush();
                match tag {
                    TagEnd::Heading(_) => self.heading = None,
                    TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
                    TagEnd::CodeBlock => self.verbatim = false,
                    TagEnd::List(_) => drop(self.lists.pop()),
                    TagEnd::Item => self.end_label(),
                    TagEnd::FootnoteDefinition => self.in_note = false,
                    TagEnd::MetadataBlock(_) => self.skipped = false,
                    _ => {}
                }
            }
        }
    }

    /// A label with nothing behind it stands alone if it counts: `3.` over a line with `(a)`.
    fn end_label(&mut self) {
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        let counts = list.next.is_some();
        list.pending = list.pending.take().filter(|_| counts);
        if list.pending.is_some() && !self.in_note {
            self.begins.get_or_insert(self.item);
            let number = self.number();
            let piece = self.in_place(Piece {
                number,
                gap: true,
                ..Piece::default()
            });
            self.out.push(piece);
        }
    }

    fn end_cell(&mut self) {
        let number = self.number();
        let pieces = self.inline.take();
        let Some(row) = &mut self.row else { return };
        row.number = number;
        // A tab before each cell; that of the first falls away with the white space before it.
        row.text.push('\t');
        for (nth, piece) in pieces.iter().enumerate() {
            row.append(if nth > 0 { " " } else { "" }, piece);
        }
    }

    fn end_row(&mut self) {
        let Some(mut row) = self.row.take() else {
            return;
        };
        let before = row.text.len() - row.text.trim_start().len();
        row.text.drain(..before);
        row.text.truncate(row.text.trim_end().len());
        row.calls = row
            .calls
            .iter()
            .map(|call| call.start - before..call.end - before)
            .collect();
        if !row.text.is_empty() {
            row.role = Role::Table;
            row.gap = std::mem::take(&mut self.starts_table);
            self.out.push(row);
        }
    }

    /// The line of the source that the text begins on.
    fn number(&mut self) -> u32 {
        let begins = self.begins.take().unwrap_or(self.counted).max(self.counted);
        self.line += text::line_ends(&self.source[self.counted..begins]).count() as u32;
        self.counted = begins;
        self.line
    }

    /// Ends a paragraph, if there is one.
    fn flush(&mut self) {
        if self.inline.text.trim().is_empty() {
            self.inline = Inline::default();
            return;
        }
        let number = self.number();
        if self.verbatim {
            return self.flush_lines(number);
        }
        for (nth, mut piece) in self.inline.take().into_iter().enumerate() {
            piece.number = number;
            piece.gap = nth == 0;
            let piece = self.in_place(piece);
            self.out.push(piece);
        }
    }

    fn in_place(&mut self, mut piece: Piece) -> Piece {
        let depth = self.lists.len().saturating_sub(1);
        let deep = u16::try_from(self.quotes + depth).unwrap_or(u16::MAX);
        piece.indent = STEP.saturating_mul(deep);
        if self.in_note {
            piece.role = Role::Footnote;
            return match self.note.take() {
                Some(mark) => piece.labelled(&mark),
                None => piece,
            };
        }
        piece.role = match self.heading {
            Some(level) => Role::Heading(level),
            None => Role::Paragraph,
        };
        let label = self.lists.last_mut().and_then(|list| list.pending.take());
        let Some(label) = label else { return piece };
        if piece.role == Role::Paragraph {
            piece.role = Role::Entry(u8::try_from(depth).unwrap_or(u8::MAX));
        }
        match is_labelled(&piece.text) && label == "•" {
            true => piece,
            false => piece.labelled(&label),
        }
    }

    /// Ends text that is to be set line by line.
    fn flush_lines(&mut self, first: u32) {
        let text = std::mem::take(&mut self.inline).text;
        let mut gap = true;
        for (number, line) in (first..).zip(text::raw_lines(&text)) {
            let raw = &text[line];
            let printed = raw.trim();
            if !printed.is_empty() {
                let before = &raw[..raw.len() - raw.trim_start().len()];
                self.out.push(Piece {
                    role: Role::Paragraph,
                    text: printed.into(),
                    indent: text::indent(before),
                    gap,
                    number,
                    ..Piece::default()
                });
            }
            gap = printed.is_empty();
        }
    }
}

impl List {
    /// Begins an entry that was typed with this label.
    fn begin(&mut self, typed: Option<String>) {
        let Some(next) = self.next else {
            self.pending = Some("•".into());
            return;
        };
        self.next = Some(next.saturating_add(1));
        // Who types 1. before every entry leaves the counting to others.
        if self.first.is_some() && self.lazy.is_none() {
            self.lazy = Some(self.first == typed);
        }
        let computed = || {
            let sign = if typed.as_ref().is_some_and(|typed| typed.ends_with(')')) {
                ')'
            } else {
                '.'
            };
            format!("{next}{sign}")
        };
        self.pending = Some(match (&typed, self.lazy) {
            (Some(typed), None | Some(false)) => typed.clone(),
            _ => computed(),
        });
        if self.first.is_none() {
            self.first = typed;
        }
    }
}

/// The number an entry of a list is typed with: `12.`
fn typed_label(item: &str) -> Option<String> {
    let end = item.find(['.', ')'])? + 1;
    let label = &item[..end];
    let digits = label.len() > 1 && label[..end - 1].bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| label.into())
}

fn number_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn hashes_right_before_a_word_are_those_of_a_heading_but_for_a_tag() {
        for (source, expected) in [
            ("###Article 2\r\nText", "### Article 2\r\nText"),
            ("##第一条\n", "## 第一条\n"),
            ("## Whole\n", "## Whole\n"),
            ("####: Form\n#######Deep\n", "####: Form\n#######Deep\n"),
            ("#water is short\n", "#water is short\n"),
            ("#water #land\n#sea #air\n", "#water #land\n#sea #air\n"),
            ("#One\nText\n#Two\n", "# One\nText\n# Two\n"),
            ("see ##Two\n", "see ##Two\n"),
            ("```\n##code\n```\n##Two\n", "```\n##code\n```\n## Two\n"),
        ] {
            assert_eq!(parted(source), expected, "{source}");
        }
    }
}
