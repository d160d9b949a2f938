//! Tables and figures: what is printed in them is kept out of paragraphs.
//!
//! Formats that know tables say so of each row. In plain text a table is told by cells that stand
//! apart and one under the other, line after line; what is doubtful stays text. Its caption, the
//! heads of its columns and the notes right under it belong to it: the first row of a table with a
//! caption is `Table 3`.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::call;
use super::label::labels;
use super::line::{Line, Part};
use crate::read::Role;

/// Fewer rows are no table, unless the format says so.
const LEAST_ROWS: usize = 3;
/// More lines without cells between two rows are text between two tables.
const BETWEEN: usize = 4;
/// A line without cells that is this wide is text.
const WIDE: usize = 55;
/// No row is wider, in columns.
const WIDEST: usize = 400;

/// Finds the lines of tables and figures.
pub(super) fn mark(lines: &mut [Line]) {
    let mut tables = stated(lines);
    tables.extend(runs(lines, is_drawn, 2));
    tables.extend(runs(lines, |line| is_scale(&line.text), 4));
    tables.extend(runs(lines, is_tabbed, LEAST_ROWS));
    tables.extend(spaced(lines));
    tables.sort_by_key(|table| (table.start, usize::MAX - table.end));
    let mut end = 0;
    for table in tables {
        if table.start < end {
            continue;
        }
        let first = caption(lines, end, small_heads(lines, end, table.start));
        end = notes(lines, table.end);
        let mut begins = true;
        for line in &mut lines[first..end] {
            if line.part == Part::Body {
                line.part = Part::Table { begins };
                begins = false;
            }
        }
    }
}

/// The rows that the format says are such; what is set aside between two does not part them.
fn stated(lines: &[Line]) -> Vec<Range<usize>> {
    let mut tables: Vec<Range<usize>> = Vec::new();
    let body = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.part == Part::Body);
    // What stands between the last row and this line.
    let mut between: Vec<&Line> = Vec::new();
    for (at, line) in body {
        if line.role != Role::Table {
            between.push(line);
            continue;
        }
        match tables.last_mut() {
            Some(table) if goes_on(&lines[table.end - 1], &between, line) => table.end = at + 1,
            _ => tables.push(at..at + 1),
        }
        between.clear();
    }
    tables
}

/// True when a row goes on with the table of the row before: nothing is between them, or on a new
/// page the heads of its columns in small letters.
fn goes_on(before: &Line, between: &[&Line], row: &Line) -> bool {
    let head =
        |line: &&Line| line.page == row.page && is_small_head(line) && !is_caption(&line.text);
    between.is_empty()
        || (between.len() <= BETWEEN && row.page == before.page + 1 && between.iter().all(head))
}

/// Runs of lines alike, at least so many.
fn runs(lines: &[Line], like: impl Fn(&Line) -> bool, least: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while from < lines.len() {
        let alike = lines[from..]
            .iter()
            .take_while(|line| line.part == Part::Body && line.role == Role::Line && like(line));
        let count = alike.count();
        if count >= least {
            found.push(from..from + count);
        }
        from += count.max(1);
    }
    found
}

/// `| a | b |`, `│ a │ b │` and the frames of these.
fn is_drawn(line: &Line) -> bool {
    let text = &line.text;
    let piped = text.len() > 2 && text.starts_with('|') && text.ends_with('|');
    let framed = text.starts_with(['│', '┃', '║', '┌', '├', '└', '╔', '╠', '╚', '┏', '┣', '┗'])
        || (text.starts_with("+-") && text.ends_with('+'));
    piped || framed
}

/// Numbers only, as along the axis of a figure.
fn is_scale(text: &str) -> bool {
    let mark = |c: char| c.is_ascii_digit() || ".,%-–−()$ ".contains(c);
    text.len() <= 60
        && text.chars().all(mark)
        && text.contains(|c: char| c.is_ascii_digit())
        && labels(text).is_empty()
}

/// Three cells or more, a tab between each, the first no label.
fn is_tabbed(line: &Line) -> bool {
    line.text.len() <= WIDEST
        && line.text.matches('\t').count() >= 2
        && labels(&line.text).is_empty()
        && !line.text.contains("....")
}

