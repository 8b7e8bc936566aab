//! For each text a case in which it is printed, filled with values such as a
//! hearing would give.

use crate::fixtures::{assault, day, money, next_hearing, result, theft, view};
use contract::document::{
    Block, Fact, OrderView, PrintLanguage, PrintedResult, Replaced, Superseded, Tongue, WelshText,
};
use documents::text::{Catalogue, Record, Signature, Text, fill};
use domain::{
    now::ResultRef,
    result::{Category, ResultDefinition},
};
use std::{collections::BTreeMap, sync::LazyLock};
use vocabulary::{AmendmentReason, DocumentKind};

static CATALOGUE: LazyLock<reference::Catalogue> =
    LazyLock::new(|| reference::Catalogue::embedded().expect("the catalogue"));

/// Every text with its view, by the name of its file; with `_cy` after it, the
/// document in both languages. One is there as amended too, and as the copy that says
/// that it no longer applies.
pub(crate) fn all() -> Vec<(String, OrderView)> {
    let catalogue = Catalogue::embedded().expect("the texts");
    let mut all: Vec<_> = catalogue
        .iter()
        .map(|text| (key(text), case(text)))
        .collect();
    all.extend(catalogue.in_welsh().map(|text| in_welsh(&catalogue, text)));
    let order = "community_order";
    let as_issued = all.iter().find(|(name, _)| name == order);
    let as_issued = as_issued.expect("a community order").1.clone();
    all.push((format!("{order}_amended"), amended(&as_issued)));
    let in_both = all.iter().find(|(name, _)| *name == format!("{order}_cy"));
    let in_both = translated(in_both.expect("one in Welsh").1.clone());
    all.push((format!("{order}_translated"), in_both));
    all.push((format!("{order}_pending"), pending(as_issued.clone())));
    all.push((format!("{order}_superseded"), superseded(as_issued)));
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    all
}

const AMENDED: &str = "01930f6c-8a77-7c1e-9d0b-5f2b8e6a4c99";

/// The document that takes the place of one that was issued two days before.
fn amended(as_issued: &OrderView) -> OrderView {
    OrderView {
        document_id: AMENDED.parse().expect("an id"),
        amended_on: Some(day("2026-11-23")),
        issued_at: "2026-11-23T10:05:00Z".parse().expect("an instant"),
        replaces: Some(Replaced {
            document_id: as_issued.document_id,
            issued_on: day("2026-11-21"),
            reason: Some(AmendmentReason::RecordedWrongly.in_words().to_owned()),
            translated: false,
        }),
        ..as_issued.clone()
    }
}

/// The copy of the one before that is opened from then on.
fn superseded(as_issued: OrderView) -> OrderView {
    OrderView {
        superseded: Some(Superseded {
            on: day("2026-11-23"),
            by: Some(AMENDED.parse().expect("an id")),
        }),
        ..as_issued
    }
}

/// A document that went out in English because its Welsh was not there.
fn pending(as_issued: OrderView) -> OrderView {
    OrderView {
        welsh_pending: true,
        ..as_issued
    }
}

/// The copy in both languages that follows it once translators gave what was missing: the text
/// was read, the court has its Welsh name, and what was ordered stands in Welsh too. The labels
/// are those that the tables have.
fn translated(in_both: OrderView) -> OrderView {
    let mut view = in_both;
    let text = view.welsh.as_mut().expect("a Welsh text");
    text.unchecked = false;
    text.legal.push(Block::Heading {
        text: "1. Dwyn o siop".to_owned(),
    });
    text.legal.push(Block::Facts {
        heading: Some("Gorchymyn cymunedol".to_owned()),
        facts: vec![Fact::new("Dyddiad terfyn", "20 Tachwedd 2027")],
    });
    view.title_welsh = Some(text.title.clone());
    view.court.name_welsh = Some("Llys Ynadon Northmoor".to_owned());
    view.document_id = AMENDED.parse().expect("an id");
    view.issued_at = "2026-11-23T10:05:00Z".parse().expect("an instant");
    view.replaces = Some(Replaced {
        document_id: "01930f6c-8a77-7c1e-9d0b-5f2b8e6a4c31"
            .parse()
            .expect("an id"),
        issued_on: day("2026-11-21"),
        reason: None,
        translated: true,
    });
    view
}

