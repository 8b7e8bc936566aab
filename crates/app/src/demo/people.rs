//! The people of the demo court, one for each role. All invented.

use super::{court, moment::DEMO};
use crate::caller::{Caller, Circumstances, Meant, Proof, SignedIn};
use domain::account::{Account, Organisation};
use vocabulary::{AccountId, CommandId, Group, OrganisationId, OrganisationKind, SessionId};

/// E-mail, name, role, organisation, group.
const PEOPLE: [(&str, &str, &str, &str, Group); 32] = [
    (
        "ada.wren@court.example.test",
        "Ada Wren",
        "Legal adviser",
        court::MAGISTRATES,
        Group::LegalAdvisers,
    ),
    (
        "gwenllian.parri@court.example.test",
        "Gwenllian Parri",
        "Legal adviser",
        court::SECOND_MAGISTRATES,
        Group::LegalAdvisers,
    ),
    (
        "tomasz.brandys@court.example.test",
        "Tomasz Brandys",
        "Court associate",
        court::MAGISTRATES,
        Group::CourtAssociate,
    ),
    (
        "ruth.ellery@court.example.test",
        "Ruth Ellery",
        "Court clerk",
        court::CROWN,
        Group::CourtClerks,
    ),
    (
        "kofi.marsh@cps-ashmere.example.test",
        "Kofi Marsh",
        "Crown prosecutor",
        "cps",
        Group::Cps,
    ),
    (
        "iris.thorne@thornevale.example.test",
        "Iris Thorne",
        "Defence solicitor",
        "thorne",
        Group::DefenceLawyers,
    ),
    (
        "joel.hart@hartfieldlaw.example.test",
        "Joel Hart",
        "Defence solicitor",
        "hartfield",
        Group::DefenceLawyers,
    ),
    (
        "megan.lloyd@lloydgwynfor.example.test",
        "Megan Lloyd",
        "Cyfreithwraig (defence solicitor)",
        "menai",
        Group::DefenceLawyers,
    ),
    (
        "peregrine.asante@fivewells.example.test",
        "Peregrine Asante",
        "Advocate",
        "chambers",
        Group::Advocates,
    ),
    (
        "mina.oak@fallowdene.example.test",
        "Mina Oak",
        "Prison custody officer",
        "prison",
        Group::PrisonAdmin,
    ),
    (
        "tom.reed@ashmere-probation.example.test",
        "Tom Reed",
        "Probation officer",
        "probation",
        Group::ProbationAdmin,
    ),
    (
        "lena.farouk@marches.example.test",
        "Lena Farouk",
        "Police results officer",
        "police",
        Group::PoliceAdmin,
    ),
    (
        "dafydd.orme@beacon-monitoring.example.test",
        "Dafydd Orme",
        "Monitoring operator",
        "monitoring",
        Group::ElectronicMonitoring,
    ),
    (
        "jonah.tull@northway.example.test",
        "Jonah Tull",
        "Escort controller",
        "escort",
        Group::PrisonerEscort,
    ),
    (
        "sunita.bell@marches-fines.example.test",
        "Sunita Bell",
        "Fines officer",
        "fines",
        Group::Nces,
    ),
    (
        "bryn.calder@court.example.test",
        "Bryn Calder",
        "Court administrator",
        court::MAGISTRATES,
        Group::CourtAdministrators,
    ),
    (
        "casper.lund@ashmereherald.example.test",
        "Casper Lund",
        "Court reporter",
        "press",
        Group::Media,
    ),
    (
        "noor.hadley@example.test",
        "Noor Hadley",
        "Service administrator",
        "service",
        Group::SystemAdministrators,
    ),
    (
        "efua.lindqvist@marches-yot.example.test",
        "Efua Lindqvist",
        "Youth court officer",
        "youth offending",
        Group::YouthOffending,
    ),
    (
        "callum.peake@marches-witness-care.example.test",
        "Callum Peake",
        "Witness care officer",
        "witness care",
        Group::WitnessCare,
    ),
    (
        "sorcha.devlin@legal-aid.example.test",
        "Sorcha Devlin",
        "Legal aid caseworker",
        "legal aid",
        Group::LegalAidAgency,
    ),
    (
        "helena.strand@court.example.test",
        "Helena Strand",
        "District judge",
        court::MAGISTRATES,
        Group::DistrictJudge,
    ),
    (
        "osric.penhale@court.example.test",
        "Osric Penhale",
        "Magistrate",
        court::MAGISTRATES,
        Group::Magistrates,
    ),
    (
        "imogen.vasey@court.example.test",
        "Imogen Vasey",
        "Deputy district judge",
        court::MAGISTRATES,
        Group::Deputies,
    ),
    (
        "rafe.oduya@court.example.test",
        "Rafe Oduya",
        "Recorder",
        court::CROWN,
        Group::Recorders,
    ),
    (
        "nell.corrigan@court.example.test",
        "Nell Corrigan",
        "Listing officer",
        court::MAGISTRATES,
        Group::ListingOfficers,
    ),
    (
        "delia.frome@court.example.test",
        "Delia Frome",
        "Access controller",
        court::MAGISTRATES,
        Group::AccessController,
    ),
    (
        "yusuf.bramall@example.test",
        "Yusuf Bramall",
        "Auditor",
        "service",
        Group::Auditors,
    ),
    (
        "hal.corbin@thornevale.example.test",
        "Hal Corbin",
        "Practice manager",
        "thorne",
        Group::OrganisationAdministrator,
    ),
    (
        "rosalind.quaye@fivewells.example.test",
        "Rosalind Quaye",
        "Advocate",
        "chambers",
        Group::Advocates,
    ),
    (
        "orla.finch@fivewells.example.test",
        "Orla Finch",
        "Senior clerk",
        "chambers",
        Group::ChambersClerk,
    ),
    (
        "idris.penhale@fivewells.example.test",
        "Idris Penhale",
        "Chambers administrator",
        "chambers",
        Group::ChambersAdmin,
    ),
];

