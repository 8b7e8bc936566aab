//! The head of the first page: which court, to whom, what, about whom.

use super::{SHEET, full, words::Tongues};
use crate::{
    DocumentError,
    layout::{Cell, CellText, Galley, Placement, Role, Span, Style, Tree, ink},
};
use contract::document::{Addressee, CourtHeading, OrderView};

/// Sets the head of the first page.
pub(super) fn compose(
    view: &OrderView,
    tongues: Tongues,
    galley: &mut Galley,
) -> Result<(), DocumentError> {
    let issued = format!(
        "{}, {}",
        view.issued_at.day().in_words(),
        view.issued_at.clock()
    );
    let ordered = view.ordered_on.in_words();
    let amended = view.amended_on.map(vocabulary::Day::in_words);
    let mut dates = vec![("Date of order", ordered.as_str())];
    if let Some(amended) = &amended {
        dates.push(("Amended on", amended));
    }
    dates.push(("Issued", &issued));
    dates.push(("Copy for", &view.copy_for));
    top(
        (&view.court, tongues),
        &view.addressee,
        &tongues.labelled(&dates),
        &view.title,
        galley,
    )?;
    if let Some(welsh) = &view.title_welsh {
        let node = galley.block(
            Role::Paragraph,
            &[Span::new(welsh, Style::TITLE_WELSH)],
            full(0.0, true),
        )?;
        galley.tree.set_welsh(node);
    }
    standing(view, tongues, galley)?;
    key_facts(view, tongues, galley)
}

/// Which court, to whom, the dates, and the title.
pub(super) fn top(
    (of, tongues): (&CourtHeading, Tongues),
    to: &Addressee,
    dates: &[(impl AsRef<str>, &str)],
    title: &str,
    galley: &mut Galley,
) -> Result<(), DocumentError> {
    court(of, tongues, galley)?;
    galley.rule(SHEET.left, SHEET.measure(), 1.5, 6.0, ink::NAVY);
    addressee(to, dates, galley)?;
    galley
        .block(
            Role::Heading(1),
            &[Span::new(title, Style::TITLE)],
            full(20.0, true),
        )
        .map(|_| ())
}

fn court(of: &CourtHeading, tongues: Tongues, galley: &mut Galley) -> Result<(), DocumentError> {
    galley.block(
        Role::Paragraph,
        &[Span::new(&of.name, Style::COURT)],
        full(0.0, true),
    )?;
    if let Some(welsh) = &of.name_welsh {
        let node = galley.block(
            Role::Paragraph,
            &[Span::new(
                welsh,
                Style {
                    weight: crate::fonts::Weight::Regular,
                    ..Style::COURT
                },
            )],
            full(0.0, true),
        )?;
        galley.tree.set_welsh(node);
    }
    let mut line = of.address.join(", ");
    if let Some(area) = &of.local_justice_area {
        if !line.is_empty() {
            line.push_str(" · ");
        }
        line.push_str(&tongues.say("Local justice area"));
        line.push_str(": ");
        line.push_str(area);
    }
    if !line.is_empty() {
        galley.block(
            Role::Paragraph,
            &[Span::new(&line, Style::LABEL)],
            full(0.0, true),
        )?;
    }
    Ok(())
}

fn addressee(
    to: &Addressee,
    dates: &[(impl AsRef<str>, &str)],
    galley: &mut Galley,
) -> Result<(), DocumentError> {
    const RIGHT: f64 = 190.0;
    let mut address = to.name.clone();
    for line in &to.address {
        address.push('\n');
        address.push_str(line);
    }
    let texts = dates
        .iter()
        .map(|(label, value)| format!("{}: {value}", label.as_ref()))
        .collect::<Vec<_>>();
    let to = galley.tree.add(Tree::DOCUMENT, Role::Paragraph);
    let side = galley.tree.add(Tree::DOCUMENT, Role::Paragraph);
    let cells = [
        Cell {
            x: SHEET.left,
            width: SHEET.measure() - RIGHT - 20.0,
            right: false,
            texts: vec![CellText {
                spans: vec![Span::new(&address, Style::BODY)],
                above: 0.0,
            }],
            node: Some(to),
        },
        Cell {
            x: SHEET.left + SHEET.measure() - RIGHT,
            width: RIGHT,
            right: false,
            texts: dates
                .iter()
                .zip(&texts)
                .map(|((label, _), text)| {
                    let (label, value) = text.split_at(label.as_ref().len() + 2);
                    CellText {
                        spans: vec![
                            Span::new(
                                label,
                                Style {
                                    leading: 13.5,
                                    ..Style::LABEL
                                },
                            ),
                            Span::new(
                                value,
                                Style {
                                    size: 8.5,
                                    ..Style::CELL
                                },
                            ),
                        ],
                        above: 0.0,
                    }
                })
                .collect(),
            node: Some(side),
        },
    ];
    for band in galley.side_by_side(&cells, 0.0, 14.0)? {
        galley.push(band);
    }
    Ok(())
}

