//! Who is signed in, and where their work begins.

use crate::{
    App, Caller, Error, UseCase, caller::SignedIn, permission::gives_for_the_prosecution,
    ports::KeptPasskey, relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::account::{Current, Home, Person};
use vocabulary::Group;

#[async_trait]
impl UseCase for Current {
    /// The person, their organisation and their screens.
    async fn answer(self, app: &App, who: &Caller) -> Result<Person, Error> {
        present(app, who.unlocked()?).await
    }
}

/// A person as the window shows them. Screens follow from the policies, so that
/// nobody is shown a door that is locked.
pub(super) async fn present(app: &App, person: &SignedIn) -> Result<Person, Error> {
    // What they have at their own court, if anywhere.
    let own = Facts {
        sitting: true,
        ..Facts::default()
    };
    let may = |action| relation::may(app, person, action, &own).allowed;
    let mut screens = Vec::new();
    for (screen, action) in [
        ("hearings", Action::ViewLists),
        ("cases", Action::ListCases),
        ("alarms", Action::ViewAlarms),
        ("inbox", Action::ViewInbox),
        ("legal_aid", Action::ViewLegalAid),
        ("deliveries", Action::ViewDeliveries),
        ("printouts", Action::ViewPrintouts),
        ("translations", Action::ViewTranslations),
        ("access", Action::GiveAccess),
        ("audit", Action::ViewAudit),
        ("notices", Action::ViewNotices),
        ("people", Action::AdministerAccounts),
        ("organisations", Action::ValidateOrganisations),
        ("announcements", Action::Announce),
        ("rules", Action::LowerRules),
        ("help", Action::AskForHelp),
    ] {
        // Who gives permission for the prosecution does so where the courts do.
        let also = screen == "access" && gives_for_the_prosecution(app, person);
        if (may(action) || also) && !person.lacks_second_factor() {
            screens.push(screen.to_owned());
        }
    }
    // Whoever only administers is where that is done, not before an inbox.
    let administers_alone = person.account.groups == [Group::OrganisationAdministrator];
    let home = match screens.first().map(String::as_str) {
        _ if administers_alone && screens.iter().any(|own| own == "people") => Home::People,
        Some("hearings") => Home::Hearings,
        Some("cases") => Home::Cases,
        Some("inbox") => Home::Inbox,
        Some("audit") => Home::Audit,
        Some("printouts") if !screens.iter().any(|own| own == "people") => Home::Printouts,
        _ if screens.iter().any(|own| own == "organisations") => Home::Organisations,
        _ if screens.iter().any(|own| own == "people") => Home::People,
        _ => Home::Service,
    };
    let provider = person.organisation.signing_in.provider.as_ref();
    Ok(Person {
        account_id: person.account.id,
        name: person.account.name.clone(),
        email: person.account.email.clone(),
        groups: person.account.groups.clone(),
        role: person.account.role.clone(),
        organisation_id: person.organisation.id,
        organisation: person.organisation.name.clone(),
        organisation_kind: person.organisation.kind,
        home,
        screens,
        answers_help: may(Action::AnswerHelp) && !person.lacks_second_factor(),
        unread: crate::notice::unread(app, person).await?,
        second_factor_missing: person.lacks_second_factor(),
        by_passkey: app
            .passkeys
            .passkeys(person.account.id)
            .await?
            .iter()
            .any(KeptPasskey::is_good),
        by_provider: provider.is_some_and(|provider| provider.speaks_for(&person.account.email)),
    })
}
