//! Where a request comes from: the peer of its connection or, if that is a proxy
//! that the configuration trusts, the one that the proxy names. What anybody else
//! says of where they come from is not believed.

use app::account::neighbourhood;
use axum::http::HeaderMap;
use std::net::{IpAddr, SocketAddr};

/// Where a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Whence {
    /// Its address.
    pub(crate) address: IpAddr,
    /// Whether it comes from this computer, and from behind no proxy.
    pub(crate) here: bool,
}

impl Whence {
    /// What counts as one address where tries are counted.
    pub(crate) fn counted(self) -> String {
        neighbourhood(self.address).to_string()
    }
}

/// Where a request with these headers comes from.
pub(crate) fn of(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> Whence {
    let peer = peer.to_canonical();
    let forwarded = ["x-forwarded-for", "forwarded", "via"]
        .iter()
        .any(|name| headers.contains_key(*name));
    let address = if trusted.contains(&peer) {
        named(headers, trusted).unwrap_or(peer)
    } else {
        peer
    };
    Whence {
        address,
        here: peer.is_loopback() && !forwarded && !trusted.contains(&peer),
    }
}

/// The last one in the list that is no trusted proxy: each proxy adds whom it
/// heard, so what stands before that anybody can have made up.
fn named(headers: &HeaderMap, trusted: &[IpAddr]) -> Option<IpAddr> {
    let lines: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .map(|line| line.to_str().unwrap_or("?"))
        .collect();
    let mut last = None;
    for entry in lines.iter().flat_map(|line| line.split(',')).rev() {
        let Some(address) = parsed(entry.trim()) else {
            break;
        };
        last = Some(address);
        if !trusted.contains(&address) {
            break;
        }
    }
    last
}

/// An address, with or without a port.
fn parsed(entry: &str) -> Option<IpAddr> {
    let bare = entry.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<IpAddr>()
        .or_else(|_| entry.parse::<SocketAddr>().map(|address| address.ip()))
        .ok()
        .map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn whence(peer: &str, lines: &[&str], trusted: &[&str]) -> Whence {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|text| ip(text)).collect();
        of(ip(peer), &headers, &trusted)
    }

    #[test]
    fn what_a_stranger_says_of_itself_is_not_believed() {
        let got = whence("198.51.100.9", &["203.0.113.7"], &["192.0.2.1"]);
        assert_eq!(got.address, ip("198.51.100.9"));
    }

    #[test]
    fn behind_a_trusted_proxy_the_last_one_it_heard_counts() {
        let proxies = ["192.0.2.1", "192.0.2.2"];
        for (lines, wanted) in [
            (&["203.0.113.7"][..], "203.0.113.7"),
            (&["10.0.0.1, 203.0.113.7"], "203.0.113.7"),
            (&["10.0.0.1", "203.0.113.7, 192.0.2.2"], "203.0.113.7"),
            (&["203.0.113.7:4711"], "203.0.113.7"),
            (&["[2001:db8::7]:4711"], "2001:db8::7"),
            (&["unknown, 192.0.2.2"], "192.0.2.2"),
            (&["nonsense"], "192.0.2.1"),
            (&[], "192.0.2.1"),
        ] {
            assert_eq!(
                whence("192.0.2.1", lines, &proxies).address,
                ip(wanted),
                "{lines:?}"
            );
        }
    }

    #[test]
    fn only_this_computer_itself_is_here() {
        assert!(whence("127.0.0.1", &[], &[]).here);
        assert!(whence("::1", &[], &[]).here);
        assert!(!whence("127.0.0.1", &["203.0.113.7"], &[]).here);
        assert!(!whence("127.0.0.1", &[], &["127.0.0.1"]).here);
        assert!(!whence("203.0.113.7", &[], &[]).here);
    }

    #[test]
    fn a_whole_network_of_64_bits_is_counted_as_one() {
        let one = whence("2001:db8::1", &[], &[]).counted();
        assert_eq!(one, whence("2001:db8::2", &[], &[]).counted());
        assert_ne!(one, whence("2001:db8:0:1::1", &[], &[]).counted());
    }
}
