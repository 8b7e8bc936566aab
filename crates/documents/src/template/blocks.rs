//! The legal text, block by block.

use super::{SHEET, full, heading::inside, speak, words::Tongues};
use crate::{
    DocumentError,
    layout::{CellText, Column, Galley, Role, Span, Style, ink},
};
use contract::document::{
    Block, CellPart, ChargeRow, Fact, MoneyTable, NextHearing, PrintedResult, TableColumn,
};
use vocabulary::Day;

/// Said of a row that goes on from the page before.
pub(super) const CONTINUED: &str = "continued";

/// Sets one block.
pub(super) fn compose(
    block: &Block,
    tongues: Tongues,
    galley: &mut Galley,
) -> Result<(), DocumentError> {
    match block {
        Block::Heading { text } => heading(text, galley),
        Block::Paragraph { text, tongue } => {
            let spans = [Span::new(text.as_str(), Style::BODY)];
            let node = galley.block(Role::Paragraph, &spans, full(5.0, false))?;
            speak(galley, node, *tongue);
            Ok(())
        }
        Block::List { numbered, items } => galley
            .list(items, *numbered, Style::BODY, full(5.0, false))
            .map(|_| ()),
        Block::Facts {
            heading: title,
            facts,
        } => {
            if let Some(title) = title {
                heading(title, galley)?;
            }
            let facts: Vec<_> = facts
                .iter()
                .map(|f| (f.label.as_str(), f.value.as_str()))
                .collect();
            galley.facts(&facts, full(5.0, false), true, &tongues.say(CONTINUED))
        }
        Block::Charges { rows } => charges(rows, tongues, galley),
        Block::Results {
            heading: title,
            rows,
        } => {
            if let Some(title) = title {
                heading(title, galley)?;
            }
            results(rows, tongues, galley)
        }
        Block::Table { columns, rows } => table(columns, rows, tongues, galley),
        Block::NextHearing { hearing } => next_hearing(hearing, tongues, galley),
        Block::Money { table } => money(table, tongues, galley),
        Block::Signature {
            name,
            office,
            on,
            lines,
        } => signature(name, office, *on, lines, galley),
    }
}

fn heading(text: &str, galley: &mut Galley) -> Result<(), DocumentError> {
    galley
        .block(
            Role::Heading(3),
            &[Span::new(text, Style::SUBHEADING)],
            full(13.0, true),
        )
        .map(|_| ())
}

/// A paragraph of a cell.
fn cell<'a>(spans: Vec<Span<'a>>, above: f64) -> CellText<'a> {
    CellText {
        spans,
        above,
        keep: false,
    }
}

/// The same, not parted from the beginning of the next.
fn kept<'a>(spans: Vec<Span<'a>>, above: f64) -> CellText<'a> {
    CellText {
        keep: true,
        ..cell(spans, above)
    }
}

fn charges(rows: &[ChargeRow], tongues: Tongues, galley: &mut Galley) -> Result<(), DocumentError> {
    let numbers: Vec<String> = rows.iter().map(|row| row.number.to_string()).collect();
    let legislation: Vec<String> = rows
        .iter()
        .map(|row| row.legislation.clone().unwrap_or_default())
        .collect();
    let findings: Vec<Vec<Fact>> = rows.iter().map(|row| findings(row, tongues)).collect();
    let table: Vec<Vec<Vec<CellText<'_>>>> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let mut offence = vec![kept(vec![Span::new(&row.title, Style::CELL_STRONG)], 0.0)];
            offence.push(cell(vec![Span::new(&row.wording, Style::CELL)], 2.0));
            // The law, the plea and the verdict are read together.
            if !legislation[i].is_empty() {
                offence.push(kept(vec![Span::new(&legislation[i], Style::LABEL)], 2.0));
            }
            offence.extend(findings[i].iter().enumerate().map(|(n, fact)| {
                let above = if n == 0 { 3.0 } else { 0.0 };
                kept(labelled(fact), above)
            }));
            let ordered = row
                .results
                .iter()
                .enumerate()
                .flat_map(|(n, result)| printed(result, if n == 0 { 0.0 } else { 5.0 }));
            vec![
                vec![cell(vec![Span::new(&numbers[i], Style::CELL_STRONG)], 0.0)],
                offence,
                ordered.collect(),
            ]
        })
        .collect();
    let titles = ["No.", "Offence", "What the court ordered"].map(|word| tongues.say(word));
    let number = if tongues == Tongues::Both { 40.0 } else { 26.0 };
    let offence = (SHEET.measure() - number) * 0.52;
    let columns = [
        Column {
            title: &titles[0],
            width: number,
            right: false,
        },
        Column {
            title: &titles[1],
            width: offence,
            right: false,
        },
        Column {
            title: &titles[2],
            width: SHEET.measure() - number - offence,
            right: false,
        },
    ];
    let continued = tongues.say(CONTINUED);
    galley
        .table(&columns, &table, full(8.0, false), &continued)
        .map(|_| ())
}

