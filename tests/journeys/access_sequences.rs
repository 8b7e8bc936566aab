//! Whatever is given, taken back, associated, made sensitive or changed about people, whoever
//! is suspended, moves or leaves, in whatever order: nobody reads a paper whose section or side
//! excludes them, and everybody reads what is theirs, from the very next request on. A simple
//! model, written apart from the policies, says what each should get; the real server is asked
//! after every step, for the bytes, for the list of papers, by the reference, and for notices.

mod model;
mod team;

use crate::steps::{find, pdf};
use client::{Bytes, CancellationToken};
use contract::{
    Code,
    access::{BreakGlass, Give, Openings, Review, SetSensitive, TakeBack},
    case::{Find, List, MarkSeen, View},
    defence::Associate,
    material::Serve,
    notice,
    organisation::Leave,
};
use domain::{
    Actor, Event, Moment, Stream, StreamKind,
    account::{Account, AccountEvent},
    case::Case,
};
use model::{Model, Paper, Person};
use std::collections::BTreeSet;
use testkit::TestCourt;
use vocabulary::{
    CaseId, CasePermission, CommandId, DefendantId, Group, MaterialId, OpeningKind,
    OrganisationKind, RepresentationBasis, UploadId, Urn,
};

const STEPS: usize = 150;
const ADMINISTRATOR: &str = "bryn.calder@court.example.test";
const CONTROLLER: &str = "delia.frome@court.example.test";

/// The people who are watched. The first four are of the court that hears the case, the last
/// three two barristers and a clerk of the same chambers.
const PEOPLE: [&str; 12] = [
    "imogen.vasey@court.example.test",
    "ada.wren@court.example.test",
    "osric.penhale@court.example.test",
    "helena.strand@court.example.test",
    "rafe.oduya@court.example.test",
    "kofi.marsh@cps-ashmere.example.test",
    "iris.thorne@thornevale.example.test",
    "joel.hart@hartfieldlaw.example.test",
    "mina.oak@fallowdene.example.test",
    "rosalind.quaye@fivewells.example.test",
    "peregrine.asante@fivewells.example.test",
    "orla.finch@fivewells.example.test",
];

/// Roles that somebody of a court may come to have.
const ROLES: [Group; 6] = [
    Group::Deputies,
    Group::LegalAdvisers,
    Group::Magistrates,
    Group::DistrictJudge,
    Group::CtscAdmin,
    Group::ListingOfficers,
];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % sides
    }
}

async fn people(court: &TestCourt, case: &Case) -> Vec<Person> {
    let index = &court.state.app.index;
    let mut people = Vec::new();
    for email in PEOPLE {
        let account = index.account_by_email(email).await.unwrap().unwrap();
        let organisation = index
            .organisation(account.organisation)
            .await
            .unwrap()
            .unwrap();
        people.push(Person {
            client: court.sign_in(email).await,
            kind: organisation.kind,
            own_court: organisation
                .court
                .is_some_and(|own| case.courts.contains(&own.id)),
            prosecutes: organisation.ou_code.as_ref() == Some(&case.prosecutor.ou_code),
            active: true,
            gone: false,
            told: BTreeSet::new(),
            account,
        });
    }
    people
}

/// A case with several defendants, if there is one.
async fn chosen(court: &TestCourt) -> (CaseId, Urn) {
    let adviser = court.sign_in(PEOPLE[1]).await;
    let list = adviser.case_list(&List {}).await.unwrap();
    let most = list
        .cases
        .into_iter()
        .max_by_key(|case| case.defendants.len());
    let case = most.expect("a case");
    (find(&adviser, case.urn.as_str()).await, case.urn)
}

