//! What every request needs: the use cases, the store for bytes, the live hub.

use crate::{
    carrying::{Carriers, Post},
    catalogue,
    chance::SystemChance,
    config::Config,
    live::Hub,
    passkeys::RelyingParty,
    passwords::Argon,
    printing::Press,
    providers::Connect,
    pulse::Pulse,
    scanning::Scanner,
    uploading::Uploading,
};
use app::App;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::sync::Arc;
use store::{Inspect, Settings, Store};

/// What the requests share: one count, where every clone of a [`State`] makes thirty.
pub(crate) type Shared = Arc<State>;

/// Everything, gathered.
#[derive(Clone)]
pub struct State {
    /// The use cases.
    pub app: App,
    /// The store, for bytes, readiness and the command line.
    pub store: Store,
    /// Whom to tell what.
    pub(crate) hub: Hub,
    /// What takes mail and documents out of here.
    pub(crate) carriers: Arc<Carriers>,
    /// The address under which other systems reach this server.
    pub(crate) public_url: Arc<str>,
    /// Whether the jobs come round.
    pub(crate) pulse: Arc<Pulse>,
    /// Uploads on their way.
    pub(crate) uploading: Arc<Uploading>,
    /// Who looks through files before they are kept, if anybody.
    pub(crate) scanner: Option<Arc<dyn Inspect>>,
    /// The metrics.
    pub(crate) metrics: Option<PrometheusHandle>,
}

impl State {
    /// Opens the record alone, by configuration, and changes nothing in it.
    ///
    /// # Errors
    /// A sentence that says what is wrong and what to do.
    pub async fn record(config: &Config) -> Result<Store, String> {
        let settings = Settings::new(
            config.database_url.clone(),
            config.objects.clone(),
            config.keys.clone(),
        );
        if let Some(folder) = config.sqlite_folder() {
            store::private::folder(&folder).map_err(|error| {
                format!(
                    "The folder {} cannot be made: {error}. Choose another with --data.",
                    folder.display()
                )
            })?;
        }
        Store::open(&settings).await.map_err(|error| {
            format!(
                "The database at {} cannot be opened: {error}. Check the address \
                 (--database-url, --data), and that a database server is running there if it \
                 names one.",
                config.database_name()
            )
        })
    }

    /// Opens the record, brings its tables up to date and gathers everything.
    ///
    /// # Errors
    /// A sentence that says what is wrong and what to do.
    pub async fn open(config: &Config) -> Result<Self, String> {
        let store = Self::record(config).await?;
        store.migrate().await.map_err(|error| {
            format!(
                "The database at {} cannot be brought up to date: {error}. Nothing was changed; \
                 if a later version made it, use that version.",
                config.database_name()
            )
        })?;
        Self::over(store, config)
    }

    /// The same over a store that is open already.
    ///
    /// # Errors
    /// As [`State::open`].
    pub fn over(store: Store, config: &Config) -> Result<Self, String> {
        let access = access::Access::embedded().map_err(|error| error.to_string())?;
        let catalogue = catalogue::load(config)?;
        let shared = Arc::new(store.clone());
        let carriers = Arc::new(Carriers::new(config)?);
        let scanner = Scanner::new(config)?;
        let app = App {
            ledger: shared.clone(),
            index: shared.clone(),
            work: shared.clone(),
            sign_ins: shared.clone(),
            passkeys: shared.clone(),
            authenticators: Arc::new(RelyingParty::new(&config.public_url)),
            carrying: shared.clone(),
            people: shared.clone(),
            reckoning: shared.clone(),
            heard: shared.clone(),
            carrier: carriers.clone(),
            mailer: Arc::new(Post::new(carriers.clone(), &config.public_url)),
            objects: shared,
            chance: Arc::new(SystemChance::starting_on(config.today)),
            passwords: Arc::new(Argon::default()),
            printer: Arc::new(Press),
            providers: Arc::new(Connect::new()?),
            access: Arc::new(access),
            texts: Arc::new(catalogue::texts(config, &catalogue)?),
            catalogue: Arc::new(catalogue),
            looks: Arc::default(),
            refusals: Arc::default(),
            asked: Arc::default(),
            asks: Arc::default(),
            service: app::Service {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                demo: config.demo,
                demo_password: config.demo.then(|| config.demo_password.clone()),
                lock_after: seconds(config.lock_minutes),
                service_centre: config.service_centre.clone(),
                proof_lasts: seconds(config.proof_minutes),
                operator: config.operator.clone(),
            },
        };
        Ok(Self {
            hub: Hub::default(),
            carriers,
            app,
            store,
            public_url: config.public_url.as_str().into(),
            pulse: Pulse::new(),
            uploading: Arc::default(),
            scanner: scanner.map(|own| Arc::new(own) as Arc<dyn Inspect>),
            metrics: None,
        })
    }

    /// Keeps metrics from now on. A process does so once.
    ///
    /// # Errors
    /// A sentence, if it does already.
    pub fn keep_metrics(&mut self) -> Result<(), String> {
        let kept = PrometheusBuilder::new()
            .install_recorder()
            .map_err(|error| format!("Metrics cannot be kept: {error}."))?;
        self.metrics = Some(kept);
        Ok(())
    }
}

/// A setting in minutes as seconds; at least one minute, at most a session.
fn seconds(minutes: u64) -> i64 {
    i64::try_from(minutes.clamp(1, 12 * 60)).unwrap_or(15) * 60
}
