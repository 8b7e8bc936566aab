//! What may become of an account: invited, activated, its roles changed, moved, suspended,
//! reactivated, left. Who may decide is the policies' matter; that a role fits the kind of
//! organisation, and that a step follows on the one before, is decided here.

use super::{Account, AccountEvent, Organisation, Route, Standing};
use crate::{Refusal, words::words};
use vocabulary::{AccountId, Group, OrganisationId};

/// Person to invite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitee {
    /// E-mail address.
    pub email: String,
    /// Full name.
    pub name: String,
    /// Role in words.
    pub role: String,
    /// Groups.
    pub groups: Vec<Group>,
}

/// Groups that a person is in from now on, each once: what may be given to them (`held`), and what
/// they had. Whoever may not give a group may not take it either: what others gave stays.
///
/// # Errors
/// If there is none, or a new one that may not be given.
pub fn groups(asked: &[Group], held: &[Group], had: &[Group]) -> Result<Vec<Group>, Refusal> {
    let mut groups = asked.to_vec();
    groups.extend(had.iter().filter(|group| !held.contains(group)));
    groups.sort_unstable();
    groups.dedup();
    if groups.is_empty() {
        return Err(Refusal::new(
            "no_role",
            "Nobody can work here without a role.",
            "Choose at least one.",
        ));
    }
    let may = |group: &Group| held.contains(group) || had.contains(group);
    if let Some(other) = groups.iter().find(|group| !may(group)) {
        return Err(Refusal::new(
            "role_of_another_kind",
            format!("The role {other} is not yours to give here."),
            "Choose among the roles that are offered.",
        ));
    }
    Ok(groups)
}

/// Invites somebody; `before` is the account of the address, if it has one.
///
/// # Errors
/// If the address is none or taken, a name is missing, or a role does not fit.
pub fn invite(
    id: AccountId,
    organisation: OrganisationId,
    invitee: &Invitee,
    held: &[Group],
    before: Option<&Account>,
) -> Result<AccountEvent, Refusal> {
    let email = invitee.email.trim().to_lowercase();
    if Route::email(&email).is_err() || email.len() > 254 {
        return Err(Refusal::new(
            "no_address",
            "That is no e-mail address.",
            "Give an address such as name@firm.example.",
        ));
    }
    let (name, role) = (words(&invitee.name), words(&invitee.role));
    let fits = |text: &str| !text.is_empty() && text.chars().count() <= 200;
    if !fits(&name) || !fits(&role) {
        return Err(Refusal::new(
            "no_name",
            "An account needs a full name and a role in words.",
            "Give both, for instance Iris Thorne, Solicitor.",
        ));
    }
    let groups = groups(&invitee.groups, held, &[])?;
    match before.map(|account| account.life.standing) {
        None | Some(Standing::Left) => {}
        Some(_) => return Err(taken()),
    }
    let account = Account {
        id,
        email,
        name,
        role,
        organisation,
        groups,
        active: false,
        life: super::Life::default(),
    };
    Ok(AccountEvent::AccountInvited(account.invited()))
}

/// Whether somebody may be invited whose account ended. Whom HMCTS staff suspended comes back by
/// them alone, to whatever organisation; others hear what they hear of any address that is taken.
///
/// # Errors
/// If they were suspended by HMCTS staff, and this is somebody else.
pub fn may_return(before: Option<&Account>, by_service: bool) -> Result<(), Refusal> {
    match before {
        Some(account) if account.life.by_service && !by_service => Err(taken()),
        _ => Ok(()),
    }
}

fn taken() -> Refusal {
    Refusal::new(
        "address_taken",
        "That address cannot be invited: it has an account.",
        "Use another address, or have the account's own organisation let it go first.",
    )
}

