//! The path again, on the worst of days: every request of every step is first
//! cut in half, then its server is killed (-9) in the middle of it, then half of
//! its answer is lost. Everybody gets there by trying again, and everything has
//! happened exactly once.

use crate::steps::{pdf, typed};
use app::demo::PATH_URN;
use client::{Bytes, CancellationToken, Client, Patience};
use contract::{
    Code, Problem,
    account::SignIn,
    case::{CaseAtAGlance, Find, MarkSeen, View},
    defence::Associate,
    hearing::{self, EnterPlea, LogEvent, RecordAttendance, SaveDraft, ShareResults},
    inbox, material, notice,
};
use reference::Catalogue;
use std::{sync::Arc, time::Duration};
use testkit::{Breaking, Fault, Program, Submission};
use tokio::sync::Mutex;
use vocabulary::{Attendance, CaseId, DeliveryState, HearingId, RepresentationBasis, UploadId};

pub(crate) const TODAY: &str = "2026-11-23";
const FAULTS: [Fault; 3] = [Fault::HalfTheRequest, Fault::Killed, Fault::HalfTheAnswer];
const WARRANT: &str = "Warrant for custodial sentence";

/// Everybody tries again at once, and often enough.
fn patience() -> Patience {
    Patience {
        tries: 8,
        first_wait: Duration::from_millis(10),
        longest_wait: Duration::from_millis(50),
        ..Patience::default()
    }
}

/// As a person does who reads "The connection was lost. Try again.": the same
/// again until there is an answer. Each loss must say so and give a next step.
async fn insist<T, F: Future<Output = Result<T, Problem>>>(mut ask: impl FnMut() -> F) -> T {
    for _ in 0..8 {
        match ask().await {
            Ok(answer) => return answer,
            Err(problem) => {
                assert_eq!(problem.code, Code::Unreachable, "{problem:?}");
                assert!(!problem.title.is_empty() && !problem.hint.is_empty());
            }
        }
    }
    panic!("no answer after eight tries");
}

/// The way that breaks, and everybody who goes it.
pub(crate) struct WorstDay {
    pub(crate) program: Arc<Mutex<Program>>,
    breaking: Breaking,
    catalogue: Catalogue,
}

impl WorstDay {
    /// Before a server that serves, with these faults for each request.
    pub(crate) async fn begin(program: Program, faults: &'static [Fault]) -> Self {
        let program = Arc::new(Mutex::new(program));
        Self {
            breaking: Breaking::before(program.clone(), faults).await,
            program,
            catalogue: Catalogue::embedded().unwrap(),
        }
    }

    /// Signs somebody in. The demo court's addresses are listed in `app::demo`.
    pub(crate) async fn sign_in(&self, email: &str) -> Client {
        let client = Client::new(&self.breaking.url).with_patience(patience());
        let sign_in = SignIn {
            email: email.to_owned(),
            password: "a fictional court".to_owned(),
        };
        let signed_in = client.account_sign_in(&sign_in).await.unwrap();
        client.with_token(&signed_in.token)
    }

    /// A prosecutor's system that sends again until it is answered.
    async fn submit(&self) -> String {
        let (worked, said) = self.program.lock().await.run(&[
            "account",
            "create-machine",
            "--name",
            "A test's system",
            "--ou-code",
            "GAAAA01",
        ]);
        assert!(worked, "{said}");
        let secret = said.lines().last().unwrap().to_owned();
        let urn = "29GD7410777".to_owned();
        let submission = Submission::charge(&urn, TODAY.parse().unwrap());
        let http = reqwest::Client::new();
        for _ in 0..8 {
            let answer = http
                .post(format!("{}/v2/prosecutions/GAAAA01", self.breaking.url))
                .bearer_auth(&secret)
                .header(
                    "content-type",
                    "application/vnd.hmcts.cjs.charge-prosecution.v2+json",
                )
                .body(submission.body())
                .send()
                .await;
            if let Ok(answer) = answer
                && answer.status() == reqwest::StatusCode::ACCEPTED
                && let Ok(answer) = answer.json::<serde_json::Value>().await
            {
                self.ask_what_became_of(&answer["submissionId"], &secret)
                    .await;
                return urn;
            }
        }
        panic!("the submission was never answered");
    }

    /// The prosecutor's system asks until it is answered.
    async fn ask_what_became_of(&self, id: &serde_json::Value, secret: &str) {
        let id = id.as_str().unwrap();
        let http = reqwest::Client::new();
        for _ in 0..8 {
            let answer = http
                .get(format!("{}/v2/submissions/{id}", self.breaking.url))
                .bearer_auth(secret)
                .send()
                .await;
            if let Ok(answer) = answer
                && answer.status() == reqwest::StatusCode::OK
                && let Ok(answer) = answer.json::<serde_json::Value>().await
            {
                assert_eq!(answer["id"], id);
                assert_eq!(answer["status"], "SUCCESS", "{answer}");
                return;
            }
        }
        panic!("what became of the submission was never answered");
    }

