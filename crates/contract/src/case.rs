//! A case: finding it, and seeing it at a glance.

use crate::{
    alarm::AlarmMark,
    document::{ReplacesMark, SupersededMark, WelshMark},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{
    CaseId, Day, DefendantId, DeliveryState, DocumentId, DocumentKind, HearingId, HearingState,
    Instant, MaterialId, OffenceId, RepresentationBasis, Urn,
};

/// My cases.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct List {}

/// Cases of this person's organisation, those with news first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseList {
    /// Rows.
    pub cases: Vec<CaseRow>,
    /// Whether this person may look for a case by its reference.
    pub may_find: bool,
    /// Whether there are more than the list holds.
    pub more: bool,
}

/// One case in a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseRow {
    /// Case.
    pub case_id: CaseId,
    /// Reference.
    pub urn: Urn,
    /// Names of its defendants.
    pub defendants: Vec<String>,
    /// First offence's title, and how many more.
    pub offences: String,
    /// Prosecuting authority.
    pub prosecutor: String,
    /// Next hearing, as people read it, or nothing.
    pub next_hearing: Option<String>,
    /// Things that happened since this person last looked.
    #[ts(type = "number")]
    pub unread: u64,
}

/// Find a case by its reference, in any case, with spaces.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Find {
    /// As typed.
    pub reference: String,
}

/// The case that was found. What is not there, or not this person's to find, is `not_found`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Found {
    /// Case.
    pub case_id: CaseId,
    /// Reference.
    pub urn: Urn,
}

/// Open a case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct View {
    /// Case.
    pub case_id: CaseId,
}

/// Everything about a case that this person may see, on one screen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseAtAGlance {
    /// Case.
    pub case_id: CaseId,
    /// Version of the record that this shows.
    #[ts(type = "number")]
    pub version: u64,
    /// Reference.
    pub urn: Urn,
    /// `Active` or `Inactive`.
    pub status: String,
    /// How it began, in words.
    pub began: String,
    /// Prosecuting authority.
    pub prosecutor: String,
    /// Case markers, in words.
    pub markers: Vec<String>,
    /// Defendants (for the defence: those nobody else represents).
    pub defendants: Vec<DefendantView>,
    /// Hearings, earliest first.
    pub hearings: Vec<CaseHearing>,
    /// Papers served, newest first.
    pub materials: Vec<MaterialRow>,
    /// Notices, orders and warrants made in this case.
    pub documents: Vec<DocumentRow>,
    /// What happened since this person last looked, newest first.
    pub changes: Vec<Change>,
    /// What this person may do here: `serve_material`, `associate`, `view_people`.
    pub may: Vec<String>,
    /// Sections into which this person may serve.
    pub sections: Vec<String>,
}

/// A defendant.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DefendantView {
    /// Defendant.
    pub defendant_id: DefendantId,
    /// Full name.
    pub name: String,
    /// Date of birth, if a person.
    pub date_of_birth: Option<Day>,
    /// Age today.
    #[ts(type = "number | null")]
    pub age: Option<i64>,
    /// Address in lines.
    pub address: Vec<String>,
    /// Bail or custody, in words.
    pub bail: String,
    /// Whether that is custody: shown as a warning.
    pub in_custody: bool,
    /// Interpreter needed, in words.
    pub interpreter: Option<String>,
    /// Firm on record.
    pub represented_by: Option<String>,
    /// On what basis.
    pub basis: Option<RepresentationBasis>,
    /// Whether that is this person's firm.
    pub ours: bool,
    /// Offences.
    pub offences: Vec<OffenceView>,
    /// Results that concern the defendant as a whole.
    pub results: Vec<ResultView>,
}

/// An offence.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OffenceView {
    /// Offence.
    pub offence_id: OffenceId,
    /// Number on the charge sheet.
    pub number: u32,
    /// CJS offence code.
    pub code: String,
    /// Title.
    pub title: String,
    /// Legislation.
    pub legislation: String,
    /// Wording of this charge.
    pub wording: String,
    /// When committed, in words.
    pub committed: String,
    /// Mode of trial.
    pub mode_of_trial: String,
    /// Plea in words, with its date.
    pub plea: Option<String>,
    /// What the court found, in words, with its date.
    pub verdict: Option<String>,
    /// Conviction date.
    pub convicted_on: Option<Day>,
    /// Results so far.
    pub results: Vec<ResultView>,
}

