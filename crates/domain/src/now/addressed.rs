//! Which copies of one document there are. A letter to a person names nobody else as its
//! addressee: who it goes to, and where they live, is on their own copy alone. And an answer, or a
//! whole result, that the source keeps for some user groups is left out of the copies of everybody else.
//! It decides nothing about who gets the document; `recipients` does.

use super::Recipient;
use crate::result::JudicialResult;
use vocabulary::Channel;

/// What sets a copy without restricted answers apart from one that has them.
const FOR_EVERYBODY: &str = "copy for everybody";

/// One copy.
pub(super) struct Separate {
    /// What sets it apart from the others of its document; none for the first.
    pub(super) apart: Option<String>,
    /// Keys of answers that it leaves out.
    pub(super) withheld: Vec<String>,
    /// Who gets it.
    pub(super) recipients: Vec<Recipient>,
}

/// The copies of a document that prints these results and goes to these recipients; none,
/// if nobody gets it.
pub(super) fn separate(printed: &[&JudicialResult], recipients: Vec<Recipient>) -> Vec<Separate> {
    let first = first_letter(&recipients).cloned();
    let mut copies: Vec<(Option<String>, Separate)> = Vec::new();
    for recipient in recipients {
        let own = letter(&recipient) && first.as_ref() != Some(&recipient);
        let name = own.then(|| recipient.name.clone());
        let withheld = withheld(printed, &recipient);
        let same = |(other, copy): &&mut (Option<String>, Separate)| {
            *other == name && copy.withheld == withheld
        };
        if let Some((_, copy)) = copies.iter_mut().find(same) {
            copy.recipients.push(recipient);
            continue;
        }
        let another = copies.iter().any(|(other, _)| *other == name);
        let for_everybody = another.then(|| FOR_EVERYBODY.to_owned());
        let apart: Vec<String> = name.clone().into_iter().chain(for_everybody).collect();
        let copy = Separate {
            apart: (!apart.is_empty()).then(|| apart.join(", ")),
            withheld,
            recipients: vec![recipient],
        };
        copies.push((name, copy));
    }
    copies.into_iter().map(|(_, copy)| copy).collect()
}

/// The letter with which the copies for organisations and for the file go: the defendant's,
/// or else the first.
fn first_letter(recipients: &[Recipient]) -> Option<&Recipient> {
    let letters = || recipients.iter().filter(|own| letter(own));
    letters()
        .find(|own| own.party == "Defendant")
        .or_else(|| letters().next())
}

/// Whether it goes to a person, or to somebody whom the system does not know as an organisation.
fn letter(recipient: &Recipient) -> bool {
    recipient.channel != Channel::FileOnly
        && recipient.organisation_kind.is_none()
        && recipient.organisation.is_none()
}

/// The answers that this recipient does not read. The case file has everything.
fn withheld(printed: &[&JudicialResult], recipient: &Recipient) -> Vec<String> {
    if recipient.channel == Channel::FileOnly {
        return Vec::new();
    }
    // What the defence may read of a defendant's case the defendant may.
    let belongs = |group: &String| {
        recipient.user_groups.contains(group)
            || (recipient.party == "Defendant" && group == "Defence")
    };
    let kept = |only_for: &[String]| !only_for.is_empty() && !only_for.iter().any(belongs);
    let prompts = printed.iter().flat_map(|result| &result.prompts);
    let mut keys: Vec<String> = prompts
        .filter(|prompt| kept(&prompt.only_for))
        .map(|prompt| prompt.reference.clone())
        .collect();
    // What stands under a result that somebody does not read they do not read either.
    let mut left_out: Vec<&JudicialResult> = Vec::new();
    for result in printed {
        let under = |own: &&JudicialResult| result.parent == Some(own.line);
        if kept(&result.only_for) || left_out.iter().any(under) {
            left_out.push(result);
        }
    }
    keys.extend(left_out.iter().map(|result| result.withheld_as()));
    keys.sort();
    keys.dedup();
    keys
}
