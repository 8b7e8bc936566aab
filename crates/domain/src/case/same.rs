//! One person who is a defendant in several cases: when that is certain, and when what a court
//! orders of them in several cases may be written on one document.

use super::{Case, CaseEvent, Defendant, DefendantState, Party};
use crate::{Refusal, words::said};
use vocabulary::fold_name;

/// The longest reason for which two defendants are one person.
const LONGEST: usize = 250;

/// Whether two defendants are certainly one person: the same name and day of birth and, of what
/// the police know them by, the same number; or, if that is not known of both, the same address;
/// or somebody of the court said so. Somebody without a day of birth, and a body, is matched with
/// nobody. What somebody of the court said that they are two people, they are.
#[must_use]
pub fn is_same_person(one: &Defendant, other: &Defendant) -> bool {
    one.id == other.id
        || (!are_told_apart(one, other)
            && (one.confirmed_as.contains(&other.id)
                || other.confirmed_as.contains(&one.id)
                || alike(one, other) == Some(true)))
}

/// Whether somebody of the court said that they are two people.
#[must_use]
pub fn are_told_apart(one: &Defendant, other: &Defendant) -> bool {
    one.told_apart.contains(&other.id) || other.told_apart.contains(&one.id)
}

/// Whether they may be one person and nothing makes it certain: the same name and day of birth, no
/// number that is known of both, and not the same address. People move; and two people of one
/// name are born on one day. Whoever was told apart may be, too: that may have been the mistake.
#[must_use]
pub fn may_be_same_person(one: &Defendant, other: &Defendant) -> bool {
    !is_same_person(one, other) && alike(one, other).is_some()
}

/// Decides that two defendants who may be one person are: somebody of the court asked, and says
/// why. The case of the first records it, and that of the other if they were told apart there;
/// each event names whose it is.
///
/// # Errors
/// If nothing speaks for it, or no reason is given.
pub fn confirm_same_person(
    one: &Defendant,
    other: &Defendant,
    reason: &str,
) -> Result<Vec<CaseEvent>, Refusal> {
    if !may_be_same_person(one, other) {
        return Err(Refusal::new(
            "not_one_person",
            "Nothing says that they are one person, or it is certain already.",
            "Compare name, date of birth, police number and address in both cases.",
        ));
    }
    let reason = with_reason(
        reason,
        "Say why they are one person: who was asked, and what was answered.",
    )?;
    let confirmed = |own: &Defendant, of: &Defendant| CaseEvent::SamePersonConfirmed {
        defendant_id: own.id,
        other_id: of.id,
        reason: reason.clone(),
    };
    let mut events = vec![confirmed(one, other)];
    if other.told_apart.contains(&one.id) {
        events.push(confirmed(other, one));
    }
    Ok(events)
}

/// Decides that two defendants who count as one person are two: what the case of the first
/// records, and what that of the other does.
///
/// # Errors
/// If they are two already, or no reason is given.
pub fn tell_apart(
    one: &Defendant,
    other: &Defendant,
    reason: &str,
) -> Result<[CaseEvent; 2], Refusal> {
    if one.id == other.id || !is_same_person(one, other) {
        return Err(Refusal::new(
            "two_people_already",
            "They do not count as one person.",
            "Look at the hearing again: somebody else may have told them apart.",
        ));
    }
    let reason = with_reason(
        reason,
        "Say why they are two people: who was asked, and what was answered.",
    )?;
    let apart = |own: &Defendant, of: &Defendant| CaseEvent::ToldApart {
        defendant_id: own.id,
        other_id: of.id,
        reason: reason.clone(),
    };
    Ok([apart(one, other), apart(other, one)])
}

fn with_reason(reason: &str, hint: &'static str) -> Result<String, Refusal> {
    let reason = said(reason);
    if reason.is_empty() || reason.chars().count() > LONGEST {
        return Err(Refusal::new(
            "reason_needed",
            format!("A reason of at most {LONGEST} characters is needed."),
            hint,
        ));
    }
    Ok(reason)
}

