//! How a defendant attends today; or, once their results are shared, how they attended, as
//! part of the amendment that puts it right.

use super::{Room, log::record};
use crate::{App, Caller, Error, UseCase};
use access::Action;
use async_trait::async_trait;
use contract::hearing::{RecordAttendance, Recorded};
use domain::hearing::{correct_attendance, record_attendance};
use vocabulary::Attendance;

#[async_trait]
impl UseCase for RecordAttendance {
    /// In person, by video, or not present.
    async fn answer(self, app: &App, who: &Caller) -> Result<Recorded, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::RecordAttendance, self.hearing_id).await?;
        room.at_version(self.version)?;

        let hearing = &room.hearing;
        let mut shared = hearing.shared.iter().flat_map(|shared| &shared.lines);
        let is_shared = shared.any(|line| line.defendant == self.defendant_id);
        let events = if is_shared && hearing.amendment.is_some() {
            let by = person.account.id;
            let words = |own: Attendance| own.in_words().to_owned();
            correct_attendance(hearing, by, self.defendant_id, self.attendance, words)?
        } else {
            record_attendance(hearing, self.defendant_id, self.attendance)?
        };

        record(app, who, person, &room, events).await
    }
}
