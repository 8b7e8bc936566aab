//! `sharing`, `crowd` and `engine`: a day in court, end to end over HTTP, on a court
//! made for it.
//!
//! * `sharing`: a sentence for ten offences is shared; how long until every
//!   document that it calls for is made and has reached everybody's inbox. The
//!   floor is setting the same pages on one core and nothing else.
//! * `crowd`: thirty courtrooms share at the same moment; how long until all of
//!   their documents are made and received. The floor is the same.
//! * `engine`: one hearing with thirty defendants; how long until the server has
//!   said which documents its results call for, and what each says. The floor is
//!   writing and reading that answer.

use crate::{
    Outcome,
    ground::bench_folder,
    report::{Goal, Report, percentile, rounded},
    rounds::interleaved,
    spawned::{Spawned, TODAY},
};
use app::demo::{LEGAL_ADVISER, PROSECUTOR_OU_CODE, SeedOptions};
use client::Client;
use contract::{
    account::SignIn,
    document::OrderView,
    hearing::{
        EnterPlea, HearingView, Line, LogEvent, Preview, RecordAttendance, SaveDraft, ShareResults,
        View,
    },
};
use domain::Actor;
use reference::{Catalogue, examples};
use server::{State, config::Config};
use std::{
    collections::BTreeMap,
    path::PathBuf,
    time::{Duration, Instant},
};
use testkit::Submission;
use uuid::Uuid;
use vocabulary::{Attendance, Day, DeliveryState, HearingId, SubmissionId};

/// Offences of the sentence that is shared.
const OFFENCES: usize = 10;
/// What is ordered for them, in this order, and then a fine for each.
const ORDERED: [&str; 4] = [
    "imprisonment",
    "driving_disqualification",
    "restraining_order",
    "fine",
];
/// Documents that it must call for at least.
const DOCUMENTS: usize = 6;
/// Rounds and what each needs.
const ROUNDS: usize = 9;
const SHARED: usize = 4;
const COURTROOMS: usize = 30;
const DEFENDANTS: usize = 30;
const ASKED: usize = 20;

/// A court with its hearings ready to be shared.
struct Sitting {
    adviser: Client,
    ten: Vec<HearingId>,
    crowd: Vec<HearingId>,
    thirty: HearingId,
    catalogue: Catalogue,
    _server: Spawned,
    _folder: Scratch,
}

struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        // The next run makes it anew.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) async fn run(wanted: impl Fn(&str) -> bool) -> Outcome {
    let court = Sitting::open().await?;
    if wanted("engine") {
        engine(&court).await?;
    }
    if wanted("sharing") {
        sharing(&court).await?;
    }
    if wanted("crowd") {
        crowd(&court).await?;
    }
    Ok(())
}

async fn sharing(court: &Sitting) -> Outcome {
    let mut next = court.ten.iter();
    let mut sample = court.typed(*next.next().ok_or("no hearing")?).await?;
    let views = court.views(&sample).await?;
    let documents = views.len();
    let mut waits = Vec::new();
    let rounds = interleaved(
        "sharing",
        &[("server", court._server.pid())],
        async || set_all(&views),
        async || {
            let mut round = Vec::new();
            for _ in 0..SHARED {
                let begun = Instant::now();
                court.share(&sample).await?;
                court.all_received(sample.hearing_id, documents).await?;
                round.push(millis(begun));
                sample = court.typed(*next.next().ok_or("no hearing left")?).await?;
            }
            waits.extend_from_slice(&round);
            Ok(percentile(&round, 50))
        },
    )
    .await?;
    Report::new(
        "sharing",
        "ms",
        &rounds,
        waits.len(),
        Goal::AtMost(f64::MAX),
    )
    .goal("at least six documents", documents >= DOCUMENTS)
    .goal("value <= 250 ms", percentile(&waits, 50) <= 250.0)
    .with("offences", OFFENCES)
    .with("documents", documents)
    .with("p99_ms", rounded(percentile(&waits, 99)))
    .print();
    Ok(())
}

