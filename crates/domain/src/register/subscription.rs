//! The published subscriptions: whether one of them calls for a register. Each
//! condition asks something of the defendant on that day; a condition that a
//! subscription does not state is not met, so that a subscription with rules
//! and no statement about custody, say, calls for nothing.

use super::{facts::CustodyFacts, resulted::JudicialResult};
use serde::{Deserialize, Deserializer};

fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::<Vec<T>>::deserialize(from)?.unwrap_or_default())
}

fn flag<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(Option::<bool>::deserialize(from)?.unwrap_or_default())
}

/// The published list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublishedSubscriptions {
    /// Subscriptions of every kind.
    #[serde(default, deserialize_with = "list")]
    pub now_subscriptions: Vec<PublishedSubscription>,
}

/// One of them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublishedSubscription {
    #[serde(default, deserialize_with = "flag")]
    is_prison_court_register_subscription: bool,
    #[serde(default, deserialize_with = "flag")]
    apply_subscription_rules: bool,
    subscription_vocabulary: Option<Conditions>,
}

/// What a subscription asks.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Conditions {
    #[serde(deserialize_with = "flag")]
    any_appearance: bool,
    #[serde(deserialize_with = "flag")]
    appeared_in_person: bool,
    #[serde(deserialize_with = "flag")]
    appeared_by_video_link: bool,
    #[serde(deserialize_with = "flag")]
    any_court_hearing: bool,
    #[serde(deserialize_with = "flag")]
    english_court_hearing: bool,
    #[serde(deserialize_with = "flag")]
    welsh_court_hearing: bool,
    #[serde(deserialize_with = "flag")]
    adult_or_youth_defendant: bool,
    #[serde(deserialize_with = "flag")]
    adult_defendant: bool,
    #[serde(deserialize_with = "flag")]
    youth_defendant: bool,
    #[serde(deserialize_with = "flag")]
    ignore_custody: bool,
    #[serde(deserialize_with = "flag")]
    in_custody: bool,
    #[serde(deserialize_with = "flag")]
    custody_location_is_prison: bool,
    #[serde(deserialize_with = "flag")]
    custody_location_is_police: bool,
    #[serde(deserialize_with = "flag")]
    ignore_results: bool,
    #[serde(deserialize_with = "flag")]
    all_non_custodial_results: bool,
    #[serde(deserialize_with = "flag")]
    atleast_one_non_custodial_result: bool,
    #[serde(deserialize_with = "flag")]
    atleast_one_custodial_result: bool,
    #[serde(deserialize_with = "flag")]
    is_cps_prosecuted: bool,
    #[serde(deserialize_with = "flag")]
    any_major_creditor: bool,
    #[serde(deserialize_with = "flag", alias = "prosecutorMajorCreditor")]
    requires_prosecutor_major_creditor: bool,
    #[serde(deserialize_with = "flag", alias = "nonProsecutorMajorCreditor")]
    requires_non_prosecutor_major_creditor: bool,
    #[serde(deserialize_with = "list")]
    included_prompts: Vec<PromptRule>,
    #[serde(deserialize_with = "list")]
    excluded_prompts: Vec<PromptRule>,
    #[serde(deserialize_with = "list")]
    included_results: Vec<String>,
    #[serde(deserialize_with = "list")]
    excluded_results: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct PromptRule {
    result_prompt_reference: Option<String>,
}

impl PublishedSubscription {
    /// A subscription to registers that states these conditions and no others.
    #[must_use]
    pub fn with_conditions<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let stated: serde_json::Map<_, _> = words
            .map(|word| (word.to_owned(), serde_json::Value::Bool(true)))
            .collect();
        Self {
            is_prison_court_register_subscription: true,
            apply_subscription_rules: true,
            // A word that is no condition is passed over, as everywhere.
            subscription_vocabulary: serde_json::from_value(stated.into()).ok(),
        }
    }

    /// Whether it calls for the register of a defendant. Without rules it calls
    /// for every one; a subscription of another kind for none.
    pub(super) fn calls_for(&self, facts: &CustodyFacts, results: &[&JudicialResult]) -> bool {
        if !self.is_prison_court_register_subscription {
            return false;
        }
        match &self.subscription_vocabulary {
            Some(conditions) if self.apply_subscription_rules => conditions.met(facts, results),
            _ => true,
        }
    }
}

