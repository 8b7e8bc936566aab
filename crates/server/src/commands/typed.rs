//! What is typed after a flag, understood or refused with how to write it. Each
//! sentence stands behind clap's "invalid value '…' for '--flag': ".

use domain::validator::Lowered;
use vocabulary::{Day, DeliveryId, Group, MachineId, OrganisationKind};

pub(super) fn day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|_| {
        "write a day of the calendar as year-month-day, for instance 2026-11-23".into()
    })
}

pub(super) fn group(text: &str) -> Result<Group, String> {
    Group::named(text.trim()).ok_or_else(|| {
        let all: Vec<&str> = Group::ALL.iter().map(|group| group.as_str()).collect();
        format!("there is no such group; choose among: {}", all.join(", "))
    })
}

pub(super) fn kind(text: &str) -> Result<OrganisationKind, String> {
    text.trim().parse().map_err(|_| {
        let all: Vec<&str> = OrganisationKind::ALL
            .iter()
            .map(|own| own.as_str())
            .collect();
        format!("there is no such kind; choose among: {}", all.join(", "))
    })
}

pub(super) fn machine_id(text: &str) -> Result<MachineId, String> {
    text.trim()
        .parse()
        .map_err(|_| "an id is 36 letters, digits and hyphens; copy it from `account list`".into())
}

pub(super) fn delivery_id(text: &str) -> Result<DeliveryId, String> {
    text.trim().parse().map_err(|_| {
        "an id is 36 letters, digits and hyphens; copy it from `deliveries dead`".into()
    })
}

/// A rule and what it becomes.
pub(super) fn lowering(text: &str) -> Result<(String, Lowered), String> {
    let (rule, to) = text.split_once('=').unwrap_or((text, ""));
    let to = to.parse().map_err(|()| {
        "write the rule, =, and WARNING or OFF, for instance DR-AGE-007=WARNING".to_owned()
    })?;
    Ok((rule.trim().to_owned(), to))
}

/// Words that must be there.
pub(super) fn words(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("it is empty; write at least one word".to_owned()),
        words => Ok(words.to_owned()),
    }
}

pub(super) fn cases(text: &str) -> Result<usize, String> {
    text.parse()
        .map_err(|_| "give a whole number of cases, for instance 40".to_owned())
}

/// An address with its port; a name is looked up when it is listened on.
pub(super) fn listen(text: &str) -> Result<String, String> {
    let port = text
        .rsplit_once(':')
        .map(|(host, port)| (host, port.parse::<u16>()));
    match port {
        Some((host, Ok(_))) if !host.is_empty() => Ok(text.to_owned()),
        _ => Err(
            "write an address of this computer and a port up to 65535, for instance 127.0.0.1:8420, \
             or 0.0.0.0:8420 for all its addresses"
                .to_owned(),
        ),
    }
}

pub(super) fn public_url(text: &str) -> Result<String, String> {
    crate::config::public_address(text).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_understood_is_kept_and_the_rest_is_told_how_to_write_it() {
        assert!(day("2026-11-23").is_ok());
        assert!(day("2026-02-30").unwrap_err().contains("year-month-day"));
        assert!(day("23 November").unwrap_err().contains("2026-11-23"));
        assert_eq!(group(" CPS"), Ok(Group::Cps));
        assert!(group("Judges").unwrap_err().contains("Legal Advisers"));
        assert!(machine_id("7").unwrap_err().contains("account list"));
        assert_eq!(words(" Case system "), Ok("Case system".to_owned()));
        assert!(words("  ").is_err());
        assert_eq!(cases("0"), Ok(0));
        assert!(cases("-1").is_err() && cases("many").is_err());
    }

    #[test]
    fn an_address_to_listen_on_has_a_host_and_a_port() {
        for right in ["127.0.0.1:8420", "[::1]:0", "localhost:8420"] {
            assert!(listen(right).is_ok(), "{right}");
        }
        for wrong in [
            "8420",
            ":8420",
            "127.0.0.1",
            "127.0.0.1:99999",
            "http://court",
        ] {
            assert!(listen(wrong).is_err(), "{wrong}");
        }
    }
}
