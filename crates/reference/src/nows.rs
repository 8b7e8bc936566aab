//! Notices, orders and warrants, their triggers and their recipients: the
//! source's files, completed by `nows_ours.csv`, `now_triggers.csv`,
//! `now_recipients.csv`, `now_user_groups.csv`, `now_addresses.csv`, `now_acknowledgements.csv`, `now_required.csv`,
//! `now_filed.csv`, `now_unnamed.csv` and `delivery_limits.csv`.

use crate::{
    Gap, ReferenceError,
    filed::filed,
    recipients::{acknowledgements, addressed, addresses, open_ends, user_groups},
    repairs::Repairs,
    required::required,
    results::jurisdiction,
    source::Source,
    table::{Row, split},
    unnamed::unnamed,
};
use domain::now::{
    DeliveryLimit, Ends, Limits, NowDefinition, RecipientSource, ResultRef, Subscription,
    VOCABULARY,
};
use std::collections::BTreeSet;
use uuid_of::now_id;
use vocabulary::{Channel, DocumentKind, NowId};

const NOWS: &str = "nows.csv";
const SUBSCRIPTIONS: &str = "now_subscriptions.csv";
const RECIPIENTS: &str = "now_recipients.csv";
pub(crate) const OURS: &str = "nows_ours.csv";

/// Ids for the definitions to which the source gives none.
mod uuid_of {
    use vocabulary::{DefinitionId, NowId};

    /// Any fixed id serves as namespace; this one is the restraining order of the source.
    const NAMESPACE: &str = "44227210-1d51-11e8-accf-0ed5f89f718b";

    pub(super) fn now_id(name: &str) -> Option<NowId> {
        let namespace: DefinitionId = NAMESPACE.parse().ok()?;
        Some(NowId::derived(&namespace.0, name))
    }
}

/// What was loaded.
pub(crate) struct Loaded {
    pub(crate) nows: Vec<NowDefinition>,
    pub(crate) published: usize,
    pub(crate) subscriptions: Vec<Subscription>,
    pub(crate) published_subscriptions: usize,
    pub(crate) limits: Vec<DeliveryLimit>,
    pub(crate) holds: Vec<domain::translation::HoldRow>,
    /// The one document that no result calls for: that another no longer applies.
    pub(crate) ended: NowId,
}

pub(crate) fn load(
    source: &Source,
    repairs: &Repairs,
    gaps: &mut Vec<Gap>,
) -> Result<Loaded, ReferenceError> {
    let table = source.table(NOWS)?;
    let mut nows = Vec::with_capacity(table.len());
    for row in table.rows() {
        nows.push(published(row, repairs)?);
    }
    let mut ended = None;
    for row in source.table(OURS)?.rows() {
        let own = ours(row)?;
        if row.flag("ends_another")? {
            ended = Some(ends_another(row, &own, ended)?);
        }
        nows.push(own);
        gaps.push(Gap::unverified(
            "a document of ours",
            OURS,
            row.number,
            format!(
                "{}: ours, the source has no such document",
                row.get("name")?
            ),
        ));
    }
    triggers(source, &mut nows, gaps)?;
    let known = addressed(source)?;
    let subscription_table = source.table(SUBSCRIPTIONS)?;
    let mut subscriptions = Vec::with_capacity(subscription_table.len());
    for row in subscription_table.rows() {
        let own = subscription(row)?;
        open_ends(row, &own, &known, gaps)?;
        subscriptions.push(own);
    }
    recipients(source, &mut nows, &mut subscriptions, gaps)?;
    user_groups(source, &mut subscriptions, gaps)?;
    addresses(source, &mut subscriptions)?;
    acknowledgements(source, &nows, &mut subscriptions)?;
    required(source, &nows, &mut subscriptions, gaps)?;
    filed(source, &mut nows, &subscriptions, gaps)?;
    let limits = limits(source, &subscriptions, gaps)?;
    let holds = crate::holds::load(source, &subscriptions, gaps)?;
    unnamed(source, &nows, &subscriptions, gaps)?;
    for (row, now) in table.rows().zip(&nows) {
        gaps.extend(split_otherwise(row, now)?);
        if now.triggers.is_empty() {
            gaps.push(Gap::new(
                "a document that is never made",
                NOWS,
                row.number,
                format!("{}: no trigger is published; it is never made", now.name),
            ));
        } else if now.subscriptions.is_empty() {
            gaps.push(Gap::new(
                "a document that is never made",
                NOWS,
                row.number,
                format!("{}: nobody receives it; it is never made", now.name),
            ));
        }
        if now.welsh_name.is_none() {
            gaps.push(Gap::new(
                "no Welsh words",
                NOWS,
                row.number,
                format!("{}: no Welsh name", now.name),
            ));
        }
    }
    Ok(Loaded {
        nows,
        published: table.len(),
        subscriptions,
        published_subscriptions: subscription_table.len(),
        limits,
        holds,
        ended: ended.ok_or_else(|| ReferenceError::Broken {
            file: OURS.to_owned(),
            row: 1,
            why: "no document says, in the column ends_another, that another no longer applies"
                .to_owned(),
        })?,
    })
}

