//! What the documents need to know besides the results, gathered by the caller.

use vocabulary::{Attendance, Day, DefendantId, Jurisdiction, OffenceId, OrganisationId};

/// Somebody the case knows: a name and address in a role.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Party {
    /// `Defendant`, `ParentGuardian`, `DefenceFirm`, `ProsecutionAuthority`,
    /// `PoliceForce`, `FinesOffice`, `DefendantCustody` (the prison), `BailMonitor`, `Applicant`, `Respondent` …
    pub role: String,
    /// Name.
    pub name: String,
    /// Address, line by line, post code last.
    pub address: Vec<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Its organisation, if it is one of this system.
    pub organisation: Option<OrganisationId>,
}

/// One defendant on the day of the hearing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefendantFacts {
    /// Who.
    pub defendant: DefendantId,
    /// The day of the hearing.
    pub day: Day,
    /// Which court.
    pub jurisdiction: Jurisdiction,
    /// How they attended, if recorded.
    pub attendance: Option<Attendance>,
    /// Under eighteen.
    pub is_youth: bool,
    /// In custody when the hearing began.
    pub in_custody: bool,
    /// Held at a police station rather than a prison.
    pub held_by_police: bool,
    /// On bail with conditions when the hearing began.
    pub conditional_bail: bool,
    /// The offences that no court had disposed of when the hearing began.
    pub open: Vec<OffenceId>,
    /// A hearing in Welsh, or a court in Wales.
    pub welsh: bool,
    /// Whom the case knows.
    pub parties: Vec<Party>,
}
