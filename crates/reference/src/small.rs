//! The smaller tables, each row a struct. They are read as they are; what a
//! row means is for those who use it.

use crate::{Gap, ReferenceError, repairs::Repairs, source::Source, table::Row};
use domain::case::{Majority, Outcome};
use std::collections::BTreeMap;
use vocabulary::{Day, DefinitionId, LogDefinitionId};

/// A definition of a court log event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEvent {
    /// Its id: the source's, or one made from its code.
    pub id: LogDefinitionId,
    /// Order in the list.
    pub order: u32,
    /// The national code, `1001`.
    pub code: String,
    /// What is logged.
    pub label: String,
    /// The group it stands in.
    pub group: String,
    /// May be corrected later.
    pub alterable: bool,
    /// What the public display shows.
    pub public_text: Option<String>,
}

/// A plea.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PleaValue {
    /// `GUILTY`, `NOT_GUILTY` …
    pub value: String,
    /// As printed.
    pub description: String,
    /// Admits guilt.
    pub guilty: bool,
    /// `plea`, `indicatedPlea …`.
    pub kind: String,
    /// Offered on the hearing screen.
    pub offered: bool,
    /// `EITHER`, `MAGISTRATES`, `CROWN`, or empty.
    pub jurisdiction: String,
}

/// A verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictType {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// As printed.
    pub description: String,
    /// `Guilty`, `Not Guilty` …
    pub category: String,
    /// `GUILTY`, `GUILTY_BY_JURY_CONVICTED` …
    pub category_type: String,
    /// What it says of guilt.
    pub outcome: Outcome,
    /// It names the offence of which the defendant is guilty instead.
    pub names_another: bool,
    /// A jury may give it by majority.
    pub by_majority: bool,
    /// `MAGISTRATES`, `CROWN` or `EITHER`.
    pub jurisdiction: String,
    /// Offered on the hearing screen.
    pub offered: bool,
}

/// A kind of hearing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HearingType {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// As printed.
    pub description: String,
    /// The same in Welsh, if the source has it.
    pub welsh_description: Option<String>,
    /// Usual length, in minutes.
    pub minutes: Option<u32>,
    /// A trial.
    pub trial: bool,
}

/// An offence that may be charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffenceDefinition {
    /// The national code, `TH68010`.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The same in Welsh, if the source has it.
    pub welsh_title: Option<String>,
    /// Contrary to what.
    pub legislation: String,
    /// `Summary`, `Either Way`, `Indictable`.
    pub mode_of_trial: String,
    /// As the source writes it, `S:6M &/or Ultd Fine`.
    pub max_penalty: String,
    /// DVLA's code.
    pub dvla_code: Option<String>,
    /// Endorsed on the licence.
    pub endorsable: bool,
}

/// A prosecuting authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prosecutor {
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its OU code, if published.
    pub ou_code: Option<String>,
}

/// Which youth offending team serves a court house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YouthTeam {
    /// The OU code of the court house.
    pub court: String,
    /// The code of the team.
    pub team: String,
}

/// A section of the case file and who reads and adds to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentType {
    /// Order.
    pub seq: u32,
    /// Its name.
    pub section: String,
    /// Its code, if it has one.
    pub section_code: Option<String>,
    /// `Defendant level`, `Case level`, `Applications`, `NOWs`.
    pub category: String,
    /// Hidden from prosecutors.
    pub defence_only: bool,
    /// Groups that read.
    pub read_groups: Vec<String>,
    /// Groups that add.
    pub upload_groups: Vec<String>,
}

/// A day on which courts rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankHoliday {
    /// The day.
    pub day: Day,
    /// Its name.
    pub name: String,
}

/// A limit of a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommunityRequirement {
    /// Its code in the table.
    pub code: String,
    /// Its name.
    pub requirement: String,
    /// Least.
    pub min: String,
    /// Most.
    pub max: String,
    /// Of what.
    pub unit: String,
    /// What must be specified.
    pub must_specify: String,
    /// The provision.
    pub provision: String,
}

/// A reason why intake holds or refuses a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemCode {
    /// The published code.
    pub code: String,
}

/// A word of one of the small lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListWord {
    /// Which list.
    pub list: String,
    /// Its code.
    pub code: String,
    /// As printed.
    pub label: String,
}

/// A Welsh term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WelshTerm {
    /// English.
    pub english: String,
    /// Welsh.
    pub welsh: String,
    /// Where it was read: `court name`, `result prompt value` …
    pub context: String,
    /// Read in a source.
    pub verified: bool,
}

