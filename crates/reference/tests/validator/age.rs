//! DR-AGE-007: no imprisonment under 21.

use crate::drafts::*;
use domain::validator::Reach;
use vocabulary::Severity;

#[test]
fn nobody_under_twenty_one_on_the_day_is_imprisoned() {
    assert_eq!(told(&young("2005-11-24")), ["DR-AGE-007 o1"]);
    assert_eq!(told(&young("2005-11-23")), NOTHING, "the birthday counts");
    assert_eq!(told(&young("1980-01-01")), NOTHING);
    let found = &issues(&young("2010-11-24"))[0];
    assert_eq!(found.severity, Severity::Blocks);
    assert_eq!(found.reach, Reach::Offence);
    assert_eq!(
        found.affected[0].message,
        "Rufus Tilbury is 15: IMP is for those aged 21 or over on the day of the hearing."
    );
    for code in ["EXTIVS", "SPECC", "SUSPS", "SUSPSNR", "imp"] {
        let mut draft = young("2005-11-24");
        draft.lines[0].code = code.to_owned();
        assert_eq!(told(&draft), ["DR-AGE-007 o1"], "{code}");
    }
    for code in ["YOI", "DTO", "FO"] {
        let mut draft = young("2005-11-24");
        draft.lines[0].code = code.to_owned();
        assert_eq!(told(&draft), NOTHING, "{code}");
    }
}

#[test]
fn several_offences_of_somebody_young_are_one_issue() {
    let mut draft = young("2005-11-24");
    draft.lines.push(concurrent(line("IMP", "o2")));
    assert_eq!(told(&draft), ["DR-AGE-007 o1 o2"]);
}

#[test]
fn an_age_that_is_not_known_is_not_guessed() {
    let mut draft = young("2005-11-24");
    draft.defendants[0].born = None;
    assert_eq!(told(&draft), NOTHING);
    // As the published service does: without a master id this one rule passes over.
    let mut draft = young("2005-11-24");
    draft.defendants[0].master = None;
    assert_eq!(told(&draft), NOTHING);
}