fn findings(row: &ChargeRow, tongues: Tongues) -> Vec<Fact> {
    let mut facts = Vec::new();
    let label = |word: &str| format!("{}: ", tongues.say(word));
    facts.extend(
        row.case_reference
            .iter()
            .map(|case| Fact::new(label("Case"), case)),
    );
    facts.extend(row.plea.iter().map(|plea| {
        // A plea, or a plea with its day.
        let (word, day) = plea.split_at(plea.find(',').unwrap_or(plea.len()));
        Fact::new(label("Plea"), format!("{}{day}", tongues.say(word)))
    }));
    facts.extend(
        row.verdict
            .iter()
            .map(|verdict| Fact::new(label("Verdict"), tongues.say(verdict))),
    );
    for fact in &row.further {
        facts.push(Fact::new(label(&fact.label), &fact.value));
    }
    facts
}

fn labelled(fact: &Fact) -> Vec<Span<'_>> {
    vec![
        Span::new(
            &fact.label,
            Style {
                leading: Style::CELL.leading,
                ..Style::LABEL
            },
        ),
        Span::new(&fact.value, Style::CELL),
    ]
}

/// A result: its label, its text, and its prompts where they are printed one by one.
fn printed(result: &PrintedResult, above: f64) -> Vec<CellText<'_>> {
    let mut texts = vec![kept(
        vec![Span::new(&result.label, Style::CELL_STRONG)],
        above,
    )];
    if !result.text.is_empty() {
        texts.push(cell(vec![Span::new(&result.text, Style::CELL)], 1.0));
    }
    for prompt in &result.prompts {
        texts.push(cell(
            vec![
                Span::new(
                    &prompt.label,
                    Style {
                        leading: Style::CELL.leading,
                        ..Style::LABEL
                    },
                ),
                Span::new(
                    ": ",
                    Style {
                        leading: Style::CELL.leading,
                        ..Style::LABEL
                    },
                ),
                Span::new(&prompt.value, Style::CELL),
            ],
            1.0,
        ));
    }
    texts
}

fn results(
    rows: &[PrintedResult],
    tongues: Tongues,
    galley: &mut Galley,
) -> Result<(), DocumentError> {
    let titles = ["Result", "Details"].map(|word| tongues.say(word));
    let label = SHEET.measure() * 0.32;
    let columns = [
        Column {
            title: &titles[0],
            width: label,
            right: false,
        },
        Column {
            title: &titles[1],
            width: SHEET.measure() - label,
            right: false,
        },
    ];
    let table: Vec<Vec<Vec<CellText<'_>>>> = rows
        .iter()
        .map(|row| {
            let mut texts = printed(row, 0.0);
            let details = texts.split_off(1);
            vec![texts, details]
        })
        .collect();
    let continued = tongues.say(CONTINUED);
    galley
        .table(&columns, &table, full(10.0, false), &continued)
        .map(|_| ())
}

/// A table of the record, each column of the width that it has a share in.
fn table(
    columns: &[TableColumn],
    rows: &[Vec<Vec<CellPart>>],
    tongues: Tongues,
    galley: &mut Galley,
) -> Result<(), DocumentError> {
    let whole: u32 = columns.iter().map(|column| column.share).sum();
    let columns: Vec<Column<'_>> = columns
        .iter()
        .map(|column| Column {
            title: &column.title,
            width: SHEET.measure() * f64::from(column.share) / f64::from(whole.max(1)),
            right: false,
        })
        .collect();
    let rows: Vec<Vec<Vec<CellText<'_>>>> = rows
        .iter()
        .map(|row| row.iter().map(|parts| parts_of(parts)).collect())
        .collect();
    let continued = tongues.say(CONTINUED);
    galley
        .table(&columns, &rows, full(6.0, false), &continued)
        .map(|_| ())
}

fn parts_of(parts: &[CellPart]) -> Vec<CellText<'_>> {
    parts
        .iter()
        .map(|part| {
            let style = if part.strong {
                Style::CELL_STRONG
            } else {
                Style::CELL
            };
            // What is strong begins something new within the cell.
            let above = if part.strong { 4.0 } else { 1.0 };
            let span = vec![Span::new(&part.text, style)];
            if part.strong {
                kept(span, above)
            } else {
                cell(span, above)
            }
        })
        .collect()
}

