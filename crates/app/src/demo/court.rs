//! The organisations of the demo court: courts, prosecutors, firms, prisons,
//! probation, police, contractors. All invented. Those that the example results
//! name are exactly the ones of the reference room, so that what is typed there
//! finds its inbox here.

use super::moment::DEMO;
use crate::{App, Error};
use domain::{
    account::{Court, Organisation},
    case::Address,
};
use reference::examples::{self, Directory};
use uuid::Uuid;
use vocabulary::{CourtId, CourtroomId, Jurisdiction, OrganisationId, OrganisationKind};

/// OU code of the invented prosecuting authority.
pub const PROSECUTOR: &str = "GAAAA01";
/// OU code of the first magistrates' court house.
pub const MAGISTRATES: &str = "B29AM00";
/// OU code of the second, on the Welsh side.
pub const SECOND_MAGISTRATES: &str = "B29PG00";
/// OU code of the Crown Court.
pub const CROWN: &str = "C29AM00";
/// OU code of the prison; invented, as prisons have none that is published.
pub const PRISON: &str = "PAMFD01";
/// OU code of the other prison.
pub const SECOND_PRISON: &str = "PAMLS01";
/// Code of the youth offending team; invented.
pub const YOUTH_TEAM: &str = "YOTAM01";
/// OU code of the police force.
pub const POLICE: &str = "0290000";

/// The id of the demo organisation with this key.
#[must_use]
pub(super) fn organisation_id(key: &str) -> OrganisationId {
    OrganisationId::derived(&DEMO, &format!("organisation {key}"))
}

/// Whether a record was made by seeding: its prosecutor has an id that only
/// seeding gives.
///
/// # Errors
/// If the record cannot be read.
pub async fn is_invented(app: &App) -> Result<bool, Error> {
    let prosecutor = app.index.organisation(organisation_id("cps")).await?;
    Ok(prosecutor.is_some())
}

/// The id of a room of a demo court house.
#[must_use]
pub fn courtroom_id(ou_code: &str, room: usize) -> CourtroomId {
    CourtroomId::derived(&DEMO, &format!("court {ou_code} room {room}"))
}

/// All of them.
#[must_use]
pub(super) fn organisations() -> Vec<Organisation> {
    use OrganisationKind as Kind;
    let known = Directory::default();
    let mut all = vec![
        court(
            &known.magistrates_court,
            MAGISTRATES,
            Jurisdiction::Magistrates,
            3,
        ),
        court(
            &examples::Organisation::new(
                "Porthgarreg Magistrates' Court",
                "Heol y Bont",
                "Porthgarreg",
                "PG1 1AA",
                "porthgarreg.mc@example.test",
            ),
            SECOND_MAGISTRATES,
            Jurisdiction::Magistrates,
            3,
        ),
        court(&known.crown_court, CROWN, Jurisdiction::Crown, 2),
        of("prison", Kind::Prison, &known.prison),
        of("probation", Kind::Probation, &known.probation),
        of("monitoring", Kind::ElectronicMonitoring, &known.monitoring),
        of("escort", Kind::Escort, &known.escort),
    ];
    let rows = [
        (
            "cps",
            Kind::Prosecutor,
            "CPS Ashmere and Marches",
            "4 Assize Row",
            "Ashmere",
            "AM1 2QX",
            "casework@cps-ashmere.example.test",
        ),
        (
            "police",
            Kind::Police,
            "Marches Constabulary",
            "Watch House, Bridge Street",
            "Ashmere",
            "AM1 3PC",
            "witnesscare@marches.example.test",
        ),
        (
            "thorne",
            Kind::DefenceFirm,
            "Thorne & Vale Solicitors",
            "19 Market Hill",
            "Ashmere",
            "AM1 4TV",
            "crime@thornevale.example.test",
        ),
        (
            "hartfield",
            Kind::DefenceFirm,
            "Hartfield Law",
            "Chapel House, 3 Chapel Lane",
            "Ashmere",
            "AM2 1HL",
            "duty@hartfieldlaw.example.test",
        ),
        (
            "menai",
            Kind::DefenceFirm,
            "Cyfreithwyr Lloyd Gwynfor",
            "Y Cei",
            "Porthgarreg",
            "PG1 2LG",
            "troseddol@lloydgwynfor.example.test",
        ),
        (
            "okonjo",
            Kind::DefenceFirm,
            "Okonjo Brandt LLP",
            "The Old Granary",
            "Ashmere",
            "AM3 9OB",
            "criminal@okonjobrandt.example.test",
        ),
        (
            "chambers",
            Kind::Chambers,
            "Five Wells Chambers",
            "5 Wells Court",
            "Ashmere",
            "AM1 5FW",
            "clerks@fivewells.example.test",
        ),
        (
            "second prison",
            Kind::Prison,
            "HMP & YOI Larkstoke",
            "Larkstoke Heath",
            "Ashmere",
            "AM8 2LS",
            "custody@larkstoke.example.test",
        ),
        (
            "second probation",
            Kind::Probation,
            "Porthgarreg Probation",
            "Stryd Fawr",
            "Porthgarreg",
            "PG1 4PR",
            "court.team@porthgarreg-probation.example.test",
        ),
        (
            "fines",
            Kind::FinesOffice,
            "Marches Fines Office",
            "PO Box 29",
            "Ashmere",
            "AM7 7FO",
            "collection@marches-fines.example.test",
        ),
        (
            "youth offending",
            Kind::YouthOffendingTeam,
            "Marches Youth Offending Team",
            "Foundry House, Mill Street",
            "Ashmere",
            "AM4 6YT",
            "court.team@marches-yot.example.test",
        ),
        (
            "witness care",
            Kind::WitnessCare,
            "Marches Witness Care Unit",
            "Watch House, Bridge Street",
            "Ashmere",
            "AM1 3PC",
            "unit@marches-witness-care.example.test",
        ),
        (
            "legal aid",
            Kind::LegalAid,
            "Legal Aid Agency, demo office",
            "PO Box 40",
            "Ashmere",
            "AM7 7LA",
            "crime@legal-aid.example.test",
        ),
        (
            "press",
            Kind::Media,
            "The Ashmere Herald",
            "22 Printers Row",
            "Ashmere",
            "AM1 3AH",
            "newsdesk@ashmereherald.example.test",
        ),
        (
            "service",
            Kind::Service,
            "Common Platform demo service",
            "1 Castle Street",
            "Ashmere",
            "AM1 1AA",
            "service@example.test",
        ),
    ];
    for (key, kind, name, street, town, post_code, email) in rows {
        let one = examples::Organisation::new(name, street, town, post_code, email);
        all.push(of(key, kind, &one));
    }
    for organisation in &mut all {
        let code = match organisation.kind {
            Kind::Prosecutor => PROSECUTOR,
            Kind::Police => POLICE,
            Kind::YouthOffendingTeam => YOUTH_TEAM,
            Kind::Prison if organisation.id == organisation_id("prison") => PRISON,
            Kind::Prison => SECOND_PRISON,
            _ => continue,
        };
        organisation.ou_code = Some(code.to_owned());
    }
    all
}

