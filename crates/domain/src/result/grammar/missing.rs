//! What is still needed of a result: its mandatory questions and its choices,
//! in the order of the catalogue, by the same measure as before sharing.

use crate::result::{Field, ResultDefinition, ResultLine, Rule, answered, problems};
use vocabulary::Jurisdiction;

/// A question that is still needed, or several of which one or more are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Where it is answered.
    pub reference: String,
    /// What is asked; more than one if there is a choice.
    pub labels: Vec<String>,
}

/// What is needed of a line.
pub(super) fn of(
    definition: &ResultDefinition,
    line: &ResultLine,
    jurisdiction: Jurisdiction,
) -> Vec<Missing> {
    let mut found: Vec<Missing> = Vec::new();
    let asked: Vec<&Field> = definition
        .fields
        .iter()
        .filter(|field| field.asked_in(jurisdiction))
        .collect();
    let mut chosen: Vec<Rule> = Vec::new();
    for field in &asked {
        match field.rule {
            Rule::Mandatory if !answered(field, line) => found.push(one(field)),
            Rule::OneOf | Rule::AtLeastOneOf if !chosen.contains(&field.rule) => {
                chosen.push(field.rule);
                let group = asked.iter().filter(|own| own.rule == field.rule);
                if !group.clone().any(|own| answered(own, line)) {
                    found.push(Missing {
                        labels: group.map(|own| own.label.clone()).collect(),
                        ..one(field)
                    });
                }
            }
            _ => {}
        }
        for (reference, _) in problems(field, line) {
            let part = match &field.kind {
                crate::result::FieldKind::NameAddress { parts } => {
                    parts.iter().find(|part| part.reference == reference)
                }
                _ => None,
            };
            found.push(Missing {
                labels: vec![part.map_or(&field.label, |part| &part.label).clone()],
                reference,
            });
        }
    }
    found
}

fn one(field: &Field) -> Missing {
    Missing {
        reference: field.references().next().unwrap_or_default().to_owned(),
        labels: vec![field.label.clone()],
    }
}
