//! The court extract: every hearing of one defendant's case, with pleas, results
//! and what was amended.

use super::{
    charge,
    compose::{Content, finished, heading},
    make::{self, Made},
};
use crate::{
    App, Error,
    caller::SignedIn,
    case::{present, sight, veil},
    relation,
};
use access::{Action, Decision};
use contract::{
    Code,
    document::{Block, CellPart, Fact, TableColumn},
};
use domain::{
    account::Organisation,
    case::{Case, DefendantState},
    hearing::{Hearing, Shared, waits_of},
    result::JudicialResult,
};
use std::sync::Arc;
use vocabulary::{Attendance, CaseId, DefendantId, HearingState, Jurisdiction, LineChange};

/// A defendant's case with its hearings, for somebody who may have this of it.
pub(super) struct Matter {
    pub(super) case: Arc<Case>,
    pub(super) defendant: DefendantState,
    /// Those that concern the defendant, oldest first.
    pub(super) hearings: Vec<Hearing>,
    pub(super) organisations: Vec<Organisation>,
    pub(super) decision: Decision,
}

impl Matter {
    /// Loads it.
    pub(super) async fn load(
        app: &App,
        person: &SignedIn,
        (case, defendant): (CaseId, DefendantId),
        action: Action,
    ) -> Result<Self, Error> {
        let case = app.ledger.case(case).await?;
        let state = case.as_ref().and_then(|case| case.defendant(defendant));
        let (Some(case), Some(state)) = (&case, state.cloned()) else {
            return Err(sight::missed(app, person).await);
        };
        let case = Arc::clone(case);
        let facts = relation::to_defendant(person, &case, Some(defendant));
        let decision = match veil::must_open(app, person, action, &facts, [case.as_ref()]) {
            Err(Error::Problem(problem)) if problem.code == Code::NotFound => {
                return Err(sight::missed(app, person).await);
            }
            decision => decision?,
        };
        let mut hearings = app.ledger.hearings(&case.hearings).await?;
        hearings.retain(|hearing| {
            hearing.concerns(defendant) && hearing.state != HearingState::Vacated
        });
        hearings.sort_by_key(|hearing| hearing.starts_at);
        Ok(Self {
            case,
            defendant: state,
            hearings,
            organisations: app.index.organisations().await?,
            decision,
        })
    }

    /// The court of the last hearing, in whose name the printout is made.
    pub(super) fn court(&self) -> (contract::document::CourtHeading, Option<Jurisdiction>) {
        let last = self.hearings.iter().rev().find(|h| h.shared.is_some());
        let last = last.or_else(|| self.hearings.first());
        let court = last.and_then(|hearing| {
            let of = |o: &&Organisation| o.court.as_ref().is_some_and(|c| c.id == hearing.court_id);
            self.organisations.iter().find(of)
        });
        let name = last.map_or("The court", |hearing| hearing.court_name.as_str());
        (
            heading(court, name),
            last.map(|hearing| hearing.jurisdiction),
        )
    }

    /// Who it is about.
    pub(super) fn key_facts(&self) -> Vec<Fact> {
        let charged = &self.defendant.charged;
        let mut facts = vec![Fact::new("Defendant", charged.party.name())];
        let mut fact = |label: &str, value: Option<String>| {
            facts.extend(value.map(|value| Fact::new(label, value)));
        };
        let born = charged.party.date_of_birth();
        fact("Date of birth", born.map(vocabulary::Day::in_words));
        let address = charged.address.printed().join(", ");
        fact("Address", Some(address).filter(|text| !text.is_empty()));
        fact("Arrest or summons number", charged.asn.clone());
        fact("PNC ID", charged.pnc_id.clone());
        fact("Case reference", Some(self.case.urn.to_string()));
        fact("Prosecutor", Some(self.case.prosecutor.name.clone()));
        facts
    }

    /// What every printout of a case says.
    pub(super) fn content(&self) -> Content {
        let name = self.defendant.charged.party.name();
        Content {
            about: name.clone(),
            case_references: vec![self.case.urn.to_string()],
            key_facts: self.key_facts(),
            values: vec![
                ("defendantName", name),
                ("prosecutorName", self.case.prosecutor.name.clone()),
            ],
            ..Content::default()
        }
    }

