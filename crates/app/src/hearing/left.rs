//! What was typed in a hearing and not sent when it was closed to whoever typed it. It may not
//! stay on their computer, and it may not be lost: the court takes it, into the record of the
//! case and under its key, and shows it to those who type in the hearing. It never enters the
//! results by itself: they who sit in it now decide (docs/decisions/0055).

use super::{Room, differing, draft, lines, present};
use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    ports::{Append, KeptDraft, KeptWords, TryLimit},
    reading, relation,
};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    hearing::{LeaveWords, LeftTyped, LeftWords, Line, Unresolved, WordsAreLeft},
};
use domain::{
    reading::ReadingEvent,
    result::{ResultLine, result_text},
};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use vocabulary::{CaseId, DefendantId, OffenceId};

/// The most bytes that are left at once: as much as a hearing day holds, written as text.
const MOST: usize = 2 * 1024 * 1024;
/// How often one person leaves something within the window.
const TIMES: u64 = 120;
/// How often in a day: none of it ever goes from the record.
const TIMES_A_DAY: u64 = 240;
/// What is left is counted in pieces of so many bytes.
const PIECE: usize = 64 * 1024;
/// How many pieces in a day, 32 MiB: a day's words on every computer of a court house, and not what
/// fills a disk.
const PIECES_A_DAY: u64 = 512;
/// The most cases of one hearing that are believed.
const MOST_CASES: usize = 20;
/// The window, in seconds.
const WINDOW: i64 = 10 * 60;

#[async_trait]
impl UseCase for LeaveWords {
    /// Takes it in the same way whether there is such a hearing or not. A record that was restored
    /// to before the hearing has it for the next hearing of the case: the ids of cases follow from
    /// their references, and are the same when the authority sends one again.
    async fn answer(self, app: &App, who: &Caller) -> Result<WordsAreLeft, Error> {
        let person = who.person()?;
        let opens_any = relation::may(app, person, Action::ViewHearing, &relation::at_best());
        if self.words.len() > MOST {
            return Err(Problem::new(
                Code::BadRequest,
                "This is more than anybody types in a hearing.",
                "It is still on this computer. Ask whoever looks after it to keep it.",
            )
            .into());
        }
        let name = format!("words {}", person.account.id);
        let limits = [
            TryLimit {
                name: format!("{name} of a day"),
                most: TIMES_A_DAY,
                window_seconds: 24 * 60 * 60,
            },
            TryLimit {
                name,
                most: TIMES,
                window_seconds: WINDOW,
            },
        ];
        let now = app.chance.now();
        if !app.work.admit_try(&limits, now).await? {
            return Err(too_much());
        }
        let pieces = [TryLimit {
            name: format!("words {} in pieces", person.account.id),
            most: PIECES_A_DAY,
            window_seconds: 24 * 60 * 60,
        }];
        for _ in 0..self.words.len().div_ceil(PIECE) {
            if !app.work.admit_try(&pieces, now).await? {
                return Err(too_much());
            }
        }
        let hearing = app.ledger.hearing(self.hearing_id).await?;
        let cases = match &hearing {
            Some(_) => Vec::new(),
            None => said_of(&self.words),
        };
        let parties = hearing.iter().flat_map(|own| &own.parties);
        let mut of = parties.map(|own| own.case_id).chain(cases.iter().copied());
        // Under the key of its case; of none, under its own.
        let about = of.next().map_or(self.hearing_id.0, |case| case.0);
        let bytes = self.words.len() as u64;
        let event = ReadingEvent::WordsLeft {
            hearing_id: self.hearing_id,
            cases,
            words: self.words,
            shown: opens_any.allowed,
            organisation: person.organisation.id,
        };
        app.ledger
            .append(Append {
                command: who.command,
                moment: person.moment(now),
                streams: vec![reading::stream_append(about, event)],
                answer: serde_json::Value::Null,
            })
            .await?;
        Ok(WordsAreLeft { bytes })
    }
}

fn too_much() -> Error {
    Problem::new(
        Code::TooManyTries,
        "Too much was left here in a short time.",
        "It is still on this computer, which tries again by itself.",
    )
    .into()
}

/// The cases of the hearing, as the window kept them beside what was typed.
fn said_of(words: &str) -> Vec<CaseId> {
    let kept = serde_json::from_str::<Kept>(words).ok();
    let mut cases = kept.and_then(|kept| kept.about).unwrap_or_default().cases;
    cases.truncate(MOST_CASES);
    cases
}

