//! The results that must work to the last detail: their lines have no blocking
//! finding, say what they should, and call for the right documents to the right
//! recipients (defendant in person, magistrates' court).
#![allow(clippy::unwrap_used)]

mod court;

use court::{CATALOGUE, example, hearing, listed, results, theft};
use domain::{
    now::Recipient,
    result::{Category, post_hearing_bail_status},
};
use vocabulary::{Attendance, BailStatus, Channel, Jurisdiction, OrganisationKind};

const DEFENDANT: &str = "Rufus Tilbury post";
const DEFENCE: &str = "Hale and Orme Solicitors inbox";

fn to_defendant(name: &str) -> String {
    format!("{name}: {DEFENDANT}, {DEFENCE}")
}

fn fines(rest: &str) -> Vec<String> {
    let mut all = vec!["Notification of Financial Order: Ashmere Fines Office inbox".to_owned()];
    all.extend(
        rest.split('|')
            .filter(|own| !own.is_empty())
            .map(str::to_owned),
    );
    all.push(to_defendant("Notice of Financial Penalty"));
    all
}

/// The example can be shared, calls for these documents, and leaves the defendant so.
fn works(name: &str, documents: &[String], status: BailStatus) -> String {
    let lines = example(name);
    let hearing = hearing(vec![theft(1)]);
    let blocking = court::blocks(&lines, &hearing);
    assert!(
        blocking.is_empty(),
        "{name}: {:#?}",
        court::findings(&lines, &hearing)
    );
    assert_eq!(listed(&lines), documents, "{name}");
    let results = results(&lines);
    assert_eq!(results.len(), lines.len(), "{name}");
    assert_eq!(
        post_hearing_bail_status(&CATALOGUE.results, &results, court::defendant()),
        status
    );
    results
        .iter()
        .map(|result| format!("{}\n", result.text))
        .collect()
}

fn says(text: &str, line: &str) {
    assert!(
        text.lines().any(|own| own == line),
        "no line {line:?} in\n{text}"
    );
}

#[test]
fn every_example_is_made_of_results_in_force_and_has_no_blocking_finding() {
    for name in reference::examples::NAMES {
        let lines = example(name);
        assert!(!lines.is_empty(), "{name}");
        let findings = court::findings(&lines, &hearing(vec![theft(1)]));
        assert!(
            domain::result::shareable(&findings),
            "{name}: {findings:#?}"
        );
    }
}

#[test]
fn an_adjournment_tells_the_defendant_the_new_date() {
    let text = works(
        "adjournment",
        &[to_defendant("Notice of New Date of Hearing")],
        BailStatus::NotApplicable,
    );
    says(&text, "Date of hearing: 22 December 2026");
    says(&text, "Defendant to attend the next hearing");
    says(
        &text,
        "Courthouse: Ashmere Magistrates' Court, 1 Castle Street, Ashmere, AM1 1AA",
    );
    let next = results(&example("adjournment"))
        .into_iter()
        .find_map(|own| own.next_hearing)
        .unwrap();
    assert_eq!(next.jurisdiction, Jurisdiction::Magistrates);
    assert_eq!(next.court, "Ashmere Magistrates' Court");
    assert_eq!(next.when, "22 December 2026 at 10:00");
    assert_eq!(next.minutes, Some(30));
}

#[test]
fn conditional_bail_tells_the_defendant_and_the_police_its_conditions() {
    let text = works(
        "conditional_bail",
        &[
            BAIL_CONDITIONS.to_owned(),
            to_defendant("Notice of Grant of Bail"),
            to_defendant("Notice of New Date of Hearing"),
        ],
        BailStatus::Conditional,
    );
    says(
        &text,
        "Bail condition reason: To ensure appearance, To prevent offending",
    );
    says(&text, "Address: 14 Larch Close, Ashmere, AM5 6TR");
    let documents = court::documents(
        &example("conditional_bail"),
        &court::facts(Attendance::InPerson),
    );
    let bail = documents
        .iter()
        .find(|own| own.name == "Notice of Grant of Bail")
        .unwrap();
    assert_eq!(
        bail.results.len(),
        5,
        "bail, two conditions, reason and next hearing"
    );
}

