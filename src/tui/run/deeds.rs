//! What the explorer wants done outside, done: files written, reports opened, an editor lent the
//! terminal.

use std::sync::Arc;
use std::thread::{self, JoinHandle};

use super::{Happening, Run};
use crate::error::Error;
use crate::outside::{self, Plan, plan};
use crate::read::Source;
use crate::report::UnitId;
use crate::shelf::Entry;
use crate::tui::exporting::{Stock, Wish, told};
use crate::tui::librarian::Librarian;
use crate::tui::message::{Effect, Message};
use crate::tui::model::Model;
use crate::tui::shelving::Wanted;
use crate::tui::terminal::Taken;
use crate::tui::update::update;
use crate::tui::worker::Worker;

impl Run {
    /// Opens a report in place of the one that is open.
    pub(super) fn open(&mut self, source: Source) {
        let area = self.model.area;
        let mut model = Model::new(source.name(), area.width, area.height, self.model.palette);
        self.wishes.furnish(&mut model);
        model.ruler = self.model.ruler;
        // A late answer about the one before has an older number.
        (model.asked, model.answered) = (self.model.asked, self.model.asked);
        self.model = model;
        (self.scribe, self.clerk, self.sent) = (None, None, 0);
        self.opened += 1;
        let (opened, to_worker) = (self.opened, self.sender.clone());
        self.worker = Some(Worker::start(
            source,
            [self.wishes.shelf.clone(), self.wishes.copies.clone()],
            Arc::clone(&self.wishes.words),
            move |word| to_worker.send(Happening::Worker(opened, word)).is_ok(),
        ));
    }

    /// Opens one of the reader's reports, once what was done with the one before is kept.
    pub(super) fn open_wanted(&mut self, wanted: Wanted) -> Option<String> {
        if let Err(why) = self.keep_marks() {
            return Some(format!(
                "not opened, for the marks on this one cannot be saved: {why}"
            ));
        }
        let told = self.keep();
        self.chosen = true;
        self.open(wanted.file.map_or_else(Source::built_in, Source::file));
        self.model.wanted = wanted.place;
        told
    }

    /// Shows the reports on the shelf.
    pub(super) fn show_shelf(&mut self) {
        let (entries, told) = self.wishes.copies.catalogue();
        update(&mut self.model, Message::OnShelf(entries.into()));
        if let Some(told) = told {
            update(&mut self.model, Message::Notice(told));
        }
    }

    /// Looks for something in all reports on the shelf.
    pub(super) fn search_shelf(&mut self, number: u64, typed: String, entries: Arc<[Entry]>) {
        let librarian = self.librarian.get_or_insert_with(|| {
            let sender = self.sender.clone();
            let shelf = self.wishes.copies.clone();
            Librarian::start(shelf, Arc::clone(&self.wishes.words), move |answer| {
                sender.send(Happening::Librarian(answer)).is_ok()
            })
        });
        librarian.search(number, typed, entries);
    }

    /// Does outside what the model wants done.
    pub(super) fn bring_about(&mut self, effect: Effect, taken: &mut Taken) -> Result<(), Error> {
        let told = match effect {
            Effect::Quit | Effect::Leave => None,
            Effect::Shelf => {
                self.show_shelf();
                None
            }
            Effect::Unshelve(file) => {
                let taken = self.wishes.copies.change_catalogue(&[], &[file]);
                self.show_shelf();
                taken.err().map(|trouble| trouble.to_string())
            }
            Effect::SearchShelf(number, typed, entries) => {
                self.search_shelf(number, typed, entries);
                None
            }
            Effect::OpenReport(wanted) => self.open_wanted(wanted),
            Effect::Export(wish) => {
                self.export(wish);
                None
            }
            Effect::Edit(unit, remark) => self.edit(unit, &remark, taken)?,
            Effect::Search(number, query) => {
                if let Some(worker) = &self.worker {
                    worker.search(number, query);
                }
                None
            }
            Effect::Leads(number, units) => {
                if let Some(worker) = &self.worker {
                    worker.leads(number, units);
                }
                None
            }
            Effect::Facets(number, query) => {
                if let Some(worker) = &self.worker {
                    worker.facets(number, query);
                }
                None
            }
            Effect::Entries(number) => {
                if let Some(worker) = &self.worker {
                    worker.entries(number);
                }
                None
            }
            Effect::Suspend => {
                // What is written while stopped should not be missing.
                let told = self.keep();
                taken.suspend().map_err(Error::Terminal)?;
                // The window may have another size now.
                let (cols, rows) = crossterm::terminal::size().map_err(Error::Terminal)?;
                update(&mut self.model, Message::Resize(cols, rows));
                told
            }
            Effect::Copy(text, name) => self.copy(text, &name, taken)?,
            Effect::Open(address) => Some(match outside::open(&address) {
                Ok(()) => format!("opened {address}"),
                // Where nothing opens it, at least it can be seen and copied.
                Err(why) => format!("{address} ({why})"),
            }),
            Effect::Mouse(wanted) => {
                taken.set_mouse(wanted).map_err(Error::Terminal)?;
                None
            }
            Effect::Redraw => {
                taken.clear().map_err(Error::Terminal)?;
                None
            }
            Effect::Keep => {
                self.keep_later();
                None
            }
        };
        if let Some(told) = told {
            update(&mut self.model, Message::Notice(told));
        }
        Ok(())
    }

