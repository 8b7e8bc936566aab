//! Which copies of a document there are, and that no document that results call for goes to
//! nobody without a word: against the real catalogue.
#![allow(clippy::unwrap_used)]

mod court;

use court::{CATALOGUE, documents, example, facts, line, results};
use domain::{
    now::{
        DefendantFacts, Directory, DocumentCalledFor, NowDefinition, Party, RecipientSource,
        ResultRef, missing_recipients,
    },
    result::{ChildTarget, Finding, ResultDefinition, ResultLine},
};
use vocabulary::{Attendance, Channel, DocumentKind, Severity};

fn called(lines: &[ResultLine], name: &str) -> Vec<DocumentCalledFor> {
    let mut all = documents(lines, &facts(Attendance::InPerson));
    all.retain(|own| own.name == name);
    all
}

fn names(document: &DocumentCalledFor) -> Vec<&str> {
    document
        .recipients
        .iter()
        .map(|own| own.name.as_str())
        .collect()
}

fn compensation(offence: u8, first: &str, sum: &str) -> ResultLine {
    line(
        "FCOMP",
        offence,
        &[
            ("AOCOM", sum),
            ("minorcreditornameandaddressFirstName", first),
            ("minorcreditornameandaddressLastName", "Farrow"),
            ("minorcreditornameandaddressAddress1", "7 Orchard Way"),
            ("minorcreditornameandaddressPostCode", "AM6 3PL"),
        ],
    )
}

/// The source lists criminal behaviour orders among what calls for a remand warrant.
#[test]
fn nobody_stays_in_custody_by_an_order_that_holds_nobody() {
    let warrants = |lines: &[ResultLine]| -> Vec<String> {
        let all = documents(lines, &facts(Attendance::InPerson)).into_iter();
        let warrants = all.filter(|own| own.kind == DocumentKind::Warrant);
        warrants.map(|own| own.name).collect()
    };
    for code in ["CRIMBO", "CRIMBI", "CRIMBV", "CRIMBOF", "DDRI"] {
        assert!(warrants(&[line(code, 1, &[])]).is_empty(), "{code}");
    }
    let remanded = [line("RIB", 1, &[]), line("CRIMBI", 1, &[])];
    assert_eq!(warrants(&remanded), ["Remand Warrant"]);
    let all = documents(&remanded, &facts(Attendance::InPerson));
    let warrant = all.iter().find(|own| own.name == "Remand Warrant").unwrap();
    assert_eq!(warrant.results.len(), 2, "the order is printed on it");
}

#[test]
fn each_victim_has_a_notice_of_compensation_and_reads_nothing_of_another() {
    let both = [
        compensation(1, "Imogen", "100.00"),
        compensation(2, "Ottilie", "50.00"),
    ];
    let notices = called(&both, "Notice of Compensation");
    assert_eq!(notices.len(), 2);
    for (notice, (line, name)) in notices
        .iter()
        .zip([(&both[0], "Imogen Farrow"), (&both[1], "Ottilie Farrow")])
    {
        assert_eq!(names(notice), [name]);
        assert_eq!(notice.results, [line.id], "{name} reads of their own only");
        assert_eq!(notice.recipients[0].address, ["7 Orchard Way", "AM6 3PL"]);
    }
    // Two sums for one victim are one notice.
    let one = [
        compensation(1, "Imogen", "100.00"),
        compensation(2, "Imogen", "50.00"),
    ];
    let notices = called(&one, "Notice of Compensation");
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].results.len(), 2);
}

#[test]
fn an_employer_is_not_told_to_whom_compensation_is_paid_and_the_fines_office_is() {
    let mut lines = example("fine");
    lines.push(line(
        "AEOC",
        1,
        &[
            ("employerOrganisationName", "Harrow and Plough Limited"),
            ("employerAddress1", "1 Mill Yard"),
        ],
    ));
    let creditor = "minorcreditornameandaddress".to_owned();
    let orders = called(&lines, "Attachment of Earnings Order");
    assert_eq!(orders.len(), 1);
    assert_eq!(names(&orders[0]), ["Harrow and Plough Limited"]);
    assert!(
        orders[0].withheld.contains(&creditor),
        "{:?}",
        orders[0].withheld
    );
    // The defendant and the defence read it; so does the office that collects.
    for name in [
        "Notice of Financial Penalty",
        "Notification of Financial Order",
    ] {
        let all = called(&lines, name);
        assert_eq!(all.len(), 1, "{name}");
        assert!(all[0].withheld.is_empty(), "{name}: {:?}", all[0].withheld);
    }
    // What is left out of the employer's copy is gone from answers and prompts alike.
    let compensation = results(&lines);
    let compensation = compensation.iter().find(|own| own.code == "FCOMP").unwrap();
    let read = compensation.without(&orders[0].withheld);
    let said = format!("{:?} {:?}", read.prompts, read.answers);
    assert!(!said.contains("Farrow") && said.contains("150"), "{said}");
    assert!(format!("{:?}", compensation.prompts).contains("Farrow"));
}

