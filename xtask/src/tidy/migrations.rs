//! The two folders of migrations hold the same numbers and names. That the schemas agree is for
//! tests/conformance to say.

use super::Finding;

pub(crate) fn check(sqlite: &[String], postgres: &[String]) -> Vec<Finding> {
    let only = |these: &[String], those: &[String], here: &str, there: &str| -> Vec<Finding> {
        these
            .iter()
            .filter(|name| !those.contains(name))
            .map(|name| {
                Finding::new(
                    format!("migrations/{here}/{name}"),
                    format!("has no twin of the same name in migrations/{there}"),
                )
            })
            .collect()
    };
    let mut findings = only(sqlite, postgres, "sqlite", "postgres");
    findings.extend(only(postgres, sqlite, "postgres", "sqlite"));
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_migration_without_a_twin_is_found_on_either_side() {
        let both = || "0001_ledger.sql".to_owned();
        assert!(check(&[both()], &[both()]).is_empty());
        assert_eq!(
            check(&[both(), "0002_a.sql".to_owned()], &[both()]).len(),
            1
        );
        assert_eq!(check(&[both()], &["0001_other.sql".to_owned()]).len(), 2);
    }
}
