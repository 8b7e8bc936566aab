//! One prompt of the source. People never meet prompts: several of them make
//! one [`super::Field`].

use super::{Rule, Unit};
use vocabulary::{Jurisdiction, OrganisationKind};

/// The type of a prompt, as the source names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromptKind {
    /// Free text.
    Text,
    /// A whole number.
    Number,
    /// A whole number counted in characters.
    NumberAsText,
    /// Pounds and pence.
    Money,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A tick.
    YesNo,
    /// Items of a fixed list.
    List {
        /// More than one item may be chosen.
        multiple: bool,
        /// Words of one's own are allowed.
        other: bool,
    },
    /// One part of a name and address.
    NameAddressPart,
}

impl PromptKind {
    /// Reads the source's type; `None` for a type it should not hold.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.to_ascii_uppercase().as_str() {
            "TXT" => Self::Text,
            "INT" | "INTM" => Self::Number,
            "INTC" => Self::NumberAsText,
            "CURR" => Self::Money,
            "DATE" => Self::Date,
            "TIME" => Self::Time,
            "BOOLEAN" | "YESBOX" => Self::YesNo,
            "FIXL" => Self::List {
                multiple: false,
                other: false,
            },
            "FIXLM" => Self::List {
                multiple: true,
                other: false,
            },
            "FIXLO" => Self::List {
                multiple: false,
                other: true,
            },
            "FIXLOM" => Self::List {
                multiple: true,
                other: true,
            },
            "NAMEADDRESS" | "ADDRESS" => Self::NameAddressPart,
            _ => return None,
        })
    }
}

/// The other reference data that is at hand: keys whose words the directory of courts has.
pub const OF_THE_DIRECTORY: [&str; 5] = [
    "courtHouse",
    "crownCourt",
    "supervisingCourt",
    "whichWasImpBy",
    "HCROOM",
];

/// Keys whose words are the organisations of one kind, of which the court says which is told.
/// Where only one is known there is nothing to say.
pub const CHOSEN_AMONG: [(&str, OrganisationKind); 3] = [
    ("escort", OrganisationKind::Escort),
    ("policeForce", OrganisationKind::Police),
    ("witnessCareUnit", OrganisationKind::WitnessCare),
];

/// The kind of organisation that answers a prompt with this key, if it is such a prompt.
#[must_use]
pub fn chosen_among(key: Option<&str>) -> Option<OrganisationKind> {
    let mut all = CHOSEN_AMONG.iter();
    all.find(|(own, _)| key == Some(*own))
        .map(|(_, kind)| *kind)
}

/// How much of an answer is printed. The address of a protected person steers
/// the delivery of their notice; the defendant must not read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Printed {
    /// All of it.
    #[default]
    Whole,
    /// Of a name and address, only the name.
    NameOnly,
    /// Nothing: it is kept for the delivery.
    Nothing,
}

/// One prompt.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// Order within the definition.
    pub sequence: u32,
    /// The key of its answer.
    pub reference: String,
    /// What is asked.
    pub label: String,
    /// The same in Welsh, if the source has it.
    pub welsh_label: Option<String>,
    /// What kind of answer it takes.
    pub kind: PromptKind,
    /// How far it is required.
    pub rule: Rule,
    /// Lower bound: characters, a number, pounds, or items.
    pub min: Option<f64>,
    /// Upper bound.
    pub max: Option<f64>,
    /// The unit, if it is one unit of a period.
    pub unit: Option<Unit>,
    /// Its fixed list.
    pub list: Option<String>,
    /// The list lives in other reference data (courts, languages).
    pub reference_data_key: Option<String>,
    /// Which part of a name and address it is.
    pub part: Option<String>,
    /// The name of the whole, for a part.
    pub component: Option<String>,
    /// Filled by the system, not by a person.
    pub hidden: bool,
    /// How much of the answer is printed.
    pub printed: Printed,
    /// Printed on the court extract.
    pub court_extract: bool,
    /// Asked only in this court; `None` is both.
    pub jurisdiction: Option<Jurisdiction>,
    /// The source's prompt group.
    pub group: Option<String>,
    /// The user groups on whose copies of a document it stands; none is everybody.
    pub only_for: Vec<String>,
}
