//! What is typed for a case goes with it when it is heard apart: no word of it is lost, and none
//! stays in a hearing in which nobody sees its place. Lines that somebody types on in a window
//! that does not know of it yet are handed over when they are saved.

use super::{Room, draft, next::heard_in, present};
use crate::{
    App, Error,
    caller::SignedIn,
    ports::{DraftSaving, KeptDraft},
};
use access::Action;
use contract::hearing::{Line, Unresolved};
use domain::{
    hearing::{Hearing, may_edit},
    result::ResultLine,
};
use std::collections::HashSet;
use vocabulary::{DefendantId, HearingId, ResultLineId};

/// How often what somebody else saved in the same moment is read again.
const TRIES: usize = 5;

/// What is typed, as a draft keeps it.
struct Typed {
    lines: Vec<ResultLine>,
    words: Vec<Unresolved>,
    by: String,
}

impl Typed {
    fn of(kept: KeptDraft) -> Self {
        let words = present::unresolved(Some(&kept));
        Self {
            lines: kept.lines,
            words,
            by: kept.by,
        }
    }

    fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.words.is_empty()
    }

    /// What is typed for some, and the rest.
    fn split(self, whose: &[DefendantId]) -> (Self, Self) {
        let (own, lines) = self
            .lines
            .into_iter()
            .partition(|line| whose.contains(&line.defendant));
        let (own_words, words) = self
            .words
            .into_iter()
            .partition(|text| whose.contains(&text.defendant_id));
        let by = self.by;
        let theirs = Self {
            lines: own,
            words: own_words,
            by: by.clone(),
        };
        (theirs, Self { lines, words, by })
    }
}

/// Copies what is typed for some in a hearing into another one.
pub(super) async fn copied(
    app: &App,
    (from, into): (HearingId, HearingId),
    whose: &[DefendantId],
) -> Result<(), Error> {
    let Some(kept) = app.work.draft(from).await? else {
        return Ok(());
    };
    let (theirs, _) = Typed::of(kept).split(whose);
    put(app, into, &theirs).await
}

/// Takes what was typed for some out of a hearing; what was typed there meanwhile goes with them.
/// The record says already that they are heard apart: if this fails, it is done when somebody
/// saves there.
pub(super) async fn cleared(
    app: &App,
    (from, into): (HearingId, HearingId),
    whose: &[DefendantId],
) {
    let clear = async {
        for _ in 0..TRIES {
            let Some(kept) = app.work.draft(from).await? else {
                return Ok(());
            };
            let revision = kept.revision;
            let (theirs, rest) = Typed::of(kept).split(whose);
            if theirs.is_empty() {
                return Ok(());
            }
            put(app, into, &theirs).await?;
            if saved(app, from, revision, rest).await? {
                return Ok(());
            }
        }
        Err(crate::stale().into())
    };
    let cleared: Result<(), Error> = clear.await;
    if let Err(error) = cleared {
        tracing::warn!(hearing = %from, %error, "a draft still has lines of a case that left");
    }
}

/// What stays of what somebody saves in a hearing: lines of those who are heard elsewhere since
/// are put there, as far as this person may type there. Others stay, and are told of.
pub(super) async fn handed_over(
    app: &App,
    person: &SignedIn,
    hearing: &Hearing,
    (mut lines, mut words): (Vec<Line>, Vec<Unresolved>),
) -> Result<(Vec<Line>, Vec<Unresolved>), Error> {
    let strange = lines.iter().map(|line| line.defendant_id);
    let strange = strange.chain(words.iter().map(|text| text.defendant_id));
    let mut strange: HashSet<DefendantId> = strange.filter(|own| !hearing.concerns(*own)).collect();
    for id in &hearing.parted {
        if strange.is_empty() {
            break;
        }
        let Some(there) = heard_in(app, *id).await? else {
            continue;
        };
        let whose = strange.iter().filter(|own| there.concerns(**own));
        let whose: Vec<DefendantId> = whose.copied().collect();
        let types = Room::enter_to(app, person, Action::EditResults, there.id).await;
        let open = there.shared.is_none() && may_edit(&there, person.account.id, &[]).is_ok();
        if whose.is_empty() || !open || types.is_err() {
            continue;
        }
        let typed = Typed {
            lines: lines.iter().map(draft::as_typed).collect(),
            words: words.clone(),
            by: person.account.name.clone(),
        };
        put(app, there.id, &typed.split(&whose).0).await?;
        lines.retain(|line| !whose.contains(&line.defendant_id));
        words.retain(|text| !whose.contains(&text.defendant_id));
        strange.retain(|own| !whose.contains(own));
    }
    Ok((lines, words))
}

/// Puts it beside what is typed there. A line that says something else there now stays beside it
/// as another: whoever types there decides.
async fn put(app: &App, into: HearingId, theirs: &Typed) -> Result<(), Error> {
    for _ in 0..TRIES {
        let kept = app.work.draft(into).await?;
        let revision = kept.as_ref().map_or(0, |kept| kept.revision);
        let mut there = kept.map_or_else(
            || Typed {
                lines: Vec::new(),
                words: Vec::new(),
                by: theirs.by.clone(),
            },
            Typed::of,
        );
        let before = (there.lines.len(), there.words.clone());
        for line in &theirs.lines {
            let known = there.lines.iter().find(|own| own.id == line.id);
            let line = match known {
                Some(known) if known == line => continue,
                Some(_) => ResultLine {
                    id: ResultLineId(app.chance.id()),
                    ..line.clone()
                },
                None => line.clone(),
            };
            there.lines.push(line);
        }
        for text in theirs
            .words
            .iter()
            .filter(|own| !own.text.trim().is_empty())
        {
            let here = |own: &&mut Unresolved| {
                (own.defendant_id, own.offence_id) == (text.defendant_id, text.offence_id)
            };
            match there.words.iter_mut().find(here) {
                Some(known) if known.text.contains(text.text.trim()) => {}
                Some(known) => known.text = format!("{}; {}", known.text, text.text),
                None => there.words.push(text.clone()),
            }
        }
        if before == (there.lines.len(), there.words.clone()) {
            return Ok(());
        }
        there.by.clone_from(&theirs.by);
        if saved(app, into, revision, there).await? {
            return Ok(());
        }
    }
    Err(crate::stale().into())
}

/// Whether it was saved over the revision that was seen.
async fn saved(app: &App, hearing: HearingId, seen: u64, typed: Typed) -> Result<bool, Error> {
    let draft = KeptDraft {
        revision: seen.saturating_add(1),
        lines: typed.lines,
        unresolved: serde_json::to_value(typed.words)?,
        by: typed.by,
        at: app.chance.now(),
    };
    let saving = app.work.save_draft(hearing, seen, draft).await?;
    Ok(matches!(saving, DraftSaving::Saved(_)))
}