/// The view of one text.
pub(crate) fn view_of(key: &str) -> OrderView {
    let found = all().into_iter().find(|(name, _)| name == key);
    found.expect("a text of this name").1
}

fn key(text: &Text) -> String {
    text.file.trim_end_matches(".md").to_owned()
}

fn kind(now: &str) -> DocumentKind {
    if now.starts_with("Notification of") || now.starts_with("Notification that") {
        DocumentKind::Edt
    } else if now.contains("arrant") {
        DocumentKind::Warrant
    } else if now.starts_with("Notice") {
        DocumentKind::Notice
    } else {
        DocumentKind::Order
    }
}

fn case(text: &Text) -> OrderView {
    let name = text.nows[0].as_str();
    let key = key(text);
    let filled = fill(text, Tongue::English, &values(&key), &record(name, &key));
    assert!(
        filled.missing.is_empty(),
        "{key} lacks {:?}",
        filled.missing
    );
    let mut view = view(name, kind(name));
    view.title.clone_from(&text.title);
    view.title_welsh.clone_from(&text.title_welsh);
    view.plain = filled.plain;
    view.legal = filled.legal;
    view
}

/// A document in both languages: its English text, then the Welsh one.
fn in_welsh(texts: &Catalogue, text: &Text) -> (String, OrderView) {
    let english = texts.of(&text.nows[0]);
    let key = key(english);
    let mut values = values(&key);
    values.insert("orderDate".to_owned(), day("2026-11-21").in_welsh());
    let filled = fill(text, Tongue::Welsh, &values, &record(&text.nows[0], &key));
    assert!(
        filled.missing.is_empty(),
        "{key} lacks {:?}",
        filled.missing
    );
    let mut view = case(english);
    view.language = PrintLanguage::Bilingual;
    view.welsh = Some(WelshText {
        title: text.title.clone(),
        plain: filled.plain,
        legal: filled.legal,
        unchecked: text.welsh_awaited,
    });
    (format!("{key}_cy"), view)
}

fn record(now: &str, key: &str) -> Record {
    let (first, second, whole) = results(now, key);
    Record {
        blocks: Vec::new(),
        charges: vec![theft(first), assault(second)],
        results: whole,
        money: [
            "notice_of_financial_penalty",
            "notification_of_financial_order",
            "_any",
        ]
        .contains(&key)
        .then(money),
        next_hearings: has_hearing(key).then(next_hearing).into_iter().collect(),
        signature: Some(Signature {
            name: "Imogen Thackray-Shaw".to_owned(),
            office: "Legal adviser".to_owned(),
            on: day("2026-11-21"),
            lines: vec!["Issued by an officer of the court.".to_owned()],
        }),
    }
}

fn has_hearing(key: &str) -> bool {
    [
        "_any",
        "remand_warrant",
        "committal",
        "sending",
        "bail",
        "hearing",
    ]
    .iter()
    .any(|part| key.contains(part))
}

type Results = (Vec<PrintedResult>, Vec<PrintedResult>, Vec<PrintedResult>);

