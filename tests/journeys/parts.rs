//! Sharing what is ready while the rest waits: the prison gets its warrant at once, and what
//! is shared later touches nothing that is out already.

mod further;

use crate::steps::{find, look, start, typed, view};
use client::Client;
use contract::{
    Code, Problem,
    case::DocumentRow,
    hearing::{
        BeginAmendment, CancelAmendment, Draft, EnterPlea, HearingView, Line, Preview,
        RecordAttendance, SaveDraft, ShareResults, ShareTarget, Unresolved,
    },
    inbox,
};
use serde_json::{Value, json};
use testkit::TestCourt;
use vocabulary::{AmendmentKind, AmendmentReason, Attendance, HearingId};

const AUTHORITY: &str = "GAAAA01";
const URN: &str = "29GD9555326";
const WARRANT: &str = "Warrant for custodial sentence";

/// Two defendants in one hearing: the first for two offences, the second for one.
fn two() -> Value {
    let mut sent: Value = serde_json::from_str(include_str!("../../samples/charge.json")).unwrap();
    let charged = |of: &Value, code: &str, number: u32| {
        let mut offence = of.clone();
        offence["offenceDetails"]["cjsOffenceCode"] = json!(code);
        offence["offenceDetails"]["offenceSequenceNo"] = json!(number);
        offence
    };
    let plain = sent["defendants"][0]["offences"][0].clone();
    let mut second = sent["defendants"][0].clone();
    second["defendantDetails"]["prosecutorDefendantId"] = json!("29GD9555326-D2");
    second["defendantDetails"]["asn"] = json!("2629GD0100000090003M");
    second["individual"]["nameDetails"] =
        json!({"title": "Mr", "forename": "Cosmo", "surname": "Zedmarker"});
    second["individual"]["contactDetails"] = json!({});
    second["individual"]
        .as_object_mut()
        .unwrap()
        .remove("driverNumber");
    second["offences"] = json!([charged(&plain, "TH68010", 1)]);
    sent["defendants"][0]["offences"] =
        json!([charged(&plain, "OF61102", 1), charged(&plain, "TH68010", 2)]);
    sent["prosecutionSubmissionDetails"]["urn"] = json!(URN);
    sent["defendants"].as_array_mut().unwrap().push(second);
    sent
}

struct Ground {
    court: TestCourt,
    adviser: Client,
    hearing_id: HearingId,
}

/// Where something is in the hearing: a defendant by name, and an offence by number.
type Place = (&'static str, usize);
const FIRST: Place = ("Kettlewick", 0);
const ALSO: Place = ("Kettlewick", 1);
const SECOND: Place = ("Zedmarker", 0);

/// The hearing has started, everybody is there, and there are these pleas of guilty.
async fn ground(pleas: &[Place]) -> Ground {
    let ground = listed().await;
    start(&ground.adviser, ground.hearing_id).await;
    for place in pleas {
        ground.plead(*place).await.unwrap();
    }
    ground
}

/// The hearing is listed.
async fn listed() -> Ground {
    let court = TestCourt::open().await;
    let answer = reqwest::Client::new()
        .post(format!("{}/v2/prosecutions/{AUTHORITY}", court.url))
        .bearer_auth(court.machine(AUTHORITY).await)
        .json(&two())
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 202, "{}", answer.text().await.unwrap());
    let adviser = court.as_legal_adviser().await;
    let case_id = find(&adviser, URN).await;
    let hearing_id = view(&adviser, case_id).await.hearings[0].hearing_id;
    Ground {
        court,
        adviser,
        hearing_id,
    }
}

fn nth(view: &HearingView, name: &str) -> usize {
    let mut all = view.defendants.iter();
    all.position(|own| own.name.contains(name)).unwrap()
}

/// A defendant with all that is before the court.
fn all_of(view: &HearingView, name: &str) -> Vec<ShareTarget> {
    let own = &view.defendants[nth(view, name)];
    let offences = own.offences.iter().map(|one| Some(one.offence_id));
    let targets = offences.chain([None]).map(|offence_id| ShareTarget {
        defendant_id: own.defendant_id,
        offence_id,
    });
    targets.collect()
}

fn lines(view: &HearingView) -> Vec<Line> {
    let lines = view.draft.lines.iter();
    lines.map(|line| line.line.clone()).collect()
}

/// The documents that stand, or that do not.
fn documents(view: &HearingView, stand: bool) -> Vec<&DocumentRow> {
    let all = view.documents.iter();
    all.filter(|one| one.superseded.is_none() == stand)
        .collect()
}

