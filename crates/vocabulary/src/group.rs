//! Where people of a group work: a group means something at an organisation of its kinds and
//! nothing elsewhere. What of it an organisation may give by itself is narrower, and is data
//! (`reference/organisation_roles.csv`).

use crate::{Group, OrganisationKind};

impl Group {
    /// The kinds of organisation at which people of this group work.
    #[must_use]
    pub const fn kinds(self) -> &'static [OrganisationKind] {
        use OrganisationKind as Kind;
        match self {
            Self::LegalAdvisers
            | Self::CourtClerks
            | Self::CourtAssociate
            | Self::CourtAdministrators
            | Self::ListingOfficers
            | Self::CrownCourtAdmin
            | Self::CaseOfficer
            | Self::CtscAdmin
            | Self::OperationalDelivery
            | Self::Judiciary
            | Self::Judge
            | Self::DistrictJudge
            | Self::Djmc
            | Self::Deputies
            | Self::Recorders
            | Self::Magistrates => &[Kind::Court],
            Self::Cps
            | Self::NonCpsProsecutors
            | Self::NonPoliceProsecutors
            | Self::SjpProsecutors
            | Self::ChargingLawyers
            | Self::CppiConsumers
            | Self::Cms => &[Kind::Prosecutor],
            Self::DefenceLawyers | Self::DefenceUsers => &[Kind::DefenceFirm],
            Self::Advocates => &[Kind::DefenceFirm, Kind::Chambers],
            Self::ChambersAdmin | Self::ChambersClerk => &[Kind::Chambers],
            Self::OrganisationAdministrator => &[
                Kind::Court,
                Kind::Prosecutor,
                Kind::DefenceFirm,
                Kind::Chambers,
                Kind::Prison,
                Kind::Probation,
                Kind::Police,
                Kind::ElectronicMonitoring,
                Kind::Escort,
                Kind::FinesOffice,
                Kind::YouthOffendingTeam,
                Kind::WitnessCare,
                Kind::LegalAid,
                Kind::Media,
            ],
            Self::ProbationAdmin | Self::ProbationCaseworker => &[Kind::Probation],
            Self::PrisonAdmin => &[Kind::Prison],
            Self::PoliceAdmin => &[Kind::Police],
            Self::ElectronicMonitoring => &[Kind::ElectronicMonitoring],
            Self::PrisonerEscort => &[Kind::Escort],
            Self::Nces => &[Kind::FinesOffice],
            Self::YouthOffending => &[Kind::YouthOffendingTeam],
            Self::WitnessCare => &[Kind::WitnessCare],
            Self::LegalAidAgency => &[Kind::LegalAid],
            Self::Media => &[Kind::Media],
            Self::SystemAdministrators
            | Self::SystemUsers
            | Self::OnlinePlea
            | Self::Cjse
            | Self::SecondLineSupport
            | Self::EjectCase => &[Kind::Service],
            Self::Auditors | Self::AccessController => &[Kind::Service, Kind::Court],
        }
    }

    /// Whether no organisation gives it by itself, but whoever runs the service: groups of support
    /// (`reference/user_groups.csv`), which reach further than the organisation
    /// (docs/decisions/0050).
    #[must_use]
    pub const fn is_given_by_the_service(self) -> bool {
        matches!(self, Self::Auditors | Self::AccessController)
    }

    /// Whether people of this group act on what is sent to their organisation: they have its inbox
    /// (`policies/agencies.cedar`, which decides), and hear of what comes into it.
    #[must_use]
    pub const fn acts_on_documents(self) -> bool {
        matches!(
            self,
            Self::PrisonAdmin
                | Self::ProbationAdmin
                | Self::PoliceAdmin
                | Self::ElectronicMonitoring
                | Self::PrisonerEscort
                | Self::Nces
                | Self::YouthOffending
                | Self::WitnessCare
                | Self::LegalAidAgency
                | Self::DefenceLawyers
                | Self::Advocates
                | Self::DefenceUsers
                | Self::Cps
                | Self::NonCpsProsecutors
                | Self::NonPoliceProsecutors
                | Self::SjpProsecutors
        )
    }

    /// Whether people of this group work at organisations of a kind.
    #[must_use]
    pub fn works_at(self, kind: OrganisationKind) -> bool {
        self.kinds().contains(&kind)
    }
}