    async fn serve(&self, client: &Client, case: &CaseAtAGlance, name: &str, size: usize) {
        let file = pdf(size);
        let upload_id = UploadId(uuid::Uuid::now_v7());
        let cancel = CancellationToken::new();
        insist(|| client.upload(file.path(), upload_id, |_, _| {}, &cancel)).await;
        client
            .material_serve(&material::Serve {
                case_id: case.case_id,
                defendant_id: Some(case.defendants[0].defendant_id),
                section: "IDPC bundle".to_owned(),
                name: name.to_owned(),
                upload_id,
            })
            .await
            .unwrap();
    }

    /// Imprisonment on the first offence, the rest withdrawn.
    fn lines(&self, view: &hearing::HearingView) -> Vec<hearing::Line> {
        let defendant = &view.defendants[0];
        let named = |name, offence: &hearing::HearingOffence| {
            reference::examples::example(
                &self.catalogue,
                name,
                defendant.defendant_id,
                offence.offence_id,
                view.day,
            )
            .unwrap()
            .into_iter()
            .map(typed)
        };
        let mut lines: Vec<_> = named("imprisonment", &defendant.offences[0]).collect();
        for offence in &defendant.offences[1..] {
            lines.extend(named("withdrawn", offence));
        }
        lines
    }

    /// From the start of the hearing to shared results.
    pub(crate) async fn hear(&self, adviser: &Client, hearing_id: HearingId) {
        let room = look(adviser, hearing_id).await;
        let start = room
            .log_choices
            .iter()
            .find(|choice| choice.control.as_deref() == Some("start"))
            .unwrap();
        let mut version = adviser
            .hearing_log_event(&LogEvent {
                hearing_id,
                version: room.version,
                definition_id: start.definition_id,
                defendant_id: None,
                note: None,
            })
            .await
            .unwrap()
            .version;
        version = adviser
            .hearing_record_attendance(&RecordAttendance {
                hearing_id,
                version,
                defendant_id: room.defendants[0].defendant_id,
                attendance: Attendance::InPerson,
            })
            .await
            .unwrap()
            .version;
        for offence in &room.defendants[0].offences {
            version = adviser
                .hearing_enter_plea(&EnterPlea {
                    hearing_id,
                    version,
                    offence_id: offence.offence_id,
                    plea: "GUILTY".to_owned(),
                })
                .await
                .unwrap()
                .version;
        }
        let lines = self.lines(&look(adviser, hearing_id).await);
        let mut revision = 0;
        // As typed: line after line, each kept.
        for some in 1..=lines.len() {
            let saved = adviser
                .hearing_save_draft(&SaveDraft {
                    hearing_id,
                    revision,
                    lines: lines[..some].to_vec(),
                    unresolved: Vec::new(),
                })
                .await
                .unwrap();
            revision = saved.draft.revision;
        }
        let shared = adviser
            .hearing_share_results(&ShareResults {
                hearing_id,
                version,
                revision,
                targets: None,
            })
            .await
            .unwrap();
        assert!(shared.documents > 0);
    }