/// A piece of a line that white space sets apart, in columns of the page.
#[derive(Debug, Clone, Copy)]
struct Cell {
    from: usize,
    to: usize,
    numeric: bool,
}

/// The cells of a line that may be a row: three, or a name and a number.
fn cells(line: &Line) -> Vec<Cell> {
    let text = &*line.text;
    let whole = line.part != Part::Body || line.role != Role::Line || text.len() > WIDEST;
    if whole || !text.contains("  ") {
        return Vec::new();
    }
    let mut cells = Vec::new();
    let mut rest = text;
    let mut at = line.indent;
    loop {
        let length = rest.find("  ").unwrap_or(rest.len());
        let cell = &rest[..length];
        let width = cell.width();
        cells.push(Cell {
            from: at,
            to: at + width,
            numeric: is_number(cell),
        });
        let behind = &rest[length..];
        rest = behind.trim_start();
        if rest.is_empty() {
            break;
        }
        at += width + behind[..behind.len() - rest.len()].width();
    }
    // A label and its text are no cells: 1.      The Group …
    let label = labels(text)
        .iter()
        .map(|label| text[..label.length].width())
        .max();
    let labelled = label.is_some_and(|width| cells[0].from + width >= cells[0].to);
    let named = cells.len() == 2 && cells[1].numeric && !labelled;
    if cells.len() - usize::from(labelled) >= 3 || named {
        cells
    } else {
        Vec::new()
    }
}

/// `1 234.5`, `(29.7)`, `12%`, `–`: what stands in a column of numbers.
fn is_number(cell: &str) -> bool {
    let cell = call::uncalled(cell);
    let mark = |c: char| c.is_ascii_digit() || c.is_whitespace() || ".,%-–−()$/€".contains(c);
    !cell.is_empty() && cell.chars().all(mark)
}

/// Tables of cells that only space sets apart.
fn spaced(lines: &[Line]) -> Vec<Range<usize>> {
    let rows: Vec<(usize, Vec<Cell>)> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| (at, cells(line)))
        .filter(|(_, cells)| !cells.is_empty())
        .collect();
    let near = |place: usize| {
        let around = place.saturating_sub(3)..(place + 4).min(rows.len());
        around.filter(move |&other| other != place)
    };
    let aligned: Vec<usize> = (0..rows.len())
        .filter(|&place| near(place).any(|other| are_aligned(&rows[place].1, &rows[other].1)))
        .map(|place| rows[place].0)
        .collect();
    let mut tables: Vec<(Range<usize>, usize)> = Vec::new();
    for at in aligned {
        match tables.last_mut() {
            Some((table, rows)) if is_between(lines, table.end..at) => {
                table.end = at + 1;
                *rows += 1;
            }
            _ => tables.push((at..at + 1, 1)),
        }
    }
    let enough = tables.into_iter().filter(|(_, rows)| *rows >= LEAST_ROWS);
    enough
        .map(|(table, _)| heads(lines, table.start)..table.end)
        .collect()
}

/// True where two cells or more, or of two the second, begin or end under each other.
fn are_aligned(one: &[Cell], other: &[Cell]) -> bool {
    let same = |a: &&Cell| {
        other[1..]
            .iter()
            .any(|b| a.from.abs_diff(b.from) <= 1 || a.to.abs_diff(b.to) <= 1)
    };
    let count = one[1..].iter().filter(same).count();
    count >= 2 || (count == 1 && one.len().min(other.len()) == 2)
}

/// True for lines between two rows that belong to the same table: few, narrow, and no heading set
/// apart or paragraph.
fn is_between(lines: &[Line], between: Range<usize>) -> bool {
    let next = between.end;
    let body = || between.clone().filter(|&at| lines[at].part == Part::Body);
    let text = |at: usize| {
        let line = &lines[at];
        let alone = line.gap && lines.get(at + 1).is_none_or(|next| next.gap);
        let wide = line.width >= WIDE && !line.text.contains("   ");
        line.role != Role::Line || wide || (alone && !labels(&line.text).is_empty())
    };
    body().count() <= BETWEEN && !body().any(text) && next < lines.len()
}

