//! What stands in the margins: whose document this is, whether it still stands, which page of
//! how many, and the code by which the court can confirm it. None of it is read aloud.

use super::{
    SHEET, tongues,
    words::{self, Tongues},
};
use crate::{
    DocumentError,
    layout::{LineRun, Mark, Page, Span, Style, Typesetter, ink},
};
use contract::{document::OrderView, printout::PrintoutView};

/// What the margins say.
pub(crate) struct Margins {
    /// What kind of paper it is: this is shortened where there is no room.
    title: String,
    /// Whom or what it is about: a loose page must say it.
    about: String,
    cases: String,
    document: String,
    copy: String,
    /// That it no longer applies, or takes the place of another: a loose page must not look as
    /// if it were the order in force, or the only one.
    standing: Option<String>,
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
        let replaces = view.replaces.as_ref().filter(|own| !own.translated);
        let standing = if view.superseded.is_some() {
            let english = "This document no longer applies.".to_owned();
            Some(tongues.sentence(english, words::NO_LONGER))
        } else if replaces.is_some() {
            let english = "Amended. This document replaces an earlier one.".to_owned();
            Some(tongues.sentence(english, words::AMENDED))
        } else {
            None
        };
        Self {
            title: titles.join(" / "),
            about: view.defendant.name.clone(),
            cases: view.case_references.join(", "),
            document: format!(
                "Document {} · verification code {}",
                view.document_id, view.verification_code
            ),
            copy: format!("{}: {}", tongues.say("Copy for"), view.copy_for),
            standing,
            tongues,
        }
    }

    pub(crate) fn of_printout(view: &PrintoutView) -> Self {
        Self {
            title: view.title.clone(),
            about: view.about.clone(),
            cases: view.case_references.join(", "),
            document: format!(
                "Printout {} · verification code {}",
                view.document_id, view.verification_code
            ),
            copy: format!("Made for: {}. {}", view.made_for, view.handling),
            standing: None,
            tongues: Tongues::English,
        }
    }
}

/// Where the head of a further page stands, and what is said above it.
const HEAD: f64 = 38.0;
const ABOVE: f64 = 21.0;

/// Adds the margins to pages whose number is now known.
pub(crate) fn furnish(
    margins: &Margins,
    setter: &mut Typesetter,
    pages: &mut [Page],
) -> Result<(), DocumentError> {
    let count = pages.len();
    let room = match margins.tongues {
        Tongues::English => 75.0,
        _ => 150.0,
    };
    let further = if count > 1 {
        further(margins, setter)?
    } else {
        Vec::new()
    };
    let below = SHEET.height - 48.0;
    let document = shortened(setter, &margins.document, SHEET.measure() - room - 5.0)?;
    let copy = shortened(setter, &margins.copy, SHEET.measure())?;
    let mut foot = Vec::new();
    write(&document, (SHEET.left, below), &mut foot);
    for (i, page) in pages.iter_mut().enumerate() {
        if i > 0 {
            page.marks.extend(further.iter().cloned());
        }
        rule(page, SHEET.height - 52.0);
        page.marks.extend(foot.iter().cloned());
        let number = shortened(setter, &margins.tongues.page(i + 1, count), room)?;
        write(&number, (right_of(&number), below), &mut page.marks);
        let last = (SHEET.left, SHEET.height - 37.5);
        write(&copy, last, &mut page.marks);
    }
    Ok(())
}

