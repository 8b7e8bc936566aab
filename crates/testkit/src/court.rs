//! A whole court for one test: the real server on a loopback port, on a record
//! and a folder of its own, with the demo people and role-typed clients.

use app::ports::Chance;
use client::Client;
use contract::account::SignIn;
use server::{Running, State, config::Config};
use std::path::Path;
use store::{Faults, Settings, Store};
use tempfile::TempDir;
use vocabulary::{Day, Group};

/// How a court is set up.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The day in court.
    pub today: Day,
    /// How many cases.
    pub cases: usize,
    /// The database; none means SQLite in the court's own folder.
    pub database_url: Option<String>,
    /// What else is configured.
    pub configure: fn(&mut Config),
    /// What stands in for a part of the server, from when it is served on.
    pub prepare: fn(&mut State),
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            // A Monday in term; any day does, the same for every test.
            today: "2026-11-23".parse().expect("a day"),
            cases: 12,
            database_url: None,
            configure: |_| {},
            prepare: |_| {},
        }
    }
}

/// A court that runs for one test.
pub struct TestCourt {
    /// Where it serves.
    pub url: String,
    /// Where it answers with the metrics alone, if it does.
    pub metrics: Option<std::net::SocketAddr>,
    /// Its inside, for what no client can see.
    pub state: State,
    /// Failures to come, of the store and the object store.
    pub faults: Faults,
    /// How it is set up; start another over the same folder to see what survives.
    pub config: Config,
    folder: Option<TempDir>,
    running: Option<Running>,
}

impl TestCourt {
    /// A court on SQLite with a few cases.
    pub async fn open() -> Self {
        Self::with(Setting::default()).await
    }

