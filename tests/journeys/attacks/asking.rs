//! The table of commands and actions (`reference/access_commands.csv`): it has a row for
//! everything that the server answers, and says of each what the server is heard to ask when
//! everybody asks everything. Every other journey holds its own answers against it as well.

use super::{
    forged::{Real, ground},
    sample::{Asked, changed, requests},
};
use crate::{amending, steps::look};
use contract::{
    access::{Give, OfCase, SetSensitive, TakeBack},
    endpoints,
    hearing::{DecideAmendment, RequestApproval, UnlockResults},
};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};
use testkit::{
    TestCourt,
    asks::{AskRow, file, table},
};
use vocabulary::{AmendmentKind, CasePermission, Group, HearingId};

/// Kind, to whom it is open, and name of each line of the contract.
macro_rules! lines {
    ($(($kind:ident, $open:ident, $name:literal, $($rest:tt)*)),* $(,)?) => {
        [$((stringify!($kind), stringify!($open), $name)),*]
    };
}

/// What may stand in the third column.
const OPEN_TO: [&str; 6] = [
    "anybody",
    "own session",
    "signed in",
    "system credential",
    "code in the request",
    "this computer",
];
/// Files that name addresses.
const ROUTES: [&str; 4] = [
    "http/mod.rs",
    "http/passkey/mod.rs",
    "published/mod.rs",
    "published/registers.rs",
];

/// Addresses as the sources of the server have them: `GET /documents/{id}`.
fn addresses() -> BTreeSet<String> {
    let server = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/server/src");
    let mut found = BTreeSet::new();
    for file in ROUTES {
        let text = fs::read_to_string(server.join(file)).unwrap();
        let text = text.split("/// The metrics alone").next().unwrap();
        for route in text.split(".route(").skip(1) {
            let path = route.split('"').nth(1).unwrap();
            let after = route.split_once(&format!("\"{path}\"")).unwrap().1;
            let method = ["get(", "post(", "put("]
                .into_iter()
                .filter_map(|method| after.find(method).map(|at| (at, method)))
                .min()
                .unwrap_or_else(|| panic!("{path} has no method"))
                .1;
            let method = method.trim_end_matches('(').to_uppercase();
            found.insert(format!("{method} {path}"));
        }
    }
    found
}

#[test]
fn every_command_query_and_address_has_its_row_in_the_table_of_what_they_ask() {
    let mut rows: BTreeMap<&str, &AskRow> = BTreeMap::new();
    for row in table() {
        assert!(rows.insert(&row.name, row).is_none(), "{} twice", row.name);
        assert!(OPEN_TO.contains(&row.open_to.as_str()), "{row:?}");
        let both: Vec<_> = row.asks.intersection(&row.also).collect();
        assert!(both.is_empty(), "{}: {both:?} stands twice", row.name);
        // Whoever is signed in is asked something, or told that it is their own.
        let says = !(row.asks.is_empty() && row.besides.is_empty());
        assert!(
            says || row.open_to == "own session",
            "{} says nothing",
            row.name
        );
    }
    for (kind, open, name) in endpoints!(lines) {
        let row = rows
            .remove(name)
            .unwrap_or_else(|| panic!("{name} has no row"));
        assert_eq!(row.kind, kind, "{name}");
        let open_to = match open {
            "open" => "anybody",
            "held" => "own session",
            _ => "signed in",
        };
        assert_eq!(row.open_to, open_to, "{name}");
    }
    for address in addresses() {
        if let Some(kinds) = address.strip_suffix("/{printout}") {
            let before = rows.len();
            rows.retain(|name, _| !name.starts_with(kinds));
            assert!(before - rows.len() == 11, "{kinds}");
            continue;
        }
        assert!(
            rows.remove(address.as_str()).is_some(),
            "{address} has no row"
        );
    }
    assert!(rows.is_empty(), "there is no {:?}", rows.keys());
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_refused_where_the_table_says_so() {
    let court = TestCourt::open().await;
    let http = Client::new();
    for asked in requests() {
        let row = table().iter().find(|row| row.name == asked.name).unwrap();
        let url = format!("{}/rpc/{}", court.url, asked.name);
        let answer = http.post(url).json(&asked.body).send().await.unwrap();
        let refused = answer.status() == StatusCode::UNAUTHORIZED;
        let said: Value = answer.json().await.unwrap();
        let signed_out = refused && said["code"] == "signed_out";
        assert_eq!(signed_out, row.open_to != "anybody", "{} {said}", row.name);
    }
}

/// Somebody who asks, and asks again after what they asked ended their session.
struct Somebody<'a> {
    court: &'a TestCourt,
    http: &'a Client,
    email: String,
    token: Option<String>,
}