/// The head of every page but the first.
fn further(margins: &Margins, setter: &mut Typesetter) -> Result<Vec<Mark>, DocumentError> {
    const BETWEEN: f64 = 10.0;
    let mut head = Page::default();
    if let Some(standing) = &margins.standing {
        let line = set(setter, standing, STANDING)?;
        for (width, colour) in [(SHEET.measure(), ink::WARNING_BOX), (3.0, ink::WARNING)] {
            head.marks.push(Mark::Fill {
                x: SHEET.left,
                top: ABOVE,
                width,
                height: STANDING.leading,
                colour,
            });
        }
        for run in line.runs {
            head.marks.push(Mark::Text {
                x: SHEET.left + 9.0 + run.x,
                baseline: ABOVE + STANDING.baseline(),
                run,
                node: None,
            });
        }
    }
    let cases = shortened(setter, &margins.cases, SHEET.measure() * 0.3 - BETWEEN)?;
    let wide = SHEET.measure() - cases.width - BETWEEN;
    let head_line = titled(setter, &margins.title, &margins.about, wide)?;
    write(&head_line, (SHEET.left, HEAD), &mut head.marks);
    write(&cases, (right_of(&cases), HEAD), &mut head.marks);
    rule(&mut head, 52.0);
    Ok(head.marks)
}

/// How the mark of a document that no longer stands is set.
const STANDING: Style = Style {
    size: 8.5,
    leading: 14.0,
    ..Style::STRONG
};

/// A line of the margins.
struct Set {
    runs: Vec<LineRun>,
    width: f64,
}

/// All of a text on one line.
fn set(setter: &mut Typesetter, text: &str, style: Style) -> Result<Set, DocumentError> {
    let lines = setter.set(&[Span::new(text, style)], f64::INFINITY)?;
    let mut line = lines.into_iter().next().unwrap_or_default();
    Ok(Set {
        runs: std::mem::take(&mut line.runs),
        width: line.width,
    })
}

/// What a document is and whom it is about: if there is no room for both, the title is
/// shortened, and a name only if it is wider than the line by itself.
fn titled(
    setter: &mut Typesetter,
    title: &str,
    about: &str,
    room: f64,
) -> Result<Set, DocumentError> {
    let name = format!(" · {about}");
    let whole = set(setter, &format!("{title}{name}"), Style::SMALL)?;
    if whole.width <= room {
        return Ok(whole);
    }
    let left = room - set(setter, &name, Style::SMALL)?.width;
    match cut(setter, title, left)? {
        Some(short) => set(setter, &format!("{short}{name}"), Style::SMALL),
        None => shortened(setter, about, room),
    }
}

/// One line; where there is no room for all of it, it ends with an ellipsis. The whole stands
/// on the first page.
fn shortened(setter: &mut Typesetter, text: &str, room: f64) -> Result<Set, DocumentError> {
    let text = text.replace('\n', " ");
    let whole = set(setter, &text, Style::SMALL)?;
    if whole.width <= room {
        return Ok(whole);
    }
    let short = cut(setter, &text, room)?.unwrap_or_default();
    set(setter, &short, Style::SMALL)
}

/// The beginning of a text with an ellipsis, as much as there is room for: whole words, unless
/// the first has no room. Nothing, if not even a letter has.
fn cut(setter: &mut Typesetter, text: &str, room: f64) -> Result<Option<String>, DocumentError> {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
    let short = |end: usize| {
        let kept = text[..end].trim_end_matches([' ', ',', ';', '·', '/']);
        format!("{kept}…")
    };
    let (mut fits, mut too_long) = (0, ends.len());
    while fits < too_long {
        let middle = fits.midpoint(too_long);
        if set(setter, &short(ends[middle]), Style::SMALL)?.width <= room {
            fits = middle + 1;
        } else {
            too_long = middle;
        }
    }
    let Some(end) = fits.checked_sub(1).map(|last| ends[last]) else {
        return Ok(None);
    };
    let whole_words = if text[end..].starts_with(' ') {
        Some(end)
    } else {
        text[..end].rfind(' ')
    };
    Ok(Some(short(whole_words.filter(|at| *at > 0).unwrap_or(end))))
}

/// Where a line begins that ends at the right.
fn right_of(line: &Set) -> f64 {
    SHEET.left + SHEET.measure() - line.width
}

fn write(line: &Set, (x, top): (f64, f64), marks: &mut Vec<Mark>) {
    marks.extend(line.runs.iter().cloned().map(|run| Mark::Text {
        x: x + run.x,
        baseline: top + Style::SMALL.baseline(),
        run,
        node: None,
    }));
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