/// A result as shared.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ResultView {
    /// Short code.
    pub code: String,
    /// Label with its answered prompts.
    pub text: String,
    /// Day of the hearing.
    pub ordered_on: Day,
}

/// A hearing of the case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseHearing {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Type in words.
    pub kind: String,
    /// Court and room.
    pub court: String,
    /// Day.
    pub day: Day,
    /// Clock, `10:00`.
    pub time: String,
    /// State.
    pub state: HearingState,
    /// Whether its results were shared.
    pub shared: bool,
    /// Whether something of this case still waits for its results.
    pub part: bool,
    /// Whether this person may open it.
    pub may_open: bool,
}

/// A paper served on the case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MaterialRow {
    /// Material.
    pub material_id: MaterialId,
    /// Section, for instance `IDPC bundle`.
    pub section: String,
    /// Name.
    pub name: String,
    /// Whose papers they are, if one defendant's.
    pub defendant: Option<String>,
    /// Size in bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// MIME type.
    pub mime: String,
    /// When served.
    pub served_at: Instant,
    /// By whom: organisation.
    pub served_by: String,
    /// Whether this person has not opened it yet.
    pub unread: bool,
}

/// A notice, order or warrant.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DocumentRow {
    /// Document.
    pub document_id: DocumentId,
    /// Name, for instance `Warrant for custodial sentence`.
    pub name: String,
    /// Kind.
    pub kind: DocumentKind,
    /// Defendant.
    pub defendant: String,
    /// When asked for.
    pub requested_at: Instant,
    /// Whether its PDF is made and filed.
    pub made: bool,
    /// Whether this person has not opened it yet.
    pub unread: bool,
    /// On the way to whom, how far.
    pub deliveries: Vec<DeliveryRow>,
    /// Set when it no longer stands.
    pub superseded: Option<SupersededMark>,
    /// The document that it replaces.
    pub replaces: Option<ReplacesMark>,
    /// Set when it waits for Welsh, or when a copy in both languages followed.
    pub welsh: Option<WelshMark>,
}

/// One document on its way to one recipient.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DeliveryRow {
    /// Delivery.
    pub delivery_id: vocabulary::DeliveryId,
    /// Recipient's name.
    pub recipient: String,
    /// Channel in words.
    pub channel: String,
    /// How far.
    pub state: DeliveryState,
    /// Since when.
    pub since: Instant,
    /// Who acknowledged or opened it, or why it failed.
    pub note: Option<String>,
    /// Whether the recipient must acknowledge.
    pub acknowledgement_required: bool,
    /// Set, for the court that sent it, when it is beyond its limit.
    pub alarm: Option<AlarmMark>,
    /// For the court that sent it: who was told otherwise, and when.
    pub settled: Option<String>,
    /// For the court that sent it: a letter that was posted, and may come back.
    pub may_come_back: bool,
}

/// Something that happened in the case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Change {
    /// When.
    pub at: Instant,
    /// What, one sentence.
    pub what: String,
    /// Kind: `material`, `hearing`, `plea`, `verdict`, `result`,
    /// `document`, `defence`, `case`.
    pub kind: String,
}

/// I have seen the case as of this version.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MarkSeen {
    /// Case.
    pub case_id: CaseId,
    /// Version seen.
    #[ts(type = "number")]
    pub version: u64,
}

/// Noted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Seen {}

/// Keep a case off lists that others than the court read, or let it be on them again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RestrictListing {
    /// Case.
    pub case_id: CaseId,
    /// Whether it is to be kept off.
    pub kept_off: bool,
    /// Why, for the court only.
    pub reason: String,
}

/// How the case stands now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ListingRestricted {
    /// Whether it is kept off.
    pub kept_off: bool,
}
