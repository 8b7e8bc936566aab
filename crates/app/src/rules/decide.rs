//! Lowering rules from a screen: by whoever runs the service, who has proved lately who they
//! are. It is in force for every hearing of every court, and asks no less than sharing does.

use super::{Written, append, lowered};
use crate::{App, Caller, Error, UseCase, account::proof::must_be_proven, relation};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::rules::{
    List, Lower, LowerTo, Restore, RuleList, RuleLowered, RuleSeverity, RuleView,
};
use domain::{
    result::LawTables,
    rules::{LoweredRules, RulesEvent, Severities, lower_rule, restore_rule, severities},
    validator::Lowered,
};

#[async_trait]
impl UseCase for List {
    /// As they stand now.
    async fn answer(self, app: &App, who: &Caller) -> Result<RuleList, Error> {
        must(app, who)?;
        Ok(present(
            &app.catalogue.results.law,
            lowered(app).await?.as_ref(),
        ))
    }
}

#[async_trait]
impl UseCase for Lower {
    /// From the next check on, on every server.
    async fn answer(self, app: &App, who: &Caller) -> Result<RuleList, Error> {
        must(app, who)?;
        let person = who.person()?;
        must_be_proven(app, person)?;
        let to = match self.to {
            LowerTo::Off => Lowered::Off,
            LowerTo::Warning => Lowered::Warning,
        };
        let now = lowered(app).await?;
        let law = &app.catalogue.results.law;
        let by = &person.account.name;
        let event = lower_rule(law, &now, (&self.rule, to), by, &self.reason)?;
        record(app, who, &now, event).await
    }
}

#[async_trait]
impl UseCase for Restore {
    /// It is again what its table says.
    async fn answer(self, app: &App, who: &Caller) -> Result<RuleList, Error> {
        must(app, who)?;
        let person = who.person()?;
        must_be_proven(app, person)?;
        let now = lowered(app).await?;
        let event = restore_rule(&now, &self.rule, &person.account.name, &self.reason)?;
        record(app, who, &now, event).await
    }
}

/// Records it, and answers the list as it is then.
async fn record(
    app: &App,
    who: &Caller,
    now: &LoweredRules,
    event: RulesEvent,
) -> Result<RuleList, Error> {
    let at = app.chance.now();
    let then = LoweredRules::fold(Some(now.clone()), &event, at);
    let answer = present(&app.catalogue.results.law, &then);
    let written = Written {
        command: who.command,
        moment: who.person()?.moment(at),
        answer: serde_json::to_value(answer)?,
    };
    Ok(serde_json::from_value(
        append(app, now, event, written).await?,
    )?)
}

fn must(app: &App, who: &Caller) -> Result<(), Error> {
    let facts = Facts::default();
    relation::must(app, who.person()?, Action::LowerRules, &facts).map(|_| ())
}

fn present(law: &LawTables, lowered: &LoweredRules) -> RuleList {
    let view = |own: Severities| RuleView {
        by_table: severity(own.table),
        now: severity(own.now),
        lowered: lowering(lowered, &own.rule),
        to: [
            (Lowered::Warning, LowerTo::Warning),
            (Lowered::Off, LowerTo::Off),
        ]
        .into_iter()
        .filter(|(to, _)| *to < own.now)
        .map(|(_, to)| to)
        .collect(),
        rule: own.rule,
        says: own.about,
        source: own.source,
    };
    RuleList {
        rules: severities(law, lowered).into_iter().map(view).collect(),
    }
}

/// Who lowered a rule; none if nobody did.
pub(crate) fn lowering(lowered: &LoweredRules, rule: &str) -> Option<RuleLowered> {
    let (name, own) = lowered.of_name(rule)?;
    Some(RuleLowered {
        to: match own.to {
            Lowered::Off => LowerTo::Off,
            Lowered::Warning => LowerTo::Warning,
            // The command line may record it; nothing is lower for it.
            Lowered::Error => return None,
        },
        rule: name.to_owned(),
        by: own.by.clone(),
        at: own.at,
        reason: own.reason.clone(),
    })
}

fn severity(own: Lowered) -> RuleSeverity {
    match own {
        Lowered::Off => RuleSeverity::Off,
        Lowered::Warning => RuleSeverity::Warning,
        Lowered::Error => RuleSeverity::Error,
    }
}