impl Somebody<'_> {
    async fn token(&mut self) -> Option<String> {
        if self.token.is_none() {
            let sign_in = contract::account::SignIn {
                email: self.email.clone(),
                password: self.court.config.demo_password.clone(),
            };
            let signed_in = self.court.stranger().account_sign_in(&sign_in).await.ok()?;
            self.token = Some(signed_in.token);
        }
        self.token.clone()
    }

    async fn ask(&mut self, name: &str, body: &Value) {
        let Some(token) = self.token().await else {
            return;
        };
        let url = format!("{}/rpc/{name}", self.court.url);
        let answer = self.http.post(url).json(body).bearer_auth(token);
        let answer = answer.send().await.unwrap();
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            // Whoever guesses is stopped, which other tests are about.
            let later = self.court.state.app.chance.now().plus_seconds(1);
            let work = &self.court.state.app.work;
            work.sweep_tries(later, later).await.unwrap();
        }
        let ended = matches!(answer.status().as_u16(), 401 | 423) || name == "account.lock";
        assert!(answer.status().as_u16() < 500, "{} {name}", self.email);
        if ended {
            self.token = None;
        }
    }

    async fn get(&mut self, path: &str) {
        let Some(token) = self.token().await else {
            return;
        };
        let url = format!("{}{path}", self.court.url);
        let answer = self.http.get(url).bearer_auth(token).send().await.unwrap();
        assert!(answer.status().as_u16() < 500, "{} {path}", self.email);
    }
}

/// The bodies of a request: in form, and with real ids in it.
fn bodies(asked: &Asked, real: &Real) -> Vec<Value> {
    let body = changed(&asked.body, &|name, _| {
        let ids = real.get(name)?;
        Some(ids[0].clone().into())
    });
    match body == asked.body {
        true => vec![body],
        false => vec![asked.body.clone(), body],
    }
}

/// What shows cases beside others asks whether they may be opened, if one is sensitive.
const BESIDE_OTHERS: [&str; 7] = [
    "account.current",
    "delivery.reconcile",
    "hearing.day_list",
    "notice.list",
    "notice.mark_read",
    "organisation.person",
    "organisation.who_opens",
];
/// What is not heard whole in this court, and the journey that asks it where it is: alarms, sensitive
/// cases in registers and in questions to the service centre, documents that wait for Welsh, proving
/// anew, a leaver who may go. Each is
/// held against the table and against that journey.
const HEARD_ELSEWHERE: [(&str, &str); 18] = [
    ("account.prove", "signing_in/proofs.rs"),
    ("account.end_passkey_proof", "signing_in/passkeys/using.rs"),
    ("alarm.came_back", "alarms.rs"),
    ("alarm.list", "veil/told.rs"),
    ("alarm.settle", "alarms.rs"),
    ("alarm.take", "alarms.rs"),
    ("alarm.take_day", "alarms/nightly.rs"),
    ("hearing.also_listed", "together.rs"),
    ("organisation.leave", "people/leaving.rs"),
    ("prosecution.assign_list", "defence/prosecution.rs"),
    ("GET /printouts/court-register", "printouts.rs"),
    ("GET /printouts/youth-register", "veil/lists.rs"),
    ("support.answer", "people/support.rs"),
    ("support.ask", "people/support.rs"),
    ("support.requests", "people/support.rs"),
    ("support.waiting", "people/support.rs"),
    ("translation.list", "welsh.rs"),
    ("translation.take", "welsh.rs"),
];

/// What is wrong with [`HEARD_ELSEWHERE`]: a name that the table has not, or of which nothing is
/// left to be heard elsewhere, or that is not asked where it says.
fn excused_in_vain(unheard: &BTreeMap<&str, Vec<&str>>) -> Vec<String> {
    let mut found = Vec::new();
    for (name, journey) in HEARD_ELSEWHERE {
        match unheard.get(name) {
            None => found.push(format!("{name} is excused and has no row")),
            Some(never) if never.is_empty() => {
                found.push(format!("{name} is excused, and all of it is heard here"));
            }
            Some(_) => {}
        }
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/journeys/");
        let text = fs::read_to_string(format!("{file}{journey}")).unwrap();
        let asked = match name.strip_prefix("GET /printouts/") {
            Some(printout) => printout.to_owned(),
            None => format!(".{}(", name.replace('.', "_")),
        };
        if !text.contains(&asked) {
            found.push(format!("{name} is not asked in {journey}"));
        }
    }
    found
}