fn of(key: &str, kind: OrganisationKind, given: &examples::Organisation) -> Organisation {
    Organisation {
        id: organisation_id(key),
        kind,
        name: given.name.clone(),
        address: Address {
            lines: given.address.clone(),
            postcode: Some(given.post_code.clone()),
        },
        email: Some(given.email.clone()),
        ou_code: None,
        court: None,
        route: domain::account::Route::default(),
        profile: domain::account::Profile::default(),
        signing_in: domain::account::SigningIn::default(),
    }
}

fn court(
    given: &examples::Organisation,
    ou_code: &str,
    jurisdiction: Jurisdiction,
    rooms: usize,
) -> Organisation {
    let rooms = (0..rooms)
        .map(|room| {
            (
                courtroom_id(ou_code, room),
                format!("Courtroom {}", room + 1),
            )
        })
        .collect();
    let area = match jurisdiction {
        Jurisdiction::Magistrates => Some("Ashmere and Marches".to_owned()),
        Jurisdiction::Crown => None,
    };
    Organisation {
        ou_code: Some(ou_code.to_owned()),
        court: Some(Court {
            id: CourtId(Uuid::new_v5(&DEMO, format!("court {ou_code}").as_bytes())),
            jurisdiction,
            local_justice_area: area,
            rooms,
        }),
        ..of(ou_code, OrganisationKind::Court, given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_organisation_can_be_written_to_and_has_a_name_of_its_own() {
        let all = organisations();
        let names: BTreeSet<String> = all.iter().map(|o| vocabulary::fold_name(&o.name)).collect();
        assert_eq!(names.len(), all.len());
        for organisation in &all {
            assert!(organisation.email.is_some(), "{}", organisation.name);
            assert!(
                !organisation.address.lines.is_empty(),
                "{}",
                organisation.name
            );
        }
    }

    #[test]
    fn whoever_the_example_results_name_has_an_inbox() {
        let known = Directory::default();
        let all = organisations();
        for wanted in [
            &known.prison,
            &known.probation,
            &known.monitoring,
            &known.crown_court,
        ] {
            assert!(
                all.iter()
                    .any(|o| o.name == wanted.name && o.email.as_ref() == Some(&wanted.email)),
                "{}",
                wanted.name
            );
        }
    }
}
