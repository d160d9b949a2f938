//! What can be said on the command line, and its help pages.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::outside::Surroundings;
use crate::read::Encoding;
use crate::report::Language;

/// Explore reports of United Nations style in the terminal
///
/// Opens a report (by default the one that is built in: a Chinese draft report of the Expert Group
/// on cybercrime), shows its chapters and sections as a tree and its paragraphs as text, and finds
/// any recommendation in a few keystrokes. Press ? inside for the keys.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXAMPLES, disable_help_subcommand = true)]
pub struct Args {
    /// The report to explore: text, HTML, Markdown, DOCX or PDF, or - for standard input
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Keys to type first; implies `--print`.
    #[arg(long, value_name = "KEYS", help = KEYS_HELP)]
    pub keys: Option<String>,
    /// Draw one frame to standard output instead of opening the explorer
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub print: Option<Print>,
    /// The size of that frame, in columns and rows
    #[arg(long, value_name = "WxH", default_value = "80x24")]
    pub size: Size,
    /// Explore by typed commands, line by line, without drawing: for screen readers and logs
    #[arg(long)]
    pub plain: bool,
    /// When to use colour; NO_COLOR is heeded too
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true)]
    pub color: Color,
    /// The colours of the explorer
    #[arg(long, value_name = "THEME", value_enum)]
    pub theme: Option<Theme>,
    /// When to make what can be followed a hyperlink of the terminal's
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true)]
    pub hyperlinks: Hyperlinks,
    /// The report to read instead of the built-in one, or - for standard input
    #[arg(short, long, value_name = "FILE", global = true)]
    pub report: Option<PathBuf>,
    /// The encoding of the report, where it is not told rightly: gb18030, windows-1251, utf-16le …
    #[arg(long, value_name = "NAME", global = true)]
    pub encoding: Option<Encoding>,
    /// What to do instead of exploring
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Args {
    /// The report that is named, by whichever way there is.
    pub fn path(&self) -> Option<&Path> {
        let checked = match &self.command {
            Some(Command::Check(check)) => check.file.as_deref(),
            _ => None,
        };
        checked.or(self.file.as_deref()).or(self.report.as_deref())
    }
}

const KEYS_HELP: &str =
    "Type these keys first: letters, and names like <enter> <esc> <down> <ctrl-d>; implies --print";

const EXAMPLES: &str = "\
Examples:
  rapporteur                          explore the built-in report
  rapporteur report.txt               explore your own
  rapporteur find 布达佩斯            search it from a script
  rapporteur show '1(k)(iii)'         print one unit, here a sub-item
  rapporteur outline -r report.txt    print the tree of your own report
  rapporteur mark '1(b)' --status done
  rapporteur export is:recommendation -o matrix.xlsx
  rapporteur shelf add reports/       keep reports at hand; rapporteur A/74/130 opens one
  rapporteur check report.txt         say what was read of it, and what is doubtful
  rapporteur --keys '/布达佩斯' --print text
  rapporteur --plain                  explore by typed commands; ? lists them

Exit codes: 0 found, 1 found nothing (check: text may be misread), 2 could not look (no such file,
no such address).";

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the tree: every chapter, section, paragraph, item and sub-item
    Outline(Outline),
    /// Print one unit with everything under it
    Show(Show),
    /// Find units by words, pinyin, an address, or abbreviated as 反恐委 is; best first
    Find(Find),
    /// Give a unit a status, tags and a remark of your own, or list all that is marked
    Mark(Mark),
    /// Write a table of what is found, or the whole report, for spreadsheets, word processors and programs
    Export(Export),
    /// Keep a shelf of reports, to be searched together and opened by symbol
    Shelf(Shelf),
    /// Say what was read of a report, what was set aside, and what is doubtful in it
    Check(Check),
    /// Say where the file of settings is and what is wrong in it, or print or write a default one
    Config(Config),
}

