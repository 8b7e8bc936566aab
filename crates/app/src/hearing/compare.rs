//! Two versions of the results, side by side, line by line, in words.

use super::{Room, draft, room::lines, room::typed};
use crate::{App, Caller, Error, UseCase, reading};
use async_trait::async_trait;
use contract::{
    Problem,
    hearing::{CompareVersions, ComparedLine, ComparedTarget, ComparisonView},
};
use domain::{
    hearing::{Correction, LineChanged, PutRight, Shared, Subject, compare, part_of, put_right},
    result::{Field, FieldKind, ResultLine, printed, result_text},
};
use vocabulary::{DefendantId, LineChange, OffenceId};

#[async_trait]
impl UseCase for CompareVersions {
    /// What was, what is, and what changed.
    async fn answer(self, app: &App, who: &Caller) -> Result<ComparisonView, Error> {
        let person = who.person()?;
        let room = Room::enter(app, person, self.hearing_id).await?;
        let policy = person.circumstances.under().unwrap_or_default();
        for case in &room.cases {
            reading::case_viewed(app, person, case.id, policy.clone()).await?;
        }
        let hearing = &room.hearing;
        let from = hearing
            .shared_version(self.from)
            .ok_or_else(Problem::not_found)?;
        let (after, to) = match self.to {
            Some(version) => {
                let to = hearing
                    .shared_version(version)
                    .ok_or_else(Problem::not_found)?;
                (to.lines.clone(), version_in_words(to))
            }
            None => proposed(app, &room).await?,
        };
        let changes = compare(&from.lines, &after);
        let between = hearing.earlier.iter().chain(&hearing.shared);
        let between = between
            .filter(|own| own.version > self.from && self.to.is_none_or(|to| own.version <= to));
        let corrections = between
            .filter_map(|own| own.amended.as_ref())
            .flat_map(|own| &own.corrections);
        let open: &[Correction] = match self.to {
            Some(_) => &[],
            None => hearing.corrections(),
        };
        let versions = Versions {
            app,
            before: &from.lines,
            after: &after,
            changes: &changes,
            put_right: put_right(corrections.chain(open)),
        };
        Ok(ComparisonView {
            from: version_in_words(from),
            to,
            summary: summary(&changes, versions.put_right.len()),
            targets: versions.targets(&room),
        })
    }
}

/// The lines that an amendment would share, as far as it is.
async fn proposed(app: &App, room: &Room) -> Result<(Vec<ResultLine>, String), Error> {
    let hearing = &room.hearing;
    let amendment = hearing.amendment.as_ref().ok_or_else(Problem::not_found)?;
    let words = format!("Amended by {}, not shared", amendment.by.name);
    if let Some(proposal) = amendment.proposal() {
        return Ok((proposal.lines.clone(), words));
    }
    let kept = draft::current(app, room).await?;
    let typed: Vec<_> = kept.iter().flat_map(|d| &d.lines).map(typed).collect();
    // What remains unshared is no part of the amendment.
    let offences = room.facts(app).offences;
    let part = part_of(hearing, (lines(app, &typed), &[]), None, &offences);
    Ok((part.lines, words))
}

fn version_in_words(shared: &Shared) -> String {
    format!(
        "Version {}, shared by {} on {} at {}",
        shared.version,
        shared.by,
        shared.at.day().in_words(),
        shared.at.clock()
    )
}

/// What changed, in one line: `1 changed, 2 deleted`.
pub(super) fn summary(changes: &[LineChanged], put_right: usize) -> String {
    let count = |wanted| changes.iter().filter(|c| c.change == wanted).count();
    let parts: Vec<String> = [
        (count(LineChange::New), "new"),
        (count(LineChange::Changed), "changed"),
        (count(LineChange::Deleted), "deleted"),
        (count(LineChange::Unchanged), "unchanged"),
        (put_right, "beside the results"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| format!("{count} {word}"))
    .collect();
    parts.join(", ")
}

/// What is put right, as it stands beside the codes of results.
pub(super) const fn subject(of: Subject) -> &'static str {
    match of {
        Subject::Attendance => "Attendance",
        Subject::Plea => "Plea",
        Subject::Verdict => "Verdict",
        Subject::Person => "Person",
    }
}

