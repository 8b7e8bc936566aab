//! The published request, turned into a draft. It is checked against its schema
//! first; what the rules do not look at is passed over.

use super::schema;
use domain::{
    result::Category,
    validator::{Draft, DraftDefendant, DraftLine, DraftOffence},
};
use serde::Deserialize;
use serde_json::Value;
use vocabulary::Day;

/// Reads a draft.
///
/// # Errors
/// What is wrong, a sentence each with its place.
pub(super) fn read(body: &[u8]) -> Result<Draft, Vec<String>> {
    let mut value = serde_json::from_slice(body).map_err(|error| not_json(&error))?;
    older_ids(&mut value);
    let wrong = schema::not_a_draft(&value);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let sent: Sent = serde_json::from_value(value).map_err(|error| vec![format!("{error}.")])?;
    Ok(sent.draft())
}

fn not_json(error: &serde_json::Error) -> Vec<String> {
    vec![format!("It is not JSON: {error}.")]
}

/// Earlier versions of the format called every id `id`.
fn older_ids(value: &mut Value) {
    for (list, name) in [
        ("resultLines", "resultLineId"),
        ("defendants", "defendantId"),
        ("offences", "offenceId"),
    ] {
        let Some(entries) = value.get_mut(list).and_then(Value::as_array_mut) else {
            continue;
        };
        for entry in entries.iter_mut().filter_map(Value::as_object_mut) {
            if let (false, Some(id)) = (entry.contains_key(name), entry.get("id").cloned()) {
                entry.insert(name.to_owned(), id);
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    hearing_day: Day,
    result_lines: Vec<SentLine>,
    defendants: Vec<SentDefendant>,
    offences: Vec<SentOffence>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SentLine {
    short_code: String,
    label: String,
    defendant_id: String,
    offence_id: String,
    is_concurrent: Option<bool>,
    consecutive_to_offence: Option<String>,
    category: Option<String>,
    prompts: Option<Vec<SentPrompt>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SentPrompt {
    prompt_ref: String,
    prompt_value: Option<String>,
    child_prompts: Option<Vec<SentPrompt>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SentDefendant {
    defendant_id: String,
    master_defendant_id: Option<String>,
    first_name: String,
    last_name: String,
    date_of_birth: Option<Day>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SentOffence {
    offence_id: String,
    offence_code: String,
    offence_title: String,
    has_existing_ctl_record: Option<bool>,
    is_convicted: Option<bool>,
}

impl Sent {
    fn draft(self) -> Draft {
        Draft {
            day: self.hearing_day,
            lines: self.result_lines.into_iter().map(SentLine::line).collect(),
            defendants: self
                .defendants
                .into_iter()
                .map(SentDefendant::defendant)
                .collect(),
            offences: self
                .offences
                .into_iter()
                .map(|own| DraftOffence {
                    id: own.offence_id,
                    code: own.offence_code,
                    title: own.offence_title,
                    has_time_limit: own.has_existing_ctl_record == Some(true),
                    convicted: own.is_convicted == Some(true),
                })
                .collect(),
        }
    }
}

/// The text, unless it is blank.
fn said(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

impl SentLine {
    fn line(self) -> DraftLine {
        DraftLine {
            code: self.short_code,
            label: self.label,
            defendant: self.defendant_id,
            offence: Some(self.offence_id),
            category: match self.category.as_deref() {
                Some("F") => Some(Category::Final),
                Some("I") => Some(Category::Intermediary),
                Some("A") => Some(Category::Ancillary),
                _ => None,
            },
            concurrent: self.is_concurrent == Some(true),
            consecutive: said(self.consecutive_to_offence).is_some(),
            answers: self
                .prompts
                .unwrap_or_default()
                .into_iter()
                .map(SentPrompt::answer)
                .collect(),
        }
    }
}

impl SentPrompt {
    /// A period may come in parts, each with its unit for a name: `Days`, `21`.
    fn answer(self) -> (String, String) {
        let whole = said(self.prompt_value).unwrap_or_else(|| {
            let parts = self.child_prompts.unwrap_or_default();
            let parts = parts.into_iter().map(|part| {
                let number = part.prompt_value.unwrap_or_default();
                format!("{} {}", number.trim(), part.prompt_ref)
            });
            parts.collect::<Vec<_>>().join(" ")
        });
        (self.prompt_ref, whole)
    }
}

impl SentDefendant {
    fn defendant(self) -> DraftDefendant {
        let name = format!("{} {}", self.first_name.trim(), self.last_name.trim());
        DraftDefendant {
            id: self.defendant_id,
            master: said(self.master_defendant_id),
            name: said(Some(name.trim().to_owned()))
                .unwrap_or_else(|| "a defendant without a name".to_owned()),
            born: self.date_of_birth,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sent() -> Value {
        json!({
            "hearingId": "h1", "hearingDay": "2026-11-23", "courtType": "CROWN",
            "resultLines": [{"resultLineId": "l1", "shortCode": "CUR", "label": "Curfew",
                "defendantId": "d1", "offenceId": "o1", "category": "A", "prompts": [
                    {"promptRef": "curfewPeriod", "childPrompts": [{"promptRef": "Weeks", "promptValue": "6"}]}]}],
            "defendants": [{"defendantId": "d1", "firstName": "Rufus", "lastName": "Tilbury"}],
            "offences": [{"offenceId": "o1", "offenceCode": "TH68010", "offenceTitle": "Theft"}],
        })
    }

    fn told(value: &Value) -> Vec<String> {
        read(value.to_string().as_bytes()).err().unwrap_or_default()
    }

    #[test]
    fn our_sample_is_in_form() {
        let path = format!(
            "{}/../../samples/validation.json",
            env!("CARGO_MANIFEST_DIR")
        );
        let draft = read(&std::fs::read(path).unwrap()).unwrap();
        assert_eq!(draft.lines.len(), 2);
    }

    #[test]
    fn a_period_in_parts_is_read_as_it_is_said() {
        let draft = read(sent().to_string().as_bytes()).unwrap();
        assert_eq!(
            draft.lines[0].answers,
            [("curfewPeriod".to_owned(), "6 Weeks".to_owned())]
        );
        assert_eq!(draft.defendants[0].name, "Rufus Tilbury");
        assert!(!draft.offences[0].convicted);
    }

    #[test]
    fn what_is_missing_or_misshapen_is_told_with_its_place() {
        let mut value = sent();
        value["hearingDay"] = json!("2026-02-30");
        value["courtType"] = json!("COUNTY");
        value["resultLines"][0]["category"] = json!("X");
        value["defendants"][0]
            .as_object_mut()
            .unwrap()
            .remove("lastName");
        let told = told(&value);
        for part in [
            "/hearingDay: This is no day of the calendar.",
            "/courtType: This must be one of",
            "/resultLines/0/category: This must be one of",
            "/defendants/0: \"lastName\" is missing.",
        ] {
            assert!(
                told.iter().any(|one| one.starts_with(part)),
                "{part}: {told:?}"
            );
        }
        assert_eq!(told.len(), 4, "{told:?}");
    }

    #[test]
    fn what_is_optional_may_be_null_and_what_is_unknown_is_passed_over() {
        let mut value = sent();
        value["caseId"] = Value::Null;
        value["shoeSize"] = json!(43);
        for field in [
            "isConcurrent",
            "consecutiveToOffence",
            "category",
            "prompts",
        ] {
            value["resultLines"][0][field] = Value::Null;
        }
        for field in ["masterDefendantId", "dateOfBirth"] {
            value["defendants"][0][field] = Value::Null;
        }
        for field in [
            "orderIndex",
            "caseUrn",
            "isConvicted",
            "hasExistingCtlRecord",
        ] {
            value["offences"][0][field] = Value::Null;
        }
        assert_eq!(told(&value), Vec::<String>::new());
    }

    #[test]
    fn a_date_of_birth_is_a_day_or_nothing() {
        let mut value = sent();
        value["defendants"][0]["dateOfBirth"] = json!("yesterday");
        let told = told(&value);
        assert_eq!(
            told,
            ["/defendants/0/dateOfBirth: This is no day of the calendar."]
        );
    }

    #[test]
    fn ids_by_their_older_name_are_read() {
        let mut value = sent();
        for (list, name) in [
            ("resultLines", "resultLineId"),
            ("defendants", "defendantId"),
            ("offences", "offenceId"),
        ] {
            let entry = value[list][0].as_object_mut().unwrap();
            let id = entry.remove(name).unwrap();
            entry.insert("id".to_owned(), id);
        }
        let draft = read(value.to_string().as_bytes()).unwrap();
        assert_eq!(draft.offences[0].id, "o1");
        assert_eq!(draft.defendants[0].id, "d1");
    }
}
