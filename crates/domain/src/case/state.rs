//! What the record says about a case, folded from its events.

use super::{
    Assignment, Barred, CaseAccess, CaseEvent, Defendant, Former, Found, Grant, Instruction,
    Offence, Prosecutor, RepresentationOrder, Verdict, amended::put,
};
use crate::{ledger::Recorded, result::JudicialResult};
use serde::{Deserialize, Serialize};
use vocabulary::{
    BailStatus, CaseId, CourtId, Day, DefendantId, DocumentId, HearingId, InitiationCode, Instant,
    MaterialId, OffenceId, OrganisationId, RepresentationBasis, Urn,
};

/// A case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Case.
    pub id: CaseId,
    /// Number of events so far.
    pub version: u64,
    /// Reference.
    pub urn: Urn,
    /// How it began.
    pub initiation: InitiationCode,
    /// Who prosecutes.
    pub prosecutor: Prosecutor,
    /// Markers.
    pub markers: Vec<String>,
    /// When it came in.
    pub received_at: Instant,
    /// Defendants.
    pub defendants: Vec<DefendantState>,
    /// Hearings.
    pub hearings: Vec<HearingId>,
    /// For when each of them was listed last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listed: Vec<(HearingId, Day, String)>,
    /// Papers.
    pub materials: Vec<Material>,
    /// Notices, orders and warrants.
    pub documents: Vec<DocumentId>,
    /// Why the case is kept off lists that others than the court read, if it is.
    #[serde(default)]
    pub kept_off_lists: Option<String>,
    /// Court houses that hear it or heard it. One at which a hearing was only listed, and
    /// taken out of the list before it began, is not among them: nothing happened there.
    #[serde(default)]
    pub courts: Vec<CourtId>,
    /// At which of them which hearing is or was. Of a court that came in before this was
    /// kept there is none, and it stays.
    #[serde(default)]
    pub places: Vec<(HearingId, CourtId)>,
    /// Who was given permission of their own, and whether it is sensitive.
    #[serde(default)]
    pub access: CaseAccess,
    /// Chambers that are instructed.
    #[serde(default)]
    pub instructions: Vec<Instruction>,
    /// People who were given access for the defence.
    #[serde(default)]
    pub grants: Vec<Grant>,
    /// Advocates to whom the prosecutor assigned the case.
    #[serde(default)]
    pub advocates: Vec<Assignment>,
    /// Firms that were on record.
    #[serde(default)]
    pub former: Vec<Former>,
    /// People of firms on record to whom it is closed, because they read for the prosecution.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barred: Vec<Barred>,
}

/// A defendant, with what has happened to them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DefendantState {
    /// As charged.
    pub charged: Defendant,
    /// Bail or custody now.
    pub bail: BailStatus,
    /// Which hearing set it to what, in order: an amendment takes its own back.
    #[serde(default)]
    pub bail_set: Vec<BailSet>,
    /// Firm on record.
    pub represented_by: Option<Representation>,
    /// Offences.
    pub offences: Vec<OffenceState>,
    /// Results that concern the defendant as a whole.
    pub results: Vec<(Day, JudicialResult)>,
}

/// Bail or custody as a hearing left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BailSet {
    /// Hearing.
    pub hearing: HearingId,
    /// Its day.
    pub day: Day,
    /// Status.
    pub status: BailStatus,
}

/// A firm on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Representation {
    /// Firm.
    pub organisation: OrganisationId,
    /// Name.
    pub name: String,
    /// Basis.
    pub basis: RepresentationBasis,
    /// Since.
    pub since: Instant,
    /// The representation order that keeps it there.
    #[serde(default)]
    pub order: Option<RepresentationOrder>,
    /// The day on which the client instructed it, if it said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instructed_on: Option<Day>,
}

impl Representation {
    /// Whether an order of the Legal Aid Agency names a firm that is not registered here: nobody
    /// is of it, and the order waits for it.
    #[must_use]
    pub fn is_awaited(&self) -> bool {
        let order = self.order.as_ref();
        order.is_some_and(|order| order.contract.is_some())
    }

