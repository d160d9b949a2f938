//! A mark: what the reader says of a unit.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::report::UnitId;

/// The reader's own status, tags and remark on a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Mark {
    /// `open`, `in progress`, `done`, `rejected`, or one of the reader's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// In order.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// Of one line or more.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

impl Mark {
    /// True where it says nothing, so that there is no mark.
    pub fn is_empty(&self) -> bool {
        self.status.is_none() && self.tags.is_empty() && self.remark.is_empty()
    }
}

/// The marks of a report by the units they are on; none is empty.
pub type Marks = BTreeMap<UnitId, Mark>;
