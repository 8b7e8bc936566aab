//! Announcements on every screen, and help that is answered here.

use super::code_of;
use app::demo::PATH_URN;
use contract::{
    Code, notice,
    support::{
        AllAnnouncements, Announce, Announcements, Answer, Ask, Requests, WaitingRequests, Withdraw,
    },
};
use testkit::TestCourt;
use vocabulary::{AnnouncementCategory, AnnouncementSeverity, Group};

fn announce(
    court: &TestCourt,
    title: &str,
    severity: AnnouncementSeverity,
    category: AnnouncementCategory,
) -> Announce {
    Announce {
        title: title.to_owned(),
        details: "Orders may take ten minutes. Nothing is lost.".to_owned(),
        category,
        severity,
        from_day: None,
        from_time: None,
        until_day: court.today(),
        until_time: "17:00".to_owned(),
    }
}

#[tokio::test]
async fn what_is_announced_is_read_by_everybody_the_most_pressing_first_until_it_ends() {
    use AnnouncementCategory::{Planned, Unplanned};
    use AnnouncementSeverity::{Critical, Information, Warning};
    let court = TestCourt::open().await;
    let staff = court.as_administrator().await;
    for (title, severity, category) in [
        ("Planned information", Information, Planned),
        ("Planned critical", Critical, Planned),
        ("Unplanned warning", Warning, Unplanned),
        ("Unplanned critical", Critical, Unplanned),
    ] {
        staff
            .support_announce(&announce(&court, title, severity, category))
            .await
            .unwrap();
    }
    let ahead = Announce {
        from_day: Some(court.today().plus_days(1)),
        from_time: Some("08:00".to_owned()),
        until_day: court.today().plus_days(1),
        ..announce(&court, "Tomorrow", Critical, Unplanned)
    };
    staff.support_announce(&ahead).await.unwrap();

    // Before signing in too.
    let read = async || {
        let shown = court
            .stranger()
            .support_announcements(&Announcements {})
            .await
            .unwrap();
        shown.items
    };
    let titles: Vec<String> = read().await.into_iter().map(|own| own.title).collect();
    assert_eq!(
        titles,
        [
            "Unplanned critical",
            "Planned critical",
            "Unplanned warning",
            "Planned information"
        ]
    );
    let id = read().await[0].id;
    let all = staff
        .support_withdraw(&Withdraw { id })
        .await
        .unwrap()
        .items;
    assert_eq!(read().await.len(), 3);
    let over = all.iter().find(|own| own.id == id).unwrap();
    assert_eq!(over.standing, "over", "still listed for a week");
    assert!(all.iter().any(|own| own.standing == "ahead"));
    assert_eq!(
        code_of(staff.support_withdraw(&Withdraw { id }).await),
        Code::NotFound
    );

    let past = Announce {
        until_time: "08:59".to_owned(),
        ..announce(&court, "Past", Warning, Planned)
    };
    assert_eq!(code_of(staff.support_announce(&past).await), Code::Refused);
    let no_time = Announce {
        until_time: "25:00".to_owned(),
        ..past
    };
    assert_eq!(
        code_of(staff.support_announce(&no_time).await),
        Code::BadRequest
    );
    // Only staff announce.
    let adviser = court.as_legal_adviser().await;
    let own = announce(&court, "Cake", Information, Planned);
    assert_eq!(
        code_of(adviser.support_announce(&own).await),
        Code::NotPermitted
    );
    let all = adviser
        .support_all_announcements(&AllAnnouncements {})
        .await;
    assert_eq!(code_of(all), Code::NotPermitted);
}

