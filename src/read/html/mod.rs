//! HTML: what a browser would print, paragraph by paragraph, with the numbers it gives to lists.
//!
//! The tokens come from a tokenizer of the standard; which elements are open is kept here, so
//! forgivingly that no page fails, and no deeper than [`DEEPEST`], so that none takes long.

mod element;
mod list;
mod mark;
mod table;

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

use super::inline::Inline;
use super::manuscript::{Format, Manuscript, Remark, Role};
use super::piece::{Piece, Pieces};
use super::text;
use super::typed::is_labelled;
use element::{Before, Kind, kind};
use list::{List, Style};
use table::Table;

/// Elements nested deeper than this are read as if they were not.
const DEEPEST: usize = 512;
/// A list or quotation is set in by so many columns.
const STEP: u16 = 4;

/// Reads a page, telling `progress` how many of its bytes are read.
pub(super) fn manuscript(page: &str, progress: &mut dyn FnMut(u64, u64)) -> Manuscript {
    let reversed = page.contains("reversed").then(|| {
        // A list that counts down starts at the number of its entries.
        let mut first = Walk::default();
        first.read(page, &mut |_, _| ());
        first.entries
    });
    let mut walk = Walk {
        known_entries: reversed.unwrap_or_default(),
        ..Walk::default()
    };
    walk.read(page, progress);
    if walk.out.is_empty() && walk.skipped > 0 {
        // A page that is all navigation has been taken for more than it is.
        walk = Walk {
            keeps_all: true,
            ..Walk::default()
        };
        walk.read(page, progress);
    }
    let mut remarks = Vec::new();
    if walk.skipped > 0 && !walk.keeps_all {
        remarks.push(Remark {
            line: 0,
            page: 0,
            text: format!(
                "{} characters of navigation and hidden text are left out",
                walk.skipped
            ),
            misread: false,
        });
    }
    walk.out.manuscript(Format::Html, remarks)
}

/// An element that is open.
#[derive(Debug)]
struct Open {
    name: HtmlString,
    kind: Kind,
    /// True when what is in it is a footnote.
    note: bool,
    centred: bool,
    /// How many columns it is set in by.
    margin: u16,
}

#[derive(Debug, Default)]
struct Walk {
    open: Vec<Open>,
    /// How many elements are open beyond the deepest.
    beyond: usize,
    /// What is being skipped: the name of its element, and how many of these are open.
    skipping: Option<(HtmlString, usize)>,
    /// True where navigation and what is hidden are read too.
    keeps_all: bool,
    /// True for XHTML.
    is_xml: bool,
    /// How many characters of those were skipped.
    skipped: usize,
    inline: Inline,
    lists: Vec<List>,
    tables: Vec<Table>,
    bold: u32,
    italic: u32,
    notes: u32,
    centred: u32,
    /// Where the raised text begins that is being read.
    raised: Option<usize>,
    /// Where the link begins that is being read, and whether it leads to a note.
    link: Option<(usize, bool)>,
    /// True when a link to a note was read since raised text began.
    linked: bool,
    /// How many entries each list has, in the order they begin in; and where it is the one begun nth.
    entries: Vec<i64>,
    list_numbers: Vec<usize>,
    known_entries: Vec<i64>,
    out: Pieces,
}

fn attribute<'a>(tag: &'a StartTag<usize>, name: &[u8]) -> Option<std::borrow::Cow<'a, str>> {
    let value = tag.attributes.get(name)?;
    Some(String::from_utf8_lossy(&value.value.0))
}