    /// Copies, and says no more than is known: a terminal never answers, and a disk in its own time.
    pub(super) fn copy(
        &mut self,
        text: String,
        name: &str,
        taken: &mut Taken,
    ) -> Result<Option<String>, Error> {
        let around = &self.wishes.surroundings;
        match plan(&text, self.wishes.copy, around) {
            Plan::Send(bytes) => {
                taken.write(&bytes).map_err(Error::Terminal)?;
                Ok(Some(outside::sent(name, around.multiplexer())))
            }
            Plan::File(reason) => {
                let (copies, sender) = (self.wishes.copies.clone(), self.sender.clone());
                let before = self.copying.take();
                self.copying = Some(thread::spawn(move || {
                    // Of two copies the later one stays.
                    let _ = before.map(JoinHandle::join);
                    let told = match copies.write_copy(&text) {
                        Ok(path) => outside::written(&path, reason),
                        Err(trouble) => format!("not copied: {trouble}"),
                    };
                    // At the end there is nobody to tell any more.
                    let _ = sender.send(Happening::Told(told));
                }));
                Ok(None)
            }
        }
    }

    /// Writes what outlives the run while one goes on.
    pub(super) fn keep_later(&self) {
        let Some(scribe) = &self.scribe else {
            return;
        };
        let Some(now) = self.model.memory(&scribe.loaded) else {
            return;
        };
        let sender = self.sender.clone();
        scribe.keep_later(now, move |trouble| {
            // At the end it is written once more in any case.
            let _ = sender.send(Happening::Told(trouble));
        });
    }

    /// Writes the marks, if they have changed, while one goes on.
    pub(super) fn keep_marks_later(&mut self) {
        let number = self.model.marking.changed;
        let Some(clerk) = self.clerk.as_ref().filter(|_| number > self.sent) else {
            return;
        };
        self.sent = number;
        let opened = self.opened;
        let sender = self.sender.clone();
        clerk.keep_later(number, self.model.marking.sheet.clone(), move |result| {
            // At the end they are written once more in any case.
            let _ = sender.send(Happening::Kept(opened, number, result));
        });
    }

    /// Writes the marks, behind all that is being written; gives why that fails.
    pub(super) fn keep_marks(&self) -> Result<(), String> {
        let Some(clerk) = &self.clerk else {
            return Ok(());
        };
        let marking = &self.model.marking;
        clerk
            .keep(marking.changed, marking.sheet.clone())
            .map(|_| ())
    }

    /// Writes a file while one goes on.
    pub(super) fn export(&self, wish: Wish) {
        let model = &self.model;
        let stock = Stock {
            report: Arc::clone(&model.report),
            notes: model.notes.clone(),
            marks: Arc::clone(&model.marking.sheet.marks),
            words: Arc::clone(&self.wishes.words),
        };
        let opened = self.opened;
        let sender = self.sender.clone();
        thread::spawn(move || {
            let result = wish.fulfil(&stock);
            // At the end there is nobody to tell.
            let _ = sender.send(Happening::Exported(opened, Box::new(told(wish, result))));
        });
    }

    /// Has a remark be edited by the reader's editor, to which the terminal is lent; gives what to tell
    /// where that fails.
    pub(super) fn edit(
        &mut self,
        unit: UnitId,
        remark: &str,
        taken: &mut Taken,
    ) -> Result<Option<String>, Error> {
        if !self.gate.close() {
            return Ok(Some("the terminal is busy: try again".into()));
        }
        let edited = taken
            .lend(|| outside::edit(remark))
            .map_err(Error::Terminal);
        self.gate.open();
        // The window may have another size now.
        let (cols, rows) = crossterm::terminal::size().map_err(Error::Terminal)?;
        update(&mut self.model, Message::Resize(cols, rows));
        match edited? {
            Ok(text) => {
                let effect = update(&mut self.model, Message::Edited(unit, text));
                if let (Some(Effect::Search(number, query)), Some(worker)) = (effect, &self.worker)
                {
                    worker.search(number, query);
                }
                Ok(None)
            }
            Err(why) => Ok(Some(why.to_string())),
        }
    }

    /// Writes what outlives the run; gives what to tell when that fails.
    pub(super) fn keep(&self) -> Option<String> {
        let scribe = self.scribe.as_ref()?;
        scribe.keep(self.model.memory(&scribe.loaded)?)
    }
}
