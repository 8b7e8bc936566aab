//! Bail with conditions, and its electronic monitoring, ended: whoever enforces or monitors it is
//! told, by whatever result it came about, and not while it goes on.
#![allow(clippy::unwrap_used)]

mod court;

use court::{documents, facts, line};
use domain::{
    now::{BAIL_MONITOR, DefendantFacts, DocumentCalledFor, Party},
    result::ResultLine,
};
use vocabulary::Attendance;

fn names(document: &DocumentCalledFor) -> Vec<&str> {
    let recipients = document.recipients.iter();
    recipients.map(|own| own.name.as_str()).collect()
}

/// On bail with conditions, with two offences that no court has disposed of.
fn on_bail(monitored: bool) -> DefendantFacts {
    let mut facts = facts(Attendance::InPerson);
    facts.conditional_bail = true;
    facts.open = vec![court::offence(1), court::offence(2)];
    facts.parties.push(Party {
        role: "WitnessCare".to_owned(),
        name: "Ashmere Witness Care".to_owned(),
        ..Party::default()
    });
    if monitored {
        facts.parties.push(Party {
            role: BAIL_MONITOR.to_owned(),
            name: "Beacon Monitoring".to_owned(),
            ..Party::default()
        });
    }
    facts
}

/// Which ends of bail are told, and to whom.
fn told_of_an_end(lines: &[ResultLine], facts: &DefendantFacts) -> Vec<String> {
    let all = documents(lines, facts).into_iter();
    let ended =
        all.filter(|own| own.name.ends_with("Have Ended") || own.name.ends_with("Has Ended"));
    let of_bail = ended.filter(|own| own.name.contains("Bail"));
    let to = |own: DocumentCalledFor| format!("{}: {}", own.name, names(&own).join(", "));
    of_bail.map(to).collect()
}

const POLICE: &str =
    "Notification that Bail Conditions Have Ended: Ashmere Police, Ashmere Witness Care";
const MONITOR: &str =
    "Notification that Electronic Monitoring of Bail Has Ended: Beacon Monitoring";

#[test]
fn police_and_contractor_learn_that_bail_ended_with_the_case_and_only_then() {
    let both = [line("DISM", 1, &[]), line("WDRN", 2, &[])];
    assert_eq!(told_of_an_end(&both, &on_bail(true)), [POLICE, MONITOR]);
    assert_eq!(told_of_an_end(&both, &on_bail(false)), [POLICE]);
    // Whose bail had no conditions, or is not known, nobody enforced.
    assert!(told_of_an_end(&both, &facts(Attendance::InPerson)).is_empty());
    // Bail goes on while an offence is open, or if the defendant is to come back.
    assert!(told_of_an_end(&both[..1], &on_bail(true)).is_empty());
    for goes_on in ["RC", "RCBV", "NHMC", "RIB"] {
        let mut lines = both.to_vec();
        lines.push(line(goes_on, 2, &[]));
        assert!(
            told_of_an_end(&lines, &on_bail(true)).is_empty(),
            "{goes_on}"
        );
    }
    // A child's conditions count from the release that the court directed.
    let mut lines = both.to_vec();
    lines.extend([line("RILAB", 2, &[]), line("PORR3", 2, &[])]);
    assert!(told_of_an_end(&lines, &on_bail(false)).is_empty());
    // What was disposed of before is not disposed of again.
    let mut facts = on_bail(true);
    facts.open = vec![court::offence(1)];
    assert_eq!(told_of_an_end(&both[..1], &facts), [POLICE, MONITOR]);
}

#[test]
fn they_learn_it_by_whatever_result_the_conditions_ended() {
    // A sentence of any kind disposes of the case.
    for sentence in ["FO", "COEW", "IMP", "CD", "AD"] {
        let lines = [line(sentence, 1, &[]), line(sentence, 2, &[])];
        assert_eq!(
            told_of_an_end(&lines, &on_bail(true)),
            [POLICE, MONITOR],
            "{sentence}"
        );
    }
    // Bail without conditions, and custody, take the place of the conditions at once.
    for after in ["REMUB", "RI", "RIH", "RIPC", "CCSI", "CCSU"] {
        let lines = [line(after, 1, &[])];
        assert_eq!(
            told_of_an_end(&lines, &on_bail(true)),
            [POLICE, MONITOR],
            "{after}"
        );
        assert_eq!(told_of_an_end(&lines, &on_bail(false)), [POLICE], "{after}");
        assert!(told_of_an_end(&lines, &facts(Attendance::InPerson)).is_empty());
    }
    // A sentence for one offence says nothing of the bail for the other.
    assert!(told_of_an_end(&[line("FO", 1, &[])], &on_bail(true)).is_empty());
}

#[test]
fn a_tag_that_new_conditions_leave_out_comes_off_and_one_that_they_repeat_stays() {
    let contractor = |name| [("electronicMonitoringContractor", name)];
    let lives = line("PORR3", 1, &[]);
    let bail = line("RC", 1, &[]);
    let told = |lines: &[ResultLine]| told_of_an_end(lines, &on_bail(true));
    assert_eq!(told(&[bail.clone(), lives.clone()]), [MONITOR]);
    let same = line("PORCU2C", 1, &contractor("beacon  monitoring"));
    assert!(told(&[bail.clone(), lives.clone(), same]).is_empty());
    // Another contractor fits its own; this one takes its own off.
    let other = line("PORCU2", 1, &contractor("Lantern Monitoring"));
    assert_eq!(told(&[bail.clone(), lives.clone(), other]), [MONITOR]);
    // Bail as before sets no condition: they go on as they were.
    assert!(told(&[bail]).is_empty());
    // Nobody was tagged.
    assert!(told_of_an_end(&[line("RC", 1, &[]), lives], &on_bail(false)).is_empty());
}

/// What ended is told once: an amendment that changes the results and not the ending changes
/// neither the copies nor who has one.
#[test]
fn who_is_told_of_an_end_does_not_hang_on_what_the_results_say_of_somebody_else() {
    let ends = |lines: &[ResultLine]| {
        let all = documents(lines, &on_bail(true)).into_iter();
        let ended = all.filter(|own| own.name.ends_with("Bail Conditions Have Ended"));
        ended
            .map(|own| (own.split_key, own.withheld, own.recipients))
            .collect::<Vec<_>>()
    };
    let order = |force| {
        let answers = [
            ("protectedPersonsName", "Maud Ferris"),
            ("policeForceToBeTold", force),
            ("witnessCareUnitToBeTold", force),
        ];
        [line("RESTRAOP", 1, &answers), line("DISM", 2, &[])]
    };
    let first = ends(&order("Farwater"));
    assert_eq!(first.len(), 1);
    let names: Vec<_> = first[0].2.iter().map(|own| own.name.as_str()).collect();
    assert_eq!(names, ["Ashmere Police", "Ashmere Witness Care"]);
    assert_eq!(first, ends(&order("Marlhythe")));
    // Nor on answers that the source keeps for some groups.
    let mut kept = 0;
    for own in court::CATALOGUE.results.definitions() {
        let secret = own.fields.iter().find(|field| !field.only_for.is_empty());
        let Some(secret) = secret else { continue };
        let Some(key) = secret.references().next() else {
            continue;
        };
        let mut lines = vec![line("DISM", 1, &[]), line("DISM", 2, &[])];
        let without = ends(&lines);
        lines.push(line(&own.code, 1, &[(key, "Kept for some")]));
        let with = ends(&lines);
        if !with.is_empty() {
            assert_eq!(with, without, "{}", own.code);
            kept += 1;
        }
    }
    assert!(kept > 0, "no result asks such a thing");
}