fn varied() -> ResultLine {
    line(
        "RESTRAV",
        1,
        &[
            ("thirdPartysNameVictimOrPolice", "Imogen Farrow"),
            ("thirdPartysAddress", "7 Orchard Way, Ashmere, AM6 3PL"),
            ("originalOrderMadeBy", "Ashmere Magistrates' Court"),
            ("dateOriginalOrderMade", "2026-02-03"),
            ("termsOfVariation", "Contact by letter is allowed."),
            ("orderNowExpires", "3 February 2029"),
        ],
    )
}

#[test]
fn a_varied_restraining_order_reaches_everybody_whom_it_binds_or_protects() {
    let orders = called(&[varied()], "Discharge/Variation of restraining order");
    assert_eq!(orders.len(), 2, "the victim's letter is their own");
    let of = |name: &str| {
        let found = orders.iter().find(|own| names(own).contains(&name));
        found.unwrap_or_else(|| panic!("{name} gets none"))
    };
    let victims = of("Imogen Farrow");
    assert_eq!(names(victims), ["Imogen Farrow"]);
    assert_eq!(
        victims.recipients[0].address,
        ["7 Orchard Way", "Ashmere", "AM6 3PL"]
    );
    let defendants = of("Rufus Tilbury");
    for name in [
        "Hale and Orme Solicitors",
        "Crown Prosecution Service",
        "Ashmere Police",
    ] {
        assert!(names(defendants).contains(&name), "{:?}", names(defendants));
    }
    // Each copy has a key of its own, so that an amendment replaces each by its own.
    assert_ne!(victims.split_key, defendants.split_key);
    let police = defendants
        .recipients
        .iter()
        .find(|own| own.name == "Ashmere Police");
    assert!(police.unwrap().acknowledgement_required);
}

#[test]
fn a_warrant_of_arrest_reaches_the_police_who_say_that_they_have_it() {
    let warrant = line(
        "WOFN",
        1,
        &[
            ("groundsForWarrant", "Failed to surrender to bail"),
            ("processServerName", "Ashmere Police"),
        ],
    );
    let warrants = called(&[warrant], "Warrant of Arrest (Offence)");
    assert_eq!(warrants.len(), 1);
    let police = warrants[0]
        .recipients
        .iter()
        .find(|own| own.name == "Ashmere Police");
    assert!(police.unwrap().acknowledgement_required);
    let filed = |own: &domain::now::Recipient| own.channel == Channel::FileOnly;
    assert!(warrants[0].recipients.iter().any(filed));
}

#[test]
fn each_witness_has_a_summons_that_names_them() {
    let summons = |offence: u8, name: &str| {
        line(
            "SUMWITN",
            offence,
            &[
                ("witnessName", name),
                ("witnessAddress", "2 Ferry Lane, Ashmere"),
                ("dateOfHearing", "2026-12-18"),
                ("timeOfHearing", "10:00"),
            ],
        )
    };
    let both = [summons(1, "Piers Hollow"), summons(1, "Greta Winstanley")];
    let all = called(&both, "Witness Summons");
    assert_eq!(all.len(), 2);
    for (own, name) in all.iter().zip(["Piers Hollow", "Greta Winstanley"]) {
        assert!(names(own).contains(&name), "{:?}", names(own));
        assert_eq!(own.results.len(), 1);
    }
}

#[test]
fn an_authority_to_detain_goes_to_the_prison_that_the_sentence_names() {
    let mut lines = example("imprisonment");
    lines.push(line("RDEPD", 1, &[("nationality", "Ruritanian")]));
    let notices = called(&lines, "Notice to prison - authority to detain");
    assert_eq!(notices.len(), 1);
    assert!(
        names(&notices[0]).contains(&"HMP Fallowdene"),
        "{:?}",
        names(&notices[0])
    );
}

