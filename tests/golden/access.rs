//! Who may do what, as a table that people decided and as a matrix that is reviewed: a
//! change of one cell shows in the golden file, and a policy that the table does not know
//! does not pass.

use crate::expected::compare;
use access::{Access, Action, FLAGS, Facts, Who};
use reference::{BEFORE_ASSOCIATION, Catalogue};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::PathBuf,
};
use vocabulary::{AccountId, Group, OrganisationId, OrganisationKind};

/// Ways to stand to a case that the matrix goes through: the names of the facts that hold.
const RELATIONS: [&[&str]; 61] = [
    &[],
    &["prosecuting"],
    &["associated"],
    &["unrepresented"],
    &["recipient"],
    &["sitting"],
    &["permitted"],
    &["amender"],
    &["granted"],
    &["instructed"],
    &["assigned"],
    &["sensitive", "granted"],
    &["sensitive", "assigned"],
    &["prosecuting", "served"],
    &["associated", "served"],
    &["sensitive"],
    &["sensitive", "permitted"],
    &["sensitive", "reasoned"],
    &["sensitive", "prosecuting"],
    &["sensitive", "prosecuting", "reasoned"],
    &["sensitive", "associated"],
    &["sensitive", "sitting"],
    &["sensitive", "unrepresented"],
    &["sensitive", "unrepresented", "named"],
    &["sensitive", "unrepresented", "reasoned"],
    &["elsewhere"],
    &["elsewhere", "stated"],
    &["sensitive", "elsewhere", "stated"],
    &["elsewhere", "permitted"],
    &["sitting", "amender"],
    &["sensitive", "sitting", "permitted"],
    &["sensitive", "sitting", "reasoned"],
    // Who stands to it in two ways: what opens it in one is closed in the other.
    &["sensitive", "recipient"],
    &["elsewhere", "recipient"],
    &["sensitive", "elsewhere", "recipient"],
    &["sensitive", "sitting", "recipient"],
    &["sensitive", "prosecuting", "recipient"],
    &["sensitive", "prosecuting", "served"],
    &["sensitive", "associated", "served"],
    &["sensitive", "associated", "unrepresented"],
    &["sensitive", "granted", "unrepresented"],
    &["sensitive", "instructed"],
    &["sensitive", "instructed", "unrepresented"],
    &["sensitive", "assigned", "unrepresented"],
    &["sensitive", "assigned", "reasoned"],
    &["sensitive", "elsewhere"],
    &["sensitive", "elsewhere", "reasoned"],
    &["sensitive", "elsewhere", "permitted"],
    &["sensitive", "sitting", "amender"],
    &["sensitive", "sitting", "permitted", "amender"],
    &["elsewhere", "permitted", "amender"],
    &["associated", "unrepresented"],
    &["partly"],
    &["sensitive", "partly"],
    &["elsewhere", "partly"],
    &["sensitive", "elsewhere", "partly"],
    &["sensitive", "sitting", "partly"],
    // Who prosecutes, with permission: on the case, or on one defendant of it.
    &["sensitive", "prosecuting", "permitted"],
    &["sensitive", "prosecuting", "partly"],
    &["sensitive", "assigned", "permitted"],
    &["sensitive", "assigned", "partly"],
];

/// Groups of whoever prosecutes a case at the authority that brought it.
const PROSECUTE: [Group; 4] = [
    Group::Cps,
    Group::NonCpsProsecutors,
    Group::NonPoliceProsecutors,
    Group::SjpProsecutors,
];

fn standing(relation: &[&str]) -> Facts {
    let mut facts = Facts::default();
    for name in relation {
        let flag = FLAGS.iter().find(|flag| flag.name == *name);
        (flag.expect("a fact").set)(&mut facts, true);
    }
    facts
}