/// Whether numbers or, without them, addresses of two people of one name and day of birth agree;
/// nothing, if they are not that or their numbers are different.
fn alike(one: &Defendant, other: &Defendant) -> Option<bool> {
    let (Party::Person { .. }, Party::Person { .. }) = (&one.party, &other.party) else {
        return None;
    };
    let alike = |a: String, b: String| !a.is_empty() && a == b;
    let name = |own: &Defendant| fold_name(&own.party.name());
    let born = |own: &Defendant| own.party.date_of_birth();
    // The day first: of thirty defendants it sets nearly all apart, at every keystroke.
    if born(one).is_none() || born(one) != born(other) || !alike(name(one), name(other)) {
        return None;
    }
    let numbers = [
        (&one.pnc_id, &other.pnc_id),
        (&one.cro_number, &other.cro_number),
    ];
    let mut known = numbers
        .into_iter()
        .filter_map(|(a, b)| Some((fold_name(a.as_ref()?), fold_name(b.as_ref()?))))
        .filter(|(a, b)| !a.is_empty() && !b.is_empty())
        .peekable();
    if known.peek().is_some() {
        return known.all(|(a, b)| a == b).then_some(true);
    }
    let address = |own: &Defendant| fold_name(&own.address.printed().join(" "));
    Some(alike(address(one), address(other)))
}