/// Something becomes of an account, as the record has it: the sessions stay, so that it is the
/// record alone that closes.
async fn becomes(court: &TestCourt, account: &Account, event: AccountEvent) {
    let append = app::ports::Append {
        command: CommandId(uuid::Uuid::now_v7()),
        moment: Moment {
            at: court.chance().now(),
            by: Actor::Service,
        },
        streams: vec![app::ports::StreamAppend {
            stream: Stream::new(StreamKind::Account, account.id.0),
            expected: app::ports::Expected::Any,
            key: account.id.0,
            events: vec![Event::Account(event)],
        }],
        answer: serde_json::Value::Null,
    };
    court.state.app.ledger.append(append).await.unwrap();
}

/// Walks, and says how many papers there were in the end, and what was done.
async fn walk(seed: u64) -> (usize, Vec<String>) {
    let court = TestCourt::open().await;
    let (case_id, urn) = chosen(&court).await;
    let case = court.state.app.ledger.case(case_id).await.unwrap().unwrap();
    let mut people = people(&court, &case).await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let controller = court.sign_in(CONTROLLER).await;
    let staff = court.as_administrator().await;
    let mut model = Model::default();
    for defendant in &case.defendants {
        let firm = defendant
            .represented_by
            .as_ref()
            .map(|own| own.organisation);
        model.represented.insert(defendant.charged.id, firm);
    }
    for paper in &case.materials {
        model.papers.push(Paper {
            id: paper.id,
            name: paper.name.clone(),
            section: paper.section.clone(),
            defendant: paper.defendant_id,
        });
    }
    let firms: [_; 2] = [6, 7].map(|at: usize| people[at].account.organisation);
    let defendants: Vec<DefendantId> = model.represented.keys().copied().collect();
    let sections: Vec<_> = court.state.app.catalogue.sections.clone();
    let ground = team::Ground {
        case_id,
        urn: urn.clone(),
        day: crate::steps::view(&people[1].client, case_id)
            .await
            .hearings[0]
            .day,
        today: court.today(),
        firms,
        defendants: case
            .defendants
            .iter()
            .map(|own| (own.charged.id, own.charged.party.name()))
            .collect(),
        agency: court.as_legal_aid().await,
    };
    let mut dice = Dice(seed);
    let mut done: Vec<String> = Vec::new();
    let reason = || "A step of this sequence.".to_owned();
    let mut turns = 0;
    for step in 0..STEPS {
        let doing = match dice.roll(22 + team::DOINGS) {
            doing @ ..16 => doing,
            // Each in its turn, so that all of them happen.
            doing if doing < 16 + team::DOINGS => {
                turns += 1;
                16 + turns % team::DOINGS
            }
            // Without papers there is nothing to keep from anybody.
            _ => 8,
        };
        // Mostly somebody who could; now and then anybody.
        let likely = match doing {
            0 | 1 => 0..12,
            7 | 12 => 0..5,
            3 => 0..6,
            5 => 6..8,
            6 | 8 | 9 | 13..=15 => 5..8,
            11 => 6..8,
            16.. => team::likely(doing - 16),
            _ => 0..people.len(),
        };
        let at = match dice.roll(4) {
            0 => dice.roll(people.len()),
            _ => likely.start + dice.roll(likely.len()),
        };
        let whom = people[at].account.clone();
        // Whoever is suspended is let in again before long, or nothing would happen.
        let doing = match people[at].active || people[at].gone {
            true => doing,
            false => 10,
        };
        let what = match doing {
            0 => {
                let give = Give {
                    case_id,
                    email: whom.email.clone(),
                    permission: CasePermission::Access,
                    defendant_id: None,
                    until: None,
                    reason: reason(),
                };
                let given = administrator.access_give(&give).await.is_ok();
                let as_court = people[at].kind == OrganisationKind::Court;
                let own = (whom.id, whom.organisation);
                let prosecutes = people[at].prosecutes || model.prosecutes_by_role(&people[at]);
                let has = match as_court {
                    true => model.permitted.contains(&whom.id),
                    false => model.permitted_for_prosecution.contains(&own),
                };
                let may = people[at].active && (as_court || prosecutes) && !has;
                assert_eq!(given, may, "{}: {done:#?}", whom.name);
                if given && as_court {
                    model.permitted.insert(whom.id);
                } else if given {
                    let of = &mut model.permitted_for_prosecution;
                    of.retain(|(own, _)| *own != whom.id);
                    model.permitted_for_prosecution.insert(own);
                }
                let side = if as_court { "" } else { " to prosecute" };
                format!("{} is given permission{side}: {given}", whom.name)
            }
            1 => {
                let back = TakeBack {
                    case_id,
                    account_id: whom.id,
                    defendant_id: None,
                    reason: reason(),
                };
                let taken = administrator.access_take_back(&back).await.is_ok();
                let for_prosecution = model.permitted_for_prosecution.len();
                let of = &mut model.permitted_for_prosecution;
                of.retain(|(own, _)| *own != whom.id);
                let had = model.permitted.remove(&whom.id)
                    || model.permitted_for_prosecution.len() < for_prosecution;
                assert_eq!(taken, had, "{done:#?}");
                format!("permission is taken back from {}: {taken}", whom.name)
            }
            2 => {
                model.sensitive = !model.sensitive;
                let set = SetSensitive {
                    case_id,
                    sensitive: model.sensitive,
                    reason: reason(),
                };
                controller.access_set_sensitive(&set).await.unwrap();
                format!("the case is sensitive: {}", model.sensitive)
            }
            3 => {
                let glass = BreakGlass {
                    case_id,
                    reason: reason(),
                };
                let broken = people[at].client.access_break_glass(&glass).await.is_ok();
                if broken && model.sensitive {
                    model.reasoned.insert(whom.id);
                } else if broken {
                    model.stated.insert(whom.id);
                }
                format!("{} breaks the glass: {broken}", whom.name)
            }
            4 => {
                let waiting = controller.access_openings(&Openings {}).await.unwrap();
                let justified = dice.roll(2) == 0;
                for opening in &waiting.openings {
                    let review = Review {
                        opening_id: opening.opening_id,
                        justified,
                        note: reason(),
                    };
                    // Nobody reviews their own: the controller let it be as others are.
                    let reviewer = match opening.kind {
                        OpeningKind::Lifted => &administrator,
                        OpeningKind::Glass | OpeningKind::Area => &controller,
                    };
                    reviewer.access_review(&review).await.unwrap();
                    if opening.kind == OpeningKind::Lifted {
                        // What was opened to everybody is closed to everybody again.
                        model.sensitive |= !justified;
                        continue;
                    }
                    let of = people.iter().find(|own| own.account.name == opening.name);
                    if !justified {
                        let of = of.unwrap().account.id;
                        model.reasoned.remove(&of);
                        model.stated.remove(&of);
                    }
                }
                format!(
                    "{} openings are reviewed: {justified}",
                    waiting.openings.len()
                )
            }
            5 => {
                let defendant_id = defendants[dice.roll(defendants.len())];
                let associate = Associate {
                    case_id,
                    defendant_id,
                    basis: RepresentationBasis::Private,
                    instructed_on: None,
                    confirmed: true,
                };
                let on = people[at]
                    .client
                    .defence_associate(&associate)
                    .await
                    .is_ok();
                if on {
                    let firm = Some(whom.organisation);
                    assert_eq!(model.represented.insert(defendant_id, firm), Some(None));
                }
                format!("{} goes on record: {on}", whom.name)
            }
            6 | 8 | 9 | 13..=15 => {
                let file = pdf(64);
                let upload_id = UploadId(uuid::Uuid::now_v7());
                let client = &people[at].client;
                let sent = client
                    .upload(file.path(), upload_id, |_, _| {}, &CancellationToken::new())
                    .await;
                // Mostly a section into which people of these roles serve.
                let groups = &whom.groups;
                let uploads = |by: &String| groups.iter().any(|group| by == group.as_str());
                let theirs: Vec<_> = sections
                    .iter()
                    .filter(|section| section.uploaders.iter().any(uploads))
                    .collect();
                let section = match dice.roll(4) {
                    1.. if !theirs.is_empty() => theirs[dice.roll(theirs.len())],
                    _ => &sections[dice.roll(sections.len())],
                };
                let defendant = defendants.get(dice.roll(defendants.len() + 1)).copied();
                let name = format!("step {step}.pdf");
                let serve = Serve {
                    case_id,
                    defendant_id: defendant,
                    section: section.name.clone(),
                    name: name.clone(),
                    upload_id,
                };
                let mut served = None;
                if sent.is_ok() {
                    served = client.material_serve(&serve).await.ok();
                }
                if let Some(served) = &served {
                    model.papers.push(Paper {
                        id: served.material_id,
                        name,
                        section: section.name.clone(),
                        defendant,
                    });
                }
                format!(
                    "{} serves {}: {}",
                    whom.name,
                    section.code,
                    served.is_some()
                )
            }
            10 | 12 if people[at].gone => continue,
            10 => {
                let account = whom.id;
                people[at].active = !people[at].active;
                let event = match people[at].active {
                    true => AccountEvent::AccountReactivated { account },
                    false => AccountEvent::AccountSuspended {
                        account,
                        by_service: false,
                    },
                };
                becomes(&court, &whom, event).await;
                format!("{} is active: {}", whom.name, people[at].active)
            }
            // To the other of two firms, and what was theirs as one of the first stays there.
            11 if people[at].kind == OrganisationKind::DefenceFirm => {
                let organisation = *firms.iter().find(|own| **own != whom.organisation).unwrap();
                let account = whom.id;
                people[at].account.organisation = organisation;
                let event = AccountEvent::AccountMoved {
                    account,
                    organisation,
                };
                becomes(&court, &whom, event).await;
                format!("{} moves to the other firm", whom.name)
            }
            12 if people.iter().filter(|own| own.gone).count() < 2 => {
                let account_id = whom.id;
                people[at].active = false;
                people[at].gone = true;
                // By the action, with which what they were given ends; or by the record alone,
                // which leaves it and the session.
                let acted = dice.roll(2) == 0;
                if acted {
                    let leave = Leave {
                        account_id,
                        colleague: None,
                        with_roles: false,
                    };
                    staff.organisation_leave(&leave).await.unwrap();
                    model.permitted.remove(&account_id);
                    let of = &mut model.permitted_for_prosecution;
                    of.retain(|(own, _)| *own != account_id);
                    model.team.left(account_id);
                } else {
                    let event = AccountEvent::AccountLeft {
                        account: account_id,
                        handed_to: None,
                    };
                    becomes(&court, &whom, event).await;
                }
                format!("{} leaves, with what they were given: {acted}", whom.name)
            }
            11 | 12 => continue,
            16.. => {
                let doing = (doing - 16, at);
                team::step(&ground, doing, &people, &mut model, &mut dice).await
            }
            _ => {
                // Opened anew an account would be active again.
                if people[at].kind != OrganisationKind::Court || !people[at].active {
                    continue;
                }
                let group = ROLES[dice.roll(ROLES.len())];
                people[at].account.groups = vec![group];
                let opened = AccountEvent::AccountOpened(people[at].account.clone());
                becomes(&court, &whom, opened).await;
                format!("{} becomes one of {group}", whom.name)
            }
        };
        done.push(what);
        check(&court, &mut people, &model, (case_id, &urn), &done).await;
    }
    (model.papers.len(), done)
}

