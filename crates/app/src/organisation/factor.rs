//! A second factor that was lost together with the recovery codes is taken away, by whoever
//! administers the person. They never learn what is asked for in its place: that goes to the
//! person's own mailbox (`account::factor_letter`).

use super::{Reach, change::is_done, offices, people::present, record, to_stream};
use crate::{
    App, Caller, Error, UseCase,
    account::{letter, proof::must_have_proved_lately},
};
use async_trait::async_trait;
use contract::organisation::{PeopleOf, TakeFactorAway};
use domain::account::{
    Account, AccountEvent, Organisation, PasskeyChange, PasskeyEvent, factor::take_away,
};
use vocabulary::{AccountId, Group, OrganisationKind};

#[async_trait]
impl UseCase for TakeFactorAway {
    /// All of them, and every session; the person and whoever else administers are told.
    async fn answer(self, app: &App, who: &Caller) -> Result<PeopleOf, Error> {
        let asking = who.person()?;
        let reach = Reach::of(app, asking)?;
        let own = reach.account(app, self.account_id).await?;
        let account = &own.account;
        if !is_done(app, who).await? {
            let others = administering(app, &own.organisation).await?;
            let cared_for = others.iter().any(|other| other.id != account.id);
            let by = asking.account.id;
            let has_one = !app.sign_ins.with_factors(&[account.id]).await?.is_empty();
            let by_service = (reach == Reach::All, cared_for);
            let event = take_away(account, by, by_service, has_one, &self.reason)?;
            must_have_proved_lately(app, asking).await?;

            // The record first: what opens something is recorded before it opens.
            let mut events = vec![event];
            let passkeys = app.passkeys.passkeys(account.id).await?;
            events.extend(passkeys.into_iter().map(|one| {
                AccountEvent::Passkey(PasskeyEvent {
                    account: account.id,
                    passkey: one.id,
                    name: one.name,
                    change: PasskeyChange::Removed,
                })
            }));
            let moment = asking.moment(app.chance.now());
            let streams = vec![to_stream(account.id.0, own.version, events)];
            record(app, who.command, moment, streams, serde_json::Value::Null).await?;
            remove(app, account.id).await?;
            letter::factor_taken_away(app, account, &asking.account.name).await?;
            for other in others {
                if other.id != account.id && other.id != by {
                    letter::factor_of_another_taken(app, &other, account, &asking.account.name)
                        .await?;
                }
            }
        }
        present(app, asking, own.organisation.head()).await
    }
}

async fn remove(app: &App, account: AccountId) -> Result<(), Error> {
    let now = app.chance.now();
    app.sign_ins.take_factors_away(account, now).await?;
    app.work.end_sessions(account).await?;
    Ok(())
}

/// Who administers an organisation with its offices, and can sign in.
pub(super) async fn administering(
    app: &App,
    organisation: &Organisation,
) -> Result<Vec<Account>, Error> {
    let (ids, administers) = if organisation.kind == OrganisationKind::Service {
        (vec![organisation.id], Group::SystemAdministrators)
    } else {
        let offices = offices(app, organisation.head()).await?;
        let ids = offices.iter().map(|office| office.id).collect();
        (ids, Group::OrganisationAdministrator)
    };
    let mut accounts = app.people.accounts_in(&ids).await?;
    accounts.retain(|one| one.active && one.groups.contains(&administers));
    Ok(accounts)
}