    /// Its name, as people are shown it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self.is_awaited() {
            true => format!("{} (not registered here yet)", self.name),
            false => self.name.clone(),
        }
    }
}

/// An offence, with what has happened to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OffenceState {
    /// As charged.
    pub charged: Offence,
    /// Plea.
    pub plea: Option<Plea>,
    /// The pleas that stood before it, each until the day of the next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier_pleas: Vec<Plea>,
    /// What the court found on it.
    #[serde(default)]
    pub verdict: Option<Verdict>,
    /// It, after those that stood before it, each until the day of the next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<Found>,
    /// Conviction date.
    pub convicted_on: Option<Day>,
    /// Results.
    pub results: Vec<(Day, JudicialResult)>,
}

/// A plea.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plea {
    /// Value.
    pub value: String,
    /// In words.
    pub label: String,
    /// Whether guilty.
    pub guilty: bool,
    /// Day.
    pub day: Day,
}

impl Plea {
    /// In words, with its day.
    #[must_use]
    pub fn dated(&self) -> String {
        format!("{}, {}", self.label, self.day.in_words())
    }
}

/// Papers served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// Material.
    pub id: MaterialId,
    /// One defendant's, or the case's.
    pub defendant_id: Option<DefendantId>,
    /// Section.
    pub section: String,
    /// File name.
    pub name: String,
    /// MIME type.
    pub mime: String,
    /// Size.
    pub bytes: u64,
    /// SHA-256.
    pub sha256: String,
    /// Serving organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// When.
    pub at: Instant,
}

impl Case {
    /// A case begins.
    #[must_use]
    pub fn begin(event: &CaseEvent, at: Instant) -> Option<Self> {
        let CaseEvent::CaseCreated {
            case_id,
            urn,
            initiation,
            prosecutor,
            markers,
            defendants,
            ..
        } = event
        else {
            return None;
        };
        Some(Self {
            id: *case_id,
            version: 1,
            urn: urn.clone(),
            initiation: *initiation,
            prosecutor: prosecutor.clone(),
            markers: markers.clone(),
            received_at: at,
            defendants: defendants.iter().map(DefendantState::charged).collect(),
            hearings: Vec::new(),
            listed: Vec::new(),
            materials: Vec::new(),
            documents: Vec::new(),
            kept_off_lists: None,
            courts: Vec::new(),
            places: Vec::new(),
            access: CaseAccess::default(),
            instructions: Vec::new(),
            grants: Vec::new(),
            advocates: Vec::new(),
            former: Vec::new(),
            barred: Vec::new(),
        })
    }

    /// Folds one event into what the record says; `None` before the case began.
    #[must_use]
    pub fn fold(state: Option<Self>, event: &CaseEvent, at: Instant) -> Option<Self> {
        let Some(mut case) = state else {
            return Self::begin(event, at);
        };
        case.version += 1;
        case.apply(event, at);
        Some(case)
    }

    /// Folds a whole stream.
    #[must_use]
    pub fn of<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Option<Self> {
        events
            .into_iter()
            .fold(None, |state, recorded| match &recorded.event {
                crate::Event::Case(event) => Self::fold(state, event, recorded.at),
                _ => state,
            })
    }

    /// A hearing is no longer one of this case's: a court that hears it nowhere else is none of
    /// its courts.
    fn leaves(&mut self, hearing: HearingId) {
        let left = self.places.iter().position(|(own, _)| *own == hearing);
        if let Some((_, court)) = left.map(|at| self.places.remove(at))
            && self.places.iter().all(|(_, at)| *at != court)
        {
            self.courts.retain(|own| *own != court);
        }
    }

