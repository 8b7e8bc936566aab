//! How many connections one address may hold: nobody takes all the places of a
//! server that others need too. This computer and the trusted proxies are not
//! counted: each speaks for many, and what runs here could do worse than connect.

use app::account::neighbourhood;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

/// The part of all places that one address may take.
const PART: usize = 4;

/// Who is in.
#[derive(Debug)]
pub(crate) struct Doors {
    most: usize,
    trusted: Arc<[IpAddr]>,
    inside: Mutex<HashMap<IpAddr, usize>>,
}

/// A place that is taken until this is dropped.
#[derive(Debug)]
pub(crate) struct Inside {
    doors: Arc<Doors>,
    address: Option<IpAddr>,
}

impl Doors {
    pub(crate) fn new(places: usize, trusted: Arc<[IpAddr]>) -> Arc<Self> {
        Arc::new(Self {
            most: (places / PART).max(1),
            trusted,
            inside: Mutex::default(),
        })
    }

    /// Lets a connection in, unless its address has too many already.
    pub(crate) fn enter(self: &Arc<Self>, peer: IpAddr) -> Option<Inside> {
        let address = neighbourhood(peer);
        let address = if address.is_loopback() || self.trusted.contains(&peer.to_canonical()) {
            None
        } else {
            Some(address)
        };
        if let Some(address) = address {
            let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
            let held = inside.entry(address).or_default();
            if *held >= self.most {
                return None;
            }
            *held += 1;
        }
        Some(Inside {
            doors: Arc::clone(self),
            address,
        })
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        let Some(address) = self.address else {
            return;
        };
        let mut inside = self
            .doors
            .inside
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = inside.get_mut(&address) {
            *held -= 1;
            if *held == 0 {
                inside.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_address_takes_a_quarter_of_the_places_and_others_still_come_in() {
        let doors = Doors::new(8, Arc::default());
        let mut held: Vec<_> = (0..2).map(|_| doors.enter(ip("203.0.113.7"))).collect();
        assert!(held.iter().all(Option::is_some));
        assert!(doors.enter(ip("203.0.113.7")).is_none());
        assert!(doors.enter(ip("::ffff:203.0.113.7")).is_none(), "the same");
        assert!(doors.enter(ip("203.0.113.8")).is_some());
        held.pop();
        assert!(doors.enter(ip("203.0.113.7")).is_some());
        drop(held);
        assert!(doors.inside.lock().unwrap().is_empty());
    }

    #[test]
    fn a_network_of_64_bits_is_one_address() {
        let doors = Doors::new(4, Arc::default());
        let _held = doors.enter(ip("2001:db8::1")).unwrap();
        assert!(doors.enter(ip("2001:db8::2")).is_none());
        assert!(doors.enter(ip("2001:db8:0:1::1")).is_some());
    }

    #[test]
    fn this_computer_and_a_trusted_proxy_speak_for_many() {
        let doors = Doors::new(4, [ip("192.0.2.1")].into());
        for address in ["127.0.0.1", "::1", "192.0.2.1"] {
            let held: Vec<_> = (0..9).map(|_| doors.enter(ip(address))).collect();
            assert!(held.iter().all(Option::is_some), "{address}");
        }
    }
}
