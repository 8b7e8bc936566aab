//! The defence finds a case, goes on record and off it, instructs counsel and gives
//! its people access.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{
    AccountId, CaseId, Day, DefendantId, DisassociationReason, OrganisationId, RepresentationBasis,
    Urn,
};

/// Is there a case that I may take on? By its reference, or by a defendant's name with
/// the day of a hearing. A reference with one wrong character finds it only together
/// with the name.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Find {
    /// Case reference as typed; may be empty.
    pub reference: String,
    /// First and last name, or the name of a body, as typed; may be empty.
    pub name: String,
    /// A day on which the defendant is listed.
    pub hearing_day: Option<Day>,
    /// Date of birth, to tell several apart.
    pub date_of_birth: Option<Day>,
}

/// What a search came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// One case.
    One,
    /// None that is this person's to find, or none at all: the two are never told apart.
    None,
    /// Several: say more.
    Several,
}

/// The answer. It says nothing of who is charged with what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FindAnswer {
    /// What it came to.
    pub outcome: Outcome,
    /// The case, if it is one.
    pub found: Option<CaseMatch>,
    /// What to do next, one sentence.
    pub hint: String,
}

/// The case that was meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaseMatch {
    /// Case.
    pub case_id: CaseId,
    /// Reference.
    pub urn: Urn,
    /// The defendant, if one was named.
    pub defendant_id: Option<DefendantId>,
    /// Whether another firm is on record that gives way to a notice of change.
    pub replaces: bool,
    /// Whether the case is sensitive and opens only to a firm that is on record in it: it
    /// goes on record as by a notice of change, by naming case, defendant and day.
    pub closed: bool,
}

/// My firm represents this defendant.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Associate {
    /// Case.
    pub case_id: CaseId,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// On what basis.
    pub basis: RepresentationBasis,
    /// The day on which the client instructed the firm; none: nobody says.
    #[serde(default)]
    pub instructed_on: Option<Day>,
    /// Whether what was shown as a conflict does not prevent acting.
    #[serde(default)]
    pub confirmed: bool,
}

/// On record.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Associated {
    /// The firm's name.
    pub organisation: String,
}

/// My firm takes another's place: a notice of change of legal representative. Whoever
/// gives it names the case, the defendant and a day of hearing, as in a search.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Change {
    /// Case reference.
    pub reference: String,
    /// The defendant's name.
    pub name: String,
    /// A day on which the defendant is listed.
    pub hearing_day: Day,
    /// On what basis; without legal aid.
    pub basis: RepresentationBasis,
    /// The day of the instruction.
    pub instructed_on: Day,
    /// Whether what was shown as a conflict does not prevent acting.
    pub confirmed: bool,
}

/// On record in another firm's place.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Changed {
    /// Case.
    pub case_id: CaseId,
}

/// The firm is no longer on record.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Disassociate {
    /// Case.
    pub case_id: CaseId,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// Why.
    pub reason: DisassociationReason,
    /// What else is to be said; may be empty.
    pub note: String,
}

/// Done.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Done {}

/// Instruct counsel, by the address of the barrister or of a clerk of their chambers.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Instruct {
    /// Case.
    pub case_id: CaseId,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// E-mail address.
    pub email: String,
    /// Day of the instruction.
    pub on: Day,
    /// Whether what was shown as a conflict does not prevent acting.
    pub confirmed: bool,
}

/// Chambers are no longer instructed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EndInstruction {
    /// Case.
    pub case_id: CaseId,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// Chambers.
    pub organisation_id: OrganisationId,
}

/// Give somebody access.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Grant {
    /// Case.
    pub case_id: CaseId,
    /// Defendant; none means everyone for whom this person may give it.
    pub defendant_id: Option<DefendantId>,
    /// E-mail address.
    pub email: String,
    /// The last day, if there is to be one.
    pub until: Option<Day>,
    /// Whether what was shown as a conflict does not prevent acting.
    pub confirmed: bool,
}

/// Who has access now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Granted {
    /// Full name.
    pub name: String,
    /// Organisation.
    pub organisation: String,
}

/// End somebody's access.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Remove {
    /// Case.
    pub case_id: CaseId,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// Who.
    pub account_id: AccountId,
}

/// Who acts in this case, as far as it is mine to see?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct People {
    /// Case.
    pub case_id: CaseId,
}

/// Who acts, and who on one's own side can see the case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CasePeople {
    /// Defendants that this person sees.
    pub defendants: Vec<ActingFor>,
    /// Colleagues who can see the case as this person can.
    pub colleagues: Vec<String>,
    /// For the prosecutor: advocates to whom it is assigned.
    pub advocates: Vec<Acting>,
    /// Whether this person may assign it.
    pub may_assign: bool,
    /// The last day of an assignment, if nothing else is said.
    pub assigned_until: Day,
}

/// Who acts for one defendant.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ActingFor {
    /// Defendant.
    pub defendant_id: DefendantId,
    /// Name.
    pub name: String,
    /// Firm on record.
    pub firm: Option<String>,
    /// Whether that is this person's.
    pub ours: bool,
    /// The order that keeps it there, in words.
    pub order: Option<String>,
    /// When the client instructed the firm, in words, as far as it said so: for its own side.
    pub instructed: Option<String>,
    /// What conflicts with this person's organisation acting for the defendant.
    pub conflicts: Vec<String>,
    /// Chambers that are instructed.
    pub chambers: Vec<Chambers>,
    /// People with access.
    pub people: Vec<Acting>,
    /// `disassociate`, `instruct`, `grant`.
    pub may: Vec<String>,
}

/// Chambers that are instructed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Chambers {
    /// Chambers.
    pub organisation_id: OrganisationId,
    /// Name.
    pub name: String,
    /// By whom and when, in words.
    pub instructed: String,
}

/// Somebody with access of their own.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Acting {
    /// Who.
    pub account_id: AccountId,
    /// Name.
    pub name: String,
    /// Organisation.
    pub organisation: String,
    /// From whom and until when, in words.
    pub access: String,
    /// Whether it has run out.
    pub over: bool,
    /// Whether this person may end it.
    pub may_remove: bool,
}