fn reference(refused: Result<impl std::fmt::Debug, Problem>) -> String {
    let problem = refused.unwrap_err();
    assert!(!problem.title.is_empty(), "{problem:?}");
    problem
        .reference
        .unwrap_or_else(|| format!("{:?}", problem.code))
}

impl Ground {
    async fn look(&self) -> HearingView {
        look(&self.adviser, self.hearing_id).await
    }

    fn example(&self, view: &HearingView, name: &str, (whose, offence): Place) -> Vec<Line> {
        let own = &view.defendants[nth(view, whose)];
        let lines = reference::examples::example(
            &self.court.state.app.catalogue,
            name,
            own.defendant_id,
            own.offences[offence].offence_id,
            view.day,
        );
        lines.unwrap().into_iter().map(typed).collect()
    }

    async fn plead(&self, (whose, offence): Place) -> Result<(), Problem> {
        let view = self.look().await;
        let plea = EnterPlea {
            hearing_id: self.hearing_id,
            version: view.version,
            offence_id: view.defendants[nth(&view, whose)].offences[offence].offence_id,
            plea: "GUILTY".to_owned(),
        };
        self.adviser.hearing_enter_plea(&plea).await.map(|_| ())
    }

    async fn attends(&self, whose: &str) -> Result<(), Problem> {
        let view = self.look().await;
        let attends = RecordAttendance {
            hearing_id: self.hearing_id,
            version: view.version,
            defendant_id: view.defendants[nth(&view, whose)].defendant_id,
            attendance: Attendance::ByVideo,
        };
        self.adviser
            .hearing_record_attendance(&attends)
            .await
            .map(|_| ())
    }

    async fn save(
        &self,
        lines: Vec<Line>,
        words: &[(ShareTarget, &str)],
    ) -> Result<Draft, Problem> {
        let seen = self.look().await;
        let unresolved = words.iter().map(|(target, text)| Unresolved {
            defendant_id: target.defendant_id,
            offence_id: target.offence_id,
            text: (*text).to_owned(),
        });
        let saving = SaveDraft {
            hearing_id: self.hearing_id,
            revision: seen.draft.revision,
            lines,
            unresolved: unresolved.collect(),
        };
        let saved = self.adviser.hearing_save_draft(&saving).await;
        saved.map(|saved| saved.draft)
    }

    /// Adds lines to the draft as it is.
    async fn types(&self, more: Vec<Line>) -> Draft {
        let mut all = lines(&self.look().await);
        all.extend(more);
        self.save(all, &[]).await.unwrap()
    }

    /// Shares what is chosen of what is saved, or all; says how many documents that made.
    async fn share(&self, targets: Option<Vec<ShareTarget>>) -> Result<u64, Problem> {
        let seen = self.look().await;
        let sharing = ShareResults {
            hearing_id: self.hearing_id,
            version: seen.version,
            revision: seen.draft.revision,
            targets,
        };
        let shared = self.adviser.hearing_share_results(&sharing).await;
        shared.map(|shared| shared.documents)
    }

    async fn amend(&self) -> HearingView {
        let seen = self.look().await;
        let begin = BeginAmendment {
            hearing_id: self.hearing_id,
            version: seen.version,
            kind: AmendmentKind::AdministrativeError,
            reason: AmendmentReason::RecordedWrongly,
            note: "The bench said eight months.".to_owned(),
        };
        self.adviser.hearing_begin_amendment(&begin).await.unwrap();
        self.look().await
    }

    /// The warrants that lie in the prison's inbox.
    async fn warrants(&self, prison: &Client) -> Vec<inbox::InboxItem> {
        for _ in 0..100 {
            self.court.work().await;
            let index = &self.court.state.app.index;
            let making = index.documents_to_make(9).await.unwrap();
            if making.is_empty() && index.documents_to_deliver(9).await.unwrap().is_empty() {
                let mut items = prison.inbox_list(&inbox::List {}).await.unwrap().items;
                items.retain(|item| item.name == WARRANT && item.defendant.contains("Kettlewick"));
                return items;
            }
        }
        panic!("documents wait without end");
    }
}