/// What the court ordered for each offence and for the case as a whole.
fn results(now: &str, key: &str) -> Results {
    let one = |label: &str, text: &str| vec![result(label, text, &[])];
    let same = |results: Vec<PrintedResult>| (results.clone(), results, Vec::new());
    let conditions = || {
        vec![
            result(
                "Bail condition: Residence",
                "",
                &[("Address", "14 Tannery Row, Northmoor, NM2 4QT")],
            ),
            result(
                "Bail condition: Curfew with electronic monitoring",
                "",
                &[("From", "20:00"), ("Until", "06:00"), ("Days", "Every day")],
            ),
        ]
    };
    match key {
        "hospital_direction_and_limitation_direction" => same(one(
            "Hospital direction and limitation direction",
            "4 years.",
        )),
        "travel_restriction_order" => same(one("Travel restriction order", "4 years.")),
        "guardianship_order" => same(one("Guardianship order", "")),
        "warrant_of_commitment_in_default_of_payment" => (
            one("Fine", "Fined £583.00."),
            one("Imprisonment in default of payment", "14 days."),
            Vec::new(),
        ),
        "notice_of_bail_pending_appeal_to_the_court_of_appeal" => {
            let granted = "Bail granted conditionally pending appeal to the Court of Appeal";
            (one(granted, ""), one(granted, ""), conditions())
        }
        "notification_that_bail_conditions_have_ended"
        | "notification_that_electronic_monitoring_of_bail_has_ended"
        | "notice_that_proceedings_have_ended" => same(one("Dismissed", "")),
        "notice_of_refusal_of_bail" => same(one("Remanded in custody", "Until the next hearing.")),
        "notification_that_an_order_continues" => same(one("No action taken on breach", "")),
        "warrant_for_custodial_sentence" | "notification_of_custodial_sentence" => (
            one("Imprisonment", "8 months."),
            one("Imprisonment", "6 months, consecutive to offence 1."),
            vec![result(
                "Total custodial period",
                "14 months.",
                &[("Tagged days", "12")],
            )],
        ),
        "suspended_sentence_order" | "notification_of_suspended_sentence_order" => (
            one(
                "Suspended sentence order",
                "8 months' imprisonment suspended for 18 months.",
            ),
            one(
                "Suspended sentence order",
                "4 months' imprisonment suspended for 18 months, concurrent.",
            ),
            one("Unpaid work", "120 hours."),
        ),
        "community_order"
        | "notification_of_community_order"
        | "notification_of_electronic_monitoring_requirement" => (
            one("Community order", "Until 20 November 2027."),
            one("Community order", "Until 20 November 2027."),
            vec![
                result("Unpaid work", "120 hours.", &[]),
                result(
                    "Curfew",
                    "With electronic monitoring.",
                    &[("Times", "20:00 to 06:00"), ("Place", "14 Tannery Row")],
                ),
            ],
        ),
        "remand_warrant" => same(one("Remanded in custody", "Until the next hearing.")),
        "committal_warrant_crown_court_for_trial"
        | "notice_of_sending_to_the_crown_court_for_trial" => same(one(
            "Sent to the Crown Court for trial",
            "Section 51 of the Crime and Disorder Act 1998.",
        )),
        "notice_of_grant_of_bail"
        | "notification_of_bail_conditions"
        | "notification_of_electronic_monitoring_of_bail" => {
            let bail = one("Remanded on conditional bail", "Until the next hearing.");
            (bail.clone(), bail, conditions())
        }
        "notice_of_new_date_of_hearing" | "notice_of_new_date_of_hearing_in_the_crown_court" => {
            same(one("Adjournment", "At the request of the defence."))
        }
        "notice_of_disqualification_from_driving"
        | "notification_of_driving_disqualification_or_endorsement" => (
            one("Disqualified from driving", "For 18 months."),
            one("No separate penalty", ""),
            Vec::new(),
        ),
        "notice_of_withdrawn_offences" => same(one("Withdrawn", "No evidence offered.")),
        "letter_detailing_directions" => (
            Vec::new(),
            Vec::new(),
            vec![result(
                "Direction under section 45 of the Youth Justice and Criminal Evidence Act 1999",
                "",
                &[
                    ("Name of youth", "J. A."),
                    ("Further details", "Until further order."),
                ],
            )],
        ),
        "restraining_order"
        | "notice_of_restraining_order"
        | "notification_of_restraining_order" => (
            one("Fine", "Fined £250.00."),
            one("Restraining order", "For 2 years."),
            Vec::new(),
        ),
        "conditional_discharge" => same(one("Conditional discharge", "For 12 months.")),
        "absolute_discharge" => same(one("Absolute discharge", "")),
        _ => called_for_by(now),
    }
}

