//! Fills a text with the values of one case.

use super::{
    Text,
    parse::{Directive, Part},
};
use contract::document::{
    Block, ChargeRow, Fact, MoneyTable, NextHearing, PlainPart, PlainSection, PrintedResult, Tongue,
};
use std::collections::BTreeMap;
use vocabulary::Day;

/// What of the record is printed where a text has a place for it.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// What a printout prints of the record.
    pub blocks: Vec<Block>,
    /// The offences with their results.
    pub charges: Vec<ChargeRow>,
    /// Results that belong to no offence.
    pub results: Vec<PrintedResult>,
    /// The sums of money.
    pub money: Option<MoneyTable>,
    /// The next hearings, the earliest first: one, unless offences come back on different days
    /// or in different courts.
    pub next_hearings: Vec<NextHearing>,
    /// By whose authority.
    pub signature: Option<Signature>,
}

/// By whose authority a document is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The printed name.
    pub name: String,
    /// The office held.
    pub office: String,
    /// The day.
    pub on: Day,
    /// Further lines.
    pub lines: Vec<String>,
}

/// The two parts of a document, filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The first page.
    pub plain: Vec<PlainSection>,
    /// The legal text.
    pub legal: Vec<Block>,
    /// Parameters that the text needs and the record does not hold; each is printed as
    /// `[not recorded]`, and somebody should look.
    pub missing: Vec<String>,
}

/// A result in one line, for lists on the first page: its label, its text, its answers.
#[must_use]
pub fn one_line(result: &PrintedResult) -> String {
    let mut line = result.label.clone();
    let answers = result
        .prompts
        .iter()
        .map(|fact| format!("{}: {}", fact.label, fact.value));
    let text = std::iter::once(result.text.clone()).filter(|text| !text.is_empty());
    for (i, part) in text.chain(answers).enumerate() {
        line.push_str(match i {
            // Some labels of the catalogue are sentences.
            0 if line.ends_with('.') => " ",
            0 => ": ",
            _ => "; ",
        });
        line.push_str(&part.replace('\n', " "));
    }
    line
}

/// The values with `resultList`, which the record itself can give.
fn with_results(values: &BTreeMap<String, String>, record: &Record) -> BTreeMap<String, String> {
    let mut values = values.clone();
    values.entry("resultList".to_owned()).or_insert_with(|| {
        let of_offences = record.charges.iter().flat_map(|charge| {
            let line = |result| format!("{} – {}", charge.title, one_line(result));
            charge.results.iter().map(line)
        });
        let all = of_offences.chain(record.results.iter().map(one_line));
        all.collect::<Vec<_>>().join("\n")
    });
    values
}

/// Fills a text that is written in this language. A value of spaces counts as none.
#[must_use]
pub fn fill(
    text: &Text,
    tongue: Tongue,
    values: &BTreeMap<String, String>,
    record: &Record,
) -> Filled {
    let values = &with_results(values, record);
    let mut missing = Vec::new();
    let plain = text
        .plain
        .iter()
        .filter_map(|section| {
            let parts: Vec<PlainPart> = section
                .parts
                .iter()
                .filter_map(|part| plain_part(part, values, &mut missing))
                .collect();
            let heading = section.heading.fill(values, &mut missing)?;
            (!parts.is_empty()).then_some(PlainSection {
                heading,
                parts,
                tongue,
            })
        })
        .collect();
    let mut legal: Vec<Block> = Vec::new();
    for part in &text.legal {
        match part {
            Part::Place(Directive::Record) => legal.extend(record.blocks.iter().cloned()),
            Part::Place(Directive::NextHearing) => {
                let hearings = record.next_hearings.iter().cloned();
                legal.extend(hearings.map(|hearing| Block::NextHearing { hearing }));
            }
            part => legal.extend(legal_part(part, values, record, &mut missing)),
        }
    }
    drop_bare_headings(&mut legal);
    missing.sort();
    missing.dedup();
    Filled {
        plain,
        legal,
        missing,
    }
}

fn plain_part(
    part: &Part,
    values: &BTreeMap<String, String>,
    missing: &mut Vec<String>,
) -> Option<PlainPart> {
    match part {
        Part::Paragraph(text) | Part::Heading(text) => text
            .fill(values, missing)
            .map(|text| PlainPart::Paragraph { text }),
        Part::List(_, items) => {
            let items: Vec<_> = items
                .iter()
                .flat_map(|item| item.fill_items(values, missing))
                .collect();
            (!items.is_empty()).then_some(PlainPart::List { items })
        }
        Part::Facts(_) | Part::Place(_) => None,
    }
}

fn legal_part(
    part: &Part,
    values: &BTreeMap<String, String>,
    record: &Record,
    missing: &mut Vec<String>,
) -> Option<Block> {
    match part {
        Part::Heading(text) => text
            .fill(values, missing)
            .map(|text| Block::Heading { text }),
        Part::Paragraph(text) => text.fill(values, missing).map(Block::paragraph),
        Part::List(numbered, items) => {
            let items: Vec<_> = items
                .iter()
                .flat_map(|item| item.fill_items(values, missing))
                .collect();
            (!items.is_empty()).then_some(Block::List {
                numbered: *numbered,
                items,
            })
        }
        Part::Facts(facts) => {
            // A fact without its value is no fact: the row vanishes.
            let facts: Vec<_> = facts
                .iter()
                .filter(|(_, value)| value.complete(values))
                .filter_map(|(label, value)| {
                    Some(Fact::new(
                        label.fill(values, missing)?,
                        answer(value.fill(values, missing)?),
                    ))
                })
                .collect();
            (!facts.is_empty()).then_some(Block::Facts {
                heading: None,
                facts,
            })
        }
        Part::Place(directive) => place(*directive, record),
    }
}

