//! Court lists: public, standard, for the bench, for prisons. What of a defendant
//! a list shows is the domain's to say (`domain::listing`).

use super::{
    compose::{Content, finished, heading},
    make::{self, Made},
    sitting::Sitting,
};
use crate::{
    App, Error,
    caller::SignedIn,
    case::{
        present,
        veil::{self, Shown as Veil},
    },
    relation,
};
use access::Action;
use contract::document::{Block, CellPart, TableColumn};
use domain::{
    case::{Case, DefendantState, Party},
    hearing::Hearing,
    listing::{Audience, Shown, is_youth, shown, stays_off},
};
use std::collections::BTreeMap;
use vocabulary::{CaseId, CourtId, CourtroomId, Day, ListKind, OrganisationKind, fold_name};

type Cells = Vec<Vec<CellPart>>;

/// The action that a list needs, and its name.
pub(super) const fn of_kind(kind: ListKind) -> (Action, &'static str) {
    match kind {
        ListKind::Public => (Action::ReadPublicList, "Public court list"),
        ListKind::Standard => (Action::ReadStandardList, "Standard court list"),
        ListKind::Bench => (Action::ReadBenchList, "Bench court list"),
        ListKind::Prison => (Action::ReadPrisonList, "Prison court list"),
    }
}

/// Makes the list of a court house, or one room of it, on a day.
pub(super) async fn make(
    app: &App,
    person: &SignedIn,
    kind: ListKind,
    (court, day, room): (CourtId, Day, Option<CourtroomId>),
) -> Result<Made, Error> {
    let (action, name) = of_kind(kind);
    let decision = relation::must_see(app, person, action, &relation::to_court(person, court))?;
    let sitting = Sitting::load(app, court, day, room).await?;

    let mut cases = Vec::new();
    let blocks = match kind {
        ListKind::Public => by_room(
            &sitting,
            PUBLIC,
            Audience::Public,
            whole,
            &mut cases,
            |of| public(&of),
        ),
        ListKind::Standard => {
            let of = Audience::Reporters;
            by_room(&sitting, STANDARD, of, whole, &mut cases, |of| {
                standard(&of)
            })
        }
        ListKind::Bench => {
            let veil = |case: &Case| veil::over(app, person, case);
            by_room(&sitting, BENCH, Audience::Court, veil, &mut cases, |of| {
                bench(app, &of)
            })
        }
        ListKind::Prison => prison(app, person, &sitting, &mut cases),
    };
    cases.sort_unstable();
    cases.dedup();

    let content = Content {
        about: format!("{}, {}", sitting.organisation.name, day.in_words()),
        day: Some(day),
        values: vec![("roomName", sitting.room.clone().unwrap_or_default())],
        blocks,
        ..Content::default()
    };
    let head = heading(Some(&sitting.organisation), &sitting.organisation.name);
    let of = (head, Some(sitting.court.jurisdiction));
    let view = finished(app, person, app.chance.now(), name, of, content)?;
    Ok(Made {
        content: make::Content::View(Box::new(view)),
        name: name.to_owned(),
        file: sitting.file(name),
        about: court.0,
        cases,
        policy: decision.policy(),
    })
}

/// A defendant in a hearing, as one line of a list.
struct Line<'a> {
    hearing: &'a Hearing,
    case: &'a Case,
    defendant: &'a DefendantState,
    day: Day,
    shown: Shown,
    /// Somebody in the hearing is under 18: where the others live could lead to them.
    with_youth: bool,
}

impl Line<'_> {
    fn time(&self) -> Vec<CellPart> {
        vec![CellPart::strong(self.hearing.starts_at.clock())]
    }

    fn born(&self) -> Option<Day> {
        self.defendant.charged.party.date_of_birth()
    }

    fn age(&self) -> Option<String> {
        let age = self.born()?.years_until(self.day);
        Some(format!("Aged {age}"))
    }

    fn titles(&self) -> Vec<CellPart> {
        let mut titles: Vec<(&str, usize)> = Vec::new();
        for offence in &self.defendant.offences {
            let title = offence.charged.title.as_str();
            match titles.iter_mut().find(|(known, _)| *known == title) {
                Some((_, count)) => *count += 1,
                None => titles.push((title, 1)),
            }
        }
        titles
            .into_iter()
            .map(|(title, count)| match count {
                1 => CellPart::plain(title),
                count => CellPart::plain(format!("{title} ({count} charges)")),
            })
            .collect()
    }

    fn restrictions(&self) -> impl Iterator<Item = CellPart> {
        self.shown
            .restrictions
            .iter()
            .map(|text| CellPart::strong(format!("Reporting: {text}")))
    }
}

/// Lists for others than the court leave sensitive cases out by themselves.
const fn whole(_: &Case) -> Veil {
    Veil::Whole
}