/// The first line of the heads of the columns above a table's first row.
fn heads(lines: &[Line], row: usize) -> usize {
    let mut first = row;
    while first > 0 && row - first < BETWEEN {
        let above = &lines[first - 1];
        let far = above.indent >= lines[row].indent + 15;
        let parted =
            above.text.contains("  ") && labels(&above.text).is_empty() && above.width < WIDEST;
        if above.part != Part::Body
            || above.role != Role::Line
            || !(far || parted)
            || above.is_ended()
        {
            break;
        }
        first -= 1;
    }
    first
}

/// Letters this small, in hundredths of the usual, are those of tables and notes.
pub(super) const SMALL: Range<u16> = 1..90;

/// True for the head of a column, or in brackets the unit of its numbers, in small letters.
fn is_small_head(line: &Line) -> bool {
    let bracketed = line.text.starts_with('(') && line.text.ends_with(')');
    let narrow = line.width < WIDE || line.text.contains('\t');
    let narrow = line.role == Role::Line && narrow;
    line.part == Part::Body
        && matches!(line.role, Role::Line | Role::Paragraph)
        && SMALL.contains(&line.look.size)
        && (narrow || (bracketed && line.width < 100))
}

/// The first line of the heads of columns in small letters above a row.
fn small_heads(lines: &[Line], after: usize, row: usize) -> usize {
    let above = lines[after..row].iter().rev().take(BETWEEN);
    row - above.take_while(|line| is_small_head(line)).count()
}

/// What a table or figure is called before its number, in small letters.
const CAPTIONS: [&str; 15] = [
    "table ",
    "figure ",
    "chart ",
    "tableau ",
    "graphique ",
    "cuadro ",
    "gráfico ",
    "figura ",
    "таблица ",
    "рисунок ",
    "диаграмма ",
    "表",
    "图",
    "الجدول ",
    "الشكل ",
];

/// True for `Table 3`, `Figure I`, `表 1` and what follows on their line.
fn is_caption(text: &str) -> bool {
    let lower: String = text.chars().take(40).collect::<String>().to_lowercase();
    let Some(rest) = CAPTIONS.iter().find_map(|name| lower.strip_prefix(name)) else {
        return false;
    };
    let number = rest
        .trim_start()
        .split(|c: char| c.is_whitespace() || ".:：、".contains(c))
        .next()
        .unwrap_or("");
    let counts = !number.is_empty()
        && number.chars().count() <= 6
        && (number
            .chars()
            .all(|c| c.is_ascii_digit() || ".-".contains(c))
            || number.chars().all(|c| "ivxl".contains(c))
            || number.chars().all(|c| "一二三四五六七八九十".contains(c)));
    counts && text.width() < 100
}

/// Where the caption of a table begins that stands right above it, if there is one.
fn caption(lines: &[Line], after: usize, first: usize) -> usize {
    let mut at = first;
    for _ in 0..BETWEEN {
        let Some(above) = (after..at)
            .rev()
            .find(|&above| !matches!(lines[above].part, Part::Aside(_)))
        else {
            break;
        };
        let line = &lines[above];
        if line.part != Part::Body {
            break;
        }
        if is_caption(&line.text) {
            return above;
        }
        // The title, and in brackets the unit of its numbers.
        let title = line.width < 100 && (!line.is_ended() || line.text.ends_with(')'));
        if !title || !labels(&line.text).is_empty() {
            break;
        }
        at = above;
    }
    first
}

/// How the notes under a table begin.
const NOTES: [&str; 16] = [
    "Note:",
    "Notes:",
    "Source:",
    "Sources:",
    "Abbreviation",
    "Note :",
    "Source :",
    "Nota:",
    "Fuente:",
    "Примечание:",
    "Источник:",
    "注：",
    "注:",
    "资料来源",
    "المصدر:",
    "ملاحظة:",
];
/// They are no longer than this, in lines.
const MOST_NOTES: usize = 12;

