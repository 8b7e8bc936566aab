//! What is asked of each offence: DR-DISQ-002, DR-CTL-003, DR-CONV-006.

use crate::drafts::*;
use domain::{result::Category, validator::Draft};
use vocabulary::Severity;

fn driving(code: &str) -> Draft {
    let mut draft = lines(vec![finally("COEW", "o1")]);
    draft.offences[0].code = code.to_owned();
    draft.offences[0].title = "Dangerous driving".to_owned();
    draft
}

#[test]
fn dangerous_driving_that_is_disposed_of_needs_an_extended_test() {
    for code in [
        "RT88046", "RT88526", "RT88526A", "RT88526B", "RT88026", "RT88026B", "RT88530", "RT88531",
        "rt88026",
    ] {
        assert_eq!(told(&driving(code)), ["DR-DISQ-002 o1"], "{code}");
    }
    for code in ["RT88191", "RT88026C", "TH68010", ""] {
        assert_eq!(told(&driving(code)), NOTHING, "{code}");
    }
}

#[test]
fn an_extended_test_or_an_end_without_sentence_satisfies() {
    for code in ["DDOTE", "DDOTEL", "ddote"] {
        let mut draft = driving("RT88026");
        draft.lines.push(line(code, "o1"));
        assert_eq!(told(&draft), NOTHING, "{code}");
    }
    // On another offence it does not.
    let mut elsewhere = driving("RT88026");
    elsewhere.lines.push(line("DDOTE", "o2"));
    assert_eq!(told(&elsewhere), ["DR-DISQ-002 o1"]);
    for code in [
        "WDRN", "wdrn", "DISM", "DINE", "DINI", "DISCH", "DISC", "CTROF", "DHD",
    ] {
        let mut draft = driving("RT88026");
        draft.lines = vec![finally(code, "o1")];
        assert_eq!(told(&draft), NOTHING, "{code}");
    }
}

#[test]
fn a_driving_offence_that_is_adjourned_is_not_disposed_of() {
    for category in [
        Some(Category::Ancillary),
        Some(Category::Intermediary),
        None,
    ] {
        let mut draft = driving("RT88026");
        draft.lines[0].category = category;
        assert_eq!(told(&draft), NOTHING);
    }
    // One final result that is a sentence is enough.
    let mut both = driving("RT88026");
    both.lines.push(finally("WDRN", "o1"));
    assert_eq!(told(&both), ["DR-DISQ-002 o1"]);
    assert_eq!(issues(&both)[0].codes, ["COEW"]);
}

#[test]
fn two_defendants_on_one_driving_offence_are_one_warning() {
    let mut draft = driving("RT88026");
    draft.lines.push(of(finally("FO", "o1"), "d2"));
    assert_eq!(told(&draft), ["DR-DISQ-002 o1"]);
}

fn remand(code: &str) -> Draft {
    let mut draft = lines(vec![line(code, "o1")]);
    draft.offences[0].convicted = false;
    draft
}

#[test]
fn a_remand_without_time_limit_warns() {
    for code in ["RI", "RIYDA", "RIH", "RIB", "RILA", "RILAB", "REMYD", "ri"] {
        let draft = remand(code);
        assert_eq!(told(&draft), ["DR-CTL-003 o1"], "{code}");
        assert_eq!(issues(&draft)[0].severity, Severity::Warns);
    }
    for code in ["RC", "REMUB", "A"] {
        assert_eq!(told(&remand(code)), NOTHING, "{code}");
    }
}

#[test]
fn a_time_limit_of_now_or_before_or_a_conviction_satisfies() {
    for code in [
        "CTL", "CCII", "CCIIB", "CCIILA", "CCIITDH", "CCIIYDA", "CCQB",
    ] {
        let mut draft = remand("RI");
        draft.lines.push(line(code, "o1"));
        assert_eq!(told(&draft), NOTHING, "{code}");
        draft.lines[1].offence = Some("o2".to_owned());
        assert_eq!(told(&draft), ["DR-CTL-003 o1"], "{code} on another offence");
    }
    let mut before = remand("RI");
    before.offences[0].has_time_limit = true;
    assert_eq!(told(&before), NOTHING);
    let mut convicted = remand("RI");
    convicted.offences[0].convicted = true;
    assert_eq!(told(&convicted), NOTHING);
    let mut dated = remand("RI");
    dated.lines[0] = with("RI", "o1", &[("CTLDATE", "2027-01-17")]);
    assert_eq!(told(&dated), NOTHING);
}

#[test]
fn each_offence_without_time_limit_is_told_by_itself() {
    let mut draft = lines(vec![line("RI", "o1"), line("RI", "o2"), line("RI", "o3")]);
    draft.lines.push(line("CTL", "o2"));
    for own in &mut draft.offences {
        own.convicted = false;
    }
    assert_eq!(told(&draft), ["DR-CTL-003 o1", "DR-CTL-003 o3"]);
    // An offence that is not listed has nothing that could be known of it.
    draft.offences.truncate(1);
    assert_eq!(told(&draft), ["DR-CTL-003 o1"]);
}

#[test]
fn a_final_result_without_conviction_warns() {
    let mut draft = lines(vec![finally("FO", "o1"), finally("FO", "o2")]);
    draft.offences[0].convicted = false;
    assert_eq!(told(&draft), ["DR-CONV-006 o1"]);
    assert_eq!(issues(&draft)[0].severity, Severity::Warns);
    draft.lines[0].category = Some(Category::Intermediary);
    assert_eq!(told(&draft), NOTHING);
    draft.lines[0].category = None;
    assert_eq!(told(&draft), NOTHING);
}

#[test]
fn what_ends_an_offence_without_sentence_needs_no_conviction() {
    for code in [
        "WDRN", "WDRNOFF", "DISM", "DINE", "DINI", "DISCH", "DISC", "CTROF", "IREMFILE", "ERR",
        "ERRF", "DHD", "dead",
    ] {
        let mut draft = lines(vec![finally(code, "o1")]);
        draft.offences[0].convicted = false;
        assert_eq!(told(&draft), NOTHING, "{code}");
        draft.lines.push(finally("FO", "o1"));
        assert_eq!(told(&draft), ["DR-CONV-006 o1"], "{code}");
    }
}