/// The facts that the table of decisions asks about for an action: whoever stands alike in these
/// gets one decision. That the policies ask about no other is shown by the random standings of the
/// other test.
fn asked_about(table: &[Row], action: Action) -> BTreeSet<&'static str> {
    let rows = || table.iter().filter(|row| row.action == action);
    let asked = |name: &str| {
        let named = |term: &String| term.strip_prefix("not ").unwrap_or(term) == name;
        rows().any(|row| row.relation.iter().any(named))
    };
    let names = FLAGS.iter().map(|flag| flag.name);
    names.filter(|name| asked(name)).collect()
}

/// Of each action, every relation of the matrix by what is asked about it, each once.
type Standings = Vec<(Action, BTreeMap<String, Facts>)>;

fn standings(table: &[Row]) -> Standings {
    let of = |action: Action| {
        let asked = asked_about(table, action);
        let relations = RELATIONS.iter().map(|relation| {
            let relation = relation.iter().filter(|name| asked.contains(*name));
            let relation: Vec<&str> = relation.copied().collect();
            let called = match relation[..] {
                [] if asked.is_empty() => "whoever it is".to_owned(),
                [] => "stranger".to_owned(),
                _ => relation.join("+"),
            };
            (called, standing(&relation))
        });
        relations.collect()
    };
    let actions = Action::ALL.iter();
    actions.map(|action| (*action, of(*action))).collect()
}

fn catalogue() -> Catalogue {
    Catalogue::embedded().expect("the catalogue")
}

fn of_sections(action: Action) -> bool {
    matches!(action, Action::ReadMaterial | Action::ServeMaterial)
}

fn of(groups: &[Group], kind: OrganisationKind) -> Who<'_> {
    Who {
        account: AccountId(uuid::Uuid::nil()),
        organisation: OrganisationId(uuid::Uuid::nil()),
        kind,
        groups,
    }
}

#[test]
fn who_may_do_what_is_as_it_was_reviewed() {
    let access = Access::embedded().expect("the policies");
    let sections = catalogue().sections;
    let table = table();
    let mut lines = BTreeSet::new();
    let (mut allowed, mut closed, mut refused) = (0, 0, 0);
    let mut cell =
        |groups: &[Group], kind, action: Action, relation: &str, facts: &Facts, section| {
            let decision = access.decide(of(groups, kind), action, facts);
            // What a policy closes to somebody whom another would let in.
            let opens = |row: &&Row| {
                let same = row.action == action && !row.forbids;
                same && row.holds(groups, kind, facts)
            };
            let closes = match decision.allowed {
                true => "",
                false if !decision.policies.is_empty() && table.iter().any(|row| opens(&row)) => {
                    "closed by "
                }
                false => {
                    refused += 1;
                    return;
                }
            };
            match decision.allowed {
                true => allowed += 1,
                false => closed += 1,
            }
            let action = action.as_str();
            let names: Vec<&str> = groups.iter().map(|group| group.as_str()).collect();
            let who = names.join(" and ");
            lines.insert(format!(
                "{who} | {kind} | {action}{section} | {relation} | {closes}{}",
                decision.policy()
            ));
        };
    let standings = standings(&table);
    for group in Group::ALL {
        for kind in group.kinds() {
            for (action, standings) in &standings {
                for (relation, facts) in standings {
                    let group = std::slice::from_ref(group);
                    if !of_sections(*action) {
                        cell(group, *kind, *action, relation, facts, String::new());
                        continue;
                    }
                    for section in &sections {
                        let facts = Facts {
                            readers: section.readers.clone(),
                            uploaders: section.uploaders.clone(),
                            ..facts.clone()
                        };
                        let of = format!(" {}", section.code);
                        cell(group, *kind, *action, relation, &facts, of);
                    }
                }
            }
        }
    }
    // What nobody may who is in one group alone.
    let prosecution = Action::GiveProsecutionAccess;
    let own = standings
        .iter()
        .filter(|(action, _)| *action == prosecution);
    for (relation, facts) in own.flat_map(|(_, standings)| standings) {
        for group in PROSECUTE {
            let both = [group, Group::OrganisationAdministrator];
            let none = String::new();
            cell(
                &both,
                OrganisationKind::Prosecutor,
                prosecution,
                relation,
                facts,
                none,
            );
        }
    }
    let mut text = format!(
        "Who may do what: group | organisation | action and section | relation to the case | \
         policy. What is not here is refused, because nothing permits it.\n\
         {allowed} cells allowed, {closed} closed by a policy although another permits it, \
         {refused} refused.\n"
    );
    for line in lines {
        writeln!(text, "{line}").expect("a line");
    }
    compare("access_matrix.txt", &text).unwrap();
}

