//! A typical set of lines for each result that must work to the last detail.
//! Seeding, the guided tour and the end-to-end tests type exactly these. Every
//! name and address is invented; the caller may give the organisations of its
//! own court.

use crate::Catalogue;
use domain::result::{Period, ResultLine, read};
use std::collections::BTreeMap;
use vocabulary::{Day, DefendantId, OffenceId, ResultLineId};

/// The names of the examples.
pub const NAMES: [&str; 15] = [
    "adjournment",
    "conditional_bail",
    "unconditional_bail",
    "remand_in_custody",
    "fine",
    "community_order",
    "suspended_sentence",
    "imprisonment",
    "driving_disqualification",
    "restraining_order",
    "sending_on_bail",
    "sending_in_custody",
    "withdrawn",
    "dismissed",
    "electronic_monitoring_of_bail",
];

/// An organisation as results name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// Its address, line by line, without post code; at least one line.
    pub address: Vec<String>,
    /// Its post code.
    pub post_code: String,
    /// Its e-mail address.
    pub email: String,
}

impl Organisation {
    /// An organisation at two address lines.
    #[must_use]
    pub fn new(name: &str, street: &str, town: &str, post_code: &str, email: &str) -> Self {
        Self {
            name: name.to_owned(),
            address: vec![street.to_owned(), town.to_owned()],
            post_code: post_code.to_owned(),
            email: email.to_owned(),
        }
    }
}

/// The organisations that the examples name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    /// Where the next hearing is.
    pub magistrates_court: Organisation,
    /// Where cases are sent.
    pub crown_court: Organisation,
    /// Where prisoners go.
    pub prison: Organisation,
    /// Who takes them there.
    pub escort: Organisation,
    /// Who supervises orders.
    pub probation: Organisation,
    /// Who monitors.
    pub monitoring: Organisation,
}

impl Default for Directory {
    fn default() -> Self {
        let new = Organisation::new;
        Self {
            magistrates_court: new(
                "Ashmere Magistrates' Court",
                "1 Castle Street",
                "Ashmere",
                "AM1 1AA",
                "ashmere.mc@example.test",
            ),
            crown_court: new(
                "Ashmere Crown Court",
                "2 Castle Street",
                "Ashmere",
                "AM1 1AB",
                "ashmere.cc@example.test",
            ),
            prison: new(
                "HMP Fallowdene",
                "Fallowdene Lane",
                "Ashmere",
                "AM9 4ZZ",
                "warrants@fallowdene.example.test",
            ),
            escort: new(
                "Northway Escort Services",
                "Unit 4, Canal Wharf",
                "Ashmere",
                "AM3 2BD",
                "escort@northway.example.test",
            ),
            probation: new(
                "Ashmere Probation",
                "12 Mill Road",
                "Ashmere",
                "AM2 5QT",
                "court.team@ashmere-probation.example.test",
            ),
            monitoring: new(
                "Beacon Monitoring",
                "The Signal Box, Station Yard",
                "Ashmere",
                "AM4 7KL",
                "orders@beacon-monitoring.example.test",
            ),
        }
    }
}

/// The lines of an example, with the organisations of the default directory.
/// `None` if there is no example of that name.
#[must_use]
pub fn example(
    catalogue: &Catalogue,
    name: &str,
    defendant: DefendantId,
    offence: OffenceId,
    today: Day,
) -> Option<Vec<ResultLine>> {
    example_with(
        catalogue,
        &Directory::default(),
        name,
        defendant,
        offence,
        today,
    )
}

/// The lines of an example, with the organisations of one's own court.
#[must_use]
pub fn example_with(
    catalogue: &Catalogue,
    directory: &Directory,
    name: &str,
    defendant: DefendantId,
    offence: OffenceId,
    today: Day,
) -> Option<Vec<ResultLine>> {
    let mut sheet = Sheet {
        catalogue,
        directory,
        name,
        defendant,
        offence,
        today,
        lines: Vec::new(),
    };
    match name {
        "adjournment" => sheet.adjournment(),
        "conditional_bail" => sheet.conditional_bail(),
        "unconditional_bail" => sheet.unconditional_bail(),
        "remand_in_custody" => sheet.remand_in_custody(),
        "fine" => sheet.fine(),
        "community_order" => sheet.community_order(),
        "suspended_sentence" => sheet.suspended_sentence(),
        "imprisonment" => sheet.imprisonment(),
        "driving_disqualification" => sheet.driving_disqualification(),
        "restraining_order" => sheet.restraining_order(),
        "sending_on_bail" => sheet.sending_on_bail(),
        "sending_in_custody" => sheet.sending_in_custody(),
        "withdrawn" => sheet.line("WDRN", &[("details", "Not in the public interest")]),
        "dismissed" => sheet.line("DISM", &[]),
        "electronic_monitoring_of_bail" => sheet.monitored_bail(),
        _ => return None,
    }
    Some(sheet.lines)
}

