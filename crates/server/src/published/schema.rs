//! The shape of what is sent, checked against our own JSON Schemas of the
//! formats before anything looks at what it says. Each thing that is wrong is
//! told with its place and in a sentence that does not repeat what was sent.

use app::intake::told_apart;
use jsonschema::{Registry, Validator, error::ValidationErrorKind};
use serde_json::Value;
use std::sync::LazyLock;
use vocabulary::InitiationCode;

/// The most sentences of one answer.
const MOST: usize = 50;

/// Their addresses under this server, relative to `/v2/schemas/`.
pub(super) const FILES: [(&str, &str); 7] = [
    ("common.json", include_str!("schemas/common.json")),
    ("charge.json", include_str!("schemas/charge.json")),
    ("requisition.json", include_str!("schemas/requisition.json")),
    ("summons.json", include_str!("schemas/summons.json")),
    (
        "hearing-details.json",
        include_str!("schemas/hearing-details.json"),
    ),
    (
        "hearing-resulted.json",
        include_str!("schemas/hearing-resulted.json"),
    ),
    ("validation.json", include_str!("schemas/validation.json")),
];

/// Where the schemas say they are; nothing is ever fetched from there.
const BASE: &str = "https://common-platform.example/v2/schemas/common.json";

struct Formats {
    charge: Validator,
    requisition: Validator,
    summons: Validator,
    details: Validator,
    resulted: Validator,
    validation: Validator,
}

/// The schemas are part of the binary and built in a test, so that building
/// them cannot fail for anybody who runs it.
static FORMATS: LazyLock<Formats> =
    LazyLock::new(|| formats().expect("the embedded schemas are valid: a test builds them"));

fn formats() -> Result<Formats, String> {
    let parsed = |at: usize| -> Result<Value, String> {
        serde_json::from_str(FILES[at].1).map_err(|error| error.to_string())
    };
    let registry = Registry::new()
        .add(BASE, parsed(0)?)
        .and_then(|registry| registry.prepare())
        .map_err(|error| error.to_string())?;
    let build = |at: usize| -> Result<Validator, String> {
        jsonschema::options()
            .with_registry(&registry)
            .should_validate_formats(true)
            .offline()
            .build(&parsed(at)?)
            .map_err(|error| error.to_string())
    };
    Ok(Formats {
        charge: build(1)?,
        requisition: build(2)?,
        summons: build(3)?,
        details: build(4)?,
        resulted: build(5)?,
        validation: build(6)?,
    })
}

/// What is wrong with the shape of a submission, a sentence each; empty if
/// nothing is.
pub(crate) fn not_in_form(body: &[u8]) -> Vec<String> {
    let value: Value = match serde_json::from_slice(body) {
        Ok(value) => value,
        Err(error) => return vec![format!("It is not JSON: {error}.")],
    };
    let Some(kind) = told_apart(&value) else {
        return vec![
            "It is none of the three formats: a charge has a chargeDate and an arrestDate, a requisition a writtenChargePostingDate, a summons a summonsCode."
                .to_owned(),
        ];
    };
    let validator = match kind {
        InitiationCode::Charge => &FORMATS.charge,
        InitiationCode::Requisition => &FORMATS.requisition,
        InitiationCode::Summons => &FORMATS.summons,
    };
    wrong_with(validator, &value)
}

/// What is wrong with the details of a hearing.
pub(super) fn not_details(value: &Value) -> Vec<String> {
    wrong_with(&FORMATS.details, value)
}

/// What is wrong with the news that hearings were resulted.
pub(super) fn not_news(value: &Value) -> Vec<String> {
    wrong_with(&FORMATS.resulted, value)
}

/// What is wrong with a draft of results.
pub(super) fn not_a_draft(value: &Value) -> Vec<String> {
    wrong_with(&FORMATS.validation, value)
}

fn wrong_with(validator: &Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .take(MOST)
        .map(|error| {
            let place = error.instance_path().to_string();
            let place = if place.is_empty() {
                "/".to_owned()
            } else {
                place
            };
            format!("{place}: {}", sentence(error.kind()))
        })
        .collect()
}

