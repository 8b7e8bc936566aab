//! What each person should get, in the words of the law and not of the policies.

use super::team;
use client::Client;
use domain::account::Account;
use std::collections::{BTreeMap, BTreeSet};
use testkit::TestCourt;
use vocabulary::{AccountId, DefendantId, Group, MaterialId, OrganisationId, OrganisationKind};

pub(super) struct Person {
    pub(super) client: Client,
    pub(super) account: Account,
    pub(super) kind: OrganisationKind,
    pub(super) own_court: bool,
    /// Not suspended, not gone.
    pub(super) active: bool,
    pub(super) gone: bool,
    pub(super) prosecutes: bool,
    pub(super) told: BTreeSet<String>,
}

pub(super) struct Paper {
    pub(super) id: MaterialId,
    pub(super) name: String,
    pub(super) section: String,
    pub(super) defendant: Option<DefendantId>,
}

/// What the model knows of the case.
#[derive(Default)]
pub(super) struct Model {
    pub(super) sensitive: bool,
    pub(super) permitted: BTreeSet<AccountId>,
    /// The advocates who were given it while the case was assigned to them, and where they were.
    pub(super) permitted_for_prosecution: BTreeSet<(AccountId, OrganisationId)>,
    pub(super) reasoned: BTreeSet<AccountId>,
    /// They said why they open a case of another court.
    pub(super) stated: BTreeSet<AccountId>,
    pub(super) represented: BTreeMap<DefendantId, Option<vocabulary::OrganisationId>>,
    pub(super) team: team::Team,
    pub(super) papers: Vec<Paper>,
}

impl Model {
    /// Whether the person acts for the defendant, or for one of them if it is none's.
    pub(super) fn on_record(&self, person: &Person, of: Option<DefendantId>) -> bool {
        let own = Some(person.account.organisation);
        match of {
            Some(defendant) => self.represented[&defendant] == own,
            None => self.represented.values().any(|firm| *firm == own),
        }
    }

    /// Whether the firm on record or its counsel's chambers gave them access as one of where they
    /// are now.
    pub(super) fn granted(&self, person: &Person, of: Option<DefendantId>) -> bool {
        let own = (person.account.id, person.account.organisation);
        let mut grants = self.team.grants.iter();
        grants.any(|(for_whom, account, organisation)| {
            (*account, *organisation) == own && of.is_none_or(|of| of == *for_whom)
        })
    }

    /// Whether they prosecute: nobody does who defends in the case, or whose firm does.
    pub(super) fn assigned(&self, person: &Person) -> bool {
        let own = (person.account.id, person.account.organisation);
        self.team.assigned.contains(&own)
            && !self.on_record(person, None)
            && !self.granted(person, None)
    }

    /// Whether it is assigned to them and they are one who acts in cases.
    pub(super) fn prosecutes_by_role(&self, person: &Person) -> bool {
        let acts = [Group::DefenceLawyers, Group::Advocates];
        let in_role = person.account.groups.iter().any(|own| acts.contains(own));
        in_role && self.assigned(person)
    }

    pub(super) fn unrepresented(&self, of: Option<DefendantId>) -> bool {
        match of {
            Some(defendant) => self.represented[&defendant].is_none(),
            None => self.represented.values().any(Option::is_none),
        }
    }

    /// Whether a paper is open to the person, in the words of the law and not of the policies.
    pub(super) fn reads(&self, court: &TestCourt, person: &Person, paper: &Paper) -> bool {
        let section = court.state.app.catalogue.section(&paper.section).unwrap();
        let reads = |group: Group| section.readers.iter().any(|own| own == group.as_str());
        if !person.active {
            return false;
        }
        let own = |groups: &[Group]| person.account.groups.iter().any(|g| groups.contains(g));
        let in_section = person.account.groups.iter().any(|group| reads(*group));
        let at = (person.account.id, person.account.organisation);
        let prosecutes = person.prosecutes || self.assigned(person);
        let permitted = self.permitted.contains(&person.account.id)
            || self.permitted_for_prosecution.contains(&at) && prosecutes;
        let acts = self.on_record(person, paper.defendant) || self.granted(person, paper.defendant);
        let closed =
            self.sensitive && !(permitted || self.reasoned.contains(&person.account.id) || acts);
        if closed {
            return false;
        }
        // Staff of another court say why first.
        let elsewhere = person.kind == OrganisationKind::Court
            && !person.own_court
            && own(&[Group::LegalAdvisers, Group::ListingOfficers]);
        let said =
            self.stated.contains(&person.account.id) || self.reasoned.contains(&person.account.id);
        if elsewhere && !(said || permitted) {
            return false;
        }
        match person.kind {
            OrganisationKind::Court if own(&[Group::Deputies, Group::Recorders]) => {
                permitted && in_section
            }
            OrganisationKind::Court if own(&[Group::Magistrates]) => person.own_court && in_section,
            OrganisationKind::Court => !own(&[Group::CtscAdmin]) && in_section,
            OrganisationKind::Prosecutor => person.prosecutes && in_section,
            // Clerks see that there is a case, and read nothing of it.
            OrganisationKind::DefenceFirm | OrganisationKind::Chambers
                if own(&[Group::DefenceLawyers, Group::Advocates]) =>
            {
                let initial = section
                    .readers
                    .iter()
                    .any(|own| own == "Defence before association");
                // To a firm that acts for nobody in it there is no sensitive case.
                let free = own(&[Group::DefenceLawyers])
                    && self.unrepresented(paper.defendant)
                    && (!self.sensitive || acts || self.assigned(person));
                let prosecutes = self.assigned(person) && reads(Group::Cps);
                (acts && in_section) || prosecutes || (free && initial)
            }
            _ => false,
        }
    }
}
