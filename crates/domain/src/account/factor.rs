//! A second factor that was lost together with the recovery codes is taken away by somebody else:
//! who may, of whom. What is asked for in its place is worked out where people sign in.

use super::{Account, AccountEvent, Standing, decide::not_oneself};
use crate::{
    Refusal,
    words::{said, words},
};
use vocabulary::{AccountId, Group};

/// Takes all second factors of an account away. `by_service` is whether HMCTS staff ask, and
/// `cared_for` whether somebody else who can sign in administers the account's organisation.
///
/// # Errors
/// If it is one's own account, nobody signs in with it, it has none, no reason is given, or its
/// own organisation would have to do it.
pub fn take_away(
    account: &Account,
    by: AccountId,
    (by_service, cared_for): (bool, bool),
    has_one: bool,
    reason: &str,
) -> Result<AccountEvent, Refusal> {
    not_oneself(account, by)?;
    if !may_take_away(account, by_service, cared_for) {
        return Err(Refusal::new(
            "own_organisation_knows",
            format!(
                "An administrator of their own organisation does this for {}: they know whom they \
                 have before them.",
                account.name
            ),
            "Send the person to that administrator.",
        ));
    }
    if account.life.standing != Standing::Active || !has_one {
        return Err(Refusal::new(
            "no_second_factor",
            format!(
                "{} has no second factor that could be taken away.",
                account.name
            ),
            "Reload the list of people.",
        ));
    }
    let reason = words(&said(reason));
    if !(3..=500).contains(&reason.chars().count()) {
        return Err(Refusal::new(
            "no_reason",
            "This needs a reason; it stays in the record.",
            "Write why, and how you made sure who asks. Up to 500 characters.",
        ));
    }
    Ok(AccountEvent::SecondFactorTakenAway {
        account: account.id,
        reason,
    })
}

/// Whether it is theirs to do: an organisation does it for its own people, and the service for
/// those who administer one, and where nobody does.
#[must_use]
pub fn may_take_away(account: &Account, by_service: bool, cared_for: bool) -> bool {
    let administers = [
        Group::OrganisationAdministrator,
        Group::SystemAdministrators,
    ];
    !by_service || !cared_for || account.groups.iter().any(|own| administers.contains(own))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Life;
    use uuid::Uuid;
    use vocabulary::OrganisationId;

    const BY: AccountId = AccountId(Uuid::from_u128(2));

    fn account(groups: &[Group]) -> Account {
        Account {
            id: AccountId(Uuid::from_u128(1)),
            email: "a@firm.example.test".to_owned(),
            name: "Ada Wren".to_owned(),
            role: "Solicitor".to_owned(),
            organisation: OrganisationId(Uuid::from_u128(3)),
            groups: groups.to_vec(),
            active: true,
            life: Life::default(),
        }
    }

    fn code(
        account: &Account,
        by: AccountId,
        who: (bool, bool),
        has_one: bool,
        reason: &str,
    ) -> &'static str {
        take_away(account, by, who, has_one, reason).map_or_else(|refusal| refusal.code, |_| "done")
    }

    #[test]
    fn an_organisation_does_it_for_its_people_and_the_service_for_those_who_administer() {
        let clerk = account(&[Group::Advocates]);
        let administrator = account(&[Group::OrganisationAdministrator]);
        let why = "Telephone lost";
        assert_eq!(code(&clerk, BY, (false, true), true, why), "done");
        assert_eq!(
            code(&clerk, BY, (true, true), true, why),
            "own_organisation_knows"
        );
        assert_eq!(code(&clerk, BY, (true, false), true, why), "done");
        assert_eq!(code(&administrator, BY, (true, true), true, why), "done");
    }

    #[test]
    fn nobody_does_it_for_themselves_without_a_reason_or_where_there_is_none() {
        let clerk = account(&[]);
        assert_eq!(
            code(&clerk, clerk.id, (false, true), true, "Lost"),
            "oneself"
        );
        assert_eq!(code(&clerk, BY, (false, true), true, " a "), "no_reason");
        assert_eq!(
            code(&clerk, BY, (false, true), false, "Lost"),
            "no_second_factor"
        );
        let mut gone = clerk;
        gone.life.standing = Standing::Left;
        assert_eq!(
            code(&gone, BY, (false, true), true, "Lost"),
            "no_second_factor"
        );
    }
}
