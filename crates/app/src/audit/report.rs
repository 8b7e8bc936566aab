//! A report of who saw and did what: to a case, to a paper, or by a person. It is made
//! from the ledger, whose chains show that nothing was taken out of it, and that it was
//! asked for is recorded before it is given.

use super::{
    about, line, names,
    page::{Found, MOST, Page},
    record_asked, record_refusals,
};
use crate::{
    App, Caller, Error, UseCase, account::proof::must_be_proven_for, caller::SignedIn,
    ports::Audited, printout::csv, reading, relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    audit::{AuditLine, AuditReport, Report, Subject},
};
use domain::{
    Event, Recorded, Stream, StreamKind,
    account::Account,
    case::{Case, CaseEvent},
    reading::{ReadingEvent, RefusalCount},
};
use std::{collections::HashSet, net::IpAddr, sync::Arc};
use uuid::Uuid;
use vocabulary::{DocumentId, Instant, MaterialId, Urn};

/// The most days of a report.
const MOST_DAYS: i64 = 366;
/// The namespace of the streams that hold who read reports about an address.
const ADDRESSES: Uuid = Uuid::from_u128(0x7b1c_44d2_90ae_4d0f_8a35_61c9_2e0b_77d3);
/// The name of the events that hold refusals.
const REFUSED: &str = "reading.refused";

#[async_trait]
impl UseCase for Report {
    /// The report, for those who may have it.
    async fn answer(self, app: &App, who: &Caller) -> Result<AuditReport, Error> {
        let person = who.person()?;
        let decision = relation::must(app, person, Action::ViewAudit, &Facts::default())?;
        let days = self.from.days_until(self.to);
        if !(0..=MOST_DAYS).contains(&days) {
            return Err(Problem::new(
                Code::BadRequest,
                "A report is of at most a year, from a day to the same day or a later one.",
                "Choose other days.",
            )
            .into());
        }
        // What this server has not recorded yet belongs to it too.
        record_refusals(app).await?;
        record_asked(app).await?;
        app.ledger.append_waiting().await?;
        let subject = Wanted::find(app, self.about, self.which.trim()).await?;
        // What was done in a case is told with who did it, and with the names of its papers.
        if let Some(case) = subject.case() {
            must_be_proven_for(app, person, case)?;
        }
        let page = Page {
            from: self.from.at(0, 0),
            to: self.to.plus_days(1).at(0, 0),
            after: self.after.unwrap_or_default(),
        };
        let (mut lines, next) = subject.lines(app, page).await?;
        // By the moment, not by what the clock on the wall showed: in autumn an hour comes twice.
        lines.sort_by_key(|(at, line)| (*at, line.position));
        let lines: Vec<AuditLine> = lines.into_iter().map(|(_, line)| line).collect();

        let event = ReadingEvent::AuditRead {
            about: subject.in_words(),
            from: self.from,
            to: self.to,
            lines: lines.len() as u64,
            organisation: person.organisation.id,
            policy: decision.policy(),
        };
        recorded(app, person, &subject, event).await?;
        Ok(AuditReport {
            about: subject.in_words(),
            csv: written(&lines),
            file: file(&subject.in_words(), &self),
            lines,
            next,
        })
    }
}

/// The name of a file of it; what goes on from another has a name of its own.
fn file(about: &str, asked: &Report) -> String {
    let after = asked.after.map(|after| format!(" after {after}"));
    let after = after.unwrap_or_default();
    format!("audit {about} {} {}{after}.csv", asked.from, asked.to)
}

/// Reading a report is a reading too: of the person or case that it is about.
async fn recorded(
    app: &App,
    person: &SignedIn,
    subject: &Wanted,
    event: ReadingEvent,
) -> Result<(), Error> {
    reading::record(app, person, subject.id(), event).await
}

/// What a report is about.
enum Wanted {
    Person(Box<Account>),
    Case(Arc<Case>),
    Material(Arc<Case>, MaterialId),
    Document(Arc<Case>, DocumentId),
    Address(IpAddr),
}

