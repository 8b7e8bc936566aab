//! Names that are put right: a person's, which was mistyped or is another since they married,
//! and an organisation's. Nobody's past changes: what they did stays recorded under who they
//! are, and the name from before stays in the record with the reason.

use super::{
    Account, AccountEvent, Organisation,
    decide::{not_oneself, still_there},
};
use crate::{
    Refusal,
    words::{said, words},
};
use vocabulary::{AccountId, fold_name};

/// The most letters of a name, as when somebody is invited.
const LONGEST: usize = 200;

/// Puts a person's name right.
///
/// # Errors
/// If it is one's own, the person has left, it is no name or the same, or no reason is given.
pub fn correct(
    account: &Account,
    by: AccountId,
    name: &str,
    reason: &str,
) -> Result<AccountEvent, Refusal> {
    not_oneself(account, by)?;
    still_there(account)?;
    Ok(AccountEvent::NameCorrected {
        account: account.id,
        name: other_name(&account.name, name)?,
        before: account.name.clone(),
        reason: why(reason)?,
    })
}

/// Gives an organisation another name; `known` are all there are.
///
/// # Errors
/// If it is no name or the same, another has it, or no reason is given.
pub fn rename(
    organisation: &Organisation,
    known: &[Organisation],
    name: &str,
    reason: &str,
) -> Result<AccountEvent, Refusal> {
    let name = other_name(&organisation.name, name)?;
    let folded = fold_name(&name);
    let mut others = known.iter().filter(|own| own.id != organisation.id);
    if let Some(same) = others.find(|own| fold_name(&own.name) == folded) {
        return Err(Refusal::new(
            "name_taken",
            format!("There is an organisation named {} already.", same.name),
            "Give a name by which people can tell the two apart.",
        ));
    }
    Ok(AccountEvent::OrganisationRenamed {
        organisation: organisation.id,
        name,
        before: organisation.name.clone(),
        reason: why(reason)?,
    })
}

fn other_name(before: &str, name: &str) -> Result<String, Refusal> {
    let name = words(name);
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(Refusal::new(
            "no_name",
            "That is no name.",
            "Write the whole name, up to 200 characters.",
        ));
    }
    if name == before {
        return Err(Refusal::new(
            "same_name",
            format!("The name is {name} already."),
            "Write it as it should be.",
        ));
    }
    Ok(name)
}

fn why(reason: &str) -> Result<String, Refusal> {
    let reason = words(&said(reason));
    if !(3..=500).contains(&reason.chars().count()) {
        return Err(Refusal::new(
            "no_reason",
            "Another name needs a reason; it stays in the record with the name from before.",
            "Write why, for instance: mistyped when they were invited. Up to 500 characters.",
        ));
    }
    Ok(reason)
}
