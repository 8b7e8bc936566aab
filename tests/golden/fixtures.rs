//! A court that does not exist, and the people before it: what every golden
//! document is about. All names are invented.

use contract::document::{
    Addressee, Block, ChargeRow, CourtHeading, DefendantHeading, Fact, MoneyLine, MoneyTable,
    NextHearing, OrderView, PlainPart, PlainSection, PrintLanguage, PrintedResult, Tongue,
};
use vocabulary::{Day, DocumentKind, Instant, Pence};

pub(crate) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// A document about Robin Alder at Northmoor Magistrates' Court, without texts.
pub(crate) fn view(now_name: &str, kind: DocumentKind) -> OrderView {
    let issued: Instant = "2026-11-21T15:42:00Z".parse().expect("an instant");
    OrderView {
        document_id: "01930f6c-8a77-7c1e-9d0b-5f2b8e6a4c31"
            .parse()
            .expect("an id"),
        now_name: now_name.to_owned(),
        title: now_name.to_owned(),
        title_welsh: None,
        kind,
        language: PrintLanguage::English,
        court: CourtHeading {
            name: "Northmoor Magistrates' Court".to_owned(),
            name_welsh: None,
            address: lines(&["1 Assize Square", "Northmoor", "NM1 1AA"]),
            local_justice_area: Some("Northmoor and Vale (2999)".to_owned()),
        },
        ordered_on: day("2026-11-21"),
        amended_on: None,
        issued_at: issued,
        case_references: vec!["99NM0612326".to_owned()],
        legal_adviser: "Imogen Thackray-Shaw".to_owned(),
        addressee: Addressee {
            name: "Robin Alder".to_owned(),
            address: lines(&["14 Tannery Row", "Northmoor", "NM2 4QT"]),
        },
        defendant: DefendantHeading {
            name: "Robin Alder".to_owned(),
            date_of_birth: Some(day("1991-02-03")),
            address: lines(&["14 Tannery Row", "Northmoor", "NM2 4QT"]),
            asn: Some("26/99NM/01/123456A".to_owned()),
            further: Vec::new(),
        },
        plain: Vec::new(),
        legal: Vec::new(),
        welsh: None,
        welsh_pending: false,
        replaces: None,
        superseded: None,
        copy_for: "Defendant".to_owned(),
        verification_code: "K7QF-2M9X-R4TD".to_owned(),
    }
}

pub(crate) fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// The offence that most documents are about.
pub(crate) fn theft(results: Vec<PrintedResult>) -> ChargeRow {
    ChargeRow {
        number: 1,
        case_reference: None,
        code: Some("TH68010".to_owned()),
        title: "Theft from a shop".to_owned(),
        wording: "On 4 October 2026 at Northmoor stole two bottles of perfume to the value of \
                  £148.00 belonging to Harrow and Finch Limited."
            .to_owned(),
        legislation: Some("Contrary to section 1(1) and 7 of the Theft Act 1968.".to_owned()),
        plea: Some("Guilty".to_owned()),
        verdict: None,
        further: vec![Fact::new("Convicted", "21 November 2026")],
        results,
    }
}

/// A second offence.
pub(crate) fn assault(results: Vec<PrintedResult>) -> ChargeRow {
    ChargeRow {
        number: 2,
        case_reference: None,
        code: Some("CJ88001".to_owned()),
        title: "Common assault".to_owned(),
        wording: "On 4 October 2026 at Northmoor assaulted Dilys Marchbank by beating her."
            .to_owned(),
        legislation: Some("Contrary to section 39 of the Criminal Justice Act 1988.".to_owned()),
        plea: Some("Not guilty".to_owned()),
        verdict: Some("Guilty".to_owned()),
        further: vec![Fact::new("Convicted", "21 November 2026")],
        results,
    }
}

pub(crate) fn result(label: &str, text: &str, prompts: &[(&str, &str)]) -> PrintedResult {
    PrintedResult {
        label: label.to_owned(),
        text: text.to_owned(),
        prompts: prompts.iter().map(|(l, v)| Fact::new(*l, *v)).collect(),
    }
}