/// Sends the link again: the one before is void.
///
/// # Errors
/// If nobody waits for one.
pub fn renew(account: &Account) -> Result<AccountEvent, Refusal> {
    if account.life.standing == Standing::Invited {
        return Ok(AccountEvent::InvitationRenewed {
            account: account.id,
        });
    }
    Err(not_now(account, "sent a link"))
}

/// The person takes the account on.
///
/// # Errors
/// If it does not wait for that, or other terms than today's were accepted.
pub fn activate(account: &Account, accepted: &str, terms: &str) -> Result<AccountEvent, Refusal> {
    if accepted != terms {
        return Err(Refusal::new(
            "terms_not_accepted",
            "The terms of use were not accepted, or they have changed.",
            "Read them and accept them.",
        ));
    }
    if account.life.standing != Standing::Invited {
        return Err(not_now(account, "activated"));
    }
    Ok(AccountEvent::AccountActivated {
        account: account.id,
        terms: terms.to_owned(),
    })
}

/// Suspends an account. HMCTS staff (`by_service`) also suspend one that its own organisation
/// suspended, or that lapsed: from then on they alone let it in again.
///
/// # Errors
/// If it is not active, or one's own.
pub fn suspend(
    account: &Account,
    by: AccountId,
    by_service: bool,
) -> Result<AccountEvent, Refusal> {
    not_oneself(account, by)?;
    let again = by_service && !account.life.by_service;
    match account.life.standing {
        Standing::Active => {}
        Standing::Suspended | Standing::Idle if again => {}
        _ => return Err(not_now(account, "suspended")),
    }
    Ok(AccountEvent::AccountSuspended {
        account: account.id,
        by_service,
    })
}

/// Lets a suspended account in again, with what it had.
///
/// # Errors
/// If it is not suspended; if HMCTS staff suspended it, and this is somebody else.
pub fn reactivate(account: &Account, by_service: bool) -> Result<AccountEvent, Refusal> {
    if account.life.by_service && !by_service {
        return Err(Refusal::new(
            "suspended_by_service",
            format!(
                "The account of {} was suspended by HMCTS staff.",
                account.name
            ),
            "They alone let it in again: ask the service centre.",
        ));
    }
    match account.life.standing {
        Standing::Suspended | Standing::Idle => Ok(AccountEvent::AccountReactivated {
            account: account.id,
        }),
        _ => Err(not_now(account, "reactivated")),
    }
}

/// Gives other roles. `alone` is whether whoever asks is the only one who administers: then
/// they may give themselves what they need, which is shown to those who validate.
///
/// # Errors
/// If the person has left, a role does not fit, an administrator would lay their own down, or
/// would give themselves one that a colleague could give.
pub fn change_roles(
    account: &Account,
    (by, alone): (AccountId, bool),
    role: &str,
    asked: &[Group],
    held: &[Group],
) -> Result<Option<AccountEvent>, Refusal> {
    still_there(account)?;
    let groups = groups(asked, held, &account.groups)?;
    let role = words(role);
    if role.is_empty() || role.chars().count() > 200 {
        return Err(Refusal::new(
            "no_name",
            "An account needs a role in words.",
            "Write what the person is, for instance Solicitor.",
        ));
    }
    let administers = |groups: &[Group]| groups.contains(&Group::OrganisationAdministrator);
    if account.id == by && administers(&account.groups) && !administers(&groups) {
        return Err(Refusal::new(
            "own_administration",
            "You cannot lay down your own role as administrator.",
            "Make a colleague administrator; they can take the role from you.",
        ));
    }
    let more: Vec<&Group> = groups
        .iter()
        .filter(|group| !account.groups.contains(group))
        .collect();
    // Nobody makes themselves one who looks after others' looking.
    let of_support = more.iter().any(|group| group.is_given_by_the_service());
    if account.id == by && !more.is_empty() && (!alone || of_support) {
        return Err(Refusal::new(
            "own_roles",
            "Nobody gives roles to themselves.",
            "Ask another administrator of your organisation.",
        ));
    }
    let unchanged = groups == account.groups && role == account.role;
    Ok((!unchanged).then_some(AccountEvent::RolesChanged {
        account: account.id,
        role,
        groups,
    }))
}