/// Whether the document still stands, and what it takes the place of.
fn standing(view: &OrderView, tongues: Tongues, galley: &mut Galley) -> Result<(), DocumentError> {
    let mut notes: Vec<(bool, String)> = Vec::new();
    if let Some(superseded) = &view.superseded {
        let on = superseded.on.in_words();
        let note = match superseded.by {
            Some(by) => format!(
                "This document no longer applies. It was replaced on {on} by document {by}."
            ),
            None => format!(
                "This document no longer applies. It ended on {on}, and nothing takes its place."
            ),
        };
        let welsh = "Nid yw'r ddogfen hon yn gymwys mwyach.";
        notes.push((true, tongues.sentence(note, welsh)));
    }
    if let Some(replaced) = view.replaces.as_ref().filter(|own| own.translated) {
        let note = format!(
            "In Welsh and English. It follows document {}, issued in English on {}. What the court \
             ordered has not changed.",
            replaced.document_id,
            replaced.issued_on.in_words()
        );
        notes.push((false, note));
    }
    if let Some(replaced) = view.replaces.as_ref().filter(|own| !own.translated) {
        let mut note = format!(
            "Amended. This document replaces document {}, issued on {}.",
            replaced.document_id,
            replaced.issued_on.in_words()
        );
        if let Some(reason) = &replaced.reason {
            note.push_str(&format!(" Reason: {reason}"));
        }
        let welsh = "Diwygiwyd. Mae'r ddogfen hon yn disodli'r un gynharach.";
        notes.push((true, tongues.sentence(note, welsh)));
    }
    if view.welsh_pending {
        notes.push((
            false,
            "The Welsh text of this document is waiting for a checked translation. It will be \
             sent as soon as it is ready."
                .to_owned(),
        ));
    }
    for (warning, note) in notes {
        let colours = if warning {
            (ink::WARNING_BOX, ink::WARNING)
        } else {
            (ink::BOX, ink::GREY)
        };
        galley.boxed(SHEET.left, SHEET.measure(), 10.0, colours, |galley| {
            let style = if warning { Style::STRONG } else { Style::BODY };
            galley.block(Role::Paragraph, &[Span::new(&note, style)], inside())?;
            Ok(())
        })?;
    }
    Ok(())
}

/// The width inside a box.
pub(super) fn inside() -> Placement {
    Placement {
        x: SHEET.left + 16.0,
        width: SHEET.measure() - 28.0,
        above: 0.0,
        keep: false,
    }
}

fn key_facts(view: &OrderView, tongues: Tongues, galley: &mut Galley) -> Result<(), DocumentError> {
    let defendant = &view.defendant;
    let born = defendant.date_of_birth.map(vocabulary::Day::in_words);
    let address = defendant.address.join(", ");
    let cases = view.case_references.join(", ");
    let case_label = if view.case_references.len() > 1 {
        "Case references"
    } else {
        "Case reference"
    };
    let mut facts: Vec<(&str, &str)> = vec![("Defendant", &defendant.name)];
    facts.extend(born.as_deref().map(|born| ("Date of birth", born)));
    if !address.is_empty() {
        facts.push(("Address", &address));
    }
    facts.extend(
        defendant
            .asn
            .as_deref()
            .map(|asn| ("Arrest or summons number", asn)),
    );
    for fact in &defendant.further {
        facts.push((&fact.label, &fact.value));
    }
    if !cases.is_empty() {
        facts.push((case_label, &cases));
    }
    if !view.legal_adviser.is_empty() {
        facts.push(("Recorded by", &view.legal_adviser));
    }
    let facts = tongues.labelled(&facts);
    galley.boxed(
        SHEET.left,
        SHEET.measure(),
        12.0,
        (ink::BOX, ink::NAVY),
        |galley| galley.facts(&facts, inside(), false),
    )
}
