//! What stands in the margins: whose document this is, which page of how many,
//! and the code by which the court can confirm it. None of it is read aloud.

use super::{SHEET, tongues, words::Tongues};
use crate::{
    DocumentError,
    layout::{Mark, Page, Span, Style, Typesetter, ink},
};
use contract::{document::OrderView, printout::PrintoutView};

/// What the margins say.
pub(crate) struct Margins {
    about: String,
    cases: String,
    document: String,
    copy: String,
    tongues: Tongues,
}

impl Margins {
    pub(crate) fn of_order(view: &OrderView) -> Self {
        let tongues = tongues(view);
        let welsh = view.title_welsh.iter();
        let titles: Vec<&str> = [view.title.as_str()]
            .into_iter()
            .chain(
                welsh
                    .map(String::as_str)
                    .filter(|_| tongues == Tongues::Both),
            )
            .collect();
        Self {
            about: format!("{} · {}", titles.join(" / "), view.defendant.name),
            cases: view.case_references.join(", "),
            document: format!(
                "Document {} · verification code {}",
                view.document_id, view.verification_code
            ),
            copy: format!("{}: {}", tongues.say("Copy for"), view.copy_for),
            tongues,
        }
    }

    pub(crate) fn of_printout(view: &PrintoutView) -> Self {
        Self {
            about: format!("{} · {}", view.title, view.about),
            cases: view.case_references.join(", "),
            document: format!(
                "Printout {} · verification code {}",
                view.document_id, view.verification_code
            ),
            copy: format!("Made for: {}. {}", view.made_for, view.handling),
            tongues: Tongues::English,
        }
    }
}

/// Adds the margins to pages whose number is now known.
pub(crate) fn furnish(
    margins: &Margins,
    setter: &mut Typesetter,
    pages: &mut [Page],
) -> Result<(), DocumentError> {
    let count = pages.len();
    for (i, page) in pages.iter_mut().enumerate() {
        if i > 0 {
            let wide = SHEET.measure() * 0.7;
            write(setter, page, &margins.about, 38.0, SHEET.left, wide)?;
            write_right(
                setter,
                page,
                &margins.cases,
                38.0,
                SHEET.measure() - wide - 10.0,
            )?;
            rule(page, 52.0);
        }
        let number = margins.tongues.page(i + 1, count);
        let room = match margins.tongues {
            Tongues::English => 75.0,
            _ => 150.0,
        };
        rule(page, SHEET.height - 52.0);
        write(
            setter,
            page,
            &margins.document,
            SHEET.height - 48.0,
            SHEET.left,
            SHEET.measure() - room - 5.0,
        )?;
        write_right(setter, page, &number, SHEET.height - 48.0, room)?;
        write(
            setter,
            page,
            &margins.copy,
            SHEET.height - 37.5,
            SHEET.left,
            SHEET.measure(),
        )?;
    }
    Ok(())
}

/// One line from the left; what does not fit is left out, for it stands on the first page.
fn write(
    setter: &mut Typesetter,
    page: &mut Page,
    text: &str,
    top: f64,
    x: f64,
    width: f64,
) -> Result<(), DocumentError> {
    let style = Style::SMALL;
    let line = setter
        .set(&[Span::new(text, style)], width)?
        .into_iter()
        .next();
    for run in line.into_iter().flat_map(|line| line.runs) {
        page.marks.push(Mark::Text {
            x: x + run.x,
            baseline: top + style.baseline(),
            run,
            node: None,
        });
    }
    Ok(())
}

fn write_right(
    setter: &mut Typesetter,
    page: &mut Page,
    text: &str,
    top: f64,
    width: f64,
) -> Result<(), DocumentError> {
    let lines = setter.set(&[Span::new(text, Style::SMALL)], width)?;
    let line_width = lines.first().map_or(0.0, |line| line.width);
    let x = SHEET.left + SHEET.measure() - line_width;
    write(setter, page, text, top, x, width)
}

fn rule(page: &mut Page, top: f64) {
    page.marks.push(Mark::Fill {
        x: SHEET.left,
        top,
        width: SHEET.measure(),
        height: 0.5,
        colour: ink::RULE,
    });
}