#[test]
fn an_electronically_monitored_bail_condition_reaches_the_contractor() {
    works(
        "electronic_monitoring_of_bail",
        &[
            "Notification of Electronic Monitoring of Bail: Beacon Monitoring inbox!".to_owned(),
            BAIL_CONDITIONS.to_owned(),
            to_defendant("Notice of Grant of Bail"),
            to_defendant("Notice of New Date of Hearing"),
        ],
        BailStatus::Conditional,
    );
}

#[test]
fn unconditional_bail_tells_the_defendant_when_to_come() {
    let text = works(
        "unconditional_bail",
        &[
            to_defendant("Notice of Grant of Bail"),
            to_defendant("Notice of New Date of Hearing"),
        ],
        BailStatus::Unconditional,
    );
    says(&text, "Remand unconditional bail");
}

/// Who is told of conditions, the force with an acknowledgement.
const BAIL_CONDITIONS: &str = "Notification of Bail Conditions: Ashmere Police inbox!";

#[test]
fn a_remand_in_custody_sends_the_warrant_to_the_prison() {
    let text = works(
        "remand_in_custody",
        &[
            to_defendant("Notice of New Date of Hearing"),
            to_defendant("Notice of Refusal of Bail"),
            "Remand Warrant: Northway Escort Services inbox, HMP Fallowdene inbox!".to_owned(),
            "Prison court register: HMP Fallowdene inbox".to_owned(),
        ],
        BailStatus::Custody,
    );
    says(&text, "Prison: HMP Fallowdene");
    says(&text, "Custody time limit expires: 2 February 2027");
}

#[test]
fn a_fine_with_compensation_costs_and_surcharge_reaches_payer_payee_and_fines_office() {
    let text = works(
        "fine",
        &fines("Notice of Compensation: Imogen Farrow post"),
        BailStatus::NotApplicable,
    );
    says(&text, "Amount of fine: £200.00");
    says(&text, "Minor creditor: Imogen Farrow");
    says(&text, "Date to pay in full by: 22 December 2026");
    let documents = court::documents(&example("fine"), &court::facts(Attendance::InPerson));
    let penalty = documents
        .iter()
        .find(|own| own.name == "Notice of Financial Penalty")
        .unwrap();
    assert_eq!(penalty.results.len(), 6);
    assert_eq!(penalty.text_key, "notice_of_financial_penalty");
}

#[test]
fn a_community_order_reaches_defendant_probation_and_monitoring() {
    let mut documents = vec![
        "Notification of Community Order: Ashmere Probation inbox!".to_owned(),
        "Notification of Electronic Monitoring Requirement: Beacon Monitoring inbox!".to_owned(),
    ];
    documents.extend(fines(""));
    documents.push(to_defendant("Community order"));
    let text = works("community_order", &documents, BailStatus::NotApplicable);
    says(&text, "Number of hours: 80 hours");
    says(&text, "End Date: 23 November 2027");
    says(&text, "Was an interpreter used?: No");
    says(&text, "Are there any additional requirements as well?: Yes");
}

#[test]
fn a_suspended_sentence_reaches_defendant_and_probation() {
    let mut documents =
        vec!["Notification of Suspended Sentence Order: Ashmere Probation inbox!".to_owned()];
    documents.extend(fines(""));
    documents.push(to_defendant("Suspended sentence order"));
    let text = works("suspended_sentence", &documents, BailStatus::NotApplicable);
    says(&text, "Imprisonment Period: 16 weeks");
    says(&text, "Suspended period: 18 months");
}

