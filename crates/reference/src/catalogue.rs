//! Everything that is known before a case begins, loaded once.

use crate::{
    Gap, ReferenceError, Report,
    payment::WayToPay,
    repairs::Repairs,
    report::Count,
    sections::Section,
    small::{
        self, BankHoliday, CommunityRequirement, DocumentType, HearingType, ListWord, LogEvent,
        OffenceDefinition, PleaValue, ProblemCode, Prosecutor, VerdictType, WelshTerm, YouthTeam,
    },
    source::Source,
    welsh::{FromTables, WelshIndex},
};
use domain::{
    now::{DeliveryLimit, NowDefinition, Subscription, Untold},
    result::ResultCatalogue,
    translation::Word,
};
use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};
use vocabulary::{Day, LogDefinitionId, NowId};

/// The reference data.
pub struct Catalogue {
    /// Result definitions and the tables of the checks.
    pub results: ResultCatalogue,
    /// Notices, orders and warrants.
    pub nows: Vec<NowDefinition>,
    /// The one of them that tells people that a document they have no longer applies.
    pub ended_notice: NowId,
    /// Who receives them.
    pub subscriptions: Vec<Subscription>,
    /// Results that the court must tell itself.
    pub untold: Vec<Untold>,
    /// How long deliveries may take.
    pub delivery_limits: Vec<DeliveryLimit>,
    /// How what a court ordered can be paid.
    pub ways_to_pay: Vec<WayToPay>,
    /// What waits for its Welsh, and what does not.
    pub welsh_holds: Vec<domain::translation::HoldRow>,
    /// What is logged in court.
    pub log_events: Vec<LogEvent>,
    /// Pleas.
    pub plea_values: Vec<PleaValue>,
    /// Verdicts.
    pub verdict_types: Vec<VerdictType>,
    /// By which majorities a jury may give one.
    pub jury_majorities: Vec<domain::case::Majority>,
    /// Kinds of hearing.
    pub hearing_types: Vec<HearingType>,
    /// Offences that may be charged.
    pub offences: Vec<OffenceDefinition>,
    /// Why intake refuses a case.
    pub problem_codes: Vec<ProblemCode>,
    /// Prosecuting authorities.
    pub prosecutors: Vec<Prosecutor>,
    /// Which youth offending team serves which court house.
    pub youth_teams: Vec<YouthTeam>,
    /// How the OU codes of courts in Wales begin.
    pub courts_in_wales: Vec<String>,
    /// Sections of the case file.
    pub document_types: Vec<DocumentType>,
    /// Sections in use, with their rights.
    pub sections: Vec<Section>,
    /// User groups of the real system.
    pub groups: Vec<String>,
    /// Roles of organisations, limits of accounts, terms of use.
    pub people: crate::PeopleRules,
    /// Days on which courts rest.
    pub bank_holidays: Vec<BankHoliday>,
    /// Requirements and their limits.
    pub requirements: Vec<CommunityRequirement>,
    /// Nationalities by their three letters.
    pub nationalities: BTreeMap<String, String>,
    /// Words of the small lists.
    pub list_words: Vec<ListWord>,
    /// Welsh terms.
    pub welsh_terms: Vec<WelshTerm>,
    /// The tables that a folder gave instead of those built in.
    pub overridden: Vec<String>,
    welsh: WelshIndex,
    offence_by_code: HashMap<String, usize>,
    counts: Vec<Count>,
    gaps: Vec<Gap>,
    source: Source,
}

impl Catalogue {
    /// The Welsh that the tables have for a value.
    #[must_use]
    pub fn welsh_of(&self, word: &Word) -> FromTables {
        self.welsh.of(word)
    }

