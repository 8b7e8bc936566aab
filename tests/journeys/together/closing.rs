//! A document of two cases opens to whom both of its cases open, or to whom it was sent; who read
//! it is told of each of its cases.

use super::{FIRST, SECOND, all_guilty, sentences, together, two_cases};
use crate::{
    amending::{self, WARRANT, delivered, pdf},
    audit::report,
    steps::{look, save, share, start, view},
    veil::make_sensitive,
};
use app::{
    caller::{Circumstances, Proof, SignedIn},
    permission::{Asked, CasesOf, explain},
};
use client::{Bytes, Client};
use contract::{
    Code,
    audit::Subject,
    defence::{Associate, Grant},
    delivery::Reconcile,
    inbox::InboxItem,
};
use testkit::TestCourt;
use uuid::Uuid;
use vocabulary::{CaseId, DocumentId, Group, HearingId, RepresentationBasis, SessionId};

const COUNSEL: &str = "rosalind.quaye@fivewells.example.test";
const SOLICITOR: &str = "iris.thorne@thornevale.example.test";

/// The firm goes on record in both cases.
async fn defended(court: &TestCourt, adviser: &Client, cases: [CaseId; 2]) -> Client {
    let firm = court.sign_in(SOLICITOR).await;
    for case_id in cases {
        let case = view(adviser, case_id).await;
        let wish = Associate {
            case_id,
            defendant_id: case.defendants[0].defendant_id,
            basis: RepresentationBasis::Private,
            instructed_on: None,
            confirmed: false,
        };
        firm.defence_associate(&wish).await.unwrap();
    }
    firm
}

/// Both are heard together and sentenced: the one warrant of both.
async fn sentenced(
    court: &TestCourt,
    adviser: &Client,
    hearings: [HearingId; 2],
) -> (DocumentId, InboxItem) {
    let [hearing_id, other_id] = hearings;
    together(adviser, hearing_id, other_id).await.unwrap();
    start(adviser, hearing_id).await;
    all_guilty(adviser, hearing_id).await;
    let seen = look(adviser, hearing_id).await;
    let lines = sentences(court, &seen);
    let saved = save(adviser, hearing_id, seen.draft.revision, lines).await;
    share(adviser, &seen, &saved).await;
    amending::settled(court).await;
    let warrants = delivered(court, &court.as_prison().await, WARRANT).await;
    let [warrant] = warrants.as_slice() else {
        panic!("{warrants:?}");
    };
    (warrant.document_id, warrant.clone())
}

async fn refused(client: &Client, id: DocumentId) -> Option<Code> {
    let got = client.download(Bytes::Document, &id.to_string()).await;
    got.err().map(|problem| problem.code)
}

async fn lists(client: &Client, case_id: CaseId, id: DocumentId) -> bool {
    let case = view(client, case_id).await;
    case.documents.iter().any(|own| own.document_id == id)
}

/// What `access explain --do read_document` says of the document.
async fn explained(court: &TestCourt, email: &str, id: DocumentId) -> bool {
    let app = &court.state.app;
    let account = app.index.account_by_email(email).await.unwrap().unwrap();
    let organisation = app.index.organisation(account.organisation).await;
    let person = SignedIn {
        session: SessionId(Uuid::nil()),
        organisation: organisation.unwrap().unwrap(),
        account,
        circumstances: Circumstances::default(),
        proof: Proof::of_the_service(),
    };
    let person = app::account::as_of(app, person).await.unwrap();
    let document = app.ledger.document(id).await.unwrap().unwrap();
    let cases = CasesOf::documents(app, std::slice::from_ref(&document)).await;
    let cases = cases.unwrap();
    let about = Asked::Document(&cases, &document, None);
    explain(app, &person, access::Action::ReadDocument, &about).allowed
}

/// A firm is on record in both cases and gives counsel access in the second alone.
#[tokio::test]
async fn counsel_who_has_one_case_of_two_does_not_read_the_others_results_in_its_warrant() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let [(first, hearing), (second, other)] = two_cases(&court, &adviser).await;
    let firm = defended(&court, &adviser, [first, second]).await;
    let give = |case_id| Grant {
        case_id,
        defendant_id: None,
        email: COUNSEL.to_owned(),
        until: None,
        confirmed: false,
    };
    firm.defence_grant(&give(second)).await.unwrap();
    let (id, warrant) = sentenced(&court, &adviser, [hearing, other]).await;

    let counsel = court.sign_in(COUNSEL).await;
    assert_eq!(refused(&counsel, id).await, Some(Code::NotFound));
    assert!(!lists(&counsel, second, id).await);
    assert!(!explained(&court, COUNSEL, id).await);
    // The firm has both, and whom it was sent to has what was sent.
    assert_eq!(refused(&firm, id).await, None);
    assert!(lists(&firm, second, id).await);
    assert!(explained(&court, SOLICITOR, id).await);
    assert!(!pdf(&court.as_prison().await, &warrant).await.is_empty());

    firm.defence_grant(&give(first)).await.unwrap();
    assert_eq!(refused(&counsel, id).await, None);
    assert!(lists(&counsel, second, id).await);
    assert!(explained(&court, COUNSEL, id).await);

    // Whoever read it is in the report of each of its cases, and of the document; once in theirs.
    let of = async |about, which: &str, who: &str| {
        let lines = report(&court, about, which).await.lines;
        let opened = lines
            .into_iter()
            .filter(|own| own.what == "document opened");
        opened.filter(|own| own.who.contains(who)).count()
    };
    for who in ["Rosalind Quaye", "Iris Thorne"] {
        for urn in [FIRST, SECOND] {
            assert_eq!(of(Subject::Case, urn, who).await, 1, "{who} in {urn}");
        }
        assert_eq!(
            of(Subject::Material, &id.to_string(), who).await,
            1,
            "{who}"
        );
    }
    assert_eq!(of(Subject::Person, COUNSEL, "Rosalind Quaye").await, 1);
}

/// The second case is made sensitive after results were shared: whoever of the court has no
/// permission on it has the warrant by the first no more, nor its receipt, nor its name in a list.
#[tokio::test]
async fn a_case_that_became_sensitive_closes_what_it_is_written_in() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let [(first, hearing), (second, other)] = two_cases(&court, &adviser).await;
    let (id, _) = sentenced(&court, &adviser, [hearing, other]).await;
    let administrator = court.person(Group::CourtAdministrators, 0).await;
    let names = async || {
        let asked = Reconcile { day: None };
        let found = administrator.delivery_reconcile(&asked).await.unwrap();
        let own = found.outstanding.into_iter();
        let own: Vec<_> = own.filter(|own| own.document_id == id).collect();
        own.into_iter().map(|own| own.name).collect::<Vec<String>>()
    };
    let receipt = vocabulary::Printout::DocumentReceipt { document: id }.to_string();
    let has = async || {
        let got = administrator.download(Bytes::Printout, &receipt).await;
        got.err().map(|problem| problem.code)
    };
    assert!(names().await.iter().any(|name| name == WARRANT));
    assert_eq!(has().await, None);
    assert_eq!(refused(&adviser, id).await, None);

    make_sensitive(&court, second).await;
    for name in names().await {
        assert_ne!(name, WARRANT);
    }
    assert!(has().await.is_some());
    assert!(refused(&adviser, id).await.is_some());
    assert!(!lists(&adviser, first, id).await);
}