#[test]
fn imprisonment_sends_the_warrant_to_the_prison_within_the_hour() {
    let mut documents =
        vec!["Notification of Custodial Sentence: Ashmere Probation inbox!".to_owned()];
    documents.extend(fines(""));
    documents.push(
        "Warrant for custodial sentence: Northway Escort Services inbox, HMP Fallowdene inbox!"
            .to_owned(),
    );
    documents.push("Prison court register: HMP Fallowdene inbox".to_owned());
    let text = works("imprisonment", &documents, BailStatus::NotApplicable);
    says(&text, "Total custodial period: 9 months");
    says(
        &text,
        "Prison: HMP Fallowdene, Fallowdene Lane, Ashmere, AM9 4ZZ",
    );
    let documents = court::documents(
        &example("imprisonment"),
        &court::facts(Attendance::InPerson),
    );
    let warrant = documents
        .iter()
        .find(|own| own.name == "Warrant for custodial sentence")
        .unwrap();
    assert_eq!(warrant.urgent_minutes, Some(60));
    let prison = warrant
        .recipients
        .iter()
        .find(|own| own.party == "prison")
        .unwrap();
    assert_eq!(prison.address, ["Fallowdene Lane", "Ashmere", "AM9 4ZZ"]);
    assert_eq!(
        prison.email.as_deref(),
        Some("warrants@fallowdene.example.test")
    );
    assert_eq!(
        prison.organisation_kind,
        Some(vocabulary::OrganisationKind::Prison)
    );
}

#[test]
fn a_driving_disqualification_tells_the_driver_and_the_driver_record() {
    let mut documents = vec![
        "Notification of Financial Order: Ashmere Fines Office inbox".to_owned(),
        "Notification of Driving Disqualification or Endorsement: DVLA inbox".to_owned(),
        to_defendant("Notice of disqualification from driving"),
    ];
    documents.push(to_defendant("Notice of Financial Penalty"));
    let text = works(
        "driving_disqualification",
        &documents,
        BailStatus::NotApplicable,
    );
    says(&text, "Disqualification period: 16 months");
}

#[test]
fn a_restraining_order_reaches_defendant_police_and_the_protected_person() {
    let documents = [
        "Notification of Financial Order: Ashmere Fines Office inbox".to_owned(),
        "Notification of Restraining Order: Ashmere Police inbox!".to_owned(),
        to_defendant("Notice of Financial Penalty"),
        "Notice of Restraining Order: Imogen Farrow post".to_owned(),
        to_defendant("Restraining Order"),
    ];
    let text = works("restraining_order", &documents, BailStatus::NotApplicable);
    says(&text, "Period of order: 2 years");
    says(&text, "Protected person: Imogen Farrow");
}

#[test]
fn where_a_victim_lives_is_used_for_the_post_and_never_printed() {
    for (name, code) in [("restraining_order", "RESTRAOP"), ("fine", "FCOMP")] {
        let results = results(&example(name));
        let result = results.iter().find(|own| own.code == code).unwrap();
        assert!(!result.text.contains("AM6 3PL"), "{}", result.text);
        assert!(
            result
                .prompts
                .iter()
                .all(|own| !own.value.contains("AM6 3PL"))
        );
        let documents = court::documents(&example(name), &court::facts(Attendance::InPerson));
        let posted = documents
            .iter()
            .flat_map(|own| &own.recipients)
            .find(|own| own.name == "Imogen Farrow");
        assert_eq!(
            posted.unwrap().address,
            ["7 Orchard Way", "Ashmere", "AM6 3PL"]
        );
    }
}

#[test]
fn each_protected_person_gets_a_notice_of_their_own() {
    let mut lines = example("restraining_order");
    let mut second = court::of(&mut lines, "RESTRAOP").clone();
    second.id = "5f0c7f0e-0000-4000-8000-000000000900".parse().unwrap();
    second.answers.insert(
        "protectedPersonsName".to_owned(),
        "Ottilie Farrow".to_owned(),
    );
    let second_id = second.id;
    lines.push(second);
    let documents = court::documents(&lines, &court::facts(Attendance::InPerson));
    let notices: Vec<_> = documents
        .iter()
        .filter(|own| own.name == "Notice of Restraining Order")
        .collect();
    assert_eq!(notices.len(), 2);
    for notice in notices {
        assert_eq!(notice.results.len(), 1, "nobody reads about another");
        assert_eq!(notice.recipients.len(), 1);
        assert_eq!(Some(&notice.recipients[0].name), notice.split_key.as_ref());
        assert_eq!(
            notice.results[0] == second_id,
            notice.recipients[0].name == "Ottilie Farrow"
        );
    }
}