#[tokio::test]
async fn the_prison_has_its_warrant_while_the_other_defendant_waits() {
    let ground = ground(&[FIRST, ALSO]).await;
    let prison = ground.court.as_prison().await;
    let room = ground.look().await;
    let (ours, theirs) = (all_of(&room, "Kettlewick"), all_of(&room, "Zedmarker"));
    assert_eq!(room.remaining, [ours.clone(), theirs.clone()].concat());
    let mut all = ground.example(&room, "imprisonment", FIRST);
    all.extend(ground.example(&room, "withdrawn", ALSO));
    let first = all.clone();
    // The second is half typed: a line that lacks its answers, and words that are no result.
    let mut half = ground.example(&room, "fine", SECOND);
    for line in &mut half {
        line.answers.clear();
    }
    all.extend(half);
    let saved = ground.save(all, &[(theirs[0], "and then")]).await.unwrap();
    assert!(!saved.readiness.ready);
    assert_eq!(saved.readiness.finished, [ours[0].defendant_id]);
    assert_eq!(reference(ground.share(None).await), "NotReady");
    assert_eq!(
        reference(ground.share(Some(theirs.clone())).await),
        "NotReady"
    );
    let foreign = ShareTarget {
        offence_id: theirs[0].offence_id,
        ..ours[0]
    };
    let refused = ground.share(Some(vec![foreign])).await;
    assert_eq!(reference(refused), "not_before_the_court");
    assert_eq!(
        reference(ground.share(Some(Vec::new())).await),
        "nothing_to_share"
    );

    // The case says that something waits, to whoever does not open the hearing too.
    let in_part = async || {
        let case_id = find(&ground.adviser, URN).await;
        view(&ground.adviser, case_id).await.hearings[0].part
    };
    assert!(!in_part().await);
    assert!(ground.share(Some(ours.clone())).await.unwrap() > 0);
    assert!(in_part().await);
    let warrant = ground.warrants(&prison).await;
    assert_eq!(warrant.len(), 1);
    let room = ground.look().await;
    let shared = room.shared.as_ref().unwrap();
    assert_eq!(
        (shared.version, room.remaining.clone()),
        (1, theirs.clone())
    );
    assert!(
        shared
            .lines
            .iter()
            .all(|line| line.line.defendant_id == ours[0].defendant_id)
    );
    for may in ["draft", "share", "amend"] {
        assert!(room.may.contains(&may.to_owned()), "{:?}", room.may);
    }
    // Nothing that was typed is lost, and typing goes on at once.
    assert_eq!(lines(&room).len(), saved.lines.len());
    assert_eq!(room.draft.unresolved[0].text, "and then");
    let made = documents(&room, true).len();

    // What is shared is not typed, nor shared once more.
    let again = ground.share(Some(ours.clone())).await;
    assert_eq!(reference(again), "nothing_new_to_share");
    let mut changed = lines(&room);
    changed.retain(|line| line.line_id != first[0].line_id);
    assert_eq!(reference(ground.save(changed, &[]).await), "already_shared");
    let mut changed = lines(&room);
    changed.extend(ground.example(&room, "dismissed", ALSO));
    assert_eq!(reference(ground.save(changed, &[]).await), "already_shared");
    assert_eq!(
        reference(ground.attends("Kettlewick").await),
        "already_shared"
    );
    let late = ground.plead(ALSO).await.unwrap_err();
    assert_eq!(late.code, Code::Refused);
    // Of the other, everything is still to come.
    ground.attends("Zedmarker").await.unwrap();
    ground.plead(SECOND).await.unwrap();

    let mut rest = first;
    rest.extend(ground.example(&room, "fine", SECOND));
    let saved = ground.save(rest.clone(), &[]).await.unwrap();
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    // The page beside the typing shows what would be made now.
    let hearing_id = ground.hearing_id;
    let preview = Preview {
        hearing_id,
        lines: rest,
    };
    let preview = ground.adviser.hearing_preview(&preview).await.unwrap();
    let shared = ground.share(None).await.unwrap();
    assert!(shared > 0);
    assert_eq!(preview.documents.len() as u64, shared);
    assert!(
        preview
            .documents
            .iter()
            .all(|one| one.defendant.contains("Zedmarker"))
    );

    let after = ground.look().await;
    let versions: Vec<u32> = after.versions.iter().map(|one| one.version).collect();
    assert_eq!((versions, after.remaining.len()), (vec![2, 1], 0));
    assert!(!in_part().await);
    assert!(after.versions[0].kind.is_none(), "nothing was amended");
    assert_eq!(lines(&after).len(), saved.lines.len());
    // The first's documents stand, and none is there twice; the second's replace nothing.
    assert!(documents(&after, false).is_empty());
    assert_eq!(documents(&after, true).len() as u64, made as u64 + shared);
    assert!(after.documents.iter().all(|one| one.replaces.is_none()));
    let same = ground.warrants(&prison).await;
    assert_eq!(same.len(), 1);
    assert_eq!(same[0].delivery_id, warrant[0].delivery_id);
    assert!(same[0].superseded.is_none());
    // Now all is shared.
    assert_eq!(reference(ground.share(None).await), "already_shared");
    let late = ground.save(lines(&after)[1..].to_vec(), &[]).await;
    assert_eq!(reference(late), "already_shared");
}

