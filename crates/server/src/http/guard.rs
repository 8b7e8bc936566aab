//! Keeping pages of the web out. A page that somebody has open can make their
//! browser ask a server on their own computer, and by a name that it lets point
//! there (DNS rebinding) even read the answers. Our own applications are no pages:
//! they send no `Origin`, and they know the server by its right name.

use super::answer;
use axum::{
    extract::{Request, State as Extract},
    http::{Uri, header, uri::Authority},
    middleware::Next,
    response::Response,
};
use contract::{Code, Problem};
use std::{net::IpAddr, sync::Arc};

/// By which names a server is asked.
#[derive(Debug, Clone)]
pub(crate) struct Guard {
    /// Whether it listens on the loopback, where names can be told apart.
    loopback: bool,
    /// Scheme and authority of the public address.
    public: Option<(Arc<str>, Authority)>,
    /// The same of our own page, where browsers need another name for a number.
    page: Option<(Arc<str>, Authority)>,
}

impl Guard {
    pub(crate) fn new(listens_on: IpAddr, public_url: &str) -> Self {
        let public = public_url.parse::<Uri>().ok().and_then(|url| {
            let authority = url.authority()?.clone();
            Some((url.scheme_str()?.into(), authority))
        });
        Self {
            loopback: listens_on.is_loopback(),
            page: public.as_ref().and_then(named),
            public,
        }
    }

    /// Whether the public address is one by https.
    pub(super) fn is_by_tls(&self) -> bool {
        let scheme = self.public.as_ref().map(|(scheme, _)| &**scheme);
        scheme == Some("https")
    }

    /// What is wrong with a request, if anything.
    fn complaint(&self, request: &Request) -> Option<Problem> {
        let headers = request.headers();
        let mut origins = headers.get_all(header::ORIGIN).iter();
        // Our page asks for what belongs to it, and for nothing else.
        let of_page = request.uri().path().starts_with("/passkey/");
        let is_ours = |text: &str| is(&self.public, text) || (of_page && is(&self.page, text));
        if origins.any(|origin| !origin.to_str().is_ok_and(is_ours)) {
            return Some(not_for_pages().because("The request came from a page of another site."));
        }
        if !self.loopback {
            return None;
        }
        // Both are asked of, because a line with a whole address beats the header.
        let line = request.uri().authority().map(Authority::as_str);
        let mut hosts = headers
            .get_all(header::HOST)
            .iter()
            .map(|host| host.to_str().unwrap_or_default())
            .chain(line)
            .peekable();
        let named = hosts.peek().is_some() && hosts.all(|host| self.knows(host));
        (!named)
            .then(|| not_for_pages().because("The server was asked by a name that is not its own."))
    }

    /// Whether a name is one of this computer or of the public address. The port
    /// is left open for this computer's: no rebound name is among them, and a
    /// tunnel to the server has a port of its own.
    fn knows(&self, host: &str) -> bool {
        let Ok(asked) = host.parse::<Authority>() else {
            return false;
        };
        let local = ["127.0.0.1", "localhost", "[::1]"]
            .iter()
            .any(|name| asked.host().eq_ignore_ascii_case(name));
        let public = self.public.as_ref();
        local || public.is_some_and(|(scheme, authority)| same(scheme, authority, host))
    }
}

/// Whether an origin is that of an address.
fn is(address: &Option<(Arc<str>, Authority)>, origin: &str) -> bool {
    address.as_ref().is_some_and(|(scheme, authority)| {
        origin
            .split_once("://")
            .is_some_and(|(of, host)| of == &**scheme && same(scheme, authority, host))
    })
}

/// An address of this computer by number, by the name that passkeys need instead.
fn named((scheme, authority): &(Arc<str>, Authority)) -> Option<(Arc<str>, Authority)> {
    let number: IpAddr = authority.host().trim_matches(['[', ']']).parse().ok()?;
    let port = authority.port().map(|port| format!(":{port}"));
    let name = format!("localhost{}", port.unwrap_or_default());
    let name = number.is_loopback().then(|| name.parse().ok())??;
    Some((Arc::clone(scheme), name))
}

/// Whether a host is this authority, with or without the port that its scheme has anyway.
fn same(scheme: &str, authority: &Authority, host: &str) -> bool {
    let usual = if scheme == "https" { 443 } else { 80 };
    host.parse::<Authority>().is_ok_and(|host| {
        host.host().eq_ignore_ascii_case(authority.host())
            && host.port_u16().unwrap_or(usual) == authority.port_u16().unwrap_or(usual)
    })
}

fn not_for_pages() -> Problem {
    Problem::new(
        Code::NotPermitted,
        "This service does not answer pages of the web.",
        "Use the application, or ask by the service's own address.",
    )
}

/// Turns away what a page of the web sent.
pub(super) async fn no_pages(
    Extract(guard): Extract<Guard>,
    request: Request,
    next: Next,
) -> Response {
    match guard.complaint(&request) {
        Some(problem) => answer::problem_response(&problem),
        None => next.run(request).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn allowed(guard: &Guard, headers: &[(&str, &str)]) -> bool {
        allowed_at("/rpc/account.about", guard, headers)
    }

    fn allowed_at(address: &str, guard: &Guard, headers: &[(&str, &str)]) -> bool {
        let mut request = Request::builder().uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        guard
            .complaint(&request.body(Body::empty()).unwrap())
            .is_none()
    }

    fn guard(listens_on: &str, public_url: &str) -> Guard {
        Guard::new(listens_on.parse().unwrap(), public_url)
    }

    #[test]
    fn on_the_loopback_only_its_own_names_are_answered() {
        let guard = guard("127.0.0.1", "https://court.example");
        for host in [
            "127.0.0.1:8420",
            "localhost:8420",
            "LOCALHOST",
            "[::1]:8420",
            "court.example",
            "court.example:443",
        ] {
            assert!(allowed(&guard, &[("host", host)]), "{host}");
        }
        for host in [
            "rebound.example:8420",
            "court.example:8420",
            "127.0.0.1.example",
            "court",
            "",
            "10.0.0.1",
        ] {
            assert!(!allowed(&guard, &[("host", host)]), "{host}");
        }
        assert!(!allowed(&guard, &[]), "no name at all");
        let both = [("host", "localhost"), ("host", "rebound.example")];
        assert!(!allowed(&guard, &both));
    }

    #[test]
    fn our_own_page_asks_for_what_belongs_to_it_and_for_nothing_else() {
        let guard = guard("127.0.0.1", "http://127.0.0.1:8420");
        let from = |origin| [("host", "localhost:8420"), ("origin", origin)];
        let own = from("http://localhost:8420");
        assert!(allowed_at("/passkey/look", &guard, &own));
        assert!(!allowed_at("/rpc/account.about", &guard, &own));
        assert!(!allowed_at("/passkey", &guard, &own));
        for other in [
            "http://localhost:8421",
            "https://localhost:8420",
            "http://localhost",
            "http://court.example:8420",
        ] {
            assert!(
                !allowed_at("/passkey/look", &guard, &from(other)),
                "{other}"
            );
        }
    }

    #[test]
    fn on_a_network_any_name_is_answered_and_still_no_page_of_another_site() {
        let guard = guard("0.0.0.0", "https://court.example");
        assert!(allowed(&guard, &[("host", "court.internal")]));
        for origin in ["https://other.example", "http://court.example", "null", ""] {
            let headers = [("host", "court.example"), ("origin", origin)];
            assert!(!allowed(&guard, &headers), "{origin}");
        }
        let own = [
            ("host", "court.example"),
            ("origin", "https://court.example"),
        ];
        assert!(allowed(&guard, &own));
    }
}
