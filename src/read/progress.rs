//! How far reading is, for who waits for it.

use std::fmt;

/// What is being done to a source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Step {
    /// Its bytes are read.
    #[default]
    Bytes,
    /// They are made characters of.
    Characters,
    /// The pages of a PDF are read.
    Pages,
    /// Paragraphs, lists and tables of other formats are read.
    Markup,
    /// Its chapters and paragraphs are found.
    Structure,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// The step.
    pub step: Step,
    /// How much of it is done: bytes, pages, lines.
    pub done: u64,
    /// Of how much, where that is known.
    pub of: Option<u64>,
}

impl Progress {
    /// So many printed lines of so many are made a report.
    pub fn lines(done: usize, of: usize) -> Self {
        Self {
            step: Step::Structure,
            done: done as u64,
            of: Some(of as u64),
        }
    }

    /// What is done to the source of this name: `reading report.txt`.
    pub fn what(&self, name: &str) -> String {
        match self.step {
            Step::Bytes | Step::Pages => format!("reading {name}"),
            Step::Characters => format!("decoding {name}"),
            Step::Markup => format!("reading the paragraphs and tables of {name}"),
            Step::Structure => format!("finding the chapters and paragraphs of {name}"),
        }
    }
}

/// How far: `page 120 of 1,000`, `25 %`, `3 MB`; empty where that is not known.
impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { step, done, of } = *self;
        match (step, of.filter(|&of| of > 0)) {
            (Step::Pages, Some(of)) => write!(f, "page {} of {}", grouped(done), grouped(of)),
            (Step::Pages, None) => write!(f, "page {}", grouped(done)),
            (_, Some(of)) => write!(f, "{} %", done.saturating_mul(100) / of),
            (Step::Bytes, None) => write!(f, "{} MB", done >> 20),
            _ => Ok(()),
        }
    }
}

/// A number with its thousands apart: `1,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(String::from_utf8_lossy)
        .collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_counted_and_bytes_are_weighed() {
        let told = |step, done, of| Progress { step, done, of }.to_string();
        assert_eq!(told(Step::Pages, 120, Some(1000)), "page 120 of 1,000");
        assert_eq!(told(Step::Pages, 1_234_567, None), "page 1,234,567");
        assert_eq!(told(Step::Bytes, 3 << 20, Some(12 << 20)), "25 %");
        assert_eq!(told(Step::Bytes, 3 << 20, None), "3 MB");
        assert_eq!(told(Step::Structure, 0, Some(0)), "");
    }
}