/// `outline`
#[derive(Debug, Default, ClapArgs)]
#[command(after_help = "\
Examples:
  rapporteur outline
  rapporteur outline | grep 公约          whole texts, a line a unit
  rapporteur outline --json | jq -r '.[] | select(.recommendation) | .address'")]
pub struct Outline {
    /// Print a JSON array in reading order, of tables and footnotes too
    #[arg(long)]
    pub json: bool,
    /// Print tables and footnotes too
    #[arg(long)]
    pub all: bool,
    /// Clip lines to this many columns; 0 clips none [default: the terminal's]
    #[arg(long, value_name = "N", conflicts_with = "json")]
    pub width: Option<u16>,
}

/// `show`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Addresses are understood however they are written:
  rapporteur show '1(k)(iii)'
  rapporteur show 1.k.iii
  rapporteur show 'para. 1 (k) (iii)'
  rapporteur show 第1段(k)㈢
  rapporteur show II.A                  a section with all its paragraphs")]
pub struct Show {
    /// The unit to print
    #[arg(required = true, value_name = "ADDRESS")]
    pub address: Vec<String>,
    /// Print a JSON array of the unit and those under it
    #[arg(long)]
    pub json: bool,
    /// Set the text to this many columns [default: the terminal's, or 80]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), conflicts_with = "json")]
    pub width: Option<u16>,
    /// The language of citations in JSON [default: the report's]
    #[arg(long, value_name = "LANGUAGE", value_enum)]
    pub cite: Option<Cite>,
}

/// `find`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  rapporteur find 布达佩斯              a phrase; punctuation, width and case do not matter
  rapporteur find 条约 能力建设         several words, in any order
  rapporteur find yameiniya             pinyin, also ymny and 亚mny; slips are forgiven
  rapporteur find 反恐委                a name, abbreviated
  rapporteur find '1(k)'                an address
  rapporteur find '条约 !草案'          without a word; 'exact ^start end$ \"a phrase\" a | b
  rapporteur find 'in:III 能力建设'     in a chapter; page:2, is:recommendation
  rapporteur find --shelf 布达佩斯      over all reports on the shelf
  rapporteur find --recommendations     every recommendation
  rapporteur find --json 公约 | jq -r '.[].citation'

Exit codes: 0 found, 1 found nothing, 2 could not look.")]
pub struct Find {
    /// What to look for; several words are found in any order
    #[arg(required_unless_present = "recommendations", value_name = "QUERY")]
    pub query: Vec<String>,
    /// Print a JSON array; matches are ranges of Unicode scalar values, their ends exclusive
    #[arg(long)]
    pub json: bool,
    /// Print at most this many hits
    #[arg(long, value_name = "N")]
    pub limit: Option<NonZeroUsize>,
    /// Keep only recommendations and what stands under them
    #[arg(long)]
    pub recommendations: bool,
    /// Look in all reports on the shelf; each hit names its report
    #[arg(long, conflicts_with = "report")]
    pub shelf: bool,
    /// Look for pinyin, slips and abbreviations however much is found as typed
    #[arg(long)]
    pub all: bool,
    /// The language of citations [default: the report's]
    #[arg(long, value_name = "LANGUAGE", value_enum)]
    pub cite: Option<Cite>,
}

/// `mark`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  rapporteur mark '1(b)' --status done --tag 紧急
  rapporteur mark '1(b)' --remark 'Sent to the Secretariat'
  git log -1 | rapporteur mark '1(k)' --remark -
  rapporteur mark '1(b)' --untag 紧急 --status ''     an empty one takes it away
  rapporteur mark '1(b)'                            what is marked there
  rapporteur mark                                   all that is marked
  rapporteur find mark:done                         and tag:, remark:, mark:any

A status is open, in progress, done, rejected, or any word of your own. Marks are kept in one file a
report in the data folder (RAPPORTEUR_DATA=FOLDER names another), and follow their units into newer
versions of it.

