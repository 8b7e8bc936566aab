//! Whether what one table names another holds. What the source leaves open is
//! reported: results that it knows only by an id, or that only its validator names.
//! What a table of ours names and nobody has is refused with its file and row: such a
//! row would do nothing, and nobody would be told.

use crate::{
    Gap, ReferenceError,
    nows::{self, Loaded, OURS},
    repairs::Repairs,
    results::{DEFINITIONS, SUPPLEMENT, file_of},
    source::Source,
    table::{Row, Table, split},
};
use domain::{
    now::ResultRef,
    result::{ChildTarget, FieldKind, ResultDefinition},
};
use std::collections::HashSet;
use vocabulary::DefinitionId;

/// What can be named.
struct Known<'a> {
    codes: HashSet<String>,
    groups: HashSet<String>,
    ids: Vec<String>,
    prompts: HashSet<&'a str>,
    subscriptions: HashSet<&'a str>,
    documents: HashSet<&'a str>,
}

pub(crate) fn check(
    source: &Source,
    definitions: &[ResultDefinition],
    documents: &Loaded,
    gaps: &mut Vec<Gap>,
) -> Result<(), ReferenceError> {
    let fields = definitions.iter().flat_map(|own| &own.fields);
    let known = Known {
        codes: definitions
            .iter()
            .map(|own| own.code.to_uppercase())
            .collect(),
        groups: definitions
            .iter()
            .flat_map(|own| &own.groups)
            .map(|own| own.to_lowercase())
            .collect(),
        ids: definitions.iter().map(|own| own.id.to_string()).collect(),
        prompts: fields.flat_map(|field| field.references()).collect(),
        subscriptions: named(documents.subscriptions.iter().map(|own| &own.name)),
        documents: named(documents.nows.iter().map(|own| &own.name)),
    };
    known.by_documents_of_ours(source)?;
    known.by_published_documents(source, documents, gaps)?;
    known.by_recipients(source)?;
    known.by_limits(source)?;
    for row in source.table("common_results.csv")?.rows() {
        known.must_have(&row, "result")?;
    }
    for (file, columns) in [
        ("check_rules.csv", ["results", "others"].as_slice()),
        ("contradictions.csv", &["results", "others"]),
        ("age_rules.csv", &["results"]),
        ("validation_rules.csv", &["results", "others"]),
    ] {
        known.by_rules(source, file, columns, gaps)?;
    }
    Ok(())
}

fn named<'a>(names: impl Iterator<Item = &'a String>) -> HashSet<&'a str> {
    names.map(String::as_str).collect()
}

