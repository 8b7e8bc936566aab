//! A result definition in words.

use contract::result::Match;
use domain::result::{Category, Level, ResultDefinition};

/// A definition in a list.
pub(crate) fn matched(definition: &ResultDefinition) -> Match {
    Match {
        definition_id: definition.id,
        code: definition.code.clone(),
        label: definition.label.clone(),
        category: match definition.category {
            Category::Final => "Final",
            Category::Intermediary => "Intermediary",
            Category::Ancillary => "Ancillary",
        }
        .to_owned(),
        level: match definition.level {
            Level::Offence => "Offence",
            Level::Defendant => "Defendant",
            Level::Case => "Case",
        }
        .to_owned(),
    }
}
