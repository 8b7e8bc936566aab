//! What anybody may know of the service.

use crate::{App, Caller, Error, UseCase, demo};
use async_trait::async_trait;
use contract::account::{About, DemoPerson, Service};
use vocabulary::Group;

#[async_trait]
impl UseCase for About {
    /// Version and day; in a demo court also the invented people one can be.
    async fn answer(self, app: &App, _who: &Caller) -> Result<Service, Error> {
        let mut demo_people = Vec::new();
        if app.service.demo {
            let organisations = app.index.organisations().await?;
            let accounts = app.index.accounts().await?;
            // Somebody may have opened an account beside them: that person is not invented.
            for account in accounts.into_iter().filter(demo::is_invented_person) {
                let organisation = organisations.iter().find(|o| o.id == account.organisation);
                demo_people.push(DemoPerson {
                    suggestion: suggestion(&account.groups).to_owned(),
                    email: account.email,
                    name: account.name,
                    role: account.role,
                    organisation: organisation.map(|o| o.name.clone()).unwrap_or_default(),
                });
            }
        }
        Ok(Service {
            version: app.service.version.clone(),
            today: app.chance.now().day(),
            demo: app.service.demo,
            demo_people,
            demo_password: app
                .service
                .demo_password
                .clone()
                .filter(|_| app.service.demo),
            service_centre: app.service.service_centre.clone(),
            lock_after: app.service.lock_after,
        })
    }
}

/// What somebody in these groups could do first in the demo court.
fn suggestion(groups: &[Group]) -> &'static str {
    match groups.first() {
        Some(Group::LegalAdvisers | Group::CourtAssociate | Group::CourtClerks) => {
            "Open today's list, start a hearing and type its results."
        }
        Some(Group::CourtAdministrators) => "Open a case or today's list.",
        Some(Group::Cps) => "Open one of your cases and serve papers on it.",
        Some(Group::DefenceLawyers) => "Find a case by its reference and go on record.",
        Some(Group::Advocates) => "See the cases in which you are instructed.",
        Some(Group::ChambersClerk | Group::ChambersAdmin) => {
            "Give a case for which your chambers are instructed to a barrister."
        }
        Some(
            Group::PrisonAdmin
            | Group::ProbationAdmin
            | Group::PoliceAdmin
            | Group::ElectronicMonitoring
            | Group::PrisonerEscort
            | Group::Nces
            | Group::YouthOffending
            | Group::WitnessCare
            | Group::LegalAidAgency,
        ) => "Open the inbox and acknowledge what the courts sent.",
        Some(Group::Media) => "Open Lists and registers and read what a court lists.",
        Some(Group::ListingOfficers) => "Open today's list, or a case.",
        Some(Group::DistrictJudge) => "Open today's list and read the papers of a case.",
        Some(Group::Magistrates) => "Open today's list of your own court.",
        Some(Group::Deputies | Group::Recorders) => {
            "See the cases on which the court gave you permission."
        }
        Some(Group::AccessController) => "Give somebody permission on a case, and review openings.",
        Some(Group::Auditors) => "Read who saw and did what.",
        Some(Group::OrganisationAdministrator) => {
            "Open People: invite a colleague, and see who sees what."
        }
        Some(Group::SystemAdministrators) => {
            "Decide on the organisations that register; sees no case."
        }
        _ => "Look after the service; sees no case.",
    }
}
