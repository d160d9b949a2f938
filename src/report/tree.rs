//! The units of a report, kept close together.
//!
//! A report may have a million units of a line or two each, so what is known of one beside its text
//! takes 48 bytes: all texts stand in one string, and what few units have stands apart.

use super::unit::{Ground, Kind, Link, Placed, Unit, UnitId, WITHIN};

/// All units in reading order, each placed in the tree by its kind.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The label and the text of each unit, one behind the other.
    printed: String,
    nodes: Vec<Node>,
    links: Vec<Link>,
    /// The units that have links, and where in `links` those of each begin.
    linked: Vec<(UnitId, u32)>,
}

/// What is known of a unit beside what is printed.
#[derive(Debug)]
struct Node {
    /// Where its label begins in what is printed; its text stands behind it, up to the next unit.
    start: usize,
    label: u32,
    /// Means nothing where it is not `numbered`.
    number: u32,
    page: u32,
    first_line: u32,
    end_line: u32,
    /// [`NONE`] for a root.
    parent: u32,
    /// Where its subtree ends.
    end: u32,
    /// How many recommendations stand in its subtree.
    recommendations: u32,
    depth: u16,
    prefix: u16,
    kind: Kind,
    level: u8,
    numbered: bool,
    ground: Option<Ground>,
}

impl Node {
    /// Stands under what has a lower rank: that of its kind, but for headings, which say themselves,
    /// and recommendations numbered by two numbers.
    fn rank(&self) -> (Kind, u8) {
        match (self.kind, self.level) {
            (Kind::Heading, 0) => (Kind::Chapter, 0),
            (Kind::Heading, 1) => (Kind::Section, 0),
            (Kind::Heading, WITHIN) => (Kind::Article, 1),
            // 26.1 stands under paragraph 26, and has items of its own.
            (Kind::Item, _) if self.prefix > 0 => (Kind::Paragraph, 1),
            (kind, level) => (kind, level),
        }
    }
}

const NONE: u32 = u32::MAX;

impl Tree {
    /// Takes the units in, one by one, and places each.
    pub(super) fn new(units: impl IntoIterator<Item = Unit>) -> Self {
        let mut tree = Self::default();
        for (at, unit) in units.into_iter().enumerate() {
            if !unit.links.is_empty() {
                let first = tree.links.len() as u32;
                tree.linked.push((UnitId::from(at), first));
                tree.links.extend(unit.links);
            }
            tree.nodes.push(Node {
                start: tree.printed.len(),
                label: unit.label.len() as u32,
                number: unit.number.unwrap_or(0),
                page: unit.page,
                first_line: unit.lines.start,
                end_line: unit.lines.end,
                parent: NONE,
                end: at as u32 + 1,
                recommendations: u32::from(unit.ground.is_some()),
                depth: 0,
                prefix: u16::try_from(unit.prefix).unwrap_or(u16::MAX),
                kind: unit.kind,
                level: unit.level,
                numbered: unit.number.is_some(),
                ground: unit.ground,
            });
            tree.printed.push_str(&unit.label);
            tree.printed.push_str(&unit.text);
        }
        tree.printed.shrink_to_fit();
        tree.nodes.shrink_to_fit();
        tree.grow();
        tree
    }

    /// Says of every unit under which it stands, how deep, and where what stands under it ends.
    fn grow(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        for at in 0..self.nodes.len() {
            while let Some(&above) = open.last()
                && self.nodes[above].rank() >= self.nodes[at].rank()
            {
                self.close(&mut open, at);
            }
            self.nodes[at].parent = open.last().map_or(NONE, |&above| above as u32);
            self.nodes[at].depth = u16::try_from(open.len()).unwrap_or(u16::MAX);
            open.push(at);
        }
        while !open.is_empty() {
            self.close(&mut open, self.nodes.len());
        }
    }

    fn close(&mut self, open: &mut Vec<usize>, end: usize) {
        let Some(at) = open.pop() else { return };
        self.nodes[at].end = end as u32;
        if let Some(&above) = open.last() {
            self.nodes[above].recommendations += self.nodes[at].recommendations;
        }
    }

    /// The memory this takes beside itself, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.printed.capacity()
            + self.nodes.capacity() * size_of::<Node>()
            + self.links.capacity() * size_of::<Link>()
            + self.linked.capacity() * size_of::<(UnitId, u32)>()
    }

    /// The bytes that all labels and texts are long.
    pub(super) fn printed(&self) -> usize {
        self.printed.len()
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn ids(
        &self,
    ) -> impl DoubleEndedIterator<Item = UnitId> + ExactSizeIterator + use<> {
        (0..self.nodes.len()).map(UnitId::from)
    }

    pub(super) fn kind(&self, id: UnitId) -> Kind {
        self.nodes[id.index()].kind
    }

    pub(super) fn number(&self, id: UnitId) -> Option<u32> {
        let node = &self.nodes[id.index()];
        node.numbered.then_some(node.number)
    }

    /// The number before the point in `13.1`; 0 where there is none.
    pub(super) fn prefix(&self, id: UnitId) -> u32 {
        self.nodes[id.index()].prefix.into()
    }

    pub(super) fn parent(&self, id: UnitId) -> Option<UnitId> {
        let parent = self.nodes[id.index()].parent;
        (parent != NONE).then(|| UnitId::from(parent as usize))
    }

    /// Where the subtree of a unit ends.
    pub(super) fn end(&self, id: UnitId) -> usize {
        self.nodes[id.index()].end as usize
    }

    /// How many recommendations stand in the subtree of a unit.
    pub(super) fn recommendations(&self, id: UnitId) -> usize {
        self.nodes[id.index()].recommendations as usize
    }

    pub(super) fn unit(&self, id: UnitId) -> Placed<'_> {
        let node = &self.nodes[id.index()];
        let next = self.nodes.get(id.index() + 1);
        let end = next.map_or(self.printed.len(), |next| next.start);
        let text = node.start + node.label as usize;
        Placed {
            kind: node.kind,
            level: node.level,
            prefix: node.prefix.into(),
            label: &self.printed[node.start..text],
            number: node.numbered.then_some(node.number),
            text: &self.printed[text..end],
            page: node.page,
            lines: node.first_line..node.end_line,
            links: self.links_of(id),
            recommendation: node.ground.is_some(),
            ground: node.ground,
            depth: node.depth,
        }
    }

    fn links_of(&self, id: UnitId) -> &[Link] {
        let Ok(at) = self.linked.binary_search_by_key(&id, |&(unit, _)| unit) else {
            return &[];
        };
        let end = self
            .linked
            .get(at + 1)
            .map_or(self.links.len(), |next| next.1 as usize);
        &self.links[self.linked[at].1 as usize..end]
    }
}