/// One row of `reference/access_decisions.csv`.
struct Row {
    action: Action,
    forbids: bool,
    groups: Option<Vec<Group>>,
    kinds: Option<Vec<OrganisationKind>>,
    relation: Vec<String>,
    policy: String,
    rule: String,
    reason: String,
}

impl Row {
    fn holds(&self, groups: &[Group], kind: OrganisationKind, facts: &Facts) -> bool {
        let in_list = |list: &[String]| {
            groups
                .iter()
                .any(|own| list.iter().any(|n| n == own.as_str()))
        };
        let named = |own: &Vec<Group>| groups.iter().any(|group| own.contains(group));
        self.groups.as_ref().is_none_or(named)
            && self.kinds.as_ref().is_none_or(|own| own.contains(&kind))
            && self.relation.iter().all(|term| match term.as_str() {
                "any" => true,
                "in a group that prosecutes" => groups.iter().any(|own| PROSECUTE.contains(own)),
                "reads section" => in_list(&facts.readers),
                "serves into section" => in_list(&facts.uploaders),
                "prosecution reads section" => {
                    facts.readers.iter().any(|name| name == Group::Cps.as_str())
                }
                "reads section before association" => {
                    facts.readers.iter().any(|name| name == BEFORE_ASSOCIATION)
                }
                term => {
                    let (name, wanted) = match term.strip_prefix("not ") {
                        Some(name) => (name, false),
                        None => (term, true),
                    };
                    let flag = FLAGS.iter().find(|flag| flag.name == name);
                    let flag = flag.unwrap_or_else(|| panic!("{name} is no fact"));
                    (flag.get)(facts) == wanted
                }
            })
    }
}

fn reference() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../reference")
}

fn table() -> Vec<Row> {
    let text = fs::read_to_string(reference().join("access_decisions.csv")).unwrap();
    let rules = fs::read_to_string(reference().join("access_rules.csv")).unwrap();
    let list = |text: &str| -> Option<Vec<String>> {
        (text != "any").then(|| text.split("; ").map(str::to_owned).collect())
    };
    text.lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let [
                action,
                effect,
                groups,
                kinds,
                relation,
                policy,
                rule,
                reason,
            ] = cells[..]
            else {
                panic!("not eight cells: {line}");
            };
            assert!(!reason.is_empty(), "a decision has a reason: {line}");
            // It follows a published rule that there is, or is ours and says so.
            let published = rules.lines().any(|own| own.contains(&format!(",{rule},")));
            assert!(
                published || (rule == "ours" && reason.starts_with("ours")),
                "{line}"
            );
            Row {
                action: Action::named(action).unwrap_or_else(|| panic!("{action}?")),
                forbids: match effect {
                    "permit" => false,
                    "forbid" => true,
                    other => panic!("{other}?"),
                },
                groups: list(groups).map(|own| {
                    let named = |name: &String| Group::named(name).expect("a group");
                    own.iter().map(named).collect()
                }),
                kinds: list(kinds).map(|own| own.iter().map(|k| k.parse().unwrap()).collect()),
                relation: relation.split(" and ").map(str::to_owned).collect(),
                policy: policy.to_owned(),
                rule: rule.to_owned(),
                reason: reason.to_owned(),
            }
        })
        .collect()
}

/// A small generator, the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % sides
    }
}