async fn crowd(court: &Sitting) -> Outcome {
    let mut chunks = court.crowd.chunks(COURTROOMS);
    let mut waits = Vec::new();
    let mut documents = 0;
    let first = court.typed(court.crowd[0]).await?;
    let views = court.views(&first).await?;
    let rounds = interleaved(
        "crowd",
        &[("server", court._server.pid())],
        async || {
            let mut all = 0.0;
            for _ in 0..COURTROOMS {
                all += set_all(&views)?;
            }
            Ok(all)
        },
        async || {
            let mut typed = Vec::new();
            for hearing in chunks.next().ok_or("no courtrooms left")? {
                typed.push(court.typed(*hearing).await?);
            }
            let begun = Instant::now();
            let shared = typed.iter().map(|view| court.share(view));
            futures::future::try_join_all(shared).await?;
            documents = 0;
            for view in &typed {
                documents += court.all_received(view.hearing_id, views.len()).await?;
            }
            let took = millis(begun);
            waits.push(took);
            Ok(took)
        },
    )
    .await?;
    let p50 = percentile(&waits, 50);
    Report::new("crowd", "ms", &rounds, waits.len(), Goal::AtMost(f64::MAX))
        .goal("value <= 1000 ms", p50 <= 1_000.0)
        .with("courtrooms", COURTROOMS)
        .with("documents", documents)
        .print();
    Ok(())
}

async fn engine(court: &Sitting) -> Outcome {
    let view = court.look(court.thirty).await?;
    let lines = court.lines(&view, &["imprisonment"])?;
    let preview = Preview {
        hearing_id: view.hearing_id,
        lines,
    };
    let answer = court
        .adviser
        .hearing_preview(&preview)
        .await
        .map_err(told)?;
    let documents = answer.documents.len();
    let mut waits = Vec::new();
    let rounds = interleaved(
        "engine",
        &[("server", court._server.pid())],
        async || {
            let mut round = Vec::new();
            for _ in 0..ASKED {
                let begun = Instant::now();
                let text = serde_json::to_vec(&answer)?;
                let _: contract::hearing::PreviewView = serde_json::from_slice(&text)?;
                round.push(millis(begun));
            }
            Ok(percentile(&round, 50))
        },
        async || {
            let mut round = Vec::new();
            for _ in 0..ASKED {
                let begun = Instant::now();
                court
                    .adviser
                    .hearing_preview(&preview)
                    .await
                    .map_err(told)?;
                round.push(millis(begun));
            }
            waits.extend_from_slice(&round);
            Ok(percentile(&round, 50))
        },
    )
    .await?;
    Report::new("engine", "ms", &rounds, waits.len(), Goal::AtMost(f64::MAX))
        .goal(
            "a document for each defendant",
            documents >= view.defendants.len(),
        )
        .goal("value <= 50 ms", percentile(&waits, 50) <= 50.0)
        .with("defendants", view.defendants.len())
        .with("documents", documents)
        .with("p99_ms", rounded(percentile(&waits, 99)))
        .print();
    Ok(())
}

/// Sets the pages one after the other: milliseconds.
fn set_all(views: &[OrderView]) -> Outcome<f64> {
    let begun = Instant::now();
    for view in views {
        std::hint::black_box(documents::render(view)?);
    }
    Ok(millis(begun))
}

