//! Whom a document must reach before the results that call for it are shared: a
//! recipient that nobody named, or that nobody here knows, is found before sharing
//! and not after. Which recipients these are is data. It sends nothing, and it
//! does not know whether what is sent will arrive; alarms do.

use super::{
    DefendantFacts, NowDefinition, Recipient, RecipientSource, RecipientsOf, Subscription,
    recipients::part_of, select::copies, unreached::unreached,
};
use crate::{
    account::Organisation,
    result::{Finding, JudicialResult, ResultCatalogue},
};
use std::collections::BTreeSet;
use vocabulary::{OrganisationId, Severity, fold_name};

/// The most names that a sentence offers.
const OFFERED: usize = 6;

/// What must be known of a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// It is an organisation of this system.
    Organisation,
    /// That, or an address or e-mail address to which the document can go.
    Address,
}

/// A recipient whom these documents must reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The document; `*` is all.
    pub now: String,
    /// What must be known of the recipient.
    pub needs: Needs,
    /// Whether it blocks if that is not known.
    pub severity: Severity,
    /// What the recipient is, in a sentence: `prison`.
    pub noun: String,
}

/// The organisations of this system, and those where nobody signs in.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// All of them.
    pub organisations: Vec<Organisation>,
    /// Those with somebody who signs in.
    pub with_people: BTreeSet<OrganisationId>,
}

impl Directory {
    /// The organisation that a recipient is, of the right kind: the one that the case
    /// names, or the one that the name or e-mail address typed in court means.
    #[must_use]
    pub fn organisation(&self, recipient: &Recipient) -> Option<&Organisation> {
        if let Some(id) = recipient.organisation {
            return self.organisations.iter().find(|o| o.id == id);
        }
        // A person is no organisation, although one has the same name, or the mailbox that they
        // gave is their solicitor's.
        if matches!(recipient.party.as_str(), "Defendant" | "ParentGuardian") {
            return None;
        }
        let kind = recipient.organisation_kind;
        let name = fold_name(&recipient.name);
        let of_kind = || {
            self.organisations
                .iter()
                .filter(move |o| kind.is_none_or(|kind| o.kind.does(kind)))
        };
        // A name is what the court said. An address that several share says nothing.
        of_kind()
            .find(|o| fold_name(&o.name) == name)
            .or_else(|| only(of_kind().filter(|o| o.email.is_some() && recipient.email == o.email)))
    }

    /// What may be chosen in the place of a name that nobody knows.
    fn offer(&self, subscription: &Subscription) -> String {
        let names: Vec<&str> = self
            .organisations
            .iter()
            .filter(|o| subscription.organisation_kind == Some(o.kind))
            .map(|o| o.name.as_str())
            // Whom the court names by a list: those of whom an address is known.
            .chain(subscription.addresses.iter().map(|own| own.name.as_str()))
            .filter(|name| !name.is_empty())
            .collect();
        match names.len() {
            0 => String::new(),
            n if n <= OFFERED => format!(": {}", names.join("; ")),
            n => format!(
                ": {}; and {} more",
                names[..OFFERED].join("; "),
                n - OFFERED
            ),
        }
    }
}

/// The one there is; none, if there are several.
#[must_use]
pub fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    all.next().filter(|_| all.next().is_none())
}

/// Everything that stands between these results and their required recipients, for
/// one defendant. Where no mail leaves the server, an e-mail address reaches nobody.
#[must_use]
pub fn missing_recipients(
    (nows, subscriptions): (&[NowDefinition], &[Subscription]),
    catalogue: &ResultCatalogue,
    results: &[JudicialResult],
    facts: &DefendantFacts,
    (known, mail_leaves): (&Directory, bool),
) -> Vec<Finding> {
    let own: Vec<&JudicialResult> = results
        .iter()
        .filter(|result| result.defendant == facts.defendant)
        .collect();
    let mut findings: Vec<Finding> = Vec::new();
    for copy in copies((nows, subscriptions), &own, facts) {
        let of = RecipientsOf {
            now: copy.now,
            printed: &copy.printed,
            own: &own,
            facts,
            split_key: copy.split_key.as_deref(),
        };
        let mut asked: Vec<Finding> = Vec::new();
        for subscription in of.subscribed(subscriptions) {
            let Some(requirement) = subscription.requirement(copy.now) else {
                continue;
            };
            let required = Asked {
                of: &of,
                subscription,
                requirement,
                catalogue,
                known,
                mail_leaves,
            };
            asked.extend(required.findings());
        }
        // What was asked is not asked twice, but a warning of one recipient hides no document
        // that reaches nobody at all.
        let blocks = |own: &Finding| own.severity == Severity::Blocks;
        let mut unsaid = unreached(&of, subscriptions, catalogue, (known, mail_leaves));
        if asked.iter().any(blocks) {
            unsaid.clear();
        } else if !asked.is_empty() {
            unsaid.retain(blocks);
        }
        say(&mut findings, asked);
        say(&mut findings, unsaid);
    }
    findings
}

