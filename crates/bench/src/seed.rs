//! The court that is measured: the demo court with thousands of cases, and a
//! thousand people more, each with a session. Made once, in a process of its
//! own, and kept; a run works on a copy.

use crate::{Outcome, spawned::TODAY};
use app::{
    account::token_hash,
    caller::SignedIn,
    demo::{LEGAL_ADVISER, PROSECUTOR, PROSECUTOR_OU_CODE, SOLICITORS, caller_for},
    ports::{Append, Expected, KeptUpload, Session, StreamAppend},
};
use domain::{
    Actor, Event, Moment, Stream, StreamKind,
    account::{Account, AccountEvent, Organisation},
    case::Association,
};
use futures::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};
use server::{State, config::Config};
use sha2::{Digest, Sha256};
use std::{collections::HashSet, path::Path, time::Duration};
use uuid::Uuid;
use vocabulary::{
    AccountId, CaseId, CommandId, Group, OrganisationId, OrganisationKind, RepresentationBasis,
    SessionId, UploadId,
};

/// Counted up when what is made here changes.
pub(crate) const VERSION: u32 = 4;
/// People beyond those of the demo court.
pub(crate) const PEOPLE: usize = 1_000;
/// Of them, how many belong to each organisation that is interested in a case:
/// the prosecutor, the firm on record, and the court.
pub(crate) const INTERESTED_OF_EACH: usize = 100;
/// How many are interested in a case of [`Lists::of_the_firm`].
pub(crate) const INTERESTED: usize = 3 * INTERESTED_OF_EACH;
/// People of each other firm.
const OF_OTHER_FIRMS: usize = 4;
/// Cases on which the firm goes on record, and on which other firms do.
const CASES_OF_THE_FIRM: usize = 400;
const CASES_OF_OTHERS: usize = 6_400;
/// Prosecutors who have papers to serve.
pub(crate) const SERVING: usize = 64;
/// Papers of each.
pub(crate) const PAPERS: usize = 64;

/// The namespace of every id that is made here.
const BENCH: Uuid = Uuid::from_u128(0x3b0e_51c7_9d24_4f6a_8c31_f2a7_6de9_0b58);

/// What a run needs to know of the court.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Lists {
    /// Every case.
    pub(crate) cases: Vec<CaseId>,
    /// Cases with another firm on record: a few people are told of what is served.
    pub(crate) represented: Vec<CaseId>,
    /// Cases with the one firm on record of which many people listen.
    pub(crate) of_the_firm: Vec<CaseId>,
}

/// The token of a person. The first hundred are prosecutors, the next of the
/// firm, the next of the court; a few are of other firms, and all others of a
/// chambers that has no case.
pub(crate) fn token(person: usize) -> String {
    format!("bench-person-{person}")
}

/// A paper that a prosecutor has sent and may serve.
pub(crate) fn upload(person: usize, paper: usize) -> UploadId {
    UploadId::derived(&BENCH, &format!("upload {person} {paper}"))
}

/// Fills a record: arguments are its database, its folder, and how many cases.
pub(crate) async fn seed(arguments: &[String]) -> Outcome {
    let [database_url, folder, cases] = arguments else {
        return Err("seed-record DATABASE_URL FOLDER CASES".into());
    };
    let folder = Path::new(folder);
    let config = Config {
        database_url: database_url.clone(),
        demo: true,
        today: Some(TODAY.parse()?),
        ..Config::in_folder(folder)
    };
    let state = State::open(&config).await?;
    let options = app::demo::SeedOptions {
        cases: cases.parse()?,
        ..app::demo::SeedOptions::on(TODAY.parse()?)
    };
    tokio::select! {
        seeded = app::demo::seed(&state.app, &options) => { seeded?; }
        swept = forget_tries(&state) => swept?,
    }
    // What the seeding asked for must not be made while something is measured.
    loop {
        let made = app::document::make_waiting(&state.app).await?;
        let received = app::document::deliver_waiting(&state.app).await?;
        if made + received == 0 {
            break;
        }
    }
    associate(&state).await?;
    let mut organisations = state.app.index.organisations().await?;
    let solicitor = state.app.index.account_by_email(SOLICITORS[0]).await?;
    let firm = solicitor.ok_or("no solicitor")?.organisation;
    // The firm and the court that hears its cases are the first of their kinds.
    let court = person(LEGAL_ADVISER)?.organisation.id;
    organisations.sort_by_key(|organisation| ![firm, court].contains(&organisation.id));
    let lists = lists(&state, &organisations).await?;
    people(&state, &organisations).await?;
    state.store.checkpoint().await?;
    // The last thing made says that all of it is there.
    std::fs::write(folder.join("lists.json"), serde_json::to_vec(&lists)?)?;
    Ok(())
}