    pub(super) fn apply(&mut self, event: &CaseEvent, at: Instant) {
        match event {
            CaseEvent::CaseCreated { .. }
            | CaseEvent::DocumentFiled { .. }
            | CaseEvent::DocumentSuperseded { .. } => {}
            CaseEvent::SamePersonConfirmed {
                defendant_id,
                other_id,
                ..
            } => {
                let mut all = self.defendants.iter_mut();
                if let Some(own) = all.find(|own| own.charged.id == *defendant_id) {
                    own.charged.told_apart.retain(|other| other != other_id);
                    own.charged.confirmed_as.push(*other_id);
                }
            }
            CaseEvent::ToldApart {
                defendant_id,
                other_id,
                ..
            } => {
                let mut all = self.defendants.iter_mut();
                if let Some(own) = all.find(|own| own.charged.id == *defendant_id) {
                    own.charged.confirmed_as.retain(|other| other != other_id);
                    own.charged.told_apart.push(*other_id);
                }
            }
            CaseEvent::ListingRestricted { kept_off, reason } => {
                self.kept_off_lists = kept_off.then(|| reason.clone());
            }
            CaseEvent::HearingAdded {
                hearing_id,
                court_id,
                day,
                time,
                ..
            } => {
                self.listed.retain(|(own, ..)| own != hearing_id);
                self.listed.push((*hearing_id, *day, time.clone()));
                // One that had left the list, and is in it again, is known.
                if !self.hearings.contains(hearing_id) {
                    self.hearings.push(*hearing_id);
                }
                if let Some(court) = court_id {
                    let sits = self.courts.contains(court);
                    if !sits {
                        self.courts.push(*court);
                    }
                    if !sits || self.places.iter().any(|(_, at)| at == court) {
                        self.places.push((*hearing_id, *court));
                    }
                }
            }
            // Only what has not begun is taken out of the list (`hearing::vacate`).
            CaseEvent::HearingVacated { hearing_id, .. } => self.leaves(*hearing_id),
            // The hearing goes on, and what happens in it is none of this case's any more.
            CaseEvent::HeardApart { hearing_id, .. } => {
                self.leaves(*hearing_id);
                self.hearings.retain(|own| own != hearing_id);
            }
            CaseEvent::AccessChanged { change } => self.access_changed(change, at),
            CaseEvent::MaterialServed {
                material_id,
                defendant_id,
                section,
                name,
                mime,
                bytes,
                sha256,
                organisation,
                organisation_name,
            } => self.materials.push(Material {
                id: *material_id,
                defendant_id: *defendant_id,
                section: section.clone(),
                name: name.clone(),
                mime: mime.clone(),
                bytes: *bytes,
                sha256: sha256.clone(),
                organisation: *organisation,
                organisation_name: organisation_name.clone(),
                at,
            }),
            CaseEvent::DefenceAssociated { .. }
            | CaseEvent::RepresentationOrderMade { .. }
            | CaseEvent::RepresentationOrderWithdrawn { .. }
            | CaseEvent::DefenceDisassociated { .. }
            | CaseEvent::ConflictConfirmed { .. }
            | CaseEvent::ConflictArose { .. }
            | CaseEvent::CounselInstructed { .. }
            | CaseEvent::InstructionEnded { .. }
            | CaseEvent::AccessGranted { .. }
            | CaseEvent::AccessRemoved { .. }
            | CaseEvent::AdvocateAssigned { .. }
            | CaseEvent::AdvocateRemoved { .. } => self.team_changed(event, at),
            CaseEvent::PleaEntered {
                offence_id,
                plea,
                label,
                guilty,
                day,
                ..
            } => {
                if let Some(offence) = self.offence_mut(*offence_id) {
                    offence.pleads(Plea {
                        value: plea.clone(),
                        label: label.clone(),
                        guilty: *guilty,
                        day: *day,
                    });
                    if offence
                        .verdict
                        .as_ref()
                        .is_some_and(|v| v.outcome.decides())
                    {
                        // What the court found stands, whatever was answered to it.
                        offence.convict_again();
                    } else {
                        // A guilty plea convicts; taking it back removes that.
                        let stands = offence.plea.as_ref().filter(|own| own.guilty);
                        offence.convicted_on = stands.map(|own| own.day);
                    }
                }
            }
            CaseEvent::VerdictEntered {
                hearing_id,
                offence_id,
                verdict,
            } => self.found((*hearing_id, *offence_id), Some(verdict.clone())),
            CaseEvent::VerdictTakenBack {
                hearing_id,
                offence_id,
            } => self.found((*hearing_id, *offence_id), None),
            CaseEvent::CaseResulted {
                hearing_id,
                day,
                results,
                bail,
            } => self.resulted(*hearing_id, *day, results, bail),
            CaseEvent::CaseResultsAmended {
                hearing_id,
                day,
                replaced,
                results,
                bail,
                ..
            } => self.results_amended(*hearing_id, *day, replaced, (results, bail)),
            CaseEvent::DocumentAdded { document_id, .. } => self.documents.push(*document_id),
        }
    }