#[test]
fn the_policies_decide_what_the_table_of_decisions_says() {
    let access = Access::embedded().expect("the policies");
    let table = table();
    let sections = catalogue().sections;
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let agree = |groups: &[Group], kind, action: Action, facts: &Facts| {
        let own = |forbids| -> BTreeSet<String> {
            table
                .iter()
                .filter(|row| row.action == action && row.forbids == forbids)
                .filter(|row| row.holds(groups, kind, facts))
                .map(|row| row.policy.clone())
                .collect()
        };
        let (permits, forbids) = (own(false), own(true));
        let said = access.decide_anew(of(groups, kind), action, facts);
        let found: BTreeSet<String> = said.policies.iter().cloned().collect();
        let context = format!("{groups:?} ({kind}), {}, {facts:?}", action.as_str());
        assert_eq!(
            said.allowed,
            !permits.is_empty() && forbids.is_empty(),
            "{context}"
        );
        let wanted = if forbids.is_empty() { permits } else { forbids };
        assert_eq!(found, wanted, "{context}");
    };
    let standings = standings(&table);
    // Every group in every kind of organisation, doing everything: as a stranger, and
    // standing to the thing in some random way.
    for group in Group::ALL {
        for kind in OrganisationKind::ALL {
            for action in Action::ALL {
                agree(&[*group], *kind, *action, &Facts::default());
                let mut facts = Facts::default();
                for flag in FLAGS {
                    (flag.set)(&mut facts, dice.roll(2) == 0);
                }
                let section = &sections[dice.roll(sections.len())];
                facts.readers = section.readers.clone();
                facts.uploaders = section.uploaders.clone();
                agree(&[*group], *kind, *action, &facts);
                // And as somebody who is in two groups, or in three.
                let mut groups = vec![*group];
                for _ in 0..1 + dice.roll(2) {
                    groups.push(Group::ALL[dice.roll(Group::ALL.len())]);
                }
                agree(&groups, *kind, *action, &facts);
            }
        }
        // Where its people work, every relation of the matrix.
        for kind in group.kinds() {
            for (action, standings) in &standings {
                for facts in standings.values() {
                    agree(&[*group], *kind, *action, facts);
                }
            }
        }
    }
    // And no policy stands in the table that there is not.
    for row in &table {
        let known = access.policies_of(row.action).any(|id| id == row.policy);
        assert!(
            known,
            "{} says nothing of {}",
            row.policy,
            row.action.as_str()
        );
    }
}

/// Whom an organisation may make what is among who works at organisations of its kind: the
/// matrix leaves out nobody whom an administrator can make.
#[test]
fn roles_that_organisations_give_are_in_the_matrix() {
    let people = catalogue().people;
    for kind in OrganisationKind::ALL {
        for group in people.held(*kind) {
            assert!(group.works_at(*kind), "{group} at {kind}");
        }
    }
}

/// Groups of each published rule, in our spelling.
fn published() -> BTreeMap<String, BTreeSet<Group>> {
    let rules = fs::read_to_string(reference().join("access_rules.csv")).unwrap();
    let mut published: BTreeMap<String, BTreeSet<Group>> = BTreeMap::new();
    for line in rules.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let groups = cells[3]
            .split(';')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let groups = groups.map(|name| Group::named(name).expect("a group"));
        published
            .entry(cells[2].to_owned())
            .or_default()
            .extend(groups);
    }
    published
}