impl Known<'_> {
    fn has(&self, named: &ResultRef) -> bool {
        match named {
            ResultRef::Any => true,
            ResultRef::Code(code) => self.codes.contains(&code.to_uppercase()),
            ResultRef::IdPrefix(prefix) => self.ids.iter().any(|id| id.starts_with(prefix)),
            ResultRef::Group(group) => self.groups.contains(&group.to_lowercase()),
        }
    }

    /// Refuses a column that names a result which nobody has.
    fn must_have(&self, row: &Row<'_>, column: &str) -> Result<(), ReferenceError> {
        for own in row.list(column)? {
            if !self.has(&nows::reference(&own)) {
                return Err(row.broken(format!(
                    "{column} names {own}, which is no result of the catalogue"
                )));
            }
        }
        Ok(())
    }

    fn by_documents_of_ours(&self, source: &Source) -> Result<(), ReferenceError> {
        for row in source.table(OURS)?.rows() {
            for column in ["triggers", "roots", "children"] {
                self.must_have(&row, column)?;
            }
            self.asked(&row)?;
            for own in row.list("recipients")? {
                self.subscription(&row, &own)?;
            }
        }
        for row in source.table("now_triggers.csv")?.rows() {
            self.must_have(&row, "trigger")?;
            self.asked(&row)?;
        }
        Ok(())
    }

    /// What a document is split by is asked by some result, alone or as a name and address,
    /// which is a family of questions.
    fn asked(&self, row: &Row<'_>) -> Result<(), ReferenceError> {
        let split_by = row.list("split_by")?;
        let family = |own: &str| {
            ["OrganisationName", "LastName"]
                .iter()
                .any(|last| self.prompts.contains(format!("{own}{last}").as_str()))
        };
        match split_by
            .iter()
            .find(|own| !self.prompts.contains(own.as_str()) && !family(own))
        {
            Some(own) => Err(row.broken(format!("split_by names {own}, which no result asks"))),
            None => Ok(()),
        }
    }

    /// The source names results that it does not publish.
    fn by_published_documents(
        &self,
        source: &Source,
        documents: &Loaded,
        gaps: &mut Vec<Gap>,
    ) -> Result<(), ReferenceError> {
        const FILE: &str = "nows.csv";
        for (row, now) in source.table(FILE)?.rows().zip(&documents.nows) {
            let all = now.triggers.iter().chain(&now.roots).chain(&now.children);
            let mut unknown: Vec<&str> = all
                .filter(|own| !self.has(own))
                .map(|own| match own {
                    ResultRef::Any => "*",
                    ResultRef::Code(text) | ResultRef::IdPrefix(text) | ResultRef::Group(text) => {
                        text.as_str()
                    }
                })
                .collect();
            unknown.sort_unstable();
            unknown.dedup();
            if !unknown.is_empty() {
                gaps.push(Gap::new(
                    "a document that names results which are not published",
                    FILE,
                    row.number,
                    format!("{}: {}", now.name, unknown.join(", ")),
                ));
            }
        }
        Ok(())
    }

    fn by_recipients(&self, source: &Source) -> Result<(), ReferenceError> {
        for row in source.table("now_recipients.csv")?.rows() {
            if row.get("action")? == "link" {
                self.subscription(&row, row.get("subscription")?)?;
            }
        }
        for row in source.table("now_acknowledgements.csv")?.rows() {
            self.subscription(&row, row.get("subscription")?)?;
            self.document(&row)?;
        }
        for table in ["delivery_limits.csv", "welsh_holds.csv"] {
            for row in source.table(table)?.rows() {
                self.document(&row)?;
            }
        }
        Ok(())
    }

    fn subscription(&self, row: &Row<'_>, name: &str) -> Result<(), ReferenceError> {
        if self.subscriptions.contains(name) {
            return Ok(());
        }
        Err(row.broken(format!("there is no recipient {name}")))
    }

    fn document(&self, row: &Row<'_>) -> Result<(), ReferenceError> {
        match row.get("now")? {
            "" | "*" => Ok(()),
            name if self.documents.contains(name) => Ok(()),
            name => Err(row.broken(format!("there is no document {name}"))),
        }
    }

    /// `period of UPWR`: the words in capitals are results.
    fn by_limits(&self, source: &Source) -> Result<(), ReferenceError> {
        for row in source.table("limits.csv")?.rows() {
            let codes = row.get("limit")?.split([' ', ',']).filter(|word| {
                word.len() > 1
                    && word
                        .chars()
                        .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
                    && word.starts_with(|c: char| c.is_ascii_uppercase())
            });
            for code in codes {
                if !self.codes.contains(code) {
                    return Err(row.broken(format!(
                        "the limit names {code}, which is no result of the catalogue"
                    )));
                }
            }
        }
        Ok(())
    }

    /// A group that there is not is a mistake; a result that there is not may be one
    /// that the published rules know and the published catalogue has not. Words in
    /// small letters are answers.
    fn by_rules(
        &self,
        source: &Source,
        file: &str,
        columns: &[&str],
        gaps: &mut Vec<Gap>,
    ) -> Result<(), ReferenceError> {
        for row in source.table(file)?.rows() {
            let mut unknown = Vec::new();
            for column in columns {
                for own in split(row.get(column)?) {
                    let result = nows::reference(&own);
                    let word = !own.chars().any(char::is_uppercase) || own.contains(' ');
                    match result {
                        _ if self.has(&result) => {}
                        ResultRef::Group(group) => {
                            return Err(row.broken(format!(
                                "{column} names the group {group}: no result is in it"
                            )));
                        }
                        _ if word => {}
                        _ => unknown.push(own),
                    }
                }
            }
            if !unknown.is_empty() {
                unknown.dedup();
                gaps.push(Gap::new(
                    "a rule about a result that is not published",
                    file,
                    row.number,
                    format!("{}: {}", row.get("rule")?, unknown.join(", ")),
                ));
            }
        }
        Ok(())
    }
}

