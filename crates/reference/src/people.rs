//! What organisations may give their people, how long accounts wait and last, and the terms of
//! use: `organisation_roles.csv`, `account_limits.csv`, `terms_of_use.csv`. Dated rows hold from
//! their day until the next.

use crate::{Gap, ReferenceError, source::Source};
use std::str::FromStr;
use vocabulary::{Day, Group, OrganisationKind};

/// That organisations of a kind may give a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrganisationRole {
    /// The kind.
    pub kind: OrganisationKind,
    /// The group.
    pub group: Group,
    /// Whether the first person there has it.
    pub first_administrator: bool,
    /// Whether a person who is the whole organisation has it.
    pub sole_practitioner: bool,
}

/// How long accounts wait and last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLimits {
    /// From this day on.
    pub from: Day,
    /// For how many days a link activates.
    pub activation_days: i64,
    /// After how many days without a signing in the person is warned.
    pub warn_after_days: Vec<i64>,
    /// After how many the account is suspended.
    pub suspend_after_days: i64,
}

/// A version of the terms of use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Its name.
    pub version: String,
    /// From this day on.
    pub from: Day,
    /// What it says.
    pub paragraphs: Vec<String>,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleRules {
    roles: Vec<OrganisationRole>,
    limits: Vec<AccountLimits>,
    terms: Vec<Terms>,
}

impl PeopleRules {
    /// The groups that organisations of a kind may give, in the order of the table.
    #[must_use]
    pub fn held(&self, kind: OrganisationKind) -> Vec<Group> {
        let all = self.given(kind).into_iter();
        all.filter(|group| !group.is_given_by_the_service())
            .collect()
    }

    /// The groups that people of a kind of organisation may be given by whoever runs the service.
    #[must_use]
    pub fn given(&self, kind: OrganisationKind) -> Vec<Group> {
        self.of(kind).map(|role| role.group).collect()
    }

    /// The groups of the first person of an organisation, who administers it.
    #[must_use]
    pub fn first(&self, kind: OrganisationKind, sole_practitioner: bool) -> Vec<Group> {
        self.of(kind)
            .filter(|role| {
                role.first_administrator || (sole_practitioner && role.sole_practitioner)
            })
            .map(|role| role.group)
            .collect()
    }

    fn of(&self, kind: OrganisationKind) -> impl Iterator<Item = &OrganisationRole> {
        self.roles.iter().filter(move |role| role.kind == kind)
    }

    /// The limits that hold on a day.
    #[must_use]
    pub fn limits(&self, day: Day) -> &AccountLimits {
        held_on(&self.limits, |one| one.from, day)
    }

    /// The terms that hold on a day.
    #[must_use]
    pub fn terms(&self, day: Day) -> &Terms {
        held_on(&self.terms, |one| one.from, day)
    }
}

/// The last row that had begun; before all of them the first. There is one: `load` sees to it.
fn held_on<T>(rows: &[T], from: impl Fn(&T) -> Day, day: Day) -> &T {
    rows.iter()
        .rev()
        .find(|row| from(row) <= day)
        .unwrap_or(&rows[0])
}

pub(crate) fn load(
    source: &Source,
    known: &[String],
    gaps: &mut Vec<Gap>,
) -> Result<PeopleRules, ReferenceError> {
    Ok(PeopleRules {
        roles: roles(source, known, gaps)?,
        limits: limits(source, gaps)?,
        terms: terms(source, gaps)?,
    })
}

fn roles(
    source: &Source,
    known: &[String],
    gaps: &mut Vec<Gap>,
) -> Result<Vec<OrganisationRole>, ReferenceError> {
    const FILE: &str = "organisation_roles.csv";
    let mut roles = Vec::new();
    for row in source.table(FILE)?.rows() {
        let kind = OrganisationKind::from_str(row.get("kind")?).map_err(|_| row.bad("kind"))?;
        let name = row.get("group")?;
        if row.flag("unverified")? {
            let what = format!("{kind} gives {name}: {}", row.get("why")?);
            gaps.push(Gap::unverified(
                "a role of an organisation",
                FILE,
                row.number,
                what,
            ));
        }
        match Group::from_str(name) {
            Ok(group) => roles.push(OrganisationRole {
                kind,
                group,
                first_administrator: row.flag("first_administrator")?,
                sole_practitioner: row.flag("sole_practitioner")?,
            }),
            // A group of the real system that this version does not have yet.
            Err(_) if known.iter().any(|group| group == name) => {}
            Err(_) => return Err(row.bad("group")),
        }
    }
    Ok(roles)
}