impl Sitting {
    async fn open() -> Outcome<Self> {
        let folder = bench_folder().join("sitting");
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        let config = Config {
            demo: true,
            today: Some(TODAY.parse()?),
            ..Config::in_folder(&folder)
        };
        let today: Day = TODAY.parse()?;
        let state = State::open(&config).await?;
        app::demo::seed(&state.app, &SeedOptions::on(today)).await?;
        let crowd = COURTROOMS * ROUNDS;
        let mut cases = Vec::new();
        for number in 0..ROUNDS * SHARED + 1 {
            cases.push(take_in(&state, number, OFFENCES, 1).await?);
        }
        for number in 0..crowd {
            cases.push(take_in(&state, 1_000 + number, 1, 1).await?);
        }
        let thirty = take_in(&state, 5_000, 1, DEFENDANTS).await?;
        state.store.close().await?;
        drop(state);
        let server = Spawned::server(&folder, &config.database_url)?;
        let stranger = Client::new(&server.url);
        let session = stranger
            .account_sign_in(&SignIn {
                email: LEGAL_ADVISER.to_owned(),
                password: config.demo_password.clone(),
            })
            .await
            .map_err(told)?;
        let court = Self {
            adviser: stranger.with_token(&session.token),
            crowd: cases.split_off(ROUNDS * SHARED + 1),
            ten: cases,
            thirty,
            catalogue: Catalogue::embedded()?,
            _server: server,
            _folder: Scratch(folder),
        };
        for hearing in court.ten.iter().chain(&court.crowd) {
            court.sit(*hearing).await?;
        }
        Ok(court)
    }

    async fn look(&self, hearing_id: HearingId) -> Outcome<HearingView> {
        let view = self.adviser.hearing_view(&View { hearing_id }).await;
        view.map_err(told)
    }

    /// Starts a hearing; everybody is there and pleads guilty.
    async fn sit(&self, hearing_id: HearingId) -> Outcome {
        let view = self.look(hearing_id).await?;
        let start = view
            .log_choices
            .iter()
            .find(|choice| choice.control.as_deref() == Some("start"));
        let mut version = self
            .adviser
            .hearing_log_event(&LogEvent {
                hearing_id,
                version: view.version,
                definition_id: start.ok_or("it cannot start")?.definition_id,
                defendant_id: None,
                note: None,
            })
            .await
            .map_err(told)?
            .version;
        for defendant in &view.defendants {
            version = self
                .adviser
                .hearing_record_attendance(&RecordAttendance {
                    hearing_id,
                    version,
                    defendant_id: defendant.defendant_id,
                    attendance: Attendance::InPerson,
                })
                .await
                .map_err(told)?
                .version;
            for offence in &defendant.offences {
                version = self
                    .adviser
                    .hearing_enter_plea(&EnterPlea {
                        hearing_id,
                        version,
                        offence_id: offence.offence_id,
                        plea: "GUILTY".to_owned(),
                    })
                    .await
                    .map_err(told)?
                    .version;
            }
        }
        Ok(())
    }

    /// Types the results of a hearing and has them saved.
    async fn typed(&self, hearing_id: HearingId) -> Outcome<HearingView> {
        let view = self.look(hearing_id).await?;
        let lines = self.lines(&view, &ORDERED)?;
        let saving = SaveDraft {
            hearing_id,
            revision: view.draft.revision,
            lines,
            unresolved: Vec::new(),
        };
        self.adviser
            .hearing_save_draft(&saving)
            .await
            .map_err(told)?;
        self.look(hearing_id).await
    }

    /// What is ordered for each offence of each defendant.
    fn lines(&self, view: &HearingView, ordered: &[&str]) -> Outcome<Vec<Line>> {
        let mut lines: Vec<Line> = Vec::new();
        for defendant in &view.defendants {
            for (nth, offence) in defendant.offences.iter().enumerate() {
                let name = ordered.get(nth).or(ordered.last()).ok_or("nothing")?;
                let sheet = examples::example(
                    &self.catalogue,
                    name,
                    defendant.defendant_id,
                    offence.offence_id,
                    view.day,
                )
                .ok_or("no such example")?;
                for line in sheet {
                    // What is ordered once for the defendant is there already.
                    let again = line.offence.is_none()
                        && lines.iter().any(|other| {
                            other.defendant_id == line.defendant
                                && other.definition_id == line.definition
                        });
                    if !again {
                        lines.push(Line {
                            line_id: line.id,
                            definition_id: line.definition,
                            defendant_id: line.defendant,
                            offence_id: line.offence,
                            parent: line.parent,
                            answers: within_the_limit(line.answers),
                        });
                    }
                }
            }
        }
        Ok(lines)
    }