fn published(row: Row<'_>, repairs: &Repairs) -> Result<NowDefinition, ReferenceError> {
    let name = row.text("name")?;
    let mut triggers = triggers_of(row.get("primary_trigger_results")?);
    // What does not call for it after all is printed with it as before.
    let field = "not_triggers";
    let printed = refs(repairs.value(NOWS, &name, field).unwrap_or_default());
    for own in &printed {
        if !triggers.contains(own) {
            let why = format!("{name}: {own:?} is none of its triggers");
            return Err(repairs.broken((NOWS, field, ""), why));
        }
    }
    triggers.retain(|own| !printed.contains(own));
    let kind = match row.get("type")? {
        // It orders nothing, and prints every result of the defendant.
        "Register" => DocumentKind::Notice,
        other => other.parse().map_err(|_| row.bad("type"))?,
    };
    let children = row.get("child_requirement_results")?;
    let recipients = row.get("recipients")?;
    let field = "urgent_limit_minutes";
    let urgent_minutes = match repairs.value(NOWS, &name, field) {
        Some(minutes) => Some(minutes.parse().map_err(|_| {
            let why = format!("{name}: {minutes} are no minutes");
            repairs.broken((NOWS, field, ""), why)
        })?),
        None => row.value(field)?,
    };
    Ok(NowDefinition {
        id: match row.value("now_id")? {
            Some(id) => id,
            None => now_id(&name).ok_or_else(|| row.bad("now_id"))?,
        },
        welsh_name: row.some("welsh_name")?,
        bilingual: !row.get("bilingual_template")?.is_empty(),
        kind,
        jurisdiction: jurisdiction(&row, row.get("jurisdiction")?)?,
        rank: row.value("rank")?.unwrap_or(9_999),
        text_key: text_key(&name),
        triggers,
        ends: None,
        roots: [printed, refs(row.get("non_primary_root_results")?)].concat(),
        children: refs(children),
        children_cut_short: children.ends_with("..."),
        include_all: row.flag("include_all_results")? || row.get("type")? == "Register",
        split_by: Vec::new(),
        include_flags: row.list("include_flags")?.into_iter().collect(),
        text_keys: row
            .list("now_text_keys")?
            .into_iter()
            .chain(row.list("requirement_text_keys")?)
            .collect(),
        urgent_minutes,
        subscriptions: if recipients.contains('[') {
            split(recipients)
                .iter()
                .filter_map(|own| own.rsplit_once(" ["))
                .map(|(own, _)| own.to_owned())
                .collect()
        } else {
            Vec::new()
        },
        told_by_hand: None,
        period: row.period()?,
        ours: false,
        name,
    })
}

