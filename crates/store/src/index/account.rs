//! Accounts, organisations and machine credentials. They change rarely and
//! much hangs on them, so each change is written at once and what was
//! remembered about them is forgotten.

use super::{
    Desk, Effects, notice, own_roles,
    tables::{ACCOUNTS, DIRECTORY, MACHINES, MAIL, ORGANISATIONS, REGISTRATIONS},
};
use crate::{
    error::broken,
    query::{count, text},
    rows::Value,
};
use app::ports::{Fault, MailKind};
use domain::{
    Recorded,
    account::{Account, AccountEvent, Machine, Organisation, Registration, RegistrationStanding},
};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;
use vocabulary::{AccountId, OrganisationId, fold_name};

/// Puts the row that an event of an account, organisation or credential changes.
pub(super) async fn apply(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    event: &AccountEvent,
    effects: &mut Effects,
) -> Result<(), Fault> {
    let position = recorded.position;
    match event {
        AccountEvent::OrganisationAdded(organisation) => {
            put_organisation(desk, organisation, position)?;
            decided(desk, organisation.id, RegistrationStanding::Validated).await?;
        }
        AccountEvent::OrganisationRegistered(registration) => {
            put_registration(desk, registration, recorded.at.micros())?;
        }
        AccountEvent::RegistrationRefused {
            organisation,
            reason,
        } => {
            let reason = reason.clone();
            decided(
                desk,
                *organisation,
                RegistrationStanding::Refused { reason },
            )
            .await?;
            mail(
                desk,
                recorded,
                MailKind::RegistrationRefused,
                organisation.0,
            );
        }
        AccountEvent::RouteChosen {
            organisation,
            route,
        } => {
            let put = |own: &mut Organisation| own.route.clone_from(route);
            change_organisation(desk, *organisation, put).await?;
        }
        AccountEvent::SigningInSettled {
            organisation,
            signing_in,
        } => {
            let put = |own: &mut Organisation| own.signing_in.clone_from(signing_in);
            change_organisation(desk, *organisation, put).await?;
        }
        AccountEvent::OrganisationRenamed {
            organisation, name, ..
        } => {
            let put = |own: &mut Organisation| own.name.clone_from(name);
            change_organisation(desk, *organisation, put).await?;
        }
        AccountEvent::AccountOpened(account) => put_account(desk, account, position)?,
        AccountEvent::AccountInvited(account) => {
            put_account(desk, account, position)?;
            // Whoever was elsewhere before leaves behind what they were told there.
            desk.flush().await?;
            let told = "delete from notice where account_id = $1";
            desk.pen.run(told, vec![Value::text(account.id)]).await?;
            mail(desk, recorded, MailKind::Invitation, account.id.0);
            own_roles::tell_of_support(desk, recorded, (&[], account), effects).await?;
        }
        AccountEvent::InvitationRenewed { .. }
        | AccountEvent::AccountActivated { .. }
        | AccountEvent::AccountSuspended { .. }
        | AccountEvent::AccountLapsed { .. }
        | AccountEvent::AccountReactivated { .. }
        | AccountEvent::RolesChanged { .. }
        | AccountEvent::NameCorrected { .. }
        | AccountEvent::AccountMoved { .. }
        | AccountEvent::AccountLeft { .. }
        | AccountEvent::IdleWarned { .. } => {
            if let Some(account) = event.of_account() {
                change(desk, recorded, event, account, effects).await?;
            }
        }
        // No list has it: what signing in needs is working state.
        AccountEvent::SecondFactorTakenAway { .. } | AccountEvent::Passkey(_) => return Ok(()),
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
    desk.known.recipients.clear();
    desk.known.places.clear();
    desk.known.case_workers.clear();
    if let AccountEvent::OrganisationAdded(organisation) = event
        && let Some(ou_code) = &organisation.ou_code
    {
        desk.known.ou_codes.clear();
        // A prosecutor that joins after its cases came in may see them too.
        let sql = "insert into case_party (case_id, organisation_id, part, received_at) \
             select case_id, $1, 'prosecutor', received_at from case_index \
             where prosecutor_ou = $2 \
             on conflict (case_id, organisation_id) do nothing";
        let values = vec![Value::text(organisation.id), ou_code.as_str().into()];
        desk.pen.run(sql, values).await?;
        desk.known.parties.clear();
    }
    Ok(())
}

/// Changes an organisation that was there before.
async fn change_organisation(
    desk: &mut Desk<'_>,
    organisation: OrganisationId,
    put: impl FnOnce(&mut Organisation),
) -> Result<(), Fault> {
    // One command may change it twice: what the first event put must be read here.
    desk.flush().await?;
    let found: Option<(Organisation, u64)> = kept(
        desk,
        "select body, added from organisation_index where organisation_id = $1",
        &organisation.to_string(),
    )
    .await?;
    if let Some((mut organisation, added)) = found {
        put(&mut organisation);
        put_organisation(desk, &organisation, added)?;
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

/// What follows from an event about an account that was there before: its row, and whom it
/// tells.
async fn change(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    event: &AccountEvent,
    account: AccountId,
    effects: &mut Effects,
) -> Result<(), Fault> {
    // One command may change an account twice: what the first event put must be read here.
    desk.flush().await?;
    let found: Option<(Account, u64)> = kept(
        desk,
        "select body, opened from account_index where account_id = $1",
        &account.to_string(),
    )
    .await?;
    let Some((before, opened)) = found else {
        return Ok(());
    };
    let after = before.clone().after(event, recorded.at);
    put_account(desk, &after, opened)?;
    match event {
        AccountEvent::InvitationRenewed { .. } => {
            mail(desk, recorded, MailKind::Invitation, account.0);
        }
        AccountEvent::RolesChanged { .. } => {
            own_roles::tell(desk, recorded, (&before, &after), effects).await?;
            let had = (before.groups.as_slice(), &after);
            own_roles::tell_of_support(desk, recorded, had, effects).await?;
        }
        AccountEvent::NameCorrected { before, .. } => {
            let title = "Your name was put right";
            let body = format!(
                "You are {} here from now on, and were {before}. If that is wrong, tell whoever \
                 administers your organisation.",
                after.name
            );
            notice::to_account(desk, recorded, account, title, &body, effects);
        }
        AccountEvent::AccountLapsed { .. } => mail(desk, recorded, MailKind::Lapsed, account.0),
        AccountEvent::IdleWarned { suspended_on, .. } => {
            mail(desk, recorded, MailKind::IdleWarning, account.0);
            let body = format!(
                "Nobody has signed in with it for long. It stays if you sign in before {}.",
                suspended_on.in_words()
            );
            let title = "Your account will be suspended";
            notice::to_account(desk, recorded, account, title, &body, effects);
        }
        AccountEvent::AccountLeft {
            handed_to: Some(colleague),
            ..
        } => {
            let title = format!("{} left", after.name);
            // Whoever takes over need not administer: what it is they find where they work.
            let body = "What they saw to is yours to see to now: it is in your cases and your \
                        inbox. If you do not find it there, ask whoever administers your \
                        organisation to give you their roles.";
            notice::to_account(desk, recorded, *colleague, &title, body, effects);
        }
        _ => {}
    }
    Ok(())
}

/// Mail that waits from now on; its id follows from the event, so that it is put once.
fn mail(desk: &mut Desk<'_>, recorded: &Recorded, kind: MailKind, about: Uuid) {
    let id = Uuid::new_v5(&recorded.id.0, kind.as_str().as_bytes());
    let at = recorded.at.micros();
    desk.rows.put(
        &MAIL,
        vec![
            Value::text(id),
            kind.as_str().into(),
            Value::text(about),
            at.into(),
            0_i64.into(),
            at.into(),
            0_i64.into(),
            "waiting".into(),
        ],
    );
}

fn put_registration(
    desk: &mut Desk<'_>,
    registration: &Registration,
    at: i64,
) -> Result<(), Fault> {
    let standing = match registration.standing {
        RegistrationStanding::Waiting => "waiting",
        RegistrationStanding::Validated => "validated",
        RegistrationStanding::Refused { .. } => "refused",
    };
    desk.rows.put(
        &REGISTRATIONS,
        vec![
            Value::text(registration.id),
            registration.reference.as_str().into(),
            standing.into(),
            at.into(),
            json(registration)?,
        ],
    );
    Ok(())
}

/// Somebody decided on a registration, if there is one: most organisations came otherwise.
async fn decided(
    desk: &mut Desk<'_>,
    organisation: OrganisationId,
    standing: RegistrationStanding,
) -> Result<(), Fault> {
    desk.flush().await?;
    let found: Option<(Registration, u64)> = kept(
        desk,
        "select body, at from registration_index where organisation_id = $1",
        &organisation.to_string(),
    )
    .await?;
    let Some((registration, at)) = found else {
        return Ok(());
    };
    let at = i64::try_from(at).map_err(broken)?;
    put_registration(
        desk,
        &Registration {
            standing,
            ..registration
        },
        at,
    )
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
    let Some(row) = desk.pen.first(sql, vec![id.into()]).await? else {
        return Ok(None);
    };
    let body = serde_json::from_str(&text(&row, 0)?).map_err(broken)?;
    Ok(Some((body, count(&row, 1)?)))
}