impl Conditions {
    fn met(&self, facts: &CustodyFacts, results: &[&JudicialResult]) -> bool {
        // The source looks at nothing else once a subscription asks for CPS cases.
        (self.is_cps_prosecuted && facts.cps_prosecuted)
            || (self.attendance(facts)
                && self.creditor()
                && self.court(facts)
                && self.age(facts)
                && self.custody(facts)
                && self.outcome(facts)
                && self.prompts(results)
                && self.results(results))
    }

    fn attendance(&self, facts: &CustodyFacts) -> bool {
        self.any_appearance
            || (self.appeared_in_person && facts.in_person)
            || (self.appeared_by_video_link && facts.by_video)
    }

    /// A register knows no creditors: who asks for a certain one gets none.
    const fn creditor(&self) -> bool {
        self.any_major_creditor
            || !(self.requires_prosecutor_major_creditor
                || self.requires_non_prosecutor_major_creditor)
    }

    const fn court(&self, facts: &CustodyFacts) -> bool {
        self.any_court_hearing
            || (self.english_court_hearing && !facts.welsh_court)
            || (self.welsh_court_hearing && facts.welsh_court)
    }

    const fn age(&self, facts: &CustodyFacts) -> bool {
        self.adult_or_youth_defendant
            || (self.youth_defendant && facts.youth)
            || (self.adult_defendant && !facts.youth)
    }

    /// A subscription that asks for prison and police cells at once asks for
    /// what cannot be, and gets nothing.
    const fn custody(&self, facts: &CustodyFacts) -> bool {
        if self.ignore_custody {
            return true;
        }
        let place = match (
            self.custody_location_is_prison,
            self.custody_location_is_police,
        ) {
            (false, false) => facts.in_prison || facts.in_police_cells,
            (true, false) => facts.in_prison,
            (false, true) => facts.in_police_cells,
            (true, true) => false,
        };
        self.in_custody && place
    }

    fn outcome(&self, facts: &CustodyFacts) -> bool {
        // What it says of custodial results must be so, either way.
        let custodial = self.atleast_one_custodial_result == facts.custodial_result;
        self.ignore_results
            || (custodial
                && ((self.all_non_custodial_results && !facts.custodial_result && !facts.waits)
                    || (self.atleast_one_non_custodial_result && facts.non_custodial_result)))
    }

    fn prompts(&self, results: &[&JudicialResult]) -> bool {
        let answered = |rules: &[PromptRule]| {
            let references = results
                .iter()
                .flat_map(|result| &result.judicial_result_prompts)
                .filter_map(|prompt| prompt.prompt_reference.as_deref());
            references.into_iter().any(|reference| {
                rules
                    .iter()
                    .filter_map(|rule| rule.result_prompt_reference.as_deref())
                    .any(|family| is_of_family(reference, family))
            })
        };
        (self.included_prompts.is_empty() || answered(&self.included_prompts))
            && !answered(&self.excluded_prompts)
    }

    /// Results are named by code or by the id of their definition.
    fn results(&self, results: &[&JudicialResult]) -> bool {
        let named = |names: &[String]| {
            results.iter().any(|result| {
                [&result.cjs_code, &result.judicial_result_type_id]
                    .into_iter()
                    .flatten()
                    .any(|own| names.iter().any(|name| name.eq_ignore_ascii_case(own)))
            })
        };
        (self.included_results.is_empty() || named(&self.included_results))
            && !named(&self.excluded_results)
    }
}

/// A name and address is one prompt in the rule (`prison`) and several in the
/// event (`prisonOrganisationName`, `prisonAddress1`).
fn is_of_family(reference: &str, family: &str) -> bool {
    let Some(head) = reference.get(..family.len()) else {
        return false;
    };
    let rest = &reference[family.len()..];
    !family.is_empty()
        && head.eq_ignore_ascii_case(family)
        && (rest.is_empty()
            || [
                "OrganisationName",
                "Title",
                "FirstName",
                "MiddleName",
                "LastName",
            ]
            .contains(&rest)
            || ["PostCode", "Address", "EmailAddress"]
                .iter()
                .any(|part| rest.starts_with(part)))
}