/// One name typed once is put right once, whatever it is printed on.
fn say(findings: &mut Vec<Finding>, own: Vec<Finding>) {
    for finding in own {
        let said = findings
            .iter()
            .any(|f| (&f.code, f.line, &f.hint) == (&finding.code, finding.line, &finding.hint));
        if !said {
            findings.push(finding);
        }
    }
}

/// One required recipient of one document.
struct Asked<'a> {
    of: &'a RecipientsOf<'a>,
    subscription: &'a Subscription,
    requirement: &'a Requirement,
    catalogue: &'a ResultCatalogue,
    known: &'a Directory,
    mail_leaves: bool,
}

impl Asked<'_> {
    fn findings(&self) -> Vec<Finding> {
        let found = self.of.named_by(self.subscription);
        if found.is_empty() {
            return self.nobody().into_iter().collect();
        }
        found
            .iter()
            .filter_map(|(result, recipient)| self.judge(*result, recipient))
            .collect()
    }

    /// Nobody is named: by no answer, or not by the case.
    fn nobody(&self) -> Option<Finding> {
        let (noun, document) = (&self.requirement.noun, &self.of.now.name);
        match &self.subscription.source {
            RecipientSource::Prompts(families) => {
                // Only a result that asks for it can be put right.
                let (result, key) = asked_by(self.of, families, self.catalogue)?;
                Some(self.finding(
                    "recipient_not_named",
                    Some(result),
                    format!("No {noun} is named, so nobody would be sent the {document}."),
                    answer_under(self.catalogue, result, &key, &format!("the {noun}")),
                    Some(key),
                ))
            }
            RecipientSource::Case(_) => Some(self.none_of_the_case()),
            RecipientSource::Fixed | RecipientSource::Nobody => None,
        }
    }

    /// The case does not say who: there is none, or several of which the court says which.
    fn none_of_the_case(&self) -> Finding {
        let (noun, document) = (&self.requirement.noun, &self.of.now.name);
        let offered = self.known.offer(self.subscription);
        let asked = asked_by(self.of, &self.subscription.chosen_by, self.catalogue);
        if let (Some((result, key)), false) = (asked, offered.is_empty()) {
            let label = self.catalogue.definition(result.definition);
            let label = label.and_then(|own| own.field(&key)).map(|own| &own.label);
            return self.finding(
                "recipient_not_chosen",
                Some(result),
                format!(
                    "More than one {noun} is known here and none was chosen, so none would be \
                     sent the {document}."
                ),
                format!(
                    "Choose it under \u{201c}{}\u{201d} of {}{offered}.",
                    label.map_or(noun.as_str(), String::as_str),
                    result.label
                ),
                Some(key),
            );
        }
        let next = match self.requirement.severity {
            Severity::Blocks => format!("Ask an administrator to add the {noun}."),
            Severity::Warns => {
                format!("Ask an administrator to add the {noun}; until then tell it yourself.")
            }
        };
        let why = format!("No {noun} is known here, so none would be sent the {document}.");
        self.finding("recipient_not_known", None, why, next, None)
    }

    /// An agency is named by the table and not by the court: what is lacking is its address.
    fn agency(&self, name: &str) -> Finding {
        let mut next = format!(
            "Tell {name} yourself; until that is recorded the court has an alarm. Whoever runs \
             the service gives addresses in now_addresses.csv."
        );
        if self.requirement.severity == Severity::Blocks {
            "Ask whoever runs the service to give it in now_addresses.csv.".clone_into(&mut next);
        }
        let document = &self.of.now.name;
        let why = format!("No address of {name} is known, so the {document} cannot be sent there.");
        self.finding("recipient_without_address", None, why, next, None)
    }

    fn judge(&self, result: Option<&JudicialResult>, recipient: &Recipient) -> Option<Finding> {
        let (noun, document) = (&self.requirement.noun, &self.of.now.name);
        let name = recipient.name.trim();
        if let Some(organisation) = self.known.organisation(recipient) {
            let nobody_signs_in = !self.known.with_people.contains(&organisation.id);
            return (recipient.acknowledgement_required && nobody_signs_in).then(|| Finding {
                severity: Severity::Warns,
                ..self.finding(
                    "recipient_without_people",
                    result,
                    format!("Nobody at {name} signs in here, so nobody there can acknowledge the {document}."),
                    format!("Share the results, and tell {name} by telephone as well."),
                    None,
                )
            });
        }
        let reachable = written_to(recipient, self.mail_leaves);
        if self.requirement.needs == Needs::Address && reachable {
            return None;
        }
        if self.subscription.source == RecipientSource::Fixed {
            return (!reachable).then(|| self.agency(name));
        }
        let otherwise = match self.requirement.needs {
            Needs::Organisation => "ask an administrator to add it",
            Needs::Address => "give its address, or ask an administrator to add it",
        };
        Some(self.finding(
            "recipient_not_known",
            result,
            format!(
                "The {noun} \u{201c}{name}\u{201d} is not known here, so nobody would be sent the {document}."
            ),
            format!(
                "Choose a {noun} that is known{}. If none of them is meant, {otherwise}.",
                self.known.offer(self.subscription)
            ),
            result.and_then(|result| question(result, name)),
        ))
    }

    fn finding(
        &self,
        code: &str,
        result: Option<&JudicialResult>,
        message: String,
        hint: String,
        field: Option<String>,
    ) -> Finding {
        Finding {
            line: result.map(|result| result.line),
            defendant: self.of.facts.defendant,
            offence: result.and_then(|result| result.offence),
            severity: self.requirement.severity,
            code: code.to_owned(),
            message,
            hint,
            field,
            source: None,
        }
    }
}

