//! How a defendant attends today.

use super::{Room, log::record};
use crate::{App, Caller, Error, UseCase};
use access::Action;
use async_trait::async_trait;
use contract::hearing::{RecordAttendance, Recorded};
use domain::hearing::record_attendance;

#[async_trait]
impl UseCase for RecordAttendance {
    /// In person, by video, or not present.
    async fn answer(self, app: &App, who: &Caller) -> Result<Recorded, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::RecordAttendance, self.hearing_id).await?;
        room.at_version(self.version)?;

        let events = record_attendance(&room.hearing, self.defendant_id, self.attendance)?;

        record(app, who, person, &room, events).await
    }
}
