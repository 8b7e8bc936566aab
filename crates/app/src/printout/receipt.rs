//! Receipts of service: what was served, by whom, on whom, and who opened it, from
//! the record alone. Whether that is service in law is for the court to say.

use super::{
    compose::{Content, finished, heading},
    make::{self, Made},
};
use crate::{
    App, Error,
    caller::SignedIn,
    case::{present, veil},
    relation,
};
use access::{Action, Facts};
use contract::{
    Problem,
    document::{Block, CellPart, Fact, TableColumn},
};
use domain::{
    Event, Recorded, Stream, StreamKind,
    account::Organisation,
    case::{Case, Material},
    document::Document,
    reading::ReadingEvent,
};
use std::collections::BTreeMap;
use vocabulary::{DefendantId, DocumentId, Instant, MaterialId, OrganisationId};

const NAME: &str = "Receipt of service";

/// The receipt of a paper, for whoever served it and for the court.
pub(super) async fn of_material(
    app: &App,
    person: &SignedIn,
    id: MaterialId,
) -> Result<Made, Error> {
    let case = match app.index.case_of_material(id).await? {
        Some(case) => app.ledger.case(case).await?,
        None => None,
    };
    let case = case.ok_or_else(Problem::not_found)?;
    let material = case.materials.iter().find(|m| m.id == id);
    let material = material.ok_or_else(Problem::not_found)?;
    let facts = of_paper(app, person, &case, material);
    let decision = veil::must_open(app, person, Action::ReadReceipt, &facts, [case.as_ref()])?;
    if !facts.served {
        relation::must_see(app, person, Action::ReadMaterial, &facts)?;
    }

    let organisations = app.index.organisations().await?;
    let concerned = |id: DefendantId| material.defendant_id.is_none_or(|only| only == id);
    let mut key_facts = vec![
        Fact::new("Case reference", case.urn.to_string()),
        Fact::new("What was served", material.name.clone()),
        Fact::new("Section of the case file", material.section.clone()),
    ];
    let names: Vec<String> = case
        .defendants
        .iter()
        .filter(|defendant| concerned(defendant.charged.id))
        .map(|defendant| defendant.charged.party.name())
        .collect();
    key_facts.push(Fact::new("In the case of", names.join(", ")));
    key_facts.extend(of_file(material));
    key_facts.push(Fact::new("Served by", material.organisation_name.clone()));
    key_facts.push(Fact::new("Served", moment(material.at)));

    let mut blocks = vec![served_on(app, &case, material, &organisations).await?];
    blocks.extend(openings(app, &case, id, &organisations).await?);
    let content = Content {
        about: material.name.clone(),
        case_references: vec![case.urn.to_string()],
        key_facts,
        values: vec![("paperName", material.name.clone())],
        blocks,
        ..Content::default()
    };
    receipt(
        app,
        person,
        &case,
        content,
        (&material.name, decision.policy()),
    )
    .await
}

/// Facts about the receipt of a paper: about its section, and whether they served it.
fn of_paper(app: &App, person: &SignedIn, case: &Case, material: &Material) -> Facts {
    Facts {
        served: material.organisation == person.organisation.id,
        ..relation::to_section(app, person, case, material.defendant_id, &material.section)
    }
}

/// Whether somebody has the receipt of a paper. It names the paper: whoever did not serve it
/// themselves has it only if the section is theirs to read.
pub(super) fn has(app: &App, person: &SignedIn, case: &Case, material: &Material) -> bool {
    let facts = of_paper(app, person, case, material);
    let may = |action| relation::may(app, person, action, &facts).allowed;
    may(Action::ReadReceipt) && (facts.served || may(Action::ReadMaterial))
}

