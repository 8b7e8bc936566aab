//! The derived tables as they are written. Every one is a function of the
//! events; a rebuild empties and fills all of them.

use crate::{
    ledger::heads::HEADS,
    rows::{Clash, Table},
};

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident = $table:literal ($($column:literal),*) key $key:literal $clash:ident;)*) => {
        $($(#[$doc])* pub(crate) static $name: Table = Table {
            name: $table,
            columns: &[$($column),*],
            key: $key,
            clash: Clash::$clash,
        };)*

        /// Every derived table.
        pub(crate) static DERIVED: &[&Table] = &[&HEADS, $(&$name),*];
    };
}

tables! {
    CASES = "case_index" (
        "case_id", "urn", "initiation", "prosecutor_ou", "prosecutor_name", "defendants",
        "offences", "names_folded", "titles_folded", "received_at", "concluded", "sensitive"
    ) key 1 Replace;
    DEFENDANTS = "defendant_index" (
        "defendant_id", "case_id", "place", "name", "name_folded", "date_of_birth", "firm", "basis",
        "names", "locked"
    ) key 1 Replace;
    PERMISSIONS = "case_permission" ("case_id", "account_id", "active", "since") key 2 Replace;
    OPENINGS = "case_opening" (
        "opening_id", "case_id", "account_id", "name", "reason", "at", "reviewed_at",
        "reviewed_by", "outcome", "kind", "until", "wrong"
    ) key 1 Replace;
    /// People who have access, each as one of the organisation where they were given it; of those
    /// that had it a row stays that says so.
    PEOPLE = "case_person" (
        "case_id", "account_id", "organisation_id", "part", "until", "received_at"
    ) key 3 Replace;
    DEFENDANT_HEARINGS = "defendant_hearing" (
        "day", "name_key", "defendant_id", "hearing_id", "case_id", "listed"
    ) key 4 Replace;
    /// What the Legal Aid Agency is told.
    LEGAL_AID = "legal_aid_message" (
        "position", "defendant_id", "at", "kind", "case_id", "body"
    ) key 2 Keep;
    PARTIES = "case_party" ("case_id", "organisation_id", "part", "received_at") key 2 Replace;
    HEARINGS = "hearing_index" (
        "hearing_id", "court_id", "court_name", "courtroom_id", "courtroom_name", "day",
        "starts_at", "kind", "state", "shared", "amender"
    ) key 1 Replace;
    HEARING_CASES = "hearing_case" ("hearing_id", "case_id", "place", "listed") key 2 Replace;
    MATERIALS = "material_index" (
        "material_id", "case_id", "defendant_id", "section", "name", "name_folded", "mime",
        "bytes", "sha256", "organisation_id", "at"
    ) key 1 Replace;
    /// The first reading counts.
    MATERIALS_READ = "material_read" ("account_id", "material_id", "case_id", "first_at") key 2 Keep;
    /// The same left twice is there once.
    WORDS_LEFT = "words_left" (
        "about_id", "account_id", "sha256", "name", "at", "words"
    ) key 3 Keep;
    DOCUMENTS = "document_index" (
        "document_id", "case_id", "hearing_id", "defendant_id", "name", "kind", "requested", "made",
        "sha256", "marked_sha256"
    ) key 1 Replace;
    /// The other cases that a document speaks of.
    DOCUMENTS_BESIDE = "document_beside" ("case_id", "document_id") key 2 Keep;
    DELIVERIES = "delivery_index" (
        "delivery_id", "document_id", "organisation_id", "channel", "state", "requested",
        "received", "waiting", "recipient", "must_acknowledge", "acknowledged", "settled",
        "outstanding", "alarm_from", "urgent", "taken", "arrived"
    ) key 1 Replace;
    /// Documents that owe Welsh, and those that owed it.
    TRANSLATIONS = "translation_index" (
        "document_id", "hearing_id", "requested", "waits", "held", "taken"
    ) key 1 Replace;
    /// The first reading counts.
    DOCUMENTS_READ = "document_read" ("account_id", "document_id", "first_at") key 2 Keep;
    ACCOUNTS = "account_index" (
        "account_id", "email", "organisation_id", "active", "opened", "body"
    ) key 1 Replace;
    ORGANISATIONS = "organisation_index" (
        "organisation_id", "kind", "name_folded", "ou_code", "added", "body"
    ) key 1 Replace;
    /// One row.
    DIRECTORY = "directory" ("one", "changed") key 1 Replace;
    MACHINES = "machine_index" ("machine_id", "ou_code", "active", "issued", "body") key 1 Replace;
    SUBMISSIONS = "submission_index" (
        "submission_id", "ou_code", "sha256", "status", "case_id", "received_at"
    ) key 1 Replace;
    NOTICES = "notice" (
        "account_id", "position", "notice_id", "at", "title", "body", "case_id", "about",
        "hearing_id"
    ) key 3 Keep;
    REGISTRATIONS = "registration_index" (
        "organisation_id", "reference", "standing", "at", "body"
    ) key 1 Replace;
    ANNOUNCEMENTS = "announcement_index" (
        "announcement_id", "ends_at", "rank", "starts_at", "body"
    ) key 1 Replace;
    HELP = "help_index" ("request_id", "account_id", "asked_at", "answered", "body") key 1 Replace;
}

/// Mail to people: put with its event and then changed by whoever sends it. Not derived: a
/// rebuild finds the rows, with their marks, and sends nothing again.
pub(crate) static MAIL: Table = Table {
    name: "account_mail",
    columns: &[
        "mail_id",
        "kind",
        "about",
        "since",
        "tried",
        "next_at",
        "claimed_until",
        "state",
    ],
    key: 1,
    clash: Clash::Keep,
};

/// Who at a court sees to a day that differs: put with the event that says so, beside what was
/// reckoned. It counts for as long as that day differs, which is working state; so it is not
/// held against the events, and a rebuild puts it again.
pub(crate) static DAY_OWNERS: Table = Table {
    name: "reconciliation_owner",
    columns: &["day", "court_id", "account_id", "name", "since"],
    key: 2,
    clash: Clash::Replace,
};
