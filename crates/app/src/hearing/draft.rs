//! Saving what has been typed: every keystroke within a second, by revision, so
//! that a second person on the same hearing loses nothing and is told.

use super::{Room, differing, documents, parted, present, room::lines};
use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    ports::{DraftSaving, KeptDraft},
};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    hearing::{DraftSaved, SaveDraft},
};
use domain::{
    hearing::{Hearing, Target, keeps_what_is_shared, may_edit},
    result::ResultLine,
};
use std::collections::{HashMap, HashSet};
use vocabulary::DefendantId;

/// The most lines of one hearing day.
const MOST_LINES: usize = 2_000;
/// The most lines of one defendant there: some rules look at each against all others.
const MOST_OF_ONE: usize = 600;
/// The most bytes of text that is no result yet, in one hearing day.
const MOST_UNRESOLVED: usize = 64 * 1024;

#[async_trait]
impl UseCase for SaveDraft {
    /// Saves the draft over the revision that was seen.
    async fn answer(mut self, app: &App, who: &Caller) -> Result<DraftSaved, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::EditResults, self.hearing_id).await?;
        let remaining = room.remaining(app);
        may_edit(&room.hearing, person.account.id, &remaining)?;
        at_most(&self.lines)?;
        at_most_unresolved(&self.unresolved)?;
        let typed = (self.lines, self.unresolved);
        (self.lines, self.unresolved) =
            parted::handed_over(app, person, &room.hearing, typed).await?;
        keeps_what_is_shared(&room.hearing, &lines(app, &self.lines), &remaining)?;
        let room = room.as_sitting();

        let at = app.chance.now();
        let kept = KeptDraft {
            revision: self.revision.saturating_add(1),
            lines: self.lines.iter().map(as_typed).collect(),
            unresolved: serde_json::to_value(&self.unresolved)?,
            by: person.account.name.clone(),
            at,
        };
        let known = documents::known_for(app, &room, Some(&kept)).await?;
        match app
            .work
            .save_draft(room.hearing.id, self.revision, kept.clone())
            .await?
        {
            DraftSaving::Saved(revision) => {
                let saved = KeptDraft { revision, ..kept };
                Ok(DraftSaved {
                    draft: present::draft(app, &room, Some(&saved), &known),
                })
            }
            // The same again: its answer was lost, or both typed the same.
            DraftSaving::Conflict(theirs)
                if theirs.lines == kept.lines && theirs.unresolved == kept.unresolved =>
            {
                Ok(DraftSaved {
                    draft: present::draft(app, &room, Some(&theirs), &known),
                })
            }
            DraftSaving::Nothing => Err(crate::stale().into()),
            DraftSaving::Conflict(theirs) => Err(Problem::new(
                Code::Stale,
                format!(
                    "{} saved these results at {}, after you opened them.",
                    theirs.by,
                    theirs.at.clock()
                ),
                "Look at theirs; yours are kept on this computer. Then save again.",
            )
            .because(format!(
                "{} Nothing was overwritten.",
                differing::in_words(app, &room, &theirs, &kept)
            ))
            .into()),
        }
    }
}

/// Refuses more lines than any hearing day has.
pub(crate) fn at_most(lines: &[contract::hearing::Line]) -> Result<(), Problem> {
    let mut of_one: HashMap<DefendantId, usize> = HashMap::new();
    for line in lines.iter().take(MOST_LINES) {
        *of_one.entry(line.defendant_id).or_default() += 1;
    }
    if lines.len() <= MOST_LINES && of_one.values().all(|lines| *lines <= MOST_OF_ONE) {
        return Ok(());
    }
    Err(Problem::new(
        Code::BadRequest,
        "A hearing day has at most 2,000 lines of results, and at most 600 of one defendant.",
        "Split the results over hearing days.",
    ))
}

/// Refuses more text that is no result than anybody types. Each piece is counted with what
/// names it.
fn at_most_unresolved(unresolved: &[contract::hearing::Unresolved]) -> Result<(), Problem> {
    const NAMED: usize = 64;
    let bytes: usize = unresolved.iter().map(|own| own.text.len() + NAMED).sum();
    if bytes <= MOST_UNRESOLVED {
        return Ok(());
    }
    Err(Problem::new(
        Code::BadRequest,
        "This is more text than a hearing day can keep beside its results.",
        "Make results of it, or clear what is none. What you typed is still here.",
    ))
}

