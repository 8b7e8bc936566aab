//! The court room: today's list, the log, pleas, results, sharing and amending them.

mod amendment;
mod joined;
mod left;
mod verdict;

pub use amendment::{
    AmendmentView, BeginAmendment, CancelAmendment, CompareVersions, ComparedLine, ComparedTarget,
    ComparisonView, DecideAmendment, EndedAmendment, RequestApproval, UnlockResults, VersionRow,
};

pub use joined::{
    AlsoListed, AlsoListedView, CountsAsOne, HearTogether, HeardWith, OtherHearing, TakeApart,
    TellApart,
};
pub use left::{LeaveWords, LeftTyped, LeftWords, WordsAreLeft};
pub use verdict::{EnterVerdict, Majority, VerdictChoice, VerdictView};

use crate::{case::DocumentRow, document::OrderView, result::Match};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use vocabulary::{
    Attendance, CaseId, CourtId, CourtroomId, Day, DefendantId, DefinitionId, HearingId,
    HearingState, Instant, Jurisdiction, LogDefinitionId, LogEntryId, OffenceId, ResultLineId,
    ResultsState, Severity, Urn,
};

/// Which court rooms are there?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Courtrooms {}

/// Courts with their rooms; this person's own court first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CourtroomList {
    /// Courts.
    pub courts: Vec<CourtView>,
    /// The day in court.
    pub today: Day,
}

/// Which of these hearings are not, or no longer, this person's to open? A computer that keeps
/// what was typed in one asks, leaves it with the court and forgets it. Nothing of a hearing is
/// told.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// Hearings; at most 200.
    pub hearings: Vec<HearingId>,
}

/// Those of them that are closed, or that there are not.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ClosedHearings {
    /// Hearings.
    pub closed: Vec<HearingId>,
}

/// A court house.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CourtView {
    /// Court.
    pub court_id: CourtId,
    /// Name.
    pub name: String,
    /// Jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// Rooms.
    pub rooms: Vec<RoomView>,
}

/// A court room.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RoomView {
    /// Room.
    pub courtroom_id: CourtroomId,
    /// Name, for instance `Courtroom 1`.
    pub name: String,
}

/// The list of one room on one day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DayList {
    /// Room.
    pub courtroom_id: CourtroomId,
    /// Day.
    pub day: Day,
}

/// Hearings in the order of the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DayListView {
    /// Court and room.
    pub court: String,
    /// Day.
    pub day: Day,
    /// Rows.
    pub hearings: Vec<HearingRow>,
}

/// One hearing in the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HearingRow {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Clock, `10:00`.
    pub time: String,
    /// Type in words.
    pub kind: String,
    /// Case references.
    pub cases: Vec<Urn>,
    /// Defendants.
    pub defendants: Vec<String>,
    /// Offences in short.
    pub offences: String,
    /// State.
    pub state: HearingState,
    /// Whether its results were shared.
    pub shared: bool,
    /// Whether something still waits for its results.
    pub part: bool,
    /// How the results of the day stand.
    pub results_state: ResultsState,
    /// Whether a defendant is in custody.
    pub custody: bool,
}

/// Open a hearing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct View {
    /// Hearing.
    pub hearing_id: HearingId,
}

/// Everything on the hearing screen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HearingView {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Version of the record: commands name it, so that nobody overwrites somebody else.
    #[ts(type = "number")]
    pub version: u64,
    /// Type in words.
    pub kind: String,
    /// Court and room.
    pub court: String,
    /// Jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// Day.
    pub day: Day,
    /// Clock.
    pub time: String,
    /// State.
    pub state: HearingState,
    /// Defendants with their offences.
    pub defendants: Vec<HearingDefendant>,
    /// The log so far, newest first.
    pub log: Vec<LogEntry>,
    /// Events that may be logged now, by group.
    pub log_choices: Vec<LogChoice>,
    /// Pleas that may be entered here.
    pub plea_choices: Vec<PleaChoice>,
    /// Verdicts that may be entered here.
    pub verdict_choices: Vec<VerdictChoice>,
    /// Majorities by which a jury may give one; none in a court without a jury.
    pub majorities: Vec<Majority>,
    /// Results typed so far.
    pub draft: Draft,
    /// How the results of the day stand.
    pub results_state: ResultsState,
    /// Results shared, if they were: the version that stands.
    pub shared: Option<SharedView>,
    /// What is not shared yet.
    #[serde(default)]
    pub remaining: Vec<ShareTarget>,
    /// The amendment that is being made.
    pub amendment: Option<AmendmentView>,
    /// Every version, newest first.
    pub versions: Vec<VersionRow>,
    /// Amendments that ended without being shared, newest first.
    pub ended_amendments: Vec<EndedAmendment>,
    /// What others had typed and not sent when the hearing was closed to them, oldest first; for
    /// those who type here.
    #[serde(default)]
    pub left: Vec<LeftWords>,
    /// Documents made from them: those that stand, then those that do not.
    pub documents: Vec<DocumentRow>,
    /// What this person may do here now: `log`, `attendance`, `plea`, `verdict`, `draft`,
    /// `share`, `amend`, `cancel`, `unlock`, `request_approval`, `decide`.
    pub may: Vec<String>,
}