/// Moves a person to another office of the same organisation.
///
/// # Errors
/// If the person has left, or the office is of another organisation.
pub fn move_to(
    account: &Account,
    from: &Organisation,
    to: &Organisation,
) -> Result<Option<AccountEvent>, Refusal> {
    still_there(account)?;
    if from.head() != to.head() || from.kind != to.kind {
        return Err(Refusal::new(
            "another_organisation",
            "That is no office of this organisation.",
            "Choose one of its offices.",
        ));
    }
    Ok(
        (account.organisation != to.id).then_some(AccountEvent::AccountMoved {
            account: account.id,
            organisation: to.id,
        }),
    )
}

/// A person leaves; a colleague may take on what they saw to.
///
/// # Errors
/// If it is oneself, they have left already, or the colleague is none.
pub fn leave(
    account: &Account,
    by: AccountId,
    colleague: Option<&Account>,
) -> Result<AccountEvent, Refusal> {
    not_oneself(account, by)?;
    still_there(account)?;
    if colleague.is_some_and(|own| own.id == account.id || !own.active) {
        return Err(Refusal::new(
            "no_colleague",
            "Only a colleague whose account is active can take over.",
            "Choose another colleague, or nobody.",
        ));
    }
    Ok(AccountEvent::AccountLeft {
        account: account.id,
        handed_to: colleague.map(|own| own.id),
    })
}

/// The roles of a person that a colleague lacks and their organisation may give: what somebody
/// who carries on with the person's work must have. To look after the organisation's people is
/// no work on cases, and is given on purpose.
#[must_use]
pub fn lacks(account: &Account, colleague: &Account, held: &[Group]) -> Vec<Group> {
    let mut lacks = account.groups.clone();
    lacks.retain(|group| {
        *group != Group::OrganisationAdministrator
            && held.contains(group)
            && !colleague.groups.contains(group)
    });
    lacks
}

/// A colleague is given the roles that they lack to carry on with a leaver's work; nothing, if
/// they lack none. `alone` is whether whoever asks is the only one who administers once the
/// leaver is gone.
///
/// # Errors
/// If the colleague is of another office, where roles open none of the leaver's cases; if whoever
/// asks would give themselves what another could give them.
pub fn take_over(
    leaver: &Account,
    colleague: &Account,
    by: (AccountId, bool),
    held: &[Group],
) -> Result<Option<AccountEvent>, Refusal> {
    if leaver.organisation != colleague.organisation {
        return Err(Refusal::new(
            "colleague_of_another_office",
            format!(
                "{} works at another office: roles there open none of the cases of this one.",
                colleague.name
            ),
            "Move them to this office first, or hand over without the roles.",
        ));
    }
    let more = lacks(leaver, colleague, held);
    if more.is_empty() {
        return Ok(None);
    }
    let groups: Vec<Group> = colleague.groups.iter().copied().chain(more).collect();
    change_roles(colleague, by, &colleague.role, &groups, held)
}

pub(super) fn not_oneself(account: &Account, by: AccountId) -> Result<(), Refusal> {
    if account.id == by {
        return Err(Refusal::new(
            "oneself",
            "You cannot do this to your own account.",
            "Ask another administrator of your organisation, or the service centre.",
        ));
    }
    Ok(())
}

pub(super) fn still_there(account: &Account) -> Result<(), Refusal> {
    if account.life.standing == Standing::Left {
        return Err(not_now(account, "changed"));
    }
    Ok(())
}

fn not_now(account: &Account, what: &str) -> Refusal {
    Refusal::new(
        "stands_otherwise",
        format!(
            "The account of {} is {}; it cannot be {what}.",
            account.name,
            account.life.standing.in_words()
        ),
        "Look at the list again.",
    )
}

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;
