//! The explorer without a terminal: keys typed into the real update, and one frame of it as text
//! or as a picture. For tests, bug reports and README.

use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, channel};

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::keys;
use super::message::{Answer, Effect, Message};
use super::model::Model;
use super::picture::Picture;
use super::shelving::look;
use super::theme::Palette;
use super::update::update;
use super::view::view;
use super::worker::{Word, Worker};
use crate::error::Error;
use crate::facet::Vocabularies;
use crate::library::Stacks;
use crate::read::Source;
use crate::shelf::Shelf;
use crate::typeset::Ruler;

/// The screen to draw on.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// Its columns, at least 1.
    pub cols: u16,
    /// Its rows, at least 1.
    pub rows: u16,
    /// The colours to use.
    pub palette: Palette,
    /// What text measures there.
    pub ruler: Ruler,
}

/// Opens `source`, types `typed` (see [`keys::parse`]), each key when the worker has nothing left
/// to say, and draws the screen. A key that quits is the last one.
///
/// # Errors
/// When the report cannot be read or a key is none.
pub fn print(source: &Source, typed: &str, screen: Screen) -> Result<Picture, Error> {
    print_shelved(source, typed, screen, &Shelf::open(None))
}

/// The same, with these reports to choose among.
///
/// # Errors
/// As [`print()`].
pub fn print_shelved(
    source: &Source,
    typed: &str,
    screen: Screen,
    shelf: &Shelf,
) -> Result<Picture, Error> {
    let keys = keys::parse(typed)?;
    let (tell, words) = channel();
    let stacks = Stacks::new(shelf.clone(), Vocabularies::built_in());
    let worker = Worker::start(
        source.clone(),
        [Shelf::open(None), Shelf::open(None)],
        Vocabularies::built_in(),
        move |word| tell.send(word).is_ok(),
    );
    let mut model = Model::new(source.name(), screen.cols, screen.rows, screen.palette);
    model.ruler = screen.ruler;
    while matches!(model.mode, super::model::Mode::Loading(..)) {
        listen(&mut model, &words)?;
    }
    for key in keys {
        let Some(message) = model.keys.message(model.context(), key) else {
            continue;
        };
        let mut effect = update(&mut model, message);
        // What is answered may ask for more.
        while let Some(wanted) = effect.take() {
            match wanted {
                Effect::Quit | Effect::Leave => return Ok(draw(&model)),
                Effect::Search(number, query) => worker.search(number, query),
                Effect::Leads(number, units) => worker.leads(number, units),
                Effect::Facets(number, query) => worker.facets(number, query),
                Effect::Entries(number) => worker.entries(number),
                Effect::Copy(_, name) => {
                    update(&mut model, Message::Notice(format!("would copy {name}")));
                }
                Effect::Shelf | Effect::Unshelve(_) => {
                    let entries = shelf.catalogue().0;
                    effect = update(&mut model, Message::OnShelf(entries.into()));
                }
                Effect::SearchShelf(number, typed, entries) => {
                    if let Some((told, rows)) =
                        look(&stacks, &entries, &typed, &AtomicBool::new(false))
                    {
                        let answer = Answer::Shelved(number, told, rows);
                        effect = update(&mut model, Message::Answer(answer));
                    }
                }
                Effect::OpenReport(wanted) => {
                    let name = wanted.file.unwrap_or_default();
                    update(&mut model, Message::Notice(format!("would open {name}")));
                }
                Effect::Export(wish) => {
                    let path = wish.path.display();
                    update(&mut model, Message::Notice(format!("would write {path}")));
                }
                Effect::Edit(..) => {
                    update(&mut model, Message::Notice("would open an editor".into()));
                }
                Effect::Open(address) => {
                    update(&mut model, Message::Notice(format!("would open {address}")));
                }
                Effect::Mouse(_) | Effect::Redraw | Effect::Keep | Effect::Suspend => {}
            }
            while model.is_waiting() && effect.is_none() {
                effect = listen(&mut model, &words)?;
            }
        }
    }
    Ok(draw(&model))
}

fn listen(model: &mut Model, words: &Receiver<Word>) -> Result<Option<Effect>, Error> {
    words.recv().unwrap_or(Word::Died).heed(model)
}

/// Draws one frame of the model.
pub fn draw(model: &Model) -> Picture {
    let mut terminal = match Terminal::new(TestBackend::new(model.area.width, model.area.height)) {
        Ok(terminal) => terminal,
        Err(never) => match never {},
    };
    match terminal.draw(|frame| view(model, frame)) {
        Ok(frame) => Picture::new(frame.buffer.clone(), model.palette),
        Err(never) => match never {},
    }
}