Exit codes: 0 done, 1 nothing is marked, 2 could not look, or the marks are not saved.")]
pub struct Mark {
    /// The unit
    #[arg(value_name = "ADDRESS")]
    pub address: Vec<String>,
    /// Its status: open, in progress, done, rejected, or your own
    #[arg(long, value_name = "STATUS", requires = "address")]
    pub status: Option<String>,
    /// A tag more
    #[arg(long, value_name = "TAG", requires = "address")]
    pub tag: Vec<String>,
    /// A tag less
    #[arg(long, value_name = "TAG", requires = "address")]
    pub untag: Vec<String>,
    /// Its remark; - reads it from standard input
    #[arg(long, value_name = "TEXT", requires = "address")]
    pub remark: Option<String>,
    /// Print a JSON array
    #[arg(long)]
    pub json: bool,
}

/// `export`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  rapporteur export 'is:recommendation by:会员国' -o matrix.xlsx    a table of what find finds
  rapporteur export --as table -o matrix.csv                       of all recommendations
  rapporteur export mark:open --to markdown                        to standard output
  rapporteur export -o report.html                                 the whole report, as a page
  rapporteur export --to json -r report.pdf > report.json          which rapporteur opens again
  rapporteur export --to akn -o report.xml                         Akoma Ntoso

A table has a row a unit, in reading order, a recommendation with its sub-items being one: address,
citation, text, who is addressed, verb, what is cited, and your status, tags and remark. As csv, xlsx,
markdown, html, json or docx. In a file, csv begins with the mark by which Excel knows UTF-8; cells that
look like formulas get an apostrophe there.
A report is markdown, html, json or akn; json and markdown open again with the same units.

Exit codes: 0 written, 1 found nothing to write, 2 could not look or write.")]
pub struct Export {
    /// What to look for, as find does: then a table of what is found
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// What to write [default: a table with a QUERY, else the report]
    #[arg(long = "as", value_name = "SHAPE", value_enum)]
    pub shape: Option<Shape>,
    /// The format [default: what the name of FILE ends with; else csv or markdown]
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub to: Option<Format>,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    pub force: bool,
    /// The language of citations [default: the report's]
    #[arg(long, value_name = "LANGUAGE", value_enum)]
    pub cite: Option<Cite>,
}

/// What to export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// A row a unit
    Table,
    /// The whole report
    Report,
}

/// The format to export to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Comma-separated values
    Csv,
    /// A workbook
    Xlsx,
    /// Markdown
    #[value(alias = "md")]
    Markdown,
    /// One page of HTML
    Html,
    /// JSON
    Json,
    /// A document of Word
    Docx,
    /// Akoma Ntoso, of reports
    #[value(alias = "xml")]
    Akn,
}

/// `shelf`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  rapporteur shelf add reports/ A-74-130.pdf    files, and all reports in folders
  rapporteur shelf list
  rapporteur shelf remove A/74/130              by symbol, file, or number in the list
  rapporteur find --shelf 布达佩斯              over all of them
  rapporteur A/74/130                           opens one by its symbol
  rapporteur                                    with reports on the shelf, chooses among them

Reports stay where they are; the data folder keeps a catalogue of them, and what each says, so that
they are searched without being read again. What is added twice is only looked at again.

Exit codes: 0 done, 1 some were skipped, or the shelf is empty, 2 could not look or write.")]
pub struct Shelf {
    /// What to do with it
    #[command(subcommand)]
    pub deed: Deed,
}

/// What is done with the shelf.
#[derive(Debug, Subcommand)]
pub enum Deed {
    /// Put reports on it
    Add {
        /// Files, and folders with reports in them
        #[arg(required = true, value_name = "FILE|DIR")]
        paths: Vec<PathBuf>,
    },
    /// List what is on it
    List {
        /// Print a JSON array
        #[arg(long)]
        json: bool,
    },
    /// Take reports off it; the files stay
    Remove {
        /// Symbols, files, or numbers in the list
        #[arg(required = true, value_name = "REPORT")]
        reports: Vec<String>,
    },
}

/// `check`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  rapporteur check report.txt             format, language, symbol, units, what was set aside, notes
  rapporteur check                        the same of the built-in report
  rapporteur check report.txt --json | jq '.notes[] | select(.misread)'
  pdftotext report.pdf - | rapporteur check -

