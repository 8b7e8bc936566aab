//! What `now_without.csv` says is printed on another document is printed there: each result of
//! a `part` row is recorded beside a result that calls for a document, under it where the
//! catalogue lets it stand there, and the document that the server would make has it.

use crate::{
    answers::line,
    called::{ask, sitting},
    printouts::{ADVISER, court},
};
use app::App;
use contract::hearing::{self, HearingView, Preview, PreviewDocument};
use domain::{
    now::{NowDefinition, ResultRef},
    result::{ChildTarget, ResultDefinition},
};
use vocabulary::{Day, HearingId};

/// So many results may stand one under the other.
const DEPTH: usize = 4;

#[tokio::test]
async fn what_is_said_to_be_printed_on_another_document_is_printed_on_it() {
    let court = court().await;
    let app = &court.state.app;
    let hearings = [
        sitting(app, |_| true).await,
        sitting(app, |one| one.age.is_some_and(|age| age < 18)).await,
    ];
    let day = ask(
        app,
        hearing::View {
            hearing_id: hearings[0],
        },
    )
    .await
    .day;
    let here = in_force(app, day);
    let (parts, otherwise) = (rows(true), rows(false));
    let named = |refs: &[ResultRef], own: &ResultDefinition| {
        refs.iter().any(|one| one.names_definition(own))
    };
    let (mut tried, mut nowhere) = (0, Vec::new());
    for own in &here {
        // The name of a group is not printed beside what was chosen of it.
        if named(&parts, own) && !named(&otherwise, own) && !own.only_names_a_group() {
            tried += 1;
            if !printed_somewhere(app, &hearings, &here, own).await {
                nowhere.push(format!("{}: {}", own.code, own.label));
            }
        }
    }
    assert!(tried > 150, "{tried}");
    assert!(nowhere.is_empty(), "{}", nowhere.join("\n"));
}

/// The results of the rows that say so; or, of other rows, those that are named by their code:
/// such a row is about one result of a group, whatever another says of the whole group.
fn rows(part: bool) -> Vec<ResultRef> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../reference/now_without.csv");
    let table = std::fs::read_to_string(file).expect("the table");
    let rows = table.lines().skip(1).filter_map(|row| {
        let (results, rest) = row.split_once(',')?;
        (rest.starts_with("part,") == part).then_some(results)
    });
    let named = rows.flat_map(|results| results.split("; "));
    named
        .filter_map(|own| match own.strip_prefix("group:") {
            Some(group) => part.then(|| ResultRef::Group(group.to_owned())),
            None => Some(ResultRef::Code(own.to_owned())),
        })
        .collect()
}

/// The results of a day, of whichever court.
fn in_force(app: &App, day: Day) -> Vec<&ResultDefinition> {
    let results = &app.catalogue.results;
    let current = |own: &&ResultDefinition| {
        let found = results.by_code(&own.code, day);
        found.is_some_and(|one| one.id == own.id)
    };
    results.definitions().iter().filter(current).collect()
}

async fn printed_somewhere(
    app: &App,
    hearings: &[HearingId],
    here: &[&ResultDefinition],
    part: &ResultDefinition,
) -> bool {
    let names = |refs: &[ResultRef], own: &ResultDefinition| {
        refs.iter()
            .any(|one| *one != ResultRef::Any && one.names_definition(own))
    };
    let made = app.catalogue.nows.iter();
    let made = made.filter(|now| !now.subscriptions.is_empty());
    for now in made {
        let named = names(&now.roots, part) || names(&now.children, part);
        for trigger in here.iter().filter(|own| names(&now.triggers, own)) {
            let under = way_to(here, trigger, part);
            let under_it = now.children_cut_short && under.is_some();
            if !(named || under_it || trigger.id == part.id) {
                continue;
            }
            for &hearing_id in hearings {
                let room = ask(app, hearing::View { hearing_id }).await;
                let way = under.as_deref().unwrap_or_default();
                let lines = lines(app, &room, (now, here), trigger, (way, part)).await;
                let answer = ask(app, Preview { hearing_id, lines }).await;
                if answer.documents.iter().any(|own| prints(own, now, part)) {
                    return true;
                }
            }
        }
    }
    false
}

/// What stands between the two, if the catalogue lets the second stand under the first.
fn way_to<'a>(
    here: &[&'a ResultDefinition],
    from: &'a ResultDefinition,
    to: &ResultDefinition,
) -> Option<Vec<&'a ResultDefinition>> {
    let mut ways = vec![vec![from]];
    for _ in 0..DEPTH {
        let mut longer = Vec::new();
        for way in ways {
            for child in children(here, way[way.len() - 1]) {
                if child.id == to.id {
                    return Some(way[1..].to_vec());
                }
                if !way.iter().any(|own| own.id == child.id) {
                    longer.push([way.as_slice(), &[child]].concat());
                }
            }
        }
        ways = longer;
    }
    None
}

fn children<'a>(
    here: &[&'a ResultDefinition],
    own: &ResultDefinition,
) -> Vec<&'a ResultDefinition> {
    let rules = own.children.iter();
    let there = rules.filter_map(|child| {
        here.iter().copied().find(|one| match &child.target {
            ChildTarget::Code(code) => one.code.eq_ignore_ascii_case(code),
            ChildTarget::Id(id) => one.id == *id,
        })
    });
    there.collect()
}

/// The result that calls for the document, what its recipients ask for, and the part.
async fn lines(
    app: &App,
    room: &HearingView,
    (now, here): (&NowDefinition, &[&ResultDefinition]),
    trigger: &ResultDefinition,
    (way, part): (&[&ResultDefinition], &ResultDefinition),
) -> Vec<hearing::Line> {
    let under = !way.is_empty() || children(here, trigger).iter().any(|own| own.id == part.id);
    let mut lines = vec![line((app, ADVISER), room, trigger, (None, 0), true).await];
    let mut parent = under.then(|| lines[0].line_id);
    for own in way.iter().copied().chain([part]) {
        if own.id != trigger.id {
            let next = line((app, ADVISER), room, own, (parent, lines.len()), true).await;
            parent = parent.and(Some(next.line_id));
            lines.push(next);
        }
    }
    let wanted = app.catalogue.subscriptions.iter();
    let wanted = wanted
        .filter(|own| own.rules_applied && now.subscriptions.contains(&own.name))
        .flat_map(|own| &own.included_results);
    for one in wanted {
        if let Some(own) = here.iter().find(|own| one.names_definition(own)) {
            let next = line((app, ADVISER), room, own, (None, lines.len()), true).await;
            lines.push(next);
        }
    }
    lines
}

/// Whether the result stands in this document, as a result or in its list of conditions.
fn prints(document: &PreviewDocument, now: &NowDefinition, part: &ResultDefinition) -> bool {
    let said = serde_json::to_string(&document.view.legal).expect("a document");
    let label = serde_json::to_string(&part.label).expect("a label");
    document.view.now_name == now.name && said.contains(&format!("\"label\":{label}"))
}
