//! An organisation joins, from the command line: so that a recipient whom results
//! name is known here. Court houses with their rooms come by seeding only.

use super::record::record;
use crate::{App, Error, ports::Expected};
use contract::{Code, Problem};
use domain::{
    account::{AccountEvent, Organisation, Route, SigningIn},
    case::Address,
};
use vocabulary::{OrganisationId, OrganisationKind, fold_name};

/// An organisation to add.
#[derive(Debug, Clone)]
pub struct NewOrganisation {
    /// What it is.
    pub kind: OrganisationKind,
    /// Its name, as results and documents write it.
    pub name: String,
    /// Address, line by line.
    pub address: Vec<String>,
    /// Post code.
    pub postcode: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// OU code of a prosecutor, police force or prison.
    pub ou_code: Option<String>,
}

/// Adds it.
///
/// # Errors
/// If it is a court house, or one of that name is there already: a name typed in
/// court must mean one organisation.
pub async fn add_organisation(app: &App, new: NewOrganisation) -> Result<Organisation, Error> {
    if new.kind == OrganisationKind::Court {
        return Err(Problem::new(
            Code::BadRequest,
            "A court house needs courtrooms, which no command opens yet.",
            "Add prisons, probation teams and other agencies here.",
        )
        .into());
    }
    let name = fold_name(&new.name);
    let known = app.index.organisations().await?;
    if known.iter().any(|own| fold_name(&own.name) == name) {
        return Err(Problem::new(
            Code::BadRequest,
            "There is an organisation of that name.",
            "See `account list`; give the new one a name of its own.",
        )
        .into());
    }
    let organisation = Organisation {
        id: OrganisationId(app.chance.id()),
        kind: new.kind,
        name: new.name.trim().to_owned(),
        address: Address {
            lines: new.address,
            postcode: new.postcode,
        },
        email: new.email,
        ou_code: new.ou_code,
        court: None,
        route: Route::default(),
        profile: domain::account::Profile::default(),
        signing_in: SigningIn::default(),
    };
    let added = AccountEvent::OrganisationAdded(organisation.clone());
    record(app, organisation.id.0, Expected::New, added).await?;
    Ok(organisation)
}
