//! Who acts beside the firm on record, by the policies.

use super::{Action, Facts, tests::ask};
use vocabulary::{Group, OrganisationKind as Kind};

fn with(change: impl FnOnce(&mut Facts)) -> Facts {
    let mut facts = Facts {
        readers: ["CPS".to_owned(), "Advocates".to_owned()].into(),
        uploaders: ["Advocates".to_owned()].into(),
        ..Facts::default()
    };
    change(&mut facts);
    facts
}

#[test]
fn access_is_what_was_given_and_not_what_the_chambers_are() {
    let counsel =
        |action, facts: &Facts| ask(Kind::Chambers, Group::Advocates, action, facts).allowed;
    let granted = with(|f| f.granted = true);
    let instructed = with(|f| f.instructed = true);
    for action in [
        Action::ViewCase,
        Action::ReadMaterial,
        Action::ServeMaterial,
    ] {
        assert!(counsel(action, &granted), "{action:?}");
        assert!(!counsel(action, &instructed), "{action:?}");
    }
    assert!(!counsel(Action::GrantAccess, &granted));
    assert!(!counsel(Action::DisassociateDefence, &granted));
}

#[test]
fn a_clerk_of_instructed_chambers_gives_access_and_reads_no_paper() {
    let clerk =
        |action, facts: &Facts| ask(Kind::Chambers, Group::ChambersClerk, action, facts).allowed;
    let instructed = with(|f| f.instructed = true);
    assert!(clerk(Action::ViewCase, &instructed));
    assert!(clerk(Action::GrantAccess, &instructed));
    assert!(!clerk(Action::ReadMaterial, &instructed));
    assert!(!clerk(Action::ViewCase, &with(|_| {})));
    // A clerk's group is worth nothing in a firm.
    assert!(
        !ask(
            Kind::DefenceFirm,
            Group::ChambersClerk,
            Action::GrantAccess,
            &instructed
        )
        .allowed
    );
}

#[test]
fn an_advocate_of_the_prosecution_reads_its_sections_and_serves_nothing() {
    let advocate =
        |action, facts: &Facts| ask(Kind::Chambers, Group::Advocates, action, facts).allowed;
    let assigned = with(|f| f.assigned = true);
    assert!(advocate(Action::ViewCase, &assigned));
    assert!(advocate(Action::ReadMaterial, &assigned));
    assert!(!advocate(Action::ServeMaterial, &assigned));
    assert!(!advocate(Action::AssignAdvocate, &assigned));
    let theirs = with(|f| {
        f.assigned = true;
        f.readers = ["Advocates".to_owned()].into();
    });
    assert!(!advocate(Action::ReadMaterial, &theirs));
}

#[test]
fn a_firm_is_taken_off_record_by_itself_or_the_court_and_orders_are_the_agencys() {
    let off =
        |kind, group, facts: &Facts| ask(kind, group, Action::DisassociateDefence, facts).allowed;
    assert!(off(
        Kind::DefenceFirm,
        Group::DefenceLawyers,
        &with(|f| f.associated = true)
    ));
    assert!(!off(
        Kind::DefenceFirm,
        Group::DefenceLawyers,
        &with(|f| f.unrepresented = true)
    ));
    assert!(off(Kind::Court, Group::CourtAdministrators, &with(|_| {})));
    assert!(!off(
        Kind::Prosecutor,
        Group::Cps,
        &with(|f| f.prosecuting = true)
    ));
    let orders = |kind, group| ask(kind, group, Action::RecordOrder, &with(|_| {})).allowed;
    assert!(orders(Kind::LegalAid, Group::LegalAidAgency));
    assert!(!orders(Kind::DefenceFirm, Group::DefenceLawyers));
    assert!(!orders(Kind::Court, Group::LegalAidAgency));
}
