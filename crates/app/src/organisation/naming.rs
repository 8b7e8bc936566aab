//! Names that are put right, with the reason. A person's by whoever administers their
//! organisation, and they are told; an organisation's by HMCTS staff alone, who validated it
//! under the one before.

use super::{
    Reach,
    change::{is_done, save},
    people::present,
    record, to_stream, version_of,
};
use crate::{App, Caller, Error, UseCase, relation};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Problem,
    organisation::{CorrectName, PeopleOf, Rename},
};
use domain::account::naming;

#[async_trait]
impl UseCase for CorrectName {
    /// A person's.
    async fn answer(self, app: &App, who: &Caller) -> Result<PeopleOf, Error> {
        let asking = who.person()?;
        let own = Reach::of(app, asking)?
            .account(app, self.account_id)
            .await?;
        if is_done(app, who).await? {
            return present(app, asking, own.organisation.head()).await;
        }
        let event = naming::correct(&own.account, asking.account.id, &self.name, &self.reason)?;
        save(app, who, asking, self.account_id, own.version, vec![event]).await?;
        present(app, asking, own.organisation.head()).await
    }
}

#[async_trait]
impl UseCase for Rename {
    /// An organisation's, or an office's.
    async fn answer(self, app: &App, who: &Caller) -> Result<PeopleOf, Error> {
        let asking = who.person()?;
        let facts = Facts::default();
        relation::must(app, asking, Action::AdministerAllAccounts, &facts)?;
        let version = version_of(app, self.organisation_id.0).await?;
        let known = app.index.organisations().await?;
        let own = known.iter().find(|own| own.id == self.organisation_id);
        let own = own.ok_or_else(Problem::not_found)?;
        if is_done(app, who).await? {
            return present(app, asking, own.head()).await;
        }
        let event = naming::rename(own, &known, &self.name, &self.reason)?;
        let streams = vec![to_stream(own.id.0, version, vec![event])];
        let moment = asking.moment(app.chance.now());
        record(app, who.command, moment, streams, serde_json::Value::Null).await?;
        present(app, asking, own.head()).await
    }
}