/// The answers by which the source splits a document and this catalogue does not: those of
/// results that are not published.
fn split_otherwise(row: Row<'_>, now: &NowDefinition) -> Result<Option<Gap>, ReferenceError> {
    let plain = |text: &str| {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    let asked = |own: &String| {
        let prompt = own.split_once('.').map_or("", |(_, prompt)| prompt);
        now.split_by.iter().any(|key| plain(key) == plain(prompt))
    };
    let mut open = row.list("variant_data_prompts")?;
    open.retain(|own| !asked(own));
    Ok((!open.is_empty()).then(|| {
        Gap::new(
            "a document split in a way that is not published",
            NOWS,
            row.number,
            format!(
                "{}: the source splits it by {}, too",
                now.name,
                open.join(", ")
            ),
        )
    }))
}

fn ours(row: Row<'_>) -> Result<NowDefinition, ReferenceError> {
    let name = row.text("name")?;
    let ends = match row.text_if_any("when_ended")? {
        "" => None,
        "bail conditions" => Some(Ends::BailConditions),
        "bail monitoring" => Some(Ends::BailMonitoring),
        _ => return Err(row.bad("when_ended")),
    };
    let triggers = refs(row.get("triggers")?);
    if ends.is_some() && !triggers.is_empty() {
        return Err(row.broken(format!(
            "{name} is made when something ended, whatever result ended it: it names no trigger"
        )));
    }
    Ok(NowDefinition {
        id: now_id(&name).ok_or_else(|| row.bad("name"))?,
        welsh_name: None,
        bilingual: row.get("type")? != "EDT",
        kind: row.value("type")?.ok_or_else(|| row.bad("type"))?,
        jurisdiction: jurisdiction(&row, row.get("jurisdiction")?)?,
        rank: row.value("rank")?.unwrap_or(9_999),
        text_key: text_key(&name),
        triggers,
        roots: refs(row.get("roots")?),
        children: refs(row.get("children")?),
        ends,
        children_cut_short: true,
        include_all: false,
        split_by: row.list("split_by")?,
        include_flags: row.list("include_flags")?.into_iter().collect(),
        text_keys: Vec::new(),
        urgent_minutes: row.value("urgent_limit_minutes")?,
        subscriptions: row.list("recipients")?,
        told_by_hand: None,
        period: row.period()?,
        ours: true,
        name,
    })
}

/// The notice that a document no longer applies: there is one, and whoever had the
/// document gets it, so that neither results nor recipients are named.
fn ends_another(
    row: Row<'_>,
    own: &NowDefinition,
    before: Option<NowId>,
) -> Result<NowId, ReferenceError> {
    let named = [&own.triggers, &own.roots, &own.children];
    if before.is_some() {
        return Err(row.broken("two documents say that another no longer applies".to_owned()));
    }
    if named.iter().any(|list| !list.is_empty()) || !own.subscriptions.is_empty() {
        return Err(row.broken(format!(
            "{} says that another document no longer applies: no result calls for it, and it \
             goes to whoever has that document",
            own.name
        )));
    }
    Ok(own.id)
}

/// The file of a document's text: its name in small letters, words joined by `_`.
#[must_use]
pub fn text_key(name: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join("_")
}

/// `DDO`, `id 2cda53d9`, `unresolved:22e52dce`, `group:ELMON`, `*`.
pub(crate) fn reference(text: &str) -> ResultRef {
    if text == "*" {
        ResultRef::Any
    } else if let Some(group) = text.strip_prefix("group:") {
        ResultRef::Group(group.trim().to_owned())
    } else if let Some(id) = text
        .strip_prefix("id ")
        .or_else(|| text.strip_prefix("unresolved:"))
    {
        ResultRef::IdPrefix(id.trim().to_owned())
    } else if text.len() == 8 && text.chars().all(|c| c.is_ascii_hexdigit()) {
        ResultRef::IdPrefix(text.to_owned())
    } else {
        ResultRef::Code(text.to_owned())
    }
}

fn refs(text: &str) -> Vec<ResultRef> {
    split(text.trim_end_matches("..."))
        .iter()
        .map(|own| reference(own))
        .collect()
}

/// Triggers come with their labels: `DDO (Obligatory disqualification)`.
fn triggers_of(text: &str) -> Vec<ResultRef> {
    text.split("; ")
        .filter_map(|own| own.split_once(" ("))
        .map(|(own, _)| reference(own.trim()))
        .collect()
}

fn triggers(
    source: &Source,
    nows: &mut [NowDefinition],
    gaps: &mut Vec<Gap>,
) -> Result<(), ReferenceError> {
    const FILE: &str = "now_triggers.csv";
    for row in source.table(FILE)?.rows() {
        let name = row.get("now")?;
        let Some(now) = nows.iter_mut().find(|own| own.name == name) else {
            return Err(row.bad("now"));
        };
        let trigger = reference(row.get("trigger")?);
        if !now.triggers.contains(&trigger) {
            now.triggers.push(trigger);
        }
        now.roots.extend(refs(row.get("roots")?));
        for prompt in row.list("split_by")? {
            if !now.split_by.contains(&prompt) {
                now.split_by.push(prompt);
            }
        }
        if row.flag("unverified")? {
            gaps.push(Gap::unverified(
                "a trigger of ours",
                FILE,
                row.number,
                format!("{name} is called for by {}", row.get("trigger")?),
            ));
        }
    }
    Ok(())
}

fn channel(delivery: &str) -> Option<Channel> {
    Some(match delivery {
        "1st class letter" => Channel::FirstClassPost,
        "2nd class letter" => Channel::SecondClassPost,
        own if own.starts_with("email") => Channel::Inbox,
        own if own.starts_with("no distribution") => Channel::FileOnly,
        _ => return None,
    })
}

fn recipient_source(row: Row<'_>) -> Result<RecipientSource, ReferenceError> {
    Ok(match row.get("recipient_source")? {
        "from case" => RecipientSource::Case(row.text("recipient_party")?),
        "from result prompts" => {
            let mut families = row.list("recipient_prompt_family")?;
            // The source names some the other way round: whose address it is comes first.
            families.sort_by_key(|family| {
                let family = family.to_lowercase();
                family.ends_with("address") && !family.contains("name")
            });
            RecipientSource::Prompts(families)
        }
        "fixed address in subscription" => RecipientSource::Fixed,
        "none" => RecipientSource::Nobody,
        _ => return Err(row.bad("recipient_source")),
    })
}

/// The answers that say which of several it is that the case knows.
fn chosen_by(row: Row<'_>) -> Result<Vec<String>, ReferenceError> {
    match recipient_source(row)? {
        RecipientSource::Case(_) => row.list("recipient_prompt_family"),
        _ => Ok(Vec::new()),
    }
}

fn subscription(row: Row<'_>) -> Result<Subscription, ReferenceError> {
    let side = |column: &str, mark: &str| -> Result<Vec<String>, ReferenceError> {
        Ok(row
            .list(column)?
            .iter()
            .filter_map(|own| own.strip_prefix(mark))
            .map(str::to_owned)
            .collect())
    };
    let results = |mark: &str| -> Result<Vec<ResultRef>, ReferenceError> {
        Ok(side("result_rules", mark)?
            .iter()
            .map(|own| reference(own))
            .collect())
    };
    let vocabulary: BTreeSet<String> = row.list("vocabulary_flags")?.into_iter().collect();
    if !vocabulary
        .iter()
        .all(|word| VOCABULARY.contains(&word.as_str()))
    {
        return Err(row.bad("vocabulary_flags"));
    }
    Ok(Subscription {
        name: row.text("subscription")?,
        for_edt: row.get("kind")? == "EDT",
        for_prison_register: row.get("kind")? == "PrisonCourtRegister",
        channel: channel(row.get("delivery")?).ok_or_else(|| row.bad("delivery"))?,
        source: recipient_source(row)?,
        chosen_by: Vec::new(),
        organisation_kind: None,
        vocabulary,
        included_results: results("in:")?,
        excluded_results: results("ex:")?,
        included_prompts: side("prompt_rules", "in:")?,
        excluded_prompts: side("prompt_rules", "ex:")?,
        rules_applied: row.flag("rules_applied")?,
        addresses: Vec::new(),
        user_groups: row.list("user_group_variants")?.into_iter().collect(),
        copies_party: None,
        acknowledges: BTreeSet::new(),
        requires: Vec::new(),
    })
}

fn recipients(
    source: &Source,
    nows: &mut [NowDefinition],
    subscriptions: &mut Vec<Subscription>,
    gaps: &mut Vec<Gap>,
) -> Result<(), ReferenceError> {
    for row in source.table(RECIPIENTS)?.rows() {
        let (action, name) = (row.get("action")?, row.get("subscription")?);
        let for_edt = row.get("kind")? == "EDT";
        match action {
            "add" => subscriptions.push(Subscription {
                name: name.to_owned(),
                for_edt,
                for_prison_register: false,
                channel: channel(row.get("delivery")?).ok_or_else(|| row.bad("delivery"))?,
                source: recipient_source(row)?,
                chosen_by: chosen_by(row)?,
                organisation_kind: row.value("organisation_kind")?,
                vocabulary: BTreeSet::new(),
                included_results: Vec::new(),
                excluded_results: Vec::new(),
                included_prompts: Vec::new(),
                excluded_prompts: Vec::new(),
                rules_applied: false,
                addresses: Vec::new(),
                user_groups: BTreeSet::new(),
                copies_party: row.some("copies_party")?,
                acknowledges: BTreeSet::new(),
                requires: Vec::new(),
            }),
            "replace" => {
                let own = subscriptions
                    .iter_mut()
                    .find(|own| own.name == name && own.for_edt == for_edt);
                let own = own.ok_or_else(|| row.bad("subscription"))?;
                own.channel = channel(row.get("delivery")?).ok_or_else(|| row.bad("delivery"))?;
                own.source = recipient_source(row)?;
                own.chosen_by = chosen_by(row)?;
                own.organisation_kind = row.value("organisation_kind")?;
            }
            "link" => {
                if !subscriptions.iter().any(|own| own.name == name) {
                    return Err(row.bad("subscription"));
                }
                let now = nows
                    .iter_mut()
                    .find(|own| Some(own.name.as_str()) == row.get("now").ok());
                now.ok_or_else(|| row.bad("now"))?
                    .subscriptions
                    .push(name.to_owned());
            }
            "organisation" => {
                let kind = row.value("organisation_kind")?;
                if !subscriptions.iter().any(|own| own.name == name) {
                    return Err(row.bad("subscription"));
                }
                for own in subscriptions.iter_mut().filter(|own| own.name == name) {
                    own.organisation_kind = kind;
                }
            }
            _ => return Err(row.bad("action")),
        }
        if row.flag("unverified")? {
            gaps.push(Gap::unverified(
                "a recipient of ours",
                RECIPIENTS,
                row.number,
                format!("{name}: {}", row.get("why")?),
            ));
        }
    }
    Ok(())
}

/// How long deliveries and their acknowledgements may take; the first row that
/// speaks of a delivery holds.
fn limits(
    source: &Source,
    subscriptions: &[Subscription],
    gaps: &mut Vec<Gap>,
) -> Result<Vec<DeliveryLimit>, ReferenceError> {
    const FILE: &str = "delivery_limits.csv";
    let mut limits = Vec::new();
    for row in source.table(FILE)?.rows() {
        let subscription = row.text("subscription")?;
        if subscription != "*" && !subscriptions.iter().any(|own| own.name == subscription) {
            return Err(row.bad("subscription"));
        }
        if row.flag("unverified")? {
            let what = format!("{subscription}: {}", row.get("why")?);
            gaps.push(Gap::unverified(
                "a limit of a delivery",
                FILE,
                row.number,
                what,
            ));
        }
        limits.push(DeliveryLimit {
            subscription,
            now: row.text("now")?,
            by_post: match row.get("channel")? {
                "" => None,
                "post" => Some(true),
                "inbox" => Some(false),
                _ => return Err(row.bad("channel")),
            },
            limits: Limits {
                delivered: row.value("minutes_to_delivered")?,
                acknowledged: row.value("minutes_to_acknowledged")?,
                urgent: row.flag("urgent")?,
            },
            of_urgent: row.flag("of_urgent_results")?,
        });
    }
    Ok(limits)
}