/// The receipt of a notice, order or warrant, for the court.
pub(super) async fn of_document(
    app: &App,
    person: &SignedIn,
    id: DocumentId,
) -> Result<Made, Error> {
    let document = app.ledger.document(id).await?;
    let document = document.ok_or_else(Problem::not_found)?;
    let action = Action::ReadReceipt;
    let (cases, decision) = veil::must_open_document(app, person, action, &document).await?;
    let case = cases.first(&document)?;

    let defendant = case.defendant(document.defendant_id);
    let name = defendant
        .map(|d| d.charged.party.name())
        .unwrap_or_default();
    let mut key_facts = vec![
        Fact::new("Case reference", case.urn.to_string()),
        Fact::new("What was sent", document.name.clone()),
        Fact::new("In the case of", name),
        Fact::new("Document", document.id.to_string()),
        Fact::new("Asked for", moment(document.requested_at)),
    ];
    if let (Some(sha256), Some(bytes)) = (&document.sha256, document.bytes) {
        // Made here, so it may be opened here.
        let file = app.objects.get(sha256).await?;
        let pages = file.and_then(|file| documents::pages(&file));
        key_facts.extend(pages.map(|pages| Fact::new("Pages", pages.to_string())));
        key_facts.push(Fact::new("Size", format!("{bytes} bytes")));
        key_facts.push(Fact::new("SHA-256", sha256.clone()));
    }
    if let Some(superseded) = &document.superseded {
        key_facts.push(Fact::new("No longer stands since", moment(superseded.at)));
    }
    let all: Vec<&Case> = cases.of(&document).collect();
    let content = Content {
        about: document.name.clone(),
        case_references: all.iter().map(|case| case.urn.to_string()).collect(),
        key_facts,
        values: vec![("paperName", document.name.clone())],
        blocks: deliveries(&document).into_iter().collect(),
        ..Content::default()
    };
    let under = (document.name.as_str(), decision.policy());
    let made = receipt(app, person, case, content, under).await?;
    Ok(Made {
        cases: all.iter().map(|case| case.id).collect(),
        ..made
    })
}

async fn receipt(
    app: &App,
    person: &SignedIn,
    case: &Case,
    content: Content,
    (served, policy): (&str, String),
) -> Result<Made, Error> {
    let first = match case.hearings.first() {
        Some(id) => app.ledger.hearing(*id).await?,
        None => None,
    };
    let organisations = app.index.organisations().await?;
    let court = first.as_ref().and_then(|hearing| {
        let of = |o: &&Organisation| o.court.as_ref().is_some_and(|c| c.id == hearing.court_id);
        organisations.iter().find(of)
    });
    let name = first
        .as_ref()
        .map_or("The court", |h| h.court_name.as_str());
    let of = (heading(court, name), first.as_ref().map(|h| h.jurisdiction));
    let view = finished(app, person, app.chance.now(), NAME, of, content)?;
    Ok(Made {
        content: make::Content::View(Box::new(view)),
        name: NAME.to_owned(),
        file: format!("{NAME}, {served}, {}", case.urn),
        about: case.id.0,
        cases: vec![case.id],
        policy,
    })
}

/// Type, size and hash of a file. Its pages are not counted: nobody here opens what
/// others sent, and the hash says what was served to the byte.
fn of_file(material: &Material) -> [Fact; 3] {
    [
        Fact::new("Type", material.mime.clone()),
        Fact::new("Size", format!("{} bytes", material.bytes)),
        Fact::new("SHA-256", material.sha256.clone()),
    ]
}

/// Who was entitled to it when it was served, by the section it was served in.
async fn served_on(
    app: &App,
    case: &Case,
    material: &Material,
    organisations: &[Organisation],
) -> Result<Block, Error> {
    let section = app.catalogue.section(&material.section);
    let reads = |group: &str| {
        section.is_some_and(|section| section.readers.iter().any(|reader| reader == group))
    };
    let mut rows: Vec<Vec<Vec<CellPart>>> = Vec::new();
    let mut row = |who: &str, of: &str, how: String| {
        let cells = [who, of, how.as_str()];
        rows.push(cells.map(|text| vec![CellPart::plain(text)]).to_vec());
    };
    let prosecutor = &case.prosecutor;
    let own = organisations
        .iter()
        .find(|one| one.id == material.organisation);
    let by_prosecutor = own.is_some_and(|one| one.ou_code.as_ref() == Some(&prosecutor.ou_code));
    if !by_prosecutor && reads("CPS") {
        row(
            &prosecutor.name,
            "Prosecution",
            "Prosecutes the case".to_owned(),
        );
    }
    if reads("Defence Lawyers") || reads("Advocates") {
        let then = on_record(app, case, material.at).await?;
        let concerned = case.defendants.iter().filter(|defendant| {
            material
                .defendant_id
                .is_none_or(|only| only == defendant.charged.id)
        });
        for defendant in concerned {
            let name = defendant.charged.party.name();
            match then.get(&defendant.charged.id) {
                Some((firm, _, _)) if *firm == material.organisation => {}
                Some((_, firm, since)) => {
                    let how = format!("On record since {}", moment(*since));
                    row(firm, &format!("Defence of {name}"), how);
                }
                None => row(
                    "Nobody",
                    &format!("Defence of {name}"),
                    "No firm was on record when it was served".to_owned(),
                ),
            }
        }
    }
    row("The court", "Court", "Keeps the case file".to_owned());
    Ok(Block::Table {
        columns: vec![
            TableColumn::new("Served on", 36),
            TableColumn::new("As", 28),
            TableColumn::new("By the record", 36),
        ],
        rows,
    })
}

