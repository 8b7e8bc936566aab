//! The head of the first page: which court, to whom, what, about whom.

use super::{
    SHEET,
    blocks::CONTINUED,
    full,
    words::{self, Tongues, welsh_sentence},
};
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
    const LABEL: Style = Style {
        leading: 13.5,
        ..Style::LABEL
    };
    const VALUE: Style = Style {
        size: 8.5,
        ..Style::CELL
    };
    let mut address = to.name.clone();
    for line in &to.address {
        address.push('\n');
        address.push_str(line);
    }
    let mut texts = Vec::new();
    for (label, value) in dates {
        let mut label = format!("{}: ", label.as_ref());
        let mut value = (*value).to_owned();
        let width = galley
            .setter
            .width(&[Span::new(&label, LABEL), Span::new(&value, VALUE)])?;
        // A day is not parted from its month: it goes to the next line as a whole.
        if width > RIGHT && value.starts_with(|c: char| c.is_ascii_digit()) {
            label.truncate(label.trim_end().len());
            value.insert(0, '\n');
        }
        texts.push((label, value));
    }
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
                keep: false,
            }],
            node: Some(to),
        },
        Cell {
            x: SHEET.left + SHEET.measure() - RIGHT,
            width: RIGHT,
            right: false,
            texts: texts
                .iter()
                .map(|(label, value)| CellText {
                    spans: vec![Span::new(label, LABEL), Span::new(value, VALUE)],
                    above: 0.0,
                    keep: false,
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

/// A note about the document itself.
struct Note {
    warning: bool,
    english: String,
    /// For whoever reads Welsh.
    welsh: Option<String>,
}

/// Whether the document still stands, and what it takes the place of.
fn standing(view: &OrderView, tongues: Tongues, galley: &mut Galley) -> Result<(), DocumentError> {
    let mut notes: Vec<Note> = Vec::new();
    let in_both = |welsh: &str| {
        let both = tongues != Tongues::English;
        both.then(|| welsh_sentence(tongues, welsh))
    };
    if let Some(superseded) = &view.superseded {
        let on = superseded.on.in_words();
        let english = match superseded.by {
            Some(by) => format!(
                "This document no longer applies. It was replaced on {on} by document {by}."
            ),
            None => format!(
                "This document no longer applies. It ended on {on}, and nothing takes its place."
            ),
        };
        notes.push(Note {
            warning: true,
            english,
            welsh: in_both(words::NO_LONGER),
        });
    }
    if let Some(replaced) = view.replaces.as_ref().filter(|own| own.translated) {
        let english = format!(
            "In Welsh and English. It follows document {}, issued in English on {}. What the court \
             ordered has not changed.",
            replaced.document_id,
            replaced.issued_on.in_words()
        );
        notes.push(Note {
            warning: false,
            english,
            welsh: in_both(words::TRANSLATED),
        });
    }
    if let Some(replaced) = view.replaces.as_ref().filter(|own| !own.translated) {
        let mut english = format!(
            "Amended. This document replaces document {}, issued on {}.",
            replaced.document_id,
            replaced.issued_on.in_words()
        );
        if let Some(reason) = &replaced.reason {
            english.push_str(&format!(" Reason: {reason}"));
        }
        notes.push(Note {
            warning: true,
            english,
            welsh: in_both(words::AMENDED),
        });
    }
    if view.welsh_pending {
        notes.push(Note {
            warning: false,
            english: "The Welsh text of this document is waiting for a checked translation. It \
                      will be sent as soon as it is ready."
                .to_owned(),
            // Whoever waits for the Welsh is told so in Welsh.
            welsh: Some(welsh_sentence(tongues, words::PENDING)),
        });
    }
    for note in notes {
        let (colours, style) = if note.warning {
            ((ink::WARNING_BOX, ink::WARNING), Style::STRONG)
        } else {
            ((ink::BOX, ink::GREY), Style::BODY)
        };
        galley.boxed(SHEET.left, SHEET.measure(), 10.0, colours, |galley| {
            let english = [Span::new(&note.english, style)];
            galley.block(Role::Paragraph, &english, inside())?;
            if let Some(welsh) = &note.welsh {
                let place = Placement {
                    above: 3.0,
                    ..inside()
                };
                let node = galley.block(Role::Paragraph, &[Span::new(welsh, style)], place)?;
                galley.tree.set_welsh(node);
            }
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
        |galley| galley.facts(&facts, inside(), false, &tongues.say(CONTINUED)),
    )
}
