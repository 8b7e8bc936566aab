//! The lines of a hearing day in their places, with what was found so far: what
//! every rule of the check works on. It looks up; it decides nothing.

use super::{DefendantInHearing, Finding, HearingFacts, OffenceInHearing};
use crate::result::{
    CheckRule, DecidedBy, LawTables, Level, Limit, Node, ResultCatalogue, ResultDefinition,
    ResultLine, Tree,
};
use std::collections::{HashMap, HashSet};
use vocabulary::{Day, DefendantId, OffenceId, Severity};

/// A line whose definition is known.
pub(super) type Known<'a> = (Node<'a>, &'a ResultDefinition);

/// The lines in their places, and what was found so far. Nothing here is searched
/// line by line: a day of thirty defendants has two thousand lines.
pub(super) struct Sheet<'a> {
    pub(super) catalogue: &'a ResultCatalogue,
    pub(super) hearing: &'a HearingFacts,
    pub(super) tree: Tree<'a>,
    pub(super) findings: Vec<Finding>,
    known: Vec<Known<'a>>,
    by_defendant: HashMap<DefendantId, Vec<usize>>,
    /// By the person's first defendant.
    by_person: HashMap<DefendantId, Vec<usize>>,
    by_target: HashMap<(DefendantId, Option<OffenceId>), Vec<usize>>,
    places: HashSet<(&'a str, DefendantId, Option<OffenceId>)>,
    anywhere: HashSet<(&'a str, DefendantId)>,
    offences: HashMap<OffenceId, &'a OffenceInHearing>,
    defendants: HashMap<DefendantId, &'a DefendantInHearing>,
    said: HashSet<(String, String, DefendantId, Option<OffenceId>)>,
}

/// A finding in the making: severity, rule, sentence and next step.
pub(super) struct Found<'a> {
    pub(super) severity: Severity,
    pub(super) code: &'a str,
    pub(super) message: String,
    pub(super) hint: String,
    pub(super) field: Option<String>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(
        catalogue: &'a ResultCatalogue,
        lines: &'a [ResultLine],
        hearing: &'a HearingFacts,
    ) -> Self {
        let tree = Tree::new(catalogue, lines, hearing.day);
        let known: Vec<Known<'a>> = tree
            .nodes
            .iter()
            .filter_map(|node| Some((*node, node.definition?)))
            .collect();
        let people = hearing.defendants.iter().map(|own| (own.id, own.person));
        let people: HashMap<DefendantId, DefendantId> = people.collect();
        let mut by_defendant: HashMap<_, Vec<usize>> = HashMap::new();
        let mut by_person: HashMap<_, Vec<usize>> = HashMap::new();
        let mut by_target: HashMap<_, Vec<usize>> = HashMap::new();
        let mut places = HashSet::new();
        let mut anywhere = HashSet::new();
        for (at, (node, own)) in known.iter().enumerate() {
            let (defendant, offence) = (node.line.defendant, node.line.offence);
            by_defendant.entry(defendant).or_default().push(at);
            let person = people.get(&defendant).copied().unwrap_or(defendant);
            by_person.entry(person).or_default().push(at);
            by_target.entry((defendant, offence)).or_default().push(at);
            let code = own.code.as_str();
            places.insert((code, defendant, offence));
            if own.level != Level::Offence {
                // What is ordered once serves every offence.
                places.insert((code, defendant, None));
            }
            anywhere.insert((code, defendant));
        }
        Self {
            catalogue,
            hearing,
            tree,
            findings: Vec::new(),
            known,
            by_defendant,
            by_person,
            by_target,
            places,
            anywhere,
            offences: hearing.offences.iter().map(|own| (own.id, own)).collect(),
            defendants: hearing.defendants.iter().map(|own| (own.id, own)).collect(),
            said: HashSet::new(),
        }
    }

    /// Records a finding about a line, once; what it rests on is its rule's source.
    pub(super) fn on_line(&mut self, line: &ResultLine, found: Found<'_>) {
        let source = self.source_of(found.code);
        self.citing(line, source, found);
    }

    /// The same, resting on the source that is named.
    pub(super) fn citing(&mut self, line: &ResultLine, source: Option<String>, found: Found<'_>) {
        self.push(Finding {
            line: Some(line.id),
            defendant: line.defendant,
            offence: line.offence,
            severity: found.severity,
            code: found.code.to_owned(),
            message: found.message,
            hint: found.hint,
            field: found.field,
            source,
        });
    }

    pub(super) fn push(&mut self, finding: Finding) {
        // Two lines that ask for the same thing on the same offence ask once.
        let once = (
            finding.code.clone(),
            finding.message.clone(),
            finding.defendant,
            finding.offence,
        );
        if self.said.insert(once) {
            self.findings.push(finding);
        }
    }

    fn source_of(&self, code: &str) -> Option<String> {
        let law = &self.catalogue.law;
        let own = law.rules.get(code).map(|rule| &rule.source);
        let published = || {
            let rule = law.validator.iter().find(|rule| rule.id == code);
            rule.map(|rule| &rule.rests_on)
        };
        own.or_else(published)
            .filter(|text| !text.is_empty())
            .cloned()
    }

    /// The lines whose definition is known.
    pub(super) fn known(&self) -> Vec<Known<'a>> {
        self.known.clone()
    }

    /// Those of one defendant.
    pub(super) fn of(&self, defendant: DefendantId) -> impl Iterator<Item = Known<'a>> + '_ {
        let at = self.by_defendant.get(&defendant);
        at.into_iter().flatten().map(|at| self.known[*at])
    }

    /// Those of the same person in every case before the court: whoever is sentenced in two cases
    /// on one occasion is sentenced once.
    pub(super) fn of_person(&self, defendant: DefendantId) -> impl Iterator<Item = Known<'a>> + '_ {
        let at = self.by_person.get(&self.person(defendant));
        at.into_iter().flatten().map(|at| self.known[*at])
    }

    /// The first defendant of the same person.
    pub(super) fn person(&self, defendant: DefendantId) -> DefendantId {
        self.defendant(defendant)
            .map_or(defendant, |own| own.person)
    }

    /// The defendants, each person once.
    pub(super) fn people(&self) -> impl Iterator<Item = &'a DefendantInHearing> + use<'a> {
        let all = self.hearing.defendants.iter();
        all.filter(|own| own.person == own.id)
    }

    /// Those of one defendant on one offence, or on none.
    pub(super) fn at(
        &self,
        defendant: DefendantId,
        offence: Option<OffenceId>,
    ) -> impl Iterator<Item = Known<'a>> + '_ {
        let at = self.by_target.get(&(defendant, offence));
        at.into_iter().flatten().map(|at| self.known[*at])
    }

    /// The known lines whose result one side of a rule names.
    pub(super) fn named(&self, side: &[String]) -> Vec<Known<'a>> {
        let named = |(_, own): &&Known<'a>| names(side, own);
        self.known.iter().filter(named).copied().collect()
    }

    /// Is a result of this side typed for this defendant on this offence?
    pub(super) fn has_at(&self, line: &ResultLine, side: &[String]) -> bool {
        self.at(line.defendant, line.offence)
            .any(|(_, own)| names(side, own))
    }

    /// Is a result of this side typed for this person, wherever?
    pub(super) fn has(&self, defendant: DefendantId, side: &[String]) -> bool {
        self.of_person(defendant).any(|(_, own)| names(side, own))
    }

    /// Is this result typed where it would serve this line?
    pub(super) fn serves(&self, code: &str, line: &ResultLine) -> bool {
        match line.offence {
            None => self.anywhere.contains(&(code, line.defendant)),
            offence => {
                self.places.contains(&(code, line.defendant, offence))
                    || self.places.contains(&(code, line.defendant, None))
            }
        }
    }

    /// The rule of this name, if it is asked of this hearing.
    pub(super) fn rule(&self, id: &str) -> Option<CheckRule> {
        let rule = self.catalogue.law.rules.get(id)?;
        rule.asked.on(self.hearing.day).then(|| rule.clone())
    }

    pub(super) fn offence(&self, id: Option<OffenceId>) -> Option<&'a OffenceInHearing> {
        self.offences.get(&id?).copied()
    }

    pub(super) fn defendant(&self, id: DefendantId) -> Option<&'a DefendantInHearing> {
        self.defendants.get(&id).copied()
    }

    /// The day of conviction: the recorded one, or today.
    pub(super) fn convicted_on(&self, offence: Option<OffenceId>) -> Day {
        self.offence(offence)
            .and_then(|own| own.convicted_on)
            .unwrap_or(self.hearing.day)
    }

    /// The day that chooses a row for this offence.
    pub(super) fn decides(&self, by: DecidedBy, offence: Option<OffenceId>) -> Option<Day> {
        match by {
            DecidedBy::Offence => self.offence(offence)?.committed_on,
            DecidedBy::Conviction => Some(self.convicted_on(offence)),
            DecidedBy::Order => Some(self.hearing.day),
        }
    }

    /// The limit of this name for this offence, by the date that its rows go by.
    pub(super) fn limit(&self, name: &str, offence: Option<OffenceId>) -> Option<&'a Limit> {
        self.catalogue
            .law
            .limit(name, |by| self.decides(by, offence))
    }

    /// Is it still to be tried?
    pub(super) fn untried(&self, offence: &OffenceInHearing) -> bool {
        untried(&self.catalogue.law, offence)
    }

    /// Is guilt of it recorded? A verdict counts before the plea that stood until then.
    pub(super) fn guilty(&self, offence: &OffenceInHearing) -> bool {
        match offence.verdict.as_deref() {
            Some(verdict) if verdict != NO_VERDICT => {
                verdict.starts_with("GUILTY") || verdict.starts_with("NOT_GUILTY_BUT_GUILTY")
            }
            _ => offence
                .plea
                .as_ref()
                .is_some_and(|plea| self.catalogue.law.guilty_pleas.contains(plea)),
        }
    }
}

/// The category type of what is no verdict: a jury that could not agree.
const NO_VERDICT: &str = "NO_VERDICT";

/// Is it still to be tried: neither admitted nor found, nor convicted or ended before?
pub(super) fn untried(law: &LawTables, offence: &OffenceInHearing) -> bool {
    let admitted = offence
        .plea
        .as_ref()
        .is_some_and(|plea| law.guilty_pleas.contains(plea));
    let found = offence
        .verdict
        .as_ref()
        .is_some_and(|verdict| verdict != NO_VERDICT);
    !admitted && !found && offence.convicted_on.is_none() && !offence.already_disposed
}

/// Does one side of a rule name this result?
pub(super) fn names(side: &[String], own: &ResultDefinition) -> bool {
    CheckRule::names(side, &own.code, &own.groups)
}

/// Do two lines speak of the same thing: the same defendant and, where both
/// name one, the same offence?
pub(super) fn same_target(one: &ResultLine, other: &ResultLine) -> bool {
    one.defendant == other.defendant
        && (one.offence == other.offence || one.offence.is_none() || other.offence.is_none())
}