/// Who was on record for each defendant at a moment, by the events up to it: whoever went
/// off record before a paper was served was not served.
async fn on_record(
    app: &App,
    case: &Case,
    at: Instant,
) -> Result<BTreeMap<DefendantId, (OrganisationId, String, Instant)>, Error> {
    let mut then: Option<Case> = None;
    for recorded in all(app, Stream::new(StreamKind::Case, case.id.0)).await? {
        if recorded.at > at {
            break;
        }
        if let Event::Case(event) = &recorded.event {
            then = Case::fold(then, event, recorded.at);
        }
    }
    let defendants = then.into_iter().flat_map(|case| case.defendants);
    Ok(defendants
        .filter_map(|defendant| {
            let firm = defendant.represented_by?;
            Some((
                defendant.charged.id,
                (firm.organisation, firm.name, firm.since),
            ))
        })
        .collect())
}

/// Every event of a stream.
async fn all(app: &App, stream: Stream) -> Result<Vec<Recorded>, Error> {
    let mut all: Vec<Recorded> = Vec::new();
    loop {
        let after = all.last().map_or(0, |last| last.version);
        let next = app.ledger.events(stream, after).await?;
        if next.is_empty() {
            return Ok(all);
        }
        all.extend(next);
    }
}

/// Who opened a paper, the first time and how often.
async fn openings(
    app: &App,
    case: &Case,
    id: MaterialId,
    organisations: &[Organisation],
) -> Result<Vec<Block>, Error> {
    let mut opened: Vec<(OrganisationId, String, Instant, usize)> = Vec::new();
    for recorded in all(app, Stream::new(StreamKind::Reading, case.id.0)).await? {
        let Event::Reading(ReadingEvent::MaterialRead {
            material_id,
            organisation,
            ..
        }) = &recorded.event
        else {
            continue;
        };
        if *material_id != id {
            continue;
        }
        let by = recorded.by.name();
        match opened
            .iter_mut()
            .find(|(of, name, ..)| of == organisation && name == by)
        {
            Some((.., times)) => *times += 1,
            None => opened.push((*organisation, by.to_owned(), recorded.at, 1)),
        }
    }
    if opened.is_empty() {
        let nobody = app
            .texts
            .of_printout(NAME)
            .and_then(|text| text.nothing.clone());
        return Ok(nobody.map(Block::paragraph).into_iter().collect());
    }
    let rows = opened
        .into_iter()
        .map(|(organisation, by, first, times)| {
            let of = organisations.iter().find(|one| one.id == organisation);
            let of = of.map(|one| one.name.clone()).unwrap_or_default();
            [of, by, moment(first), times.to_string()]
                .map(|text| vec![CellPart::plain(text)])
                .to_vec()
        })
        .collect();
    Ok(vec![Block::Table {
        columns: vec![
            TableColumn::new("Opened by", 34),
            TableColumn::new("Person", 24),
            TableColumn::new("First opened", 30),
            TableColumn::new("Times", 12),
        ],
        rows,
    }])
}

/// To whom a document went, and how far it came.
fn deliveries(document: &Document) -> Option<Block> {
    let rows: Vec<_> = document
        .deliveries
        .iter()
        .map(|delivery| {
            let by = |done: &Option<(String, Instant)>| match done {
                Some((who, at)) => format!("{who}, {}", moment(*at)),
                None => "No".to_owned(),
            };
            let received = delivery.received_at.map_or_else(
                || format!("{}, {}", delivery.state, moment(delivery.since)),
                moment,
            );
            [
                delivery.request.name.clone(),
                present::channel(delivery.request.channel).to_owned(),
                received,
                by(&delivery.opened),
                by(&delivery.acknowledged),
            ]
            .map(|text| vec![CellPart::plain(text)])
            .to_vec()
        })
        .collect();
    (!rows.is_empty()).then(|| Block::Table {
        columns: vec![
            TableColumn::new("Sent to", 26),
            TableColumn::new("How", 14),
            TableColumn::new("Received", 20),
            TableColumn::new("Opened", 20),
            TableColumn::new("Acknowledged", 20),
        ],
        rows,
    })
}

fn moment(at: Instant) -> String {
    format!("{} at {}", at.day().in_words(), at.clock())
}
