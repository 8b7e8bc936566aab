//! What people did with a demo case after it came in: papers served, a firm on
//! record, the hearing held, pleas entered, results shared. Each step is the
//! use case that the person in the window would call, at the time of the story.

use super::{
    idpc,
    moment::{DEMO, told},
    people,
    story::{Stage, Story},
};
use crate::{App, Caller, Error, UseCase, answer, case::sight, ports::KeptUpload};
use contract::{defence, hearing, material};
use domain::{case::Case, hearing::Control};
use reference::examples::{self, Directory};
use vocabulary::{
    Attendance, BailStatus, CaseId, Day, DefendantId, HearingId, Instant, LogDefinitionId,
    OffenceId, RepresentationBasis, UploadId,
};

/// The section of initial details.
const IDPC: &str = "IDPC bundle";

/// Examples in which the defendant pleads not guilty; in the others the plea is guilty.
const DENIED: [&str; 3] = ["conditional_bail", "remand_in_custody", "withdrawn"];

/// Brings the case as far as its story goes.
pub(super) async fn bring_on(
    app: &App,
    story: &Story,
    case: CaseId,
    today: Day,
) -> Result<(), Error> {
    if story.stage == Stage::Received {
        return Ok(());
    }
    let Some(case) = app.ledger.case(case).await? else {
        return Err(Error::Broken(format!(
            "the demo case {} is gone",
            story.urn
        )));
    };
    // Overnight, and in any case before the hearing and the day of seeding.
    let eve = today.plus_days(-1);
    let served_at = story
        .received
        .plus_seconds(14 * 3600)
        .min(eve.at(21, 0))
        .min(story.hearing.at(8, 0));
    serve(app, story, &case, served_at).await?;
    if story.stage == Stage::Served {
        return Ok(());
    }
    let seen_at = served_at
        .plus_seconds(2 * 3600)
        .min(eve.at(22, 30))
        .min(story.hearing.at(9, 0));
    represent(app, story, &case, seen_at).await?;
    if let Stage::Heard | Stage::Shared(_) = story.stage {
        hear(app, story, &case).await?;
    }
    Ok(())
}

fn caller(email: &str, story: &Story, step: &str) -> Result<Caller, Error> {
    people::caller_for(email, &format!("{} {step}", story.urn))
        .ok_or_else(|| Error::Broken(format!("the demo court has nobody called {email}")))
}

async fn serve(app: &App, story: &Story, case: &Case, at: Instant) -> Result<(), Error> {
    let who = caller(people::PROSECUTOR, story, "serves initial details")?;
    if app.ledger.answered(who.command).await?.is_some() {
        return Ok(());
    }
    let bytes = idpc::bundle(&story.urn);
    let upload = KeptUpload {
        id: UploadId::derived(&DEMO, &format!("initial details {}", story.urn)),
        account: who.person()?.account.id,
        bytes: bytes.len() as u64,
        mime: "application/pdf".to_owned(),
        sha256: app.objects.put(bytes).await?,
    };
    app.work.keep_upload(&upload, at).await?;
    let then = told(app, at, &format!("initial details {}", story.urn));
    let step = material::Serve {
        case_id: case.id,
        defendant_id: None,
        section: IDPC.to_owned(),
        name: format!("Initial details {}.pdf", story.urn),
        upload_id: upload.id,
    };
    answer(&then, &who, step).await.map(|_| ())
}

async fn represent(app: &App, story: &Story, case: &Case, at: Instant) -> Result<(), Error> {
    // Of several defendants the last one stays without a firm.
    let all = &case.defendants;
    let count = if all.len() > 1 { all.len() - 1 } else { 1 };
    for (which, defendant) in all.iter().take(count).enumerate() {
        let firm = people::SOLICITORS[(story.number + which) % people::SOLICITORS.len()];
        let who = caller(firm, story, &format!("represents {which}"))?;
        let basis = RepresentationBasis::ALL[story.number % RepresentationBasis::ALL.len()];
        let then = told(app, at, &format!("represents {which} {}", story.urn));
        let step = defence::Associate {
            case_id: case.id,
            defendant_id: defendant.charged.id,
            basis,
            instructed_on: None,
            confirmed: true,
        };
        sight::forget(app, who.person()?).await?;
        answer(&then, &who, step).await?;
    }
    Ok(())
}

/// A hearing as it goes on: its version moves with each step.
struct Sitting<'a> {
    app: &'a App,
    story: &'a Story,
    hearing: HearingId,
    version: u64,
    /// Minutes since it was listed to begin.
    minutes: i64,
}

