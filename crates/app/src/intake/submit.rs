//! A prosecutor's system submits a case.
//!
//! The rule: errors stop the case, warnings do not, and either
//! way the submission is recorded with what was found. One reference, one case:
//! the id of the case follows from the reference, so that of two submissions
//! that arrive at once only one can begin the case's stream. The same bytes
//! from the same authority are one submission, answered as the first time.

use super::{
    check::{Looked, check, sends_its_own},
    format::{Prosecution, read},
    knowledge::Knowledge,
    problem::{Found, ProblemCode},
    record::{NewCase, Room, case_id, new_case},
};
use crate::{
    App, Error,
    ports::{Append, Expected, Fault, StreamAppend},
};
use contract::{Code, Problem};
use domain::{Actor, Event, Moment, Stream, StreamKind, submission::SubmissionEvent};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use vocabulary::{CaseId, CommandId, InitiationCode, SubmissionId, SubmissionStatus, Urn};

/// The most offences of one defendant, and of one case: more is no case that a court hears, and
/// looking at it keeps others waiting.
const MOST_OFFENCES: (usize, usize) = (500, 1_000);

/// The namespace of command ids that follow from what was sent.
const SUBMISSIONS: Uuid = Uuid::from_u128(0x20a5_e6d3_91f7_4b6e_8b3c_0d12_c49a_75f8);

/// What became of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// Submission; the first one's, if the same was sent before.
    pub submission_id: SubmissionId,
    /// What it came to.
    pub status: SubmissionStatus,
    /// The case that it made.
    pub case_id: Option<CaseId>,
    /// Whether the same was sent before.
    pub repeated: bool,
}

/// What the command answers, as kept with it.
#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    submission_id: SubmissionId,
    status: SubmissionStatus,
    case_id: Option<CaseId>,
}

/// Something that arrived.
#[derive(Debug, Clone)]
pub(crate) struct Arrival<'a> {
    /// Who sent it.
    pub(crate) by: Actor,
    /// OU code it was sent for.
    pub(crate) ou_code: &'a str,
    /// What was sent.
    pub(crate) body: &'a [u8],
    /// The id it will have.
    pub(crate) submission_id: SubmissionId,
    /// Where its first hearing goes.
    pub(crate) room: Room,
}

/// Takes in a submission. Whoever calls has made sure that the sender may
/// submit for this OU code, and that the body fits its schema.
///
/// # Errors
/// If the body is not in the published format, or something broke. A
/// submission with problems is no error: it is recorded as rejected.
pub async fn submit(
    app: &App,
    by: Actor,
    ou_code: &str,
    body: &[u8],
    submission_id: SubmissionId,
) -> Result<Submitted, Error> {
    let known = Knowledge::gather(app).await?;
    // However the code is written, it is one authority's.
    let ou_code = ou_code.to_ascii_uppercase();
    let arrival = Arrival {
        by,
        ou_code: &ou_code,
        body,
        submission_id,
        room: Room::default(),
    };
    take_in(app, &known, arrival).await.map_err(for_a_system)
}

/// A system typed nothing that could still be there: it is told what it has to keep.
fn for_a_system(error: Error) -> Error {
    match error {
        Error::Problem(mut problem) if problem.code == Code::NoSpace => {
            problem.hint = "Keep the submission and send it again later: the same submission \
                            twice makes one case. If it goes on, tell the service centre."
                .to_owned();
            problem.into()
        }
        other => other,
    }
}

/// The same with what the court knows at hand, for many submissions in a row.
pub(crate) async fn take_in(
    app: &App,
    known: &Knowledge,
    arrival: Arrival<'_>,
) -> Result<Submitted, Error> {
    let (kind, prosecution) = read(arrival.body)?;
    let urn = reference_of(&prosecution)?;
    must_fit(&prosecution)?;
    let sha256 = hex::encode(Sha256::digest(arrival.body));
    let command = CommandId::derived(&SUBMISSIONS, &format!("{}:{sha256}", arrival.ou_code));

    if let Some(answer) = app.ledger.answered(command).await? {
        return Submitted::of(answer, true);
    }
    let judged = Judged {
        kind,
        prosecution: &prosecution,
        sha256: &sha256,
    };
    let mut found = judged.look(app, known, arrival.ou_code);
    // Whoever sends another authority's case is not told whether there is one.
    let own = sends_its_own(&prosecution, arrival.ou_code);
    if own && app.ledger.case(case_id(&urn)).await?.is_some() {
        found.note(
            ProblemCode::DuplicateProsecution,
            &[("urn", urn.as_str())],
            None,
        );
    }
    if found.errors.is_empty() {
        let case = new_case(
            kind,
            &prosecution,
            &urn,
            arrival.submission_id,
            known,
            arrival.room,
        )
        .ok_or_else(|| Error::Broken("a checked submission makes no case".to_owned()))?;
        match judged.accept(app, &arrival, command, case, &found).await {
            // Another submission of the same reference was recorded in between.
            Err(Fault::Stale { .. }) => {
                found.note(
                    ProblemCode::DuplicateProsecution,
                    &[("urn", urn.as_str())],
                    None,
                );
            }
            Err(fault) => return Err(fault.into()),
            Ok((answer, repeated)) => return Submitted::of(answer, repeated),
        }
    }
    // A rejection is judged afresh when it is sent again: the court that was
    // unknown yesterday may be known today.
    let command = CommandId::derived(&SUBMISSIONS, &arrival.submission_id.to_string());
    let (answer, repeated) = judged.reject(app, &arrival, command, &found).await?;
    Submitted::of(answer, repeated)
}

