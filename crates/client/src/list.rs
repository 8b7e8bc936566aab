//! The contract's list, turned into methods and into a table of names.
//!
//! A new line of the list is a new method here without anybody writing one.

use crate::Client;
use contract::{Kind, Problem};

/// What the list says about a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// `noun.verb`.
    pub name: &'static str,
    /// Query or command.
    pub kind: Kind,
    /// Whether it may be asked before signing in.
    pub open: bool,
}

macro_rules! expand {
    ($(($kind:ident, $open:ident, $name:literal, $method:ident, $request:ty, $view:ty)),* $(,)?) => {
        impl Client {
            $(
                #[doc = concat!("Asks `", $name, "`. A command gets a new id; to send one again under its own, use [`Client::send`].")]
                ///
                /// # Errors
                /// The server's refusal, or a problem with the way to it.
                pub async fn $method(&self, request: &$request) -> Result<$view, Problem> {
                    self.ask(request).await
                }
            )*
        }

        const LIST: &[Listed] = &[$(
            Listed {
                name: <$request as contract::Endpoint>::NAME,
                kind: <$request as contract::Endpoint>::KIND,
                open: <$request as contract::Endpoint>::OPEN,
            }
        ),*];
    };
}
contract::endpoints!(expand);

/// The list's line of this name, if there is one.
#[must_use]
pub fn listed(name: &str) -> Option<&'static Listed> {
    LIST.iter().find(|listed| listed.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_name_that_is_not_on_the_list_is_not_known() {
        assert!(listed("case.find").is_some());
        for other in [
            "case.destroy",
            "case.Find",
            "",
            "case.find/../x",
            "case.find ",
        ] {
            assert_eq!(listed(other), None, "{other:?}");
        }
    }

    #[test]
    fn every_name_is_on_the_list_once_as_noun_and_verb() {
        let names: BTreeSet<&str> = LIST.iter().map(|listed| listed.name).collect();
        assert_eq!(names.len(), LIST.len());
        for name in names {
            let parts: Vec<&str> = name.split('.').collect();
            assert!(
                parts.len() == 2 && parts.iter().all(|part| !part.is_empty()),
                "{name}"
            );
        }
    }

    #[test]
    fn sharing_results_is_a_command_and_finding_a_case_is_a_query() {
        assert_eq!(listed("hearing.share_results").unwrap().kind, Kind::Command);
        assert_eq!(listed("case.find").unwrap().kind, Kind::Query);
        assert!(listed("account.sign_in").unwrap().open);
        assert!(!listed("case.find").unwrap().open);
    }
}