    fn found(&mut self, (hearing, offence): (HearingId, OffenceId), verdict: Option<Verdict>) {
        let mut order = self.hearings.clone();
        order.sort_by_key(|own| {
            let mut listed = self.listed.iter();
            let when = listed.find(|(id, ..)| id == own);
            when.map(|(_, day, time)| (*day, time.clone()))
        });
        if let Some(offence) = self.offence_mut(offence) {
            offence.finds(hearing, verdict, &order);
            offence.convict_again();
        }
    }

    fn resulted(
        &mut self,
        hearing: HearingId,
        day: Day,
        results: &[JudicialResult],
        bail: &[(DefendantId, BailStatus)],
    ) {
        for result in results {
            match result.offence {
                Some(id) => {
                    if let Some(offence) = self.offence_mut(id) {
                        // Withdrawn or dismissed: the plea stays in the record, but
                        // nobody is convicted of this.
                        put(&mut offence.results, day, result);
                        offence.convict_again();
                    }
                }
                None => {
                    if let Some(defendant) = self.defendant_mut(result.defendant) {
                        put(&mut defendant.results, day, result);
                    }
                }
            }
        }
        for (id, status) in bail {
            if let Some(defendant) = self.defendant_mut(*id) {
                // What else of a hearing is shared later says it anew, in its place: what a
                // newer hearing decided stands.
                let place = defendant.take_bail_of(hearing);
                let set = BailSet {
                    hearing,
                    day,
                    status: *status,
                };
                defendant.bail_decided(place, set);
            }
        }
    }

    /// The defendant.
    #[must_use]
    pub fn defendant(&self, id: DefendantId) -> Option<&DefendantState> {
        self.defendants.iter().find(|d| d.charged.id == id)
    }

    pub(super) fn defendant_mut(&mut self, id: DefendantId) -> Option<&mut DefendantState> {
        self.defendants.iter_mut().find(|d| d.charged.id == id)
    }

    /// The offence with the defendant charged with it.
    #[must_use]
    pub fn offence(&self, id: OffenceId) -> Option<(&DefendantState, &OffenceState)> {
        self.defendants.iter().find_map(|defendant| {
            let offence = defendant.offences.iter().find(|o| o.charged.id == id)?;
            Some((defendant, offence))
        })
    }

    pub(super) fn offence_mut(&mut self, id: OffenceId) -> Option<&mut OffenceState> {
        self.defendants
            .iter_mut()
            .flat_map(|d| d.offences.iter_mut())
            .find(|o| o.charged.id == id)
    }

    /// Whether every offence has a final result: the case is then inactive.
    #[must_use]
    pub fn concluded(&self) -> bool {
        self.defendants
            .iter()
            .flat_map(|d| &d.offences)
            .all(|o| o.results.iter().any(|(_, r)| r.is_final))
    }
}

impl DefendantState {
    fn charged(defendant: &Defendant) -> Self {
        Self {
            charged: defendant.clone(),
            bail: defendant.bail,
            bail_set: Vec::new(),
            represented_by: None,
            offences: defendant
                .offences
                .iter()
                .map(|offence| OffenceState {
                    charged: offence.clone(),
                    plea: None,
                    earlier_pleas: Vec::new(),
                    found: Vec::new(),
                    verdict: None,
                    convicted_on: None,
                    results: Vec::new(),
                })
                .collect(),
            results: Vec::new(),
        }
    }
}