#[test]
fn a_sending_on_bail_tells_defendant_prosecutor_and_police() {
    let text = works(
        "sending_on_bail",
        &[
            BAIL_CONDITIONS.to_owned(),
            to_defendant("Notice of Grant of Bail"),
            format!(
                "Notice of Sending to the Crown Court for Trial: {DEFENDANT}, Crown Prosecution Service inbox, {DEFENCE}"
            ),
        ],
        BailStatus::Conditional,
    );
    says(
        &text,
        "Sent for trial under: Section 51(1) and (2)(b) Crime and Disorder Act 1998",
    );
    let next = results(&example("sending_on_bail"))
        .into_iter()
        .find_map(|own| own.next_hearing)
        .unwrap();
    assert_eq!(next.jurisdiction, Jurisdiction::Crown);
}

#[test]
fn a_sending_in_custody_needs_one_warrant_to_the_prison_and_no_remand_warrant() {
    works(
        "sending_in_custody",
        &[
            format!(
                "Notice of Sending to the Crown Court for Trial: {DEFENDANT}, Crown Prosecution Service inbox, {DEFENCE}"
            ),
            to_defendant("Notice of Refusal of Bail"),
            "Committal Warrant - Crown Court for Trial: Northway Escort Services inbox, HMP Fallowdene inbox!"
                .to_owned(),
            "Prison court register: HMP Fallowdene inbox".to_owned(),
        ],
        BailStatus::Custody,
    );
}

#[test]
fn a_withdrawal_and_a_dismissal_end_the_offence_and_tell_the_parties_and_the_police() {
    let ended = format!(
        "Notice that Proceedings Have Ended: {DEFENDANT}, Crown Prosecution Service inbox, Ashmere Police inbox, {DEFENCE}"
    );
    works(
        "withdrawn",
        std::slice::from_ref(&ended),
        BailStatus::NotApplicable,
    );
    works("dismissed", &[ended], BailStatus::NotApplicable);
    for name in ["withdrawn", "dismissed"] {
        let results = results(&example(name));
        assert!(results[0].is_final && results[0].terminates_proceedings);
        assert_eq!(results[0].category, Category::Final);
    }
}

#[test]
fn no_warrant_is_made_without_a_recipient_and_no_document_without_a_result() {
    assert!(court::documents(&[], &court::facts(Attendance::InPerson)).is_empty());
    let mut facts = court::facts(Attendance::InPerson);
    facts.parties.clear();
    let documents = court::documents(&example("adjournment"), &facts);
    assert!(documents.is_empty(), "{documents:?}");
}

#[test]
fn the_escort_has_the_warrant_of_whoever_came_in_person_and_by_video_it_is_filed() {
    for attendance in [Attendance::InPerson, Attendance::ByVideo] {
        let documents = court::documents(&example("imprisonment"), &court::facts(attendance));
        let warrant = documents
            .iter()
            .find(|own| own.name == "Warrant for custodial sentence")
            .unwrap();
        let in_person = attendance == Attendance::InPerson;
        let has = |wanted: &dyn Fn(&Recipient) -> bool| warrant.recipients.iter().any(wanted);
        let filed = has(&|own| own.channel == Channel::FileOnly);
        assert_eq!(filed, !in_person, "{attendance}");
        let escort = |own: &Recipient| {
            own.organisation_kind == Some(OrganisationKind::Escort)
                && own.name == "Northway Escort Services"
                && own.channel == Channel::Inbox
        };
        assert_eq!(has(&escort), in_person, "{attendance}");
    }
}