impl WelshTerm {
    /// A pairing that the source has and that is wrong: nobody uses it, whoever offers it.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        self.context.starts_with("DO NOT USE")
    }

    /// Good enough to print: read in a source more than once, and not called doubtful there.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        let doubtful = ["seen once", "(variant)", "wrong"];
        self.verified && !doubtful.iter().any(|word| self.context.contains(word))
    }
}

/// Reads every row of a file.
pub(crate) fn each<T>(
    source: &Source,
    file: &str,
    read: impl Fn(Row<'_>) -> Result<Option<T>, ReferenceError>,
) -> Result<Vec<T>, ReferenceError> {
    let table = source.table(file)?;
    table
        .rows()
        .filter_map(|row| read(row).transpose())
        .collect()
}

/// The 95 events of the platform; those of the older Crown Court system are
/// carried as data, and not offered.
pub(crate) fn log_events(source: &Source) -> Result<Vec<LogEvent>, ReferenceError> {
    each(source, "hearing_events.csv", |row| {
        if row.get("system")? != "CP" {
            return Ok(None);
        }
        let (code, label) = (row.text("sub_type")?, row.text("label")?);
        let id = match row.value("definition_id")? {
            Some(id) => id,
            // The restraining order's id serves as namespace here too: any fixed id does.
            None => {
                let namespace: DefinitionId = "44227210-1d51-11e8-accf-0ed5f89f718b"
                    .parse()
                    .map_err(|_| row.bad("definition_id"))?;
                LogDefinitionId::derived(
                    &namespace.0,
                    &format!("log event {} {code} {label}", row.get("order")?),
                )
            }
        };
        Ok(Some(LogEvent {
            id,
            order: row.value("order")?.unwrap_or(0),
            code,
            label,
            group: row.text("group")?,
            alterable: row.flag("alterable")?,
            public_text: row.some("public_display_text")?,
        }))
    })
}

pub(crate) fn plea_values(source: &Source) -> Result<Vec<PleaValue>, ReferenceError> {
    each(source, "plea_values.csv", |row| {
        Ok(Some(PleaValue {
            value: row.text("plea_value")?,
            description: row.text("description")?,
            guilty: row.flag("guilty_flag")?,
            kind: row.text("kind")?,
            offered: row.flag("ui_flag")?,
            jurisdiction: row.text("jurisdiction")?,
        }))
    })
}

pub(crate) fn verdict_types(source: &Source) -> Result<Vec<VerdictType>, ReferenceError> {
    each(source, "verdict_types.csv", |row| {
        let category = row.text("category")?;
        let instead = category.starts_with("Not Guilty but Guilty of");
        let outcome = match category.as_str() {
            "Guilty" => Outcome::Convicts,
            "Not Guilty" => Outcome::Acquits,
            "Finding" => Outcome::Finds,
            // The values of the single justice procedure have no category.
            "No verdict" | "" => Outcome::Open,
            _ if instead => Outcome::Convicts,
            _ => return Err(row.bad("category")),
        };
        Ok(Some(VerdictType {
            id: row.text("verdict_type_id")?,
            code: row.text("verdict_code")?,
            description: row.text("description")?,
            category,
            category_type: row.text("category_type")?,
            outcome,
            names_another: instead,
            by_majority: row.flag("jury_split_available")?,
            jurisdiction: row.text("jurisdiction")?,
            offered: row.flag("offered")?,
        }))
    })
}

/// By which majorities a jury may give a verdict.
pub(crate) fn jury_majorities(source: &Source) -> Result<Vec<Majority>, ReferenceError> {
    each(source, "jury_majorities.csv", |row| {
        let number = |column: &str| row.value(column)?.ok_or_else(|| row.bad(column));
        Ok(Some(Majority {
            agreed: number("agreed")?,
            dissented: number("dissented")?,
        }))
    })
}

pub(crate) fn hearing_types(source: &Source) -> Result<Vec<HearingType>, ReferenceError> {
    each(source, "hearing_types.csv", |row| {
        Ok(Some(HearingType {
            id: row.text("hearing_type_id")?,
            code: row.text("code")?,
            description: row.text("description")?,
            welsh_description: row.some("welsh_description")?,
            minutes: row.value("default_duration_minutes")?,
            trial: row.flag("trial_type_flag")?,
        }))
    })
}

pub(crate) fn offences(
    source: &Source,
    repairs: &Repairs,
) -> Result<Vec<OffenceDefinition>, ReferenceError> {
    const FILE: &str = "offences.csv";
    each(source, FILE, |row| {
        let code = row.text("cjs_offence_code")?;
        let legislation = match repairs.value(FILE, &code, "legislation") {
            Some(repaired) => repaired.to_owned(),
            None => row.text("legislation")?,
        };
        Ok(Some(OffenceDefinition {
            code,
            title: row.text("title")?,
            welsh_title: row.some("welsh_title")?,
            legislation,
            mode_of_trial: row.text("mode_of_trial")?,
            max_penalty: row.text("max_penalty")?,
            dvla_code: row.some("dvla_offence_code")?,
            endorsable: row.flag("endorsable")?,
        }))
    })
}

/// What is printed for the three letters of a nationality.
pub(crate) fn nationalities(source: &Source) -> Result<BTreeMap<String, String>, ReferenceError> {
    let rows = each(source, "nationalities.csv", |row| {
        Ok(Some((row.text("code")?, row.text("nationality")?)))
    })?;
    Ok(rows.into_iter().collect())
}

pub(crate) fn prosecutors(source: &Source) -> Result<Vec<Prosecutor>, ReferenceError> {
    each(source, "prosecutors.csv", |row| {
        Ok(Some(Prosecutor {
            code: row.text("short_name_code")?,
            name: row.text("full_name")?,
            ou_code: row.some("ou_code")?,
        }))
    })
}

pub(crate) fn youth_teams(source: &Source) -> Result<Vec<YouthTeam>, ReferenceError> {
    each(source, "youth_offending_teams.csv", |row| {
        Ok(Some(YouthTeam {
            court: row.text("court_ou_code")?,
            team: row.text("team_code")?,
        }))
    })
}

/// How the OU codes of courts in Wales begin.
pub(crate) fn courts_in_wales(
    source: &Source,
    gaps: &mut Vec<Gap>,
) -> Result<Vec<String>, ReferenceError> {
    const FILE: &str = "courts_in_wales.csv";
    let table = source.table(FILE)?;
    let mut beginnings = Vec::new();
    for row in table.rows() {
        let begins = row.text("ou_code_begins")?;
        if row.flag("unverified")? {
            let what = format!("courts whose OU code begins {begins} are in Wales");
            gaps.push(Gap::unverified("where a court is", FILE, row.number, what));
        }
        beginnings.push(begins);
    }
    Ok(beginnings)
}

pub(crate) fn document_types(source: &Source) -> Result<Vec<DocumentType>, ReferenceError> {
    each(source, "document_types.csv", |row| {
        Ok(Some(DocumentType {
            seq: row.value("seq")?.unwrap_or(0),
            section: row.text("section")?,
            section_code: row.some("section_code")?,
            category: row.text("document_category")?,
            defence_only: row.flag("defence_only")?,
            read_groups: row.list("read_groups")?,
            upload_groups: row.list("create_upload_groups")?,
        }))
    })
}

pub(crate) fn bank_holidays(source: &Source) -> Result<Vec<BankHoliday>, ReferenceError> {
    each(source, "bank_holidays.csv", |row| {
        Ok(Some(BankHoliday {
            day: row.day("date")?.ok_or_else(|| row.bad("date"))?,
            name: row.text("name")?,
        }))
    })
}

pub(crate) fn requirements(source: &Source) -> Result<Vec<CommunityRequirement>, ReferenceError> {
    each(source, "community_requirements.csv", |row| {
        Ok(Some(CommunityRequirement {
            code: row.text("code")?,
            requirement: row.text("requirement")?,
            min: row.text("min")?,
            max: row.text("max")?,
            unit: row.text("unit")?,
            must_specify: row.text("must_specify")?,
            provision: row.text("provision")?,
        }))
    })
}

pub(crate) fn problem_codes(source: &Source) -> Result<Vec<ProblemCode>, ReferenceError> {
    each(source, "case_problem_codes.csv", |row| {
        Ok(Some(ProblemCode {
            code: row.text("problem_code")?,
        }))
    })
}

pub(crate) fn list_words(source: &Source) -> Result<Vec<ListWord>, ReferenceError> {
    each(source, "reference_lists.csv", |row| {
        Ok(Some(ListWord {
            list: row.text("list")?,
            code: row.text("code")?,
            label: row.text("label")?,
        }))
    })
}

pub(crate) fn welsh_terms(source: &Source) -> Result<Vec<WelshTerm>, ReferenceError> {
    each(source, "welsh_terms.csv", |row| {
        Ok(Some(WelshTerm {
            english: row.text("english")?,
            welsh: row.text("welsh")?,
            context: row.text("context")?,
            verified: row.flag("verified")?,
        }))
    })
}

pub(crate) fn groups(source: &Source) -> Result<Vec<String>, ReferenceError> {
    each(source, "user_groups.csv", |row| row.some("group"))
}