/// No id stands twice, and no result asks two questions under one key: the later one
/// would silently take the place of the other.
pub(crate) fn each_once(
    definitions: &[ResultDefinition],
    (table, ours): (&Table, &Table),
) -> Result<(), ReferenceError> {
    let mut ids = HashSet::new();
    for (at, definition) in definitions.iter().enumerate() {
        let twice = |what: String| match table.rows().chain(ours.rows()).nth(at) {
            Some(row) => row.broken(what),
            None => ReferenceError::Broken {
                file: SUPPLEMENT.to_owned(),
                row: 1,
                why: what,
            },
        };
        if !ids.insert(definition.id) {
            return Err(twice(format!(
                "the definition {} stands twice",
                definition.id
            )));
        }
        let mut keys = HashSet::new();
        let mut references = definition
            .fields
            .iter()
            .flat_map(|field| field.references());
        if let Some(key) = references.find(|key| !keys.insert(*key)) {
            let code = &definition.code;
            return Err(twice(format!("{code} asks two questions under {key}")));
        }
    }
    Ok(())
}

/// Children that point to nothing that can be typed: an id the source leaves open, a
/// code is a mistake.
pub(crate) fn unpublished_children(
    definitions: &[ResultDefinition],
    (table, ours): (&Table, &Table),
    repairs: &Repairs,
    gaps: &mut Vec<Gap>,
) -> Result<(), ReferenceError> {
    let ids: HashSet<DefinitionId> = definitions.iter().map(|own| own.id).collect();
    let codes: HashSet<String> = definitions
        .iter()
        .map(|own| own.code.to_uppercase())
        .collect();
    let rows: Vec<Row<'_>> = table.rows().chain(ours.rows()).collect();
    for (at, definition) in definitions.iter().enumerate() {
        let code = &definition.code;
        for child in &definition.children {
            match &child.target {
                ChildTarget::Code(child) if !codes.contains(&child.to_uppercase()) => {
                    let why = format!("{code}: its child {child} is no result of the catalogue");
                    return Err(match rows.get(at) {
                        Some(row) => row.broken(why),
                        // The children of a completed result are a repair.
                        None => repairs.broken((SUPPLEMENT, "child_rules", child), why),
                    });
                }
                ChildTarget::Id(id) if !ids.contains(id) => gaps.push(Gap::new(
                    "a child result that is not published",
                    file_of(definition.origin),
                    rows.get(at).map_or(0, |row| row.number),
                    format!("{code}: child {id} is not published; it is never asked for"),
                )),
                _ => {}
            }
        }
    }
    Ok(())
}

/// Days that belong to another result than the one they are typed behind: that result
/// must be there and ask for a day, and what is meant by it must be one of the answers.
pub(crate) fn typed_days(
    definitions: &[ResultDefinition],
    repairs: &Repairs,
) -> Result<(), ReferenceError> {
    for definition in definitions {
        let Some(day) = &definition.typed_day else {
            continue;
        };
        let code = &definition.code;
        let broken = |why: String| repairs.broken((DEFINITIONS, "typed_day", &day.result), why);
        let asks = |own: &ResultDefinition| {
            let mut fields = own.fields.iter();
            own.code == day.result && fields.any(|field| matches!(field.kind, FieldKind::Date))
        };
        if !definitions.iter().any(asks) {
            let result = &day.result;
            return Err(broken(format!(
                "{code}: {result} is no result that asks for a day"
            )));
        }
        let Some((key, typed)) = &day.means else {
            continue;
        };
        let answers = definition
            .field(key)
            .is_some_and(|field| match &field.kind {
                FieldKind::List {
                    list: Some(list), ..
                } => list.item(typed).is_some(),
                _ => false,
            });
        if !answers {
            return Err(broken(format!("{code}: {typed} is no answer to {key}")));
        }
    }
    Ok(())
}
