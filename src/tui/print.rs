//! The explorer without a terminal: keys typed into the real update, and one frame of it as text
//! or as a picture. For tests, bug reports and README.

use std::fmt::Write;
use std::sync::mpsc::{Receiver, channel};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::keys;
use super::message::{Effect, Message};
use super::model::Model;
use super::update::update;
use super::view::view;
use super::worker::{Word, Worker};
use crate::error::Error;
use crate::read::Source;

/// The screen to draw on.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// Its columns, at least 1.
    pub cols: u16,
    /// Its rows, at least 1.
    pub rows: u16,
    /// True to draw in colour.
    pub color: bool,
}

/// One frame.
#[derive(Debug)]
pub struct Picture {
    buffer: Buffer,
}

/// Opens `source`, types `typed` (see [`keys::parse`]), each key when the worker has nothing left
/// to say, and draws the screen. A key that quits is the last one.
///
/// # Errors
/// When the report cannot be read or a key is none.
pub fn print(source: &Source, typed: &str, screen: Screen) -> Result<Picture, Error> {
    let keys = keys::parse(typed)?;
    let (tell, words) = channel();
    let worker = Worker::start(source.clone(), move |word| tell.send(word).is_ok());
    let mut model = Model::new(source.name(), screen.cols, screen.rows, screen.color);
    while matches!(model.mode, super::model::Mode::Loading(..)) {
        listen(&mut model, &words)?;
    }
    for key in keys {
        let Some(message) = keys::message(model.context(), key) else {
            continue;
        };
        match update(&mut model, message) {
            Some(Effect::Quit) => break,
            Some(Effect::Search(number, query)) => {
                worker.search(number, query);
                while model.is_waiting() {
                    listen(&mut model, &words)?;
                }
            }
            Some(Effect::Copy(_, name)) => {
                update(&mut model, Message::Notice(format!("would copy {name}")));
            }
            Some(Effect::Suspend) | None => {}
        }
    }
    Ok(draw(&model))
}

fn listen(model: &mut Model, words: &Receiver<Word>) -> Result<(), Error> {
    words.recv().unwrap_or(Word::Died).heed(model).map(|_| ())
}

/// Draws one frame of the model.
pub fn draw(model: &Model) -> Picture {
    let mut terminal = match Terminal::new(TestBackend::new(model.area.width, model.area.height)) {
        Ok(terminal) => terminal,
        Err(never) => match never {},
    };
    match terminal.draw(|frame| view(model, frame)) {
        Ok(frame) => Picture {
            buffer: frame.buffer.clone(),
        },
        Err(never) => match never {},
    }
}

impl Picture {
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
            for (start, text, cell) in self.runs(y) {
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
                        start + 1,
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
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"{0}\" height=\"{1}\">\n",
            u32::from(width) * CELL.0 + 2 * EDGE,
            u32::from(height) * CELL.1 + 2 * EDGE
        );
        let _ = writeln!(
            out,
            "<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{GROUND}\"/>"
        );
        // Attributes, not a style sheet, which would outrank the colours of single runs.
        let _ = writeln!(
            out,
            "<g font-family=\"{FONTS}\" font-size=\"15\" fill=\"{INK}\">"
        );
        for y in 0..height {
            for (start, text, cell) in self.runs(y) {
                run(&mut out, start, y, &text, cell);
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
            next = x + (crate::typeset::cols(cell.symbol()).max(1) as u16);
            Some((x, cell))
        })
    }

    /// The row in runs of one style.
    fn runs(&self, y: u16) -> Vec<(u16, String, &Cell)> {
        let mut runs: Vec<(u16, String, &Cell)> = Vec::new();
        let same = |a: &Cell, b: &Cell| (a.fg, a.bg, a.modifier) == (b.fg, b.bg, b.modifier);
        let is_wide = |text: &str| {
            text.chars()
                .next()
                .is_some_and(|c| crate::typeset::cols(c.encode_utf8(&mut [0; 4])) > 1)
        };
        for (x, cell) in self.cells(y) {
            match runs.last_mut() {
                // Wide characters stand in runs of their own, so that fonts cannot shift the rest.
                Some((_, text, first))
                    if same(first, cell) && is_wide(text) == is_wide(cell.symbol()) =>
                {
                    text.push_str(cell.symbol());
                }
                _ => runs.push((x, cell.symbol().into(), cell)),
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
const GROUND: &str = "#1b1e26";
const INK: &str = "#d6dae3";

fn run(out: &mut String, start: u16, y: u16, text: &str, cell: &Cell) {
    let (mut ink, mut ground) = (named(cell.fg).unwrap_or(INK), named(cell.bg));
    if cell.modifier.contains(Modifier::REVERSED) {
        (ink, ground) = (ground.unwrap_or(GROUND), Some(ink));
    }
    let columns = crate::typeset::cols(text) as u32;
    let (left, top) = (
        EDGE + u32::from(start) * CELL.0,
        EDGE + u32::from(y) * CELL.1,
    );
    let width = columns * CELL.0;
    let dim = cell.modifier.contains(Modifier::DIM);
    if let Some(ground) = ground {
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
    if ink != INK {
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

fn named(color: Color) -> Option<&'static str> {
    Some(match color {
        Color::Magenta => "#c792ea",
        Color::Yellow => "#e5c07b",
        Color::Black => "#14161c",
        _ => return None,
    })
}
