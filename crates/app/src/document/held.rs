//! Where somebody who is refused bail stays: in custody, or, a child, where a local authority
//! places them (LASPO Act 2012 s.91(3) and (4)). The court decides it of each offence; where it
//! decided both, a document says which of which.

use super::Source;
use domain::case::{Offence, in_custody};
use vocabulary::{BailStatus, OffenceId};

/// Who is held for what.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct HeldFor {
    /// The offences for which they are in custody.
    pub(super) custody: Vec<OffenceId>,
    /// Those for which a local authority places them.
    pub(super) care: Vec<OffenceId>,
}

impl HeldFor {
    /// What a document's printed results say of it.
    pub(super) fn of(source: &Source<'_>) -> Self {
        let printed = source.printed();
        Self::from(printed.filter_map(|own| Some((own.offence?, own.post_hearing_custody_status))))
    }

    fn from(decided: impl Iterator<Item = (OffenceId, BailStatus)>) -> Self {
        let mut held = Self::default();
        for (offence, status) in decided.filter(|(_, status)| in_custody(*status)) {
            let of = if status == BailStatus::LocalAuthority {
                &mut held.care
            } else {
                &mut held.custody
            };
            if !of.contains(&offence) {
                of.push(offence);
            }
        }
        held
    }

    /// Whether both were decided, so that it must be said which of which.
    pub(super) fn is_mixed(&self) -> bool {
        !self.custody.is_empty() && !self.care.is_empty()
    }
}

/// These offences as a sentence lists them: by the number under which they stand in the document,
/// and by their title as it is given here.
pub(super) fn listed(
    source: &Source<'_>,
    of: &[OffenceId],
    mut title: impl FnMut(&Offence) -> String,
) -> String {
    let several = !source.beside.is_empty();
    let all = source.offences();
    let each = all.filter(|(_, own)| of.contains(&own.charged.id));
    let each = each.map(|(case, own)| {
        let charged = &own.charged;
        let case = if several {
            format!("{} ", case.urn)
        } else {
            String::new()
        };
        format!("{case}{} ({})", charged.number, title(charged))
    });
    each.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn what_is_decided_of_each_offence_is_kept_apart_and_bail_holds_nobody() {
        let [one, two, three] = [1, 2, 3].map(|own| OffenceId(Uuid::from_u128(own)));
        let decided = [
            (one, BailStatus::Custody),
            (one, BailStatus::NotApplicable),
            (two, BailStatus::LocalAuthority),
            (two, BailStatus::LocalAuthority),
            (three, BailStatus::Conditional),
        ];
        let held = HeldFor::from(decided.into_iter());
        assert_eq!(
            (held.custody.as_slice(), held.care.as_slice()),
            (&[one][..], &[two][..])
        );
        assert!(held.is_mixed());
        let secure = HeldFor::from([(one, BailStatus::Secure)].into_iter());
        assert_eq!(secure.custody, [one], "youth detention is custody");
        assert!(!secure.is_mixed());
        assert_eq!(HeldFor::from([].into_iter()), HeldFor::default());
    }
}
