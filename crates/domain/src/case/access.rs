//! Permission for single people on single cases, and cases that are sensitive. What a
//! permission is worth is decided by the policies; here it is only whether somebody has
//! one that is in force.

use super::{ASSIGNED_FOR, Case, CaseEvent, LONGEST_ASSIGNED};
use crate::{Refusal, words::said};
use serde::{Deserialize, Serialize};
use vocabulary::{AccountId, CasePermission, Day, DefendantId, Group, Instant, OrganisationId};

/// The most that a reason may have.
pub const LONGEST_REASON: usize = 250;
/// How long after the results a deputy's permission lasts, in days.
const DEPUTY_AFTER_RESULTS: i64 = 28;

/// Who was given what on a case, beside groups and organisations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseAccess {
    /// Why the case is sensitive, if it is.
    pub sensitive: Option<String>,
    /// Permissions that were given and not taken back.
    pub permissions: Vec<Permission>,
}

/// Permission of one person on one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permission {
    /// Whose.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// As what.
    pub permission: CasePermission,
    /// The one defendant on whom it is; none: on the whole case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub defendant: Option<DefendantId>,
    /// The organisation as one of whose people they prosecute; none: they work at a court.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// The last day, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Why.
    pub reason: String,
    /// Since.
    pub since: Instant,
}

/// What changed about who may open a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum AccessChange {
    /// Somebody was given permission.
    Given {
        /// Who.
        account: AccountId,
        /// Their name.
        name: String,
        /// As what.
        permission: CasePermission,
        /// The one defendant on whom it is; none: on the whole case.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        defendant: Option<DefendantId>,
        /// The organisation as one of whose people they prosecute; none: they work at a court.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        organisation: Option<OrganisationId>,
        /// The last day, if there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Day>,
        /// Why.
        reason: String,
    },
    /// It was taken back.
    TakenBack {
        /// From whom.
        account: AccountId,
        /// Their name, if it was kept.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        name: String,
        /// The one defendant on whom it was; none: all that they had. Whoever has it on the
        /// whole case has no other.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        defendant: Option<DefendantId>,
        /// Why.
        reason: String,
    },
    /// The case is sensitive from now on, or no longer.
    Sensitive {
        /// Whether it is.
        sensitive: bool,
        /// Why.
        reason: String,
    },
}

/// Whoever may have permission.
#[derive(Debug, Clone, Copy)]
pub struct Holder<'a> {
    /// Account.
    pub account: AccountId,
    /// Their groups.
    pub groups: &'a [Group],
    /// The organisation as one of whose people they prosecute the case; none: they work at a
    /// court. What somebody was given as the one counts for nothing as the other.
    pub prosecutes_at: Option<OrganisationId>,
}

impl Holder<'_> {
    fn has(&self, own: &Permission) -> bool {
        own.account == self.account && own.organisation == self.prosecutes_at
    }
}

/// What somebody is to be given.
#[derive(Debug, Clone, Copy)]
pub struct Permitting {
    /// As what.
    pub permission: CasePermission,
    /// The one defendant on whom it is; none: on the whole case.
    pub defendant: Option<DefendantId>,
    /// The last day. Whoever prosecutes has it for the time of an assignment, if nothing is said.
    pub until: Option<Day>,
    /// Today.
    pub today: Day,
}

/// Whether two permissions of one person are on different defendants.
fn apart(one: Option<DefendantId>, other: Option<DefendantId>) -> bool {
    one.is_some() && other.is_some() && one != other
}

impl Case {
    /// Whether somebody has permission of their own, in force on this day: on the whole case or,
    /// if a defendant is named, on them.
    #[must_use]
    pub fn permits(&self, who: Holder<'_>, defendant: Option<DefendantId>, today: Day) -> bool {
        self.access.permissions.iter().any(|own| {
            who.has(own)
                && own.defendant.is_none_or(|of| Some(of) == defendant)
                && self.in_force(own, who.groups, today)
        })
    }

    /// Whether somebody has permission on one of its defendants, in force on this day.
    #[must_use]
    pub fn permits_in_part(&self, who: Holder<'_>, today: Day) -> bool {
        self.access.permissions.iter().any(|own| {
            who.has(own) && own.defendant.is_some() && self.in_force(own, who.groups, today)
        })
    }

    /// Whether a permission is in force for somebody of these groups: until its last day, if it
    /// has one; and a deputy's ends 28 days
    /// after the results, if all of the case is resulted. A deputy is who is in the group,
    /// whatever was chosen when it was given; what was given as a deputy's is one too.
    #[must_use]
    pub fn in_force(&self, permission: &Permission, groups: &[Group], today: Day) -> bool {
        if permission.until.is_some_and(|until| until < today) {
            return false;
        }
        let deputy =
            groups.contains(&Group::Deputies) || permission.permission == CasePermission::Deputy;
        if !deputy || !self.concluded() {
            return true;
        }
        let results = self
            .defendants
            .iter()
            .flat_map(|defendant| {
                let of_offences = defendant.offences.iter().flat_map(|o| &o.results);
                of_offences.chain(&defendant.results)
            })
            .map(|(day, _)| *day)
            .max();
        results.is_none_or(|last| today <= last.plus_days(DEPUTY_AFTER_RESULTS))
    }