#[tokio::test]
async fn an_amendment_in_between_keeps_what_waits() {
    let ground = ground(&[FIRST, ALSO, SECOND]).await;
    let prison = ground.court.as_prison().await;
    let room = ground.look().await;
    let (ours, theirs) = (all_of(&room, "Kettlewick"), all_of(&room, "Zedmarker"));
    ground
        .types(ground.example(&room, "imprisonment", FIRST))
        .await;
    ground.types(ground.example(&room, "withdrawn", ALSO)).await;
    let rest = ground.example(&room, "fine", SECOND);
    let typed = ground.types(rest.clone()).await;
    ground.share(Some(ours)).await.unwrap();
    let waits = |view: &HearingView| {
        let lines = view.draft.lines.iter();
        let of = lines.filter(|own| own.line.defendant_id == theirs[0].defendant_id);
        of.map(|own| own.line.clone()).collect::<Vec<_>>()
    };
    let before = waits(&ground.look().await);
    assert_eq!(before.len(), rest.len());

    let amending = ground.amend().await;
    assert_eq!(waits(&amending), before);
    // What waits is no part of it.
    assert_eq!(reference(ground.share(None).await), "nothing_changed");
    let cancel = CancelAmendment {
        hearing_id: ground.hearing_id,
        version: amending.version,
    };
    ground
        .adviser
        .hearing_cancel_amendment(&cancel)
        .await
        .unwrap();
    let after = ground.look().await;
    assert_eq!(
        (waits(&after), after.remaining.clone()),
        (before.clone(), theirs.clone())
    );

    let amending = ground.amend().await;
    let mut lines = lines(&amending);
    for line in &mut lines {
        for key in ["imprisonmentPeriod", "totalCustodialPeriod"] {
            if let Some(answer) = line.answers.get_mut(key) {
                "8 months".clone_into(answer);
            }
        }
    }
    let saved = ground.save(lines, &[]).await.unwrap();
    assert_eq!(saved.lines.len(), typed.lines.len());
    ground.share(None).await.unwrap();
    let amended = ground.look().await;
    assert_eq!(amended.shared.as_ref().unwrap().version, 2);
    assert_eq!(
        (waits(&amended), amended.remaining.clone()),
        (before, theirs)
    );
    let warrants = ground.warrants(&prison).await;
    let stand = warrants.iter().filter(|one| one.superseded.is_none());
    assert_eq!((warrants.len(), stand.count()), (2, 1));
    // Then the rest, without a reason or an approval.
    ground.share(None).await.unwrap();
    let after = ground.look().await;
    assert_eq!((after.versions.len(), after.remaining.len()), (3, 0));
    let gone = |view: &HearingView| documents(view, false).len();
    assert_eq!(gone(&after), gone(&amended));
    assert_eq!(ground.warrants(&prison).await.len(), 2);
}

#[tokio::test]
async fn an_offence_that_is_dealt_with_after_lunch_is_shared_then() {
    let ground = ground(&[FIRST, ALSO, SECOND]).await;
    let prison = ground.court.as_prison().await;
    let room = ground.look().await;
    let (ours, theirs) = (all_of(&room, "Kettlewick"), all_of(&room, "Zedmarker"));
    ground
        .types(ground.example(&room, "imprisonment", FIRST))
        .await;
    let morning = vec![ours[0], ours[2]];
    assert!(ground.share(Some(morning)).await.unwrap() > 0);
    let warrant = ground.warrants(&prison).await;
    assert_eq!(warrant.len(), 1);
    let room = ground.look().await;
    let left: Vec<ShareTarget> = room.remaining.clone();
    assert!(left.contains(&ours[1]) && left.contains(&theirs[0]) && !left.contains(&ours[0]));

    ground.types(ground.example(&room, "withdrawn", ALSO)).await;
    ground
        .types(ground.example(&room, "withdrawn", SECOND))
        .await;
    ground.share(None).await.unwrap();
    let after = ground.look().await;
    assert_eq!((after.versions.len(), after.remaining.len()), (2, 0));
    // The warrant says nothing of the other offence, and stands.
    let same = ground.warrants(&prison).await;
    assert_eq!(same.len(), 1);
    assert_eq!(same[0].delivery_id, warrant[0].delivery_id);
    assert!(same[0].superseded.is_none());
}