/// Whether something goes to a recipient whom nobody here knows: by e-mail, where any leaves
/// this server, or by post.
pub(super) fn written_to(recipient: &Recipient, mail_leaves: bool) -> bool {
    !recipient.address.is_empty() || (mail_leaves && recipient.mailbox().is_some())
}

/// The result that asks for one of these families, and the key of its answer.
pub(super) fn asked_by<'a>(
    of: &RecipientsOf<'a>,
    families: &[String],
    catalogue: &ResultCatalogue,
) -> Option<(&'a JudicialResult, String)> {
    of.printed.iter().find_map(|result| {
        let definition = catalogue.definition(result.definition)?;
        let mut asked = definition.fields.iter().flat_map(|f| f.references());
        let names = |r: &&str| families.iter().any(|f| part_of(r, f).is_some());
        Some((*result, asked.find(names)?.to_owned()))
    })
}

/// What to answer, and where: the question by its label, so that it is found.
pub(super) fn answer_under(
    catalogue: &ResultCatalogue,
    result: &JudicialResult,
    key: &str,
    whom: &str,
) -> String {
    let definition = catalogue.definition(result.definition);
    let mut fields = definition.into_iter().flat_map(|own| &own.fields);
    let field = fields.find(|own| own.references().any(|reference| reference == key));
    match field {
        Some(field) => format!(
            "Name {whom}: answer \u{201c}{}\u{201d} under {}.",
            field.label, result.label
        ),
        None => format!("Name {whom} under {}.", result.label),
    }
}

/// The question whose answer is this name.
fn question(result: &JudicialResult, name: &str) -> Option<String> {
    let mut answers = result.answers.iter();
    let (reference, _) = answers.find(|(_, answer)| answer.trim() == name)?;
    Some(reference.clone())
}
