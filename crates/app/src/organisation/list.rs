//! Every organisation, for HMCTS staff: how many people each has, and how many of them are
//! suspended.

use super::kind_in_words;
use crate::{App, Caller, Error, UseCase, relation};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::organisation::{List, OrganisationRow, Organisations};
use domain::account::Standing;

#[async_trait]
impl UseCase for List {
    /// By name.
    async fn answer(self, app: &App, who: &Caller) -> Result<Organisations, Error> {
        let person = who.person()?;
        let facts = Facts::default();
        relation::must(app, person, Action::AdministerAllAccounts, &facts)?;

        let organisations = app.index.organisations().await?;
        let accounts = app.index.accounts().await?;

        let mut items: Vec<OrganisationRow> = organisations
            .iter()
            .map(|one| {
                let own = || accounts.iter().filter(|a| a.organisation == one.id);
                let suspended = |standing| matches!(standing, Standing::Suspended | Standing::Idle);
                let head = one.profile.office_of;
                let head = head.and_then(|id| organisations.iter().find(|own| own.id == id));
                OrganisationRow {
                    organisation_id: one.id,
                    name: one.name.clone(),
                    kind: kind_in_words(one.kind).to_owned(),
                    office_of: head.map(|own| own.name.clone()),
                    active: own().filter(|account| account.active).count(),
                    suspended: own()
                        .filter(|account| suspended(account.life.standing))
                        .count(),
                }
            })
            .collect();
        items.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Organisations { items })
    }
}
