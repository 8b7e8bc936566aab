//! `enumeration`: what a stopwatch tells whoever guesses. Signing in with a wrong password, to
//! an account that there is against one that there is not; asking for a case by a reference
//! that is another's against one that nothing has. The answers are compared too.
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
const SIGN_INS: usize = 60;
const FINDS: usize = 600;
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
    find(database, &ground, &mut sweeper, &mut asker).await
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
                        let said = answer.err().ok_or("it was let in")?.to_string();
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
