//! What a person answers. The source asks "years", "months" and "days" in three
//! prompts and an address in nine: here each is one field.

use super::{FixedList, Printed, Prompt, PromptKind, Rule, Unit};
use std::sync::Arc;
use vocabulary::Jurisdiction;

/// One part of a name and address.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The key of its answer.
    pub reference: String,
    /// What is asked.
    pub label: String,
    /// `OrganisationName`, `FirstName`, `LastName`, `AddressLine1`, `PostCode`, `EmailAddress1` …
    pub part: String,
    /// Needed when the whole is needed.
    pub required: bool,
    /// Filled by the system.
    pub hidden: bool,
}

impl Part {
    /// Is it part of the name?
    #[must_use]
    pub fn is_name(&self) -> bool {
        matches!(
            self.part.as_str(),
            "OrganisationName" | "Title" | "FirstName" | "MiddleName" | "LastName"
        )
    }

    /// Is it an e-mail address?
    #[must_use]
    pub fn is_email(&self) -> bool {
        self.part.starts_with("EmailAddress")
    }
}

/// What kind of answer a field takes.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldKind {
    /// Free text of so many characters.
    Text {
        /// Fewest characters.
        min: Option<usize>,
        /// Most characters.
        max: Option<usize>,
    },
    /// A whole number.
    Number {
        /// Least.
        min: Option<i64>,
        /// Most.
        max: Option<i64>,
    },
    /// An amount, in pence.
    Money {
        /// Least.
        min: Option<i64>,
        /// Most.
        max: Option<i64>,
    },
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A tick.
    YesNo,
    /// A period in these units.
    Duration {
        /// The units, longest first.
        units: Vec<Unit>,
        /// Least of any unit that is used.
        min: Option<u32>,
        /// Most of any unit.
        max: Option<u32>,
    },
    /// Items of a fixed list.
    List {
        /// The list; `None` if it lives in other reference data or nowhere.
        list: Option<Arc<FixedList>>,
        /// More than one item.
        multiple: bool,
        /// Words of one's own.
        other: bool,
    },
    /// A name and address, part by part.
    NameAddress {
        /// The parts, in order.
        parts: Vec<Part>,
    },
}

/// One thing a person answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The key of the answer; for a name and address, what its parts' keys begin with.
    pub key: String,
    /// What is asked.
    pub label: String,
    /// The same in Welsh, if the source has it.
    pub welsh_label: Option<String>,
    /// What kind of answer it takes.
    pub kind: FieldKind,
    /// How far it is required.
    pub rule: Rule,
    /// Order within the definition.
    pub sequence: u32,
    /// Filled by the system: never asked, never missing.
    pub hidden: bool,
    /// Asked only in this court; `None` is both.
    pub jurisdiction: Option<Jurisdiction>,
    /// How much of the answer is printed.
    pub printed: Printed,
    /// Where else its words live (`supervisingCourt`, `HCROOM` …).
    pub reference_data_key: Option<String>,
    /// Printed on the court extract.
    pub court_extract: bool,
    /// The user groups on whose copies of a document it stands; none is everybody.
    pub only_for: Vec<String>,
    /// It asks for a day that is past: a day without a year is the last such one.
    pub past: bool,
    /// Its answer is of one person, and is not copied to another.
    pub own: bool,
    /// How a document says it to its readers, where what is asked is in words of the court's staff.
    pub said: Option<String>,
}

impl Field {
    /// The references under which its answers are kept.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        let parts: &[Part] = match &self.kind {
            FieldKind::NameAddress { parts } => parts,
            _ => &[],
        };
        let own = parts.is_empty().then_some(self.key.as_str());
        own.into_iter()
            .chain(parts.iter().map(|part| part.reference.as_str()))
    }

    /// Is it asked in this court?
    #[must_use]
    pub fn asked_in(&self, jurisdiction: Jurisdiction) -> bool {
        !self.hidden && self.jurisdiction.is_none_or(|own| own == jurisdiction)
    }
}

/// Puts the prompts of one definition (in order) together into fields.
/// `list` finds a fixed list by its id.
pub fn fields_of(prompts: &[Prompt], list: impl Fn(&str) -> Option<Arc<FixedList>>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for prompt in prompts {
        if let Some(last) = fields
            .iter_mut()
            .rev()
            .find(|field| continues(field, prompt))
        {
            join(last, prompt);
        } else {
            fields.push(first(prompt, &list));
        }
    }
    fields
}

/// Is this prompt one more piece of a field already begun?
fn continues(field: &Field, prompt: &Prompt) -> bool {
    match (&field.kind, prompt.kind) {
        (FieldKind::Duration { .. }, PromptKind::Number) => {
            field.key == prompt.reference && field.label == prompt.label
        }
        (FieldKind::NameAddress { parts }, PromptKind::NameAddressPart) => {
            field.key == family(prompt)
                && parts.iter().all(|part| part.reference != prompt.reference)
        }
        _ => false,
    }
}