/// What Robin Alder has to pay.
pub(crate) fn money() -> MoneyTable {
    let line = |label: &str, detail: Option<&str>, pence| MoneyLine {
        label: label.to_owned(),
        detail: detail.map(str::to_owned),
        amount: Pence(pence),
    };
    MoneyTable {
        lines: vec![
            line("Fine", Some("Offence 1"), 25_000),
            line(
                "Compensation",
                Some("Offence 1, to Harrow and Finch Limited"),
                14_800,
            ),
            line("Costs", Some("Crown Prosecution Service"), 8_500),
            line("Surcharge", None, 10_000),
        ],
        total: Pence(58_300),
        balance: None,
        terms: vec![
            "£50.00 a month, the first payment on 19 December 2026.".to_owned(),
            "If a payment is late, the whole balance falls due at once.".to_owned(),
        ],
    }
}

/// The next hearing.
pub(crate) fn next_hearing() -> NextHearing {
    NextHearing {
        court: "Northmoor Crown Court".to_owned(),
        address: lines(&["Castle Rise", "Northmoor", "NM1 2BB"]),
        room: Some("Court 3".to_owned()),
        day: Some(day("2026-12-18")),
        time: Some("10:00".to_owned()),
        week_commencing: None,
        hearing_type: Some("Plea and trial preparation".to_owned()),
        notes: vec!["The defendant must attend.".to_owned()],
    }
}

/// The two-page order that is measured: a fine with everything around it.
pub(crate) fn two_pages() -> OrderView {
    let mut view = view("Notice of Financial Penalty", DocumentKind::Notice);
    view.title_welsh = Some("Rhybudd o gosb ariannol".to_owned());
    let section = |heading: &str, parts: Vec<PlainPart>| PlainSection {
        heading: heading.to_owned(),
        parts,
        tongue: Tongue::English,
    };
    let paragraph = |text: &str| PlainPart::Paragraph {
        text: text.to_owned(),
    };
    view.plain = vec![
        section(
            "What the court decided",
            vec![paragraph(
                "On 21 November 2026 the court ordered you to pay £583.00. The sums are set out in full on the next page.",
            )],
        ),
        section(
            "What you must do",
            vec![
                paragraph("Pay £50.00 a month. The first payment is due on 19 December 2026."),
                PlainPart::List {
                    items: lines(&[
                        "Give your case reference with every payment.",
                        "Tell the fines office at once if your address, your job or your income changes.",
                        "Ask the fines office before a payment is late if you cannot make it.",
                    ]),
                },
            ],
        ),
        section(
            "What happens if you do not pay",
            vec![paragraph(
                "The whole of what you owe falls due at once. The fines office may take money from your wages or benefits, have your goods taken and sold, or send you back to court. The court can send a person to prison for not paying.",
            )],
        ),
        section(
            "If you disagree with this",
            vec![paragraph(
                "You can appeal to the Crown Court against the sentence within 15 business days of it. You can ask the fines office to change how you pay at any time.",
            )],
        ),
    ];
    view.legal = vec![
        Block::Charges {
            rows: vec![
                theft(vec![
                    result("Fine", "Fined £250.00.", &[]),
                    result(
                        "Compensation",
                        "To pay compensation of £148.00.",
                        &[("Payee", "Harrow and Finch Limited")],
                    ),
                ]),
                assault(vec![result("No separate penalty", "", &[])]),
            ],
        },
        Block::Money { table: money() },
        Block::Heading {
            text: "The collection order".to_owned(),
        },
        Block::paragraph(
            "The court made a collection order under Schedule 5 to the Courts Act 2003. The fines officer of this court collects the sum due under it.",
        ),
        Block::Signature {
            name: "Imogen Thackray-Shaw".to_owned(),
            office: "Legal adviser".to_owned(),
            on: day("2026-11-21"),
            lines: Vec::new(),
        },
    ];
    view
}
