//! The report as a tree, kept flat: its units stand in reading order.
//!
//! Every subtree is one contiguous range, so folding is skipping and a branch is a slice. A report
//! is fixed once made. Nothing here reads files, knows how labels are recognised, or draws.

mod address;
mod citation;
mod hash;
mod language;
mod lead;
mod naming;
pub mod numeral;
mod reference;
mod resolution;
pub mod script;
mod symbol;
mod tree;
mod typed;
mod unit;
mod wording;
mod written;

use std::ops::Range;

pub use address::{Address, Lookup, Step};
pub use citation::citation;
pub(crate) use hash::ByName;
pub use language::Language;
pub use lead::{Lead, follow};
pub use reference::{Reference, references};
pub(crate) use symbol::symbols;
pub use unit::{
    DEEP, Furniture, FurnitureKind, Ground, Kind, Link, Masthead, Placed, Tie, Unit, UnitId,
    WITHIN, bare_label,
};

pub use written::{VERSION, WRITTEN, Written, WrittenNote, WrittenUnit};

use address::Directory;
use tree::Tree;

/// One document in one language.
#[derive(Debug, Default)]
pub struct Report {
    tree: Tree,
    furniture: Vec<Furniture>,
    masthead: Masthead,
    ties: Vec<Tie>,
    language: Language,
    pages: u32,
    recommendations: usize,
    directory: Directory,
}

impl Report {
    /// Makes the report of these units, which stand in reading order; places each in the tree by
    /// its kind and gives it its address. A `symbol` is one that the report itself states. Units
    /// that are made one by one need no memory twice.
    ///
    /// ```
    /// use rapporteur::report::{Kind, Report, Unit, UnitId};
    /// let report = Report::new(
    ///     vec![
    ///         Unit::new(Kind::Chapter, "II.", Some(2), "Conclusions"),
    ///         Unit::new(Kind::Paragraph, "1.", Some(1), "States should:"),
    ///         Unit::new(Kind::Item, "(a)", Some(1), "Cooperate."),
    ///     ],
    ///     vec![],
    ///     None,
    /// );
    /// let item = report.find("para. 1 (a)").unwrap();
    /// assert_eq!(report.address(item).to_string(), "1(a)");
    /// assert_eq!(report.ancestors(item).count(), 2);
    /// ```
    pub fn new(
        units: impl IntoIterator<Item = Unit>,
        furniture: Vec<Furniture>,
        symbol: Option<String>,
    ) -> Self {
        let tree = Tree::new(units);
        let all = || tree.ids().map(|id| tree.unit(id));
        let pages = all().map(|unit| unit.page).max().unwrap_or(1);
        let recommendations = all().filter(|unit| unit.recommendation).count();
        let language = Language::of(all().map(|unit| unit.text));
        Self {
            directory: Directory::new(&tree),
            tree,
            furniture,
            masthead: Masthead {
                symbol,
                ..Masthead::default()
            },
            ties: Vec::new(),
            language,
            pages,
            recommendations,
        }
    }

    /// The same report of so many pages, where the source tells; more where units stand on more.
    #[must_use]
    pub fn with_pages(mut self, pages: u32) -> Self {
        self.pages = self.pages.max(pages);
        self
    }

    /// The same report with what the head of its first page states.
    #[must_use]
    pub fn with_masthead(mut self, masthead: Masthead) -> Self {
        self.masthead = masthead;
        self
    }

    /// The same report with the calls of its footnotes, in reading order.
    #[must_use]
    pub fn with_ties(mut self, ties: Vec<Tie>) -> Self {
        self.ties = ties;
        self
    }

    /// How many units there are.
    pub fn len(&self) -> usize {
        self.tree.len()
    }

    /// True when the report has no unit at all.
    pub fn is_empty(&self) -> bool {
        self.tree.len() == 0
    }

    /// The memory this takes, in bytes, with everything printed, the tree and all addresses.
    pub fn bytes(&self) -> usize {
        self.tree.bytes() + self.directory.bytes()
    }

    /// The bytes that all labels and texts are long.
    pub fn printed(&self) -> usize {
        self.tree.printed()
    }