    /// Opens and acknowledges what the path's case put into an inbox.
    pub(crate) async fn acknowledge(&self, client: &Client, name: &str) -> inbox::InboxItem {
        let mut items = Vec::new();
        for _ in 0..100 {
            let list = insist(|| client.inbox_list(&inbox::List {})).await;
            items = list.items;
            items.retain(|item| {
                item.name == name && item.cases.iter().any(|urn| urn.as_str() == PATH_URN)
            });
            if !items.is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(items.len(), 1, "{name}: once, and once only: {items:?}");
        let delivery_id = items[0].delivery_id;
        client
            .inbox_open(&inbox::Open { delivery_id })
            .await
            .unwrap();
        client
            .inbox_acknowledge(&inbox::Acknowledge { delivery_id })
            .await
            .unwrap()
    }
}

pub(crate) async fn glance(client: &Client, case_id: CaseId) -> CaseAtAGlance {
    let view = View { case_id };
    insist(|| client.case_view(&view)).await
}

async fn look(client: &Client, hearing_id: HearingId) -> hearing::HearingView {
    let view = hearing::View { hearing_id };
    insist(|| client.hearing_view(&view)).await
}

#[tokio::test]
async fn every_step_survives_a_lost_connection_and_a_killed_server() {
    let day = WorstDay::begin(Program::start(12, TODAY).await, &FAULTS).await;
    let submitted = day.submit().await;

    let prosecutor = day.sign_in("kofi.marsh@cps-ashmere.example.test").await;
    let submitted = find(&prosecutor, &submitted).await;
    let case_id = find(&prosecutor, PATH_URN).await;
    assert_ne!(submitted, case_id);
    let case = glance(&prosecutor, case_id).await;
    let served_before = case.materials.len();
    day.serve(&prosecutor, &case, "IDPC.pdf", 400_000).await;

    let defence = day.sign_in("iris.thorne@thornevale.example.test").await;
    assert_eq!(find(&defence, "29 gd 7410126").await, case_id);
    let before = glance(&defence, case_id).await;
    let idpc = before.materials.iter().find(|m| m.name == "IDPC.pdf");
    let idpc = idpc.unwrap().material_id.to_string();
    let bytes = insist(|| async {
        defence
            .download(Bytes::Material, &idpc)
            .await?
            .all(1_000_000)
            .await
    })
    .await;
    assert_eq!(bytes.len(), 400_000 + 16);
    defence
        .defence_associate(&Associate {
            case_id,
            defendant_id: before.defendants[0].defendant_id,
            basis: RepresentationBasis::Private,
            instructed_on: None,
            confirmed: true,
        })
        .await
        .unwrap();
    day.serve(&prosecutor, &case, "Further statement.pdf", 9_000)
        .await;

    let adviser = day.sign_in("ada.wren@court.example.test").await;
    let hearing_id = case.hearings[0].hearing_id;
    day.hear(&adviser, hearing_id).await;

    let prison = day.sign_in("mina.oak@fallowdene.example.test").await;
    let item = day.acknowledge(&prison, WARRANT).await;
    let warrant = item.document_id.to_string();
    let bytes = insist(|| async {
        prison
            .download(Bytes::Document, &warrant)
            .await?
            .all(1_000_000)
            .await
    })
    .await;
    assert!(bytes.starts_with(b"%PDF-"));

    // Everything is there, and there once.
    let room = look(&adviser, hearing_id).await;
    assert_eq!(room.log.len(), 1, "{:?}", room.log);
    assert!(room.shared.is_some());
    let warrants: Vec<_> = room
        .documents
        .iter()
        .filter(|d| d.name == WARRANT)
        .collect();
    assert_eq!(warrants.len(), 1);
    for document in &room.documents {
        let mut to: Vec<_> = document.deliveries.iter().map(|d| &d.recipient).collect();
        let all = to.len();
        to.sort();
        to.dedup();
        assert_eq!(to.len(), all, "{}: one delivery each", document.name);
    }
    let delivery = warrants[0]
        .deliveries
        .iter()
        .find(|d| d.delivery_id == item.delivery_id);
    assert_eq!(delivery.unwrap().state, DeliveryState::Acknowledged);
    let after = glance(&defence, case_id).await;
    assert_eq!(after.materials.len(), served_before + 2);
    assert!(after.changes.iter().any(|change| change.kind == "result"));
    let notices = insist(|| defence.notice_list(&notice::List {})).await;
    let told = notices
        .items
        .iter()
        .filter(|n| n.title.starts_with("Results in"));
    assert_eq!(told.count(), 1, "{:?}", notices.items);
    defence
        .case_mark_seen(&MarkSeen {
            case_id,
            version: after.version,
        })
        .await
        .unwrap();

    // The faults were real, and the ledger holds.
    let suffered = day.breaking.suffered().await;
    for fault in FAULTS {
        for path in [
            "/v2/prosecutions/",
            "GET /v2/submissions/",
            "/rpc/account.sign_in",
            "/rpc/case.find",
            "/rpc/case.view",
            "PUT /uploads/",
            "/rpc/material.serve",
            "/rpc/defence.associate",
            "/materials/",
            "/rpc/hearing.log_event",
            "/rpc/hearing.record_attendance",
            "/rpc/hearing.enter_plea",
            "/rpc/hearing.save_draft",
            "/rpc/hearing.share_results",
            "/rpc/inbox.list",
            "/rpc/inbox.open",
            "/documents/",
            "/rpc/inbox.acknowledge",
            "/rpc/notice.list",
            "/rpc/case.mark_seen",
        ] {
            let met = suffered
                .iter()
                .any(|(line, met)| *met == fault && line.contains(path));
            assert!(met, "{path} never met {fault:?}");
        }
    }
    let program = day.program.lock().await;
    assert!(program.kills > 30, "killed {} times", program.kills);
    let (holds, said) = program.run(&["ledger", "verify"]);
    assert!(holds, "{said}");
}

pub(crate) async fn find(client: &Client, typed: &str) -> CaseId {
    let find = Find {
        reference: typed.to_owned(),
    };
    insist(|| client.case_find(&find)).await.case_id
}
