//! `enumeration`: what a stopwatch tells whoever guesses. Signing in with a wrong password, to
//! an account that there is against one that there is not; asking for a case by a reference
//! that is another's against one that nothing has; finding a defendant for whom another firm is
//! on record against one whom nobody charged; asking for a new password and for a new link, for
//! an address that has an account against one that has none. The answers are compared too.
//!
//! The floor is the one that there is: a ratio of the medians that is not one would tell
//! which is which. The spread of the ratios says how much of a difference would be seen.

use crate::{
    Outcome,
    ground::{Database, Ground},
    http::Connection,
    report::{Goal, Report, median, percentile, rounded},
    rounds::{Rounds, interleaved},
    seed::{PEOPLE, token},
};
use contract::case::{Find, View};
use serde_json::json;
use sqlx::{AnyConnection, Connection as _};
use std::{cell::Cell, time::Instant};

/// Tries of each kind in a round. A password takes its time.
const SIGN_INS: usize = 24;
const FINDS: usize = 300;
/// After so many the counts of tries are swept, which otherwise would stop them.
const SWEPT_AFTER: usize = 5;
/// How far the medians may lie apart.
const APART: f64 = 0.10;

pub(crate) async fn run(database: Database, cases: usize) -> Outcome {
    let ground = Ground::open(database, cases).await?;
    sqlx::any::install_default_drivers();
    let mut sweeper = AnyConnection::connect(&ground.database_url).await?;
    let mut asker = Connection::open(&ground.server.url).await?;
    sign_in(database, &ground, &mut sweeper, &mut asker).await?;
    find(database, &ground, &mut sweeper, &mut asker).await?;
    find_defendant(database, &ground, &mut sweeper, &mut asker).await?;
    for (name, path) in LETTERS {
        letter(database, &ground, &mut sweeper, &mut asker, (name, path)).await?;
    }
    Ok(())
}

/// Letters that whoever gives an address may ask for.
const LETTERS: [(&str, &str); 2] = [
    ("enumeration_reset", "/rpc/account.request_reset"),
    ("enumeration_link", "/rpc/account.ask_again"),
];

/// A letter to an address: what is answered tells nobody whether there is an account.
async fn letter(
    database: Database,
    ground: &Ground,
    sweeper: &mut AnyConnection,
    asker: &mut Connection,
    (name, path): (&'static str, &'static str),
) -> Outcome {
    let known = app::demo::SOLICITORS;
    let unknown = known.map(|email| email.replace('@', ".nobody@"));
    let asks = |emails: &[String]| -> Vec<Vec<u8>> {
        let all = emails.iter().map(|email| json!({ "email": email }));
        all.map(|body| body.to_string().into_bytes()).collect()
    };
    let both = Both {
        name,
        path,
        token: String::new(),
        known: asks(&known.map(str::to_owned)),
        unknown: asks(&unknown),
        said: "mail",
        tries: FINDS,
    };
    both.measure(database, ground, sweeper, asker).await
}

/// A firm looks for a defendant for whom another is on record by a representation order, by
/// name and day of hearing: to it there is no such case.
async fn find_defendant(
    database: Database,
    ground: &Ground,
    sweeper: &mut AnyConnection,
    asker: &mut Connection,
) -> Outcome {
    let sign_in = json!({"email": app::demo::SOLICITORS[1], "password": "a fictional court"});
    let answer = asker
        .post("/rpc/account.sign_in", "", sign_in.to_string().into_bytes())
        .await?;
    let answer: serde_json::Value = serde_json::from_slice(&answer)?;
    let other = answer["token"].as_str().ok_or("no token came")?.to_owned();
    let mut theirs = Vec::new();
    let mut nobodys = Vec::new();
    for case_id in ground.lists.of_the_firm.iter().take(200) {
        let view = serde_json::to_vec(&View { case_id: *case_id })?;
        let seen = asker.post("/rpc/case.view", &token(0), view).await?;
        let seen: serde_json::Value = serde_json::from_slice(&seen)?;
        let free = |one: &serde_json::Value| one["represented_by"].is_null();
        let defendants = seen["defendants"].as_array().ok_or("no defendants")?;
        let day = seen["hearings"][0]["day"].as_str();
        let (Some(day), false) = (day, defendants.iter().any(free)) else {
            continue;
        };
        let name = defendants[0]["name"].as_str().ok_or("nobody is charged")?;
        let ask = |name: &str| json!({"reference": "", "name": name, "hearing_day": day, "date_of_birth": null});
        theirs.push(ask(name).to_string().into_bytes());
        // As long, and of a sound that nobody has.
        let nobody: String = name
            .chars()
            .map(|letter| if letter.is_alphabetic() { 'q' } else { letter })
            .collect();
        nobodys.push(ask(&nobody).to_string().into_bytes());
    }
    if theirs.is_empty() {
        return Err("every case has a defendant for whom nobody is on record".into());
    }
    let both = Both {
        name: "enumeration_defendant",
        path: "/rpc/defence.find",
        token: other,
        known: theirs,
        unknown: nobodys,
        said: "\"outcome\":\"none\"",
        tries: FINDS,
    };
    both.measure(database, ground, sweeper, asker).await
}

