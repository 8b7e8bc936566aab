//! The hearing screen.

use super::{Room, present};
use crate::{App, Caller, Error, UseCase, case, reading, relation};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    case::DocumentRow,
    hearing::{HearingView, View},
};

#[async_trait]
impl UseCase for View {
    /// Opens a hearing; the view of its cases is recorded.
    async fn answer(self, app: &App, who: &Caller) -> Result<HearingView, Error> {
        let person = who.person()?;
        let room = Room::enter(app, person, self.hearing_id).await?;
        for case in &room.cases {
            reading::case_viewed(app, person, case.id, "hearing".to_owned()).await?;
        }
        let kept = app.work.draft(room.hearing.id).await?;

        let mut documents: Vec<DocumentRow> = Vec::new();
        let ids = app.index.documents_of_hearing(room.hearing.id).await?;
        for document in app.ledger.documents(&ids).await? {
            if let Some(case) = room.cases.iter().find(|case| case.id == document.case_id) {
                documents.push(case::present::document(case, &document, &[document.id]));
            }
        }
        let hearing = &room.hearing;
        let may = [
            ("log", Action::LogEvent),
            ("attendance", Action::RecordAttendance),
            ("plea", Action::EnterPlea),
            ("draft", Action::EditResults),
            ("share", Action::ShareResults),
        ]
        .into_iter()
        .filter(|(_, action)| relation::may(app, person, *action, &Facts::default()).allowed)
        .map(|(word, _)| word.to_owned())
        .collect();
        Ok(HearingView {
            hearing_id: hearing.id,
            version: hearing.version,
            kind: hearing.kind.clone(),
            court: format!("{}, {}", hearing.court_name, hearing.courtroom_name),
            jurisdiction: hearing.jurisdiction,
            day: room.day(),
            time: hearing.starts_at.clock(),
            state: hearing.state,
            defendants: present::defendants(app, &room),
            log: present::log(hearing),
            log_choices: present::log_choices(app, hearing),
            plea_choices: present::plea_choices(app, hearing),
            draft: present::draft(app, &room, kept.as_ref()),
            shared: hearing
                .shared
                .as_ref()
                .map(|shared| present::shared(app, shared)),
            documents,
            may,
        })
    }
}
