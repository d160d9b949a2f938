//! What a report leads to: its links and the documents it cites, listed and opened.

use super::message::Effect;
use super::model::{Mode, Model};
use super::offers::{Choice, Offer, What, offer};
use crate::report::{UnitId, follow};

/// More than anybody looks through.
const MOST: usize = 10_000;

impl Model {
    /// Opens what the unit leads to: all that stands under it counts. Where there is more than one,
    /// they are listed.
    pub(super) fn follow(&mut self) -> Option<Effect> {
        let at = self.at?;
        let rows = self.leads(self.report.subtree(at).map(UnitId::from));
        match rows.len() {
            0 => {
                self.notice = "no link and no cited document here: O lists all".into();
                None
            }
            1 => self.take_chosen(rows.into_iter().next()?.what),
            _ => {
                let address = self.report.address(at);
                let title = format!("Links and documents cited in {address}");
                self.mode = Mode::List(Choice::new(title, rows));
                None
            }
        }
    }

    /// Lists what the whole report leads to.
    pub(super) fn list_leads(&mut self) {
        let rows = self.leads(self.report.ids());
        let mut choice = Choice::new("Links and documents cited", rows);
        choice.nothing = "This report has no link and cites no document by its symbol.".into();
        self.mode = Mode::List(choice);
    }

    fn leads(&self, units: impl Iterator<Item = UnitId>) -> Vec<Offer> {
        let of_unit = |unit: UnitId| {
            let address = self.report.address(unit).to_string();
            let leads = follow(&self.report.unit(unit)).into_iter();
            leads.map(move |lead| {
                let shown = match lead.name == lead.target {
                    true => lead.target.clone(),
                    false => format!("{} · {}", lead.name, lead.target),
                };
                offer(What::Address(unit, lead.target), shown, address.clone())
            })
        };
        units.flat_map(of_unit).take(MOST).collect()
    }
}