fn reference_of(prosecution: &Prosecution) -> Result<Urn, Problem> {
    let text = &prosecution.prosecution_submission_details.urn;
    Urn::parse(text).map_err(|error| {
        Problem::new(
            Code::BadRequest,
            "The submission is not in the published format.",
            "Correct what is listed and send it again. Nothing was recorded.",
        )
        .because(format!("prosecutionSubmissionDetails.urn: {error}."))
    })
}

/// Refuses a case of more than anybody is charged with.
fn must_fit(prosecution: &Prosecution) -> Result<(), Problem> {
    let (of_one, of_all) = MOST_OFFENCES;
    let each = || prosecution.defendants.iter().map(|own| own.offences.len());
    if each().all(|own| own <= of_one)
        && each().sum::<usize>() <= of_all
        && prosecution.defendants.len() <= of_all
    {
        return Ok(());
    }
    Err(Problem::new(
        Code::BadRequest,
        "The submission has more offences than one case can hold.",
        "Split it into cases and send each. Nothing was recorded.",
    )
    .because(format!(
        "A defendant has at most {of_one} offences, a case at most {of_all}."
    )))
}

impl Submitted {
    fn of(answer: serde_json::Value, repeated: bool) -> Result<Self, Error> {
        let answer: Answer = serde_json::from_value(answer)?;
        Ok(Self {
            submission_id: answer.submission_id,
            status: answer.status,
            case_id: answer.case_id,
            repeated,
        })
    }
}

/// A submission, read.
#[derive(Debug, Clone, Copy)]
struct Judged<'a> {
    kind: InitiationCode,
    prosecution: &'a Prosecution,
    sha256: &'a str,
}

impl Judged<'_> {
    fn look(&self, app: &App, known: &Knowledge, sender: &str) -> Found {
        check(Looked {
            kind: self.kind,
            sender,
            prosecution: self.prosecution,
            today: app.chance.now().day(),
            known,
        })
    }

    /// Case, hearing and decision, all in one append.
    async fn accept(
        &self,
        app: &App,
        arrival: &Arrival<'_>,
        command: CommandId,
        case: NewCase,
        found: &Found,
    ) -> Result<(serde_json::Value, bool), Fault> {
        let status = if found.warnings.is_empty() {
            SubmissionStatus::Success
        } else {
            SubmissionStatus::SuccessWithWarnings
        };
        let case_id = case.case_id;
        let streams = vec![
            StreamAppend {
                stream: Stream::new(StreamKind::Case, case_id.0),
                expected: Expected::New,
                key: case_id.0,
                events: case.case_events.into_iter().map(Event::Case).collect(),
            },
            StreamAppend {
                stream: Stream::new(StreamKind::Hearing, case.hearing_id.0),
                expected: Expected::New,
                key: case.hearing_id.0,
                events: case
                    .hearing_events
                    .into_iter()
                    .map(Event::Hearing)
                    .collect(),
            },
            self.decision(arrival, status, Some(case_id), found),
        ];
        self.append(app, arrival, command, streams, status, Some(case_id))
            .await
    }

    /// The decision alone: no case was made.
    async fn reject(
        &self,
        app: &App,
        arrival: &Arrival<'_>,
        command: CommandId,
        found: &Found,
    ) -> Result<(serde_json::Value, bool), Fault> {
        let status = SubmissionStatus::Rejected;
        let streams = vec![self.decision(arrival, status, None, found)];
        self.append(app, arrival, command, streams, status, None)
            .await
    }

    fn decision(
        &self,
        arrival: &Arrival<'_>,
        status: SubmissionStatus,
        case_id: Option<CaseId>,
        found: &Found,
    ) -> StreamAppend {
        let id = arrival.submission_id;
        StreamAppend {
            stream: Stream::new(StreamKind::Submission, id.0),
            expected: Expected::New,
            key: id.0,
            events: vec![Event::Submission(SubmissionEvent::SubmissionDecided {
                submission_id: id,
                ou_code: arrival.ou_code.to_owned(),
                sha256: self.sha256.to_owned(),
                status,
                case_id,
                errors: found.errors.clone(),
                warnings: found.warnings.clone(),
            })],
        }
    }

    async fn append(
        &self,
        app: &App,
        arrival: &Arrival<'_>,
        command: CommandId,
        streams: Vec<StreamAppend>,
        status: SubmissionStatus,
        case_id: Option<CaseId>,
    ) -> Result<(serde_json::Value, bool), Fault> {
        let answer = Answer {
            submission_id: arrival.submission_id,
            status,
            case_id,
        };
        let appended = app
            .ledger
            .append(Append {
                command,
                moment: Moment {
                    at: app.chance.now(),
                    by: arrival.by.clone(),
                },
                streams,
                answer: serde_json::to_value(answer).map_err(|e| Fault::Broken(e.to_string()))?,
            })
            .await?;
        Ok((appended.answer, appended.repeated))
    }
}
