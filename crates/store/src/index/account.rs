//! Accounts, organisations and machine credentials. They change rarely and
//! much hangs on them, so each change is written at once and what was
//! remembered about them is forgotten.

use super::{
    Desk,
    tables::{ACCOUNTS, DIRECTORY, MACHINES, ORGANISATIONS},
};
use crate::{
    error::{broken, fault},
    rows::Value,
};
use app::ports::Fault;
use domain::{
    Recorded,
    account::{Account, AccountEvent, Machine, Organisation},
};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::Row;
use vocabulary::fold_name;

/// Puts the row that an event of an account, organisation or credential changes.
pub(super) async fn apply(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    event: &AccountEvent,
) -> Result<(), Fault> {
    let position = recorded.position;
    match event {
        AccountEvent::OrganisationAdded(organisation) => {
            put_organisation(desk, organisation, position)?;
        }
        AccountEvent::RouteChosen {
            organisation,
            route,
        } => {
            let found: Option<(Organisation, u64)> = kept(
                desk,
                "select body, added from organisation_index where organisation_id = $1",
                &organisation.to_string(),
            )
            .await?;
            if let Some((organisation, added)) = found {
                let route = route.clone();
                put_organisation(
                    desk,
                    &Organisation {
                        route,
                        ..organisation
                    },
                    added,
                )?;
            }
        }
        AccountEvent::AccountOpened(account) => put_account(desk, account, position)?,
        AccountEvent::AccountSuspended { account } => {
            let found: Option<(Account, u64)> = kept(
                desk,
                "select body, opened from account_index where account_id = $1",
                &account.to_string(),
            )
            .await?;
            if let Some((account, opened)) = found {
                put_account(
                    desk,
                    &Account {
                        active: false,
                        ..account
                    },
                    opened,
                )?;
            }
        }
        AccountEvent::MachineIssued(machine) => put_machine(desk, machine, position)?,
        AccountEvent::MachineRevoked { machine } => {
            let found: Option<(Machine, u64)> = kept(
                desk,
                "select body, issued from machine_index where machine_id = $1",
                &machine.to_string(),
            )
            .await?;
            if let Some((machine, issued)) = found {
                put_machine(
                    desk,
                    &Machine {
                        active: false,
                        ..machine
                    },
                    issued,
                )?;
            }
        }
    }
    let changed = vec![1_i64.into(), position.into()];
    desk.rows.put(&DIRECTORY, changed);
    desk.flush().await?;
    desk.known.accounts.clear();
    if let AccountEvent::OrganisationAdded(organisation) = event
        && let Some(ou_code) = &organisation.ou_code
    {
        desk.known.ou_codes.clear();
        // A prosecutor that joins after its cases came in may see them too.
        sqlx::query(
            "insert into case_party (case_id, organisation_id, part, received_at) \
             select case_id, $1, 'prosecutor', received_at from case_index \
             where prosecutor_ou = $2 \
             on conflict (case_id, organisation_id) do nothing",
        )
        .bind(organisation.id.to_string())
        .bind(ou_code.as_str())
        .execute(&mut *desk.connection)
        .await
        .map_err(|e| fault(&e))?;
        desk.known.parties.clear();
    }
    Ok(())
}

fn put_organisation(
    desk: &mut Desk<'_>,
    organisation: &Organisation,
    added: u64,
) -> Result<(), Fault> {
    desk.rows.put(
        &ORGANISATIONS,
        vec![
            Value::text(organisation.id),
            organisation.kind.as_str().into(),
            fold_name(&organisation.name).into(),
            Value::maybe(organisation.ou_code.as_ref()),
            added.into(),
            json(organisation)?,
        ],
    );
    Ok(())
}

fn put_account(desk: &mut Desk<'_>, account: &Account, opened: u64) -> Result<(), Fault> {
    desk.rows.put(
        &ACCOUNTS,
        vec![
            Value::text(account.id),
            account.email.as_str().into(),
            Value::text(account.organisation),
            account.active.into(),
            opened.into(),
            json(account)?,
        ],
    );
    Ok(())
}

fn put_machine(desk: &mut Desk<'_>, machine: &Machine, issued: u64) -> Result<(), Fault> {
    desk.rows.put(
        &MACHINES,
        vec![
            Value::text(machine.id),
            machine.ou_code.as_str().into(),
            machine.active.into(),
            issued.into(),
            json(machine)?,
        ],
    );
    Ok(())
}

fn json(thing: &impl Serialize) -> Result<Value, Fault> {
    Ok(serde_json::to_string(thing).map_err(broken)?.into())
}

/// What is written about a thing, and at which position it came.
async fn kept<T: DeserializeOwned>(
    desk: &mut Desk<'_>,
    sql: &'static str,
    id: &str,
) -> Result<Option<(T, u64)>, Fault> {
    let row = sqlx::query(sql)
        .bind(id)
        .fetch_optional(&mut *desk.connection)
        .await
        .map_err(|e| fault(&e))?;
    let Some(row) = row else { return Ok(None) };
    let body: String = row.try_get(0).map_err(|e| fault(&e))?;
    let position: i64 = row.try_get(1).map_err(|e| fault(&e))?;
    Ok(Some((
        serde_json::from_str(&body).map_err(broken)?,
        u64::try_from(position).map_err(broken)?,
    )))
}
