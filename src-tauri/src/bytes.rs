//! The scheme `cp`: bytes for the window, fetched with the session's token, which
//! the window does not have.
//!
//! `cp://localhost/material/<id>`, `/document/<id>`, `/printout/<word>`, and
//! `/picture/<preview>.<page>.<width>.<the preview shown now, or 0>` (on
//! Windows `http://cp.localhost/…`). Nothing is kept on disk.

use crate::{
    desktop::Desktop,
    picture::WIDEST,
    preview::{self, Wanted},
    window,
};
use client::Bytes;
use contract::Problem;
use std::borrow::Cow;
use tauri::{
    Manager, Runtime, UriSchemeContext, UriSchemeResponder,
    http::{Method, Request, Response, StatusCode, header},
};
use vocabulary::{DocumentId, MaterialId, Printout};

/// The scheme's name.
pub(crate) const SCHEME: &str = "cp";

/// The window holds a file in memory to show it; more than this it could not.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// Where the window may come from: this application on each system.
const ORIGINS: &[&str] = &[
    "tauri://localhost",
    "http://tauri.localhost",
    "https://tauri.localhost",
];

/// What a path asks for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Served(Bytes, String),
    Picture(Wanted, Option<String>),
}

type Body = Cow<'static, [u8]>;

/// Answers a request of the window, on the runtime.
pub(crate) fn answer<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().clone();
    let is_ours = context.webview_label() == window::LABEL && request.method() == Method::GET;
    let origin = origin(&request);
    let asked = read(request.uri().path()).filter(|_| is_ours);
    tauri::async_runtime::spawn(async move {
        let found = match asked {
            Some(asked) => find(&app.state::<Desktop>(), asked).await,
            None => Err(Problem::not_found()),
        };
        responder.respond(respond(found, origin));
    });
}

fn read(path: &str) -> Option<Asked> {
    let mut parts = path.strip_prefix('/')?.split('/');
    let asked = match (parts.next()?, parts.next()?) {
        // Only ids: what is not one never reaches the server's address.
        ("material", id) => {
            let id: MaterialId = id.parse().ok()?;
            Asked::Served(Bytes::Material, id.to_string())
        }
        ("document", id) => {
            let id: DocumentId = id.parse().ok()?;
            Asked::Served(Bytes::Document, id.to_string())
        }
        ("printout", wanted) => {
            let wanted: Printout = wanted.parse().ok()?;
            Asked::Served(Bytes::Printout, wanted.to_string())
        }
        ("picture", which) => picture(which)?,
        _ => return None,
    };
    parts.next().is_none().then_some(asked)
}

/// Four numbers with dots between them.
fn picture(which: &str) -> Option<Asked> {
    let numbers: Result<Vec<u64>, _> = which.split('.').map(str::parse).collect();
    let [key, page, width, shown] = numbers.ok()?.try_into().ok()?;
    let width = u16::try_from(width).ok()?;
    let wanted = Wanted {
        key: key.to_string(),
        page: usize::try_from(page).ok()?,
        width,
    };
    let shown = (shown > 0).then(|| shown.to_string());
    (1..=WIDEST)
        .contains(&width)
        .then_some(Asked::Picture(wanted, shown))
}

async fn find(desktop: &Desktop, asked: Asked) -> Result<(String, Body), Problem> {
    match asked {
        Asked::Picture(wanted, shown) => {
            let bytes = preview::picture(&desktop.previews, wanted, shown).await?;
            Ok(("application/octet-stream".to_owned(), bytes.into()))
        }
        Asked::Served(bytes, id) => {
            let client = desktop.client().await?;
            let reading = async {
                let download = client.download(bytes, &id).await?;
                let mime = download.mime.clone();
                Ok((mime, download.all(MOST_BYTES).await?.into()))
            };
            reading
                .await
                .inspect_err(|problem| desktop.heed(problem, &client))
        }
    }
}