async fn hear(app: &App, story: &Story, case: &Case) -> Result<(), Error> {
    let Some(hearing) = case.hearings.first().copied() else {
        return Err(Error::Broken(format!(
            "the demo case {} has no hearing",
            story.urn
        )));
    };
    let mut sitting = Sitting {
        app,
        story,
        hearing,
        version: 1,
        minutes: 0,
    };
    sitting.log(Control::Start).await?;
    let attendance = match story.bail {
        BailStatus::Custody => Attendance::ByVideo,
        _ => Attendance::InPerson,
    };
    for (which, defendant) in case.defendants.iter().enumerate() {
        sitting
            .attend(which, defendant.charged.id, attendance)
            .await?;
    }
    let plea = match story.stage {
        Stage::Shared(example) if !DENIED.contains(&example) => "GUILTY",
        _ => "NOT_GUILTY",
    };
    let offences: Vec<(DefendantId, OffenceId)> = case
        .defendants
        .iter()
        .flat_map(|d| d.offences.iter().map(|o| (d.charged.id, o.charged.id)))
        .collect();
    for (which, (_, offence)) in offences.iter().enumerate() {
        sitting.plead(which, *offence, plea).await?;
    }
    if let Stage::Shared(example) = story.stage {
        sitting.share(example, &offences).await?;
    }
    sitting.log(Control::End).await
}

impl Sitting<'_> {
    /// The court at the next minute or so of the hearing.
    fn step(&mut self, name: &str) -> Result<(App, Caller), Error> {
        let (hour, minute) = self.story.clock;
        let at = self
            .story
            .hearing
            .at(hour, minute)
            .plus_seconds(self.minutes * 60);
        self.minutes += 2;
        let who = caller(people::adviser_of(self.story.court), self.story, name)?;
        Ok((
            told(self.app, at, &format!("{name} {}", self.story.urn)),
            who,
        ))
    }

    async fn log(&mut self, control: Control) -> Result<(), Error> {
        let (app, who) = self.step(&format!("logs {control:?}"))?;
        let step = hearing::LogEvent {
            hearing_id: self.hearing,
            version: self.version,
            definition_id: definition(&app, control)?,
            defendant_id: None,
            note: None,
        };
        self.version = answer(&app, &who, step).await?.version;
        Ok(())
    }

    async fn attend(
        &mut self,
        which: usize,
        defendant: DefendantId,
        attendance: Attendance,
    ) -> Result<(), Error> {
        let (app, who) = self.step(&format!("records attendance {which}"))?;
        let step = hearing::RecordAttendance {
            hearing_id: self.hearing,
            version: self.version,
            defendant_id: defendant,
            attendance,
        };
        self.version = answer(&app, &who, step).await?.version;
        Ok(())
    }

    async fn plead(&mut self, which: usize, offence: OffenceId, plea: &str) -> Result<(), Error> {
        let (app, who) = self.step(&format!("enters plea {which}"))?;
        let step = hearing::EnterPlea {
            hearing_id: self.hearing,
            version: self.version,
            offence_id: offence,
            plea: plea.to_owned(),
        };
        self.version = answer(&app, &who, step).await?.version;
        Ok(())
    }

    async fn share(
        &mut self,
        example: &str,
        offences: &[(DefendantId, OffenceId)],
    ) -> Result<(), Error> {
        let (app, who) = self.step("shares results")?;
        let directory = Directory::default();
        let lines = offences
            .iter()
            .filter_map(|(defendant, offence)| {
                examples::example_with(
                    &app.catalogue,
                    &directory,
                    example,
                    *defendant,
                    *offence,
                    self.story.hearing,
                )
            })
            .flatten()
            .map(|line| hearing::Line {
                line_id: line.id,
                definition_id: line.definition,
                defendant_id: line.defendant,
                offence_id: line.offence,
                parent: line.parent,
                answers: line.answers,
            })
            .collect();
        if let Some(answer) = app.ledger.answered(who.command).await? {
            let shared: hearing::Shared = serde_json::from_value(answer)?;
            self.version = shared.version;
            return Ok(());
        }
        // A draft may be left of a seeding that was cut off.
        let seen = app
            .work
            .draft(self.hearing)
            .await?
            .map_or(0, |draft| draft.revision);
        let saving = hearing::SaveDraft {
            hearing_id: self.hearing,
            revision: seen,
            lines,
            unresolved: Vec::new(),
        };
        let draft = saving.answer(&app, &who).await?.draft;
        if !draft.readiness.ready {
            let example = example.to_owned();
            return Err(Error::Broken(format!(
                "the example {example} cannot be shared: {:?}",
                draft.readiness.findings
            )));
        }
        let sharing = hearing::ShareResults {
            hearing_id: self.hearing,
            version: self.version,
            revision: draft.revision,
            targets: None,
        };
        self.version = sharing.answer(&app, &who).await?.version;
        Ok(())
    }
}

/// The log event that controls a hearing in this way.
fn definition(app: &App, control: Control) -> Result<LogDefinitionId, Error> {
    app.catalogue
        .log_events
        .iter()
        .map(|event| event.id)
        .find(|id| Control::of(*id) == Some(control))
        .ok_or_else(|| Error::Broken(format!("no log event is a {control:?}")))
}