/// A defendant in court.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HearingDefendant {
    /// Defendant.
    pub defendant_id: DefendantId,
    /// Case.
    pub case_id: CaseId,
    /// Case reference.
    pub urn: Urn,
    /// Full name.
    pub name: String,
    /// Date of birth.
    pub date_of_birth: Option<Day>,
    /// Age today.
    #[ts(type = "number | null")]
    pub age: Option<i64>,
    /// Bail or custody, in words.
    pub bail: String,
    /// Whether that is custody.
    pub in_custody: bool,
    /// Firm on record.
    pub represented_by: Option<String>,
    /// Attendance today, if recorded.
    pub attendance: Option<Attendance>,
    /// Interpreter needed.
    pub interpreter: Option<String>,
    /// The days on which the case was heard so far, newest first: of which a verdict may be.
    pub verdict_days: Vec<Day>,
    /// Offences.
    pub offences: Vec<HearingOffence>,
}

/// An offence in court.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HearingOffence {
    /// Offence.
    pub offence_id: OffenceId,
    /// Number.
    pub number: u32,
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
    /// Legislation.
    pub legislation: String,
    /// Wording.
    pub wording: String,
    /// When committed, in words.
    pub committed: String,
    /// Mode of trial.
    pub mode_of_trial: String,
    /// Plea in words.
    pub plea: Option<String>,
    /// Plea value, for instance `GUILTY`.
    pub plea_value: Option<String>,
    /// What the court found on it.
    pub verdict: Option<VerdictView>,
    /// Whether one may be entered: it is not admitted, and has no final result.
    pub verdict_open: bool,
    /// The custody time limit, while one runs.
    pub time_limit: Option<TimeLimitView>,
}

/// A custody time limit that runs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TimeLimitView {
    /// The last day.
    pub expires: Day,
    /// Days left; negative once it has expired.
    #[ts(type = "number")]
    pub days_left: i64,
    /// Whether that is soon.
    pub soon: bool,
    /// Both in words.
    pub text: String,
    /// Whether the court set it, or how it was worked out.
    pub how: String,
}

/// Something logged.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LogEntry {
    /// Entry.
    pub entry_id: LogEntryId,
    /// When.
    pub at: Instant,
    /// Clock in court.
    pub clock: String,
    /// What.
    pub label: String,
    /// Note.
    pub note: Option<String>,
    /// By whom.
    pub by: String,
}

/// An event that may be logged.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LogChoice {
    /// Definition.
    pub definition_id: LogDefinitionId,
    /// Label on the button.
    pub label: String,
    /// Group.
    pub group: String,
    /// `start`, `pause`, `resume`, `end`, or nothing for an ordinary event.
    pub control: Option<String>,
}

/// A plea that may be entered.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PleaChoice {
    /// Value, for instance `NOT_GUILTY`.
    pub value: String,
    /// In words.
    pub label: String,
}

/// Log an event; the control events start, pause, resume and end the hearing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LogEvent {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Version seen.
    #[ts(type = "number")]
    pub version: u64,
    /// Definition.
    pub definition_id: LogDefinitionId,
    /// Whom it concerns.
    pub defendant_id: Option<DefendantId>,
    /// Note, at most 3,000 characters.
    pub note: Option<String>,
}

/// Record how a defendant attends.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecordAttendance {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Version seen.
    #[ts(type = "number")]
    pub version: u64,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// How.
    pub attendance: Attendance,
}

/// Enter a plea.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EnterPlea {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Version seen.
    #[ts(type = "number")]
    pub version: u64,
    /// Offence.
    pub offence_id: OffenceId,
    /// Value, one of the choices.
    pub plea: String,
}

/// Recorded; the hearing as it now is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Recorded {
    /// Version of the record.
    #[ts(type = "number")]
    pub version: u64,
}

/// One line of results as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Line {
    /// Line.
    pub line_id: ResultLineId,
    /// Definition.
    pub definition_id: DefinitionId,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// Offence, or nothing if it concerns the defendant as a whole.
    pub offence_id: Option<OffenceId>,
    /// The line it belongs under.
    pub parent: Option<ResultLineId>,
    /// Answers by reference.
    pub answers: BTreeMap<String, String>,
}