#[tokio::test]
async fn a_question_goes_with_its_screen_without_people_unless_ticked_and_is_answered_here() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let ask = |with_people| Ask {
        question: "Why can I not share?".to_owned(),
        screen: "Hearings".to_owned(),
        reference: Some("29GD7410126".to_owned()),
        shown: Some("R v Marrowby".to_owned()),
        with_people,
    };
    adviser.support_ask(&ask(false)).await.unwrap();
    let staff = court.as_administrator().await;
    let waiting = staff
        .support_waiting(&WaitingRequests {})
        .await
        .unwrap()
        .items;
    assert_eq!(waiting.len(), 1);
    let told = serde_json::to_string(&waiting).unwrap();
    assert!(
        told.contains("29GD7410126") && told.contains("Ashmere Magistrates"),
        "{told}"
    );
    // The application sent it, and it was not ticked.
    assert!(
        !told.contains("Marrowby") && !told.contains("Ada Wren"),
        "{told}"
    );
    let ticked = adviser.support_ask(&ask(true)).await.unwrap().items;
    assert_eq!(ticked[0].shown.as_deref(), Some("R v Marrowby"));

    let id = waiting[0].id;
    let answer = Answer {
        id,
        answer: "A result is incomplete; the panel says which.".to_owned(),
    };
    assert_eq!(
        code_of(adviser.support_answer(&answer).await),
        Code::NotPermitted
    );
    let left = staff.support_answer(&answer).await.unwrap().items;
    assert_eq!(left.len(), 1);
    assert_eq!(
        code_of(staff.support_answer(&answer).await),
        Code::Refused,
        "once"
    );
    let own = adviser.support_requests(&Requests {}).await.unwrap().items;
    let answered = own.iter().find(|own| own.id == id).unwrap();
    assert!(answered.answer.as_deref().unwrap().contains("incomplete"));
    assert!(
        answered
            .answered
            .as_deref()
            .unwrap()
            .contains("Noor Hadley")
    );
    let told = adviser.notice_list(&notice::List {}).await.unwrap().items;
    assert!(
        told.iter()
            .any(|own| own.title == "The service centre answered you")
    );
    // Somebody else's questions are not theirs to read.
    let other = court.as_defence().await;
    assert!(
        other
            .support_requests(&Requests {})
            .await
            .unwrap()
            .items
            .is_empty()
    );
    let outcome = other.support_waiting(&WaitingRequests {}).await;
    assert_eq!(code_of(outcome), Code::NotPermitted);
    let empty = Ask {
        question: " ".to_owned(),
        ..ask(false)
    };
    assert_eq!(code_of(other.support_ask(&empty).await), Code::Refused);
}

/// Somebody asks from the screen of a case that is sensitive, and from one that becomes so.
#[tokio::test]
async fn a_sensitive_case_is_not_named_to_the_service_centre() {
    let court = TestCourt::open().await;
    let prosecutor = court.as_cps().await;
    let case_id = crate::steps::find(&prosecutor, PATH_URN).await;
    let hearing_id = crate::steps::view(&prosecutor, case_id).await.hearings[0].hearing_id;
    let ask = |reference: &str| Ask {
        question: "Why is it not listed?".to_owned(),
        screen: "Case".to_owned(),
        reference: Some(reference.to_owned()),
        shown: Some("R v Somebody of it".to_owned()),
        with_people: true,
    };
    prosecutor.support_ask(&ask(PATH_URN)).await.unwrap();
    let staff = court.as_administrator().await;
    let waits = async || {
        let waiting = staff.support_waiting(&WaitingRequests {}).await;
        serde_json::to_string(&waiting.unwrap().items).unwrap()
    };
    // It names the case: who was told is in the record of it.
    assert!(waits().await.contains(PATH_URN));
    let told = crate::audited::askers(&court, "support.waiting").await;
    assert!(!told.is_empty());

    crate::veil::make_sensitive(&court, case_id).await;
    let now = waits().await;
    assert!(
        !now.contains(PATH_URN) && !now.contains("Somebody of it"),
        "{now}"
    );
    let (id, hearing) = (case_id.to_string(), hearing_id.to_string());
    let both = format!("29GD7410326, {PATH_URN}");
    let (front, back) = PATH_URN.split_at(4);
    let apart = format!("29GD7410326, {front} {back}");
    for reference in [PATH_URN, &both, &id, &hearing, &apart, "99ZZ0000001"] {
        prosecutor.support_ask(&ask(reference)).await.unwrap();
    }
    let now = waits().await;
    for word in [
        PATH_URN,
        &id,
        &hearing,
        back,
        "99ZZ0000001",
        "Somebody of it",
    ] {
        assert!(!now.contains(word), "{word} in {now}");
    }
    assert!(now.contains("Why is it not listed?"));
}

