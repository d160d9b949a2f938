//! One frame, kept: as text, as a list of its styles, or as a picture.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::{Color, Modifier};

use super::theme::Palette;

/// One frame.
#[derive(Debug)]
pub struct Picture {
    buffer: Buffer,
    palette: Palette,
}

/// Cells of one style that stand side by side.
struct Run<'a> {
    /// The first column, from 0.
    x: u16,
    /// How many columns all of it takes.
    cols: u16,
    text: String,
    cell: &'a Cell,
}

impl Picture {
    pub(super) fn new(buffer: Buffer, palette: Palette) -> Self {
        Self { buffer, palette }
    }

    /// The characters, a line a row, without the spaces at line ends.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for y in 0..self.buffer.area.height {
            let line: String = self.cells(y).map(|(_, cell)| cell.symbol()).collect();
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// The runs of style that are not plain, a line each: row and columns from 1, then the style.
    pub fn styles(&self) -> String {
        let mut out = String::new();
        for y in 0..self.buffer.area.height {
            for Run { x, text, cell, .. } in self.runs(y) {
                let mut style = Vec::new();
                if cell.fg != Color::Reset {
                    style.push(format!("{}", cell.fg));
                }
                if cell.bg != Color::Reset {
                    style.push(format!("on {}", cell.bg));
                }
                if !cell.modifier.is_empty() {
                    style.push(format!("{:?}", cell.modifier));
                }
                if !style.is_empty() && !text.trim().is_empty() {
                    let _ = writeln!(
                        out,
                        "{}:{} {} {:?}",
                        y + 1,
                        x + 1,
                        style.join(" "),
                        text.trim_end()
                    );
                }
            }
        }
        out
    }

    /// A picture of the screen in Scalable Vector Graphics.
    pub fn svg(&self) -> String {
        let (width, height) = (self.buffer.area.width, self.buffer.area.height);
        let paper = Paper::of(self.palette);
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"{0}\" height=\"{1}\">\n",
            u32::from(width) * CELL.0 + 2 * EDGE,
            u32::from(height) * CELL.1 + 2 * EDGE
        );
        let _ = writeln!(
            out,
            "<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>",
            paper.ground
        );
        // Attributes, not a style sheet, which would outrank the colours of single runs.
        let _ = writeln!(
            out,
            "<g font-family=\"{FONTS}\" font-size=\"15\" fill=\"{}\">",
            paper.ink
        );
        for y in 0..height {
            for run in self.runs(y) {
                draw(&mut out, y, &run, paper);
            }
        }
        out.push_str("</g>\n</svg>\n");
        out
    }

    /// The cells of a row with their columns; a wide character is one cell of two columns.
    fn cells(&self, y: u16) -> impl Iterator<Item = (u16, &Cell)> {
        let mut next = 0;
        (0..self.buffer.area.width).filter_map(move |x| {
            let cell = &self.buffer[(x, y)];
            if x < next {
                return None;
            }
            next = x + cell.cell_width().max(1);
            Some((x, cell))
        })
    }

    /// The row in runs of one style.
    fn runs(&self, y: u16) -> Vec<Run<'_>> {
        let mut runs: Vec<Run> = Vec::new();
        let same = |a: &Cell, b: &Cell| (a.fg, a.bg, a.modifier) == (b.fg, b.bg, b.modifier);
        for (x, cell) in self.cells(y) {
            let cols = cell.cell_width().max(1);
            match runs.last_mut() {
                // Wide characters stand in runs of their own, so that fonts cannot shift the rest.
                Some(run) if same(run.cell, cell) && (run.cell.cell_width() > 1) == (cols > 1) => {
                    run.text.push_str(cell.symbol());
                    run.cols += cols;
                }
                _ => runs.push(Run {
                    x,
                    cols,
                    text: cell.symbol().into(),
                    cell,
                }),
            }
        }
        runs
    }
}

/// The size of a cell in the picture.
const CELL: (u32, u32) = (9, 21);
/// The space around the screen.
const EDGE: u32 = 12;
const FONTS: &str = "'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', 'PingFang SC', \
                     'Microsoft YaHei', monospace";

/// The ink and the ground that a terminal of this kind may have.
#[derive(Clone, Copy)]
struct Paper {
    ink: &'static str,
    ground: &'static str,
}

impl Paper {
    fn of(palette: Palette) -> Self {
        match palette {
            Palette::Light => Self {
                ink: "#22262d",
                ground: "#fcfcfa",
            },
            _ => Self {
                ink: "#d6dae3",
                ground: "#1b1e26",
            },
        }
    }
}

fn draw(out: &mut String, y: u16, run: &Run, paper: Paper) {
    let (cell, text) = (run.cell, run.text.as_str());
    let mut ink = named(cell.fg).unwrap_or(paper.ink.into());
    let mut ground = named(cell.bg);
    if cell.modifier.contains(Modifier::REVERSED) {
        (ink, ground) = (ground.unwrap_or(paper.ground.into()), Some(ink));
    }
    let columns = u32::from(run.cols);
    let (left, top) = (
        EDGE + u32::from(run.x) * CELL.0,
        EDGE + u32::from(y) * CELL.1,
    );
    let width = columns * CELL.0;
    let dim = cell.modifier.contains(Modifier::DIM);
    if let Some(ground) = &ground {
        let faded = if dim { " opacity=\".6\"" } else { "" };
        let _ = writeln!(
            out,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{}\" fill=\"{ground}\"{faded}/>",
            CELL.1
        );
    }
    // Fonts leave gaps between rows where terminals draw these through.
    if let Some((across, width)) = bar(text) {
        let _ = writeln!(
            out,
            "<rect x=\"{}\" y=\"{top}\" width=\"{width}\" height=\"{}\" fill=\"{ink}\"{}/>",
            left + across,
            CELL.1,
            if dim { " opacity=\".6\"" } else { "" }
        );
        return;
    }
    if text.trim().is_empty() {
        return;
    }
    // A wide character fills its two cells whatever the font: 16 for the glyph and 2 for air.
    let wide = columns as usize > text.chars().count();
    let mut look = String::from(if wide {
        " font-size=\"16\" letter-spacing=\"2\""
    } else {
        ""
    });
    if ink != paper.ink {
        let _ = write!(look, " fill=\"{ink}\"");
    }
    if cell.modifier.contains(Modifier::BOLD) {
        look.push_str(" font-weight=\"bold\"");
    }
    if dim && ground.is_none() {
        look.push_str(" opacity=\".6\"");
    }
    if cell.modifier.contains(Modifier::UNDERLINED) {
        look.push_str(" text-decoration=\"underline\"");
    }
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let baseline = top + CELL.1 * 3 / 4;
    let _ = writeln!(
        out,
        "<text x=\"{left}\" y=\"{baseline}\" textLength=\"{width}\" xml:space=\"preserve\"{look}>{escaped}</text>"
    );
}

/// How far across its cell an upright bar stands, and how wide it is.
fn bar(text: &str) -> Option<(u32, u32)> {
    match text.trim_end() {
        "▌" => Some((0, CELL.0 / 2)),
        "▏" => Some((0, 1)),
        "│" => Some((CELL.0 / 2, 1)),
        _ => None,
    }
}

fn named(color: Color) -> Option<String> {
    Some(match color {
        Color::Magenta => "#c792ea".into(),
        Color::Yellow => "#e5c07b".into(),
        Color::Black => "#14161c".into(),
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        _ => return None,
    })
}