/// E-mail of the legal adviser of the first court house.
pub const LEGAL_ADVISER: &str = PEOPLE[0].0;

/// E-mail of the legal adviser of a court house: others would be asked why they open its
/// cases.
pub(super) fn adviser_of(court: &str) -> &'static str {
    PEOPLE
        .iter()
        .find(|(.., house, group)| *house == court && *group == Group::LegalAdvisers)
        .map_or(LEGAL_ADVISER, |(email, ..)| email)
}
/// E-mail of the Crown prosecutor.
pub const PROSECUTOR: &str = PEOPLE[4].0;
/// E-mails of the defence solicitors, each of another firm.
pub const SOLICITORS: [&str; 3] = [PEOPLE[5].0, PEOPLE[6].0, PEOPLE[7].0];

/// All of them.
#[must_use]
pub(super) fn accounts() -> Vec<Account> {
    PEOPLE
        .iter()
        .map(|(email, name, role, organisation, group)| Account {
            id: account_id(email),
            email: (*email).to_owned(),
            name: (*name).to_owned(),
            role: (*role).to_owned(),
            organisation: court::organisation_id(organisation),
            groups: vec![*group],
            active: true,
            life: domain::account::Life::default(),
        })
        .collect()
}

/// Whether an account is one of theirs: its id follows from its address.
#[must_use]
pub(crate) fn is_invented_person(account: &Account) -> bool {
    account.id == account_id(&account.email)
}

fn account_id(email: &str) -> AccountId {
    AccountId::derived(&DEMO, &format!("account {email}"))
}

/// The address of the first demo person at an organisation, and what kind it is: whoever
/// reads its inbox. None if nobody of the demo court is there.
pub(super) fn reader_of(organisation: OrganisationId) -> Option<(&'static str, OrganisationKind)> {
    let known = court::organisations();
    let kind = known.iter().find(|own| own.id == organisation)?.kind;
    PEOPLE
        .iter()
        .find(|own| court::organisation_id(own.3) == organisation)
        .map(|own| (own.0, kind))
}

/// A demo person as the caller of a use case; `command` tells this command
/// apart from all others, so that seeding twice does nothing twice. None if
/// nobody has this address.
#[must_use]
pub fn caller_for(email: &str, command: &str) -> Option<Caller> {
    let account = accounts()
        .into_iter()
        .find(|account| account.email == email)?;
    let organisation: Organisation = court::organisations()
        .into_iter()
        .find(|o| o.id == account.organisation)?;
    Some(Caller {
        person: Some(SignedIn {
            session: SessionId(account.id.0),
            circumstances: Circumstances::default(),
            account,
            organisation,
            proof: Proof::of_the_service(),
        }),
        command: CommandId::derived(&DEMO, &format!("{email} {command}")),
        address: "seed".to_owned(),
        device: "seed".to_owned(),
        from: None,
        meant: Meant::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn everybody_belongs_to_an_organisation_and_every_role_is_there() {
        let organisations: BTreeSet<_> = court::organisations().into_iter().map(|o| o.id).collect();
        let accounts = accounts();
        for account in &accounts {
            assert!(
                organisations.contains(&account.organisation),
                "{}",
                account.email
            );
        }
        let groups: BTreeSet<Group> = accounts.iter().flat_map(|a| a.groups.clone()).collect();
        // One for each way of working; other groups share one, or belong to no person.
        assert_eq!(groups.len(), 28);
    }
}
