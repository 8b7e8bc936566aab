//! The table as a whole.

use crate::drafts::*;
use domain::validator::validate;

#[test]
fn seven_rules_are_asked_each_once_and_in_order() {
    let verdict = validate(&CATALOGUE.results.law.validator, &draft());
    assert_eq!(
        verdict.evaluated,
        [
            "DR-SENT-001",
            "DR-DISQ-002",
            "DR-CTL-003",
            "DR-YRO-004",
            "DR-COEW-005",
            "DR-CONV-006",
            "DR-AGE-007"
        ]
    );
    assert_eq!(verdict.issues, []);
}

#[test]
fn every_sentence_of_the_table_is_filled_in() {
    let mut draft = young("2005-11-24");
    draft.lines.push(line("IMP", "o2"));
    draft.lines.push(finally("FO", "o3"));
    draft.lines.push(line("RI", "o3"));
    draft.offences[2].convicted = false;
    draft.offences[2].code = "RT88026".to_owned();
    draft.lines.extend(curfew("30", "2029-03-09").lines);
    draft
        .lines
        .extend(order("YROEW", "2027-05-22", "YRC2", &[("endDate", "2027-06-01")]).lines);
    draft.lines.push(concurrent(consecutive(line("IMP", "o3"))));
    let mut marked = lines(vec![
        concurrent(line("DTO", "o1")),
        concurrent(line("DTO", "o2")),
    ]);
    marked.defendants[0].master = None;
    let found = [issues(&draft), issues(&marked)].concat();
    let mut kinds: Vec<&str> = found.iter().map(|own| own.id.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(
        kinds.len(),
        CATALOGUE.results.law.validator.len(),
        "{kinds:?}"
    );
    for issue in &found {
        let mut said = vec![issue.message()];
        for own in &issue.affected {
            said.extend([own.message.clone(), own.hint.clone()]);
        }
        for one in said {
            assert!(!one.contains('{') && !one.is_empty(), "{}: {one}", issue.id);
        }
    }
}