/// Text that is no result yet: kept, so that nothing typed is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Unresolved {
    /// Defendant.
    pub defendant_id: DefendantId,
    /// Offence.
    pub offence_id: Option<OffenceId>,
    /// As typed.
    pub text: String,
}

/// The results typed so far.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Draft {
    /// Revision of the draft: saving names it.
    #[ts(type = "number")]
    pub revision: u64,
    /// Lines, each with what people read.
    pub lines: Vec<DraftLine>,
    /// Text that is no result yet.
    pub unresolved: Vec<Unresolved>,
    /// Who saved it last, when.
    pub saved: Option<String>,
    /// Whether it can be shared, and what is missing.
    pub readiness: Readiness,
}

/// A line with what people read.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DraftLine {
    /// The line.
    pub line: Line,
    /// Its definition.
    pub definition: Match,
    /// Label with its answered prompts.
    pub text: String,
}

/// Whether results can be shared.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Readiness {
    /// Whether nothing blocks.
    pub ready: bool,
    /// What blocks or warns.
    pub findings: Vec<Finding>,
    /// The defendants of whom something typed could be shared now, while the rest waits.
    #[serde(default)]
    pub finished: Vec<DefendantId>,
    /// Answers that are worked out from the record, for a person to take or leave.
    pub proposals: Vec<Proposal>,
}

/// An answer that is worked out, offered and never filled in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Proposal {
    /// The line.
    pub line_id: ResultLineId,
    /// The question of the line.
    pub field: String,
    /// The answer.
    pub answer: String,
    /// The same as people read it.
    pub shown: String,
    /// What it is and why, one sentence.
    pub message: String,
    /// What it rests on.
    pub source: String,
    /// What of it nobody has confirmed.
    pub unconfirmed: Option<String>,
}

/// Something missing or doubtful.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Finding {
    /// Whether it blocks.
    pub severity: Severity,
    /// Closed code.
    pub code: String,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// The line.
    pub line_id: Option<ResultLineId>,
    /// The question of the line.
    pub field: Option<String>,
    /// The defendant.
    pub defendant_id: Option<DefendantId>,
    /// The offence.
    pub offence_id: Option<OffenceId>,
    /// What the rule rests on: the Act and section.
    pub source: Option<String>,
    /// Whoever runs the service lowered the rule.
    pub lowered: Option<crate::rules::RuleLowered>,
}

/// Save what has been typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveDraft {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Revision seen.
    #[ts(type = "number")]
    pub revision: u64,
    /// Lines.
    pub lines: Vec<Line>,
    /// Text that is no result yet.
    pub unresolved: Vec<Unresolved>,
}

/// Saved, durably.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DraftSaved {
    /// The draft as it now is.
    pub draft: Draft,
}

/// Which documents would these results make, and how would they look?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Preview {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Lines.
    pub lines: Vec<Line>,
}

/// Documents that sharing would ask for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PreviewView {
    /// Documents.
    pub documents: Vec<PreviewDocument>,
}

/// One document that sharing would ask for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PreviewDocument {
    /// Its name.
    pub name: String,
    /// For whom the copy is.
    pub defendant: String,
    /// Its view, opaque to the front end; the desktop sets it with the same crate as the server.
    #[ts(type = "unknown")]
    pub view: OrderView,
    /// Who would get it.
    pub recipients: Vec<String>,
}

/// Share the results, or those of some targets: they are final until amended. After an
/// amendment, share them again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShareResults {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Version seen.
    #[ts(type = "number")]
    pub version: u64,
    /// Revision of the draft that is shared.
    #[ts(type = "number")]
    pub revision: u64,
    /// What is shared now, while the rest waits; nothing is all that remains.
    #[serde(default)]
    pub targets: Option<Vec<ShareTarget>>,
}

/// What a result is about: an offence of a defendant, or the defendant as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShareTarget {
    /// Defendant.
    pub defendant_id: DefendantId,
    /// Offence, or nothing for the defendant as a whole.
    pub offence_id: Option<OffenceId>,
}

/// Shared; its documents are on their way.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Shared {
    /// Version of the record.
    #[ts(type = "number")]
    pub version: u64,
    /// How many documents were asked for.
    #[ts(type = "number")]
    pub documents: u64,
}

/// Results as shared.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SharedView {
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: String,
    /// Which version.
    pub version: u32,
    /// Texts, by offence and defendant.
    pub lines: Vec<DraftLine>,
}