fn held(attendance: Attendance, by_police: bool) -> DefendantFacts {
    let mut facts = facts(attendance);
    facts.in_custody = true;
    facts.held_by_police = by_police;
    if !by_police {
        facts.parties.push(Party {
            role: "DefendantCustody".to_owned(),
            name: "HMP Fallowdene".to_owned(),
            ..Party::default()
        });
    }
    facts
}

#[test]
fn a_prison_learns_that_somebody_it_holds_was_let_go() {
    let register = |facts: &DefendantFacts| {
        let mut all = documents(&example("dismissed"), facts);
        all.retain(|own| own.name == "Prison court register");
        all
    };
    for attendance in [Attendance::InPerson, Attendance::ByVideo] {
        let all = register(&held(attendance, false));
        assert_eq!(all.len(), 1, "{attendance:?}");
        assert_eq!(names(&all[0]), ["HMP Fallowdene"]);
    }
    // Whom the police hold, and who came from home, no prison waits for.
    assert!(register(&held(Attendance::InPerson, true)).is_empty());
    assert!(register(&facts(Attendance::InPerson)).is_empty());
    // A sentence goes by the prison that it names, and once.
    let mut all = documents(&example("imprisonment"), &held(Attendance::InPerson, false));
    all.retain(|own| own.name == "Prison court register");
    assert_eq!(all.len(), 1);
}

fn said(lines: &[ResultLine], facts: &DefendantFacts) -> Vec<Finding> {
    missing_recipients(
        (&CATALOGUE.nows, &CATALOGUE.subscriptions),
        &CATALOGUE.results,
        &results(lines),
        facts,
        (&Directory::default(), false),
    )
}

#[test]
fn an_order_that_would_reach_nobody_blocks_with_the_question_that_was_left_open() {
    let nobody = line("AEOC", 1, &[("reason", "Earlier default")]);
    let found = said(std::slice::from_ref(&nobody), &facts(Attendance::InPerson));
    let found: Vec<_> = found
        .iter()
        .filter(|own| own.code == "document_without_recipient")
        .collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].severity, Severity::Blocks);
    assert!(found[0].message.contains("Attachment of Earnings Order"));
    assert_eq!(found[0].line, Some(nobody.id));
    let key = found[0].field.as_deref().unwrap();
    assert!(key.starts_with("employer"));
    // The question is named as the line shows it.
    let order = CATALOGUE.results.by_code("AEOC", court::today()).unwrap();
    let mut asked = order.fields.iter();
    let asked = asked.find(|own| own.references().any(|reference| reference == key));
    let asked = format!("answer \u{201c}{}\u{201d}", asked.unwrap().label);
    assert!(found[0].hint.contains(&asked), "{}", found[0].hint);

    // A name without an address is nobody either.
    let named = line(
        "AEOC",
        1,
        &[("employerOrganisationName", "Harrow and Plough Limited")],
    );
    let found = said(&[named], &facts(Attendance::InPerson));
    let of_employer = found
        .iter()
        .find(|own| own.message.contains("Harrow and Plough"));
    let of_employer = of_employer.unwrap();
    assert_eq!(of_employer.code, "recipient_without_address");
    assert_eq!(of_employer.severity, Severity::Blocks);

    let whole = line(
        "AEOC",
        1,
        &[
            ("employerOrganisationName", "Harrow and Plough Limited"),
            ("employerAddress1", "1 Mill Yard"),
        ],
    );
    let found = said(&[whole], &facts(Attendance::InPerson));
    assert!(
        !found.iter().any(|own| own.message.contains("Attachment")),
        "{found:#?}"
    );
}