impl Walk {
    fn read(&mut self, page: &str, progress: &mut dyn FnMut(u64, u64)) {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        self.is_xml = page.trim_start().starts_with("<?xml");
        let mut told = 0;
        for token in Tokenizer::new_with_emitter(page, emitter) {
            let token = match token {
                Ok(token) => token,
                Err(never) => match never {},
            };
            match token {
                Token::StartTag(tag) => {
                    if tag.span.start >= told {
                        progress(tag.span.start as u64, page.len() as u64);
                        told = tag.span.start + (1 << 20);
                    }
                    self.start(&tag);
                }
                Token::EndTag(tag) => self.end(&tag.name),
                Token::String(string) => self.text(&String::from_utf8_lossy(&string.value)),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        while !self.open.is_empty() {
            self.close();
        }
        self.flush();
    }

    fn text(&mut self, text: &str) {
        if let Some((name, _)) = &self.skipping {
            if !element::is_never_text(name) {
                self.skipped += text.chars().filter(|c| !c.is_whitespace()).count();
            }
        } else if self.is_in(|kind| kind == Kind::Pre) {
            self.inline.push_raw(text);
        } else {
            self.inline.push(text, self.bold > 0, self.italic > 0);
        }
    }

    /// True inside such an element, as far as the cell or page goes.
    fn is_in(&self, wanted: impl Fn(Kind) -> bool) -> bool {
        let here = self
            .open
            .iter()
            .rev()
            .take_while(|open| open.kind != Kind::Cell);
        here.into_iter().any(|open| wanted(open.kind))
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        if let Some((name, depth)) = &mut self.skipping {
            if *name == tag.name && !tag.self_closing {
                *depth += 1;
            }
            return;
        }
        let kind = kind(&tag.name);
        if self.is_skipped(tag, kind) {
            if !tag.self_closing {
                self.skipping = Some((tag.name.clone(), 1));
            }
            return;
        }
        match kind {
            Kind::Inline => self.start_inline(tag),
            Kind::Break if self.is_in(|kind| kind == Kind::Pre) => self.inline.push_raw("\n"),
            Kind::Break => self.inline.break_line(),
            Kind::Rule | Kind::Page => {
                self.close_paragraph();
                self.flush();
            }
            _ => self.start_block(tag, kind),
        }
    }

    fn is_skipped(&self, tag: &StartTag<usize>, kind: Kind) -> bool {
        if kind == Kind::Never {
            return true;
        }
        let hidden = || {
            let style = attribute(tag, b"style").unwrap_or_default();
            let style = style.to_ascii_lowercase().replace(' ', "");
            tag.attributes.contains_key(&b"hidden"[..]) || style.contains("display:none")
        };
        // Elements that need no end tag have nothing that surely ends the skipping.
        !self.keeps_all && (kind == Kind::Navigation || !kind.ends_by_itself() && hidden())
    }

    fn start_block(&mut self, tag: &StartTag<usize>, kind: Kind) {
        self.close_paragraph();
        self.flush();
        self.close_what_ends_here(kind);
        if self.open.len() >= DEEPEST {
            self.beyond += 1;
            return;
        }
        let id = attribute(tag, b"id").unwrap_or_default();
        let class = attribute(tag, b"class").unwrap_or_default();
        let role = attribute(tag, b"role").unwrap_or_default();
        match kind {
            Kind::List { ordered } => {
                let style = attribute(tag, b"style").and_then(|style| Style::of_css(&style));
                let style = style
                    .or_else(|| attribute(tag, b"type").and_then(|name| Style::of_type(&name)));
                let usual = if ordered {
                    Style::Decimal
                } else {
                    Style::Bullet
                };
                let reversed = ordered && tag.attributes.contains_key(&b"reversed"[..]);
                let counted = self.known_entries.get(self.entries.len()).copied();
                let first = if reversed { counted.unwrap_or(1) } else { 1 };
                let start = number(tag, b"start").unwrap_or(first);
                self.list_numbers.push(self.entries.len());
                self.entries.push(0);
                self.lists
                    .push(List::new(style.unwrap_or(usual), start, reversed));
            }
            Kind::Item => {
                if let Some(&nth) = self.list_numbers.last() {
                    self.entries[nth] += 1;
                }
                let style = attribute(tag, b"type").and_then(|name| Style::of_type(&name));
                // An entry without a list is a paragraph.
                if let Some(list) = self.lists.last_mut() {
                    list.begin(number(tag, b"value"), style);
                }
            }
            Kind::Table => {
                self.put_labels_alone(0);
                let layout = matches!(&*role, "presentation" | "none");
                self.tables.push(Table::new(layout));
            }
            Kind::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_row();
                }
            }
            Kind::Cell => {
                if let Some(table) = self.tables.last_mut() {
                    table.headed |= tag.name.0 == b"th";
                    let span = number(tag, b"colspan").and_then(|span| usize::try_from(span).ok());
                    table.begin_cell(span.unwrap_or(1));
                }
            }
            _ => {}
        }
        let align = attribute(tag, b"align").unwrap_or_default();
        let style = attribute(tag, b"style")
            .unwrap_or_default()
            .replace(' ', "");
        let open = Open {
            name: tag.name.clone(),
            kind,
            note: element::is_note(&id, &class, &role),
            margin: element::margin(&style),
            centred: kind == Kind::Centre
                || align.eq_ignore_ascii_case("center")
                || style.contains("text-align:center"),
        };
        self.notes += u32::from(open.note);
        self.centred += u32::from(open.centred);
        self.open.push(open);
        // What is empty may have no end tag in XHTML; in HTML such a slash means nothing.
        if tag.self_closing && self.is_xml {
            self.close();
        }
    }

