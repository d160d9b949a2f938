//! The index of a report: all that it names, in the order of its language.

use icu_collator::options::{AlternateHandling, CollatorOptions};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

use super::{Class, Facet, Facets, Value};
use crate::report::{Language, Report};

/// The instruments, documents, countries and bodies that a report cites or names, each once, in the
/// order of the report's language: Chinese by pinyin (Unicode collation with the order of CLDR).
pub fn entries<'a>(report: &Report, facets: &'a Facets) -> Vec<&'a Value> {
    let named = [Facet::Cites, Facet::Names];
    let all = named.into_iter().flat_map(|facet| facets.values(facet));
    let mut all: Vec<_> = all.filter(|value| is_name(value.class)).collect();
    if let Some(collator) = collator(report.language()) {
        all.sort_by(|a, b| collator.compare(&a.name, &b.name));
    }
    all
}

fn is_name(class: Class) -> bool {
    !matches!(class, Class::Actor | Class::Strength | Class::Role)
}

/// How names of a language are put in order; punctuation does not matter: 《布达佩斯公约》 stands under B.
fn collator(language: Language) -> Option<CollatorBorrowed<'static>> {
    let locale = match language {
        Language::Arabic => locale!("ar"),
        Language::English => locale!("en"),
        Language::Spanish => locale!("es"),
        Language::French => locale!("fr"),
        Language::Russian => locale!("ru"),
        Language::Chinese => locale!("zh"),
    };
    let mut options = CollatorOptions::default();
    options.alternate_handling = Some(AlternateHandling::Shifted);
    // The order of these six languages is part of the program.
    Collator::try_new(locale.into(), options).ok()
}
