//! A real scanner for viruses: what it finds is refused and recorded, what it did not look through
//! is not taken, and the rest is served as ever.

use crate::{
    steps::path_case,
    uploads::{PROSECUTOR, Sender, paper, says, walk},
};
use app::ports::Audited;
use contract::{Code, material};
use domain::{Event, reading::ReadingEvent};
use testkit::{Scanner, Setting, TestCourt, eicar};
use vocabulary::UploadId;

/// A court whose scanner listens in its own folder, and is away.
async fn court() -> (Sender, Scanner) {
    let court = TestCourt::with(Setting {
        configure: |config| {
            let socket = config.keys.parent().unwrap().join("clamd");
            config.scanner = Some(socket.display().to_string());
        },
        ..Setting::default()
    })
    .await;
    let scanner = Scanner::away(&court.folder().unwrap().join("clamd"));
    (Sender::at(court).await, scanner)
}

/// A PDF with the test's virus in it, and its hash.
fn harmful() -> (Vec<u8>, String) {
    let (mut body, _) = paper(5_000);
    body.extend_from_slice(eicar().as_bytes());
    let hash = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&body));
    (body, hash)
}

#[tokio::test]
async fn a_file_in_which_the_scanner_finds_a_virus_is_refused_and_recorded_and_leaves_nothing() {
    let (sender, mut scanner) = court().await;
    scanner.come();
    let before = walk(&sender.court.config.objects);
    let (bad, bad_hash) = harmful();
    let id = UploadId(uuid::Uuid::now_v7());
    let refused = sender.send_as(id, &bad_hash, "a.pdf", &bad).await;
    let refused = refused.unwrap_err();
    says(
        &refused,
        Code::VirusFound,
        "found Eicar-Test-Signature",
        "ask the court how to hand it in",
    );
    assert_eq!(walk(&sender.court.config.objects), before);

    // It cannot be served, and neither can it under the id of another try.
    let (case_id, _) = path_case(&sender.court.as_legal_adviser().await).await;
    let prosecutor = sender.court.sign_in(PROSECUTOR).await;
    let serve = |upload_id| material::Serve {
        case_id,
        defendant_id: None,
        section: "IDPC bundle".to_owned(),
        name: "a.pdf".to_owned(),
        upload_id,
    };
    let served = prosecutor.material_serve(&serve(id)).await;
    assert_eq!(served.unwrap_err().code, Code::BadRequest);

    // The same person's other file is taken and served.
    let (good, good_hash) = paper(5_000);
    let id = UploadId(uuid::Uuid::now_v7());
    let sent = sender.send_as(id, &good_hash, "a.pdf", &good).await;
    sent.unwrap();
    prosecutor.material_serve(&serve(id)).await.unwrap();

    let court = &sender.court;
    app::audit::record_refusals(&court.state.app).await.unwrap();
    let all = Audited {
        limit: 100_000,
        ..Audited::default()
    };
    let recorded = court.state.app.ledger.audited(all).await.unwrap();
    let refusals = recorded.into_iter().filter_map(|one| match one.event {
        Event::Reading(ReadingEvent::Refused { refusals, .. }) => Some(refusals),
        _ => None,
    });
    let of_virus: Vec<_> = refusals
        .flatten()
        .filter(|one| one.code == "virus_found")
        .collect();
    assert_eq!(of_virus.len(), 1, "{of_virus:?}");
    assert_eq!(of_virus[0].asked, "upload");
    assert!(of_virus[0].why.starts_with("Eicar-Test"), "{of_virus:?}");
    let sent_by = court.state.app.index.account_by_email(PROSECUTOR).await;
    assert_eq!(of_virus[0].name, sent_by.unwrap().unwrap().name);
}

#[tokio::test]
async fn without_its_scanner_a_court_takes_no_file_and_with_it_again_it_does() {
    let (mut sender, mut scanner) = court().await;
    let before = walk(&sender.court.config.objects);
    let (good, hash) = paper(5_000);
    let id = UploadId(uuid::Uuid::now_v7());
    let refused = sender.send_as(id, &hash, "a.pdf", &good).await;
    says(
        &refused.unwrap_err(),
        Code::NotScanned,
        "does not answer, and without it no file is taken",
        "Send the file again in a few minutes",
    );
    // More than it looks through was not looked through.
    scanner.come();
    let (large, large_hash) = paper(3_000_000);
    let refused = sender.send(&large_hash, "a.pdf", &large).await;
    says(
        &refused.unwrap_err(),
        Code::NotScanned,
        "more than the scanner for viruses looks through",
        "Split the file",
    );
    assert_eq!(walk(&sender.court.config.objects), before);
    // The very upload that was refused, sent again.
    let sent = sender.send_as(id, &hash, "a.pdf", &good).await;
    sent.unwrap();
    assert_eq!(walk(&sender.court.config.objects).len(), before.len() + 1);

    // It goes while the court is sitting; and the court finds it by the network, too.
    scanner.go();
    let (other, other_hash) = paper(6_000);
    let refused = sender.send(&other_hash, "a.pdf", &other).await;
    assert_eq!(refused.unwrap_err().code, Code::NotScanned);
    scanner.come();
    sender.court.config.scanner = Some(scanner.address());
    let sender = Sender::at(sender.court.restarted().await).await;
    let (bad, bad_hash) = harmful();
    let refused = sender.send(&bad_hash, "a.pdf", &bad).await;
    assert_eq!(refused.unwrap_err().code, Code::VirusFound);
    sender.send(&other_hash, "a.pdf", &other).await.unwrap();
}