A note says where reading was in doubt. One that may mean misread text, as where a paragraph's
number is missing, makes the exit code 1.

Exit codes: 0 read whole, 1 text may be misread, 2 could not look.")]
pub struct Check {
    /// The report to check, or - for standard input [default: that of -r, or the built-in one]
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Print a JSON object
    #[arg(long)]
    pub json: bool,
}

/// `config`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  rapporteur config                       the path of the file; its mistakes on standard error
  rapporteur config --default             every setting, explained, at its default
  rapporteur config --init                the same, written where it belongs

RAPPORTEUR_CONFIG=FILE names another file, and RAPPORTEUR_DATA=FOLDER another folder for what is
remembered.

Exit codes: 0 all is well, 1 there is no place for the file, 2 it has mistakes.")]
pub struct Config {
    /// Print a file with every setting at its default, commented out
    #[arg(long, conflicts_with = "init")]
    pub default: bool,
    /// Write that file where settings belong; never over one that is there
    #[arg(long)]
    pub init: bool,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set or TERM is dumb
    #[default]
    Auto,
    /// Also in pipes and files
    Always,
    /// Nowhere
    Never,
}

impl Color {
    /// Whether to use colour on an output that is a `terminal` or is not.
    pub fn wanted(self, terminal: bool, around: &Surroundings) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => terminal && !around.refuses_colour(),
        }
    }
}

/// The colours of the explorer, for the ground the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    /// Colours of its own, for a dark ground
    Dark,
    /// Colours of its own, for a light ground
    Light,
    /// The terminal's sixteen
    Sixteen,
    /// No colour
    None,
}

/// When to write hyperlinks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Hyperlinks {
    /// On a terminal that is known to understand them
    #[default]
    Auto,
    /// Also in pipes and files
    Always,
    /// Nowhere
    Never,
}

impl Hyperlinks {
    /// Whether to write hyperlinks to an output that is a `terminal` or is not.
    pub fn wanted(self, terminal: bool, around: &Surroundings) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => terminal && around.hyperlinks(),
        }
    }
}

/// A language to write citations in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Cite {
    /// الفقرة 1 (ك) ‘3’
    Ar,
    /// para. 1 (k) (iii)
    En,
    /// párr. 1 k) iii)
    Es,
    /// par. 1 k) iii)
    Fr,
    /// п. 1 k) iii)
    Ru,
    /// 第1段(k)㈢
    Zh,
}

impl From<Cite> for Language {
    fn from(cite: Cite) -> Self {
        match cite {
            Cite::Ar => Self::Arabic,
            Cite::En => Self::English,
            Cite::Es => Self::Spanish,
            Cite::Fr => Self::French,
            Cite::Ru => Self::Russian,
            Cite::Zh => Self::Chinese,
        }
    }
}

/// The formats a frame is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Print {
    /// The characters alone
    Text,
    /// A picture with colours
    Svg,
}

/// The size of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Columns, 1 to 1000.
    pub cols: u16,
    /// Rows, 1 to 1000.
    pub rows: u16,
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let side = |side: &str| side.parse().ok().filter(|side| (1..=1000).contains(side));
        let (cols, rows) = text
            .split_once(['x', 'X', '×'])
            .ok_or("write it as columns x rows: 80x24")?;
        match (side(cols), side(rows)) {
            (Some(cols), Some(rows)) => Ok(Self { cols, rows }),
            _ => Err("both sides are numbers from 1 to 1000: 80x24".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory;
        Args::command().debug_assert();
    }

    #[test]
    fn sizes_are_columns_by_rows() {
        assert_eq!(
            "200x60".parse(),
            Ok(Size {
                cols: 200,
                rows: 60
            })
        );
        for wrong in ["", "80", "80x", "0x0", "80x1001", "-1x4", "axb"] {
            assert!(wrong.parse::<Size>().is_err(), "{wrong}");
        }
    }
}