type Titles = [(&'static str, u32); 4];

const PUBLIC: Titles = [
    ("Time", 10),
    ("Case", 20),
    ("Defendant", 28),
    ("Hearing", 42),
];
const STANDARD: Titles = [
    ("Time", 10),
    ("Case", 24),
    ("Defendant", 30),
    ("Charges", 36),
];
const BENCH: Titles = [
    ("Time", 9),
    ("Case", 23),
    ("Defendant", 30),
    ("Charges and pleas", 38),
];

/// A table for each room, of a line for each defendant that may be shown. A case that is
/// closed to whoever asks has one line, however many are charged in it.
fn by_room<'a>(
    sitting: &'a Sitting,
    titles: Titles,
    audience: Audience,
    veil: impl Fn(&Case) -> Veil,
    cases: &mut Vec<CaseId>,
    row: impl Fn(Line<'a>) -> Cells,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (room, hearings) in sitting.rooms() {
        let mut rows = Vec::new();
        for hearing in hearings {
            if stays_off(sitting.parties(hearing), sitting.day, audience) {
                continue;
            }
            let with_youth = sitting
                .parties(hearing)
                .any(|(_, defendant)| is_youth(defendant, sitting.day) == Some(true));
            let mut closed = Vec::new();
            for (case, defendant) in sitting.parties(hearing) {
                match veil(case) {
                    Veil::Whole => {}
                    Veil::Nothing => continue,
                    Veil::Reference => {
                        if !closed.contains(&case.id) {
                            closed.push(case.id);
                            rows.push(veiled(hearing, case));
                        }
                        continue;
                    }
                }
                rows.push(row(Line {
                    hearing,
                    case,
                    defendant,
                    day: sitting.day,
                    shown: shown(defendant, sitting.day, audience),
                    with_youth,
                }));
                cases.push(case.id);
            }
        }
        if !rows.is_empty() {
            let (text, columns) = (room.to_owned(), columns(titles));
            blocks.push(Block::Heading { text });
            blocks.push(Block::Table { columns, rows });
        }
    }
    blocks
}

/// The line of a case that is closed to whoever asks: when, and its reference.
fn veiled(hearing: &Hearing, case: &Case) -> Cells {
    vec![
        vec![CellPart::strong(hearing.starts_at.clock())],
        vec![CellPart::strong(case.urn.to_string())],
        vec![CellPart::strong(veil::SENSITIVE)],
        Vec::new(),
    ]
}

fn columns(titles: Titles) -> Vec<TableColumn> {
    titles
        .iter()
        .map(|(title, share)| TableColumn::new(title, *share))
        .collect()
}

fn public(line: &Line<'_>) -> Cells {
    let mut about = vec![CellPart::plain(&line.hearing.kind)];
    about.extend(line.titles());
    vec![
        line.time(),
        vec![CellPart::strong(line.case.urn.to_string())],
        vec![CellPart::strong(&line.shown.name)],
        about,
    ]
}

fn standard(line: &Line<'_>) -> Cells {
    let mut defendant = vec![CellPart::strong(&line.shown.name)];
    if line.shown.named {
        defendant.extend(line.age().map(CellPart::plain));
        let address = line.defendant.charged.address.printed().join(", ");
        if !address.is_empty() && !line.with_youth {
            defendant.push(CellPart::plain(address));
        }
    }
    let mut charges = line.titles();
    charges.extend(line.restrictions());
    vec![
        line.time(),
        vec![
            CellPart::strong(line.case.urn.to_string()),
            CellPart::plain(&line.hearing.kind),
            CellPart::plain(&line.case.prosecutor.name),
        ],
        defendant,
        charges,
    ]
}

fn bench(app: &App, line: &Line<'_>) -> Cells {
    let defendant = line.defendant;
    let mut who = vec![CellPart::strong(&line.shown.name)];
    if let (Some(born), Some(age)) = (line.born(), line.age()) {
        let youth = born.is_under_18_on(line.day);
        let mark = if youth { " – under 18" } else { "" };
        who.push(CellPart::plain(format!(
            "{age}, born {}{mark}",
            born.in_words()
        )));
    }
    who.push(CellPart::plain(present::liberty(app, defendant)));
    who.push(CellPart::plain(match &defendant.represented_by {
        Some(firm) => format!("Represented by {}", firm.shown()),
        None => "Nobody on record".to_owned(),
    }));
    if let Some(attendance) = line.hearing.attendance_of(defendant.charged.id) {
        who.push(CellPart::plain(attendance.in_words()));
    }
    if let Party::Person {
        specific_needs: Some(needs),
        ..
    } = &defendant.charged.party
    {
        who.push(CellPart::plain(format!("Needs: {needs}")));
    }
    if let Some(language) = present::interpreter(defendant) {
        who.push(CellPart::strong(format!("Interpreter: {language}")));
    }
    let mut case = vec![
        CellPart::strong(line.case.urn.to_string()),
        CellPart::plain(&line.hearing.kind),
        CellPart::plain(&line.case.prosecutor.name),
    ];
    case.extend(line.case.markers.iter().map(CellPart::strong));
    if line.case.kept_off_lists.is_some() {
        case.push(CellPart::strong("Kept off public lists"));
    }
    let mut charges = Vec::new();
    for offence in &defendant.offences {
        let charged = &offence.charged;
        charges.push(CellPart::strong(format!(
            "{}. {}",
            charged.number, charged.title
        )));
        charges.push(CellPart::plain(format!(
            "{}; {}",
            charged.mode_of_trial,
            charged.committed()
        )));
        let plea = offence.plea.as_ref().map_or_else(
            || "No plea".to_owned(),
            |plea| format!("Plea: {}", plea.dated()),
        );
        charges.push(CellPart::plain(plea));
        let verdict = offence.verdict.as_ref();
        charges.extend(verdict.map(|own| CellPart::plain(format!("Verdict: {}", own.dated()))));
    }
    charges.extend(line.restrictions());
    vec![line.time(), case, who, charges]
}

/// Defendants in custody by the prison that the record names; a prison gets its own, of
/// sensitive cases too: it holds them, and must have them there. For others a closed case has
/// one line, under no prison: how many are held, and where, is not theirs to read.
fn prison(app: &App, person: &SignedIn, sitting: &Sitting, cases: &mut Vec<CaseId>) -> Vec<Block> {
    const UNKNOWN: &str = "The record names no prison";
    const CLOSED: &str = "Cases that are closed to you";
    let own = (person.organisation.kind == OrganisationKind::Prison)
        .then(|| fold_name(&person.organisation.name));
    let mut prisons: BTreeMap<String, Vec<Cells>> = BTreeMap::new();
    for hearing in &sitting.hearings {
        let mut closed = Vec::new();
        for (case, defendant) in sitting.parties(hearing) {
            if !present::held(app, defendant) {
                continue;
            }
            let held = present::held_at(defendant);
            let theirs = held.as_deref().map(fold_name);
            if own.is_some() && theirs != own {
                continue;
            }
            let prison = held.unwrap_or_else(|| UNKNOWN.to_owned());
            let shown = match own {
                Some(_) => Veil::Whole,
                None => veil::over(app, person, case),
            };
            match shown {
                Veil::Whole => {}
                Veil::Nothing => continue,
                Veil::Reference => {
                    if !closed.contains(&case.id) {
                        closed.push(case.id);
                        let cells = vec![
                            vec![CellPart::strong(hearing.starts_at.clock())],
                            vec![CellPart::strong(veil::SENSITIVE)],
                            Vec::new(),
                            vec![CellPart::strong(case.urn.to_string())],
                        ];
                        let heading = CLOSED.to_owned();
                        prisons.entry(heading).or_default().push(cells);
                    }
                    continue;
                }
            }
            let charged = &defendant.charged;
            let mut who = vec![CellPart::strong(charged.party.name())];
            let born = charged.party.date_of_birth();
            who.extend(born.map(|born| CellPart::plain(format!("Born {}", born.in_words()))));
            for (label, number) in [("PNC ID", &charged.pnc_id), ("ASN", &charged.asn)] {
                who.extend(
                    number
                        .iter()
                        .map(|n| CellPart::plain(format!("{label} {n}"))),
                );
            }
            let cells = vec![
                vec![
                    CellPart::strong(hearing.starts_at.clock()),
                    CellPart::plain(&hearing.courtroom_name),
                ],
                who,
                vec![CellPart::strong(appears(hearing, defendant))],
                vec![
                    CellPart::strong(case.urn.to_string()),
                    CellPart::plain(&hearing.kind),
                    CellPart::plain(present::liberty(app, defendant)),
                ],
            ];
            cases.push(case.id);
            prisons.entry(prison).or_default().push(cells);
        }
    }
    let titles = [
        ("Time", 16),
        ("Defendant", 32),
        ("How they appear", 26),
        ("Case", 26),
    ];
    prisons
        .into_iter()
        .flat_map(|(prison, rows)| {
            let columns = columns(titles);
            [
                Block::Heading { text: prison },
                Block::Table { columns, rows },
            ]
        })
        .collect()
}

/// How a defendant in custody is to appear, as far as the record says.
fn appears(hearing: &Hearing, defendant: &DefendantState) -> &'static str {
    if let Some(attendance) = hearing.attendance_of(defendant.charged.id) {
        return attendance.in_words();
    }
    let link = present::latest_first(defendant)
        .into_iter()
        .flat_map(|result| &result.prompts)
        .find(|prompt| prompt.label.eq_ignore_ascii_case("TV link at next hearing"));
    match link {
        Some(prompt) if prompt.value.eq_ignore_ascii_case("no") => {
            "In person: no video link ordered"
        }
        Some(_) => "By video link, as ordered",
        None => "Not recorded: ask the court",
    }
}