async fn sign_in(
    database: Database,
    ground: &Ground,
    sweeper: &mut AnyConnection,
    asker: &mut Connection,
) -> Outcome {
    let known = app::demo::SOLICITORS;
    let unknown = known.map(|email| email.replace('@', ".nobody@"));
    let body = |email: &str| json!({"email": email, "password": "not the password"});
    let asks = |emails: Vec<String>| -> Vec<Vec<u8>> {
        let all = emails
            .iter()
            .map(|email| body(email).to_string().into_bytes());
        all.collect()
    };
    let both = Both {
        name: "enumeration_sign_in",
        path: "/rpc/account.sign_in",
        token: String::new(),
        known: asks(known.iter().map(|&email| email.to_owned()).collect()),
        unknown: asks(unknown.into()),
        said: "wrong_password",
        tries: SIGN_INS,
    };
    both.measure(database, ground, sweeper, asker).await
}

async fn find(
    database: Database,
    ground: &Ground,
    sweeper: &mut AnyConnection,
    asker: &mut Connection,
) -> Outcome {
    let mut theirs = Vec::new();
    let mut nobodys = Vec::new();
    let ask = |reference: String| serde_json::to_vec(&Find { reference });
    for case_id in ground.lists.of_the_firm.iter().take(100) {
        let view = serde_json::to_vec(&View { case_id: *case_id })?;
        let seen = asker.post("/rpc/case.view", &token(0), view).await?;
        let seen: serde_json::Value = serde_json::from_slice(&seen)?;
        let urn = seen["urn"].as_str().ok_or("a case without a reference")?;
        theirs.push(ask(urn.to_owned())?);
        // As long, of an authority that sent nothing.
        let rest = urn.get(4..).ok_or("a short reference")?;
        nobodys.push(ask(format!("29ZZ{rest}"))?);
    }
    let both = Both {
        name: "enumeration_case",
        path: "/rpc/case.find",
        // Of a chambers that has no case.
        token: token(PEOPLE - 1),
        known: theirs,
        unknown: nobodys,
        said: "not_found",
        tries: FINDS,
    };
    both.measure(database, ground, sweeper, asker).await
}

/// Two kinds of the same question.
struct Both {
    name: &'static str,
    path: &'static str,
    token: String,
    known: Vec<Vec<u8>>,
    unknown: Vec<Vec<u8>>,
    said: &'static str,
    tries: usize,
}

impl Both {
    async fn measure(
        &self,
        database: Database,
        ground: &Ground,
        sweeper: &mut AnyConnection,
        asker: &mut Connection,
    ) -> Outcome {
        // Floor and work take turns within each round as well, so that whatever else the
        // machine does meets both: the round of the floor keeps what the work answers with.
        let measured = Cell::new(f64::NAN);
        let (mut all_known, mut all_unknown) = (Vec::new(), Vec::new());
        let mut answers = Vec::new();
        let rounds = interleaved(
            &format!("{} {}", self.name, database.as_str()),
            &ground.watched(),
            async || {
                let (mut known, mut unknown) = (Vec::new(), Vec::new());
                for number in 0..self.tries {
                    if number % SWEPT_AFTER == 0 {
                        sqlx::query("delete from tries")
                            .execute(&mut *sweeper)
                            .await?;
                    }
                    for first in [number % 2 == 0, number % 2 != 0] {
                        let asked = if first { &self.known } else { &self.unknown };
                        let body = asked[number % asked.len()].clone();
                        let begun = Instant::now();
                        let answer = asker.post(self.path, &self.token, body).await;
                        let took = begun.elapsed().as_secs_f64() * 1_000.0;
                        let said = match answer {
                            Ok(body) => String::from_utf8_lossy(&body).into_owned(),
                            Err(refused) => refused.to_string(),
                        };
                        if !said.contains(self.said) {
                            return Err(format!("{} answered {said}", self.path).into());
                        }
                        if !answers.contains(&said) {
                            answers.push(said);
                        }
                        if first {
                            known.push(took)
                        } else {
                            unknown.push(took)
                        }
                    }
                }
                all_known.extend_from_slice(&known);
                all_unknown.extend_from_slice(&unknown);
                measured.set(median(&unknown));
                Ok(median(&known))
            },
            async || Ok(measured.get()),
        )
        .await?;
        self.report(database, &rounds, &all_known, &all_unknown, answers.len());
        Ok(())
    }

    fn report(
        &self,
        database: Database,
        rounds: &Rounds,
        known: &[f64],
        unknown: &[f64],
        answers: usize,
    ) {
        let ratios = rounds.ratios();
        let ratio = median(&ratios);
        let least = ratios.iter().copied().fold(f64::INFINITY, f64::min);
        let most = ratios.iter().copied().fold(0.0, f64::max);
        Report::new(
            self.name,
            "ms",
            rounds,
            known.len() + unknown.len(),
            Goal::AtMost(1.0 + APART),
        )
        .and("ratio >= 0.9", ratio >= 1.0 - APART)
        .and("one answer", answers == 1)
        .with("database", database.as_str())
        .with("least_ratio", rounded(least))
        .with("most_ratio", rounded(most))
        .with("p90_ms", rounded(percentile(unknown, 90)))
        .with("floor_p90_ms", rounded(percentile(known, 90)))
        .print();
    }
}