struct Sheet<'a> {
    catalogue: &'a Catalogue,
    directory: &'a Directory,
    name: &'a str,
    defendant: DefendantId,
    offence: OffenceId,
    today: Day,
    lines: Vec<ResultLine>,
}

impl Sheet<'_> {
    fn line(&mut self, code: &str, answers: &[(&str, &str)]) {
        let answers = answers
            .iter()
            .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()));
        self.push(code, answers.collect());
    }

    fn push(&mut self, code: &str, answers: BTreeMap<String, String>) {
        // A code that is not in force today leaves a line out; the test that
        // shares every example would say so.
        let Some(definition) = self.catalogue.results.by_code(code, self.today) else {
            return;
        };
        let once = domain::result::ResultCatalogue::is_once(definition);
        let written = |(key, text): (String, String)| {
            let form = definition.field(&key).and_then(|own| read(own, &text).ok());
            (key, form.unwrap_or(text))
        };
        let answers = answers.into_iter().map(written).collect();
        let id = format!(
            "example {} {} {}",
            self.name,
            self.offence,
            self.lines.len()
        );
        self.lines.push(ResultLine {
            id: ResultLineId::derived(&self.defendant.0, &id),
            definition: definition.id,
            defendant: self.defendant,
            offence: (!once).then_some(self.offence),
            parent: None,
            answers,
        });
    }

    fn day(&self, days: i64) -> String {
        self.today.plus_days(days).to_string()
    }

    /// A working day about so many days ahead: no hearing is on a Sunday.
    fn hearing_day(&self, days: i64) -> String {
        let mut day = self.today.plus_days(days);
        while day.is_weekend() || self.catalogue.is_bank_holiday(day) {
            day = day.plus_days(1);
        }
        day.to_string()
    }

    fn next_magistrates(&mut self, days: i64, hearing_type: &str) {
        let mut answers = named("hCHOUSE", &self.directory.magistrates_court);
        answers.insert("HDATE".to_owned(), self.hearing_day(days));
        for (key, text) in [
            ("timeOfHearing", "10:00"),
            ("HCROOM", "1"),
            ("HTYPE", hearing_type),
            ("HEST", "30 minutes"),
        ] {
            answers.insert(key.to_owned(), text.to_owned());
        }
        self.push("NHMC", answers);
    }

    fn next_crown(&mut self, days: i64) {
        let mut answers = named("hCHOUSE", &self.directory.crown_court);
        answers.insert("fixedDate".to_owned(), self.hearing_day(days));
        for (key, text) in [
            ("timeOfHearing", "10:00"),
            ("HTYPE", "Plea & Trial Preparation"),
            ("HEST", "20 minutes"),
        ] {
            answers.insert(key.to_owned(), text.to_owned());
        }
        self.push("NHCCS", answers);
    }

    fn adjournment(&mut self) {
        self.line("A", &[("defendantToAttendTheNextHearing", "yes")]);
        self.line("TRIAL", &[]);
        self.next_magistrates(28, "Trial");
    }

    fn conditions(&mut self) {
        self.line(
            "RC",
            &[
                ("defendantExcusedAttendance", "no"),
                (
                    "bailConditionReason",
                    "To ensure appearance; To prevent offending",
                ),
            ],
        );
        self.line("PORR3", &[("address", "14 Larch Close, Ashmere, AM5 6TR")]);
        self.line("PORE3", &[("names", "Rowan Tilbury")]);
    }

    fn conditional_bail(&mut self) {
        self.line("A", &[("defendantToAttendTheNextHearing", "yes")]);
        self.line("PLEA", &[]);
        self.next_magistrates(21, "Plea");
        self.conditions();
    }

    fn monitored_bail(&mut self) {
        self.conditional_bail();
        let monitoring = self.directory.monitoring.name.clone();
        self.line(
            "PORCU2",
            &[
                ("time1", "19:00"),
                ("time2", "07:00"),
                ("frequency", "Daily"),
                ("electronicMonitoringContractor", &monitoring),
            ],
        );
    }

    fn unconditional_bail(&mut self) {
        self.line("REMUB", &[("defendantToAttendTheNextHearing", "yes")]);
        self.line("PLEA", &[]);
        self.next_magistrates(21, "Plea");
    }

    fn custody(&mut self) {
        let prison = self.directory.prison.name.clone();
        self.line(
            "RI",
            &[
                ("remandBasis", "Schedule 1 Bail Act 1976"),
                ("prison", &prison),
                ("bailException", "Likely to abscond"),
                (
                    "bailExceptionReason",
                    "Previous record and character; Lack of community ties",
                ),
                ("remandStatus", "Remand in Custody"),
            ],
        );
    }

    fn remand_in_custody(&mut self) {
        self.line("A", &[("defendantToAttendTheNextHearing", "yes")]);
        self.line("PLEA", &[]);
        self.next_magistrates(7, "Plea");
        self.custody();
        // Either way, to the start of summary trial: 70 days after the first day in
        // custody, back to a working day (custody_time_limits.csv).
        let law = &self.catalogue.results.law;
        let limit = law.working_day_until(self.today.plus_days(70)).to_string();
        self.line("CTL", &[("CTLDATE", &limit), ("CTLTIME", "1")]);
    }

    /// Surcharge, collection order and a day to pay by.
    fn money(&mut self, surcharge: &str) {
        self.line("FVS", &[("AOS", surcharge)]);
        self.line(
            "COLLO",
            &[("collectionOrderType", "Make payments as ordered")],
        );
        let pay = self.day(28);
        self.line("PDATE", &[("PBD", &pay)]);
    }

    fn fine(&mut self) {
        self.line("FO", &[("AOF", "200.00")]);
        self.line(
            "FCOMP",
            &[
                ("AOCOM", "150.00"),
                ("minorcreditornameandaddressFirstName", "Imogen"),
                ("minorcreditornameandaddressLastName", "Farrow"),
                ("minorcreditornameandaddressAddress1", "7 Orchard Way"),
                ("minorcreditornameandaddressAddress2", "Ashmere"),
                ("minorcreditornameandaddressPostCode", "AM6 3PL"),
            ],
        );
        self.line("FCPC", &[("AOC", "85.00")]);
        self.money("80.00");
    }

    fn community_order(&mut self) {
        let mut answers = named("probationteamtobenotified", &self.directory.probation);
        answers.insert(
            "endDate".to_owned(),
            self.today.plus_months(12).plus_days(-1).to_string(),
        );
        answers.insert(
            "responsibleOfficer".to_owned(),
            "an officer of a provider of probation services".to_owned(),
        );
        answers.insert(
            "supervisingCourt".to_owned(),
            self.directory.magistrates_court.name.clone(),
        );
        self.push("COEW", answers);
        self.line("UPWR", &[("numberOfHours", "80 hours")]);
        self.line("RAR", &[("maxNumberOfDays", "15 days")]);
        let period = Period::parse("3 months", None).unwrap_or_default();
        let (start, end) = (self.day(0), period.last_day_from(self.today).to_string());
        self.line(
            "CURE",
            &[
                ("curfewAndElectronicMonitoringPeriod", "3 months"),
                ("startDateOfTagging", &start),
                ("startTime", "19:00"),
                ("endDateOfTagging", &end),
                ("endTime", "07:00"),
                (
                    "curfewAddressDetailsAndTimings",
                    "14 Larch Close, Ashmere, AM5 6TR",
                ),
                ("detailsAndTimings", "Every day from 19:00 to 07:00"),
            ],
        );
        let mut answers = named("electronicmonitoringcontractor", &self.directory.monitoring);
        for (key, text) in [
            ("firstNotificationOfElectronicMonitoring", "yes"),
            ("areThereAnyAdditionalRequirementsAsWell", "yes"),
            ("wasAnInterpreterUsed", "no"),
            ("doesTheOffenderHaveAnySpecialNeeds", "no"),
        ] {
            answers.insert(key.to_owned(), text.to_owned());
        }
        self.push("NORDRC", answers);
        self.money("114.00");
    }

    fn suspended_sentence(&mut self) {
        self.line(
            "SUSPS",
            &[
                ("imprisonmentPeriod", "16 weeks"),
                ("suspendedPeriod", "18 months"),
                ("imprisonmentReasons", "SS"),
                ("bailRemandDaysToCountTaggedDays", "0"),
            ],
        );
        let mut answers = named("probationteamtobenotified", &self.directory.probation);
        for (key, text) in [
            ("totalCustodialPeriod", "16 weeks"),
            ("suspendedPeriod", "18 months"),
            ("supervisionPeriod", "12 months"),
            (
                "theCustodialSentenceHasBeenSuspendedBecause",
                "There is a realistic prospect of rehabilitation",
            ),
        ] {
            answers.insert(key.to_owned(), text.to_owned());
        }
        self.push("STIMP", answers);
        self.line("RAR", &[("maxNumberOfDays", "20 days")]);
        self.line("UPWR", &[("numberOfHours", "120 hours")]);
        self.money("154.00");
    }

    fn imprisonment(&mut self) {
        self.line(
            "IMP",
            &[
                ("imprisonmentPeriod", "9 months"),
                ("imprisonmentReasons", "SS"),
                ("bailRemandDaysToCountTaggedDays", "0"),
                ("offenceAggByForeignPowerCondition", "no"),
            ],
        );
        let mut answers = named("prison", &self.directory.prison);
        answers.extend(named("conveyorcustodianname", &self.directory.escort));
        answers.extend(named(
            "probationteamtobenotified",
            &self.directory.probation,
        ));
        answers.insert("totalCustodialPeriod".to_owned(), "9 months".to_owned());
        self.push("TIMP", answers);
        self.money("187.00");
    }

    fn driving_disqualification(&mut self) {
        self.line("FO", &[("AOF", "400.00")]);
        self.line(
            "DDO",
            &[
                ("disqualificationPeriod", "16 months"),
                ("defendantDrivingLicenceNumber", "TILBU903125RJ9AB"),
            ],
        );
        self.line("FCPC", &[("AOC", "85.00")]);
        self.money("160.00");
    }

    fn restraining_order(&mut self) {
        self.line("FO", &[("AOF", "250.00")]);
        self.line("RESTRAOP", &[
            ("protectedPersonsName", "Imogen Farrow"),
            ("protectedPersonsAddress", "7 Orchard Way, Ashmere, AM6 3PL"),
            ("orderDetails", "Not to contact Imogen Farrow directly or indirectly, and not to go to Orchard Way, Ashmere"),
            ("periodOfOrder", "2 years"),
            ("convictionAcquittal", "Convicted"),
        ]);
        self.money("100.00");
    }

    fn sent(&mut self) {
        self.line(
            "SCC",
            &[
                ("sentForTrialUnder", "51B"),
                ("indicatedPlea", "Not guilty"),
                ("bailRemandDaysToCount", "0"),
                ("noIndicationGivenReVictimPersonalStatement", "yes"),
                ("wasAPSROrdered", "no"),
            ],
        );
        self.next_crown(28);
    }

    fn sending_on_bail(&mut self) {
        self.line("CCIC", &[]);
        self.sent();
        self.conditions();
    }

    fn sending_in_custody(&mut self) {
        self.line("CCII", &[]);
        self.sent();
        self.custody();
    }
}

/// The answers that name an organisation under a family of prompts.
#[must_use]
pub fn named(family: &str, organisation: &Organisation) -> BTreeMap<String, String> {
    let mut answers = BTreeMap::new();
    let mut put =
        |part: String, text: &str| answers.insert(format!("{family}{part}"), text.to_owned());
    put("OrganisationName".to_owned(), &organisation.name);
    for (at, line) in organisation.address.iter().enumerate().take(5) {
        put(format!("Address{}", at + 1), line);
    }
    put("PostCode".to_owned(), &organisation.post_code);
    put("EmailAddress1".to_owned(), &organisation.email);
    answers
}