/// The first result that calls for a document. It is of both offences, unless it is a sentence, after
/// which nothing is left for the second; what a fine calls for is about a fine.
fn called_for_by(now: &str) -> Results {
    let one = |label: &str, text: &str| vec![result(label, text, &[])];
    let none = || one("No separate penalty", "");
    let found = CATALOGUE.nows.iter().find(|own| own.name == now);
    let triggers = found.map_or(&[][..], |own| own.triggers.as_slice());
    let definitions = CATALOGUE.results.definitions();
    let named = |own: &&ResultDefinition| {
        let mut all = triggers.iter();
        all.any(|one| one.names_definition(own))
    };
    if now == "*" || definitions.iter().filter(named).any(|own| own.code == "FO") {
        return (one("Fine", "Fined £250.00."), none(), Vec::new());
    }
    let ours = |trigger| {
        let mut all = definitions.iter();
        all.find(|own| ResultRef::names_definition(trigger, own) && !own.is_heading())
    };
    match triggers.iter().find_map(ours) {
        Some(own) if own.category == Category::Final => (one(&own.label, ""), none(), Vec::new()),
        Some(own) => (one(&own.label, ""), one(&own.label, ""), Vec::new()),
        // The source names no result for it.
        None => (one(now, ""), one(now, ""), Vec::new()),
    }
}

