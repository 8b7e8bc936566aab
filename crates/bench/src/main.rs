//! The benchmarks: `cargo xtask bench [NAME]`. Each prints one line of JSON on
//! standard output; how each round went, and what else the machine did
//! meanwhile, goes to standard error.
//!
//! A figure means nothing by itself on a machine that others use too. So each
//! benchmark measures a floor in the same run, in turns with the work: the
//! least that any program would have to do. Ratios hold where seconds do not.
//!
//! What is measured is the real server in a process of its own, over a real
//! connection. This crate is built by no test.

#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that cannot go on has nothing better to do than to end"
)]

mod access;
mod append;
mod bare;
mod deliver;
mod document;
mod enumeration;
mod ground;
mod http;
mod machine;
mod notice;
mod open;
mod postgres;
mod report;
mod revocation;
mod rounds;
mod seed;
mod sitting;
mod spawned;
#[cfg(feature = "typst")]
mod typeset;
mod upload;
mod verify;

use clap::{Parser, ValueEnum};
use ground::Database;
use std::process::ExitCode;

/// The server's own: what is measured is this program started again.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What can go wrong: told, then the run ends.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Benchmarks against floors measured in the same run.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench")]
struct Arguments {
    /// Which benchmark; all of them when left out
    name: Option<Name>,
    /// On one database only
    #[arg(long)]
    database: Option<Database>,
    /// How many cases the court has
    #[arg(long, default_value_t = 13_000)]
    cases: usize,
    /// How many deliveries are carried
    #[arg(long, default_value_t = 100_000)]
    deliveries: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Name {
    /// Durable commands through the whole stack
    Append,
    /// A case out of all, authorised
    Open,
    /// The two-page order as a tagged PDF
    Document,
    /// The same pages set by Typst
    #[cfg(feature = "typst")]
    Typst,
    /// One gibibyte, hashed and durable
    Upload,
    /// From a commit to everybody who is interested
    Notice,
    /// Deliveries on a bad day: none lost, none applied twice
    Deliver,
    /// A sentence for ten offences, shared: until all its documents are received
    Sharing,
    /// Thirty courtrooms that share at the same moment
    Crowd,
    /// Who may do what: added to a request, for a list, and compared a million times
    Access,
    /// Whether a stopwatch tells which accounts and cases there are
    Enumeration,
    /// From the end of a stolen session to its next request and its stream
    Revocation,
    /// The proof that the record is whole
    Verify,
    /// Which documents a hearing of thirty defendants calls for, and what each says
    Engine,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let outcome = runtime.block_on(async {
        // The processes that a benchmark starts are this program again.
        match arguments.get(1).map(String::as_str) {
            Some("serve-record") => spawned::serve(&arguments[2..]).await,
            Some("serve-bare") => bare::serve().await,
            Some("seed-record") => seed::seed(&arguments[2..]).await,
            _ => all(Arguments::parse()).await,
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn all(arguments: Arguments) -> Outcome {
    let wanted = |name| arguments.name.is_none_or(|only| only == name);
    machine::touch_free_memory();
    if wanted(Name::Access) {
        access::run().await?;
    }
    if wanted(Name::Document) {
        document::run().await?;
    }
    #[cfg(feature = "typst")]
    if wanted(Name::Typst) {
        typeset::run().await?;
    }
    if wanted(Name::Upload) {
        upload::run(arguments.cases).await?;
    }
    if wanted(Name::Verify) {
        verify::run(arguments.cases).await?;
    }
    if wanted(Name::Deliver) {
        deliver::run(arguments.deliveries).await?;
    }
    let sitting = [
        ("sharing", Name::Sharing),
        ("crowd", Name::Crowd),
        ("engine", Name::Engine),
    ];
    if sitting.iter().any(|(_, name)| wanted(*name)) {
        sitting::run(|own| {
            sitting
                .iter()
                .any(|(name, as_asked)| *name == own && wanted(*as_asked))
        })
        .await?;
    }
    for database in [Database::Sqlite, Database::Postgres] {
        if arguments.database.is_some_and(|only| only != database) {
            continue;
        }
        if wanted(Name::Append) {
            append::run(database, arguments.cases).await?;
        }
        if wanted(Name::Open) {
            open::run(database, arguments.cases).await?;
        }
        if wanted(Name::Enumeration) {
            enumeration::run(database, arguments.cases).await?;
        }
        if wanted(Name::Revocation) {
            revocation::run(database, arguments.cases).await?;
        }
        if wanted(Name::Notice) {
            notice::run(database, arguments.cases).await?;
        }
    }
    Ok(())
}
