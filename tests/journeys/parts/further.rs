//! What becomes of the rest: words that are no result yet, a verdict on what waits, what firms
//! and prisons hear of a part that is not theirs, and the mark of an amendment.

use super::{ALSO, FIRST, Ground, SECOND, URN, all_of, ground, lines, listed, nth, reference};
use crate::{
    defence::told,
    printouts::text,
    register::System,
    steps::{find, view},
};
use app::demo;
use client::Client;
use contract::{
    defence::Associate,
    hearing::{Draft, HearingView, LogEvent},
};
use serde_json::Value;
use vocabulary::RepresentationBasis;

#[tokio::test]
async fn words_typed_beside_what_is_shared_stay_until_they_are_taken_away() {
    let ground = ground(&[FIRST, ALSO]).await;
    let room = ground.look().await;
    let (ours, theirs) = (all_of(&room, "Kettlewick"), all_of(&room, "Zedmarker"));
    let mut all = ground.example(&room, "withdrawn", FIRST);
    all.extend(ground.example(&room, "withdrawn", ALSO));
    let whole = ours[2];
    ground
        .save(all.clone(), &[(whole, "costs, to be")])
        .await
        .unwrap();
    // Each offence of theirs is shared, and what is said of them as a whole is not.
    ground.share(Some(ours[..2].to_vec())).await.unwrap();
    let room = ground.look().await;
    let words = |view: &HearingView| {
        let words = view.draft.unresolved.iter();
        words.map(|own| own.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(words(&room), ["costs, to be"]);
    assert_eq!(room.remaining, [vec![whole], theirs.clone()].concat());
    // It can be typed on, and stays.
    ground
        .save(lines(&room), &[(whole, "costs, to be f")])
        .await
        .unwrap();
    assert_eq!(words(&ground.look().await), ["costs, to be f"]);
    // Once it is emptied, nothing of theirs is said to wait.
    ground.save(lines(&room), &[]).await.unwrap();
    assert_eq!(ground.look().await.remaining, theirs);
}

#[tokio::test]
async fn whose_results_are_shared_is_not_asked_for_their_attendance() {
    let ground = listed().await;
    let room = ground.look().await;
    let mut choices = room.log_choices.iter();
    let begin = choices.find(|own| own.control.as_deref() == Some("start"));
    let begin = LogEvent {
        hearing_id: ground.hearing_id,
        version: room.version,
        definition_id: begin.unwrap().definition_id,
        defendant_id: None,
        note: None,
    };
    ground.adviser.hearing_log_event(&begin).await.unwrap();
    for place in [FIRST, ALSO, SECOND] {
        ground.plead(place).await.unwrap();
    }
    let (ours, theirs) = (all_of(&room, "Kettlewick"), all_of(&room, "Zedmarker"));
    let unattended = |draft: &Draft| {
        let findings = draft.readiness.findings.iter();
        let findings = findings.filter(|own| own.code == "attendance_missing");
        findings
            .filter_map(|own| own.defendant_id)
            .collect::<Vec<_>>()
    };
    let mut all = ground.example(&room, "imprisonment", FIRST);
    all.extend(ground.example(&room, "withdrawn", ALSO));
    let draft = ground.save(all, &[]).await.unwrap();
    assert_eq!(unattended(&draft), [ours[0].defendant_id]);
    ground.share(Some(ours)).await.unwrap();
    assert!(unattended(&ground.look().await.draft).is_empty());
    let draft = ground.types(ground.example(&room, "fine", SECOND)).await;
    assert_eq!(unattended(&draft), [theirs[0].defendant_id]);
}

/// What a prison's system reads of somebody in the hearing.
async fn registers(ground: &Ground, name: &str) -> Option<usize> {
    let room = ground.look().await;
    let defendant = room.defendants[nth(&room, name)].defendant_id;
    let hearing = ground.hearing_id.0;
    let kept = ground.court.state.app.ledger.register(hearing).await;
    let kept = kept.unwrap()?;
    let own = |entry: &domain::register::RegisterEntry| entry.register.defendant.id == defendant.0;
    assert_eq!(kept.ended(own), None, "{name}");
    let prison = System::of(&ground.court, demo::PRISON).await;
    let ids = (hearing.to_string(), defendant.to_string());
    let made = kept.entries.iter().filter(|(_, entry)| own(entry)).count();
    if made > 0 {
        let read: Value = prison.registers(URN, &ids.0, &ids.1).await;
        assert_eq!(read.as_array().map(Vec::len), Some(made));
    }
    Some(made)
}

#[tokio::test]
async fn a_prison_reads_the_register_of_each_prisoner_when_theirs_is_shared_and_once() {
    let ground = ground(&[FIRST, ALSO, SECOND]).await;
    let room = ground.look().await;
    let ours = all_of(&room, "Kettlewick");
    let mut all = ground.example(&room, "imprisonment", FIRST);
    all.extend(ground.example(&room, "withdrawn", ALSO));
    ground.save(all, &[]).await.unwrap();
    ground.share(Some(ours)).await.unwrap();
    assert_eq!(registers(&ground, "Kettlewick").await, Some(1));
    assert_eq!(registers(&ground, "Zedmarker").await, Some(0));

    let room = ground.look().await;
    ground
        .types(ground.example(&room, "imprisonment", SECOND))
        .await;
    ground.share(None).await.unwrap();
    // The first one's stands, and is not made anew for what is said of another.
    assert_eq!(registers(&ground, "Kettlewick").await, Some(1));
    assert_eq!(registers(&ground, "Zedmarker").await, Some(1));
}

/// How often somebody was told of results, and of amended ones.
async fn heard(client: &Client) -> (usize, usize) {
    let told = told(client).await;
    let count = |title: &str| told.iter().filter(|own| own.title == title).count();
    (
        count(&format!("Results in {URN}")),
        count(&format!("Results amended in {URN}")),
    )
}

#[tokio::test]
async fn a_firm_hears_of_the_part_in_which_its_client_is_and_the_mark_of_an_amendment_stays() {
    let ground = ground(&[FIRST, ALSO, SECOND]).await;
    let case_id = find(&ground.adviser, URN).await;
    let room = ground.look().await;
    let ours = all_of(&room, "Kettlewick");
    let firms = [
        (ground.court.as_defence().await, "Kettlewick"),
        (ground.court.as_other_defence().await, "Zedmarker"),
    ];
    for (firm, name) in &firms {
        let wish = Associate {
            case_id,
            defendant_id: room.defendants[nth(&room, name)].defendant_id,
            basis: RepresentationBasis::Private,
            instructed_on: None,
            confirmed: false,
        };
        firm.defence_associate(&wish).await.unwrap();
    }
    let prosecutor = ground.court.as_cps().await;
    let all_hear = async || {
        [
            heard(&firms[0].0).await,
            heard(&firms[1].0).await,
            heard(&prosecutor).await,
        ]
    };
    let mut all = ground.example(&room, "imprisonment", FIRST);
    all.extend(ground.example(&room, "withdrawn", ALSO));
    ground.save(all, &[]).await.unwrap();
    ground.share(Some(ours)).await.unwrap();
    assert_eq!(all_hear().await, [(1, 0), (0, 0), (1, 0)]);

    let amending = ground.amend().await;
    let mut amended = lines(&amending);
    for line in &mut amended {
        for key in ["imprisonmentPeriod", "totalCustodialPeriod"] {
            if let Some(answer) = line.answers.get_mut(key) {
                "8 months".clone_into(answer);
            }
        }
    }
    ground.save(amended, &[]).await.unwrap();
    ground.share(None).await.unwrap();
    assert_eq!(all_hear().await, [(1, 1), (0, 0), (1, 1)]);
    let extract = async |name: &str| {
        let defendant = room.defendants[nth(&room, name)].defendant_id;
        text(&ground.adviser, &format!("extract.{case_id}.{defendant}")).await
    };
    let marked = |printed: &str| printed.matches("Amended").count();
    let before = extract("Kettlewick").await;
    assert!(marked(&before) > 0, "{before}");
    assert!(
        extract("Zedmarker")
            .await
            .contains("None of this defendant")
    );

    ground.types(ground.example(&room, "fine", SECOND)).await;
    ground.share(None).await.unwrap();
    assert_eq!(all_hear().await, [(1, 1), (1, 0), (2, 1)]);
    let after = extract("Kettlewick").await;
    assert_eq!(marked(&after), marked(&before), "{after}");
    assert!(after.contains("amended, version 3"), "{after}");
    assert!(
        !extract("Zedmarker")
            .await
            .contains("None of this defendant")
    );
    assert_eq!(reference(ground.share(None).await), "already_shared");
    assert!(!view(&ground.adviser, case_id).await.hearings[0].part);
}
