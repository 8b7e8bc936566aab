//! A document that the results call for and that would reach nobody: nobody is named, or no
//! address of anybody is known. It is said before sharing, whatever the table of required
//! recipients says; an order or a warrant blocks. What the source only files reaches the file.

use super::{
    Directory, Recipient, RecipientSource, RecipientsOf, Subscription,
    recipients::has_family,
    required::{asked_by, written_to},
};
use crate::result::{Finding, ResultCatalogue};
use vocabulary::{Channel, DocumentKind, Severity};

/// What is to be said of one copy of a document.
pub(super) fn unreached(
    of: &RecipientsOf<'_>,
    subscriptions: &[Subscription],
    catalogue: &ResultCatalogue,
    (known, mail_leaves): (&Directory, bool),
) -> Vec<Finding> {
    let all = of.all(subscriptions);
    if all.is_empty() {
        return nobody(of, subscriptions, catalogue).into_iter().collect();
    }
    if all.iter().all(|own| own.channel == Channel::FileOnly) {
        return only_filed(of).into_iter().collect();
    }
    // The copy on the case file tells nobody.
    let sent: Vec<&Recipient> = all
        .iter()
        .filter(|own| own.channel != Channel::FileOnly)
        .collect();
    let unreached: Vec<&Recipient> = {
        let reached =
            |own: &Recipient| written_to(own, mail_leaves) || known.organisation(own).is_some();
        sent.iter().copied().filter(|own| !reached(own)).collect()
    };
    // The address of an agency is for whoever runs the service to add, not for the court (the
    // table of required recipients says of which it must be known); to a defendant of no fixed
    // abode it is handed over.
    let of_the_court = unreached
        .iter()
        .any(|own| own.party != "Fixed" && own.party != "Defendant");
    let severity = if unreached.len() == sent.len() && of_the_court {
        weight(of)
    } else {
        Severity::Warns
    };
    let document = &of.now.name;
    unreached
        .into_iter()
        .map(|recipient| {
            let name = recipient.name.trim();
            let next = if recipient.party == "Fixed" {
                format!(
                    "Tell {name} yourself; until that is recorded the court has an alarm. Whoever \
                     runs the service gives addresses in now_addresses.csv."
                )
            } else if severity == Severity::Blocks {
                format!("Give an address of {name}.")
            } else {
                format!(
                    "Hand it over or tell {name} yourself; until that is recorded the court has \
                     an alarm."
                )
            };
            finding(
                of,
                severity,
                "recipient_without_address",
                format!("No address of {name} is known, so the {document} cannot be sent there."),
                next,
            )
        })
        .collect()
}

/// Nobody is named by an answer, or known to the case, to whom it would go.
fn nobody(
    of: &RecipientsOf<'_>,
    subscriptions: &[Subscription],
    catalogue: &ResultCatalogue,
) -> Option<Finding> {
    let mut applies = of
        .subscribed(subscriptions)
        .filter(|own| !held_nowhere_known(own) && !answered_elsewhere(of, own))
        .peekable();
    // The source's own rules send it to nobody in this case, or by another document.
    applies.peek()?;
    let mut names_it = subscriptions
        .iter()
        .filter(|own| of.now.subscriptions.contains(&own.name));
    if names_it.any(|own| of.excludes(own)) {
        return None;
    }
    let asked = applies.find_map(|own| match &own.source {
        RecipientSource::Prompts(families) => asked_by(of, families, catalogue),
        _ => None,
    });
    let document = &of.now.name;
    let message = format!("Nobody is named to whom the {document} would go, so it is not made.");
    let Some((result, key)) = asked else {
        // No answer can put it right: the catalogue asks nowhere who gets it.
        let next = "Share the results, and tell whoever must know yourself.".to_owned();
        return Some(finding(
            of,
            Severity::Warns,
            "document_without_recipient",
            message,
            next,
        ));
    };
    let next = super::required::answer_under(catalogue, result, &key, "who gets it");
    let mut said = finding(of, weight(of), "document_without_recipient", message, next);
    said.line = Some(result.line);
    said.offence = result.offence;
    said.field = Some(key);
    Some(said)
}

/// It goes to the case file, and somebody must act on it.
fn only_filed(of: &RecipientsOf<'_>) -> Option<Finding> {
    let whom = of.now.told_by_hand.as_ref()?;
    Some(finding(
        of,
        Severity::Warns,
        "only_filed",
        format!(
            "The {} goes to the case file and to nobody else.",
            of.now.name
        ),
        format!("Tell {whom} yourself."),
    ))
}

/// It goes where an answer names somebody, and only another document has that answer: compensation
/// to one creditor makes nobody of the costs that another is paid.
fn answered_elsewhere(of: &RecipientsOf<'_>, subscription: &Subscription) -> bool {
    let printed = |family: &String| {
        let mut printed = of.printed.iter();
        printed.any(|result| has_family(result, family))
    };
    subscription.rules_applied && !subscription.included_prompts.iter().all(printed)
}

/// Whom the police hold no prison holds: nobody is to be told.
fn held_nowhere_known(subscription: &Subscription) -> bool {
    subscription.source == RecipientSource::Case("DefendantCustody".to_owned())
}

/// An order or a warrant that reaches nobody binds nobody; of a notice and a message people
/// can be told otherwise.
fn weight(of: &RecipientsOf<'_>) -> Severity {
    match of.now.kind {
        DocumentKind::Order | DocumentKind::Warrant => Severity::Blocks,
        _ => Severity::Warns,
    }
}

fn finding(
    of: &RecipientsOf<'_>,
    severity: Severity,
    code: &str,
    message: String,
    hint: String,
) -> Finding {
    Finding {
        line: None,
        defendant: of.facts.defendant,
        offence: None,
        severity,
        code: code.to_owned(),
        message,
        hint,
        field: None,
        source: None,
    }
}
