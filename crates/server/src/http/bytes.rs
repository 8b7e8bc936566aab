//! Papers and documents on their way to the reader: first the record of the
//! reading, then the bytes, as they were when they came.

use super::{answer, caller::Asking, refused, unaltered::unaltered};
use crate::{State, state::Shared};
use app::{
    Error,
    material::{Readable, document_to_read, material_to_read},
    printout::{Ready, printout_to_read},
};
use axum::{
    body::Body,
    extract::{Path, State as Extract},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use contract::Problem;
use futures::TryStreamExt;
use tokio_util::io::ReaderStream;

/// Bytes that are read from a file at a time.
const PIECE: usize = 256 * 1024;
/// A file of at most so many bytes is read whole before its first byte leaves.
const AT_ONCE: u64 = 1024 * 1024;

pub(super) async fn material(
    Extract(state): Extract<Shared>,
    Asking(caller): Asking,
    Path(id): Path<String>,
) -> Response {
    let caller = match caller {
        Ok(caller) => caller,
        Err(refused) => return *refused,
    };
    let readable = match id.parse() {
        Ok(id) => material_to_read(&state.app, &caller, id).await,
        Err(_) => Err(Problem::not_found().into()),
    };
    let asks = &state.app.asks;
    asks.heard("GET /materials/{id}", &caller, readable.is_ok());
    if let Err(error) = &readable {
        refused::of_bytes(&state, &caller, "material", &id, error);
    }
    send(&state, readable).await
}

pub(super) async fn document(
    Extract(state): Extract<Shared>,
    Asking(caller): Asking,
    Path(id): Path<String>,
) -> Response {
    let caller = match caller {
        Ok(caller) => caller,
        Err(refused) => return *refused,
    };
    let readable = match id.parse() {
        Ok(id) => document_to_read(&state.app, &caller, id).await,
        Err(_) => Err(Problem::not_found().into()),
    };
    let asks = &state.app.asks;
    asks.heard("GET /documents/{id}", &caller, readable.is_ok());
    if let Err(error) = &readable {
        refused::of_bytes(&state, &caller, "document", &id, error);
    }
    send(&state, readable).await
}

/// A printout, made now.
pub(super) async fn printout(
    Extract(state): Extract<Shared>,
    Asking(caller): Asking,
    Path(wanted): Path<String>,
) -> Response {
    let caller = match caller {
        Ok(caller) => caller,
        Err(refused) => return *refused,
    };
    let ready = match wanted.parse() {
        Ok(printout) => {
            let ready = printout_to_read(&state.app, &caller, printout).await;
            // Each kind asks something else.
            let kind = wanted.split('.').next().unwrap_or_default();
            let asks = &state.app.asks;
            asks.heard(&format!("GET /printouts/{kind}"), &caller, ready.is_ok());
            ready
        }
        Err(_) => Err(Problem::not_found().into()),
    };
    match ready {
        Ok(Ready { bytes, mime, name }) => {
            let length = bytes.len() as u64;
            headed(Body::from(bytes), length, mime, &name)
        }
        Err(error) => {
            refused::of_bytes(&state, &caller, "printout", &wanted, &error);
            answer::refused(&error)
        }
    }
}

async fn send(state: &State, readable: Result<Readable, Error>) -> Response {
    let readable = match readable {
        Ok(readable) => readable,
        Err(error) => return answer::refused(&error),
    };
    let opened = state.store.open_object(&readable.sha256).await;
    let (file, length) = match opened {
        Ok(Some(object)) => object,
        Ok(None) => {
            let why = format!("object {} is recorded and missing", readable.sha256);
            return answer::refused(&Error::Broken(why));
        }
        Err(error) => return answer::refused(&Error::Broken(error.to_string())),
    };
    let pieces = unaltered(ReaderStream::with_capacity(file, PIECE), &readable.sha256);
    let body = if length <= AT_ONCE {
        // Small enough to be looked at before anything is said.
        match pieces.try_collect::<Vec<_>>().await {
            Ok(all) => Body::from(all.concat()),
            Err(_) => {
                let why = format!("object {} is not what was recorded", readable.sha256);
                return answer::refused(&Error::Broken(why));
            }
        }
    } else {
        Body::from_stream(pieces)
    };
    headed(body, length, &readable.mime, &readable.name)
}

/// The bytes with what is said of them.
fn headed(body: Body, length: u64, mime: &str, name: &str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    let kind =
        HeaderValue::from_str(mime).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    let name = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    if let Ok(value) = HeaderValue::from_str(&format!("inline; filename*=UTF-8''{name}")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