#[test]
fn an_agency_whose_address_nobody_gave_and_a_defendant_of_no_fixed_abode_warn() {
    let disability = line(
        "DRDIS",
        1,
        &[(
            "natureAndSourceOfDisabilityInformation",
            "Epilepsy, told in court",
        )],
    );
    let found = said(
        std::slice::from_ref(&disability),
        &facts(Attendance::InPerson),
    );
    let agency = found
        .iter()
        .find(|own| own.message.contains("DVLA"))
        .unwrap();
    assert_eq!(agency.severity, Severity::Warns);
    assert!(agency.hint.contains("alarm"), "{}", agency.hint);

    // Whoever runs the service gives the address, once: then it is a letter like any other.
    let folder = std::env::temp_dir().join(format!("addresses-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let table =
        "subscription,address,why,unverified\nDVLA,1 Record Road; Farwater; FW1 1AA,ours,N\n";
    std::fs::write(folder.join("now_addresses.csv"), table).unwrap();
    let own = reference::Catalogue::from_folder(&folder).unwrap();
    let documents = domain::now::documents_called_for(
        &own.nows,
        &own.subscriptions,
        &results(std::slice::from_ref(&disability)),
        &facts(Attendance::InPerson),
    );
    let letters = documents.iter().flat_map(|own| &own.recipients);
    let letter = letters.into_iter().find(|own| own.name == "DVLA").unwrap();
    assert_eq!(letter.address, ["1 Record Road", "Farwater", "FW1 1AA"]);
    // The demo court's operator gave every address; a folder still comes before that.
    let demo = reference::Catalogue::of_demo_court(None).unwrap();
    let fixed =
        |own: &&domain::now::Subscription| own.source == domain::now::RecipientSource::Fixed;
    let lost = demo
        .subscriptions
        .iter()
        .filter(fixed)
        .find(|own| own.addresses.is_empty());
    assert!(lost.is_none(), "{lost:?}");
    let both = reference::Catalogue::of_demo_court(Some(&folder)).unwrap();
    let lost = both
        .subscriptions
        .iter()
        .filter(fixed)
        .filter(|own| own.addresses.is_empty());
    assert!(lost.count() > 5);
    std::fs::remove_dir_all(&folder).unwrap();

    let mut nowhere = facts(Attendance::InPerson);
    for party in nowhere
        .parties
        .iter_mut()
        .filter(|own| own.role == "Defendant")
    {
        party.address.clear();
    }
    let discharged = line("AD", 1, &[]);
    let found = said(std::slice::from_ref(&discharged), &nowhere);
    assert!(
        found.iter().all(|own| own.severity == Severity::Warns),
        "{found:#?}"
    );
    assert!(
        found
            .iter()
            .any(|own| own.message.contains("Rufus Tilbury"))
    );
    assert!(said(&[discharged], &facts(Attendance::InPerson)).is_empty());
}

/// Every result that a document prints, with what stands under it.
fn printed_by(now: &NowDefinition) -> Vec<&'static ResultDefinition> {
    let all = CATALOGUE.results.definitions();
    let refs = || now.triggers.iter().chain(&now.roots).chain(&now.children);
    let mut found: Vec<&ResultDefinition> = all
        .iter()
        .filter(|definition| refs().any(|own| own.names_definition(definition)))
        .collect();
    let mut at = 0;
    while at < found.len() {
        for child in &found[at].children {
            let under = all.iter().filter(|own| match &child.target {
                ChildTarget::Code(code) => own.code.eq_ignore_ascii_case(code),
                ChildTarget::Id(id) => own.id == *id,
            });
            for own in under {
                if !found.iter().any(|known| known.id == own.id) {
                    found.push(own);
                }
            }
        }
        at += 1;
    }
    found
}

/// What the case always knows: everybody else may be lacking.
const ALWAYS: [&str; 1] = ["Defendant"];

#[test]
fn whatever_can_be_typed_calls_for_no_document_that_can_reach_nobody() {
    let mut nowhere = Vec::new();
    for now in CATALOGUE
        .nows
        .iter()
        .filter(|now| now.kind != DocumentKind::Edt)
    {
        let typed = |own: &&ResultRef| match own {
            ResultRef::Code(code) => CATALOGUE.results.by_code(code, court::today()).is_some(),
            ResultRef::IdPrefix(_) => false,
            ResultRef::Group(_) | ResultRef::Any => true,
        };
        if !now.triggers.iter().any(|own| typed(&own)) || now.subscriptions.is_empty() {
            continue;
        }
        let printed = printed_by(now);
        let asked = |family: &String| {
            let mut references = printed
                .iter()
                .flat_map(|own| &own.fields)
                .flat_map(|f| std::iter::once(f.key.as_str()).chain(f.references()));
            references.any(|own| own.to_lowercase().starts_with(&family.to_lowercase()))
        };
        let reaches = CATALOGUE
            .subscriptions
            .iter()
            .filter(|own| now.subscriptions.contains(&own.name))
            .any(|own| match &own.source {
                RecipientSource::Case(role) => {
                    ALWAYS.contains(&role.as_str())
                        || own.organisation_kind.is_some()
                        || role == "ParentGuardian"
                }
                RecipientSource::Prompts(families) => families.first().is_some_and(&asked),
                RecipientSource::Fixed => true,
                // The copy for the escort is filed only where it came by video.
                RecipientSource::Nobody => !own.name.starts_with("Conveyor"),
            });
        if !reaches {
            nowhere.push(now.name.as_str());
        }
    }
    assert!(nowhere.is_empty(), "{nowhere:#?}");
}

#[test]
fn a_table_of_recipients_with_a_word_or_a_name_that_nobody_knows_is_refused_with_its_row() {
    let given = |file: &str, from: &str, to: &str| {
        let folder = std::env::temp_dir().join(format!("{file}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../reference/");
        let whole = std::fs::read_to_string(format!("{path}{file}")).unwrap();
        assert!(whole.contains(from), "{file} has {from}");
        std::fs::write(folder.join(file), whole.replacen(from, to, 1)).unwrap();
        let refused = reference::Catalogue::from_folder(&folder)
            .err()
            .unwrap()
            .to_string();
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(refused.contains(&format!("{file}, row ")), "{refused}");
    };
    // A condition that is misspelt would hold always, and send to everybody.
    given(
        "now_subscriptions.csv",
        "appearedInPerson",
        "appearedInPersn",
    );
    given(
        "now_recipients.csv",
        "Order,Defendant,NOW",
        "Order,Defendnt,NOW",
    );
    given("now_acknowledgements.csv", "Probation,*", "Probaton,*");
    given("now_user_groups.csv", "Defence copy,", "Defence cpy,");
    let required = |from: &str, to: &str| given("now_required.csv", from, to);
    required("Probation,*", "Probaton,*");
    required("Notification of Bail Conditions", "Notification of Bail");
    // It is a document, and goes to somebody else.
    required("Notification of Bail Conditions", "Order");
    required("organisation,blocks", "organisation,forbids");
    required("organisation,blocks", "organization,blocks");
    // What nobody confirmed warns.
    required("organisation,warns,fines", "organisation,blocks,fines");
    // The first row that speaks of a document holds: one behind it would say nothing.
    required("Police,*", "Police,Notification of Bail Conditions");
    given(
        "now_addresses.csv",
        "subscription,name,address,email,why,unverified\n",
        "subscription,name,address,email,why,unverified\nNobody,,1 High Street,,ours,N\n",
    );
}

#[test]
fn whoever_is_committed_for_one_offence_and_remanded_for_another_is_on_a_warrant_for_each() {
    let prison = [("prison", "HMP Fallowdene")];
    let mut lines = vec![
        line("CCSI", 1, &[]),
        line("RI", 1, &prison),
        line("RI", 2, &prison),
        line("NHMC", 2, &[("dateOfHearing", "2026-12-18")]),
    ];
    let warrants = called(&lines, "Remand Warrant");
    let to_prison = warrants
        .iter()
        .find(|own| names(own).contains(&"HMP Fallowdene"));
    let warrant = to_prison.expect("the remand for the second offence");
    let printed: Vec<_> = lines
        .iter()
        .filter(|own| warrant.results.contains(&own.id))
        .collect();
    assert!(
        printed
            .iter()
            .all(|own| own.offence == Some(court::offence(2))),
        "{printed:?}"
    );
    let committed = called(&lines, "Committal Warrant - Crown Court for Sentence");
    assert_eq!(committed.len(), 1);
    // Committed for both, nobody is remanded by another warrant as well, and nothing is said of it.
    lines.push(line("CCSI", 2, &[]));
    assert!(called(&lines, "Remand Warrant").is_empty());
    let about = |own: &Finding| own.message.contains("Remand Warrant");
    let found = said(&lines, &facts(Attendance::InPerson));
    assert!(!found.iter().any(about), "{found:#?}");
}

#[test]
fn the_crown_court_tells_a_defendant_of_a_new_date() {
    let lines = [
        line("A", 1, &[]),
        line("NHCCS", 1, &[("fixedDate", "2026-12-18")]),
    ];
    let mut facts = facts(Attendance::InPerson);
    assert!(
        !documents(&lines, &facts)
            .iter()
            .any(|own| own.name.contains("Crown Court"))
    );
    facts.jurisdiction = vocabulary::Jurisdiction::Crown;
    let all = documents(&lines, &facts);
    let name = "Notice of New Date of Hearing in the Crown Court";
    let notice = all.iter().find(|own| own.name == name).expect("a notice");
    assert!(names(notice).contains(&"Rufus Tilbury"));
}