/// Where a table ends whose rows end at `end`: behind the notes right under it.
fn notes(lines: &[Line], end: usize) -> usize {
    let mut at = end;
    let mut any = false;
    while at < lines.len() && at - end < MOST_NOTES {
        let line = &lines[at];
        let begins = is_note(&line.text) && matches!(line.role, Role::Line | Role::Paragraph);
        // Such a paragraph is whole on its line.
        let whole = line.role == Role::Paragraph;
        let ended = at > end && line.gap && lines[at - 1].is_ended();
        let fits = line.part == Part::Body && line.page == lines[end - 1].page;
        if !fits || !(begins || (any && !ended && !whole && labels(&line.text).is_empty())) {
            break;
        }
        any = true;
        at += 1;
    }
    at
}

/// `ᵃ Including …`, `a` alone or before a tab, `a/ Including`, `Source: …`.
fn is_note(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    let letter = first.is_some_and(|c| c.is_ascii_lowercase());
    let raised = first
        .and_then(call::lowered)
        .is_some_and(|c| c.is_ascii_lowercase());
    let alone = letter && matches!(chars.next(), None | Some('/' | '\t'));
    alone || raised || NOTES.iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::super::line;
    use super::*;
    use crate::read::Manuscript;

    /// What each line is: `T` where a table begins, `t` inside one, `.` for text.
    fn parts(source: &str) -> String {
        let manuscript = Manuscript::of_text(source);
        let (mut lines, _) = line::lines(&manuscript);
        mark(&mut lines);
        let sign = |line: &Line| match line.part {
            Part::Table { begins: true } => 'T',
            Part::Table { begins: false } => 't',
            _ => '.',
        };
        lines.iter().map(sign).collect()
    }

    #[test]
    fn cells_one_under_the_other_are_a_table_and_wide_spacing_is_none() {
        for (source, expected) in [
            (
                "It met.\n\nTable 1\nLakes by year\n\n  Year      States    Lakes\n  2019          12        7\n  2020          13        8\n\nIt rose.\n",
                ".Ttttt.",
            ),
            (
                "Military personnel        37 339.0\nCivilian personnel        68 552.0\n    Total                105 891.0\n",
                "Ttt",
            ),
            (
                "1.      The Group met in   May.\n2.      It sat.\n3.      It rose.\n(a)     One;\n(b)     Two.\n",
                ".....",
            ),
            (
                "The first column of the    and the second column of the\npage has this text, which  page has that text, which is\nis read first of all here. read after it.\n",
                "...",
            ),
            (
                "In     addition,      the Committee  took note\nof  the   statement   made by   the Chair\nat   its  first     session  in   May.\n",
                "...",
            ),
            ("| Year | Lakes |\n| 2019 | 7 |\ntext\n", "Tt."),
            ("Lakes lit\n0\n10\n20\n30\n40\nThe lakes.\n", ".Ttttt."),
            ("A\tB\tC\n1\t2\t3\n4\t5\t6\nText follows.\n", "Ttt."),
            (
                "Posts      2019    2020\nOne           1       2\nTwo a         3       4\na\nIncluding one at\nthe lake.\n\nIt met.\n",
                "Tttttt.",
            ),
            (
                "Chair:       A. Lock (Chad)\nVice-Chairs: B. Weir (Chile)\nRapporteur:  C. Dam (Cuba)\n",
                "...",
            ),
        ] {
            assert_eq!(parts(source), expected, "{source}");
        }
    }

    #[test]
    fn captions_are_known_in_six_languages() {
        for text in [
            "Table 3",
            "Figure I",
            "Tableau 2 : Lacs",
            "Cuadro 4. Lagos",
            "Таблица 1",
            "表 1",
            "图二",
            "الجدول 5",
        ] {
            assert!(is_caption(text), "{text}");
        }
        for text in [
            "Tables of lakes",
            "Figure skating",
            "表示关切",
            "图片",
            "Table mountain is high",
        ] {
            assert!(!is_caption(text), "{text}");
        }
    }
}
