//! What can happen to a case.

use super::{AccessChange, Defendant, Prosecutor, Verdict};
use crate::result::JudicialResult;
use serde::{Deserialize, Serialize};
use vocabulary::{
    AccountId, AmendmentReason, BailStatus, CaseId, CourtId, Day, DefendantId,
    DisassociationReason, DocumentId, DocumentKind, HearingId, InitiationCode, MaterialId,
    OffenceId, OrganisationId, RepresentationBasis, ResultLineId, SubmissionId, Urn,
};

/// An event of a case. Old events stay readable for ever: fields are added with a default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CaseEvent {
    /// A prosecutor began the case.
    CaseCreated {
        /// Case.
        case_id: CaseId,
        /// Reference.
        urn: Urn,
        /// Charge, requisition or summons.
        initiation: InitiationCode,
        /// Who prosecutes.
        prosecutor: Prosecutor,
        /// Case markers.
        markers: Vec<String>,
        /// Defendants with their offences.
        defendants: Vec<Defendant>,
        /// The submission it came from.
        submission: Option<SubmissionId>,
    },
    /// A hearing was listed.
    HearingAdded {
        /// Hearing.
        hearing_id: HearingId,
        /// Type in words.
        kind: String,
        /// Court and room.
        court: String,
        /// Day.
        day: Day,
        /// Clock.
        time: String,
        /// The court house; events of before do not say.
        #[serde(default)]
        court_id: Option<CourtId>,
    },
    /// Papers were served.
    MaterialServed {
        /// Material.
        material_id: MaterialId,
        /// One defendant's, or the case's.
        defendant_id: Option<DefendantId>,
        /// Section.
        section: String,
        /// File name.
        name: String,
        /// MIME type.
        mime: String,
        /// Size.
        bytes: u64,
        /// SHA-256, hexadecimal.
        sha256: String,
        /// Serving organisation.
        organisation: OrganisationId,
        /// Its name.
        organisation_name: String,
    },
    /// A firm went on record.
    DefenceAssociated {
        /// Defendant.
        defendant_id: DefendantId,
        /// Firm.
        organisation: OrganisationId,
        /// Its name.
        organisation_name: String,
        /// Basis.
        basis: RepresentationBasis,
        /// The day on which the client instructed the firm, if it said so. Events of before do
        /// not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instructed_on: Option<Day>,
        /// In whose place, where an order of the Legal Aid Agency waited for the firm to register.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        awaited: Option<OrganisationId>,
    },
    /// The Legal Aid Agency made a representation order: the firm it names is on record,
    /// and nobody takes its place until the order ends.
    RepresentationOrderMade {
        /// Defendant.
        defendant_id: DefendantId,
        /// Firm.
        organisation: OrganisationId,
        /// Its name.
        organisation_name: String,
        /// The agency's reference.
        reference: String,
        /// From when.
        from: Day,
        /// The number of the firm's contract with the agency, while no firm that has it is
        /// registered here: nobody is of this firm yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contract: Option<String>,
    },
    /// The order was withdrawn.
    RepresentationOrderWithdrawn {
        /// Defendant.
        defendant_id: DefendantId,
        /// Firm.
        organisation: OrganisationId,
        /// Its name.
        organisation_name: String,
        /// The agency's reference.
        reference: String,
        /// From when.
        on: Day,
    },
    /// A firm is no longer on record.
    DefenceDisassociated {
        /// Defendant.
        defendant_id: DefendantId,
        /// Firm.
        organisation: OrganisationId,
        /// Its name.
        organisation_name: String,
        /// Why.
        reason: DisassociationReason,
        /// What else was said.
        note: String,
    },
    /// Somebody was shown a conflict and went on.
    ConflictConfirmed {
        /// Whose conflict.
        organisation: OrganisationId,
        /// One person's, if it is.
        account: Option<AccountId>,
        /// What was shown, in words.
        shown: Vec<String>,
    },
    /// Somebody who read papers of it for the prosecution came to a firm that is on record.
    ConflictArose {
        /// Who.
        account: AccountId,
        /// Name.
        name: String,
        /// The firm.
        organisation: OrganisationId,
        /// Its name.
        organisation_name: String,
    },
    /// A firm on record instructed chambers.
    CounselInstructed {
        /// Defendant.
        defendant_id: DefendantId,
        /// Chambers.
        organisation: OrganisationId,
        /// Their name.
        organisation_name: String,
        /// The firm.
        by: OrganisationId,
        /// Its name.
        by_name: String,
        /// Day of the instruction.
        on: Day,
    },
    /// Chambers are no longer instructed.
    InstructionEnded {
        /// Defendant.
        defendant_id: DefendantId,
        /// Chambers.
        organisation: OrganisationId,
        /// Their name.
        organisation_name: String,
    },
    /// Somebody was given access for the defence.
    AccessGranted {
        /// Defendant.
        defendant_id: DefendantId,
        /// Who.
        account: AccountId,
        /// Name.
        name: String,
        /// Organisation.
        organisation: OrganisationId,
        /// Its name.
        organisation_name: String,
        /// Who gave it: the firm on record or the instructed chambers.
        by: OrganisationId,
        /// Its name.
        by_name: String,
        /// The last day, if there is one.
        until: Option<Day>,
    },
    /// That access ended.
    AccessRemoved {
        /// Defendant.
        defendant_id: DefendantId,
        /// Who.
        account: AccountId,
        /// Name.
        name: String,
    },
    /// The prosecutor assigned the case to an advocate.
    AdvocateAssigned {
        /// Who.
        account: AccountId,
        /// Name.
        name: String,
        /// Organisation.
        organisation: OrganisationId,
        /// Its name.
        organisation_name: String,
        /// The last day.
        until: Day,
    },
    /// The advocate no longer has it.
    AdvocateRemoved {
        /// Who.
        account: AccountId,
        /// Name.
        name: String,
    },
    /// A plea was entered.
    PleaEntered {
        /// Hearing.
        hearing_id: HearingId,
        /// Offence.
        offence_id: OffenceId,
        /// Value, for instance `GUILTY`.
        plea: String,
        /// In words.
        label: String,
        /// Whether it is a plea of guilty, which convicts.
        guilty: bool,
        /// Day.
        day: Day,
    },
    /// A verdict was entered, in the place of one before.
    VerdictEntered {
        /// Hearing.
        hearing_id: HearingId,
        /// Offence.
        offence_id: OffenceId,
        /// What was found, and on which day.
        verdict: Verdict,
    },
    /// A verdict that was entered by mistake no longer stands.
    VerdictTakenBack {
        /// Hearing.
        hearing_id: HearingId,
        /// Offence.
        offence_id: OffenceId,
    },
    /// Results were shared.
    CaseResulted {
        /// Hearing.
        hearing_id: HearingId,
        /// Day.
        day: Day,
        /// Results in this case.
        results: Vec<JudicialResult>,
        /// Bail or custody of each defendant from now on, where the results change it.
        bail: Vec<(DefendantId, BailStatus)>,
    },
    /// Results were amended and shared again, in the place of those before.
    CaseResultsAmended {
        /// Hearing.
        hearing_id: HearingId,
        /// Day.
        day: Day,
        /// Which version of the day's results.
        version: u32,
        /// Why.
        reason: AmendmentReason,
        /// The lines whose results no longer stand.
        replaced: Vec<ResultLineId>,
        /// Results in this case, all of them.
        results: Vec<JudicialResult>,
        /// What was taken away.
        deleted: Vec<JudicialResult>,
        /// Bail or custody as the results leave it.
        bail: Vec<(DefendantId, BailStatus)>,
    },
    /// A hearing was taken out of the list.
    HearingVacated {
        /// Hearing.
        hearing_id: HearingId,
        /// Type in words.
        kind: String,
        /// Day.
        day: Day,
        /// Clock.
        time: String,
    },
    /// Somebody of the court said that a defendant is one person with a defendant of another case
    /// that is heard with this one, of whom no number and no address says so.
    SamePersonConfirmed {
        /// Of this case.
        defendant_id: DefendantId,
        /// Of the other one.
        other_id: DefendantId,
        /// Why, for the court only.
        reason: String,
    },
    /// Somebody of the court said that a defendant is not one person with a defendant of another
    /// case: what was confirmed, or seemed certain, was wrong.
    ToldApart {
        /// Of this case.
        defendant_id: DefendantId,
        /// Of the other one.
        other_id: DefendantId,
        /// Why, for the court only.
        reason: String,
    },
    /// The case is no longer heard in a hearing in which it was heard together with others.
    HeardApart {
        /// That hearing; it goes on without this case.
        hearing_id: HearingId,
        /// Type in words.
        kind: String,
        /// Day.
        day: Day,
        /// Clock.
        time: String,
        /// Why, for the court only.
        reason: String,
    },
    /// The court keeps the case off lists that others than the court read, or lets it
    /// be on them again.
    ListingRestricted {
        /// Whether it is kept off.
        kept_off: bool,
        /// Why, for the court only.
        reason: String,
    },
    /// Who may open the case changed, beside groups and organisations.
    AccessChanged {
        /// How.
        change: AccessChange,
    },
    /// A notice, order or warrant no longer stands.
    DocumentSuperseded {
        /// Document.
        document_id: DocumentId,
        /// Name.
        name: String,
        /// Defendant.
        defendant_id: DefendantId,
        /// The one that replaces it.
        by: Option<DocumentId>,
    },
    /// A notice, order or warrant was asked for.
    DocumentAdded {
        /// Document.
        document_id: DocumentId,
        /// Name.
        name: String,
        /// Kind.
        kind: DocumentKind,
        /// Defendant.
        defendant_id: DefendantId,
    },
    /// Its PDF was made and filed.
    DocumentFiled {
        /// Document.
        document_id: DocumentId,
        /// Name.
        name: String,
    },
}
