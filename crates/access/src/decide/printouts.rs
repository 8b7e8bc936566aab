//! Who gets which printout, by the policies.

use super::{Action, Facts, tests::ask};
use vocabulary::{Group, OrganisationKind};

/// Who gets which printout: every kind of organisation against every one of them,
/// as a stranger to the case, at another court house, and as a party of it, or of the court that sits.
#[test]
fn each_printout_has_its_readers() {
    use Action::*;
    use OrganisationKind as Kind;
    let strangers = Facts::default();
    let parties = Facts {
        prosecuting: true,
        associated: true,
        recipient: true,
        served: true,
        sitting: true,
        ..Facts::default()
    };
    let printouts = [
        ReadPublicList,
        ReadStandardList,
        ReadBenchList,
        ReadPrisonList,
        ReadCourtRegister,
        ReadYouthRegister,
        ReadInformantRegister,
        ReadExtract,
        ReadMemorandum,
        ReadReceipt,
    ];
    // What prints a whole day of another court house is had by those who work there (0057).
    let elsewhere: Vec<Action> = printouts
        .into_iter()
        .filter(|own| !matches!(own, ReadBenchList | ReadCourtRegister | ReadYouthRegister))
        .collect();
    let rows: [(Kind, Group, &[Action], &[Action]); 12] = [
        (Kind::Court, Group::LegalAdvisers, &elsewhere, &printouts),
        (
            Kind::Court,
            Group::CourtAdministrators,
            &elsewhere,
            &printouts,
        ),
        // A court's group is worth nothing elsewhere, nor the press's in a court.
        (
            Kind::Media,
            Group::LegalAdvisers,
            &[ReadPublicList],
            &[ReadPublicList],
        ),
        (
            Kind::Media,
            Group::Media,
            &[ReadPublicList, ReadStandardList],
            &[ReadPublicList, ReadStandardList],
        ),
        (
            Kind::Prosecutor,
            Group::Cps,
            &[ReadPublicList, ReadStandardList],
            &[
                ReadPublicList,
                ReadStandardList,
                ReadInformantRegister,
                ReadExtract,
                ReadMemorandum,
                ReadReceipt,
            ],
        ),
        (
            Kind::DefenceFirm,
            Group::DefenceLawyers,
            &[ReadPublicList],
            &[ReadPublicList, ReadExtract, ReadMemorandum, ReadReceipt],
        ),
        (
            Kind::Chambers,
            Group::Advocates,
            &[ReadPublicList],
            &[ReadPublicList, ReadExtract, ReadMemorandum, ReadReceipt],
        ),
        (
            Kind::Prison,
            Group::PrisonAdmin,
            &[ReadPublicList, ReadPrisonList],
            &[ReadPublicList, ReadPrisonList],
        ),
        (
            Kind::Probation,
            Group::ProbationAdmin,
            &[ReadPublicList, ReadStandardList],
            &[ReadPublicList, ReadStandardList],
        ),
        (
            Kind::YouthOffendingTeam,
            Group::YouthOffending,
            &[ReadPublicList, ReadStandardList],
            &[ReadPublicList, ReadStandardList, ReadYouthRegister],
        ),
        (
            Kind::FinesOffice,
            Group::Nces,
            &[ReadPublicList],
            &[ReadPublicList],
        ),
        (Kind::Service, Group::SystemAdministrators, &[], &[]),
    ];
    for (kind, group, as_stranger, as_party) in rows {
        for action in printouts {
            let may = |facts| ask(kind, group, action, facts).allowed;
            let said = format!("{kind} {group} {action:?}");
            assert_eq!(may(&strangers), as_stranger.contains(&action), "{said}");
            assert_eq!(may(&parties), as_party.contains(&action), "{said}, party");
        }
    }
}
