//! What is said of recipients beside their subscriptions: the user groups whose copy they get,
//! where agencies are, who must acknowledge; and what the source leaves open about them.

use crate::{Gap, ReferenceError, source::Source, table::Row};
use domain::now::{KnownAddress, NowDefinition, RecipientSource, Subscription};
use std::collections::BTreeSet;
use vocabulary::fold_name;

const ADDRESSES: &str = "now_addresses.csv";

/// The subscriptions whose address somebody gave.
pub(crate) fn addressed(source: &Source) -> Result<BTreeSet<String>, ReferenceError> {
    let table = source.table(ADDRESSES)?;
    table.rows().map(|row| row.text("subscription")).collect()
}

/// What the source does not publish of a subscription.
pub(crate) fn open_ends(
    row: Row<'_>,
    own: &Subscription,
    addressed: &BTreeSet<String>,
    gaps: &mut Vec<Gap>,
) -> Result<(), ReferenceError> {
    let mut open = |what: String| {
        let kind = "an address that is not published";
        gaps.push(Gap::new(kind, "now_subscriptions.csv", row.number, what));
    };
    if own.source == RecipientSource::Fixed && !addressed.contains(&own.name) {
        open(format!("{}: its fixed address is not published", own.name));
    }
    let further: u32 = row.value("child_subscriptions")?.unwrap_or(0);
    if further > 0 {
        open(format!(
            "{}: is sent on to {further} more, whose names are not published",
            own.name
        ));
    }
    Ok(())
}

/// The addresses of agencies, and of whom the court names without one (the local authority that
/// takes a child), which the source does not publish: whoever runs the service gives them.
pub(crate) fn addresses(
    source: &Source,
    subscriptions: &mut [Subscription],
) -> Result<(), ReferenceError> {
    for row in source.table(ADDRESSES)?.rows() {
        let name = row.get("subscription")?;
        let known = KnownAddress {
            name: row.text_if_any("name")?.to_owned(),
            address: row.list("address")?,
            email: Some(row.text_if_any("email")?.to_owned()).filter(|email| !email.is_empty()),
        };
        // An agency is named by the table; of those whom the court names each has a row.
        let meant = |own: &&mut Subscription| {
            own.name == name
                && match own.source {
                    RecipientSource::Fixed => known.name.is_empty(),
                    RecipientSource::Prompts(_) => !known.name.is_empty(),
                    _ => false,
                }
        };
        let mut found = false;
        for own in subscriptions.iter_mut().filter(meant) {
            let same = |before: &KnownAddress| fold_name(&before.name) == fold_name(&known.name);
            if own.addresses.iter().any(same) {
                return Err(row.broken(format!("{name} {} stands twice", known.name)));
            }
            own.addresses.push(known.clone());
            found = true;
        }
        if !found {
            return Err(row.bad("subscription"));
        }
        if known.address.is_empty() && known.email.is_none() {
            return Err(row.bad("address"));
        }
    }
    Ok(())
}

/// User groups of recipients that the source has not, or gives none.
pub(crate) fn user_groups(
    source: &Source,
    subscriptions: &mut [Subscription],
    gaps: &mut Vec<Gap>,
) -> Result<(), ReferenceError> {
    const FILE: &str = "now_user_groups.csv";
    for row in source.table(FILE)?.rows() {
        let (name, groups) = (row.get("subscription")?, row.list("user_groups")?);
        if !subscriptions.iter().any(|own| own.name == name) {
            return Err(row.bad("subscription"));
        }
        for own in subscriptions.iter_mut().filter(|own| own.name == name) {
            own.user_groups.extend(groups.iter().cloned());
        }
        if row.flag("unverified")? {
            let what = format!("{name} gets the copy for {}", groups.join(", "));
            gaps.push(Gap::unverified("a copy of ours", FILE, row.number, what));
        }
    }
    Ok(())
}

/// Which recipients must take responsibility for which documents.
pub(crate) fn acknowledgements(
    source: &Source,
    nows: &[NowDefinition],
    subscriptions: &mut [Subscription],
) -> Result<(), ReferenceError> {
    for row in source.table("now_acknowledgements.csv")?.rows() {
        let (name, now) = (row.get("subscription")?, row.text("now")?);
        if now != "*" && !nows.iter().any(|own| own.name == now) {
            return Err(row.bad("now"));
        }
        let mut found = false;
        for own in subscriptions.iter_mut().filter(|own| own.name == name) {
            own.acknowledges.insert(now.clone());
            found = true;
        }
        if !found {
            return Err(row.bad("subscription"));
        }
    }
    Ok(())
}
