//! What a result says in writing: its label and its answered prompts. The
//! national templates are not published, so this is the whole text.

use super::{Field, FieldKind, Printed, ResultDefinition, ResultLine, Rule, read, read_day};
use vocabulary::Pence;

/// The printed value of a field; `None` if there is nothing to print.
/// A tick prints nothing but its label, so its value is empty.
#[must_use]
pub fn printed(field: &Field, line: &ResultLine) -> Option<String> {
    if field.printed == Printed::Nothing {
        return None;
    }
    if let FieldKind::NameAddress { parts } = &field.kind {
        // The mail address steers the delivery; it is not part of the order.
        let shown = |name: bool| {
            parts
                .iter()
                .filter(move |part| part.is_name() == name && !part.is_email())
                .filter_map(|part| line.answer(&part.reference))
        };
        let name = shown(true).collect::<Vec<_>>().join(" ");
        let whole = field.printed == Printed::Whole;
        let address = shown(false).filter(|_| whole);
        let all: Vec<String> = Some(name)
            .filter(|name| !name.is_empty())
            .into_iter()
            .chain(address.map(str::to_owned))
            .collect();
        return (!all.is_empty()).then(|| all.join(", "));
    }
    let text = line.answer(&field.key)?;
    Some(match field.kind {
        FieldKind::YesNo if text.eq_ignore_ascii_case("no") => {
            if field.rule != Rule::Mandatory {
                return None;
            }
            "No".to_owned()
        }
        // A question wants an answer; a statement is true when it stands there.
        FieldKind::YesNo if field.label.ends_with('?') => "Yes".to_owned(),
        FieldKind::YesNo => String::new(),
        FieldKind::Money { .. } => {
            Pence::parse(text).map_or_else(|| text.to_owned(), |pence| pence.to_string())
        }
        FieldKind::Date => read_day(text).map_or_else(|| text.to_owned(), |day| day.in_words()),
        FieldKind::List { .. } => read(field, text)
            .unwrap_or_else(|_| text.to_owned())
            .replace("; ", ", "),
        _ => text.to_owned(),
    })
}

/// The text of a result: its label, then a line for each answered prompt.
#[must_use]
pub fn result_text(definition: &ResultDefinition, line: &ResultLine) -> String {
    let mut text = definition.label.clone();
    for field in definition.fields.iter().filter(|field| !field.hidden) {
        if let Some(value) = printed(field, line) {
            text.push('\n');
            text.push_str(&field.label);
            if !value.is_empty() {
                text.push_str(": ");
                text.push_str(&value);
            }
        }
    }
    text
}