/// An answer that stands by itself beside its label begins with a capital.
fn answer(value: String) -> String {
    match value.as_str() {
        "yes" => "Yes".to_owned(),
        "no" => "No".to_owned(),
        _ => value,
    }
}

fn place(directive: Directive, record: &Record) -> Option<Block> {
    match directive {
        // More than one block: put in by whoever fills the text.
        Directive::Record | Directive::NextHearing => None,
        Directive::Offences => (!record.charges.is_empty()).then(|| Block::Charges {
            rows: record.charges.clone(),
        }),
        Directive::Results => (!record.results.is_empty()).then(|| Block::Results {
            heading: None,
            rows: record.results.clone(),
        }),
        Directive::Orders => {
            let of_offences = record.charges.iter().flat_map(|charge| &charge.results);
            let rows: Vec<_> = of_offences.chain(&record.results).cloned().collect();
            (!rows.is_empty()).then_some(Block::Results {
                heading: None,
                rows,
            })
        }
        Directive::Money => record.money.clone().map(|table| Block::Money { table }),
        Directive::Signature => record.signature.clone().map(|signature| Block::Signature {
            name: signature.name,
            office: signature.office,
            on: signature.on,
            lines: signature.lines,
        }),
    }
}

/// A heading stays only if something stands under it that does not bring a heading of its own.
fn drop_bare_headings(blocks: &mut Vec<Block>) {
    let parts = |block: &Block| {
        matches!(
            block,
            Block::Heading { .. }
                | Block::NextHearing { .. }
                | Block::Money { .. }
                | Block::Signature { .. }
        )
    };
    let mut i = 0;
    while i < blocks.len() {
        let bare = blocks.get(i + 1).is_none_or(parts);
        if matches!(blocks[i], Block::Heading { .. }) && bare {
            blocks.remove(i);
        } else {
            i += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_are_listed_without_being_asked_for() {
        let source = "---\nnow: X\ntitle: X\nsource: none\n---\n# legal\n- {resultList}\n";
        let text = Text::parse("x.md", source).unwrap();
        let record = Record {
            results: vec![PrintedResult {
                label: "Unpaid work".to_owned(),
                text: String::new(),
                prompts: vec![Fact::new("Hours", "120")],
            }],
            ..Record::default()
        };
        let items = vec!["Unpaid work: Hours: 120".to_owned()];
        let list = Block::List {
            numbered: false,
            items,
        };
        assert_eq!(
            fill(&text, Tongue::English, &BTreeMap::new(), &record).legal,
            [list]
        );
    }

    #[test]
    fn a_heading_with_nothing_under_it_vanishes() {
        let source = "---\nnow: X\ntitle: X\nsource: none\n---\n# legal\n## Next\n@next-hearing\n\
            ## Facts\n= Period: {period}\n## Kept\nYes.\n";
        let text = Text::parse("x.md", source).unwrap();
        let filled = fill(&text, Tongue::English, &BTreeMap::new(), &Record::default());
        assert_eq!(
            filled.legal,
            [
                Block::Heading {
                    text: "Kept".to_owned()
                },
                Block::paragraph("Yes."),
            ]
        );
        assert!(filled.missing.is_empty());
    }

    #[test]
    fn a_yes_beside_its_label_begins_with_a_capital_and_one_in_a_sentence_does_not() {
        let source = "---\nnow: X\ntitle: X\nsource: none\n---\n# legal\n= Excused: {x}\n\
            Excused: {x}.\n";
        let text = Text::parse("x.md", source).unwrap();
        let values = [("x".to_owned(), "yes".to_owned())].into();
        let filled = fill(&text, Tongue::English, &values, &Record::default());
        let facts = Block::Facts {
            heading: None,
            facts: vec![Fact::new("Excused", "Yes")],
        };
        assert_eq!(filled.legal, [facts, Block::paragraph("Excused: yes.")]);
    }

    #[test]
    fn a_heading_before_what_brings_its_own_vanishes() {
        let source = "---\nnow: X\ntitle: X\nsource: none\n---\n# legal\n## The decision\n\
            @results\n@next-hearing\n## Money\n@money\n## Sums\n= Total: {total}\n";
        let text = Text::parse("x.md", source).unwrap();
        let hearing = NextHearing {
            court: "Northmoor".to_owned(),
            address: Vec::new(),
            room: None,
            day: None,
            time: None,
            week_commencing: None,
            hearing_type: None,
            notes: Vec::new(),
        };
        let record = Record {
            next_hearings: vec![hearing.clone()],
            ..Record::default()
        };
        let filled = fill(&text, Tongue::English, &BTreeMap::new(), &record);
        assert_eq!(filled.legal, [Block::NextHearing { hearing }]);
    }
}