    pub(super) fn access_changed(&mut self, change: &AccessChange, at: Instant) {
        match change {
            AccessChange::Given {
                account,
                name,
                permission,
                defendant,
                organisation,
                until,
                reason,
            } => {
                // One that had ended is replaced.
                self.access
                    .permissions
                    .retain(|own| own.account != *account || apart(own.defendant, *defendant));
                self.access.permissions.push(Permission {
                    account: *account,
                    name: name.clone(),
                    permission: *permission,
                    defendant: *defendant,
                    organisation: *organisation,
                    until: *until,
                    reason: reason.clone(),
                    since: at,
                });
            }
            AccessChange::TakenBack {
                account, defendant, ..
            } => self.access.permissions.retain(|own| {
                own.account != *account || (defendant.is_some() && own.defendant != *defendant)
            }),
            AccessChange::Sensitive { sensitive, reason } => {
                self.access.sensitive = sensitive.then(|| reason.clone());
            }
        }
    }
}

/// A reason as it is kept.
///
/// # Errors
/// If there is none, or it is too long.
pub fn reason(given: &str) -> Result<String, Refusal> {
    let reason = said(given);
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        return Err(Refusal::new(
            "reason_needed",
            "A reason of at most 250 characters is needed.",
            "Say why, for whoever looks at this later.",
        ));
    }
    Ok(reason)
}

/// Decides whether somebody is given permission, on the whole case or on one defendant. What a
/// deputy is given is a deputy's, whatever was chosen; whoever prosecutes works on the case, for a
/// time.
///
/// # Errors
/// If they have one already on what is asked for or on a part of it, there is no such defendant,
/// the last day is wrong, or no reason is given.
pub fn give_permission(
    case: &Case,
    (to, name): (Holder<'_>, &str),
    wish: Permitting,
    why: &str,
) -> Result<AccessChange, Refusal> {
    let reason = reason(why)?;
    let (defendant, today) = (wish.defendant, wish.today);
    if defendant.is_some_and(|id| case.defendant(id).is_none()) {
        return Err(Refusal::new(
            "no_such_defendant",
            "This case has no such defendant.",
            "Open the case again and choose one of its defendants.",
        ));
    }
    let usual = to.prosecutes_at.map(|_| today.plus_days(ASSIGNED_FOR));
    let until = wish.until.or(usual);
    if until.is_some_and(|until| until < today || today.days_until(until) > LONGEST_ASSIGNED) {
        return Err(Refusal::new(
            "last_day_wrong",
            "The last day is over, or more than a year ahead.",
            "Give a day from today on.",
        ));
    }
    let mut others = case.access.permissions.iter();
    let over = |own: &Permission| own.until.is_some_and(|until| until < today);
    if others.any(|own| to.has(own) && !over(own) && !apart(own.defendant, defendant)) {
        return Err(Refusal::new(
            "permitted_already",
            "This person has permission on this case already.",
            "Take it back first if it is to be another one.",
        ));
    }
    let permission = match to.prosecutes_at {
        Some(_) => CasePermission::Access,
        None if to.groups.contains(&Group::Deputies) => CasePermission::Deputy,
        None => wish.permission,
    };
    Ok(AccessChange::Given {
        account: to.account,
        name: name.to_owned(),
        permission,
        defendant,
        organisation: to.prosecutes_at,
        until,
        reason,
    })
}

/// What somebody who prosecutes was given ends with an assignment of theirs: if the case comes
/// back to them, that is another assignment, and whoever is in charge gives it anew.
pub(super) fn ended_with_assignment(case: &Case, account: AccountId) -> Option<CaseEvent> {
    let mut permissions = case.access.permissions.iter();
    let own = permissions.find(|own| own.account == account && own.organisation.is_some())?;
    Some(CaseEvent::AccessChanged {
        change: AccessChange::TakenBack {
            account,
            name: own.name.clone(),
            defendant: None,
            reason: "The case was assigned to them no longer.".to_owned(),
        },
    })
}

/// Decides whether it is taken back: the one on the whole case or, if a defendant is named, the
/// one on them. Another that the same person has stays theirs. Whoever takes it back for the
/// prosecution takes back nothing that people of courts have.
///
/// # Errors
/// If there is none, or no reason is given.
pub fn take_permission_back(
    case: &Case,
    (account, defendant): (AccountId, Option<DefendantId>),
    of_prosecution_alone: bool,
    why: &str,
) -> Result<AccessChange, Refusal> {
    let reason = reason(why)?;
    let theirs = |own: &&Permission| !of_prosecution_alone || own.organisation.is_some();
    let mut permissions = case.access.permissions.iter().filter(theirs);
    let own = permissions.find(|own| own.account == account && own.defendant == defendant);
    let own = own.ok_or_else(|| {
        Refusal::new(
            "no_permission",
            "This person has no such permission of their own on this case.",
            "Open the case again to see who has which.",
        )
    })?;
    Ok(AccessChange::TakenBack {
        account,
        name: own.name.clone(),
        defendant,
        reason,
    })
}

/// Decides whether the case becomes sensitive, or is so no longer.
///
/// # Errors
/// If it is so already, or no reason is given.
pub fn set_sensitive(case: &Case, sensitive: bool, why: &str) -> Result<AccessChange, Refusal> {
    let reason = reason(why)?;
    if case.access.sensitive.is_some() == sensitive {
        return Err(Refusal::new(
            "already_so",
            if sensitive {
                "This case is sensitive already."
            } else {
                "This case is not sensitive."
            },
            "Open the case again to see how it stands.",
        ));
    }
    Ok(AccessChange::Sensitive { sensitive, reason })
}