impl Wanted {
    async fn find(app: &App, about: Subject, which: &str) -> Result<Self, Error> {
        let nothing = |title: &str| {
            Error::from(Problem::new(
                Code::BadRequest,
                title,
                "Write an e-mail address, a case reference, or the id of a paper or document or the address of a computer as a report shows it.",
            ))
        };
        match about {
            Subject::Person => {
                let account = app.index.account_by_email(&which.to_lowercase()).await?;
                let account = account.ok_or_else(|| nothing("Nobody has this address."))?;
                Ok(Self::Person(Box::new(account)))
            }
            Subject::Case => {
                let urn = Urn::parse(which).map_err(|_| nothing("This is no case reference."))?;
                let case = match app.index.case_by_urn(&urn).await? {
                    Some(id) => app.ledger.case(id).await?,
                    None => None,
                };
                Ok(Self::Case(
                    case.ok_or_else(|| nothing("No case has this reference."))?,
                ))
            }
            Subject::Address => {
                let address = which.parse::<IpAddr>();
                let address = address.map_err(|_| nothing("This is no address of a computer."))?;
                Ok(Self::Address(address.to_canonical()))
            }
            Subject::Material => {
                let unknown = || nothing("There is no such paper or document.");
                let id: Uuid = which.parse().map_err(|_| unknown())?;
                if let Some(case) = app.index.case_of_material(MaterialId(id)).await? {
                    let case = app.ledger.case(case).await?.ok_or_else(unknown)?;
                    return Ok(Self::Material(case, MaterialId(id)));
                }
                let document = app.ledger.document(DocumentId(id)).await?;
                let document = document.ok_or_else(unknown)?;
                let case = app.ledger.case(document.case_id).await?;
                Ok(Self::Document(case.ok_or_else(unknown)?, document.id))
            }
        }
    }

    fn case(&self) -> Option<&Case> {
        match self {
            Self::Person(_) | Self::Address(_) => None,
            Self::Case(case) | Self::Material(case, _) | Self::Document(case, _) => Some(case),
        }
    }

    fn id(&self) -> Uuid {
        match self {
            Self::Person(account) => account.id.0,
            Self::Case(case) | Self::Material(case, _) | Self::Document(case, _) => case.id.0,
            Self::Address(address) => Uuid::new_v5(&ADDRESSES, address.to_string().as_bytes()),
        }
    }

    fn in_words(&self) -> String {
        match self {
            Self::Person(account) => account.email.clone(),
            Self::Case(case) => case.urn.to_string(),
            Self::Material(case, id) => format!("{} paper {id}", case.urn),
            Self::Document(case, id) => format!("{} document {id}", case.urn),
            Self::Address(address) => address.to_string(),
        }
    }

    /// Everything on a page, and after which place in the ledger the next begins.
    async fn lines(
        &self,
        app: &App,
        page: Page,
    ) -> Result<(Vec<(Instant, AuditLine)>, Option<u64>), Error> {
        let words = self.words(app).await?;
        let mut found = self.events(app, page, &words).await?;
        let refused = self.refused(app, page, &words, &mut found).await?;
        let (events, next) = found.page();

        let mut names = names::of(app, &events).await?;
        if let Self::Person(account) = self {
            names.insert(account.id.0, account.email.clone());
        }
        let mut lines: Vec<(Instant, AuditLine)> = Vec::new();
        for own in &events {
            match &own.event {
                Event::Reading(ReadingEvent::Asked { asked }) => {
                    lines.extend(
                        asked
                            .iter()
                            .map(|one| (one.first, line::of_asked(own, one, &names))),
                    );
                }
                _ => lines.push((own.at, line::of(own, &names))),
            }
        }
        let on_it = refused
            .iter()
            .filter(|(own, _)| next.is_none_or(|next| own.position <= next));
        for (recorded, refusals) in on_it {
            let own = refusals.iter();
            lines.extend(own.map(|own| (own.first, line::of_refusal(recorded, own, &names))));
        }
        Ok((lines, next))
    }

    /// What is recorded of it.
    async fn events(&self, app: &App, page: Page, words: &HashSet<String>) -> Result<Found, Error> {
        let mut found = Found::default();
        let of = |streams: Vec<Stream>| Audited {
            streams: Some(streams),
            ..page.asked()
        };
        match self {
            Self::Person(account) => {
                let own = Audited {
                    by: Some(vec![account.id]),
                    ..page.asked()
                };
                found.ask(app, own, |_| true).await?;
                // What was done to the account, and who read reports about the person.
                let about = [StreamKind::Account, StreamKind::Reading]
                    .map(|kind| Stream::new(kind, account.id.0));
                found.ask(app, of(about.into()), |_| true).await?;
            }
            Self::Case(case) => {
                let mut streams = streams_of(case);
                streams.extend(submission_of(app, case).await?);
                found.ask(app, of(streams), |_| true).await?;
                about::of_many(app, case, page, &mut found).await?;
            }
            Self::Address(address) => {
                let from = Audited {
                    address: Some(*address),
                    ..page.asked()
                };
                found.ask(app, from, |_| true).await?;
            }
            Self::Material(case, id) => {
                let streams = [StreamKind::Case, StreamKind::Reading]
                    .map(|kind| Stream::new(kind, case.id.0));
                let concerns = |own: &Recorded| concerns_material(own, *id);
                found.ask(app, of(streams.into()), concerns).await?;
            }
            Self::Document(case, id) => {
                let streams = vec![
                    Stream::new(StreamKind::Document, id.0),
                    Stream::new(StreamKind::Reading, case.id.0),
                ];
                let concerns = |own: &Recorded| match &own.event {
                    Event::Reading(
                        ReadingEvent::DocumentRead { document_id, .. }
                        | ReadingEvent::DocumentVerified { document_id },
                    ) => document_id == id,
                    Event::Document(_) => true,
                    _ => false,
                };
                found.ask(app, of(streams), concerns).await?;
            }
        }
        if let Self::Material(..) | Self::Document(..) = self {
            about::of_one(app, words, page, &mut found).await?;
        }
        Ok(found)
    }