    /// What the documents of typed results say.
    async fn views(&self, view: &HearingView) -> Outcome<Vec<OrderView>> {
        let lines = view.draft.lines.iter().map(|typed| typed.line.clone());
        let preview = Preview {
            hearing_id: view.hearing_id,
            lines: lines.collect(),
        };
        let answer = self.adviser.hearing_preview(&preview).await.map_err(told)?;
        Ok(answer.documents.into_iter().map(|one| one.view).collect())
    }

    async fn share(&self, view: &HearingView) -> Outcome {
        let sharing = ShareResults {
            hearing_id: view.hearing_id,
            version: view.version,
            revision: view.draft.revision,
            targets: None,
        };
        let shared = self.adviser.hearing_share_results(&sharing).await;
        shared.map(|_| ()).map_err(told)
    }

    /// Waits until every document is made and whoever has an inbox has it.
    async fn all_received(&self, hearing: HearingId, documents: usize) -> Outcome<usize> {
        loop {
            let view = self.look(hearing).await?;
            let waits = |state| matches!(state, DeliveryState::Queued | DeliveryState::Sent);
            let there = view.documents.len() >= documents
                && view.documents.iter().all(|document| {
                    document.made
                        && document
                            .deliveries
                            .iter()
                            .all(|one| one.channel != "Inbox" || !waits(one.state))
                });
            if there {
                return Ok(view.documents.len());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}

/// The example's term is one of the Crown Court; here a magistrates' court sits, which
/// may give six months for an offence (Magistrates' Courts Act 1980, s.32).
fn within_the_limit(mut answers: BTreeMap<String, String>) -> BTreeMap<String, String> {
    for term in answers.values_mut().filter(|term| *term == "9 months") {
        "6 months".clone_into(term);
    }
    answers
}

/// Takes in a charge case that is heard today, and says by which hearing.
async fn take_in(
    state: &State,
    number: usize,
    offences: usize,
    defendants: usize,
) -> Outcome<HearingId> {
    let today: Day = TODAY.parse()?;
    let urn = format!("29GD{number:05}26");
    let submission = Submission::charge(&urn, today).heard_on(today);
    let mut body = submission.json().clone();
    let one = body["defendants"][0].clone();
    let all = (0..defendants).map(|nth| {
        let mut defendant = one.clone();
        let details = &mut defendant["defendantDetails"];
        details["prosecutorDefendantId"] = format!("{urn}-D{}", nth + 1).into();
        details["asn"] = format!("2629GD01{number:05}{nth:06}K").into();
        let offence = defendant["offences"][0].clone();
        let list = (0..offences).map(|at| {
            let mut offence = offence.clone();
            offence["offenceDetails"]["offenceSequenceNo"] = (at + 1).into();
            offence
        });
        defendant["offences"] = list.collect();
        defendant
    });
    body["defendants"] = all.collect();
    let submitted = app::intake::submit(
        &state.app,
        Actor::Service,
        PROSECUTOR_OU_CODE,
        body.to_string().as_bytes(),
        SubmissionId(Uuid::now_v7()),
    )
    .await?;
    let case = submitted
        .case_id
        .ok_or_else(|| format!("{urn} was rejected"))?;
    let case = state.app.ledger.case(case).await?.ok_or("no case")?;
    Ok(*case.hearings.first().ok_or("no hearing")?)
}

fn told(problem: contract::Problem) -> Box<dyn std::error::Error + Send + Sync> {
    format!("{} {} {}", problem.title, problem.detail, problem.hint).into()
}

fn millis(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1_000.0
}
