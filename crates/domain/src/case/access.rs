//! Permission for single people on single cases, and cases that are sensitive. What a
//! permission is worth is decided by the policies; here it is only whether somebody has
//! one that is in force.

use super::Case;
use crate::{Refusal, words::said};
use serde::{Deserialize, Serialize};
use vocabulary::{AccountId, CasePermission, Day, DefendantId, Group, Instant};

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

impl Case {
    /// Whether somebody has permission of their own, in force on this day: on the whole case or,
    /// if a defendant is named, on them.
    #[must_use]
    pub fn permits(
        &self,
        (account, groups): (AccountId, &[Group]),
        defendant: Option<DefendantId>,
        today: Day,
    ) -> bool {
        self.access.permissions.iter().any(|own| {
            own.account == account
                && own.defendant.is_none_or(|of| Some(of) == defendant)
                && self.in_force(own, groups, today)
        })
    }

    /// Whether somebody has permission on one of its defendants, in force on this day.
    #[must_use]
    pub fn permits_in_part(&self, (account, groups): (AccountId, &[Group]), today: Day) -> bool {
        self.access.permissions.iter().any(|own| {
            own.account == account && own.defendant.is_some() && self.in_force(own, groups, today)
        })
    }

    /// Whether a permission is in force for somebody of these groups: a deputy's ends 28 days
    /// after the results, if all of the case is resulted. A deputy is who is in the group,
    /// whatever was chosen when it was given; what was given as a deputy's is one too.
    #[must_use]
    pub fn in_force(&self, permission: &Permission, groups: &[Group], today: Day) -> bool {
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
                reason,
            } => self.access.permissions.push(Permission {
                account: *account,
                name: name.clone(),
                permission: *permission,
                defendant: *defendant,
                reason: reason.clone(),
                since: at,
            }),
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
/// deputy is given is a deputy's, whatever was chosen.
///
/// # Errors
/// If they have one already on what is asked for or on a part of it, there is no such defendant,
/// or no reason is given.
pub fn give_permission(
    case: &Case,
    (account, name): (AccountId, &str),
    groups: &[Group],
    (permission, defendant): (CasePermission, Option<DefendantId>),
    why: &str,
) -> Result<AccessChange, Refusal> {
    let reason = reason(why)?;
    if defendant.is_some_and(|id| case.defendant(id).is_none()) {
        return Err(Refusal::new(
            "no_such_defendant",
            "This case has no such defendant.",
            "Open the case again and choose one of its defendants.",
        ));
    }
    let mut others = case.access.permissions.iter();
    let apart = |of: Option<DefendantId>| of.is_some() && defendant.is_some() && of != defendant;
    if others.any(|own| own.account == account && !apart(own.defendant)) {
        return Err(Refusal::new(
            "permitted_already",
            "This person has permission on this case already.",
            "Take it back first if it is to be another one.",
        ));
    }
    let permission = match groups.contains(&Group::Deputies) {
        true => CasePermission::Deputy,
        false => permission,
    };
    Ok(AccessChange::Given {
        account,
        name: name.to_owned(),
        permission,
        defendant,
        reason,
    })
}

/// Decides whether it is taken back: the one on the whole case or, if a defendant is named, the
/// one on them. Another that the same person has stays theirs.
///
/// # Errors
/// If there is none, or no reason is given.
pub fn take_permission_back(
    case: &Case,
    (account, defendant): (AccountId, Option<DefendantId>),
    why: &str,
) -> Result<AccessChange, Refusal> {
    let reason = reason(why)?;
    let mut permissions = case.access.permissions.iter();
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