/// Whether what is ordered of one person in two cases may stand on one document: the same
/// authority prosecutes both and the same firm, or none, is on record in both, and neither is
/// sensitive or kept off lists. So nobody reads of a case by a document what they would not read
/// in the case.
#[must_use]
pub fn are_written_together(
    (case, defendant): (&Case, &DefendantState),
    (other_case, other): (&Case, &DefendantState),
) -> bool {
    let firm = |own: &DefendantState| own.represented_by.as_ref().map(|by| by.organisation);
    let open = |case: &Case| !case.is_sensitive() && case.kept_off_lists.is_none();
    case.prosecutor.ou_code == other_case.prosecutor.ou_code
        && firm(defendant) == firm(other)
        && open(case)
        && open(other_case)
        && is_same_person(&defendant.charged, &other.charged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Address, PersonName};
    use vocabulary::{BailStatus, DefendantId};

    fn defendant(id: u128) -> Defendant {
        Defendant {
            id: DefendantId(uuid::Uuid::from_u128(id)),
            prosecutor_reference: "D1".to_owned(),
            asn: None,
            pnc_id: None,
            cro_number: None,
            confirmed_as: Vec::new(),
            told_apart: Vec::new(),
            party: Party::Person {
                name: PersonName {
                    title: Some("Ms".to_owned()),
                    forenames: vec!["Siân".to_owned()],
                    surname: "Kettlewick".to_owned(),
                },
                aliases: Vec::new(),
                date_of_birth: "1991-08-23".parse().ok(),
                gender: 2,
                nationality: None,
                language_needs: None,
                specific_needs: None,
                national_insurance_number: None,
                driver_number: None,
                ethnicity: None,
                observed_ethnicity: None,
                parent_guardian: None,
            },
            address: Address {
                lines: vec!["14 Larch Close".to_owned()],
                postcode: Some("AM5 6TR".to_owned()),
            },
            email: None,
            telephone: None,
            documents_in_welsh: false,
            hearing_in_welsh: false,
            bail: BailStatus::NotApplicable,
            bail_conditions: None,
            offences: Vec::new(),
        }
    }

    fn born(own: &mut Defendant, day: Option<&str>) {
        if let Party::Person { date_of_birth, .. } = &mut own.party {
            *date_of_birth = day.and_then(|day| day.parse().ok());
        }
    }

    #[test]
    fn one_person_is_known_by_name_birth_and_number_or_address() {
        let one = defendant(1);
        let mut other = defendant(2);
        assert!(is_same_person(&one, &other));
        "14 LARCH close".clone_into(&mut other.address.lines[0]);
        assert!(is_same_person(&one, &other), "however it is written");
        "3 Mill Lane".clone_into(&mut other.address.lines[0]);
        assert!(
            !is_same_person(&one, &other),
            "nothing else says that it is them"
        );

        let mut known = one.clone();
        known.pnc_id = Some("2024/0090001L".to_owned());
        other.pnc_id = Some("2024/0090001l".to_owned());
        assert!(
            is_same_person(&known, &other),
            "who moved is known by the number"
        );
        other.pnc_id = Some("2024/0090002M".to_owned());
        other.address = one.address.clone();
        assert!(
            !is_same_person(&known, &other),
            "two numbers are two people"
        );
    }

    /// Somebody asks, and says why; two numbers are two people whatever anybody says.
    #[test]
    fn who_may_be_one_person_is_when_somebody_says_why() {
        let (mut one, mut other) = (defendant(1), defendant(2));
        assert!(!may_be_same_person(&one, &other), "it is certain");
        "3 Mill Lane".clone_into(&mut other.address.lines[0]);
        assert!(may_be_same_person(&one, &other));
        assert_eq!(
            confirm_same_person(&one, &other, "  ").unwrap_err().code,
            "reason_needed"
        );
        let told = confirm_same_person(&one, &other, " She moved in May. ").unwrap();
        let [
            CaseEvent::SamePersonConfirmed {
                other_id, reason, ..
            },
        ] = told.as_slice()
        else {
            panic!("{told:?}");
        };
        assert_eq!(reason, "She moved in May.");
        one.confirmed_as.push(*other_id);
        assert!(is_same_person(&one, &other) && is_same_person(&other, &one));
        assert!(!may_be_same_person(&one, &other));
        one.confirmed_as.clear();
        one.pnc_id = Some("2024/0090001L".to_owned());
        other.pnc_id = Some("2024/0090002M".to_owned());
        assert!(!may_be_same_person(&one, &other));
        assert!(confirm_same_person(&one, &other, "She says so.").is_err());
    }

    /// Whoever was told apart is two people, however alike, until somebody says that this was wrong.
    #[test]
    fn who_was_told_apart_is_two_people_until_somebody_says_otherwise() {
        let (mut one, mut other) = (defendant(1), defendant(2));
        other.confirmed_as.push(one.id);
        assert_eq!(
            tell_apart(&one, &other, " ").unwrap_err().code,
            "reason_needed"
        );
        let [here, there] = tell_apart(&one, &other, " Two cousins. ").unwrap();
        let CaseEvent::ToldApart {
            defendant_id,
            other_id,
            reason,
        } = &there
        else {
            panic!("{there:?}");
        };
        assert_eq!((*defendant_id, *other_id), (other.id, one.id));
        assert_eq!(reason, "Two cousins.");
        assert!(
            matches!(here, CaseEvent::ToldApart { defendant_id, .. } if defendant_id == one.id)
        );
        one.told_apart.push(other.id);
        other.told_apart.push(one.id);
        assert!(!is_same_person(&one, &other) && may_be_same_person(&one, &other));
        assert!(tell_apart(&one, &other, "Two cousins.").is_err());
        let again = confirm_same_person(&one, &other, "She is her own cousin: a slip.").unwrap();
        assert_eq!(again.len(), 2, "both cases had it");
        let mut stranger = defendant(3);
        born(&mut stranger, Some("1960-01-02"));
        assert!(tell_apart(&one, &stranger, "Another.").is_err());
    }

    #[test]
    fn who_was_born_on_no_known_day_is_nobody_else() {
        let (mut one, mut other) = (defendant(1), defendant(2));
        born(&mut other, Some("1991-08-24"));
        assert!(!is_same_person(&one, &other));
        born(&mut one, None);
        born(&mut other, None);
        assert!(!is_same_person(&one, &other));
    }
}