struct Versions<'a> {
    app: &'a App,
    before: &'a [ResultLine],
    after: &'a [ResultLine],
    changes: &'a [LineChanged],
    put_right: Vec<PutRight>,
}

impl Versions<'_> {
    fn targets(&self, room: &Room) -> Vec<ComparedTarget> {
        let mut targets = Vec::new();
        for (_, defendant) in room.defendants() {
            let id = defendant.charged.id;
            let name = defendant.charged.party.name();
            for offence in &defendant.offences {
                targets.push(ComparedTarget {
                    defendant: name.clone(),
                    number: Some(offence.charged.number),
                    offence: Some(offence.charged.title.clone()),
                    lines: self.lines_of(id, Some(offence.charged.id)),
                });
            }
            targets.push(ComparedTarget {
                defendant: name,
                number: None,
                offence: None,
                lines: self.lines_of(id, None),
            });
        }
        targets.retain(|target| !target.lines.is_empty());
        targets
    }

    fn lines_of(&self, defendant: DefendantId, offence: Option<OffenceId>) -> Vec<ComparedLine> {
        let line = |lines: &'_ [ResultLine], id| lines.iter().find(|l| l.id == id).cloned();
        let of = |own: &&PutRight| own.defendant == defendant && own.offence == offence;
        let put_right = self.put_right.iter().filter(of).map(|own| ComparedLine {
            change: match (&own.was, &own.is) {
                (None, _) => LineChange::New,
                (_, None) => LineChange::Deleted,
                _ => LineChange::Changed,
            },
            code: subject(own.subject).to_owned(),
            under: false,
            was: own.was.clone(),
            is: own.is.clone(),
        });
        let results = self.changes.iter().filter_map(|changed| {
            let was = changed.was.and_then(|id| line(self.before, id));
            let is = match changed.change {
                LineChange::Deleted => None,
                _ => line(self.after, changed.line),
            };
            let shown = is.as_ref().or(was.as_ref())?;
            if shown.defendant != defendant || shown.offence != offence {
                return None;
            }
            let (unseen_was, unseen_is) = match (&was, &is) {
                (Some(was), Some(is)) => self.unseen(was, is),
                _ => Default::default(),
            };
            let with = |line: &ResultLine, unseen: &str| self.text(line) + unseen;
            Some(ComparedLine {
                change: changed.change,
                code: self.code(shown),
                under: shown.parent.is_some(),
                was: was.as_ref().map(|line| with(line, &unseen_was)),
                is: is.as_ref().map(|line| with(line, &unseen_is)),
            })
        });
        put_right.chain(results).collect()
    }

    /// What differs and is not part of the text of the result: addresses, what steers
    /// the delivery. Whoever approves must see it; both sides name it.
    fn unseen(&self, was: &ResultLine, is: &ResultLine) -> (String, String) {
        let (mut before, mut after) = (String::new(), String::new());
        let definition = self.app.catalogue.results.definition(is.definition);
        for field in definition.iter().flat_map(|definition| &definition.fields) {
            if !field.hidden && printed(field, was) != printed(field, is) {
                continue;
            }
            for (reference, label) in labelled(field) {
                let (old, new) = (was.answer(reference), is.answer(reference));
                if old != new {
                    for (side, answer) in [(&mut before, old), (&mut after, new)] {
                        *side += &format!("\n{label}: {}", answer.unwrap_or("not answered"));
                    }
                }
            }
        }
        (before, after)
    }

    fn code(&self, line: &ResultLine) -> String {
        let definition = self.app.catalogue.results.definition(line.definition);
        definition.map(|d| d.code.clone()).unwrap_or_default()
    }

    fn text(&self, line: &ResultLine) -> String {
        let definition = self.app.catalogue.results.definition(line.definition);
        definition
            .map(|d| result_text(d, line))
            .unwrap_or_else(|| "Unknown result".to_owned())
    }
}

/// Each answer of a field with its label.
fn labelled(field: &Field) -> Vec<(&str, String)> {
    match &field.kind {
        FieldKind::NameAddress { parts } => parts
            .iter()
            .map(|part| {
                let label = format!("{}, {}", field.label, part.label);
                (part.reference.as_str(), label)
            })
            .collect(),
        _ => vec![(field.key.as_str(), field.label.clone())],
    }
}
