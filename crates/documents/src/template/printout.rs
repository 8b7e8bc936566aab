//! How a printout looks: as an order does, but about a day in court, a case or a
//! paper instead of one defendant, and with the moment at which the record stood so.

use super::{SHEET, blocks, full, heading, plain, words::Tongues};
use crate::{
    DocumentError,
    layout::{Galley, Role, Span, Style, ink},
};
use contract::{document::Addressee, printout::PrintoutView};

/// Sets the whole printout in one column.
///
/// # Errors
/// If a face cannot be read.
pub(crate) fn compose_printout(view: &PrintoutView) -> Result<Galley, DocumentError> {
    let mut galley = Galley::new();
    let stood = format!(
        "{}, {}",
        view.stood_at.day().in_words(),
        view.stood_at.clock()
    );
    let to = Addressee {
        name: view.made_for.clone(),
        address: Vec::new(),
    };
    let mut dates: Vec<(&str, &str)> = Vec::new();
    let day = view.day.map(vocabulary::Day::in_words);
    dates.extend(day.as_deref().map(|day| ("Day in court", day)));
    dates.push(("As the record stood at", &stood));
    dates.push(("Made by", &view.made_by));
    let english = Tongues::English;
    heading::top(
        (&view.court, english),
        &to,
        &dates,
        &view.title,
        &mut galley,
    )?;
    galley.boxed(
        SHEET.left,
        SHEET.measure(),
        10.0,
        (ink::WARNING_BOX, ink::WARNING),
        |galley| {
            galley.block(
                Role::Paragraph,
                &[Span::new(&view.handling, Style::STRONG)],
                heading::inside(),
            )?;
            Ok(())
        },
    )?;
    if !view.key_facts.is_empty() {
        let facts: Vec<(&str, &str)> = view
            .key_facts
            .iter()
            .map(|fact| (fact.label.as_str(), fact.value.as_str()))
            .collect();
        galley.boxed(
            SHEET.left,
            SHEET.measure(),
            10.0,
            (ink::BOX, ink::NAVY),
            |galley| galley.facts(&facts, heading::inside(), false, blocks::CONTINUED),
        )?;
    }
    plain::compose(&view.plain, &mut galley)?;
    for block in &view.blocks {
        blocks::compose(block, english, &mut galley)?;
    }
    if let Some(nothing) = &view.nothing {
        galley.block(
            Role::Paragraph,
            &[Span::new(nothing, Style::BODY)],
            full(14.0, false),
        )?;
    }
    Ok(galley)
}
