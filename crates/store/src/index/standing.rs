//! Who of the people that a case holds by name may open it now: access, a case or permission that
//! was given to somebody counts where they had it, while they are there and still what they were
//! (docs/decisions/0061). What the index remembers of them decides whom to ask about, and nothing
//! else: the case answers as it does when it is opened.

use super::Desk;
use crate::{error::broken, ledger::known::Place, query::text, rows::Value};
use app::ports::Fault;
use domain::{
    account::Account,
    case::{ACT_BY_NAME, Case},
};
use std::sync::Arc;
use vocabulary::{AccountId, Day, DefendantId, Group, OrganisationId, OrganisationKind};

impl Place {
    /// Whether somebody there acts by name, for either side.
    fn acts(&self) -> bool {
        use OrganisationKind::{Chambers, DefenceFirm};
        let one_of = |group: &Group| ACT_BY_NAME.contains(group);
        matches!(self.kind, Chambers | DefenceFirm) && self.groups.iter().any(one_of)
    }
}

impl Desk<'_> {
    /// People of other organisations who may see a case on a day.
    pub(super) async fn people(&mut self, case: &Case, on: Day) -> Result<Vec<AccountId>, Fault> {
        let defending = self.defending(case, on, |_| true).await?;
        let mut people: Vec<AccountId> = defending.into_iter().map(|(own, _)| own).collect();
        people.extend(self.assigned(case, on).await?);
        people.sort_unstable();
        people.dedup();
        Ok(people)
    }

    /// People with access for the defence on a day, with their organisations: of those defendants
    /// who are meant.
    pub(super) async fn defending(
        &mut self,
        case: &Case,
        on: Day,
        meant: impl Fn(DefendantId) -> bool,
    ) -> Result<Vec<(AccountId, OrganisationId)>, Fault> {
        let mut found = Vec::new();
        for grant in &case.grants {
            if !meant(grant.defendant) || !grant.good_on(on) {
                continue;
            }
            let place = self.place(grant.account).await?;
            if place.is_some_and(|at| at.acts() && at.organisation == grant.organisation) {
                found.push((grant.account, grant.organisation));
            }
        }
        Ok(found)
    }

    /// Advocates to whom the case is assigned on a day.
    pub(super) async fn assigned(&mut self, case: &Case, on: Day) -> Result<Vec<AccountId>, Fault> {
        let mut found = Vec::new();
        for own in &case.advocates {
            let place = self.place(own.account).await?;
            if place
                .is_some_and(|at| at.acts() && case.assigned((own.account, at.organisation), on))
            {
                found.push(own.account);
            }
        }
        Ok(found)
    }

    /// People of courts who may see a case because they were given permission on it, once each:
    /// whoever prosecutes it hears of it as that.
    pub(super) async fn permitted(
        &mut self,
        case: &Case,
        on: Day,
    ) -> Result<Vec<AccountId>, Fault> {
        let mut found = Vec::new();
        for own in &case.access.permissions {
            if own.organisation.is_some() {
                continue;
            }
            // Of somebody who sits as a deputy it ends earlier, as whatever it was given.
            let place = self.place(own.account).await?;
            if place.is_some_and(|at| {
                at.kind == OrganisationKind::Court && case.in_force(own, &at.groups, on)
            }) {
                found.push(own.account);
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Where somebody works now; none if they may not sign in.
    async fn place(&mut self, account: AccountId) -> Result<Option<Arc<Place>>, Fault> {
        if let Some(place) = self.known.places.get(&account) {
            return Ok(place.clone());
        }
        let sql = "select a.body, o.kind from account_index a \
             join organisation_index o on o.organisation_id = a.organisation_id \
             where a.account_id = $1 and a.active = 1";
        let row = self.pen.first(sql, vec![Value::text(account)]).await?;
        let place = match row {
            None => None,
            Some(row) => {
                let own: Account = serde_json::from_str(&text(&row, 0)?).map_err(broken)?;
                Some(Arc::new(Place {
                    organisation: own.organisation,
                    kind: text(&row, 1)?.parse().map_err(broken)?,
                    groups: own.groups,
                }))
            }
        };
        self.known.places.insert(account, place.clone());
        Ok(place)
    }
}