async fn check(
    court: &TestCourt,
    people: &mut [Person],
    model: &Model,
    (case_id, urn): (CaseId, &Urn),
    done: &[String],
) {
    for person in people {
        let wanted: BTreeSet<MaterialId> = model
            .papers
            .iter()
            .filter(|paper| model.reads(court, person, paper))
            .map(|paper| paper.id)
            .collect();
        let context = || format!("{}, after {done:#?}", person.account.name);
        // The list of papers, as far as the case opens.
        let opens = match person.client.case_view(&View { case_id }).await {
            Ok(view) => {
                let listed: BTreeSet<MaterialId> =
                    view.materials.iter().map(|m| m.material_id).collect();
                assert_eq!(listed, wanted, "{}", context());
                let version = view.version;
                let seen = MarkSeen { case_id, version };
                person.client.case_mark_seen(&seen).await.unwrap();
                true
            }
            Err(refused) => {
                assert!(wanted.is_empty(), "{refused:?} {}", context());
                refused.code == Code::ReasonNeeded
            }
        };
        // No list names it to whom it does not open.
        if let Ok(list) = person.client.case_list(&List {}).await {
            let listed = list.cases.iter().any(|own| own.case_id == case_id);
            assert!(!listed || opens, "listed to {}", context());
        }
        // The bytes: of those served last, and of two others.
        let papers = model
            .papers
            .iter()
            .rev()
            .take(2)
            .chain(model.papers.iter().take(2));
        for paper in papers {
            let got = person
                .client
                .download(Bytes::Material, &paper.id.to_string())
                .await;
            assert_eq!(
                got.is_ok(),
                wanted.contains(&paper.id),
                "{}: {}",
                paper.name,
                context()
            );
        }
        // The search gives nothing to whom nothing is open.
        let reference = urn.to_string();
        match person.client.case_find(&Find { reference }).await {
            Ok(_) => {}
            // Whoever looks too often is told so, whatever there is.
            Err(problem) if problem.code == Code::TooManyTries => {}
            Err(_) => assert!(wanted.is_empty(), "{}", context()),
        }
        // Nobody is told of a paper that they may not read.
        let notices = person.client.notice_list(&notice::List {}).await;
        if !person.active {
            assert_eq!(notices.unwrap_err().code, Code::SignedOut, "{}", context());
            continue;
        }
        let notices = notices.unwrap();
        // Nor of anything in a case that they do not open, however long ago it was told.
        let leads = notices
            .items
            .iter()
            .find(|own| own.case_id == Some(case_id));
        let at_court = person.kind == OrganisationKind::Court;
        assert!(
            at_court || opens || leads.is_none(),
            "{leads:?}, {}",
            context()
        );
        for notice in notices.items {
            if !person.told.insert(notice.notice_id.to_string()) {
                continue;
            }
            let of = model
                .papers
                .iter()
                .find(|paper| notice.body.contains(&paper.name));
            if let Some(paper) = of {
                assert!(wanted.contains(&paper.id), "{}: {}", notice.body, context());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_sequence_of_changes_opens_a_paper_to_somebody_whom_it_excludes() {
    let (mut papers, mut done) = (0, Vec::new());
    for seed in [0x9e37_79b9_7f4a_7c15, 0x2545_f491_4f6c_dd1d] {
        let (more, steps) = walk(seed).await;
        papers += more;
        done.extend(steps);
    }
    assert!(
        papers > 12,
        "too little happened: {papers} papers, {done:#?}"
    );
    for wanted in [
        "is active: false",
        "is active: true",
        "moves to the other firm",
        "leaves, with what they were given: true",
        "leaves, with what they were given: false",
        "is given permission: true",
        "is given permission to prosecute: true",
    ] {
        let happened = done.iter().any(|step| step.contains(wanted));
        assert!(happened, "nobody {wanted}: {done:#?}");
    }
    for wanted in [
        "gives access to",
        "instructs",
        "takes access back",
        "ends an instruction",
        "assigns the case to",
        "takes the case from an advocate",
        "an order is made",
        "an order is withdrawn",
        "off record",
        "gives notice of change for",
    ] {
        let of = |step: &&String| step.contains(wanted) && step.ends_with(": true");
        let happened = done.iter().find(of);
        assert!(happened.is_some(), "nobody {wanted}: {done:#?}");
    }
}