    /// Every unit's name, in reading order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = UnitId> + ExactSizeIterator + use<> {
        self.tree.ids()
    }

    /// The unit of this name.
    ///
    /// # Panics
    /// When `id` is of another, longer report.
    pub fn unit(&self, id: UnitId) -> Placed<'_> {
        self.tree.unit(id)
    }

    /// The unit and everything under it, as one range of places in reading order.
    pub fn subtree(&self, id: UnitId) -> Range<usize> {
        id.index()..self.tree.end(id)
    }

    /// True when something stands under this unit.
    pub fn has_children(&self, id: UnitId) -> bool {
        self.subtree(id).len() > 1
    }

    /// The unit this one stands under.
    pub fn parent(&self, id: UnitId) -> Option<UnitId> {
        self.tree.parent(id)
    }

    /// What the unit stands under, innermost first.
    pub fn ancestors(&self, id: UnitId) -> impl Iterator<Item = UnitId> + '_ {
        std::iter::successors(self.parent(id), |&above| self.parent(above))
    }

    /// From the outermost unit above this one down to the unit itself.
    pub fn path(&self, id: UnitId) -> Vec<UnitId> {
        let mut path: Vec<_> = self.ancestors(id).collect();
        path.reverse();
        path.push(id);
        path
    }

    /// The paragraphs and headings behind this unit, in reading order.
    pub fn paragraphs_after(&self, id: UnitId) -> impl Iterator<Item = UnitId> + '_ {
        let below = (id.index() + 1..self.len()).map(UnitId::from);
        below.filter(|&id| self.unit(id).kind <= Kind::Paragraph)
    }

    /// The paragraphs and headings before this unit, the nearest first.
    pub fn paragraphs_before(&self, id: UnitId) -> impl Iterator<Item = UnitId> + '_ {
        let above = (0..id.index()).rev().map(UnitId::from);
        above.filter(|&id| self.unit(id).kind <= Kind::Paragraph)
    }

    /// True when the unit is a recommendation or part of one.
    pub fn in_recommendation(&self, id: UnitId) -> bool {
        self.recommendation_of(id).is_some()
    }

    /// The recommendation that the unit is, or is part of.
    pub fn recommendation_of(&self, id: UnitId) -> Option<UnitId> {
        std::iter::once(id)
            .chain(self.ancestors(id))
            .find(|&unit| self.unit(unit).recommendation)
    }

    /// How many recommendations the unit and everything under it hold.
    pub fn recommendations(&self, id: UnitId) -> usize {
        self.tree.recommendations(id)
    }

    /// How many recommendations the whole report holds.
    pub fn all_recommendations(&self) -> usize {
        self.recommendations
    }

    /// The last page, counted from 1; 1 also where nothing tells pages apart.
    pub fn pages(&self) -> u32 {
        self.pages.max(1)
    }

    /// What was set aside while reading: rules, and page-foot links that nothing cites.
    pub fn furniture(&self) -> &[Furniture] {
        &self.furniture
    }

    /// The document symbol the report states, like `A/74/130`; none is ever invented.
    pub fn symbol(&self) -> Option<&str> {
        self.masthead.symbol.as_deref()
    }

    /// What the head of its first page states.
    pub fn masthead(&self) -> &Masthead {
        &self.masthead
    }

    /// Where the unit's text calls footnotes, in order.
    pub fn calls(&self, id: UnitId) -> &[Tie] {
        let first = self.ties.partition_point(|tie| tie.unit < id);
        let end = self.ties.partition_point(|tie| tie.unit <= id);
        &self.ties[first..end]
    }

    /// Where a footnote is called first.
    pub fn called_from(&self, footnote: UnitId) -> Option<&Tie> {
        self.ties.iter().find(|tie| tie.footnote == footnote)
    }

    /// The language the report is written in.
    pub fn language(&self) -> Language {
        self.language
    }

    /// What the report calls itself: its first words that are no numbered text and not its symbol.
    pub fn title(&self) -> &str {
        if let Some(title) = &self.masthead.title {
            return title;
        }
        let units = self.ids().map(|id| self.unit(id));
        let titled = units.filter(|unit| unit.kind.is_heading() || unit.number.is_none());
        let mut texts = titled.map(|unit| unit.text);
        texts
            .find(|text| !text.is_empty() && Some(*text) != self.symbol())
            .unwrap_or("")
    }

    /// The unit's language-free name, unique in this report.
    pub fn address(&self, id: UnitId) -> Address {
        self.directory.address(id, &self.tree)
    }

    /// The unit people mean by `typed`: any spelling of an address, half- or full-width.
    pub fn find(&self, typed: &str) -> Option<UnitId> {
        match self.find_all(typed)[..] {
            [id] => Some(id),
            _ => None,
        }
    }

    /// Like [`Report::find`], and gives all that an address cut short may stand for.
    pub fn find_all(&self, typed: &str) -> Vec<UnitId> {
        self.directory.find(self.place(typed), &self.tree)
    }

    /// Like [`Report::find_all`], and says what comes near where there is no such unit.
    ///
    /// A citation that begins with the report's own symbol is understood too.
    pub fn look_up(&self, typed: &str) -> Lookup {
        self.directory.look_up(self.place(typed), &self.tree)
    }

    /// What of a citation names a place in this report.
    fn place<'a>(&self, typed: &'a str) -> &'a str {
        let place = self
            .symbol()
            .and_then(|symbol| typed.trim().strip_prefix(symbol));
        let place = place.filter(|rest| rest.starts_with([',', '，', '،', ' ']));
        place.unwrap_or(typed)
    }

    /// Addresses to choose from, in words: `II.A or III.A`, `I/2, II/2 or 3 more`.
    pub fn choices(&self, units: &[UnitId]) -> String {
        let names: Vec<_> = units
            .iter()
            .map(|&id| self.address(id).to_string())
            .collect();
        match names.as_slice() {
            [] => String::new(),
            [only] => only.clone(),
            [first, second] => format!("{first} or {second}"),
            [first, second, rest @ ..] => format!("{first}, {second} or {} more", rest.len()),
        }
    }

    /// The address as people write it in `language`, after the symbol when the report states one.
    pub fn citation(&self, id: UnitId, language: Language) -> String {
        citation(self.symbol(), &self.address(id), language)
    }
}