/// An amendment that somebody else approves, and one that is unlocked.
async fn amended(court: &TestCourt, hearing_id: HearingId) {
    let adviser = court.as_legal_adviser().await;
    let other = court.sign_in("bryn.calder@court.example.test").await;
    let kind = AmendmentKind::UserError;
    let seen = amending::begin(&adviser, hearing_id, kind).await.unwrap();
    let term = amending::term(&seen, "8 months");
    let typed = amending::typed(&adviser, &seen, term).await;
    let ask = RequestApproval {
        hearing_id,
        version: typed.version,
        revision: typed.draft.revision,
    };
    adviser.hearing_request_approval(&ask).await.unwrap();
    let seen = look(&other, hearing_id).await;
    let decide = DecideAmendment {
        hearing_id,
        version: seen.version,
        approve: false,
        why: Some("The bench said nine.".to_owned()),
    };
    other.hearing_decide_amendment(&decide).await.unwrap();
    let seen = amending::begin(&adviser, hearing_id, kind).await.unwrap();
    look(&other, hearing_id).await;
    let unlock = UnlockResults {
        hearing_id,
        version: seen.version,
        why: "She has gone home.".to_owned(),
    };
    other.hearing_unlock_results(&unlock).await.unwrap();
}

/// Cases are found by reference, name and day; what the agency is told is read from its
/// beginning.
async fn found_by_name(court: &TestCourt, http: &Client, real: &Real, people: &[String]) {
    let adviser = court.as_legal_adviser().await;
    let hearing_id = real["hearing_id"][0].parse().unwrap();
    let name = look(&adviser, hearing_id).await.defendants[0].name.clone();
    let find = json!({
        "reference": app::demo::PATH_URN,
        "name": name,
        "hearing_day": court.today().to_string(),
        "date_of_birth": null,
    });
    let all = requests();
    let change = all.iter().find(|one| one.name == "defence.change");
    let change = changed(&change.unwrap().body, &|name, _| find.get(name).cloned());
    let firms = [
        "iris.thorne@thornevale.example.test",
        "joel.hart@hartfieldlaw.example.test",
    ];
    let firms = firms.map(str::to_owned);
    for email in people.iter().chain(&firms) {
        let mut somebody = Somebody {
            court,
            http,
            email: email.clone(),
            token: None,
        };
        somebody.ask("defence.find", &find).await;
        somebody.ask("defence.change", &change).await;
    }
}

/// The case is sensitive, and somebody has permission on it for a moment.
async fn made_sensitive(court: &TestCourt, real: &Real) {
    let case_id = real["case_id"][0].parse().unwrap();
    let controller = court.sign_in("delia.frome@court.example.test").await;
    let sensitive = SetSensitive {
        case_id,
        sensitive: true,
        reason: "A witness is protected.".to_owned(),
    };
    // Somebody may have made it so already.
    let _ = controller.access_set_sensitive(&sensitive).await;
    let give = Give {
        case_id,
        email: "osric.penhale@court.example.test".to_owned(),
        permission: CasePermission::ALL[0],
        defendant_id: None,
        until: None,
        reason: "He hears it.".to_owned(),
    };
    let given = controller.access_give(&give).await.unwrap();
    controller
        .access_of_case(&OfCase {
            case: app::demo::PATH_URN.to_owned(),
        })
        .await
        .unwrap();
    for own in given.permissions {
        let back = TakeBack {
            case_id,
            account_id: own.account_id,
            defendant_id: own.defendant_id,
            reason: "He is away.".to_owned(),
        };
        controller.access_take_back(&back).await.unwrap();
    }
}

/// Of everybody that there is, those whose asking comes to different ends.
const EVERYBODY: [Group; 16] = [
    Group::LegalAdvisers,
    Group::CourtAdministrators,
    Group::Judge,
    Group::Deputies,
    Group::Cps,
    Group::DefenceLawyers,
    Group::Advocates,
    Group::ChambersClerk,
    Group::PrisonAdmin,
    Group::YouthOffending,
    Group::LegalAidAgency,
    Group::Auditors,
    Group::AccessController,
    Group::OrganisationAdministrator,
    Group::Media,
    Group::SystemAdministrators,
];

/// One of each of them.
async fn people(court: &TestCourt) -> Vec<String> {
    let mut accounts = court.state.app.index.accounts().await.unwrap();
    accounts.sort_by(|a, b| a.email.cmp(&b.email));
    let mut people = Vec::new();
    for group in EVERYBODY {
        let mut own = accounts.iter().filter(|one| one.groups.contains(&group));
        people.extend(own.next().map(|one| one.email.clone()));
    }
    people.sort();
    people.dedup();
    people
}