fn sentence(kind: &ValidationErrorKind) -> String {
    use ValidationErrorKind as Kind;
    match kind {
        Kind::Required { property } => format!("{property} is missing."),
        Kind::AdditionalProperties { unexpected } => {
            format!("The format knows no {}.", unexpected.join(", "))
        }
        Kind::Type { kind } => match kind {
            jsonschema::error::TypeKind::Single(one) => format!("This must be of type {one}."),
            jsonschema::error::TypeKind::Multiple(_) => "This is of the wrong type.".to_owned(),
        },
        Kind::Enum { options } => format!("This must be one of {options}."),
        Kind::Pattern { pattern } => format!("This does not have the form {pattern}."),
        Kind::Format { format } if format == "uuid" => "This is no UUID.".to_owned(),
        Kind::Format { format } if format == "date-time" => {
            "This is no date and time with its offset from UTC.".to_owned()
        }
        Kind::Format { .. } => "This is no day of the calendar.".to_owned(),
        Kind::MinLength { limit: 1 } => "This must not be empty.".to_owned(),
        Kind::MinLength { limit } => format!("This has fewer than {limit} characters."),
        Kind::MaxLength { limit } => format!("This has more than {limit} characters."),
        Kind::MinItems { limit } => format!("This needs at least {limit}."),
        Kind::Minimum { limit } => format!("This is less than {limit}."),
        Kind::Maximum { limit } => format!("This is more than {limit}."),
        Kind::OneOfNotValid { .. } | Kind::OneOfMultipleValid { .. } => {
            "This needs either individual or organisation, and not both.".to_owned()
        }
        other => format!("This breaks the rule {}.", other.keyword()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sample(name: &str) -> Value {
        let path = format!("{}/../../samples/{name}.json", env!("CARGO_MANIFEST_DIR"));
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }

    fn told(value: &Value) -> Vec<String> {
        not_in_form(value.to_string().as_bytes())
    }

    #[test]
    fn our_samples_are_in_form() {
        for name in ["charge", "requisition", "summons", "rejected"] {
            assert_eq!(told(&sample(name)), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn a_missing_an_unknown_and_a_misshapen_field_are_each_told_with_their_place() {
        let mut value = sample("charge");
        value["defendants"][0]["individual"]
            .as_object_mut()
            .unwrap()
            .remove("gender");
        value["defendants"][0]["individual"]["shoeSize"] = json!(43);
        value["prosecutionSubmissionDetails"]["urn"] = json!("no urn at all");
        value["defendants"][0]["offences"][0]["chargeDate"] = json!("2026-02-30");
        let told = told(&value);
        let has = |part: &str| {
            assert!(
                told.iter().any(|one| one.contains(part)),
                "{part}: {told:?}"
            )
        };
        has("/defendants/0/individual: \"gender\" is missing.");
        has("/defendants/0/individual: The format knows no shoeSize.");
        has("/prosecutionSubmissionDetails/urn: This does not have the form");
        has("/defendants/0/offences/0/chargeDate: This is no day of the calendar.");
    }

    #[test]
    fn a_defendant_is_a_person_or_a_body_and_not_both() {
        let mut value = sample("charge");
        value["defendants"][0]["organisation"] = json!({"organisationName": "Tarn Haulage"});
        assert_eq!(told(&value).len(), 1);
        value["defendants"][0]
            .as_object_mut()
            .unwrap()
            .remove("individual");
        assert!(told(&value).is_empty());
    }

    #[test]
    fn a_sentence_never_repeats_what_was_sent() {
        let mut value = sample("charge");
        value["defendants"][0]["individual"]["dateOfBirth"] = json!("SECRETIVE");
        value["defendants"][0]["defendantDetails"]["documentationLanguage"] = json!("SECRETIVE");
        let told = told(&value);
        // The day has neither the form nor the sense of one; the language is no word of its list.
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(
            told.iter().all(|one| !one.contains("SECRETIVE")),
            "{told:?}"
        );
    }

    #[test]
    fn what_is_none_of_the_three_is_told_what_they_have() {
        assert_eq!(told(&json!({})).len(), 1);
        assert_eq!(not_in_form(b"<xml/>").len(), 1);
    }
}
