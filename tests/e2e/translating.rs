//! *To translate*, worked through in the real window: a document that waits is taken on,
//! its first value is saved by itself, the rest at once, and the copy in both languages
//! takes the place of the English one.

use crate::{
    harness::Trouble,
    path::{Journey, told},
    typing::Typist,
};
use client::Client;
use contract::{
    hearing::{
        Courtrooms, DayList, EnterPlea, HearingView, Line, LogEvent, RecordAttendance, SaveDraft,
        ShareResults, View as Look,
    },
    translation::{List, View},
};
use domain::result::ResultLine;
use std::time::Duration;
use thirtyfour::Key;
use vocabulary::{Attendance, HearingId};

/// Of the court house in Wales.
const TRANSLATOR: &str = "gwenllian.parri@court.example.test";
const ORDER: &str = "Community order";

pub(crate) async fn gives_the_welsh(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    let client = journey.person(TRANSLATOR).await?;
    let hearing_id = shared(journey, &client).await?;
    let waiting = async || {
        let list = client.translation_list(&List {}).await.ok();
        let items = list.into_iter().flat_map(|own| own.items);
        let mut items = items.filter(|own| own.hearing_id == hearing_id);
        Ok(items.find(|own| own.name == ORDER))
    };
    let made = "the order that waits for Welsh was not made";
    let item = window.until(made, Duration::from_secs(60), waiting).await?;
    let document_id = item.document_id;

    journey.sign_in(TRANSLATOR).await?;
    window.click("[data-test='nav-translations']").await?;
    let row = format!("[data-test='translation'][data-document='{document_id}']");
    window.find(&row).await?;
    journey.picture("translating-1-what-waits").await?;
    let take = format!("{row} [data-test='take-translation']");
    window.click(&take).await?;
    window.wait_until_gone(&take).await?;
    window
        .click(&format!("{row} [data-test='open-translation']"))
        .await?;

    let whole = View { document_id };
    let whole = client.translation_view(&whole).await.map_err(told)?;
    let mut saved = false;
    for value in whole.values.iter().filter(|own| own.given.is_none()) {
        let place = format!("[data-test='welsh-value'][data-place='{}']", value.place);
        let field = format!("{place} [data-test='welsh']");
        if value.check {
            window.find(&field).await?.send_keys(" ").await?;
        } else {
            // The test's own words, so that none is taken for real Welsh.
            let welsh = format!("Cy {}", value.english.replace('\n', " "));
            window.type_into(&field, &welsh).await?;
        }
        if !saved {
            give(journey).await?;
            window.find(&format!("{place}[data-given='true']")).await?;
            journey.picture("translating-2-the-first-is-saved").await?;
            saved = true;
        }
    }
    give(journey).await?;
    window.find("[data-test='translation-done']").await?;
    journey.picture("translating-3-done").await?;

    let after = View { document_id };
    let after = client.translation_view(&after).await.map_err(told)?;
    if after.followed.is_none() || after.values.iter().any(|own| own.given.is_none()) {
        return Err(Trouble("not every value has its Welsh".to_owned()));
    }
    window.click("[data-test='all-translations']").await?;
    window
        .find("[data-test='translations-waiting'], [data-test='no-translations']")
        .await?;
    window.wait_until_gone(&row).await
}

/// Saves, by the key that the screen says.
async fn give(journey: &Journey) -> Result<(), Trouble> {
    let chain = journey.window.driver().action_chain();
    chain
        .key_down(Key::Control)
        .key_down(Key::Enter)
        .key_up(Key::Enter)
        .key_up(Key::Control)
        .perform()
        .await?;
    Ok(())
}

/// A community order, shared today by the court house in Wales; it waits for its Welsh.
async fn shared(journey: &Journey, client: &Client) -> Result<HearingId, Trouble> {
    let typist = Typist::at(&journey.window)?;
    let view = alone(client).await?;
    let hearing_id = view.hearing_id;
    let start = view
        .log_choices
        .iter()
        .find(|own| own.control.as_deref() == Some("start"))
        .ok_or_else(|| Trouble("the hearing cannot be started".to_owned()))?;
    let begun = LogEvent {
        hearing_id,
        version: view.version,
        definition_id: start.definition_id,
        defendant_id: None,
        note: None,
    };
    let begun = client.hearing_log_event(&begun).await.map_err(told)?;
    let attended = RecordAttendance {
        hearing_id,
        version: begun.version,
        defendant_id: view.defendants[0].defendant_id,
        attendance: Attendance::InPerson,
    };
    let mut version = client
        .hearing_record_attendance(&attended)
        .await
        .map_err(told)?
        .version;
    let mut lines = Vec::new();
    for (nth, offence) in view.defendants[0].offences.iter().enumerate() {
        let plea = EnterPlea {
            hearing_id,
            version,
            offence_id: offence.offence_id,
            plea: "GUILTY".to_owned(),
        };
        version = client
            .hearing_enter_plea(&plea)
            .await
            .map_err(told)?
            .version;
        let example = if nth == 0 {
            "community_order"
        } else {
            "withdrawn"
        };
        lines.extend(typist.lines(&view, example, nth).into_iter().map(line));
    }
    let draft = SaveDraft {
        hearing_id,
        revision: view.draft.revision,
        lines,
        unresolved: Vec::new(),
    };
    let saved = client.hearing_save_draft(&draft).await.map_err(told)?;
    let sharing = ShareResults {
        hearing_id,
        version,
        revision: saved.draft.revision,
        targets: None,
    };
    client.hearing_share_results(&sharing).await.map_err(told)?;
    Ok(hearing_id)
}

/// A hearing of today of one defendant, not begun.
async fn alone(client: &Client) -> Result<HearingView, Trouble> {
    let courts = client
        .hearing_courtrooms(&Courtrooms {})
        .await
        .map_err(told)?;
    for room in courts.courts.iter().take(1).flat_map(|own| &own.rooms) {
        let list = DayList {
            courtroom_id: room.courtroom_id,
            day: courts.today,
        };
        let list = client.hearing_day_list(&list).await.map_err(told)?;
        for row in list.hearings.iter().filter(|own| own.defendants.len() == 1) {
            let look = Look {
                hearing_id: row.hearing_id,
            };
            let view = client.hearing_view(&look).await.map_err(told)?;
            if view.shared.is_none() && view.log.is_empty() {
                return Ok(view);
            }
        }
    }
    Err(Trouble(
        "the court house in Wales hears nobody alone today".to_owned(),
    ))
}

fn line(line: ResultLine) -> Line {
    Line {
        line_id: line.id,
        definition_id: line.definition,
        defendant_id: line.defendant,
        offence_id: line.offence,
        parent: line.parent,
        answers: line.answers,
    }
}
