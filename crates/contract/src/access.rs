//! Who may do what on a case, and why: explanations, permission for single people,
//! sensitive cases, and openings of them that were not permitted beforehand.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{
    AccountId, CaseId, CasePermission, Day, DefendantId, HearingId, Instant, OpeningId,
    OpeningKind, Urn,
};

/// Why I may not do what I may not do on a case that I can see.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Explain {
    /// Case.
    pub case_id: CaseId,
}

/// What the person may not do on the case, each with its reason.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Explained {
    /// One line for each action that is not permitted.
    pub refused: Vec<Refused>,
}

/// An action that is not permitted, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refused {
    /// The action's name in the policies.
    pub action: String,
    /// The section, if it is about papers of one.
    pub section: Option<String>,
    /// The hearing that was asked about, if it is done in one.
    pub hearing_id: Option<HearingId>,
    /// The day of that hearing, if it is not so in all hearings of the case.
    pub hearing: Option<String>,
    /// The reason in one sentence.
    pub why: String,
    /// The layer that refuses, and policies.
    pub reference: String,
}

/// Who has permission on a case of their own.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OfCase {
    /// Its id, or its reference as typed.
    pub case: String,
}

/// Access to a case beside groups and organisations.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseAccess {
    /// Case.
    pub case_id: CaseId,
    /// Its reference.
    pub urn: Urn,
    /// Why the case is sensitive, if it is.
    pub sensitive: Option<String>,
    /// Who was given permission; whoever gives it for the prosecution sees those who prosecute.
    pub permissions: Vec<Permission>,
    /// The defendants on one of whom it can be given.
    pub defendants: Vec<PermittedOn>,
    /// Who opened it without permission, newest first.
    pub openings: Vec<Opening>,
    /// Whether this person gives and takes back.
    pub may_give: bool,
    /// Whether they do so for the prosecution alone: to people of their own authority and
    /// advocates whom it assigned, with a last day.
    pub for_prosecution: bool,
    /// To whom it can be given, where that is known without an address.
    pub offered: Vec<PermittedTo>,
    /// The last day of what is given to whoever prosecutes, if nothing else is said.
    pub usual_until: Day,
    /// Whether this person may say that the case is sensitive.
    pub may_make_sensitive: bool,
    /// Whether this person may say that the case is sensitive no longer: nobody to whom it
    /// is closed.
    pub may_lift: bool,
}

/// Somebody to whom permission can be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PermittedTo {
    /// The address with which they sign in.
    pub email: String,
    /// Their name and organisation.
    pub called: String,
}

/// A defendant on whom permission can be given.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PermittedOn {
    /// Defendant.
    pub defendant_id: DefendantId,
    /// Their name, or to whoever does not see them their place in the case.
    pub called: String,
}

/// Permission of one person.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Permission {
    /// Whose.
    pub account_id: AccountId,
    /// Their name.
    pub name: String,
    /// As what.
    pub permission: CasePermission,
    /// The one defendant on whom it is; none: on the whole case.
    pub defendant_id: Option<DefendantId>,
    /// How that defendant is called.
    pub defendant: Option<String>,
    /// Where they prosecute; none: they are of a court.
    pub organisation: Option<String>,
    /// The last day, if there is one.
    pub until: Option<Day>,
    /// Why it was given.
    pub reason: String,
    /// Since.
    pub since: Instant,
    /// Whether it is in force; a deputy's ends 28 days after the results, that of whoever
    /// prosecutes when they do so no more.
    pub in_force: bool,
}

/// An opening of a sensitive case by somebody without permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Opening {
    /// Opening.
    pub opening_id: OpeningId,
    /// Case.
    pub case_id: CaseId,
    /// Its reference.
    pub urn: Urn,
    /// Whether it was opened to one person, or to everybody.
    pub kind: OpeningKind,
    /// Who.
    pub name: String,
    /// Why, as they said.
    pub reason: String,
    /// When.
    pub at: Instant,
    /// Who reviewed it, and what they said; none if it waits.
    pub reviewed: Option<String>,
    /// Whether this person may review it: not their own.
    pub may_review: bool,
}

/// Give somebody permission on a case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Give {
    /// Case.
    pub case_id: CaseId,
    /// Whom: the e-mail address of an account of a court or of somebody who prosecutes the case.
    pub email: String,
    /// As what. Whoever prosecutes works on the case, whatever is said here.
    pub permission: CasePermission,
    /// The one defendant on whom it is; none: on the whole case.
    #[serde(default)]
    pub defendant_id: Option<DefendantId>,
    /// The last day; none: without an end or, for whoever prosecutes, the usual time.
    #[serde(default)]
    pub until: Option<Day>,
    /// Why.
    pub reason: String,
}

/// Take it back: their next request for what it opened is refused.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TakeBack {
    /// Case.
    pub case_id: CaseId,
    /// From whom.
    pub account_id: AccountId,
    /// The one defendant on whom it is; none: on the whole case.
    #[serde(default)]
    pub defendant_id: Option<DefendantId>,
    /// Why.
    pub reason: String,
}

/// Make a case sensitive, or no longer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetSensitive {
    /// Case.
    pub case_id: CaseId,
    /// Whether it is to be sensitive.
    pub sensitive: bool,
    /// Why.
    pub reason: String,
}

/// Say why a sensitive case must be opened: the glass is broken, and everybody hears it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BreakGlass {
    /// Case.
    pub case_id: CaseId,
    /// Why.
    pub reason: String,
}

/// The case is open to them now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GlassBroken {
    /// Until when.
    pub until: Instant,
}

/// Openings that wait for a review, oldest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Openings {}

/// The queue.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpeningQueue {
    /// Those that wait.
    pub openings: Vec<Opening>,
    /// Whether this person reviews any; whoever gives permission for the prosecution alone does
    /// not.
    pub reviews: bool,
    /// Whether more wait than the queue shows.
    pub more: bool,
}

/// Review one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Review {
    /// Opening.
    pub opening_id: OpeningId,
    /// Whether it was right to open the case.
    pub justified: bool,
    /// What was found.
    pub note: String,
}