    /// Welsh that a row gives beside its English, unless the source shows the pairing to be wrong.
    #[must_use]
    pub fn welsh_beside<'a>(&self, english: &str, welsh: Option<&'a str>) -> Option<&'a str> {
        welsh.filter(|welsh| !self.welsh.is_wrong(english, welsh))
    }

    /// Whether the court with this OU code is in Wales.
    #[must_use]
    pub fn in_wales(&self, ou_code: &str) -> bool {
        let mut begins = self.courts_in_wales.iter();
        begins.any(|own| ou_code.starts_with(own.as_str()))
    }

    /// The embedded data.
    ///
    /// # Errors
    /// If it is damaged.
    pub fn embedded() -> Result<Self, ReferenceError> {
        Self::load(Source::new(None))
    }

    /// The data of a folder; a file that is not there is taken from the embedded data.
    ///
    /// # Errors
    /// If the folder is not there or holds no table that is read, or if a file
    /// cannot be read or does not fit.
    pub fn from_folder(folder: &Path) -> Result<Self, ReferenceError> {
        Self::load(Source::new(Some(folder.to_owned())))
    }

    /// The embedded data with the tables that an operator of the demo court would give
    /// (`reference/demo`), and over both a folder as in [`Catalogue::from_folder`].
    ///
    /// # Errors
    /// As [`Catalogue::from_folder`].
    pub fn of_demo_court(folder: Option<&Path>) -> Result<Self, ReferenceError> {
        Self::load(Source::of_demo_court(folder.map(Path::to_owned)))
    }

    fn load(source: Source) -> Result<Self, ReferenceError> {
        let mut gaps = Vec::new();
        let repairs = Repairs::load(&source)?;
        let law = crate::law::load(&source, &mut gaps)?;
        let common = crate::law::common(&source)?;
        let loaded = crate::results::load(&source, &repairs, &mut gaps)?;
        let documents = crate::nows::load(&source, &repairs, &mut gaps)?;
        crate::named::check(&source, &loaded.definitions, &documents, &mut gaps)?;
        let untold =
            crate::without::load(&source, &loaded.definitions, &documents.nows, &mut gaps)?;
        crate::reach::check(&source, &loaded.definitions, &documents, &untold, &mut gaps)?;
        let published = |own: &&domain::result::ResultDefinition| {
            own.origin == domain::result::Origin::Published
        };
        let definitions = loaded.definitions.iter().filter(published).count();
        let ours =
            |own: &&domain::result::ResultDefinition| own.origin == domain::result::Origin::Ours;
        let our_definitions = loaded.definitions.iter().filter(ours).count();
        let offences = small::offences(&source, &repairs)?;
        let groups = small::groups(&source)?;
        let welsh_terms = small::welsh_terms(&source)?;
        let welsh = WelshIndex::load(&source, &welsh_terms, &mut gaps)?;
        let courts_in_wales = small::courts_in_wales(&source, &mut gaps)?;
        let ways_to_pay = crate::payment::load(&source, &mut gaps)?;
        let people = crate::people::load(&source, &groups, &mut gaps)?;
        // A folder's own table has as many rows as its court needs.
        let exactly = |what, file, found, expected| Count {
            what,
            found,
            expected: Some(expected).filter(|_| !source.gave(file)),
        };
        let counted = |what, found| Count {
            what,
            found,
            expected: None,
        };
        let counts = vec![
            exactly(
                "result definitions",
                "result_definitions.csv",
                definitions,
                638,
            ),
            exactly("prompts", "result_prompts.csv", loaded.prompts, 3_078),
            exactly(
                "notices, orders and warrants",
                "nows.csv",
                documents.published,
                196,
            ),
            exactly(
                "subscriptions",
                "now_subscriptions.csv",
                documents.published_subscriptions,
                101,
            ),
            counted(
                "results completed from the supplement",
                loaded.definitions.len() - definitions - our_definitions,
            ),
            counted("results of ours", our_definitions),
            counted("fixed lists", loaded.lists),
            counted("references derived from labels", loaded.derived_references),
            counted(
                "documents of ours",
                documents.nows.len() - documents.published,
            ),
            counted(
                "subscriptions of ours",
                documents.subscriptions.len() - documents.published_subscriptions,
            ),
            counted("offences", offences.len()),
            counted("repairs", repairs.all().count()),
        ];
        repaired(&repairs, &mut gaps);
        for (at, offence) in offences.iter().enumerate() {
            if offence.welsh_title.is_none() {
                gaps.push(Gap::new(
                    "no Welsh words",
                    "offences.csv",
                    at + 2,
                    format!("{}: no Welsh title", offence.code),
                ));
            }
        }
        gaps.sort_by(|a, b| (&a.file, a.row).cmp(&(&b.file, b.row)));
        Ok(Self {
            results: ResultCatalogue::new(loaded.definitions, law).with_common(&common),
            ended_notice: documents.ended,
            nows: documents.nows,
            untold,
            subscriptions: documents.subscriptions,
            delivery_limits: documents.limits,
            ways_to_pay,
            welsh_holds: documents.holds,
            sections: crate::sections::load(&source)?,
            log_events: small::log_events(&source)?,
            plea_values: small::plea_values(&source)?,
            verdict_types: small::verdict_types(&source)?,
            jury_majorities: small::jury_majorities(&source)?,
            hearing_types: small::hearing_types(&source)?,
            problem_codes: small::problem_codes(&source)?,
            prosecutors: small::prosecutors(&source)?,
            youth_teams: small::youth_teams(&source)?,
            courts_in_wales,
            document_types: small::document_types(&source)?,
            groups,
            people,
            bank_holidays: small::bank_holidays(&source)?,
            requirements: small::requirements(&source)?,
            nationalities: small::nationalities(&source)?,
            list_words: small::list_words(&source)?,
            welsh,
            welsh_terms,
            // Last: the tables above have been asked for by now.
            overridden: source.overridden()?,
            offence_by_code: offences
                .iter()
                .enumerate()
                .map(|(at, own)| (own.code.clone(), at))
                .collect(),
            offences,
            counts,
            gaps,
            source,
        })
    }

    /// The code of the youth offending team that serves a court house.
    #[must_use]
    pub fn youth_team_of(&self, court: &str) -> Option<&str> {
        self.youth_teams
            .iter()
            .find(|one| one.court.eq_ignore_ascii_case(court))
            .map(|one| one.team.as_str())
    }

    /// The counts and every open gap.
    #[must_use]
    pub fn check(&self) -> Report {
        Report {
            counts: self.counts.clone(),
            gaps: self.gaps.clone(),
        }
    }

    /// The offence of a code, letter case ignored.
    #[must_use]
    pub fn offence(&self, code: &str) -> Option<&OffenceDefinition> {
        self.offence_by_code
            .get(&code.trim().to_uppercase())
            .map(|at| &self.offences[*at])
    }

    /// The section of this name.
    #[must_use]
    pub fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.name == name)
    }

    /// The document definition with this id.
    #[must_use]
    pub fn now(&self, id: NowId) -> Option<&NowDefinition> {
        self.nows.iter().find(|own| own.id == id)
    }

    /// The log event with this id.
    #[must_use]
    pub fn log_event(&self, id: LogDefinitionId) -> Option<&LogEvent> {
        self.log_events.iter().find(|own| own.id == id)
    }

    /// Is it a day on which courts rest by law?
    #[must_use]
    pub fn is_bank_holiday(&self, day: Day) -> bool {
        self.bank_holidays.iter().any(|own| own.day == day)
    }

    /// A file of the reference folder that this crate does not read itself
    /// (the texts of documents, `texts/…`).
    ///
    /// # Errors
    /// If there is no such file.
    pub fn file(&self, path: &str) -> Result<Vec<u8>, ReferenceError> {
        self.source.bytes(path)
    }
}

/// Repairs that rest on our judgement, and repairs that no row asked for.
fn repaired(repairs: &Repairs, gaps: &mut Vec<Gap>) {
    for (at, (repair, used)) in repairs.all().enumerate() {
        let row = at + 2;
        if used == 0 && repair.row != "*" {
            let what = format!(
                "{} {} {}: no row asks for this repair",
                repair.file, repair.row, repair.field
            );
            gaps.push(Gap::new(
                "a repair that no row asks for",
                "repairs.csv",
                row,
                what,
            ));
        } else if repair.unverified {
            let what = format!("{} {}: {}", repair.file, repair.row, repair.what);
            gaps.push(Gap::unverified(
                "a repair that rests on our judgement",
                "repairs.csv",
                row,
                what,
            ));
        }
    }
}