    /// The file's name after that of the printout.
    pub(super) fn file(&self, name: &str) -> String {
        let defendant = self.defendant.charged.party.name();
        format!("{name}, {defendant}, {}", self.case.urn)
    }
}

/// Makes the extract.
pub(super) async fn make(
    app: &App,
    person: &SignedIn,
    case: CaseId,
    defendant: DefendantId,
) -> Result<Made, Error> {
    const NAME: &str = "Court extract";
    let of = (case, defendant);
    let matter = Matter::load(app, person, of, Action::ReadExtract).await?;
    let mut content = matter.content();
    content.key_facts.extend([
        Fact::new("Began by", present::began(matter.case.initiation)),
        Fact::new(
            "Bail or custody now",
            present::liberty(app, &matter.defendant),
        ),
        Fact::new(
            "Represented by",
            matter
                .defendant
                .represented_by
                .as_ref()
                .map_or_else(|| "Nobody on record".to_owned(), |firm| firm.name.clone()),
        ),
    ]);
    for hearing in &matter.hearings {
        content.blocks.extend(of_hearing(app, &matter, hearing));
    }
    let view = finished(app, person, app.chance.now(), NAME, matter.court(), content)?;
    Ok(Made {
        content: make::Content::View(Box::new(view)),
        name: NAME.to_owned(),
        file: matter.file(NAME),
        about: case.0,
        cases: vec![case],
        policy: matter.decision.policy(),
    })
}

fn of_hearing(app: &App, matter: &Matter, hearing: &Hearing) -> Vec<Block> {
    let day = hearing.starts_at.day();
    let mut facts = vec![
        Fact::new(
            "Court",
            format!("{}, {}", hearing.court_name, hearing.courtroom_name),
        ),
        Fact::new("Type of hearing", hearing.kind.clone()),
        Fact::new(
            "Defendant",
            attendance(hearing, matter.defendant.charged.id),
        ),
    ];
    if let Some(shared) = &hearing.shared {
        let said = said_of(hearing, shared, &matter.defendant);
        facts.push(Fact::new("Results shared", said));
    } else {
        let state = match hearing.state {
            HearingState::Listed => "Not yet heard",
            HearingState::Ended => "Heard; no results have been shared",
            _ => "Not over; no results have been shared",
        };
        facts.push(Fact::new("Results", state));
    }
    let heading = format!("{} at {}", day.in_words(), hearing.starts_at.clock());
    let mut blocks = vec![Block::Facts {
        heading: Some(heading),
        facts,
    }];
    let Some(shared) = &hearing.shared else {
        return blocks;
    };
    let own = matter.defendant.charged.id;
    let results = || {
        let of_case = |r: &&JudicialResult| {
            let offence = r.offence.is_none_or(|id| matter.case.offence(id).is_some());
            r.defendant == own && offence
        };
        shared.results.iter().filter(of_case)
    };
    let rows: Vec<_> = matter
        .defendant
        .offences
        .iter()
        .filter_map(|offence| {
            let own: Vec<_> = results()
                .filter(|r| r.offence == Some(offence.charged.id))
                .map(|r| charge::extracted(&app.catalogue.results, r, marks(hearing, r)))
                .collect();
            (!own.is_empty()).then(|| charge::row(offence, own, hearing.starts_at.day()))
        })
        .collect();
    if !rows.is_empty() {
        blocks.push(Block::Charges { rows });
    }
    let rows: Vec<_> = results()
        .filter(|r| r.offence.is_none())
        .map(|r| charge::extracted(&app.catalogue.results, r, marks(hearing, r)))
        .collect();
    if !rows.is_empty() {
        blocks.push(Block::Results {
            heading: Some("About the defendant as a whole".to_owned()),
            rows,
        });
    }
    blocks.extend(amendments(hearing, own));
    blocks
}

