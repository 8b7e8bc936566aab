//! Giving a colleague or counsel access, and ending it. It ends with the very next
//! thing they ask for: what the case holds is what every request is decided on.

use super::{
    both_sides::{Side, read_for},
    named, record, seen, somebody,
};
use crate::{App, Caller, Error, UseCase, relation};
use access::Action;
use async_trait::async_trait;
use contract::{
    Problem,
    defence::{Done, Grant, Granted, Remove},
};
use domain::{
    Refusal,
    case::{ACT_BY_NAME, Granting, grant, remove},
};
use vocabulary::DefendantId;

#[async_trait]
impl UseCase for Grant {
    /// Gives access for one defendant, or for all for whom this person may.
    async fn answer(self, app: &App, who: &Caller) -> Result<Granted, Error> {
        let person = who.person()?;
        let case = seen(app, person, self.case_id).await?;
        let may = |id: &DefendantId| {
            let facts = relation::to_defendant(person, &case, Some(*id));
            relation::may(app, person, Action::GrantAccess, &facts).allowed
        };
        let defendants: Vec<DefendantId> = match self.defendant_id {
            Some(id) => {
                let facts = relation::to_defendant(person, &case, Some(id));
                case.defendant(id).ok_or_else(Problem::not_found)?;
                relation::must_see(app, person, Action::ViewCase, &facts)?;
                relation::must(app, person, Action::GrantAccess, &facts)?;
                vec![id]
            }
            None => case
                .defendants
                .iter()
                .map(|d| d.charged.id)
                .filter(may)
                .collect(),
        };
        if defendants.is_empty() {
            let facts = relation::to_case(person, &case);
            relation::must(app, person, Action::GrantAccess, &facts)?;
        }
        let (to, _) = somebody(app, person, &self.email, &ACT_BY_NAME).await?;

        let today = app.chance.now().day();
        let read = read_for(app, Side::Prosecution, to.account, std::iter::once(&*case)).await?;
        let all = self.defendant_id.is_none();
        let mut events = Vec::new();
        let mut shown: Option<Refusal> = None;
        for defendant in defendants {
            let as_now = (to.account, to.organisation);
            if all && case.granted_at(as_now, Some(defendant), today) {
                continue;
            }
            let wish = Granting {
                defendant,
                by: person.organisation.id,
                by_name: person.organisation.name.clone(),
                confirmed: self.confirmed,
                read_other_side: read.contains(&case.id),
                seen: named(app, person, &case),
                today,
            };
            match grant(&case, &wish, &to, self.until) {
                Ok(granting) => events.extend(granting),
                // What is to be confirmed for one defendant is shown with what is for the others.
                Err(refusal) if refusal.code == "conflict_not_confirmed" => {
                    shown = Some(match shown {
                        None => refusal,
                        Some(first) => {
                            let Refusal { message, also, .. } = refusal;
                            first.with(std::iter::once(message.into_owned()).chain(also))
                        }
                    });
                }
                Err(refusal) => return Err(refusal.into()),
            }
        }
        if let Some(refusal) = shown {
            return Err(refusal.into());
        }

        let view = Granted {
            name: to.name,
            organisation: to.organisation_name,
        };
        record(app, who, &case, events, view).await
    }
}

#[async_trait]
impl UseCase for Remove {
    /// Ends somebody's access. One's own needs nobody's leave: nobody acts because others
    /// want them to.
    async fn answer(self, app: &App, who: &Caller) -> Result<Done, Error> {
        let person = who.person()?;
        let case = seen(app, person, self.case_id).await?;
        let facts = relation::to_defendant(person, &case, Some(self.defendant_id));
        relation::must_see(app, person, Action::ViewCase, &facts)?;
        if self.account_id != person.account.id {
            relation::must(app, person, Action::GrantAccess, &facts)?;
        }

        let asks = (person.account.id, person.organisation.id);
        let events = remove(&case, self.defendant_id, asks, self.account_id)?;

        record(app, who, &case, events, Done {}).await
    }
}