/// Values of the parameters, as the record of a hearing gives them.
fn values(key: &str) -> BTreeMap<String, String> {
    let common = [
        ("addresseeName", "Robin Alder"),
        ("caseReferences", "99NM0612326"),
        ("courtAddress", "1 Assize Square, Northmoor, NM1 1AA"),
        ("courtName", "Northmoor Magistrates' Court"),
        ("defendantName", "Robin Alder"),
        ("legalAdviser", "Imogen Thackray-Shaw"),
        ("magistratesCourt", "yes"),
        ("offenceTitles", "Theft from a shop, Common assault"),
        ("orderDate", "21 November 2026"),
        ("prosecutorName", "Crown Prosecution Service"),
    ];
    let hearing: &[(&str, &str)] = if has_hearing(key) {
        &[(
            "nextHearing",
            "10:00 on 18 December 2026 at Northmoor Crown Court, Court 3, Castle Rise, Northmoor, NM1 2BB",
        )]
    } else {
        &[]
    };
    common
        .iter()
        .chain(hearing)
        .chain(own(key))
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// The values that one document needs beside the common ones.
fn own(key: &str) -> &'static [(&'static str, &'static str)] {
    const REQUIREMENTS: (&str, &str) = (
        "communityRequirements",
        "Unpaid work: 120 hours.\nCurfew from 20:00 to 06:00 every day at 14 Tannery Row, Northmoor, with electronic monitoring, until 20 February 2027.",
    );
    /// The ways to pay, one of them long.
    const PAYING: (&str, &str) = (
        "waysToPay",
        "Online: pay.example.test\nBy phone: 01632 960 777\nBy post: a cheque to the fines office, \
     with the account number, the division and your name on the back.",
    );
    const PROBATION: (&str, &str) = (
        "probationteamtobenotified",
        "Northmoor Probation Delivery Unit, 3 Mill Lane, Northmoor",
    );
    const OFFICER: (&str, &str) = (
        "responsibleOfficer",
        "An officer of a provider of probation services",
    );
    const PRISON: (&str, &str) = ("prison", "HMP Fellgate, Moor Road, Northmoor");
    const CONDITIONS: (&str, &str) = (
        "bailConditions",
        "Live and sleep each night at 14 Tannery Row, Northmoor, NM2 4QT.\nStay indoors there from 20:00 to 06:00 every day, with an electronic tag.\nDo not contact Dilys Marchbank, directly or through anyone else.",
    );
    const PROHIBITIONS: (&str, &str) = (
        "orderDetails",
        "Not to contact Dilys Marchbank directly or indirectly, by any means, and not to go within 100 metres of 9 Weir Street, Northmoor.",
    );
    const PROTECTED: (&str, &str) = ("protectedPersonsName", "Dilys Marchbank");
    match key {
        "notice_that_a_document_no_longer_applies" => &[
            ("amendedDate", "23 November 2026"),
            ("amendmentReason", "A result was recorded wrongly."),
            ("endedDocument", "Warrant for custodial sentence"),
            ("endedDocumentDate", "21 November 2026"),
            ("endedDocumentId", "01930f6c-8a77-7c1e-9d0b-5f2b8e6a4c31"),
        ],
        "warrant_for_custodial_sentence" | "notification_of_custodial_sentence" => &[
            PRISON,
            PROBATION,
            ("conveyorcustodianname", "Ridgeway Escorts"),
            ("totalCustodialPeriod", "14 months"),
            ("riskOrVulnerabilityFactors", "Diabetic; takes insulin"),
        ],
        "remand_warrant" | "committal_warrant_crown_court_for_trial" => &[
            PRISON,
            ("inCustody", "yes"),
            (
                "bailException",
                "There are substantial grounds for believing that the defendant would fail to surrender",
            ),
            ("bailExceptionReason", "Two earlier failures to surrender"),
            ("remandBasis", "Adult"),
            ("sentForTrialUnder", "Section 51(1) and (2)(b)"),
        ],
        "notice_of_sending_to_the_crown_court_for_trial" => &[
            ("sentForTrialUnder", "Section 51(1) and (2)(b)"),
            ("indicatedPlea", "Not guilty"),
        ],
        "notice_of_financial_penalty" | "notification_of_financial_order" => &[
            ("totalToPay", "£583.00"),
            (
                "paymentTerms",
                "£50.00 a month, the first payment on 19 December 2026.",
            ),
            (
                "finesOffice",
                "Northmoor Fines Office, PO Box 4, Northmoor, NM9 4FO",
            ),
            ("collectionOrderType", "Made"),
            ("IAMT", "£50.00"),
            ("PF", "Monthly"),
            ("instalmentStartDate", "19 December 2026"),
            PAYING,
        ],
        "fine_notice_to_parent_or_guardian" => &[
            ("totalToPay", "£120.00"),
            ("paymentTerms", "In full by 19 December 2026."),
            PAYING,
        ],
        "notice_of_compensation" => &[("AOCOM", "£148.00")],
        "guardianship_order" => &[
            (
                "nameOfTheGuardianWithWhomDefendantWillBePlaced",
                "Northmoor Council, Adult Services",
            ),
            ("guardiansAddress", "7 Weir Street, Northmoor, NM1 4GD"),
            ("mentalHealthConvictionStatus", "Convicted"),
        ],
        "notification_of_committal_for_sentence" => &[
            (
                "probationyottobenotified",
                "Northmoor Probation, 3 Mill Lane, Northmoor",
            ),
            ("pSROrdered", "Yes"),
        ],
        "warrant_of_commitment_in_default_of_payment" => &[
            PRISON,
            ("conveyorcustodianname", "Ridgeway Escorts"),
            ("TOTENF", "£583.00"),
            ("imprisonmentPeriod", "14 days"),
        ],
        "hospital_direction_and_limitation_direction" => &[
            ("imprisonmentPeriod", "4 years"),
            ("hospital", "Fellgate Hospital, Moor Road, Northmoor"),
            ("conveyorCustodian", "Ridgeway Escorts"),
        ],
        "notice_that_proceedings_have_ended" => &[("resultSummary", "Dismissed")],
        "notice_of_refusal_of_bail" => &[
            ("bailException", "Fail to surrender"),
            ("bailExceptionReason", "Record of failing to surrender"),
            ("result.FBA", "yes"),
        ],
        "notification_that_electronic_monitoring_of_bail_has_ended" => &[
            ("addresseeName", "Beacon Monitoring"),
            ("defendantAddress", "14 Tannery Row, Northmoor, NM2 4QT"),
        ],
        "notification_that_an_order_continues" => &[
            PROBATION,
            ("resultSummary", "No action taken on breach"),
            ("result.NOACT", "yes"),
            ("imposingCourt", "Northmoor Magistrates' Court"),
            ("dateOfOriginalImposition", "12 May 2026"),
            ("reason", "the requirement was completed late"),
        ],
        "notice_to_a_witness_that_a_summons_is_withdrawn" => &[("witnessName", "Dilys Marchbank")],
        "travel_restriction_order" => &[("result.TRO", "yes"), ("durationOfOrder", "4 years")],
        "notice_of_bail_pending_appeal_to_the_court_of_appeal" => {
            &[CONDITIONS, PRISON, ("result.CBBCA", "yes")]
        }
        "community_order"
        | "notification_of_community_order"
        | "notification_of_electronic_monitoring_requirement" => &[
            REQUIREMENTS,
            PROBATION,
            OFFICER,
            ("endDate", "20 November 2027"),
            ("supervisingCourt", "Northmoor Magistrates' Court"),
            ("electronicmonitoringcontractor", "Beacon Monitoring"),
            (
                "curfewAddressDetailsAndTimings",
                "14 Tannery Row, Northmoor, 20:00 to 06:00 every day",
            ),
            ("startDateOfTagging", "21 November 2026"),
            ("endDateOfTagging", "20 February 2027"),
        ],
        "suspended_sentence_order" | "notification_of_suspended_sentence_order" => &[
            REQUIREMENTS,
            PROBATION,
            OFFICER,
            ("totalCustodialPeriod", "8 months"),
            ("suspendedPeriod", "18 months"),
            ("supervisionPeriod", "12 months"),
            (
                "theCustodialSentenceHasBeenSuspendedBecause",
                "there is a realistic prospect of rehabilitation",
            ),
        ],
        "notice_of_disqualification_from_driving" => &[
            ("disqualificationPeriod", "18 months"),
            ("licenceEnds", "yes"),
            ("defendantDrivingLicenceNumber", "ALDER902031R99XX"),
        ],
        "notification_of_driving_disqualification_or_endorsement" => &[
            ("resultSummary", "Disqualified from driving"),
            ("disqualificationPeriod", "18 months"),
            ("defendantDrivingLicenceNumber", "ALDER902031R99XX"),
        ],
        "restraining_order" | "notice_of_restraining_order" => &[
            PROTECTED,
            PROHIBITIONS,
            ("periodOfOrder", "2 years"),
            ("convictionAcquittal", "conviction"),
        ],
        // Until further order, and with the address, which goes to the police only.
        "notification_of_restraining_order" => &[
            PROTECTED,
            PROHIBITIONS,
            ("protectedPersonsAddress", "9 Weir Street, Northmoor"),
            ("convictionAcquittal", "acquittal"),
        ],
        "notice_of_grant_of_bail"
        | "notification_of_bail_conditions"
        | "notification_of_electronic_monitoring_of_bail" => &[
            CONDITIONS,
            (
                "bailConditionReason",
                "To prevent interference with a witness",
            ),
            ("electronicMonitoringContractor", "Beacon Monitoring"),
            ("time1", "20:00"),
            ("time2", "06:00"),
            ("frequency", "Every day"),
        ],
        "notice_of_new_date_of_hearing" | "notice_of_new_date_of_hearing_in_the_crown_court" => {
            &[("defendantToAttendTheNextHearing", "yes")]
        }
        "notice_of_withdrawn_offences" => &[("reasons", "no evidence offered")],
        "conditional_discharge" => &[
            ("periodofConditionalDischarge", "12 months"),
            ("totalToPay", "£111.00"),
        ],
        "imprisonment_in_default_warrant" => &[
            ("TOTENF", "£200.00"),
            (
                "typeOfDetention",
                "In the court house until the court rises",
            ),
            ("reasonForDecision", "Time already spent in custody"),
        ],
        _ => &[],
    }
}