/// Who shared results when, and which version stands.
fn said(hearing: &Hearing, shared: &Shared) -> String {
    let mut said = format!(
        "{} at {}, by {}",
        shared.at.day().in_words(),
        shared.at.clock(),
        shared.by
    );
    // A later version may only have added what was not ready before, and then nothing is
    // amended unless an earlier one was.
    let amended = versions(hearing).any(|version| version.amended.is_some());
    match (amended, shared.version) {
        (true, version) => said.push_str(&format!("; amended, version {version}")),
        (false, 2..) => said.push_str(&format!("; version {}", shared.version)),
        (false, _) => {}
    }
    said
}

/// The same of one defendant, of whom there may be no result in it while theirs wait.
pub(super) fn said_of(hearing: &Hearing, shared: &Shared, own: &DefendantState) -> String {
    let id = own.charged.id;
    if waits_of(hearing, own) && shared.lines.iter().all(|line| line.defendant != id) {
        return "None of this defendant".to_owned();
    }
    said(hearing, shared)
}

/// The versions of the day's results, the one that stands first.
fn versions(hearing: &Hearing) -> impl Iterator<Item = &Shared> {
    let earlier = hearing.earlier.iter().rev();
    hearing.shared.iter().chain(earlier)
}

/// That a result was amended, and why: the last time that it was. What was shared or amended
/// beside it since takes nothing from that.
pub(super) fn marks(hearing: &Hearing, result: &JudicialResult) -> Vec<Fact> {
    let mut line = result.line;
    for version in versions(hearing) {
        let Some(amended) = &version.amended else {
            continue;
        };
        let change = amended.changes.iter().find(|own| own.line == line);
        let what = match change.map(|own| (own.change, own.was)) {
            Some((LineChange::New, _)) => "Added",
            Some((LineChange::Changed, _)) => "Amended",
            // It may have been typed anew, and say the same.
            Some((LineChange::Unchanged, was)) => {
                line = was.unwrap_or(line);
                continue;
            }
            Some((LineChange::Deleted, _)) | None => continue,
        };
        let on = version.at.day().in_words();
        return vec![Fact::new(
            what,
            format!("{on}. {}", amended.reason.in_words()),
        )];
    }
    Vec::new()
}

fn attendance(hearing: &Hearing, defendant: DefendantId) -> &'static str {
    match hearing.attendance_of(defendant) {
        Some(Attendance::InPerson) => "Attended in person",
        Some(Attendance::ByVideo) => "Attended by video link",
        Some(Attendance::NotPresent) => "Not present",
        None => "Attendance not recorded",
    }
}

/// What each version changed, in its words before and after.
fn amendments(hearing: &Hearing, defendant: DefendantId) -> Option<Block> {
    let versions: Vec<&Shared> = hearing.earlier.iter().chain(&hearing.shared).collect();
    let mut rows = Vec::new();
    for (before, after) in versions.iter().zip(versions.iter().skip(1)) {
        let Some(amended) = &after.amended else {
            continue;
        };
        for change in &amended.changes {
            let was = change.was.and_then(|line| of_line(before, line, defendant));
            let is = of_line(after, change.line, defendant);
            let (was, is) = match (change.change, was, is) {
                (LineChange::Changed, Some(was), Some(is)) => (text(was), text(is)),
                (LineChange::New, _, Some(is)) => ("Nothing".to_owned(), text(is)),
                (LineChange::Deleted, Some(was), _) => (text(was), "Taken away".to_owned()),
                _ => continue,
            };
            let on = after.at.day().in_words();
            rows.push(vec![
                vec![
                    CellPart::strong(format!("Version {}", after.version)),
                    CellPart::plain(on),
                    CellPart::plain(amended.reason.in_words()),
                ],
                vec![CellPart::plain(was)],
                vec![CellPart::plain(is)],
            ]);
        }
    }
    (!rows.is_empty()).then(|| Block::Table {
        columns: vec![
            TableColumn::new("What was amended", 26),
            TableColumn::new("Before", 37),
            TableColumn::new("Since then", 37),
        ],
        rows,
    })
}

fn of_line(
    shared: &Shared,
    line: vocabulary::ResultLineId,
    defendant: DefendantId,
) -> Option<&JudicialResult> {
    shared
        .results
        .iter()
        .find(|result| result.line == line && result.defendant == defendant)
}

fn text(result: &JudicialResult) -> String {
    result.text.clone()
}