    /// A paragraph ends where any other block begins.
    fn close_paragraph(&mut self) {
        if self
            .open
            .last()
            .is_some_and(|open| open.kind == Kind::Paragraph)
        {
            self.close();
        }
    }

    /// Closes what needs no end tag before such an element.
    fn close_what_ends_here(&mut self, kind: Kind) {
        let found = self
            .open
            .iter()
            .rposition(|open| open.kind.before(kind) != Before::Open);
        if let Some(at) = found
            && self.open[at].kind.before(kind) == Before::Ends
        {
            self.close_to(at);
        }
    }

    fn end(&mut self, name: &HtmlString) {
        if let Some((skipped, depth)) = &mut self.skipping {
            if skipped == name {
                *depth -= 1;
                if *depth == 0 {
                    self.skipping = None;
                }
            }
            return;
        }
        let kind = kind(name);
        match kind {
            Kind::Inline => return self.end_inline(name),
            // Written for a break, and taken for one.
            Kind::Break => return self.inline.break_line(),
            Kind::Rule | Kind::Never | Kind::Page => return,
            _ => {}
        }
        if self.beyond > 0 {
            self.flush();
            self.beyond -= 1;
            return;
        }
        let of_table = matches!(kind, Kind::Table | Kind::Row | Kind::RowGroup | Kind::Cell);
        let stops = |open: &Open| match open.kind {
            Kind::Cell => !of_table,
            Kind::Table => kind != Kind::Table,
            Kind::List { .. } => kind == Kind::Item,
            _ => false,
        };
        let heading = matches!(kind, Kind::Heading(_));
        let is_it =
            |open: &Open| open.name == *name || heading && matches!(open.kind, Kind::Heading(_));
        let found = self
            .open
            .iter()
            .rev()
            .position(|open| is_it(open) || stops(open));
        if let Some(back) = found {
            let at = self.open.len() - 1 - back;
            if is_it(&self.open[at]) {
                self.close_to(at);
            }
        }
    }

    fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            self.close();
        }
    }

    /// Closes the element that was opened last.
    fn close(&mut self) {
        self.flush();
        let Some(open) = self.open.pop() else {
            return;
        };
        self.notes -= u32::from(open.note);
        self.centred -= u32::from(open.centred);
        match open.kind {
            Kind::List { .. } => {
                self.lists.pop();
                self.list_numbers.pop();
            }
            Kind::Item => {
                if let Some(list) = self.lists.last_mut() {
                    list.pending = None;
                }
            }
            Kind::Table => {
                let pieces = self.tables.pop().map(Table::pieces);
                for piece in pieces.into_iter().flatten() {
                    self.put(piece);
                }
            }
            _ => {}
        }
    }

    /// Ends a paragraph, if there is one.
    fn flush(&mut self) {
        self.raised = None;
        self.link = None;
        if self.inline.text.is_empty() {
            return;
        }
        if self.is_in(|kind| kind == Kind::Pre) {
            return self.flush_lines();
        }
        for (nth, piece) in self.inline.take().into_iter().enumerate() {
            let piece = self.in_place(piece, nth == 0);
            self.put(piece);
        }
    }

    /// A paragraph with what the elements around it say of it.
    fn in_place(&mut self, mut piece: Piece, first: bool) -> Piece {
        let heading = self.open.iter().rev().find_map(|open| match open.kind {
            Kind::Heading(level) => Some(level),
            _ => None,
        });
        let depth = self.lists.len().saturating_sub(1);
        let quoted = |open: &&Open| matches!(open.kind, Kind::Quote | Kind::Description);
        let quotes = self.open.iter().filter(quoted).count();
        let here = self
            .open
            .iter()
            .rev()
            .take_while(|open| open.kind != Kind::Cell);
        let margin = here.fold(0u16, |sum, open| sum.saturating_add(open.margin));
        let caption = self.is_in(|kind| kind == Kind::Caption);
        piece.indent = STEP
            .saturating_mul(u16::try_from(depth + quotes).unwrap_or(u16::MAX))
            .saturating_add(margin);
        piece.look.centred = self.centred > 0;
        piece.gap = first && !self.is_in(|kind| kind == Kind::Description);
        piece.role = match heading {
            Some(level) => Role::Heading(level),
            None if self.notes > 0 => Role::Footnote,
            None if caption => Role::Table,
            None => Role::Paragraph,
        };
        self.label(piece, depth)
    }

    /// Sets the label of the entry that is open before the first of its text.
    fn label(&mut self, mut piece: Piece, depth: usize) -> Piece {
        let Some(label) = self.lists.last_mut().and_then(|list| list.pending.take()) else {
            return piece;
        };
        self.put_labels_alone(depth);
        if piece.role == Role::Footnote {
            // A note bears its number alone.
            let mark = label.trim_end_matches(['.', '、']).trim_matches('•');
            let own = piece.text.trim_start_matches(['[', '(']).starts_with(mark);
            return if mark.is_empty() || own {
                piece
            } else {
                piece.labelled(mark)
            };
        }
        if piece.role == Role::Paragraph {
            piece.role = Role::Entry(u8::try_from(depth).unwrap_or(u8::MAX));
        }
        match label.is_empty() || is_labelled(&piece.text) {
            true => piece,
            false => piece.labelled(&label),
        }
    }

    /// Puts labels that no text has come for yet on lines of their own, as where the first text of
    /// an entry is that of an entry inside it.
    fn put_labels_alone(&mut self, before: usize) {
        for depth in 0..self.lists.len() {
            let label = self.lists[depth]
                .pending
                .take_if(|_| before == 0 || depth < before);
            if let Some(label) = label.filter(|label| !label.is_empty() && label != "•") {
                let role = Role::Entry(u8::try_from(depth).unwrap_or(u8::MAX));
                let entry = Piece {
                    role,
                    ..Piece::default()
                };
                self.put(entry.labelled(&label));
            }
        }
    }

    /// Ends text that was set line by line.
    fn flush_lines(&mut self) {
        self.put_labels_alone(0);
        let text = std::mem::take(&mut self.inline).text;
        let mut gap = true;
        for line in text::raw_lines(&text) {
            let raw = &text[line];
            let printed = raw.trim();
            if !printed.is_empty() {
                let before = &raw[..raw.len() - raw.trim_start().len()];
                self.put(Piece {
                    text: printed.into(),
                    indent: text::indent(before),
                    gap,
                    ..Piece::default()
                });
            }
            gap = printed.is_empty();
        }
    }

    fn put(&mut self, piece: Piece) {
        match self.tables.last_mut() {
            Some(table) => table.take(piece),
            None => self.out.push(piece),
        }
    }
}

fn number(tag: &StartTag<usize>, name: &[u8]) -> Option<i64> {
    attribute(tag, name)?.trim().parse().ok()
}