/// Asking is no way to learn which cases there are, or which of them are sensitive: whoever asks reads
/// back their own words, whatever they name, and no case's report says that they were shown it.
#[tokio::test]
async fn whoever_asks_for_help_reads_back_what_they_typed_whatever_it_names() {
    let court = TestCourt::open().await;
    let prosecutor = court.as_cps().await;
    let case_id = crate::steps::find(&prosecutor, PATH_URN).await;
    crate::veil::make_sensitive(&court, case_id).await;
    let stranger = court.as_other_defence().await;
    let named = [PATH_URN, "29GD7410326", "99ZZ0000001"];
    for reference in named {
        let ask = Ask {
            question: "Why is it not listed?".to_owned(),
            screen: "Case".to_owned(),
            reference: Some(reference.to_owned()),
            shown: Some("R v Somebody".to_owned()),
            with_people: true,
        };
        stranger.support_ask(&ask).await.unwrap();
    }
    let own = stranger.support_requests(&Requests {}).await.unwrap().items;
    for reference in named {
        let said = format!("Case, {reference}");
        let item = own.iter().find(|item| item.about == said);
        let item = item.unwrap_or_else(|| panic!("{said} is not in {own:#?}"));
        assert_eq!(item.shown.as_deref(), Some("R v Somebody"));
    }
    let told = crate::audited::askers(&court, "support.requests").await;
    assert!(told.is_empty(), "{told:?}");
}

/// The group whose queues the service centre works off answers, and looks after nothing else.
#[tokio::test]
async fn the_service_centre_answers_what_people_ask() {
    let court = TestCourt::open().await;
    let app = &court.state.app;
    let email = "imre.solway@court.example.test";
    let known = app.index.account_by_email("ada.wren@court.example.test");
    let new = app::account::NewAccount {
        email: email.to_owned(),
        name: "Imre Solway".to_owned(),
        role: "Service centre".to_owned(),
        organisation: known.await.unwrap().unwrap().organisation,
        groups: vec![Group::CtscAdmin],
        password: court.config.demo_password.clone(),
    };
    app::account::open_account(app, new).await.unwrap();
    let centre = court.sign_in(email).await;
    let current = contract::account::Current {};
    assert!(centre.account_current(&current).await.unwrap().answers_help);
    let adviser = court.as_legal_adviser().await;
    assert!(
        !adviser
            .account_current(&current)
            .await
            .unwrap()
            .answers_help
    );
    let ask = Ask {
        question: "Why can I not share?".to_owned(),
        screen: "Hearings".to_owned(),
        reference: Some("29GD7410126".to_owned()),
        shown: None,
        with_people: false,
    };
    adviser.support_ask(&ask).await.unwrap();
    let waiting = centre.support_waiting(&WaitingRequests {}).await.unwrap();
    let answer = Answer {
        id: waiting.items[0].id,
        answer: "A result is incomplete; the panel says which.".to_owned(),
    };
    let left = centre.support_answer(&answer).await.unwrap();
    assert!(left.items.is_empty());
    let own = adviser.support_requests(&Requests {}).await.unwrap();
    let answered = own.items[0].answered.as_deref().unwrap();
    assert!(answered.contains("Imre Solway"), "{answered}");
    // It announces nothing and validates nobody.
    let all = centre.support_all_announcements(&AllAnnouncements {}).await;
    assert_eq!(code_of(all), Code::NotPermitted);
}