#[test]
fn what_is_said_to_be_as_published_is_and_whoever_is_left_out_is_named_with_the_reason() {
    let published = published();
    let table = table();
    let permits = || table.iter().filter(|row| !row.forbids);
    let given = |action: Action| -> Option<BTreeSet<Group>> {
        let rows = permits().filter(|row| row.action == action);
        let groups = rows.map(|row| row.groups.clone());
        let groups: Option<Vec<_>> = groups.collect();
        groups.map(|groups| groups.into_iter().flatten().collect())
    };
    for row in permits().filter(|row| row.reason.starts_with("as published")) {
        let rule = &published[&row.rule];
        let groups = row.groups.as_ref().expect("a rule for everybody is ours");
        let wider: Vec<&Group> = groups.iter().filter(|own| !rule.contains(own)).collect();
        assert!(
            wider.is_empty(),
            "{}: {wider:?} by {}",
            row.policy,
            row.rule
        );
    }
    // What the rules give and this table does not, each with why.
    let text = fs::read_to_string(reference().join("access_left_out.csv")).unwrap();
    let mut left_out: BTreeMap<(String, String), BTreeSet<Group>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [action, rule, groups, reason] = cells[..] else {
            panic!("not four cells: {line}");
        };
        assert!(reason.len() > 10, "{line}");
        let own = left_out
            .entry((action.to_owned(), rule.to_owned()))
            .or_default();
        own.extend(
            groups
                .split("; ")
                .map(|name| Group::named(name).expect("a group")),
        );
    }
    let mut found = BTreeMap::new();
    for row in permits().filter(|row| row.rule != "ours") {
        // What everybody may leaves out nobody.
        let Some(given) = given(row.action) else {
            continue;
        };
        let missing: BTreeSet<Group> = published[&row.rule].difference(&given).copied().collect();
        if !missing.is_empty() {
            found.insert((row.action.as_str().to_owned(), row.rule.clone()), missing);
        }
    }
    assert_eq!(found, left_out);
}

#[test]
fn every_group_of_the_published_rules_is_known() {
    let rules = fs::read_to_string(reference().join("access_rules.csv")).unwrap();
    let mut names = BTreeSet::new();
    for line in rules.lines().skip(1) {
        // The groups are the fourth cell; commas stand in none before it.
        let groups = line.split(',').nth(3).unwrap_or_default();
        names.extend(
            groups
                .split(';')
                .map(str::trim)
                .filter(|name| !name.is_empty()),
        );
    }
    assert_eq!(names.len(), 47, "{names:?}");
    for name in names {
        assert!(Group::named(name).is_some(), "{name}");
    }
}

#[test]
fn deciding_on_many_is_deciding_on_each() {
    let access = Access::embedded().expect("the policies");
    let sections = catalogue().sections;
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    // Somebody in one group to three, of any kind of organisation, who reads or serves or does
    // anything else: 6,000 requests, of which some are decided each way.
    let mut allowed = 0;
    for round in 0..120 {
        let groups: Vec<Group> = (0..=dice.roll(3))
            .map(|_| Group::ALL[dice.roll(Group::ALL.len())])
            .collect();
        let kinds = groups[0].kinds();
        let kind = match dice.roll(4) {
            0 => OrganisationKind::ALL[dice.roll(OrganisationKind::ALL.len())],
            _ => kinds[dice.roll(kinds.len())],
        };
        let action = match round % 3 {
            0 => Action::ReadMaterial,
            1 => Action::ServeMaterial,
            _ => Action::ALL[dice.roll(Action::ALL.len())],
        };
        let mut facts = Facts::default();
        for flag in FLAGS {
            (flag.set)(&mut facts, dice.roll(3) == 0);
        }
        let mut many = access.many(of(&groups, kind), action);
        for _ in 0..50 {
            let place = dice.roll(sections.len());
            let of_other = dice.roll(2) == 0;
            let facts = || Facts {
                associated: facts.associated && !of_other,
                readers: sections[place].readers.clone(),
                uploaders: sections[place].uploaders.clone(),
                ..facts.clone()
            };
            let naive = access.decide_anew(of(&groups, kind), action, &facts());
            allowed += usize::from(naive.allowed);
            assert_eq!(many.allows((place, of_other), facts), naive.allowed);
            let remembered = access.decide(of(&groups, kind), action, &facts());
            assert_eq!(remembered, naive);
        }
    }
    assert!((200..5_800).contains(&allowed), "{allowed} of 6,000");
}