/// Forgets what is counted against people who look up many cases: in a court of
/// this size the invented ones do in seconds what real ones do in months.
async fn forget_tries(state: &State) -> Outcome {
    loop {
        for email in SOLICITORS {
            let looks = format!("find {}", person(email)?.account.id);
            state.app.work.forget_tries(&looks).await?;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn of_kind(
    organisations: &[Organisation],
    kind: OrganisationKind,
) -> impl Iterator<Item = &Organisation> {
    organisations.iter().filter(move |o| o.kind == kind)
}

async fn lists(state: &State, organisations: &[Organisation]) -> Outcome<Lists> {
    let index = &state.app.index;
    let prosecutor = of_kind(organisations, OrganisationKind::Prosecutor)
        .next()
        .ok_or("no prosecutor")?;
    let of = async |id: OrganisationId, code: Option<&str>| -> Outcome<Vec<CaseId>> {
        let found = index.cases_of(id, code, 1_000_000).await?;
        Ok(found.into_iter().map(|case| case.case_id).collect())
    };
    let cases = of(prosecutor.id, prosecutor.ou_code.as_deref()).await?;
    let mut of_the_firm = Vec::new();
    let mut of_others = HashSet::new();
    for (number, firm) in of_kind(organisations, OrganisationKind::DefenceFirm).enumerate() {
        let theirs = of(firm.id, None).await?;
        if number == 0 {
            of_the_firm = theirs;
        } else {
            of_others.extend(theirs);
        }
    }
    let the: HashSet<CaseId> = of_the_firm.iter().copied().collect();
    let mut represented: Vec<CaseId> = of_others.difference(&the).copied().collect();
    represented.sort_unstable();
    of_the_firm.retain(|case| !of_others.contains(case));
    // Of a case that another court hears, the people of this one hear nothing.
    let house = person(LEGAL_ADVISER)?.organisation.court;
    let house = house.ok_or("the legal adviser has no court")?.id;
    let mut heard_here = Vec::new();
    for some in of_the_firm.chunks(256) {
        let found = state.app.ledger.cases(some).await?;
        let here = found
            .into_iter()
            .filter(|case| case.courts.contains(&house));
        heard_here.extend(here.map(|case| case.id));
    }
    of_the_firm = heard_here;
    Ok(Lists {
        cases,
        represented,
        of_the_firm,
    })
}

/// Puts firms on record by the decision and the events of doing so; people who
/// did it one by one would be told that they look up too many cases.
async fn associate(state: &State) -> Outcome {
    let prosecutor = person(PROSECUTOR)?.organisation.id;
    let code = Some(PROSECUTOR_OU_CODE);
    let listed = state
        .app
        .index
        .cases_of(prosecutor, code, 1_000_000)
        .await?;
    let ids: Vec<CaseId> = listed.into_iter().map(|case| case.case_id).collect();
    let mut appends = Vec::new();
    for some in ids.chunks(256) {
        for case in state.app.ledger.cases(some).await? {
            let free = case.defendants.iter().all(|d| d.represented_by.is_none());
            let Some(defendant) = case.defendants.first().filter(|_| free) else {
                continue;
            };
            let email = match appends.len() {
                few if few < CASES_OF_THE_FIRM => SOLICITORS[0],
                more => SOLICITORS[1 + more % 2],
            };
            let solicitor = person(email)?;
            let wish = Association {
                defendant: defendant.charged.id,
                organisation: solicitor.organisation.id,
                organisation_name: solicitor.organisation.name.clone(),
                basis: RepresentationBasis::RepresentationOrder,
                confirmed: false,
                read_other_side: Vec::new(),
                seen: Vec::new(),
                change: None,
                instructed_on: None,
                today: state.app.chance.now().day(),
            };
            let events = domain::case::associate(&case, &wish).map_err(|no| no.message)?;
            appends.push(Append {
                command: CommandId::derived(&BENCH, &format!("associate {}", case.id)),
                moment: solicitor.moment(state.app.chance.now()),
                streams: vec![StreamAppend {
                    stream: Stream::new(StreamKind::Case, case.id.0),
                    expected: Expected::Version(case.version),
                    key: case.id.0,
                    events: events.into_iter().map(Event::Case).collect(),
                }],
                answer: serde_json::Value::Null,
            });
        }
    }
    appends.truncate(CASES_OF_THE_FIRM + CASES_OF_OTHERS);
    stream::iter(appends)
        .map(|append| state.app.ledger.append(append))
        .buffer_unordered(64)
        .try_for_each(async |_| Ok(()))
        .await?;
    Ok(())
}

/// A person of the demo court.
fn person(email: &str) -> Outcome<SignedIn> {
    let caller = caller_for(email, "").ok_or("there is no such person")?;
    Ok(caller.person()?.clone())
}

/// Opens the accounts by the events that opening one makes, and a session for each.
async fn people(state: &State, organisations: &[Organisation]) -> Outcome {
    let now = state.app.chance.now();
    let accounts: Vec<Account> = (0..PEOPLE)
        .map(|person| account(person, organisations))
        .collect();
    for (number, some) in accounts.chunks(100).enumerate() {
        let streams = some
            .iter()
            .map(|account| StreamAppend {
                stream: Stream::new(StreamKind::Account, account.id.0),
                expected: Expected::New,
                key: account.id.0,
                events: vec![Event::Account(AccountEvent::AccountOpened(account.clone()))],
            })
            .collect();
        let append = Append {
            command: CommandId::derived(&BENCH, &format!("accounts {number}")),
            moment: Moment {
                at: now,
                by: Actor::Service,
            },
            streams,
            answer: serde_json::Value::Null,
        };
        state.app.ledger.append(append).await?;
    }
    for (person, account) in accounts.iter().enumerate() {
        let session = Session {
            id: SessionId(account.id.0),
            account: account.id,
            expires_at: now.plus_seconds(365 * 24 * 60 * 60),
            password: None,
        };
        let hash = token_hash(&token(person));
        state.app.work.open_session(&session, &hash, now).await?;
        if person >= SERVING {
            continue;
        }
        for paper in 0..PAPERS {
            let id = upload(person, paper);
            let kept = KeptUpload {
                id,
                account: account.id,
                sha256: hex::encode(Sha256::digest(id.0.as_bytes())),
                bytes: 40_000,
                mime: "application/pdf".to_owned(),
            };
            state.app.work.keep_upload(&kept, now).await?;
        }
    }
    Ok(())
}

fn account(person: usize, organisations: &[Organisation]) -> Account {
    let kinds = [
        (OrganisationKind::Prosecutor, Group::Cps),
        (OrganisationKind::DefenceFirm, Group::DefenceLawyers),
        (OrganisationKind::Court, Group::LegalAdvisers),
    ];
    let (organisation, group) = match kinds.get(person / INTERESTED_OF_EACH) {
        Some((kind, group)) => (of_kind(organisations, *kind).next(), *group),
        None => {
            let mut others = of_kind(organisations, OrganisationKind::DefenceFirm).skip(1);
            match others.nth((person - INTERESTED) / OF_OTHER_FIRMS) {
                Some(firm) => (Some(firm), Group::DefenceLawyers),
                None => {
                    let mut chambers = of_kind(organisations, OrganisationKind::Chambers);
                    (chambers.next(), Group::Advocates)
                }
            }
        }
    };
    Account {
        id: AccountId::derived(&BENCH, &format!("account {person}")),
        email: format!("person{person}@bench.example.test"),
        name: format!("Person {person}"),
        role: "Measured".to_owned(),
        organisation: organisation.map_or_else(|| OrganisationId(Uuid::nil()), |o| o.id),
        groups: vec![group],
        active: true,
        life: domain::account::Life::default(),
    }
}
