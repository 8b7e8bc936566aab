//! The audit, as an auditor reads it. Readings of cases and papers, and the audit of the
//! auditors, are in `access.rs`; signing in is in `signing_in/recorded.rs`.

use contract::audit::{AuditLine, AuditReport, Report, Subject};
use testkit::TestCourt;
use vocabulary::Group;

/// What the record says of today, as an auditor reads it.
pub(crate) async fn report(court: &TestCourt, about: Subject, which: &str) -> AuditReport {
    app::audit::record_refusals(&court.state.app).await.unwrap();
    let auditor = court.person(Group::Auditors, 0).await;
    let asked = Report {
        about,
        which: which.to_owned(),
        from: court.today(),
        to: court.today(),
    };
    auditor.audit_report(&asked).await.unwrap()
}

/// The same of a person.
pub(crate) async fn of_person(court: &TestCourt, email: &str) -> Vec<AuditLine> {
    report(court, Subject::Person, email).await.lines
}

/// The lines that begin so.
pub(crate) fn lines<'a>(all: &'a [AuditLine], what: &str) -> Vec<&'a AuditLine> {
    all.iter()
        .filter(|line| line.what.starts_with(what))
        .collect()
}

/// The one line that begins so.
pub(crate) fn line<'a>(all: &'a [AuditLine], what: &str) -> &'a AuditLine {
    match lines(all, what)[..] {
        [one] => one,
        _ => panic!("not one {what:?} among {all:#?}"),
    }
}