fn printouts(real: &Real, day: &str) -> Vec<String> {
    let one = |name: &str| real[name][0].clone();
    let (case, defendant) = (one("case_id"), one("defendant_id"));
    let mut all = Vec::new();
    for kind in ["public-list", "standard-list", "bench-list", "prison-list"] {
        all.push(format!("{kind}.{}.{day}", one("court_id")));
    }
    for kind in ["court-register", "youth-register"] {
        all.push(format!("{kind}.{}.{day}", one("court_id")));
    }
    all.push(format!("informant-register.{}.{day}", one("authority")));
    all.push(format!("extract.{case}.{defendant}"));
    all.push(format!("memorandum.{case}.{defendant}"));
    all.push(format!("receipt.{}", one("material_id")));
    all.push(format!("document-receipt.{}", one("document_id")));
    all
}

#[tokio::test]
async fn what_each_command_asks_is_what_the_table_says_when_everybody_asks_everything() {
    let (court, mut real) = ground().await;
    amended(&court, real["hearing_id"][0].parse().unwrap()).await;
    let organisations = court.state.app.index.organisations().await.unwrap();
    let sitting = organisations
        .iter()
        .find(|one| one.ou_code.as_deref() == Some("B29AM00"));
    let sitting = sitting.and_then(|one| one.court.as_ref()).unwrap();
    real.insert("court_id", vec![sitting.id.to_string()]);
    real.insert("courtroom_id", vec![sitting.rooms[0].0.to_string()]);
    let authority = organisations
        .iter()
        .find(|one| one.kind == vocabulary::OrganisationKind::Prosecutor);
    real.insert("authority", vec![authority.unwrap().id.to_string()]);
    let http = Client::new();
    let day = court.today().to_string();
    real.insert("reference", vec![app::demo::PATH_URN.to_owned()]);
    real.insert("hearing_day", vec![day.clone()]);
    let people = people(&court).await;
    found_by_name(&court, &http, &real, &people).await;
    for email in people.clone() {
        let mut somebody = Somebody {
            court: &court,
            http: &http,
            email,
            token: None,
        };
        for asked in requests() {
            for body in bodies(&asked, &real) {
                somebody.ask(asked.name, &body).await;
            }
        }
        for printout in printouts(&real, &day) {
            somebody.get(&format!("/printouts/{printout}")).await;
        }
        for (path, ids) in [("materials", "material_id"), ("documents", "document_id")] {
            somebody.get(&format!("/{path}/{}", real[ids][0])).await;
        }
    }
    made_sensitive(&court, &real).await;
    for email in people {
        let mut somebody = Somebody {
            court: &court,
            http: &http,
            email,
            token: None,
        };
        for asked in requests() {
            if BESIDE_OTHERS.contains(&asked.name) {
                for body in bodies(&asked, &real) {
                    somebody.ask(asked.name, &body).await;
                }
            }
        }
        let all = json!({ "before": null });
        somebody.ask("legal_aid.messages", &all).await;
    }
    let heard = court.state.app.asks.all();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        write(&heard);
        // What is held is what was read before.
        std::process::exit(0);
    }
    let mut untrue = testkit::asks::untrue(&heard);
    let mut unheard = BTreeMap::new();
    for row in table() {
        let ever = heard.get(&row.name).map(|own| own.ever.clone());
        let ever: BTreeSet<_> = ever.unwrap_or_default().into_iter().collect();
        let never: Vec<&str> = row
            .asks
            .union(&row.also)
            .filter(|action| !ever.contains(action))
            .map(|action| action.as_str())
            .collect();
        let elsewhere = HEARD_ELSEWHERE.iter().any(|(name, _)| *name == row.name);
        if !never.is_empty() && !elsewhere {
            untrue.push(format!("{} never asked {never:?}", row.name));
        }
        unheard.insert(row.name.as_str(), never);
    }
    untrue.extend(excused_in_vain(&unheard));
    assert!(untrue.is_empty(), "{untrue:#?}");
}

/// Writes what was heard into the table, to be read and reviewed there.
fn write(heard: &BTreeMap<String, app::AsksOf>) {
    let text = fs::read_to_string(file()).unwrap();
    let mut lines = text.lines();
    let mut written = vec![lines.next().unwrap().to_owned()];
    for (line, row) in lines.zip(table()) {
        let Some(own) = heard.get(&row.name) else {
            written.push(line.to_owned());
            continue;
        };
        let always: BTreeSet<_> = match own.answers {
            0 => row.asks.clone(),
            _ => own.always.iter().copied().collect(),
        };
        let names = |actions: Vec<access::Action>| {
            let names: Vec<&str> = actions.iter().map(|action| action.as_str()).collect();
            names.join("; ")
        };
        let also = own.ever.iter().copied().filter(|one| !always.contains(one));
        written.push(format!(
            "{},{},{},{},{},{}",
            row.name,
            row.kind,
            row.open_to,
            names(always.iter().copied().collect()),
            names(also.collect()),
            row.besides
        ));
    }
    fs::write(file(), written.join("\n") + "\n").unwrap();
}