fn respond(found: Result<(String, Body), Problem>, origin: &'static str) -> Response<Body> {
    let (status, mime, body) = match found {
        Ok((mime, body)) => (StatusCode::OK, mime, body),
        Err(problem) => (
            StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            "application/problem+json".to_owned(),
            serde_json::to_vec(&problem).unwrap_or_default().into(),
        ),
    };
    let length = body.len();
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, mime)
        .header(header::CONTENT_LENGTH, length)
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin)
        .header(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            "content-length, content-type",
        )
        // Case papers are not to lie about in a cache of the web view.
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(body)
        .unwrap_or_else(|_| {
            // Only a content type that is no header value leads here.
            let mut empty = Response::new(Body::default());
            *empty.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            empty
        })
}

/// The origin that may read the answer: the window's own, else the usual one,
/// which then fits nobody.
fn origin(request: &Request<Vec<u8>>) -> &'static str {
    let said = request
        .headers()
        .get(header::ORIGIN)
        .and_then(|origin| origin.to_str().ok());
    if tauri::is_dev() && said == Some("http://localhost:5173") {
        return "http://localhost:5173";
    }
    ORIGINS
        .iter()
        .find(|origin| said == Some(**origin))
        .unwrap_or(&ORIGINS[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "018f6f00-0000-7000-8000-000000000001";

    #[test]
    fn papers_documents_and_pictures_of_previews_have_addresses() {
        assert_eq!(
            read(&format!("/material/{ID}")),
            Some(Asked::Served(Bytes::Material, ID.to_owned()))
        );
        assert_eq!(
            read(&format!("/document/{ID}")),
            Some(Asked::Served(Bytes::Document, ID.to_owned()))
        );
        let word = format!("public-list.{ID}.2026-11-26");
        assert_eq!(
            read(&format!("/printout/{word}")),
            Some(Asked::Served(Bytes::Printout, word))
        );
        let wanted = Wanted {
            key: "7".to_owned(),
            page: 2,
            width: 560,
        };
        assert_eq!(
            read("/picture/7.2.560.6"),
            Some(Asked::Picture(wanted.clone(), Some("6".to_owned())))
        );
        assert_eq!(
            read("/picture/7.2.560.0"),
            Some(Asked::Picture(wanted, None))
        );
    }

    #[test]
    fn nothing_else_has() {
        for path in [
            "/",
            "",
            "/material",
            "/material/",
            "/material/../rpc",
            "/material/1",
            "/upload/018f6f00-0000-7000-8000-000000000001",
            "/preview/7",
            "/picture/7",
            "/picture/7.2.560",
            "/picture/7.2.560.6.1",
            "/picture/7.2.0.6",
            "/picture/7.2.3001.6",
            "/picture/7.2.-1.6",
            "/picture/7.2.560.6/8",
            "/printout/public-list",
            "/printout/receipt.1",
        ] {
            assert_eq!(read(path), None, "{path}");
        }
    }

    #[test]
    fn an_answer_carries_its_type_and_length_and_is_not_cached() {
        let body: Body = vec![1, 2, 3].into();
        let response = respond(Ok(("application/pdf".to_owned(), body)), ORIGINS[0]);
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "application/pdf");
        assert_eq!(response.headers()["content-length"], "3");
        assert_eq!(response.headers()["cache-control"], "no-store");
    }

    #[test]
    fn a_refusal_is_a_problem_with_its_status() {
        let response = respond(Err(Problem::not_found()), ORIGINS[0]);
        assert_eq!(response.status(), 404);
        let problem: Problem = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(problem, Problem::not_found());
    }

    #[test]
    fn another_origin_is_never_let_in() {
        let request = |origin: &str| {
            Request::builder()
                .header("origin", origin)
                .body(Vec::new())
                .unwrap()
        };
        assert_eq!(
            origin(&request("http://tauri.localhost")),
            "http://tauri.localhost"
        );
        assert_eq!(origin(&request("https://example.org")), "tauri://localhost");
    }
}