fn next_hearing(
    hearing: &NextHearing,
    tongues: Tongues,
    galley: &mut Galley,
) -> Result<(), DocumentError> {
    heading(&tongues.say("Next hearing"), galley)?;
    let day = hearing.day.map(Day::in_words);
    let week = hearing.week_commencing.map(Day::in_words);
    let address = hearing.address.join(", ");
    let mut facts: Vec<(&str, &str)> = Vec::new();
    facts.extend(day.as_deref().map(|day| ("Date", day)));
    facts.extend(week.as_deref().map(|week| ("In the week beginning", week)));
    facts.extend(hearing.time.as_deref().map(|time| ("Time", time)));
    if !hearing.court.is_empty() {
        facts.push(("Court", &hearing.court));
    }
    facts.extend(hearing.room.as_deref().map(|room| ("Court room", room)));
    if !address.is_empty() {
        facts.push(("Address", &address));
    }
    facts.extend(
        hearing
            .hearing_type
            .as_deref()
            .map(|kind| ("Type of hearing", kind)),
    );
    let to_be_fixed = tongues.say("To be fixed");
    if facts.is_empty() {
        facts.push(("Date", &to_be_fixed));
    }
    let facts = tongues.labelled(&facts);
    galley.together(|galley| {
        galley.boxed(
            SHEET.left,
            SHEET.measure(),
            5.0,
            (ink::BOX, ink::NAVY),
            |galley| {
                galley.facts(&facts, inside(), false, &tongues.say(CONTINUED))?;
                for note in &hearing.notes {
                    let mut place = inside();
                    place.above = 4.0;
                    galley.block(Role::Paragraph, &[Span::new(note, Style::CELL)], place)?;
                }
                Ok(())
            },
        )
    })
}

fn money(table: &MoneyTable, tongues: Tongues, galley: &mut Galley) -> Result<(), DocumentError> {
    heading(&tongues.say("What is to be paid"), galley)?;
    let labels: Vec<_> = table
        .lines
        .iter()
        .map(|line| tongues.say(&line.label))
        .collect();
    let details: Vec<String> = table
        .lines
        .iter()
        .map(|line| detail(line.detail.as_deref().unwrap_or_default(), tongues))
        .collect();
    let amounts: Vec<String> = table
        .lines
        .iter()
        .map(|line| line.amount.to_string())
        .collect();
    let total = table.total.to_string();
    let balance = table.balance.map(|balance| balance.to_string());
    let mut rows: Vec<Vec<Vec<CellText<'_>>>> = labels
        .iter()
        .zip(&details)
        .zip(&amounts)
        .map(|((label, detail), amount)| {
            [&**label, detail.as_str(), amount.as_str()]
                .map(|text| vec![cell(vec![Span::new(text, Style::CELL)], 0.0)])
                .to_vec()
        })
        .collect();
    let words = ["Total", "Still to pay", "Sum", "For", "Amount"].map(|word| tongues.say(word));
    let mut sums: Vec<(&str, &str)> = vec![(&words[0], &total)];
    sums.extend(balance.as_deref().map(|balance| (&*words[1], balance)));
    for (label, amount) in sums {
        rows.push(
            [label, "", amount]
                .map(|text| vec![cell(vec![Span::new(text, Style::CELL_STRONG)], 0.0)])
                .to_vec(),
        );
    }
    let mut columns = vec![
        Column {
            title: &words[2],
            width: 150.0,
            right: false,
        },
        Column {
            title: &words[3],
            width: SHEET.measure() - 240.0,
            right: false,
        },
        Column {
            title: &words[4],
            width: 90.0,
            right: true,
        },
    ];
    // Where nothing says what a sum is for, there is no column of it.
    if details.iter().all(String::is_empty) {
        columns[0].width += columns.remove(1).width;
        for row in &mut rows {
            row.remove(1);
        }
    }
    let place = full(5.0, !table.terms.is_empty());
    galley.table(&columns, &rows, place, &tongues.say(CONTINUED))?;
    if !table.terms.is_empty() {
        galley.list(&table.terms, false, Style::BODY, full(6.0, false))?;
    }
    Ok(())
}

/// What a sum is for: of an offence, by its number.
fn detail(english: &str, tongues: Tongues) -> String {
    match english.strip_prefix("Offence ") {
        Some(rest) => format!("{} {rest}", tongues.say("Offence")),
        None => english.to_owned(),
    }
}

/// By whose authority. The whole of it stays on one page.
fn signature(
    name: &str,
    office: &str,
    on: Day,
    lines: &[String],
    galley: &mut Galley,
) -> Result<(), DocumentError> {
    let date = on.in_words();
    // Nor does it stand alone on a page, where nobody could say what was signed.
    galley.hold();
    galley.together(|galley| {
        galley.rule(SHEET.left, 190.0, 0.75, 24.0, ink::NAVY);
        galley.block(
            Role::Paragraph,
            &[Span::new(name, Style::STRONG)],
            full(4.0, true),
        )?;
        galley.block(
            Role::Paragraph,
            &[Span::new(office, Style::BODY)],
            full(0.0, true),
        )?;
        galley.block(
            Role::Paragraph,
            &[Span::new(&date, Style::BODY)],
            full(0.0, true),
        )?;
        for line in lines {
            galley.block(
                Role::Paragraph,
                &[Span::new(line, Style::CELL)],
                full(2.0, true),
            )?;
        }
        Ok(())
    })?;
    galley.release();
    Ok(())
}
