//! Case at a glance: everything about a case that a person may
//! see, on one screen. The view is recorded.

use super::{changes, present, sight, veil::CasesOf};
use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    permission::{self, Opened},
    ports::OpenedCase,
    reading, relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::case::{CaseAtAGlance, CaseHearing, DefendantView, DocumentRow, MaterialRow, View};
use domain::{
    case::{Case, DefendantState},
    hearing::{Hearing, waits},
};
use vocabulary::{DefendantId, OrganisationId};

#[async_trait]
impl UseCase for View {
    /// Opens a case.
    async fn answer(self, app: &App, who: &Caller) -> Result<CaseAtAGlance, Error> {
        let person = who.person()?;
        let (opened, facts, decision) = sight::opened(app, person, self.case_id).await?;
        let case = &opened.case;
        reading::case_viewed(app, person, case.id, decision.policy()).await?;
        let documents = documents(app, person, &opened).await?;

        let theirs = permission::opened(app, person, case);
        let visible = |defendant: Option<DefendantId>, section: Option<&str>| match section {
            Some(section) => theirs.reads(defendant, section),
            None => sees(app, person, case, defendant),
        };
        let defends = |defendant: DefendantId| {
            let facts = relation::to_defendant(person, case, Some(defendant));
            person.is_defence() && (facts.associated || facts.granted || facts.instructed)
        };
        // What courts ordered: for everybody but a firm that may yet offer to act.
        let whole =
            |defendant: DefendantId| !person.is_defence() || facts.assigned || defends(defendant);
        let side = changes::Side {
            defends: &defends,
            prosecutes: facts.prosecuting,
            whole: &whole,
            documents: &documents,
        };
        let changes = changes::of(&opened, &visible, &side);
        Ok(CaseAtAGlance {
            case_id: case.id,
            version: case.version,
            urn: case.urn.clone(),
            status: if case.concluded() {
                "Inactive"
            } else {
                "Active"
            }
            .to_owned(),
            began: present::began(case.initiation).to_owned(),
            prosecutor: case.prosecutor.name.clone(),
            markers: case.markers.clone(),
            defendants: case
                .defendants
                .iter()
                .filter(|d| theirs.defendants.contains(&d.charged.id))
                .map(|d| defendant(app, d, person.organisation.id, whole(d.charged.id)))
                .collect(),
            hearings: opened
                .hearings
                .iter()
                .map(|h| {
                    let facts = Facts {
                        sitting: relation::to_hearing(person, h).sitting,
                        ..facts.clone()
                    };
                    let opens = relation::may(app, person, Action::ViewHearing, &facts);
                    hearing(h, case, opens.allowed)
                })
                .collect(),
            materials: materials(&theirs, person, &opened),
            documents,
            changes,
            may: theirs.may,
            sections: theirs.sections,
        })
    }
}

/// Whether the person sees a defendant.
pub(crate) fn sees(
    app: &App,
    person: &SignedIn,
    case: &Case,
    defendant: Option<DefendantId>,
) -> bool {
    let facts = relation::to_defendant(person, case, defendant);
    relation::may(app, person, Action::ViewCase, &facts).allowed
}

/// A firm that is not on record sees what is alleged, and what it needs to offer to act: not where
/// somebody lives, when they were born, or what courts ordered of them before.
fn defendant(app: &App, state: &DefendantState, own: OrganisationId, whole: bool) -> DefendantView {
    let charged = &state.charged;
    let today = app.chance.now().day();
    let born = charged.party.date_of_birth();
    let firm = state.represented_by.as_ref();
    DefendantView {
        defendant_id: charged.id,
        name: charged.party.name(),
        date_of_birth: born.filter(|_| whole),
        age: born.map(|born| born.years_until(today)),
        address: if whole {
            charged.address.printed()
        } else {
            Vec::new()
        },
        bail: present::liberty(app, state).to_owned(),
        in_custody: present::held(app, state),
        interpreter: present::interpreter(state),
        represented_by: firm.map(|r| r.shown()),
        basis: firm.map(|r| r.basis),
        ours: firm.is_some_and(|r| r.organisation == own),
        offences: state
            .offences
            .iter()
            .map(present::offence)
            .map(|mut own| {
                if !whole {
                    own.results.clear();
                }
                own
            })
            .collect(),
        results: if whole {
            present::results(&state.results)
        } else {
            Vec::new()
        },
    }
}

fn hearing(hearing: &Hearing, case: &Case, may_open: bool) -> CaseHearing {
    CaseHearing {
        hearing_id: hearing.id,
        kind: hearing.kind.clone(),
        court: format!("{}, {}", hearing.court_name, hearing.courtroom_name),
        day: hearing.starts_at.day(),
        time: hearing.starts_at.clock(),
        state: hearing.state,
        shared: hearing.shared.is_some(),
        part: waits(hearing, case),
        may_open,
    }
}

fn materials(theirs: &Opened<'_>, person: &SignedIn, opened: &OpenedCase) -> Vec<MaterialRow> {
    let case = &opened.case;
    case.materials
        .iter()
        .rev()
        .filter(|m| theirs.reads(m.defendant_id, &m.section))
        .map(|m| MaterialRow {
            material_id: m.id,
            section: m.section.clone(),
            name: m.name.clone(),
            defendant: m
                .defendant_id
                .and_then(|id| case.defendant(id))
                .map(|d| d.charged.party.name()),
            bytes: m.bytes,
            mime: m.mime.clone(),
            served_at: m.at,
            served_by: m.organisation_name.clone(),
            unread: m.organisation != person.organisation.id
                && !opened.materials_read.contains(&m.id),
        })
        .collect()
}

async fn documents(
    app: &App,
    person: &SignedIn,
    opened: &OpenedCase,
) -> Result<Vec<DocumentRow>, Error> {
    let case = &opened.case;
    let cases = CasesOf::documents(app, &opened.documents).await?;
    let readable = cases.readable(app, person, opened.documents.iter().cloned());
    let known = (opened.documents_read.as_slice(), readable.as_slice());
    let mut rows: Vec<DocumentRow> = readable
        .iter()
        .rev()
        .map(|document| present::document(case, document, known, person))
        .collect();
    // What stands goes before what does not.
    rows.sort_by_key(|row| row.superseded.is_some());
    Ok(rows)
}
