//! What an organisation says of itself, from the wire or from a row of a file, as the domain
//! has it.

use contract::organisation::{Said, WrongField};
use domain::{
    account::{
        Profile,
        registration::{Accountable, Application, CourtSaid, Wrong},
    },
    case::Address,
};
use vocabulary::OrganisationId;

/// What was said, tidied.
pub(super) fn application(said: Said, office_of: Option<OrganisationId>) -> Application {
    let court = said.jurisdiction.map(|jurisdiction| CourtSaid {
        jurisdiction,
        local_justice_area: said
            .local_justice_area
            .map(|area| area.trim().to_owned())
            .filter(|area| !area.is_empty()),
        rooms: said.courtrooms,
    });
    let application = Application {
        kind: said.kind,
        name: said.name,
        address: Address {
            lines: said.address,
            postcode: Some(said.postcode),
        },
        email: said.email,
        phone: said.phone,
        profile: Profile {
            office_of,
            laa_contracts: said.laa_contracts,
            regulator_number: said.regulator_number,
            sole_practitioner: said.sole_practitioner,
        },
        ou_code: said.ou_code,
        court,
        accountable: Accountable {
            name: said.accountable_name,
            email: said.accountable_email,
            role: said.accountable_role,
        },
        terms: said.terms,
    };
    application.tidied()
}

pub(super) fn wrong_field(wrong: Wrong) -> WrongField {
    WrongField {
        field: wrong.field.to_owned(),
        what: wrong.what,
    }
}

/// Everything that was said, as label and value.
pub(super) fn in_words(said: &Application) -> Vec<(String, String)> {
    let mut rows = vec![
        ("Address", said.address.printed().join(", ")),
        ("Email", said.email.clone()),
        ("Telephone", said.phone.clone()),
    ];
    let profile = &said.profile;
    if !profile.laa_contracts.is_empty() {
        rows.push(("LAA account numbers", profile.laa_contracts.join(", ")));
    }
    if let Some(number) = &profile.regulator_number {
        rows.push(("SRA or Bar number", number.clone()));
    }
    if let Some(code) = &said.ou_code {
        rows.push(("OU code", code.clone()));
    }
    if let Some(court) = &said.court {
        let what = match court.jurisdiction {
            vocabulary::Jurisdiction::Magistrates => "magistrates' court",
            vocabulary::Jurisdiction::Crown => "Crown Court",
        };
        rows.push(("Court", format!("{what}, {} courtrooms", court.rooms)));
    }
    if profile.sole_practitioner {
        rows.push(("Size", "A sole practitioner".to_owned()));
    }
    let who = &said.accountable;
    rows.push((
        "Accountable person",
        format!("{}, {}, {}", who.name, who.role, who.email),
    ));
    rows.push(("Terms accepted", format!("version {}", said.terms)));
    rows.into_iter()
        .map(|(label, value)| (label.to_owned(), value))
        .collect()
}