    /// What somebody was refused of it, by the events that hold it: a page of its own, so that
    /// nothing else that happened leaves no room for it.
    async fn refused(
        &self,
        app: &App,
        page: Page,
        words: &HashSet<String>,
        found: &mut Found,
    ) -> Result<Vec<(Recorded, Vec<RefusalCount>)>, Error> {
        let (events, until) = about::named(app, REFUSED, page).await?;
        found.whole_until(until);
        let (mut all, mut count) = (Vec::new(), 0);
        for recorded in events {
            let Event::Reading(ReadingEvent::Refused { refusals, .. }) = &recorded.event else {
                continue;
            };
            let own = refusals.iter().filter(|own| match self {
                // What they were refused, and what was refused to whoever tried to be them.
                Self::Person(account) => {
                    own.account == Some(account.id) || own.about == account.id.to_string()
                }
                Self::Address(address) => own.address == address.to_string(),
                _ => about::concerns(words, &own.about),
            });
            let own: Vec<RefusalCount> = own.cloned().collect();
            if own.is_empty() {
                continue;
            }
            count += own.len();
            let position = recorded.position;
            all.push((recorded, own));
            if count >= MOST {
                found.whole_until(Some(position));
                break;
            }
        }
        Ok(all)
    }

    /// Every word by which somebody may have asked for it.
    async fn words(&self, app: &App) -> Result<HashSet<String>, Error> {
        match self {
            Self::Person(_) | Self::Address(_) => Ok(HashSet::new()),
            Self::Case(case) => about::words(app, case).await,
            Self::Material(_, id) => Ok([id.to_string()].into()),
            Self::Document(_, id) => about::of_documents(app, &[*id]).await,
        }
    }
}

/// Everything that a case consists of in the ledger.
fn streams_of(case: &Case) -> Vec<Stream> {
    let own = [StreamKind::Case, StreamKind::Reading].map(|kind| Stream::new(kind, case.id.0));
    let hearings = case.hearings.iter();
    let hearings = hearings.map(|id| Stream::new(StreamKind::Hearing, id.0));
    let documents = case.documents.iter();
    let documents = documents.map(|id| Stream::new(StreamKind::Document, id.0));
    own.into_iter().chain(hearings).chain(documents).collect()
}

/// The submission that the case came by.
async fn submission_of(app: &App, case: &Case) -> Result<Option<Stream>, Error> {
    let first = Audited {
        streams: Some(vec![Stream::new(StreamKind::Case, case.id.0)]),
        limit: 1,
        ..Audited::default()
    };
    let first = app.ledger.audited(first).await?;
    Ok(first.iter().find_map(|recorded| match &recorded.event {
        Event::Case(CaseEvent::CaseCreated { submission, .. }) => {
            submission.map(|id| Stream::new(StreamKind::Submission, id.0))
        }
        _ => None,
    }))
}

fn concerns_material(recorded: &Recorded, id: MaterialId) -> bool {
    match &recorded.event {
        Event::Reading(ReadingEvent::MaterialRead { material_id, .. })
        | Event::Case(CaseEvent::MaterialServed { material_id, .. }) => *material_id == id,
        _ => false,
    }
}

fn written(lines: &[AuditLine]) -> String {
    let head = csv::line(["when", "who", "from", "what", "to", "why", "position"]);
    lines.iter().fold(head, |mut text, line| {
        let position = line.position.to_string();
        text += &csv::line([
            line.at.as_str(),
            &line.who,
            &line.from,
            &line.what,
            &line.to,
            &line.why,
            &position,
        ]);
        text
    })
}