pub(super) fn as_typed(line: &contract::hearing::Line) -> ResultLine {
    ResultLine {
        id: line.line_id,
        definition: line.definition_id,
        defendant: line.defendant_id,
        offence: line.offence_id,
        parent: line.parent,
        answers: line.answers.clone(),
    }
}

/// The lines of a kept draft in their written form.
pub(super) fn written(app: &App, kept: &KeptDraft) -> Vec<ResultLine> {
    let typed: Vec<_> = kept.lines.iter().map(super::room::typed).collect();
    lines(app, &typed)
}

/// The draft as it counts now. While nothing is amended, it is the shared results with
/// what is typed for the targets that remain; an amendment starts from them, and what was
/// typed before it is no part of it.
pub(super) async fn current(app: &App, room: &Room) -> Result<Option<KeptDraft>, Error> {
    let hearing = &room.hearing;
    let kept = app.work.draft(hearing.id).await?;
    let Some(shared) = &hearing.shared else {
        return Ok(kept);
    };
    let revision = kept.as_ref().map_or(0, |draft| draft.revision);
    let typed_since = hearing
        .amendment
        .as_ref()
        .filter(|amendment| revision > amendment.draft_revision);
    let proposal = hearing.amendment.as_ref().and_then(|a| a.proposal());
    if typed_since.is_some() && proposal.is_none() {
        return Ok(kept);
    }
    let remaining = room.remaining(app);
    let stands = proposal.map_or(&shared.lines, |proposal| &proposal.lines);
    let (lines, unresolved) = with_the_rest(stands, kept.as_ref(), |t| remaining.contains(t))?;
    // Whoever typed what remains saved it last.
    let (by, at) = match kept {
        Some(kept) if lines.len() > stands.len() => (kept.by, kept.at),
        _ => (shared.by.clone(), shared.at),
    };
    Ok(Some(KeptDraft {
        revision,
        lines,
        unresolved,
        by,
        at,
    }))
}

/// Lines that stand, and behind them what a draft has for the targets that remain.
fn with_the_rest(
    stands: &[ResultLine],
    kept: Option<&KeptDraft>,
    remains: impl Fn(&Target) -> bool,
) -> Result<(Vec<ResultLine>, serde_json::Value), serde_json::Error> {
    let ids: HashSet<_> = stands.iter().map(|line| line.id).collect();
    let typed = kept.into_iter().flat_map(|kept| &kept.lines);
    let rest = typed.filter(|line| !ids.contains(&line.id) && remains(&Target::of(line)));
    let mut words = present::unresolved(kept);
    words.retain(|own| remains(&present::target_of(own)));
    let lines = stands.iter().chain(rest).cloned().collect();
    Ok((lines, serde_json::to_value(words)?))
}

/// Sets the draft to the shared results and what remains beside them. Nothing depends on it,
/// for what counts is worked out by [`current`]; it only takes away what somebody typed to
/// change what is shared.
pub(super) async fn as_shared(
    app: &App,
    person: &SignedIn,
    hearing: &Hearing,
    remains: &(dyn Fn(&Target) -> bool + Sync),
) {
    let set = async {
        let Some(shared) = &hearing.shared else {
            return Ok(());
        };
        let kept = app.work.draft(hearing.id).await?;
        let seen = kept.as_ref().map_or(0, |draft| draft.revision);
        let (lines, unresolved) = with_the_rest(&shared.lines, kept.as_ref(), remains)?;
        let draft = KeptDraft {
            revision: seen.saturating_add(1),
            lines,
            unresolved,
            by: person.account.name.clone(),
            at: app.chance.now(),
        };
        app.work.save_draft(hearing.id, seen, draft).await?;
        Ok::<(), Error>(())
    };
    if let Err(error) = set.await {
        tracing::warn!(hearing = %hearing.id, %error, "a draft was not set back");
    }
}