    /// A court as set.
    pub async fn with(setting: Setting) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config {
            listen: "127.0.0.1:0".to_owned(),
            demo: true,
            today: Some(setting.today),
            ..Config::in_folder(folder.path())
        };
        if let Some(url) = setting.database_url {
            config.database_url = url;
        }
        (setting.configure)(&mut config);
        let faults = Faults::default();
        let mut state = open(&config, &faults).await;
        let options = app::demo::SeedOptions {
            cases: setting.cases,
            ..app::demo::SeedOptions::on(setting.today)
        };
        app::demo::seed(&state.app, &options)
            .await
            .expect("the court is seeded");
        (setting.prepare)(&mut state);
        let mut court = Self::serve(state, config, faults).await;
        court.folder = Some(folder);
        court
    }

    async fn serve(state: State, config: Config, faults: Faults) -> Self {
        let running = server::serve(state.clone(), &config)
            .await
            .expect("it serves");
        Self {
            url: config.spoken_to_at(&running.address.to_string()),
            metrics: running.metrics,
            state,
            faults,
            config,
            folder: None,
            running: Some(running),
        }
    }

    /// Ends the server and starts it again over the same record.
    pub async fn restarted(mut self) -> Self {
        let folder = self.folder.take();
        let (config, faults) = (self.config.clone(), self.faults.clone());
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
        drop(self);
        let state = open(&config, &faults).await;
        let mut court = Self::serve(state, config, faults).await;
        court.folder = folder;
        court
    }

    /// Another server on the same record.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn beside(&self) -> Self {
        let state = open(&self.config, &self.faults).await;
        Self::serve(state, self.config.clone(), self.faults.clone()).await
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_ref().map(TempDir::path)
    }

    /// Today in court.
    #[must_use]
    pub fn today(&self) -> Day {
        self.state.app.chance.now().day()
    }

    /// A client that has not signed in.
    #[must_use]
    pub fn stranger(&self) -> Client {
        Client::new(&self.url)
    }

    /// The `nth` person of a group, signed in.
    pub async fn person(&self, group: Group, nth: usize) -> Client {
        let accounts = self.state.app.index.accounts().await.expect("accounts");
        let mut own: Vec<_> = accounts
            .into_iter()
            .filter(|a| a.groups.contains(&group))
            .collect();
        own.sort_by(|a, b| a.email.cmp(&b.email));
        let account = own
            .get(nth)
            .unwrap_or_else(|| panic!("{group} has no person {nth}"));
        self.sign_in(&account.email).await
    }

    /// The person of an address, signed in.
    pub async fn sign_in(&self, email: &str) -> Client {
        let client = self.stranger();
        let signed_in = client
            .account_sign_in(&SignIn {
                email: email.to_owned(),
                password: self.config.demo_password.clone(),
            })
            .await
            .expect("signs in");
        client.with_token(&signed_in.token)
    }

    /// The bearer token of a new session, for what no client would send.
    pub async fn token(&self, email: &str) -> String {
        let sign_in = SignIn {
            email: email.to_owned(),
            password: self.config.demo_password.clone(),
        };
        self.stranger()
            .account_sign_in(&sign_in)
            .await
            .expect("signs in")
            .token
    }

    /// A magistrates' legal adviser.
    pub async fn as_legal_adviser(&self) -> Client {
        self.person(Group::LegalAdvisers, 0).await
    }

    /// A Crown prosecutor.
    pub async fn as_cps(&self) -> Client {
        self.person(Group::Cps, 0).await
    }

    /// A defence solicitor.
    pub async fn as_defence(&self) -> Client {
        self.person(Group::DefenceLawyers, 0).await
    }

    /// A defence solicitor of another firm.
    pub async fn as_other_defence(&self) -> Client {
        self.person(Group::DefenceLawyers, 1).await
    }

    /// A prison's custody office.
    pub async fn as_prison(&self) -> Client {
        self.person(Group::PrisonAdmin, 0).await
    }

    /// A probation officer.
    pub async fn as_probation(&self) -> Client {
        self.person(Group::ProbationAdmin, 0).await
    }

    /// A police force.
    pub async fn as_police(&self) -> Client {
        self.person(Group::PoliceAdmin, 0).await
    }

    /// The fines office.
    pub async fn as_fines_office(&self) -> Client {
        self.person(Group::Nces, 0).await
    }

    /// A youth offending team.
    pub async fn as_youth_offending_team(&self) -> Client {
        self.person(Group::YouthOffending, 0).await
    }

    /// A witness care unit.
    pub async fn as_witness_care(&self) -> Client {
        self.person(Group::WitnessCare, 0).await
    }

    /// The Legal Aid Agency.
    pub async fn as_legal_aid(&self) -> Client {
        self.person(Group::LegalAidAgency, 0).await
    }

    /// The electronic monitoring contractor.
    pub async fn as_electronic_monitoring(&self) -> Client {
        self.person(Group::ElectronicMonitoring, 0).await
    }

    /// The escort contractor.
    pub async fn as_escort(&self) -> Client {
        self.person(Group::PrisonerEscort, 0).await
    }

    /// Whoever runs the service.
    pub async fn as_administrator(&self) -> Client {
        self.person(Group::SystemAdministrators, 0).await
    }

    /// The secret of a new credential for a prosecutor's system.
    pub async fn machine(&self, ou_code: &str) -> String {
        let (_, secret) = app::account::issue_machine(&self.state.app, "A test's system", ou_code)
            .await
            .expect("a credential");
        secret
    }

    /// The clock of the court.
    #[must_use]
    pub fn chance(&self) -> &dyn Chance {
        self.state.app.chance.as_ref()
    }

    /// Makes and delivers what waits, now: tests need not wait for the jobs.
    pub async fn work(&self) {
        app::document::make_waiting(&self.state.app)
            .await
            .expect("documents are made");
        app::document::deliver_waiting(&self.state.app)
            .await
            .expect("documents are delivered");
    }
}

impl Drop for TestCourt {
    /// Whatever the test was about: what was asked is what the table of commands says.
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let untrue = crate::asks::untrue(&self.state.app.asks.all());
        assert!(
            untrue.is_empty(),
            "reference/access_commands.csv is not what was asked: {untrue:#?}"
        );
    }
}

/// The record, opened as a server opens it, but for the failures to come.
async fn open(config: &Config, faults: &Faults) -> State {
    let settings = Settings {
        faults: faults.clone(),
        ..Settings::new(
            config.database_url.clone(),
            config.objects.clone(),
            config.keys.clone(),
        )
    };
    let store = Store::open(&settings).await.expect("the record opens");
    store.migrate().await.expect("it is brought up to date");
    State::over(store, config).expect("the server is set up")
}
