//! Rapporteur: a terminal explorer for intergovernmental reports.
//!
//! ```text
//!  Rapporteur · 初步建议和结论汇总表                       36 units · 17 recommendations
//!
//!  ▾ 二 初步建议和结论汇总表 17 ● │   二 初步建议… › A 执法和调… › 1 › (k)     the path
//!   ▾ A 执法和调查（续）     17 ● │
//!    ▾ 1 按照工作计划，本段… 17 ● │                                     p. 3
//! ▌   ▾ ● (k) 国内程序法必须跟上… │ ▌   (k) 国内程序法必须跟上技术进步的步伐，    the unit
//!          ㈠ 要求计算机数据控制… │ ▌       以确保执法部门有足够的能力打击网络     one is at
//!          ㈡ 从数字设备上搜索和… │ ▌       犯罪。…
//!
//!  II › A › 1 › (k)   14 of 36   page 2 of 4                        3 of 10 in 5 units
//!  / find   ? help   ⏎ read   space fold   r recommendations   q quit
//! ```
//!
//! One position, two views of it. Everything on the screen answers one of three questions: where
//! am I, what does it say, what can I do now.
//!
//! # The house
//!
//! Folders follow the way of the data; arrows point one way.
//!
//! ```text
//! bytes ──read──► text ──parse──► Report ──search──► hits
//!                                 │   │ └─facet──►┘  │
//!                            typeset  └─export──► files
//!                                 │                  │
//!                                 └──► cli  and  tui ◄┘      (neither knows the other)
//! ```
//!
//! [`report`], [`outside`] and [`folders`] know nobody; [`read`] knows of the report only how it is
//! written down; [`settings`] know which folder they are in; [`parse`], [`facet`], [`typeset`] and
//! [`shelf`] know the report, [`search`] facets and marks too, [`export`] all of these but the
//! search; [`library`] reads, shelves and searches many reports; [`cli`] and [`tui`] know all of
//! them. A parsed report never changes: folds, position and query belong to the explorer, keyed by
//! unit; marks, places and the reader's reports to the shelf, which outlives a run.
//!
//! # Promises
//!
//! 1. Nothing lost: every printed character of a source stands in its report exactly once.
//! 2. Order is the document's, never the alphabet's.
//! 3. Joined as written: nothing between Chinese characters at a line end, one space between words.
//! 4. Text from a report cannot speak to the terminal: [`typeset::safe`] is the last step.
//! 5. The terminal comes back: after quitting, a panic, a signal, or stopping and going on.
//! 6. One search, for the explorer and for `find`.
//! 7. A slow thing never blocks a key: reading, searching and looking for links are the worker's,
//!    writing is its own thread's.

pub mod cli;
pub mod error;
pub mod export;
pub mod facet;
pub mod folders;
pub mod library;
pub mod outside;
pub mod parse;
pub mod read;
pub mod report;
pub mod search;
pub mod settings;
pub mod shelf;
pub mod tui;
pub mod typeset;