fn join(field: &mut Field, prompt: &Prompt) {
    field.hidden = field.hidden && prompt.hidden;
    match &mut field.kind {
        FieldKind::Duration { units, min, max } => {
            units.extend(prompt.unit.filter(|unit| !units.contains(unit)));
            units.sort_unstable();
            *min = (*min).min(prompt.min.map(whole_u32)).or(*min);
            *max = (*max).max(prompt.max.map(whole_u32));
        }
        FieldKind::NameAddress { parts } => {
            if field.rule == Rule::Optional && prompt.rule == Rule::Mandatory && parts.is_empty() {
                field.rule = Rule::Mandatory;
            }
            parts.push(part(prompt));
        }
        _ => {}
    }
}

fn first(prompt: &Prompt, list: &impl Fn(&str) -> Option<Arc<FixedList>>) -> Field {
    let kind = match prompt.kind {
        PromptKind::Number if prompt.unit.is_some() => FieldKind::Duration {
            units: prompt.unit.into_iter().collect(),
            min: prompt.min.map(whole_u32),
            max: prompt.max.map(whole_u32),
        },
        PromptKind::Number => FieldKind::Number {
            min: prompt.min.map(whole),
            max: prompt.max.map(whole),
        },
        PromptKind::Text | PromptKind::NumberAsText => FieldKind::Text {
            min: prompt.min.map(|n| usize::try_from(whole(n)).unwrap_or(0)),
            max: prompt
                .max
                .map(|n| usize::try_from(whole(n)).unwrap_or(usize::MAX)),
        },
        PromptKind::Money => FieldKind::Money {
            min: prompt.min.map(|n| whole(n * 100.0)),
            max: prompt.max.map(|n| whole(n * 100.0)),
        },
        PromptKind::Date => FieldKind::Date,
        PromptKind::Time => FieldKind::Time,
        PromptKind::YesNo => FieldKind::YesNo,
        PromptKind::List { multiple, other } => FieldKind::List {
            list: prompt.list.as_deref().and_then(list),
            multiple,
            other,
        },
        PromptKind::NameAddressPart => FieldKind::NameAddress {
            parts: vec![part(prompt)],
        },
    };
    let whole_name = matches!(kind, FieldKind::NameAddress { .. });
    Field {
        key: if whole_name {
            family(prompt)
        } else {
            prompt.reference.clone()
        },
        label: if whole_name {
            component(prompt)
        } else {
            prompt.label.clone()
        },
        // A part's Welsh label names the part, not the whole.
        welsh_label: if whole_name {
            None
        } else {
            prompt.welsh_label.clone()
        },
        kind,
        rule: prompt.rule,
        sequence: prompt.sequence,
        hidden: prompt.hidden,
        jurisdiction: prompt.jurisdiction,
        printed: prompt.printed,
        reference_data_key: prompt.reference_data_key.clone(),
        court_extract: prompt.court_extract,
        only_for: prompt.only_for.clone(),
        past: false,
        own: false,
        said: None,
    }
}

fn part(prompt: &Prompt) -> Part {
    Part {
        reference: prompt.reference.clone(),
        label: prompt.label.clone(),
        part: prompt.part.clone().unwrap_or_default(),
        required: prompt.rule == Rule::Mandatory && !prompt.hidden,
        hidden: prompt.hidden,
    }
}

/// What the references of one name and address begin with: the reference
/// without the part's name (`prisonAddress1` and `prisonPostCode` are `prison`).
fn family(prompt: &Prompt) -> String {
    let part = prompt.part.as_deref().unwrap_or_default();
    let short = part.replace("AddressLine", "Address");
    prompt
        .reference
        .strip_suffix(part)
        .or_else(|| prompt.reference.strip_suffix(short.as_str()))
        .unwrap_or(&prompt.reference)
        .to_owned()
}

/// What the whole is called: its component label, or the label without the part.
fn component(prompt: &Prompt) -> String {
    if let Some(component) = &prompt.component {
        return component.clone();
    }
    const ENDS: [&str; 12] = [
        " organisation name",
        " title",
        " first name",
        " middle name",
        " last name",
        " address line 1",
        " address line 2",
        " address line 3",
        " address line 4",
        " address line 5",
        " post code",
        " email address 1",
    ];
    let label = ENDS
        .iter()
        .find_map(|end| prompt.label.strip_suffix(end))
        .unwrap_or(&prompt.label);
    label.to_owned()
}

#[allow(clippy::cast_possible_truncation)]
fn whole(number: f64) -> i64 {
    number.round() as i64
}

fn whole_u32(number: f64) -> u32 {
    u32::try_from(whole(number)).unwrap_or(0)
}
