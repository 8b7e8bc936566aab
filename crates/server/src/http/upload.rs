//! Bytes on their way in: hashed while they arrive, durable when answered, and
//! nothing left behind if they are not what was announced.

use super::{
    answer,
    caller::{self, Asking},
    linger::Lingering,
    refused,
};
use crate::{State, state::Shared};
use app::{
    Caller, Error,
    caller::SignedIn,
    ports::KeptUpload,
    upload::{must_have_room, must_upload, sent_again},
};
use axum::{
    body::Body,
    extract::{Path, State as Extract},
    http::{HeaderMap, header},
    response::Response,
};
use contract::{
    Code, Problem,
    material::{MOST_BYTES, Uploaded},
};
use futures::TryStreamExt;
use store::{Incoming, Objection, ReceiveError};
use vocabulary::UploadId;

pub(super) async fn receive(
    Extract(state): Extract<Shared>,
    Asking(caller): Asking,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let body = Lingering::new(body);
    let caller = match caller {
        Ok(caller) => caller,
        Err(refused) => return *refused,
    };
    let of = id.clone();
    let outcome = async {
        let person = caller.person()?;
        let id: UploadId = id.parse().map_err(|_| Error::from(Problem::not_found()))?;
        must_upload(&state.app, person)?;
        let _on_its_way = state.uploading.begin(person.account.id)?;
        take(&state, &caller, person, id, &headers, body).await
    }
    .await;
    let asks = &state.app.asks;
    asks.heard("PUT /uploads/{id}", &caller, outcome.is_ok());
    match outcome {
        Ok(uploaded) => {
            // What is served is recorded with its case; what never is, is recorded here.
            let now = state.app.chance.now();
            state.app.asked.note(&caller, "upload", &of, now);
            answer::view(&uploaded)
        }
        Err(error) => {
            refused::of_bytes(&state, &caller, "upload", &of, &error);
            answer::refused(&error)
        }
    }
}

async fn take(
    state: &State,
    caller: &Caller,
    person: &SignedIn,
    id: UploadId,
    headers: &HeaderMap,
    body: Lingering,
) -> Result<Uploaded, Error> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let length = text(header::CONTENT_LENGTH.as_str()).and_then(|text| text.parse::<u64>().ok());
    let announced = text("content-sha256").map(str::to_lowercase);
    // Sent again, because the answer was lost: the bytes are here already.
    if let Some(kept) = state.app.work.upload(id).await? {
        sent_again(&kept, person, announced.as_deref(), length)?;
        return Ok(uploaded(kept));
    }
    let name = text("file-name")
        .map(|name| {
            percent_encoding::percent_decode_str(name)
                .decode_utf8_lossy()
                .into_owned()
        })
        .unwrap_or_default();
    let Some(length) = length else {
        return Err(Problem::new(
            Code::BadRequest,
            "The size of the file was not announced.",
            "Send the file again.",
        )
        .into());
    };
    must_have_room(&state.app, person, length).await?;
    let incoming = Incoming {
        id,
        name,
        bytes: Some(length),
        sha256: announced,
        limit: MOST_BYTES,
    };
    let stream = body.map_err(std::io::Error::other);
    let received = state
        .store
        .receive(incoming, stream, state.scanner.clone())
        .await
        .map_err(problem)?;
    // The bytes took their time: whoever lost their access meanwhile keeps nothing here.
    let still = caller::again(state, caller::bearer(headers), caller.clone()).await?;
    must_upload(&state.app, still.person()?)?;
    let kept = KeptUpload {
        id,
        account: person.account.id,
        sha256: received.sha256,
        bytes: received.bytes,
        mime: received.mime,
    };
    state
        .app
        .work
        .keep_upload(&kept, state.app.chance.now())
        .await?;
    metrics::counter!("uploaded_bytes_total").increment(kept.bytes);
    Ok(uploaded(kept))
}

fn uploaded(kept: KeptUpload) -> Uploaded {
    Uploaded {
        upload_id: kept.id,
        sha256: kept.sha256,
        bytes: kept.bytes,
        mime: kept.mime,
    }
}

const NOTHING_KEPT: &str = "Nothing of it was kept, and nothing was served.";

fn problem(error: ReceiveError) -> Error {
    let (code, title, hint) = match error {
        ReceiveError::TooLarge { .. } => (
            Code::TooLarge,
            "The file is larger than 2 GiB.",
            "Split the file, then serve its parts.",
        ),
        ReceiveError::Truncated { .. } => (
            Code::Truncated,
            "Only part of the file arrived.",
            "Check the connection and send the file again.",
        ),
        ReceiveError::WrongHash { .. } => (
            Code::WrongHash,
            "The bytes that arrived are not the bytes of your file.",
            "Send the file again. If it happens again, tell the service centre.",
        ),
        ReceiveError::WrongType { .. } => (
            Code::WrongType,
            "The file is not of the type that its name says.",
            "Check that it opens on your computer and has the right ending, then send it again.",
        ),
        ReceiveError::Objected(objection) => return objected(objection),
        ReceiveError::NoSpace => return Error::Problem(app::no_space()),
        ReceiveError::Broken(why) => return Error::Broken(why),
    };
    Problem::new(code, title, hint).because(NOTHING_KEPT).into()
}

/// What the scanner for viruses says, to whoever sent the file. Whether a court gets evidence that
/// a scanner knows is for the court to say (decision 47).
fn objected(objection: Objection) -> Error {
    let mut reference = None;
    let (code, title, hint) = match objection {
        Objection::Harmful { found } => {
            let title = format!("The scanner for viruses found {found} in the file.");
            reference = Some(found);
            (
                Code::VirusFound,
                title,
                "Do not open the file, and have the computer looked at from which it came. If the court must have it as it is, because it is evidence of just that, ask the court how to hand it in.",
            )
        }
        Objection::TooMuch { .. } => (
            Code::NotScanned,
            "The file is more than the scanner for viruses looks through.".to_owned(),
            "Split the file, then serve its parts. If that cannot be, tell the service centre.",
        ),
        Objection::Away { .. } => (
            Code::NotScanned,
            "The scanner for viruses does not answer, and without it no file is taken.".to_owned(),
            "Send the file again in a few minutes. If papers must be served today, tell the service centre.",
        ),
        Objection::Broken(why) => return Error::Broken(why),
    };
    let mut problem = Problem::new(code, title, hint).because(NOTHING_KEPT);
    problem.reference = reference;
    problem.into()
}
