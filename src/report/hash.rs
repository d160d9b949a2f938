//! Names as numbers: a map of a million names that takes eight bytes each.

use std::fmt::{self, Display, Write};

use super::UnitId;

/// FNV-1a.
struct Hash(u32);

impl Write for Hash {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mix = |sum: u32, byte: u8| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        self.0 = text.bytes().fold(self.0, mix);
        Ok(())
    }
}

/// Units by some name of each; different names may be taken for one, so who looks one up must look
/// at the unit.
#[derive(Debug, Default)]
pub(crate) struct ByName(Vec<(u32, UnitId)>);

impl ByName {
    /// Of all these names.
    pub(crate) fn new<N: Display>(named: impl Iterator<Item = (N, UnitId)>) -> Self {
        let mut all: Vec<_> = named.map(|(name, unit)| (Self::hash(name), unit)).collect();
        all.sort_unstable();
        all.shrink_to_fit();
        Self(all)
    }

    /// The units that may have this name, in reading order.
    pub(crate) fn get(&self, name: impl Display) -> impl Iterator<Item = UnitId> {
        let wanted = Self::hash(name);
        let first = self.0.partition_point(|&(known, _)| known < wanted);
        let same = self.0[first..].iter();
        let same = same.take_while(move |(known, _)| *known == wanted);
        same.map(|&(_, unit)| unit)
    }

    /// Runs of two or more units that may have one name, in reading order each.
    pub(super) fn shared(&self) -> impl Iterator<Item = impl Iterator<Item = UnitId>> {
        let runs = self.0.chunk_by(|a, b| a.0 == b.0);
        let runs = runs.filter(|run| run.len() > 1);
        runs.map(|run| run.iter().map(|&(_, unit)| unit))
    }

    /// The memory this takes beside itself, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.0.capacity() * size_of::<(u32, UnitId)>()
    }

    fn hash(name: impl Display) -> u32 {
        let mut hash = Hash(0x811c_9dc5);
        // It takes all that is written.
        let _ = write!(hash, "{name}");
        hash.0
    }
}