/// What a computer keeps of a hearing, as far as it is read here.
#[derive(Deserialize)]
struct Kept {
    lines: Vec<Line>,
    unresolved: Vec<Unresolved>,
    #[serde(default)]
    aside: Option<Aside>,
    #[serde(default)]
    about: Option<About>,
    /// What was typed beside the results: the note of a log event, a reason.
    #[serde(default)]
    notes: Vec<String>,
}

/// Where it was typed. No names: those are not kept on a computer.
#[derive(Default, Deserialize)]
struct About {
    cases: Vec<CaseId>,
    /// By defendant and offence, which of them it is.
    places: HashMap<String, String>,
}

/// What waited there to be put back.
#[derive(Deserialize)]
struct Aside {
    lines: Vec<Line>,
    words: Vec<Words>,
}

/// Words of a typing line, which is named by its defendant and offence.
#[derive(Deserialize)]
struct Words {
    key: String,
    text: String,
}

/// A typing line.
type Place = (DefendantId, Option<OffenceId>);

/// What was left in this hearing, for somebody who types in it; what is in its results meanwhile
/// is not named again.
pub(super) async fn of(
    app: &App,
    person: &SignedIn,
    room: &Room,
    stands: Option<&KeptDraft>,
) -> Result<Vec<LeftWords>, Error> {
    if !relation::may(app, person, Action::EditResults, &room.standing).allowed {
        return Ok(Vec::new());
    }
    let cases: Vec<CaseId> = room.cases.iter().map(|own| own.id).collect();
    let left = app.index.words_left(room.hearing.id, &cases).await?;
    if left.is_empty() {
        return Ok(Vec::new());
    }
    let written = stands.map(|kept| draft::written(app, kept));
    let written = written.unwrap_or_default();
    let still = present::unresolved(stands);
    let left = left
        .into_iter()
        .map(|KeptWords { by, at, words }| LeftWords {
            by,
            at,
            typed: typed(app, room, (&written, &still), &words),
        });
    Ok(left.filter(|own| !own.typed.is_empty()).collect())
}

fn typed(
    app: &App,
    room: &Room,
    stands: (&[ResultLine], &[Unresolved]),
    words: &str,
) -> Vec<LeftTyped> {
    // Kept by an application that writes it otherwise: whoever reads it makes it out.
    let Ok(kept) = serde_json::from_str::<Kept>(words) else {
        return vec![LeftTyped {
            place: String::new(),
            text: words.to_owned(),
        }];
    };
    let places = differing::places(room);
    let about = kept.about.unwrap_or_default();
    let named = |(defendant, offence): Place| {
        let mut all = places.iter();
        let found = all.find(|(_, own)| *own == (defendant, offence));
        // Those of a hearing that came again have other ids.
        let offence = offence.map(|own| own.to_string()).unwrap_or_default();
        let said = about.places.get(&format!("{defendant} {offence}"));
        let found = found.map(|(name, _)| name).or(said);
        found.cloned().unwrap_or_default()
    };
    let (mut all, mut loose) = (kept.lines, kept.unresolved);
    if let Some(aside) = kept.aside {
        all.extend(aside.lines);
        loose.extend(aside.words.into_iter().filter_map(worded));
    }
    let mut said = HashSet::new();
    let mut found = Vec::new();
    let (stands, still) = stands;
    for line in lines(app, &all) {
        if stands.contains(&line) {
            continue;
        }
        let definition = app.catalogue.results.definition(line.definition);
        let text = match definition {
            Some(definition) => format!("{} {}", definition.code, result_text(definition, &line)),
            None => "A result that the catalogue has not.".to_owned(),
        };
        let place = named((line.defendant, line.offence));
        if said.insert((place.clone(), text.clone())) {
            found.push(LeftTyped { place, text });
        }
    }
    for own in loose {
        let is_same = |other: &Unresolved| {
            (other.defendant_id, other.offence_id) == (own.defendant_id, own.offence_id)
                && other.text.trim() == own.text.trim()
        };
        if still.iter().any(is_same) {
            continue;
        }
        let (place, text) = (
            named((own.defendant_id, own.offence_id)),
            own.text.trim().to_owned(),
        );
        if !text.is_empty() && said.insert((place.clone(), text.clone())) {
            found.push(LeftTyped { place, text });
        }
    }
    found.extend(kept.notes.into_iter().map(|text| LeftTyped {
        place: String::new(),
        text,
    }));
    found
}

fn worded(words: Words) -> Option<Unresolved> {
    let (defendant, offence) = words.key.split_once(' ')?;
    Some(Unresolved {
        defendant_id: defendant.parse().ok()?,
        offence_id: offence.parse().ok(),
        text: words.text,
    })
}