fn limits(source: &Source, gaps: &mut Vec<Gap>) -> Result<Vec<AccountLimits>, ReferenceError> {
    const FILE: &str = "account_limits.csv";
    let table = source.table(FILE)?;
    let mut limits: Vec<AccountLimits> = Vec::new();
    for row in table.rows() {
        let days = |column| row.value::<i64>(column)?.ok_or_else(|| row.bad(column));
        let mut warn_after_days = Vec::new();
        for part in row.list("warn_after_days")? {
            warn_after_days.push(part.parse().map_err(|_| row.bad("warn_after_days"))?);
        }
        let one = AccountLimits {
            from: row.day("from")?.ok_or_else(|| row.bad("from"))?,
            activation_days: days("activation_days")?,
            suspend_after_days: days("suspend_after_days")?,
            warn_after_days,
        };
        // Nobody is suspended who was not warned.
        let ordered = one.warn_after_days.windows(2).all(|two| two[0] < two[1]);
        let before = one
            .warn_after_days
            .last()
            .is_some_and(|last| *last < one.suspend_after_days);
        let first = one.warn_after_days.first().is_some_and(|first| *first > 0);
        if !(ordered && before && first && one.activation_days > 0) {
            return Err(row.bad("warn_after_days"));
        }
        if limits.last().is_some_and(|last| last.from >= one.from) {
            return Err(row.bad("from"));
        }
        if row.flag("unverified")? {
            let what = row.text("source")?;
            gaps.push(Gap::unverified(
                "limits of accounts",
                FILE,
                row.number,
                what,
            ));
        }
        limits.push(one);
    }
    some(limits, FILE)
}

fn terms(source: &Source, gaps: &mut Vec<Gap>) -> Result<Vec<Terms>, ReferenceError> {
    const FILE: &str = "terms_of_use.csv";
    let mut terms: Vec<Terms> = Vec::new();
    for row in source.table(FILE)?.rows() {
        let (version, from) = (row.text("version")?, row.day("from")?);
        let from = from.ok_or_else(|| row.bad("from"))?;
        let paragraph = row.text("paragraph")?;
        match terms.last_mut() {
            Some(last) if last.version == version && last.from == from => {
                last.paragraphs.push(paragraph);
            }
            Some(last) if last.from >= from => return Err(row.bad("from")),
            _ => {
                if row.flag("unverified")? {
                    let what = format!("version {version} is ours");
                    gaps.push(Gap::unverified("terms of use", FILE, row.number, what));
                }
                terms.push(Terms {
                    version,
                    from,
                    paragraphs: vec![paragraph],
                });
            }
        }
    }
    some(terms, FILE)
}

fn some<T>(rows: Vec<T>, file: &str) -> Result<Vec<T>, ReferenceError> {
    if rows.is_empty() {
        return Err(ReferenceError::MissingFile(format!(
            "{file} (it has no row)"
        )));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use crate::Catalogue;
    use vocabulary::{Group, OrganisationKind};

    #[test]
    fn every_kind_has_a_role_and_every_kind_that_registers_an_administrator() {
        let rules = Catalogue::embedded().unwrap().people;
        for kind in OrganisationKind::ALL {
            assert!(!rules.held(*kind).is_empty(), "{kind}");
            let first = rules.first(*kind, false);
            let administrator = [Group::OrganisationAdministrator];
            let wanted: &[Group] = match kind {
                OrganisationKind::Service => &[],
                _ => &administrator,
            };
            assert_eq!(first, wanted, "{kind}");
        }
    }

    #[test]
    fn a_sole_practitioner_is_advocate_and_administrator() {
        let rules = Catalogue::embedded().unwrap().people;
        for kind in [OrganisationKind::DefenceFirm, OrganisationKind::Chambers] {
            let first = rules.first(kind, true);
            assert!(first.contains(&Group::Advocates));
            assert!(first.contains(&Group::OrganisationAdministrator));
        }
    }

    #[test]
    fn a_firm_gives_no_role_of_a_court() {
        let rules = Catalogue::embedded().unwrap().people;
        let held = rules.held(OrganisationKind::DefenceFirm);
        assert!(held.contains(&Group::DefenceLawyers));
        assert!(
            !held.contains(&Group::LegalAdvisers) && !held.contains(&Group::SystemAdministrators)
        );
    }

    #[test]
    fn groups_of_support_are_given_by_whoever_runs_the_service_where_they_work() {
        let rules = Catalogue::embedded().unwrap().people;
        for kind in OrganisationKind::ALL {
            let held = rules.held(*kind);
            let given = rules.given(*kind);
            for group in [Group::Auditors, Group::AccessController] {
                assert!(!held.contains(&group), "{kind} gives {group} by itself");
            }
            assert!(given.iter().all(|group| group.works_at(*kind)), "{kind}");
            assert!(held.iter().all(|group| given.contains(group)), "{kind}");
        }
        let court = rules.given(OrganisationKind::Court);
        assert!(court.contains(&Group::AccessController) && court.contains(&Group::Auditors));
        let service = rules.given(OrganisationKind::Service);
        assert!(service.contains(&Group::Auditors) && !service.contains(&Group::AccessController));
    }

    #[test]
    fn dated_limits_hold_from_their_day() {
        let rules = Catalogue::embedded().unwrap().people;
        let limits = rules.limits("2026-11-23".parse().unwrap());
        assert_eq!(limits.activation_days, 28);
        assert_eq!(
            (limits.warn_after_days.as_slice(), limits.suspend_after_days),
            (&[60, 75, 85][..], 90)
        );
        assert_eq!(
            rules.limits("2001-01-01".parse().unwrap()),
            limits,
            "before the first row the first holds"
        );
        assert!(
            !rules
                .terms("2026-11-23".parse().unwrap())
                .paragraphs
                .is_empty()
        );
    }
}
