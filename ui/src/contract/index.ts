// Generated from crates/contract by `cargo xtask generate`. Do not edit.

export type AccountId = string;

export type Acting = { 
/**
 * Who.
 */
account_id: AccountId, 
/**
 * Name.
 */
name: string, 
/**
 * Organisation.
 */
organisation: string, 
/**
 * From whom and until when, in words.
 */
access: string, 
/**
 * Whether it has run out.
 */
over: boolean, 
/**
 * Whether this person may end it.
 */
may_remove: boolean, };

export type ActingFor = { 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * Name.
 */
name: string, 
/**
 * Firm on record.
 */
firm: string | null, 
/**
 * Whether that is this person's.
 */
ours: boolean, 
/**
 * The order that keeps it there, in words.
 */
order: string | null, 
/**
 * When the client instructed the firm, in words, as far as it said so: for its own side.
 */
instructed: string | null, 
/**
 * What conflicts with this person's organisation acting for the defendant.
 */
conflicts: Array<string>, 
/**
 * Chambers that are instructed.
 */
chambers: Array<Chambers>, 
/**
 * People with access.
 */
people: Array<Acting>, 
/**
 * `disassociate`, `instruct`, `grant`.
 */
may: Array<string>, };

export type Activated = { 
/**
 * With this address.
 */
email: string, 
/**
 * Since when.
 */
at: Instant, };

export type AgencyFigures = { 
/**
 * Organisation, if it is one of this system.
 */
organisation_id: OrganisationId | null, 
/**
 * Its name; of others, what they are together.
 */
name: string, 
/**
 * Channel in words.
 */
channel: string, 
/**
 * The figures.
 */
figures: Figures, };

export type Alarm = "not_delivered" | "failed" | "not_acknowledged" | "left_after_end";

export type AlarmItem = { 
/**
 * Delivery.
 */
delivery_id: DeliveryId, 
/**
 * Document.
 */
document_id: DocumentId, 
/**
 * Its name.
 */
name: string, 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Defendant.
 */
defendant: string, 
/**
 * Case reference.
 */
case: Urn, 
/**
 * Recipient's name.
 */
recipient: string, 
/**
 * Somebody's custody or safety hangs on it.
 */
urgent: boolean, 
/**
 * What is wrong, who has it and what to do.
 */
alarm: AlarmMark, };

export type AlarmMark = { 
/**
 * What.
 */
what: Alarm, 
/**
 * One sentence: what, and since when.
 */
text: string, 
/**
 * Since when it is an alarm.
 */
since: Instant, 
/**
 * What to do next, one sentence.
 */
next: string, 
/**
 * Who took it on, and when.
 */
owner: string | null, 
/**
 * Whether that is the person who asks.
 */
mine: boolean, };

export type Alarms = { 
/**
 * Alarms.
 */
items: Array<AlarmItem>, 
/**
 * How many there are, should they be more than are listed.
 */
total: number, 
/**
 * How many of those listed nobody has taken on.
 */
unowned: number, 
/**
 * Days on which the lists say of its deliveries something else than the ledger.
 */
days: Array<DayAlarm>, };

export type AlsoListedView = { 
/**
 * Hearings.
 */
hearings: Array<OtherHearing>, 
/**
 * What may be taken out of this one again.
 */
parts: Array<HeardWith>, 
/**
 * Who counts as one person with somebody of another case.
 */
as_one: Array<CountsAsOne>, };

export type AmendmentKind = "ADMIN_ERROR" | "USER_ERROR";

export type AmendmentOutcome = "shared" | "cancelled" | "unlocked" | "rejected";

export type AmendmentReason = "RECORDED_WRONGLY" | "SLIP_RULE" | "MORE_SHARED";

export type AmendmentView = { 
/**
 * What kind of error.
 */
kind: AmendmentKind, 
/**
 * Why, as documents say it.
 */
reason: AmendmentReason, 
/**
 * Why, in words.
 */
note: string, 
/**
 * Who makes it.
 */
by: string, 
/**
 * Since when.
 */
since: Instant, 
/**
 * Whether this person makes it.
 */
mine: boolean, 
/**
 * Who approved it.
 */
approved_by: string | null, 
/**
 * What it puts right beside the results (attendance, pleas, verdicts, who is one person), each
 * as one reads it.
 */
put_right: Array<string>, };

export type Announced = { 
/**
 * Announcements.
 */
items: Array<AnnouncementView>, };

export type AnnouncementCategory = "PLANNED" | "UNPLANNED";

export type AnnouncementId = string;

export type AnnouncementSeverity = "CRITICAL" | "WARNING" | "INFORMATION";

export type AnnouncementView = { 
/**
 * Announcement.
 */
id: AnnouncementId, 
/**
 * One line.
 */
title: string, 
/**
 * What it means and what to do.
 */
details: string, 
/**
 * Whether it was to be expected.
 */
category: AnnouncementCategory, 
/**
 * How serious it is.
 */
severity: AnnouncementSeverity, 
/**
 * From when on.
 */
from: Instant, 
/**
 * Until when.
 */
until: Instant, 
/**
 * `now`, `ahead` or `over`.
 */
standing: string, };

export type AskedAgain = { 
/**
 * Whether mail leaves here at all; if not, links are handed over by hand.
 */
mail: boolean, };

export type AssignedCase = { 
/**
 * Reference.
 */
urn: Urn, 
/**
 * The last day, if it is assigned.
 */
until: Day | null, 
/**
 * Why it is not, if it is not.
 */
why: string | null, };

export type AssignedList = { 
/**
 * The advocate.
 */
name: string, 
/**
 * Cases.
 */
cases: Array<AssignedCase>, 
/**
 * How many more are still to be assigned: the list was too long for once.
 */
left_off: number, };

export type Associated = { 
/**
 * The firm's name.
 */
organisation: string, };

export type Attendance = "IN_PERSON" | "BY_VIDEO" | "NOT_PRESENT";

export type AuditLine = { 
/**
 * When.
 */
at: string, 
/**
 * Who.
 */
who: string, 
/**
 * From where.
 */
from: string, 
/**
 * What.
 */
what: string, 
/**
 * To what.
 */
to: string, 
/**
 * The policy that allowed it, or the layer that refused.
 */
why: string, 
/**
 * Its place in the ledger.
 */
position: number, };

export type AuditReport = { 
/**
 * What it is about, in words.
 */
about: string, 
/**
 * Lines, oldest first.
 */
lines: Array<AuditLine>, 
/**
 * After which place in the ledger the next report goes on, if there is more than one holds.
 */
next: number | null, 
/**
 * The same as CSV.
 */
csv: string, 
/**
 * The name of a file of it.
 */
file: string, };

export type AwaitedOrder = { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Reference.
 */
urn: Urn, 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * Name.
 */
defendant: string, 
/**
 * The firm, as the agency has it.
 */
firm: string, 
/**
 * The number of its contract.
 */
contract: string, 
/**
 * Reference of the order.
 */
reference: string, 
/**
 * From when.
 */
from: Day, 
/**
 * Whether the case has ended: the firm does not go on record any more.
 */
ended: boolean, };

export type CaseAccess = { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Its reference.
 */
urn: Urn, 
/**
 * Why the case is sensitive, if it is.
 */
sensitive: string | null, 
/**
 * Who was given permission; whoever gives it for the prosecution sees those who prosecute.
 */
permissions: Array<Permission>, 
/**
 * The defendants on one of whom it can be given.
 */
defendants: Array<PermittedOn>, 
/**
 * Who opened it without permission, newest first.
 */
openings: Array<Opening>, 
/**
 * Whether this person gives and takes back.
 */
may_give: boolean, 
/**
 * Whether they do so for the prosecution alone: to people of their own authority and
 * advocates whom it assigned, with a last day.
 */
for_prosecution: boolean, 
/**
 * To whom it can be given, where that is known without an address.
 */
offered: Array<PermittedTo>, 
/**
 * The last day of what is given to whoever prosecutes, if nothing else is said.
 */
usual_until: Day, 
/**
 * Whether this person may say that the case is sensitive.
 */
may_make_sensitive: boolean, 
/**
 * Whether this person may say that the case is sensitive no longer: nobody to whom it
 * is closed.
 */
may_lift: boolean, };

export type CaseAtAGlance = { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Version of the record that this shows.
 */
version: number, 
/**
 * Reference.
 */
urn: Urn, 
/**
 * `Active` or `Inactive`.
 */
status: string, 
/**
 * How it began, in words.
 */
began: string, 
/**
 * Prosecuting authority.
 */
prosecutor: string, 
/**
 * Case markers, in words.
 */
markers: Array<string>, 
/**
 * Defendants (for the defence: those nobody else represents).
 */
defendants: Array<DefendantView>, 
/**
 * Hearings, earliest first.
 */
hearings: Array<CaseHearing>, 
/**
 * Papers served, newest first.
 */
materials: Array<MaterialRow>, 
/**
 * Notices, orders and warrants made in this case.
 */
documents: Array<DocumentRow>, 
/**
 * What happened since this person last looked, newest first.
 */
changes: Array<Change>, 
/**
 * What this person may do here: `serve_material`, `associate`, `view_people`.
 */
may: Array<string>, 
/**
 * Sections into which this person may serve.
 */
sections: Array<string>, };

export type CaseHearing = { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Type in words.
 */
kind: string, 
/**
 * Court and room.
 */
court: string, 
/**
 * Day.
 */
day: Day, 
/**
 * Clock, `10:00`.
 */
time: string, 
/**
 * State.
 */
state: HearingState, 
/**
 * Whether its results were shared.
 */
shared: boolean, 
/**
 * Whether something of this case still waits for its results.
 */
part: boolean, 
/**
 * Whether this person may open it.
 */
may_open: boolean, };

export type CaseId = string;

export type CaseList = { 
/**
 * Rows.
 */
cases: Array<CaseRow>, 
/**
 * Whether this person may look for a case by its reference.
 */
may_find: boolean, 
/**
 * Whether there are more than the list holds.
 */
more: boolean, };

export type CaseMatch = { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Reference.
 */
urn: Urn, 
/**
 * The defendant, if one was named.
 */
defendant_id: DefendantId | null, 
/**
 * Whether another firm is on record that gives way to a notice of change.
 */
replaces: boolean, 
/**
 * Whether the case is sensitive and opens only to a firm that is on record in it: it
 * goes on record as by a notice of change, by naming case, defendant and day.
 */
closed: boolean, };

export type CaseOpener = { 
/**
 * Account.
 */
account_id: AccountId, 
/**
 * Full name.
 */
name: string, 
/**
 * Office.
 */
organisation: string, 
/**
 * Why, one sentence.
 */
why: string, 
/**
 * The policy that lets them.
 */
policy: string, };

export type CaseOpeners = { 
/**
 * Reference.
 */
urn: string, 
/**
 * People.
 */
people: Array<CaseOpener>, 
/**
 * How many more there are.
 */
left_off: number, };

export type CasePeople = { 
/**
 * Defendants that this person sees.
 */
defendants: Array<ActingFor>, 
/**
 * Colleagues who can see the case as this person can.
 */
colleagues: Array<string>, 
/**
 * For the prosecutor: advocates to whom it is assigned.
 */
advocates: Array<Acting>, 
/**
 * Whether this person may assign it.
 */
may_assign: boolean, 
/**
 * The last day of an assignment, if nothing else is said.
 */
assigned_until: Day, };

export type CasePermission = "DDJ-ROLE" | "RECORDER-ROLE" | "Case Access";

export type CasePrintouts = { 
/**
 * Whether the case is kept off lists that others than the court read.
 */
kept_off_lists: boolean, 
/**
 * Whether this person may change that.
 */
may_restrict_listing: boolean, 
/**
 * What this person may have.
 */
printouts: Array<Offered>, };

export type CaseRow = { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Reference.
 */
urn: Urn, 
/**
 * Names of its defendants.
 */
defendants: Array<string>, 
/**
 * First offence's title, and how many more.
 */
offences: string, 
/**
 * Prosecuting authority.
 */
prosecutor: string, 
/**
 * Next hearing, as people read it, or nothing.
 */
next_hearing: string | null, 
/**
 * Things that happened since this person last looked.
 */
unread: number, };

export type Chambers = { 
/**
 * Chambers.
 */
organisation_id: OrganisationId, 
/**
 * Name.
 */
name: string, 
/**
 * By whom and when, in words.
 */
instructed: string, };

export type Change = { 
/**
 * When.
 */
at: Instant, 
/**
 * What, one sentence.
 */
what: string, 
/**
 * Kind: `material`, `hearing`, `plea`, `verdict`, `result`,
 * `document`, `defence`, `case`.
 */
kind: string, };

export type Changed = { 
/**
 * Case.
 */
case_id: CaseId, };

export type ChildView = { 
/**
 * `mandatory`, `optional`, `oneOf`, `atleastOneOf`.
 */
rule: string, 
/**
 * The definition.
 */
definition: Match, 
/**
 * The definitions that answer for it: itself, and all under it if it is
 * no more than a heading.
 */
met_by: Array<DefinitionId>, };

export type ClosedHearings = { 
/**
 * Hearings.
 */
closed: Array<HearingId>, };

export type Code = "signed_out" | "wrong_password" | "second_factor_needed" | "passkey_needed" | "second_factor_missing" | "locked" | "proof_needed" | "strong_proof_needed" | "too_many_tries" | "not_found" | "not_permitted" | "reason_needed" | "bad_request" | "stale" | "refused" | "not_ready" | "wrong_hash" | "truncated" | "too_large" | "wrong_type" | "virus_found" | "not_scanned" | "no_space" | "unreachable" | "fault";

export type Colleague = { 
/**
 * Account.
 */
account_id: AccountId, 
/**
 * Full name.
 */
name: string, 
/**
 * Whether they can open every case that the person can.
 */
opens: boolean, 
/**
 * The person's roles that they lack, and could be given with the work.
 */
lacks: Array<Group>, };

export type ComparedLine = { 
/**
 * What became of it.
 */
change: LineChange, 
/**
 * Short code; of what is put right beside the results, what that is.
 */
code: string, 
/**
 * What it said.
 */
was: string | null, 
/**
 * What it says.
 */
is: string | null, 
/**
 * Whether it stands under another line.
 */
under: boolean, };

export type ComparedTarget = { 
/**
 * Defendant.
 */
defendant: string, 
/**
 * The offence's number; none for the defendant as a whole.
 */
number: number | null, 
/**
 * Its title.
 */
offence: string | null, 
/**
 * Lines.
 */
lines: Array<ComparedLine>, };

export type ComparisonView = { 
/**
 * The earlier version, in words.
 */
from: string, 
/**
 * The later version, in words.
 */
to: string, 
/**
 * What changed, in one line.
 */
summary: string, 
/**
 * By defendant and offence.
 */
targets: Array<ComparedTarget>, };

export type CountsAsOne = { 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * Name.
 */
name: string, 
/**
 * Reference of their case.
 */
urn: Urn, 
/**
 * References of the others.
 */
others: Array<Urn>, 
/**
 * The documents that were made of both, with whom they were sent to.
 */
documents: Array<string>, };

export type CourtChoice = { 
/**
 * Court house.
 */
court_id: CourtId, 
/**
 * Its name.
 */
name: string, 
/**
 * Its rooms.
 */
rooms: Array<RoomChoice>, };

export type CourtId = string;

export type CourtPrintouts = { 
/**
 * Court houses that one can choose.
 */
courts: Array<CourtChoice>, 
/**
 * The one chosen.
 */
court_id: CourtId | null, 
/**
 * The room chosen; none means all.
 */
courtroom_id: CourtroomId | null, 
/**
 * The day chosen.
 */
day: Day, 
/**
 * Today.
 */
today: Day, 
/**
 * What this person may have.
 */
printouts: Array<Offered>, };

export type CourtView = { 
/**
 * Court.
 */
court_id: CourtId, 
/**
 * Name.
 */
name: string, 
/**
 * Jurisdiction.
 */
jurisdiction: Jurisdiction, 
/**
 * Rooms.
 */
rooms: Array<RoomView>, };

export type CourtroomId = string;

export type CourtroomList = { 
/**
 * Courts.
 */
courts: Array<CourtView>, 
/**
 * The day in court.
 */
today: Day, };

export type Day = string;

export type DayAlarm = { 
/**
 * The day.
 */
day: Day, 
/**
 * One sentence: what, and since when.
 */
text: string, 
/**
 * What to do next, in sentences.
 */
next: string, 
/**
 * Who took it on, and when.
 */
owner: string | null, 
/**
 * Whether that is the person who asks.
 */
mine: boolean, };

export type DayListView = { 
/**
 * Court and room.
 */
court: string, 
/**
 * Day.
 */
day: Day, 
/**
 * Rows.
 */
hearings: Array<HearingRow>, };

export type DefendantId = string;

export type DefendantView = { 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * Full name.
 */
name: string, 
/**
 * Date of birth, if a person.
 */
date_of_birth: Day | null, 
/**
 * Age today.
 */
age: number | null, 
/**
 * Address in lines.
 */
address: Array<string>, 
/**
 * Bail or custody, in words.
 */
bail: string, 
/**
 * Whether that is custody: shown as a warning.
 */
in_custody: boolean, 
/**
 * Interpreter needed, in words.
 */
interpreter: string | null, 
/**
 * Firm on record.
 */
represented_by: string | null, 
/**
 * On what basis.
 */
basis: RepresentationBasis | null, 
/**
 * Whether that is this person's firm.
 */
ours: boolean, 
/**
 * Offences.
 */
offences: Array<OffenceView>, 
/**
 * Results that concern the defendant as a whole.
 */
results: Array<ResultView>, };

export type DefinitionId = string;

export type DefinitionView = { 
/**
 * Definition.
 */
definition_id: DefinitionId, 
/**
 * Short code.
 */
code: string, 
/**
 * Label.
 */
label: string, 
/**
 * Welsh label, if the source has one.
 */
label_welsh: string | null, 
/**
 * `Final`, `Intermediary` or `Ancillary`.
 */
category: string, 
/**
 * `Offence`, `Defendant` or `Case`.
 */
level: string, 
/**
 * Questions in order.
 */
fields: Array<FieldView>, 
/**
 * Results that belong under this one.
 */
children: Array<ChildView>, };

export type DeliveryId = string;

export type DeliveryRow = { 
/**
 * Delivery.
 */
delivery_id: DeliveryId, 
/**
 * Recipient's name.
 */
recipient: string, 
/**
 * Channel in words.
 */
channel: string, 
/**
 * How far.
 */
state: DeliveryState, 
/**
 * Since when.
 */
since: Instant, 
/**
 * Who acknowledged or opened it, or why it failed.
 */
note: string | null, 
/**
 * Whether the recipient must acknowledge.
 */
acknowledgement_required: boolean, 
/**
 * Set, for the court that sent it, when it is beyond its limit.
 */
alarm: AlarmMark | null, 
/**
 * For the court that sent it: who was told otherwise, and when.
 */
settled: string | null, 
/**
 * For the court that sent it: a letter that was posted, and may come back.
 */
may_come_back: boolean, };

export type DeliveryState = "queued" | "sent" | "received" | "opened" | "acknowledged" | "failed" | "stopped";

export type DemoPerson = { 
/**
 * Signs in with this.
 */
email: string, 
/**
 * Full name.
 */
name: string, 
/**
 * Court word for the role, for instance `Legal adviser`.
 */
role: string, 
/**
 * Name of the organisation.
 */
organisation: string, 
/**
 * What this person could do first, one sentence.
 */
suggestion: string, };

export type Device = { 
/**
 * Session.
 */
session_id: SessionId, 
/**
 * What the application says it runs on.
 */
device: string, 
/**
 * From which address it was used last.
 */
from: string, 
/**
 * Since when.
 */
opened_at: Instant, 
/**
 * When it was last noted as used, to within a few minutes.
 */
seen_at: Instant, 
/**
 * Whether it is locked.
 */
locked: boolean, 
/**
 * Whether it is the one that asks.
 */
current: boolean, };

export type DirectoryEntry = { 
/**
 * Name.
 */
name: string, 
/**
 * Reference and answer, for every part of the group.
 */
answers: Array<[string, string]>, };

export type DisassociationReason = "CLIENT_INSTRUCTS_ANOTHER" | "INSTRUCTIONS_WITHDRAWN" | "PROFESSIONAL_REASONS" | "ASSOCIATED_IN_ERROR" | "COURT_DECISION" | "REPLACED_BY_REPRESENTATION_ORDER" | "LEGAL_AID_WITHDRAWN";

export type DocumentId = string;

export type DocumentKind = "Notice" | "Order" | "Warrant" | "EDT";

export type DocumentRow = { 
/**
 * Document.
 */
document_id: DocumentId, 
/**
 * Name, for instance `Warrant for custodial sentence`.
 */
name: string, 
/**
 * Kind.
 */
kind: DocumentKind, 
/**
 * Defendant.
 */
defendant: string, 
/**
 * When asked for.
 */
requested_at: Instant, 
/**
 * Whether its PDF is made and filed.
 */
made: boolean, 
/**
 * Whether this person has not opened it yet.
 */
unread: boolean, 
/**
 * On the way to whom, how far.
 */
deliveries: Array<DeliveryRow>, 
/**
 * Set when it no longer stands.
 */
superseded: SupersededMark | null, 
/**
 * The document that it replaces.
 */
replaces: ReplacesMark | null, 
/**
 * Set when it waits for Welsh, or when a copy in both languages followed.
 */
welsh: WelshMark | null, };

export type Done = Record<symbol, never>;

export type Draft = { 
/**
 * Revision of the draft: saving names it.
 */
revision: number, 
/**
 * Lines, each with what people read.
 */
lines: Array<DraftLine>, 
/**
 * Text that is no result yet.
 */
unresolved: Array<Unresolved>, 
/**
 * Who saved it last, when.
 */
saved: string | null, 
/**
 * Whether it can be shared, and what is missing.
 */
readiness: Readiness, };

export type DraftLine = { 
/**
 * The line.
 */
line: Line, 
/**
 * Its definition.
 */
definition: Match, 
/**
 * Label with its answered prompts.
 */
text: string, };

export type DraftSaved = { 
/**
 * The draft as it now is.
 */
draft: Draft, };

export type EndedAmendment = { 
/**
 * What became of it.
 */
outcome: AmendmentOutcome, 
/**
 * Who made it.
 */
by: string, 
/**
 * Who ended it.
 */
ended_by: string, 
/**
 * When.
 */
at: Instant, 
/**
 * Why it was rejected or unlocked.
 */
why: string | null, };

export type Enrolment = { 
/**
 * The address that authenticators open (`otpauth:`).
 */
uri: string, 
/**
 * The secret, to type.
 */
secret: string, 
/**
 * The address as a QR code.
 */
qr: QrCode, };

export type Explained = { 
/**
 * One line for each action that is not permitted.
 */
refused: Array<Refused>, };

export type FieldKind = "text" | "number" | "duration" | "tick" | "date" | "time" | "money" | "list" | "list_many" | "list_other" | "list_many_other";

export type FieldView = { 
/**
 * Key of the answer.
 */
reference: string, 
/**
 * Label.
 */
label: string, 
/**
 * Name-and-address questions with the same group belong together, for instance `Prison`.
 */
group: string | null, 
/**
 * How it is answered.
 */
kind: FieldKind, 
/**
 * `mandatory`, `optional`, `oneOf`, `atleastOneOf`.
 */
rule: string, 
/**
 * Units of a duration, longest first.
 */
units: Array<string>, 
/**
 * Items of a list.
 */
items: Array<ListItem>, 
/**
 * Organisations that may fill a group: chosen by name, they answer the whole group.
 */
directory: Array<DirectoryEntry>, 
/**
 * Smallest and largest, in words, if bounded.
 */
bounds: string | null, 
/**
 * Whether it asks for a day that is past: a day without a year is the last such one.
 */
past: boolean, 
/**
 * Whether its answer is of one person and is not copied to another.
 */
own: boolean, };

export type Figures = { 
/**
 * Asked for.
 */
requested: number, 
/**
 * The recipient has it.
 */
delivered: number, 
/**
 * Somebody there took responsibility.
 */
acknowledged: number, 
/**
 * Could not be delivered.
 */
failed: number, 
/**
 * Stopped, because the document was superseded first.
 */
stopped: number, 
/**
 * The recipient was told otherwise.
 */
settled: number, 
/**
 * Still to arrive or to be acknowledged.
 */
outstanding: number, };

export type FindAnswer = { 
/**
 * What it came to.
 */
outcome: Outcome, 
/**
 * The case, if it is one.
 */
found: CaseMatch | null, 
/**
 * What to do next, one sentence.
 */
hint: string, };

export type Finding = { 
/**
 * Whether it blocks.
 */
severity: Severity, 
/**
 * Closed code.
 */
code: string, 
/**
 * What is wrong, one sentence.
 */
message: string, 
/**
 * What to do.
 */
hint: string, 
/**
 * The line.
 */
line_id: ResultLineId | null, 
/**
 * The question of the line.
 */
field: string | null, 
/**
 * The defendant.
 */
defendant_id: DefendantId | null, 
/**
 * The offence.
 */
offence_id: OffenceId | null, 
/**
 * What the rule rests on: the Act and section.
 */
source: string | null, 
/**
 * Whoever runs the service lowered the rule.
 */
lowered: RuleLowered | null, };

export type Firm = { 
/**
 * Firm.
 */
organisation_id: OrganisationId, 
/**
 * Name.
 */
name: string, };

export type Found = { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Reference.
 */
urn: Urn, };

export type Given = { 
/**
 * What was asked.
 */
label: string, 
/**
 * Answers by reference.
 */
answers: { [key in string]: string }, 
/**
 * The answer as people read it.
 */
shown: string, 
/**
 * How it was found.
 */
how: How, 
/**
 * Other questions that the same words could have answered.
 */
also: Array<string>, };

export type GivenWelsh = { 
/**
 * Its place in the document.
 */
place: number, 
/**
 * The Welsh; of a text that was read, anything.
 */
welsh: string, };

export type GlassBroken = { 
/**
 * Until when.
 */
until: Instant, };

export type Granted = { 
/**
 * Full name.
 */
name: string, 
/**
 * Organisation.
 */
organisation: string, };

export type Group = "Legal Advisers" | "Court Clerks" | "Court Associate" | "Court Administrators" | "CPS" | "Defence Lawyers" | "Advocates" | "Probation Admin" | "Prison Admin" | "Police Admin" | "Electronic Monitoring" | "Prisoner Escort" | "NCES" | "Youth Offending Service Admin" | "Victims & Witness Care Admin" | "Legal Aid Agency Admin" | "Media" | "System Administrators" | "Listing Officers" | "Crown Court Admin" | "Case Officer" | "CTSC Admin" | "Operational Delivery Admin" | "Judiciary" | "Judge" | "District Judge" | "DJMC" | "Deputies" | "Recorders" | "Magistrates" | "Non CPS Prosecutors" | "Non Police Prosecutors" | "SJP Prosecutors" | "Charging Lawyers" | "CPPI Consumers" | "Chambers Admin" | "Chambers Clerk" | "Defence Users" | "Organisation administrator" | "Probation Caseworker" | "System Users" | "Online Plea System Users" | "CJSE" | "CMS" | "Second Line Support" | "Eject Case Group" | "Auditors" | "Access Controller";

export type HeardWith = { 
/**
 * One of them.
 */
case_id: CaseId, 
/**
 * References of all that go.
 */
urns: Array<Urn>, 
/**
 * Who is before the court in them.
 */
people: Array<string>, 
/**
 * When they would be heard.
 */
time: string, 
/**
 * Where.
 */
courtroom: string, 
/**
 * Type in words.
 */
kind: string, };

export type HearingDefendant = { 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Case reference.
 */
urn: Urn, 
/**
 * Full name.
 */
name: string, 
/**
 * Date of birth.
 */
date_of_birth: Day | null, 
/**
 * Age today.
 */
age: number | null, 
/**
 * Bail or custody, in words.
 */
bail: string, 
/**
 * Whether that is custody.
 */
in_custody: boolean, 
/**
 * Firm on record.
 */
represented_by: string | null, 
/**
 * Attendance today, if recorded.
 */
attendance: Attendance | null, 
/**
 * Interpreter needed.
 */
interpreter: string | null, 
/**
 * The days on which the case was heard so far, newest first: of which a verdict may be.
 */
verdict_days: Array<Day>, 
/**
 * Offences.
 */
offences: Array<HearingOffence>, };

export type HearingId = string;

export type HearingOffence = { 
/**
 * Offence.
 */
offence_id: OffenceId, 
/**
 * Number.
 */
number: number, 
/**
 * Code.
 */
code: string, 
/**
 * Title.
 */
title: string, 
/**
 * Legislation.
 */
legislation: string, 
/**
 * Wording.
 */
wording: string, 
/**
 * When committed, in words.
 */
committed: string, 
/**
 * Mode of trial.
 */
mode_of_trial: string, 
/**
 * Plea in words.
 */
plea: string | null, 
/**
 * Plea value, for instance `GUILTY`.
 */
plea_value: string | null, 
/**
 * What the court found on it.
 */
verdict: VerdictView | null, 
/**
 * Whether one may be entered: it is not admitted, and has no final result.
 */
verdict_open: boolean, 
/**
 * The custody time limit, while one runs.
 */
time_limit: TimeLimitView | null, };

export type HearingRow = { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Clock, `10:00`.
 */
time: string, 
/**
 * Type in words.
 */
kind: string, 
/**
 * Case references.
 */
cases: Array<Urn>, 
/**
 * Defendants.
 */
defendants: Array<string>, 
/**
 * Offences in short.
 */
offences: string, 
/**
 * State.
 */
state: HearingState, 
/**
 * Whether its results were shared.
 */
shared: boolean, 
/**
 * Whether something still waits for its results.
 */
part: boolean, 
/**
 * How the results of the day stand.
 */
results_state: ResultsState, 
/**
 * Whether a defendant is in custody.
 */
custody: boolean, };

export type HearingState = "listed" | "started" | "paused" | "ended" | "vacated";

export type HearingView = { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Version of the record: commands name it, so that nobody overwrites somebody else.
 */
version: number, 
/**
 * Type in words.
 */
kind: string, 
/**
 * Court and room.
 */
court: string, 
/**
 * Jurisdiction.
 */
jurisdiction: Jurisdiction, 
/**
 * Day.
 */
day: Day, 
/**
 * Clock.
 */
time: string, 
/**
 * State.
 */
state: HearingState, 
/**
 * Defendants with their offences.
 */
defendants: Array<HearingDefendant>, 
/**
 * The log so far, newest first.
 */
log: Array<LogEntry>, 
/**
 * Events that may be logged now, by group.
 */
log_choices: Array<LogChoice>, 
/**
 * Pleas that may be entered here.
 */
plea_choices: Array<PleaChoice>, 
/**
 * Verdicts that may be entered here.
 */
verdict_choices: Array<VerdictChoice>, 
/**
 * Majorities by which a jury may give one; none in a court without a jury.
 */
majorities: Array<Majority>, 
/**
 * Results typed so far.
 */
draft: Draft, 
/**
 * How the results of the day stand.
 */
results_state: ResultsState, 
/**
 * Results shared, if they were: the version that stands.
 */
shared: SharedView | null, 
/**
 * What is not shared yet.
 */
remaining: Array<ShareTarget>, 
/**
 * The amendment that is being made.
 */
amendment: AmendmentView | null, 
/**
 * Every version, newest first.
 */
versions: Array<VersionRow>, 
/**
 * Amendments that ended without being shared, newest first.
 */
ended_amendments: Array<EndedAmendment>, 
/**
 * What others had typed and not sent when the hearing was closed to them, oldest first; for
 * those who type here.
 */
left: Array<LeftWords>, 
/**
 * Documents made from them: those that stand, then those that do not.
 */
documents: Array<DocumentRow>, 
/**
 * What this person may do here now: `log`, `attendance`, `plea`, `verdict`, `draft`,
 * `share`, `amend`, `cancel`, `unlock`, `request_approval`, `decide`.
 */
may: Array<string>, };

export type HelpItem = { 
/**
 * Request.
 */
id: HelpRequestId, 
/**
 * What was asked.
 */
question: string, 
/**
 * Where, with the reference, in words.
 */
about: string, 
/**
 * What the screen was headed, if that was ticked.
 */
shown: string | null, 
/**
 * Organisation of whoever asks.
 */
organisation: string, 
/**
 * When.
 */
at: Instant, 
/**
 * The answer.
 */
answer: string | null, 
/**
 * By whom and when, in words.
 */
answered: string | null, };

export type HelpRequestId = string;

export type HelpRequests = { 
/**
 * Requests.
 */
items: Array<HelpItem>, 
/**
 * Whether there are more than are shown.
 */
more: boolean, };

export type Home = "cases" | "hearings" | "inbox" | "printouts" | "audit" | "people" | "organisations" | "service";

export type How = "typed" | "named" | "counted" | "known" | "earlier" | "meant";

export type Imported = { 
/**
 * Organisations that joined, or would.
 */
organisations: number, 
/**
 * People who were invited, or would be.
 */
people: number, 
/**
 * Whether anything was recorded.
 */
recorded: boolean, 
/**
 * What is wrong, in the order of the files.
 */
wrong: Array<WrongRow>, };

export type Inbox = { 
/**
 * Items.
 */
items: Array<InboxItem>, };

export type InboxItem = { 
/**
 * Delivery.
 */
delivery_id: DeliveryId, 
/**
 * Document.
 */
document_id: DocumentId, 
/**
 * Its name.
 */
name: string, 
/**
 * Its kind.
 */
kind: DocumentKind, 
/**
 * Defendant.
 */
defendant: string, 
/**
 * Date of birth.
 */
date_of_birth: Day | null, 
/**
 * Case references.
 */
cases: Array<Urn>, 
/**
 * Court.
 */
court: string, 
/**
 * How far.
 */
state: DeliveryState, 
/**
 * When it was received here.
 */
received_at: Instant | null, 
/**
 * Whether somebody here must acknowledge it.
 */
acknowledgement_required: boolean, 
/**
 * By when it should be acknowledged.
 */
acknowledge_by: Instant | null, 
/**
 * Who opened it, when.
 */
opened: string | null, 
/**
 * Who acknowledged it, when.
 */
acknowledged: string | null, 
/**
 * Set when it no longer stands: nobody need acknowledge it any more.
 */
superseded: SupersededMark | null, 
/**
 * The document that it replaces.
 */
replaces: ReplacesMark | null, };

export type Instant = string;

export type Invitation = { 
/**
 * Full name.
 */
name: string, 
/**
 * E-mail address, with which the person will sign in.
 */
email: string, 
/**
 * Role in words.
 */
role: string, 
/**
 * Organisation.
 */
organisation: string, 
/**
 * The version of the terms.
 */
terms_version: string, 
/**
 * What they say.
 */
terms: Array<string>, 
/**
 * What a password must be, one sentence.
 */
password_rule: string, 
/**
 * Whether the organisation signs the person in: then they choose no password.
 */
by_provider: boolean, };

export type Jurisdiction = "MAGISTRATES" | "CROWN";

export type KeptReckoning = { 
/**
 * When, the last time.
 */
at: Instant, 
/**
 * Whether they do.
 */
agrees: boolean, 
/**
 * The same in a sentence.
 */
text: string, 
/**
 * By agency and channel, as it was then.
 */
agencies: Array<AgencyFigures>, 
/**
 * Everything together.
 */
total: Figures, };

export type KindName = { 
/**
 * Kind.
 */
kind: OrganisationKind, 
/**
 * In words.
 */
name: string, };

export type Left = { 
/**
 * Who is there now.
 */
people: PeopleOf, 
/**
 * The colleague who was told that it is theirs now.
 */
handed_to: string | null, 
/**
 * The roles that the colleague was given to carry on.
 */
roles: Array<Group>, 
/**
 * What they saw to, as far as it is in nobody's hands now.
 */
needs_owner: Array<NeedsOwner>, };

export type LeftTyped = { 
/**
 * On whom and which offence, as this hearing has them; empty if it has them not.
 */
place: string, 
/**
 * As it reads.
 */
text: string, };

export type LeftWords = { 
/**
 * Who typed it.
 */
by: string, 
/**
 * When their computer left it here.
 */
at: Instant, 
/**
 * What of it is not in the results.
 */
typed: Array<LeftTyped>, };

export type Line = { 
/**
 * Line.
 */
line_id: ResultLineId, 
/**
 * Definition.
 */
definition_id: DefinitionId, 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * Offence, or nothing if it concerns the defendant as a whole.
 */
offence_id: OffenceId | null, 
/**
 * The line it belongs under.
 */
parent: ResultLineId | null, 
/**
 * Answers by reference.
 */
answers: { [key in string]: string }, };

export type LineChange = "new" | "changed" | "unchanged" | "deleted";

export type Link = { 
/**
 * For whom.
 */
email: string, 
/**
 * The link.
 */
link: string, 
/**
 * Until when it is good.
 */
until: Instant, };

export type ListItem = { 
/**
 * Code.
 */
code: string, 
/**
 * What people read.
 */
label: string, };

export type ListingRestricted = { 
/**
 * Whether it is kept off.
 */
kept_off: boolean, };

export type Live = { 
/**
 * Position in the ledger; `last-event-id` resumes after it.
 */
position: number, 
/**
 * Views that are out of date: `case:<id>`, `hearing:<id>`, `inbox`, `notices`,
 * `hearings`, or `everything` after a gap.
 */
stale: Array<string>, 
/**
 * A notice to raise.
 */
notice: Notice | null, };

export type LogChoice = { 
/**
 * Definition.
 */
definition_id: LogDefinitionId, 
/**
 * Label on the button.
 */
label: string, 
/**
 * Group.
 */
group: string, 
/**
 * `start`, `pause`, `resume`, `end`, or nothing for an ordinary event.
 */
control: string | null, };

export type LogDefinitionId = string;

export type LogEntry = { 
/**
 * Entry.
 */
entry_id: LogEntryId, 
/**
 * When.
 */
at: Instant, 
/**
 * Clock in court.
 */
clock: string, 
/**
 * What.
 */
label: string, 
/**
 * Note.
 */
note: string | null, 
/**
 * By whom.
 */
by: string, };

export type LogEntryId = string;

export type LowerTo = "OFF" | "WARNING";

export type Majority = { 
/**
 * Jurors who agreed.
 */
agreed: number, 
/**
 * Jurors who did not.
 */
dissented: number, };

export type Match = { 
/**
 * Definition.
 */
definition_id: DefinitionId, 
/**
 * Short code.
 */
code: string, 
/**
 * Label.
 */
label: string, 
/**
 * `Final`, `Intermediary` or `Ancillary`.
 */
category: string, 
/**
 * `Offence`, `Defendant` or `Case`.
 */
level: string, };

export type MaterialId = string;

export type MaterialRow = { 
/**
 * Material.
 */
material_id: MaterialId, 
/**
 * Section, for instance `IDPC bundle`.
 */
section: string, 
/**
 * Name.
 */
name: string, 
/**
 * Whose papers they are, if one defendant's.
 */
defendant: string | null, 
/**
 * Size in bytes.
 */
bytes: number, 
/**
 * MIME type.
 */
mime: string, 
/**
 * When served.
 */
served_at: Instant, 
/**
 * By whom: organisation.
 */
served_by: string, 
/**
 * Whether this person has not opened it yet.
 */
unread: boolean, };

export type Message = { 
/**
 * Its place in the order of all.
 */
position: number, 
/**
 * When.
 */
at: Instant, 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Reference.
 */
urn: Urn, 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * Name.
 */
defendant: string, 
/**
 * Firm.
 */
firm: string, 
/**
 * On what basis it went on record; none if it went off.
 */
basis: RepresentationBasis | null, 
/**
 * Why it went off, in words.
 */
reason: string | null, };

export type MessageList = { 
/**
 * Messages.
 */
messages: Array<Message>, 
/**
 * Whether there are earlier ones.
 */
more: boolean, };

export type Missing = { 
/**
 * Where it is answered.
 */
reference: string, 
/**
 * What is asked; more than one if there is a choice.
 */
labels: Array<string>, };

export type NeedsOwner = { 
/**
 * What.
 */
what: string, 
/**
 * Its reference.
 */
reference: string, };

export type Notice = { 
/**
 * Notice.
 */
notice_id: NoticeId, 
/**
 * When.
 */
at: Instant, 
/**
 * One line.
 */
title: string, 
/**
 * One sentence.
 */
body: string, 
/**
 * The case it is about.
 */
case_id: CaseId | null, 
/**
 * The hearing where what it asks for is done.
 */
hearing_id: HearingId | null, 
/**
 * Whether it has been read.
 */
read: boolean, };

export type NoticeId = string;

export type Notices = { 
/**
 * Items.
 */
items: Array<Notice>, 
/**
 * How many are unread.
 */
unread: number, };

export type OffenceId = string;

export type OffenceView = { 
/**
 * Offence.
 */
offence_id: OffenceId, 
/**
 * Number on the charge sheet.
 */
number: number, 
/**
 * CJS offence code.
 */
code: string, 
/**
 * Title.
 */
title: string, 
/**
 * Legislation.
 */
legislation: string, 
/**
 * Wording of this charge.
 */
wording: string, 
/**
 * When committed, in words.
 */
committed: string, 
/**
 * Mode of trial.
 */
mode_of_trial: string, 
/**
 * Plea in words, with its date.
 */
plea: string | null, 
/**
 * What the court found, in words, with its date.
 */
verdict: string | null, 
/**
 * Conviction date.
 */
convicted_on: Day | null, 
/**
 * Results so far.
 */
results: Array<ResultView>, };

export type Offered = { 
/**
 * How it is asked for: the last part of its address.
 */
printout: string, 
/**
 * Its name.
 */
name: string, 
/**
 * For whom it is and what it holds, one sentence.
 */
about: string, 
/**
 * The name of the file.
 */
file: string, 
/**
 * Whether it is read in the window: a PDF; otherwise it is a file of values.
 */
pdf: boolean, };

export type Office = { 
/**
 * Office.
 */
organisation_id: OrganisationId, 
/**
 * Name.
 */
name: string, };

export type Opening = { 
/**
 * Opening.
 */
opening_id: OpeningId, 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Its reference.
 */
urn: Urn, 
/**
 * Whether it was opened to one person, or to everybody.
 */
kind: OpeningKind, 
/**
 * Who.
 */
name: string, 
/**
 * Why, as they said.
 */
reason: string, 
/**
 * When.
 */
at: Instant, 
/**
 * Who reviewed it, and what they said; none if it waits.
 */
reviewed: string | null, 
/**
 * Whether this person may review it: not their own.
 */
may_review: boolean, };

export type OpeningId = string;

export type OpeningKind = "glass" | "lifted" | "area";

export type OpeningQueue = { 
/**
 * Those that wait.
 */
openings: Array<Opening>, 
/**
 * Whether this person reviews any; whoever gives permission for the prosecution alone does
 * not.
 */
reviews: boolean, 
/**
 * Whether more wait than the queue shows.
 */
more: boolean, };

export type OrdersAwaited = { 
/**
 * Orders.
 */
orders: Array<AwaitedOrder>, 
/**
 * Whether more wait.
 */
more: boolean, };

export type OrganisationId = string;

export type OrganisationKind = "court" | "prosecutor" | "defence_firm" | "chambers" | "prison" | "probation" | "police" | "electronic_monitoring" | "escort" | "fines_office" | "youth_offending_team" | "witness_care" | "legal_aid" | "media" | "service";

export type OrganisationRow = { 
/**
 * Organisation.
 */
organisation_id: OrganisationId, 
/**
 * Name.
 */
name: string, 
/**
 * Kind in words.
 */
kind: string, 
/**
 * The organisation of which it is an office.
 */
office_of: string | null, 
/**
 * How many people can sign in.
 */
active: number, 
/**
 * How many are suspended.
 */
suspended: number, };

export type Organisations = { 
/**
 * Organisations.
 */
items: Array<OrganisationRow>, };

export type OtherHearing = { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Clock.
 */
time: string, 
/**
 * Room.
 */
courtroom: string, 
/**
 * Type in words.
 */
kind: string, 
/**
 * References of its cases.
 */
urns: Array<Urn>, 
/**
 * Who is certainly before the court in both.
 */
people: Array<string>, 
/**
 * Who may be: name and day of birth agree, and nothing else is known of both.
 */
possible: Array<string>, 
/**
 * Whether the court said of one of those that they are two people.
 */
told_apart: boolean, };

export type Outcome = "one" | "none" | "several";

export type OutstandingDelivery = { 
/**
 * Delivery.
 */
delivery_id: DeliveryId, 
/**
 * Document.
 */
document_id: DocumentId, 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Its name.
 */
name: string, 
/**
 * Defendant.
 */
defendant: string, 
/**
 * Case reference.
 */
case: Urn, 
/**
 * Recipient's name.
 */
recipient: string, 
/**
 * How far.
 */
state: DeliveryState, 
/**
 * What it lacks.
 */
what: Alarm, 
/**
 * When it was asked for.
 */
requested_at: Instant, };

export type Parsed = { 
/**
 * Pieces in order.
 */
pieces: Array<Piece>, };

export type Passkey = { 
/**
 * Passkey.
 */
passkey_id: PasskeyId, 
/**
 * How its person calls it.
 */
name: string, 
/**
 * Since when.
 */
added_at: Instant, 
/**
 * When it was last used.
 */
used_at: Instant | null, 
/**
 * Since when it is good for nothing, because there may be a copy of it.
 */
refused_at: Instant | null, };

export type PasskeyAdded = { 
/**
 * How the person signs in now.
 */
security: Security, 
/**
 * With the first second factor: codes for when it is lost. Shown this once.
 */
codes: Array<string>, };

export type PasskeyCeremony = { 
/**
 * The page of the service, with the browser's ticket behind a `#`.
 */
url: string, 
/**
 * What the browser brings back, so that it is known.
 */
state: string, 
/**
 * Ends this, with what the browser brings back. It never goes to the browser.
 */
secret: string, };

export type PasskeyId = string;

export type PasswordChanged = { 
/**
 * How many other sessions were ended.
 */
ended: number, };

export type PasswordReset = Record<symbol, never>;

export type PeopleOf = { 
/**
 * The head office.
 */
organisation_id: OrganisationId, 
/**
 * Its name.
 */
name: string, 
/**
 * Offices, the head office first.
 */
offices: Array<Office>, 
/**
 * Roles that it may give.
 */
roles: Array<Group>, 
/**
 * People, by name; those who left last.
 */
people: Array<PersonRow>, 
/**
 * Whether mail leaves here; if not, links are shown.
 */
mail: boolean, };

export type Permission = { 
/**
 * Whose.
 */
account_id: AccountId, 
/**
 * Their name.
 */
name: string, 
/**
 * As what.
 */
permission: CasePermission, 
/**
 * The one defendant on whom it is; none: on the whole case.
 */
defendant_id: DefendantId | null, 
/**
 * How that defendant is called.
 */
defendant: string | null, 
/**
 * Where they prosecute; none: they are of a court.
 */
organisation: string | null, 
/**
 * The last day, if there is one.
 */
until: Day | null, 
/**
 * Why it was given.
 */
reason: string, 
/**
 * Since.
 */
since: Instant, 
/**
 * Whether it is in force; a deputy's ends 28 days after the results, that of whoever
 * prosecutes when they do so no more.
 */
in_force: boolean, };

export type PermittedOn = { 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * Their name, or to whoever does not see them their place in the case.
 */
called: string, };

export type PermittedTo = { 
/**
 * The address with which they sign in.
 */
email: string, 
/**
 * Their name and organisation.
 */
called: string, };

export type Person = { 
/**
 * Account.
 */
account_id: AccountId, 
/**
 * Full name.
 */
name: string, 
/**
 * E-mail address.
 */
email: string, 
/**
 * Groups.
 */
groups: Array<Group>, 
/**
 * Court word for the role.
 */
role: string, 
/**
 * Organisation.
 */
organisation_id: OrganisationId, 
/**
 * Its name.
 */
organisation: string, 
/**
 * Its kind.
 */
organisation_kind: OrganisationKind, 
/**
 * Where to begin.
 */
home: Home, 
/**
 * Screens this person has: `cases`, `hearings`, `inbox`, `notices`.
 */
screens: Array<string>, 
/**
 * Whether they answer requests for help.
 */
answers_help: boolean, 
/**
 * Whether they must set up a second factor before anything else.
 */
second_factor_missing: boolean, 
/**
 * Whether their organisation's own provider signs them in.
 */
by_provider: boolean, 
/**
 * Whether they have a passkey that is good.
 */
by_passkey: boolean, 
/**
 * Unread notices.
 */
unread: number, };

export type PersonRow = { 
/**
 * Account.
 */
account_id: AccountId, 
/**
 * Full name.
 */
name: string, 
/**
 * E-mail address.
 */
email: string, 
/**
 * Role in words.
 */
role: string, 
/**
 * Groups.
 */
groups: Array<Group>, 
/**
 * Office.
 */
organisation_id: OrganisationId, 
/**
 * `active`, `invited`, `suspended`, `idle` or `left`.
 */
standing: string, 
/**
 * How it stands, one sentence.
 */
text: string, 
/**
 * What may be done now: `resend`, `name`, `roles`, `suspend`, `reactivate`, `leave`.
 */
may: Array<string>, 
/**
 * Whether it is the person who asks.
 */
oneself: boolean, };

export type Piece = { 
/**
 * Where it begins.
 */
start: number, 
/**
 * Where it ends.
 */
end: number, 
/**
 * Where the words begin that name the result.
 */
name_start: number, 
/**
 * Where they end.
 */
name_end: number, 
/**
 * The result, if it is certain.
 */
definition: Match | null, 
/**
 * It was named by its short code.
 */
exact: boolean, 
/**
 * It is ordered once, for the defendant as a whole.
 */
once: boolean, 
/**
 * What may be meant, best first.
 */
candidates: Array<Match>, 
/**
 * Questions that are answered.
 */
given: Array<Given>, 
/**
 * Questions that are still needed, in order.
 */
missing: Array<Missing>, 
/**
 * What could not be understood.
 */
unread: Array<Unread>, 
/**
 * What it belongs under.
 */
under: Under | null, };

export type PleaChoice = { 
/**
 * Value, for instance `NOT_GUILTY`.
 */
value: string, 
/**
 * In words.
 */
label: string, };

export type PreviewDocument = { 
/**
 * Its name.
 */
name: string, 
/**
 * For whom the copy is.
 */
defendant: string, 
/**
 * Its view, opaque to the front end; the desktop sets it with the same crate as the server.
 */
view: unknown, 
/**
 * Who would get it.
 */
recipients: Array<string>, };

export type PreviewView = { 
/**
 * Documents.
 */
documents: Array<PreviewDocument>, };

export type Problem = { 
/**
 * Closed code.
 */
code: Code, 
/**
 * What happened, one sentence.
 */
title: string, 
/**
 * What was not lost and why it happened; may be empty.
 */
detail: string, 
/**
 * The next step.
 */
hint: string, 
/**
 * The policy that refused, or the reference of a fault in the log.
 */
reference: string | null, 
/**
 * Why the person may not, in one sentence, for whoever asks.
 */
why?: string, };

export type Proposal = { 
/**
 * The line.
 */
line_id: ResultLineId, 
/**
 * The question of the line.
 */
field: string, 
/**
 * The answer.
 */
answer: string, 
/**
 * The same as people read it.
 */
shown: string, 
/**
 * What it is and why, one sentence.
 */
message: string, 
/**
 * What it rests on.
 */
source: string, 
/**
 * What of it nobody has confirmed.
 */
unconfirmed: string | null, };

export type ProviderSignIn = { 
/**
 * The provider's address for this sign-in.
 */
url: string, 
/**
 * Ends this sign-in, with what the browser brings back.
 */
secret: string, };

export type QrCode = { 
/**
 * How many squares wide and high it is, its quiet border included.
 */
size: number, 
/**
 * Its dark squares as the path of an SVG.
 */
path: string, };

export type Readiness = { 
/**
 * Whether nothing blocks.
 */
ready: boolean, 
/**
 * What blocks or warns.
 */
findings: Array<Finding>, 
/**
 * The defendants of whom something typed could be shared now, while the rest waits.
 */
finished: Array<DefendantId>, 
/**
 * Answers that are worked out from the record, for a person to take or leave.
 */
proposals: Array<Proposal>, };

export type ReckonedDay = { 
/**
 * The day.
 */
day: Day, 
/**
 * Whether the lists say of it what the ledger says.
 */
agrees: boolean, 
/**
 * How many deliveries were asked for.
 */
requested: number, };

export type Reconciliation = { 
/**
 * The day.
 */
day: Day, 
/**
 * Today.
 */
today: Day, 
/**
 * By agency and channel.
 */
agencies: Array<AgencyFigures>, 
/**
 * Everything together.
 */
total: Figures, 
/**
 * What is outstanding, the oldest first.
 */
outstanding: Array<OutstandingDelivery>, 
/**
 * The day as it was reckoned from the ledger and kept, once it was.
 */
kept: KeptReckoning | null, 
/**
 * The latest days that were, the latest first.
 */
days: Array<ReckonedDay>, };

export type Recorded = { 
/**
 * Version of the record.
 */
version: number, };

export type RecoveryCodes = { 
/**
 * The codes.
 */
codes: Array<string>, };

export type Refused = { 
/**
 * The action's name in the policies.
 */
action: string, 
/**
 * The section, if it is about papers of one.
 */
section: string | null, 
/**
 * The hearing that was asked about, if it is done in one.
 */
hearing_id: HearingId | null, 
/**
 * The day of that hearing, if it is not so in all hearings of the case.
 */
hearing: string | null, 
/**
 * The reason in one sentence.
 */
why: string, 
/**
 * The layer that refuses, and policies.
 */
reference: string, };

export type Registered = { 
/**
 * With which to ask what became of it; none if something is wrong.
 */
reference: string | null, 
/**
 * What is wrong, field by field.
 */
wrong: Array<WrongField>, };

export type RegistrationStatus = { 
/**
 * Name of the organisation.
 */
name: string, 
/**
 * When it registered.
 */
at: Instant, 
/**
 * `waiting`, `validated` or `refused`.
 */
standing: string, 
/**
 * One sentence: what happened and what comes next.
 */
text: string, };

export type Registrations = { 
/**
 * Registrations.
 */
items: Array<Waiting>, 
/**
 * How many wait, should they be more than are listed.
 */
total: number, 
/**
 * A link that was just made and that no mail brings, because none leaves here.
 */
link: Link | null, };

export type ReplacesMark = { 
/**
 * The earlier document.
 */
document_id: DocumentId, 
/**
 * One sentence.
 */
text: string, };

export type RepresentationBasis = "REPRESENTATION_ORDER" | "REPRESENTATION_ORDER_APPLIED_FOR" | "COURT_APPOINTED" | "PRO_BONO" | "PRIVATE";

export type Represented = { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Reference.
 */
urn: Urn, 
/**
 * Defendants.
 */
defendants: Array<RepresentedDefendant>, 
/**
 * Firms of that name, and those on record.
 */
firms: Array<Firm>, };

export type RepresentedDefendant = { 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * Name.
 */
name: string, 
/**
 * Date of birth.
 */
date_of_birth: Day | null, 
/**
 * Firm on record.
 */
firm: Firm | null, 
/**
 * On what basis.
 */
basis: RepresentationBasis | null, 
/**
 * Reference of the order that is in force.
 */
order: string | null, };

export type ResetRequested = { 
/**
 * Whether mail leaves here at all.
 */
mail: boolean, 
/**
 * For how many minutes its code is good.
 */
minutes: number, };

export type ResultLineId = string;

export type ResultView = { 
/**
 * Short code.
 */
code: string, 
/**
 * Label with its answered prompts.
 */
text: string, 
/**
 * Day of the hearing.
 */
ordered_on: Day, };

export type ResultsState = "INITIALISED" | "SHARED" | "SHARED_AMEND_LOCKED_ADMIN_ERROR" | "SHARED_AMEND_LOCKED_USER_ERROR" | "APPROVAL_REQUESTED" | "VALIDATED";

export type RoomChoice = { 
/**
 * Room.
 */
courtroom_id: CourtroomId, 
/**
 * Its name.
 */
name: string, };

export type RoomView = { 
/**
 * Room.
 */
courtroom_id: CourtroomId, 
/**
 * Name, for instance `Courtroom 1`.
 */
name: string, };

export type RuleList = { 
/**
 * Rules: those of the published validator, then ours.
 */
rules: Array<RuleView>, };

export type RuleLowered = { 
/**
 * The name that was lowered: of the rule, or of all its conditions.
 */
rule: string, 
/**
 * To what.
 */
to: LowerTo, 
/**
 * Who decided it.
 */
by: string, 
/**
 * Since when.
 */
at: Instant, 
/**
 * Why.
 */
reason: string, };

export type RuleSeverity = "OFF" | "WARNING" | "ERROR";

export type RuleView = { 
/**
 * Its name.
 */
rule: string, 
/**
 * What it asks, one sentence.
 */
says: string, 
/**
 * What it rests on.
 */
source: string, 
/**
 * By its table, and the settings of the server.
 */
by_table: RuleSeverity, 
/**
 * Now.
 */
now: RuleSeverity, 
/**
 * Who lowered it; none if nobody did.
 */
lowered: RuleLowered | null, 
/**
 * What it can be lowered to, from how it stands now.
 */
to: Array<LowerTo>, };

export type Said = { 
/**
 * What it is.
 */
kind: OrganisationKind, 
/**
 * Name.
 */
name: string, 
/**
 * Address, line by line.
 */
address: Array<string>, 
/**
 * Postcode.
 */
postcode: string, 
/**
 * E-mail address of the office.
 */
email: string, 
/**
 * Telephone.
 */
phone: string, 
/**
 * Account numbers of contracts with the Legal Aid Agency.
 */
laa_contracts: Array<string>, 
/**
 * SRA or Bar number.
 */
regulator_number: string | null, 
/**
 * OU code.
 */
ou_code: string | null, 
/**
 * Whether it is one person alone.
 */
sole_practitioner: boolean, 
/**
 * Of a court house.
 */
jurisdiction: Jurisdiction | null, 
/**
 * Of a court house.
 */
local_justice_area: string | null, 
/**
 * Of a court house.
 */
courtrooms: number, 
/**
 * Full name of the accountable person.
 */
accountable_name: string, 
/**
 * Their own e-mail address.
 */
accountable_email: string, 
/**
 * What they are there.
 */
accountable_role: string, 
/**
 * The version of the terms that is accepted.
 */
terms: string, };

export type Security = { 
/**
 * Whether there is a password.
 */
password: boolean, 
/**
 * Since when a second factor is asked for.
 */
second_factor_since: Instant | null, 
/**
 * Whether the organisation asks for one.
 */
second_factor_required: boolean, 
/**
 * How many recovery codes are left.
 */
recovery_codes: number, 
/**
 * Passkeys, in the order in which they were added.
 */
passkeys: Array<Passkey>, 
/**
 * Whether passkeys can be had at this service's address.
 */
passkeys_possible: boolean, 
/**
 * The issuer of the organisation's own provider.
 */
provider: string | null, 
/**
 * Where the account is signed in, the latest used first.
 */
devices: Array<Device>, };

export type Seen = Record<symbol, never>;

export type SeenCase = { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Reference.
 */
urn: string, 
/**
 * Defendants.
 */
defendants: Array<string>, 
/**
 * Why, one sentence.
 */
why: string, 
/**
 * The policy that lets them.
 */
policy: string, };

export type Served = { 
/**
 * Material.
 */
material_id: MaterialId, };

export type Service = { 
/**
 * Version of the server.
 */
version: string, 
/**
 * The day in court.
 */
today: Day, 
/**
 * Whether everything in it is invented.
 */
demo: boolean, 
/**
 * In a demo court only: the people one can be.
 */
demo_people: Array<DemoPerson>, 
/**
 * In a demo court only: the password that they share.
 */
demo_password: string | null, 
/**
 * How the service centre is reached from outside this application, in words; none is said.
 */
service_centre: string | null, 
/**
 * After how many seconds without a sign of its person a window locks itself.
 */
lock_after: number, };

export type SessionId = string;

export type SessionLocked = Record<symbol, never>;

export type Severity = "blocks" | "warns";

export type ShareTarget = { 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * Offence, or nothing for the defendant as a whole.
 */
offence_id: OffenceId | null, };

export type Shared = { 
/**
 * Version of the record.
 */
version: number, 
/**
 * How many documents were asked for.
 */
documents: number, };

export type SharedView = { 
/**
 * When.
 */
at: Instant, 
/**
 * By whom.
 */
by: string, 
/**
 * Which version.
 */
version: number, 
/**
 * Texts, by offence and defendant.
 */
lines: Array<DraftLine>, };

export type SignedIn = { 
/**
 * Bearer token.
 */
token: string, 
/**
 * Who.
 */
person: Person, };

export type SignedOut = Record<symbol, never>;

export type Standing = { 
/**
 * Document.
 */
document_id: DocumentId, 
/**
 * Its name.
 */
name: string, 
/**
 * Set when it no longer stands.
 */
superseded: SupersededMark | null, 
/**
 * The document that it replaces.
 */
replaces: ReplacesMark | null, 
/**
 * Set when it waits for Welsh, or when a copy in both languages followed.
 */
welsh: WelshMark | null, };

export type Subject = "person" | "case" | "material" | "address";

export type SupersededMark = { 
/**
 * Since when.
 */
at: Instant, 
/**
 * One sentence.
 */
text: string, 
/**
 * Why.
 */
reason: AmendmentReason, 
/**
 * What this person reads instead, if anything was sent to them or may be read by them.
 */
by: DocumentId | null, 
/**
 * Its name.
 */
by_name: string | null, 
/**
 * Where it is in this person's inbox.
 */
by_delivery: DeliveryId | null, };

export type TermsOfUse = { 
/**
 * Version.
 */
version: string, 
/**
 * What they say.
 */
paragraphs: Array<string>, 
/**
 * Kinds, with their names.
 */
kinds: Array<KindName>, };

export type TimeLimitView = { 
/**
 * The last day.
 */
expires: Day, 
/**
 * Days left; negative once it has expired.
 */
days_left: number, 
/**
 * Whether that is soon.
 */
soon: boolean, 
/**
 * Both in words.
 */
text: string, 
/**
 * Whether the court set it, or how it was worked out.
 */
how: string, };

export type Translation = { 
/**
 * The document, as it is listed.
 */
item: TranslationItem, 
/**
 * The values without Welsh, in the order of the document.
 */
values: Array<WelshValue>, 
/**
 * The Welsh text as it would be printed; what is missing stands in brackets, in English.
 */
draft: Array<string>, 
/**
 * The copy in both languages, once everything was given.
 */
followed: DocumentId | null, };

export type TranslationItem = { 
/**
 * Document.
 */
document_id: DocumentId, 
/**
 * Its name.
 */
name: string, 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Defendant.
 */
defendant: string, 
/**
 * Case reference.
 */
case: Urn, 
/**
 * When the results were shared.
 */
since: Instant, 
/**
 * How long it has waited, and what waits with it: one sentence.
 */
text: string, 
/**
 * Whether letters wait with it.
 */
held: boolean, 
/**
 * Whether they have waited beyond their limit.
 */
overdue: boolean, 
/**
 * How many values have no Welsh.
 */
left: number, 
/**
 * How many there were.
 */
all: number, 
/**
 * Who took it on, and when.
 */
owner: string | null, 
/**
 * Whether that is the person who asks.
 */
mine: boolean, 
/**
 * Whether this person may open it.
 */
may_open: boolean, };

export type Translations = { 
/**
 * Documents.
 */
items: Array<TranslationItem>, 
/**
 * How many there are, should they be more than are listed.
 */
total: number, 
/**
 * How many of all nobody has taken on.
 */
unowned: number, };

export type Under = { 
/**
 * A line of the draft.
 */
line_id: ResultLineId | null, 
/**
 * The number of a piece, from nought.
 */
piece: number | null, };

export type Unread = { 
/**
 * Where they begin.
 */
start: number, 
/**
 * Where they end.
 */
end: number, 
/**
 * What may help.
 */
hint: string | null, };

export type Unresolved = { 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * Offence.
 */
offence_id: OffenceId | null, 
/**
 * As typed.
 */
text: string, };

export type UploadId = string;

export type Uploaded = { 
/**
 * Upload.
 */
upload_id: UploadId, 
/**
 * SHA-256 of the bytes, in hexadecimal.
 */
sha256: string, 
/**
 * How many.
 */
bytes: number, 
/**
 * MIME type, read from the bytes.
 */
mime: string, };

export type Urn = string;

export type VerdictChoice = { 
/**
 * Code, for instance `NGJU`.
 */
code: string, 
/**
 * In words.
 */
label: string, 
/**
 * It names the offence of which the defendant is guilty instead.
 */
names_another: boolean, 
/**
 * A jury may give it by one of the majorities.
 */
by_majority: boolean, };

export type VerdictView = { 
/**
 * Code.
 */
code: string, 
/**
 * In words, with its day.
 */
text: string, 
/**
 * The day on which it was given.
 */
day: Day, 
/**
 * The offence of which the defendant is guilty instead.
 */
instead: string | null, 
/**
 * How the jury was divided.
 */
majority: Majority | null, };

export type VersionRow = { 
/**
 * Its number, from 1.
 */
version: number, 
/**
 * When it was shared.
 */
at: Instant, 
/**
 * By whom.
 */
by: string, 
/**
 * What kind of error it put right; none for the first.
 */
kind: AmendmentKind | null, 
/**
 * Why.
 */
reason: AmendmentReason | null, 
/**
 * Why, in words.
 */
note: string | null, 
/**
 * Who amended.
 */
amended_by: string | null, 
/**
 * Who approved.
 */
approved_by: string | null, 
/**
 * What changed, in one line.
 */
summary: string | null, };

export type Waiting = { 
/**
 * The organisation that it becomes.
 */
organisation_id: OrganisationId, 
/**
 * Name.
 */
name: string, 
/**
 * Kind in words.
 */
kind: string, 
/**
 * When it came.
 */
at: Instant, 
/**
 * Everything it said, as label and value.
 */
said: Array<[string, string]>, 
/**
 * What somebody should look at before deciding.
 */
warnings: Array<string>, };

export type WelshMark = { 
/**
 * It still waits.
 */
waits: boolean, 
/**
 * One sentence or two.
 */
text: string, 
/**
 * What has no Welsh yet; for the court that sent it.
 */
missing: Array<string>, 
/**
 * The copy in both languages.
 */
by: DocumentId | null, };

export type WelshValue = { 
/**
 * Its place in this document.
 */
place: number, 
/**
 * What it is, in words.
 */
kind: string, 
/**
 * The question under which it stands.
 */
about: string | null, 
/**
 * The English.
 */
english: string, 
/**
 * What it might be, from a source that is not certain.
 */
suggested: string | null, 
/**
 * What was given.
 */
given: string | null, 
/**
 * A Welsh text that is to be read, and not written: whoever has read it says so.
 */
check: boolean, 
/**
 * Whether it is asked for once, and known from then on.
 */
remembered: boolean, };

export type WhatTheySee = { 
/**
 * Account.
 */
account_id: AccountId, 
/**
 * Full name.
 */
name: string, 
/**
 * Cases with the reason.
 */
cases: Array<SeenCase>, 
/**
 * Whether there are more than are listed.
 */
more: boolean, 
/**
 * Why there are none, if so.
 */
none: string, 
/**
 * What needs a new owner when they leave.
 */
needs_owner: Array<NeedsOwner>, 
/**
 * Colleagues who could take over.
 */
colleagues: Array<Colleague>, };

export type WordsAreLeft = { 
/**
 * How many bytes.
 */
bytes: number, };

export type WrongField = { 
/**
 * Field.
 */
field: string, 
/**
 * What, and how to write it.
 */
what: string, };

export type WrongRow = { 
/**
 * `organisations` or `users`.
 */
file: string, 
/**
 * Line; the heading is line 1.
 */
line: number, 
/**
 * Column; empty for the whole line.
 */
column: string, 
/**
 * What, and how to write it.
 */
what: string, };

/** Every command and query: what is asked and what comes back. */
export interface Contract {
  "account.about": { request: Record<symbol, never>; view: Service; kind: "query" };
  "account.sign_in": { request: { 
/**
 * E-mail address, in any case.
 */
email: string, 
/**
 * Password.
 */
password: string, }; view: SignedIn; kind: "command" };
  "account.sign_out": { request: Record<symbol, never>; view: SignedOut; kind: "command" };
  "account.sign_out_everywhere": { request: Record<symbol, never>; view: SignedOut; kind: "command" };
  "account.confirm_sign_in": { request: { 
/**
 * E-mail address, in any case.
 */
email: string, 
/**
 * Password.
 */
password: string, 
/**
 * The code that the authenticator shows, or a recovery code.
 */
code: string, }; view: SignedIn; kind: "command" };
  "account.prove": { request: { 
/**
 * Password.
 */
password: string | null, 
/**
 * The code that the authenticator shows, or a recovery code.
 */
code: string | null, }; view: SignedIn; kind: "command" };
  "account.lock": { request: Record<symbol, never>; view: SessionLocked; kind: "command" };
  "account.request_reset": { request: { 
/**
 * E-mail address, in any case.
 */
email: string, }; view: ResetRequested; kind: "command" };
  "account.reset_password": { request: { 
/**
 * The code.
 */
code: string, 
/**
 * The password from now on.
 */
new: string, }; view: PasswordReset; kind: "command" };
  "account.change_password": { request: { 
/**
 * The password until now.
 */
current: string, 
/**
 * The password from now on.
 */
new: string, }; view: PasswordChanged; kind: "command" };
  "account.security": { request: Record<symbol, never>; view: Security; kind: "query" };
  "account.end_session": { request: { 
/**
 * Session.
 */
session_id: SessionId, }; view: Security; kind: "command" };
  "account.end_other_sessions": { request: Record<symbol, never>; view: Security; kind: "command" };
  "account.enrol_second_factor": { request: Record<symbol, never>; view: Enrolment; kind: "command" };
  "account.confirm_second_factor": { request: { 
/**
 * The code.
 */
code: string, }; view: RecoveryCodes; kind: "command" };
  "account.renew_recovery_codes": { request: Record<symbol, never>; view: RecoveryCodes; kind: "command" };
  "account.remove_second_factor": { request: Record<symbol, never>; view: Security; kind: "command" };
  "account.begin_provider_sign_in": { request: { 
/**
 * E-mail address: its domain says which organisation.
 */
email: string, 
/**
 * Where on this computer the browser comes back to.
 */
redirect: string, }; view: ProviderSignIn; kind: "command" };
  "account.end_provider_sign_in": { request: { 
/**
 * From its beginning.
 */
secret: string, 
/**
 * What the browser brought back.
 */
state: string, 
/**
 * What the browser brought back.
 */
code: string, 
/**
 * Whose window it opens again, if somebody is signed in there: nobody else is let in to it.
 */
unlocks: AccountId | null, }; view: SignedIn; kind: "command" };
  "account.begin_passkey": { request: { 
/**
 * How it will be called.
 */
name: string, 
/**
 * Where on this computer the browser comes back to.
 */
redirect: string, }; view: PasskeyCeremony; kind: "command" };
  "account.end_passkey": { request: { 
/**
 * From its beginning.
 */
secret: string, 
/**
 * What the browser brought back.
 */
state: string, 
/**
 * What the browser brought back.
 */
code: string, }; view: PasskeyAdded; kind: "command" };
  "account.remove_passkey": { request: { 
/**
 * Passkey.
 */
passkey_id: PasskeyId, }; view: Security; kind: "command" };
  "account.begin_passkey_sign_in": { request: { 
/**
 * E-mail address, in any case.
 */
email: string, 
/**
 * Password.
 */
password: string, 
/**
 * Where on this computer the browser comes back to.
 */
redirect: string, }; view: PasskeyCeremony; kind: "command" };
  "account.end_passkey_sign_in": { request: { 
/**
 * From its beginning.
 */
secret: string, 
/**
 * What the browser brought back.
 */
state: string, 
/**
 * What the browser brought back.
 */
code: string, }; view: SignedIn; kind: "command" };
  "account.begin_passkey_proof": { request: { 
/**
 * Where on this computer the browser comes back to.
 */
redirect: string, }; view: PasskeyCeremony; kind: "command" };
  "account.end_passkey_proof": { request: { 
/**
 * From its beginning.
 */
secret: string, 
/**
 * What the browser brought back.
 */
state: string, 
/**
 * What the browser brought back.
 */
code: string, }; view: SignedIn; kind: "command" };
  "account.current": { request: Record<symbol, never>; view: Person; kind: "query" };
  "case.list": { request: Record<symbol, never>; view: CaseList; kind: "query" };
  "case.find": { request: { 
/**
 * As typed.
 */
reference: string, }; view: Found; kind: "query" };
  "case.view": { request: { 
/**
 * Case.
 */
case_id: CaseId, }; view: CaseAtAGlance; kind: "query" };
  "case.mark_seen": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Version seen.
 */
version: number, }; view: Seen; kind: "command" };
  "defence.associate": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * On what basis.
 */
basis: RepresentationBasis, 
/**
 * The day on which the client instructed the firm; none: nobody says.
 */
instructed_on: Day | null, 
/**
 * Whether what was shown as a conflict does not prevent acting.
 */
confirmed: boolean, }; view: Associated; kind: "command" };
  "defence.find": { request: { 
/**
 * Case reference as typed; may be empty.
 */
reference: string, 
/**
 * First and last name, or the name of a body, as typed; may be empty.
 */
name: string, 
/**
 * A day on which the defendant is listed.
 */
hearing_day: Day | null, 
/**
 * Date of birth, to tell several apart.
 */
date_of_birth: Day | null, }; view: FindAnswer; kind: "query" };
  "defence.people": { request: { 
/**
 * Case.
 */
case_id: CaseId, }; view: CasePeople; kind: "query" };
  "defence.change": { request: { 
/**
 * Case reference.
 */
reference: string, 
/**
 * The defendant's name.
 */
name: string, 
/**
 * A day on which the defendant is listed.
 */
hearing_day: Day, 
/**
 * On what basis; without legal aid.
 */
basis: RepresentationBasis, 
/**
 * The day of the instruction.
 */
instructed_on: Day, 
/**
 * Whether what was shown as a conflict does not prevent acting.
 */
confirmed: boolean, }; view: Changed; kind: "command" };
  "defence.disassociate": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * Why.
 */
reason: DisassociationReason, 
/**
 * What else is to be said; may be empty.
 */
note: string, }; view: Done; kind: "command" };
  "defence.instruct": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * E-mail address.
 */
email: string, 
/**
 * Day of the instruction.
 */
on: Day, 
/**
 * Whether what was shown as a conflict does not prevent acting.
 */
confirmed: boolean, }; view: Granted; kind: "command" };
  "defence.end_instruction": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * Chambers.
 */
organisation_id: OrganisationId, }; view: Done; kind: "command" };
  "defence.grant": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Defendant; none means everyone for whom this person may give it.
 */
defendant_id: DefendantId | null, 
/**
 * E-mail address.
 */
email: string, 
/**
 * The last day, if there is to be one.
 */
until: Day | null, 
/**
 * Whether what was shown as a conflict does not prevent acting.
 */
confirmed: boolean, }; view: Granted; kind: "command" };
  "defence.remove": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * Who.
 */
account_id: AccountId, }; view: Done; kind: "command" };
  "legal_aid.messages": { request: { 
/**
 * Only what came before this place; none means the latest.
 */
before: number | null, }; view: MessageList; kind: "query" };
  "legal_aid.representation": { request: { 
/**
 * Case reference.
 */
reference: string, 
/**
 * Part of the name of a firm that an order is to name; may be empty.
 */
firm: string, }; view: Represented; kind: "query" };
  "legal_aid.make_order": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * The firm that it names.
 */
organisation_id: OrganisationId, 
/**
 * Its reference.
 */
reference: string, 
/**
 * From when.
 */
from: Day, }; view: Done; kind: "command" };
  "legal_aid.make_order_by_contract": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * The number, for instance 0A123B.
 */
contract: string, 
/**
 * The firm's name, as the agency has it.
 */
firm: string, 
/**
 * Its reference.
 */
reference: string, 
/**
 * From when.
 */
from: Day, }; view: Done; kind: "command" };
  "legal_aid.awaited_orders": { request: Record<symbol, never>; view: OrdersAwaited; kind: "query" };
  "legal_aid.withdraw_order": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * From when.
 */
on: Day, }; view: Done; kind: "command" };
  "prosecution.assign": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * E-mail address of the advocate.
 */
email: string, 
/**
 * The last day; none means the usual time.
 */
until: Day | null, 
/**
 * Whether what was shown as a conflict does not prevent acting.
 */
confirmed: boolean, }; view: Granted; kind: "command" };
  "prosecution.assign_list": { request: { 
/**
 * Court.
 */
court_id: CourtId, 
/**
 * Day.
 */
day: Day, 
/**
 * E-mail address of the advocate.
 */
email: string, 
/**
 * Whether what was shown as a conflict does not prevent acting.
 */
confirmed: boolean, }; view: AssignedList; kind: "command" };
  "prosecution.unassign": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Who.
 */
account_id: AccountId, }; view: Done; kind: "command" };
  "material.serve": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * One defendant's, or the whole case's.
 */
defendant_id: DefendantId | null, 
/**
 * Section, one of the case's `sections`.
 */
section: string, 
/**
 * Name of the file.
 */
name: string, 
/**
 * Upload.
 */
upload_id: UploadId, }; view: Served; kind: "command" };
  "hearing.courtrooms": { request: Record<symbol, never>; view: CourtroomList; kind: "query" };
  "hearing.closed": { request: { 
/**
 * Hearings; at most 200.
 */
hearings: Array<HearingId>, }; view: ClosedHearings; kind: "query" };
  "hearing.leave_words": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * What the computer kept, as it kept it.
 */
words: string, }; view: WordsAreLeft; kind: "command" };
  "hearing.day_list": { request: { 
/**
 * Room.
 */
courtroom_id: CourtroomId, 
/**
 * Day.
 */
day: Day, }; view: DayListView; kind: "query" };
  "hearing.view": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, }; view: HearingView; kind: "query" };
  "hearing.log_event": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Version seen.
 */
version: number, 
/**
 * Definition.
 */
definition_id: LogDefinitionId, 
/**
 * Whom it concerns.
 */
defendant_id: DefendantId | null, 
/**
 * Note, at most 3,000 characters.
 */
note: string | null, }; view: Recorded; kind: "command" };
  "hearing.record_attendance": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Version seen.
 */
version: number, 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * How.
 */
attendance: Attendance, }; view: Recorded; kind: "command" };
  "hearing.also_listed": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, }; view: AlsoListedView; kind: "query" };
  "hearing.hear_together": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Version seen.
 */
version: number, 
/**
 * The other hearing; it leaves the list.
 */
other_id: HearingId, 
/**
 * Why somebody is one person in both, where neither number nor address says so.
 */
reason: string | null, }; view: Recorded; kind: "command" };
  "hearing.take_apart": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Version seen.
 */
version: number, 
/**
 * The case that leaves it, with those that came with it.
 */
case_id: CaseId, 
/**
 * Whether somebody who counted as one person is two.
 */
two_people: boolean, 
/**
 * Why, for the court only.
 */
reason: string, }; view: Recorded; kind: "command" };
  "hearing.tell_apart": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Version seen.
 */
version: number, 
/**
 * Defendant.
 */
defendant_id: DefendantId, 
/**
 * Why, for the court only.
 */
reason: string, }; view: Recorded; kind: "command" };
  "hearing.enter_plea": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Version seen.
 */
version: number, 
/**
 * Offence.
 */
offence_id: OffenceId, 
/**
 * Value, one of the choices.
 */
plea: string, }; view: Recorded; kind: "command" };
  "hearing.enter_verdict": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Version seen.
 */
version: number, 
/**
 * Offence.
 */
offence_id: OffenceId, 
/**
 * Code, one of the choices; none takes back what was entered by mistake.
 */
verdict: string | null, 
/**
 * The day on which it was given, of this hearing or an earlier one; none is this one's.
 */
day: Day | null, 
/**
 * The offence of which the defendant is guilty instead, where the verdict names one.
 */
instead: string | null, 
/**
 * How the jury was divided, of a verdict by majority.
 */
majority: Majority | null, }; view: Recorded; kind: "command" };
  "hearing.save_draft": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Revision seen.
 */
revision: number, 
/**
 * Lines.
 */
lines: Array<Line>, 
/**
 * Text that is no result yet.
 */
unresolved: Array<Unresolved>, }; view: DraftSaved; kind: "command" };
  "hearing.preview": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Lines.
 */
lines: Array<Line>, }; view: PreviewView; kind: "query" };
  "hearing.share_results": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Version seen.
 */
version: number, 
/**
 * Revision of the draft that is shared.
 */
revision: number, 
/**
 * What is shared now, while the rest waits; nothing is all that remains.
 */
targets: Array<ShareTarget> | null, }; view: Shared; kind: "command" };
  "hearing.begin_amendment": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Version seen.
 */
version: number, 
/**
 * What kind of error.
 */
kind: AmendmentKind, 
/**
 * Why, as documents say it.
 */
reason: AmendmentReason, 
/**
 * Why, in words, for the court only; at most 1,000 characters.
 */
note: string, }; view: Recorded; kind: "command" };
  "hearing.cancel_amendment": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Version seen.
 */
version: number, }; view: Recorded; kind: "command" };
  "hearing.unlock_results": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Version seen.
 */
version: number, 
/**
 * Why, at most 1,000 characters.
 */
why: string, }; view: Recorded; kind: "command" };
  "hearing.request_approval": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Version seen.
 */
version: number, 
/**
 * Revision of the draft that is to be approved.
 */
revision: number, }; view: Recorded; kind: "command" };
  "hearing.decide_amendment": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * Version seen.
 */
version: number, 
/**
 * Whether it is approved.
 */
approve: boolean, 
/**
 * Why not.
 */
why: string | null, }; view: Recorded; kind: "command" };
  "hearing.compare_versions": { request: { 
/**
 * Hearing.
 */
hearing_id: HearingId, 
/**
 * The earlier version.
 */
from: number, 
/**
 * The later version; none is the amendment that is being made.
 */
to: number | null, }; view: ComparisonView; kind: "query" };
  "document.view": { request: { 
/**
 * Document.
 */
document_id: DocumentId, }; view: Standing; kind: "query" };
  "result.definition": { request: { 
/**
 * The hearing decides which children are in force.
 */
hearing_id: HearingId, 
/**
 * Definition.
 */
definition_id: DefinitionId, }; view: DefinitionView; kind: "query" };
  "result.parse": { request: { 
/**
 * The hearing decides day and jurisdiction.
 */
hearing_id: HearingId, 
/**
 * Whose results are typed.
 */
defendant_id: DefendantId, 
/**
 * For which offence, or nothing for the defendant as a whole.
 */
offence_id: OffenceId | null, 
/**
 * As typed: results with their answers, between them `;` or a new line.
 */
text: string, 
/**
 * Where somebody types, in UTF-16 units; what may stand there is offered.
 */
caret: number | null, 
/**
 * The results of this defendant as the window has them, saved or not.
 */
lines: Array<Line>, }; view: Parsed; kind: "query" };
  "inbox.list": { request: Record<symbol, never>; view: Inbox; kind: "query" };
  "inbox.open": { request: { 
/**
 * Delivery.
 */
delivery_id: DeliveryId, }; view: InboxItem; kind: "command" };
  "inbox.acknowledge": { request: { 
/**
 * Delivery.
 */
delivery_id: DeliveryId, }; view: InboxItem; kind: "command" };
  "alarm.list": { request: Record<symbol, never>; view: Alarms; kind: "query" };
  "alarm.take": { request: { 
/**
 * Delivery.
 */
delivery_id: DeliveryId, }; view: Alarms; kind: "command" };
  "alarm.take_day": { request: { 
/**
 * The day.
 */
day: Day, }; view: Alarms; kind: "command" };
  "alarm.came_back": { request: { 
/**
 * Delivery.
 */
delivery_id: DeliveryId, 
/**
 * What the post wrote on it: `gone away`.
 */
why: string, }; view: Alarms; kind: "command" };
  "alarm.settle": { request: { 
/**
 * Delivery.
 */
delivery_id: DeliveryId, 
/**
 * Who was told, and how.
 */
told: string, 
/**
 * When, today: `14:05`; none is now.
 */
at: string | null, }; view: Alarms; kind: "command" };
  "translation.list": { request: Record<symbol, never>; view: Translations; kind: "query" };
  "translation.view": { request: { 
/**
 * Document.
 */
document_id: DocumentId, }; view: Translation; kind: "query" };
  "translation.take": { request: { 
/**
 * Document.
 */
document_id: DocumentId, }; view: Translations; kind: "command" };
  "translation.give": { request: { 
/**
 * Document.
 */
document_id: DocumentId, 
/**
 * Values.
 */
values: Array<GivenWelsh>, }; view: Translation; kind: "command" };
  "delivery.reconcile": { request: { 
/**
 * The day; none is today.
 */
day: Day | null, }; view: Reconciliation; kind: "query" };
  "notice.list": { request: Record<symbol, never>; view: Notices; kind: "query" };
  "case.restrict_listing": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Whether it is to be kept off.
 */
kept_off: boolean, 
/**
 * Why, for the court only.
 */
reason: string, }; view: ListingRestricted; kind: "command" };
  "printout.of_court": { request: { 
/**
 * Court house.
 */
court_id: CourtId | null, 
/**
 * One room of it; none means all.
 */
courtroom_id: CourtroomId | null, 
/**
 * Day.
 */
day: Day | null, }; view: CourtPrintouts; kind: "query" };
  "printout.of_case": { request: { 
/**
 * Case.
 */
case_id: CaseId, }; view: CasePrintouts; kind: "query" };
  "access.explain": { request: { 
/**
 * Case.
 */
case_id: CaseId, }; view: Explained; kind: "query" };
  "access.of_case": { request: { 
/**
 * Its id, or its reference as typed.
 */
case: string, }; view: CaseAccess; kind: "query" };
  "access.give": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Whom: the e-mail address of an account of a court or of somebody who prosecutes the case.
 */
email: string, 
/**
 * As what. Whoever prosecutes works on the case, whatever is said here.
 */
permission: CasePermission, 
/**
 * The one defendant on whom it is; none: on the whole case.
 */
defendant_id: DefendantId | null, 
/**
 * The last day; none: without an end or, for whoever prosecutes, the usual time.
 */
until: Day | null, 
/**
 * Why.
 */
reason: string, }; view: CaseAccess; kind: "command" };
  "access.take_back": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * From whom.
 */
account_id: AccountId, 
/**
 * The one defendant on whom it is; none: on the whole case.
 */
defendant_id: DefendantId | null, 
/**
 * Why.
 */
reason: string, }; view: CaseAccess; kind: "command" };
  "access.set_sensitive": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Whether it is to be sensitive.
 */
sensitive: boolean, 
/**
 * Why.
 */
reason: string, }; view: CaseAccess; kind: "command" };
  "access.break_glass": { request: { 
/**
 * Case.
 */
case_id: CaseId, 
/**
 * Why.
 */
reason: string, }; view: GlassBroken; kind: "command" };
  "access.openings": { request: Record<symbol, never>; view: OpeningQueue; kind: "query" };
  "access.review": { request: { 
/**
 * Opening.
 */
opening_id: OpeningId, 
/**
 * Whether it was right to open the case.
 */
justified: boolean, 
/**
 * What was found.
 */
note: string, }; view: OpeningQueue; kind: "command" };
  "audit.report": { request: { 
/**
 * What kind of thing it is about.
 */
about: Subject, 
/**
 * Which: an e-mail address, a case reference, the id of a paper or document, or an
 * address as a report shows it.
 */
which: string, 
/**
 * From this day on.
 */
from: Day, 
/**
 * Until the end of this day.
 */
to: Day, 
/**
 * What follows this place in the ledger, as the report before said; nothing for the first.
 */
after: number | null, }; view: AuditReport; kind: "query" };
  "account.activation": { request: { 
/**
 * The link, or the code in it, as it was sent.
 */
code: string, }; view: Invitation; kind: "query" };
  "account.activate": { request: { 
/**
 * The link, or the code in it.
 */
code: string, 
/**
 * The password; nothing is kept of it where the organisation signs the person in.
 */
password: string, 
/**
 * The version of the terms that is accepted.
 */
terms: string, }; view: Activated; kind: "command" };
  "account.ask_again": { request: { 
/**
 * E-mail address.
 */
email: string, }; view: AskedAgain; kind: "command" };
  "organisation.terms": { request: Record<symbol, never>; view: TermsOfUse; kind: "query" };
  "organisation.register": { request: { 
/**
 * What it says of itself.
 */
said: Said, }; view: Registered; kind: "command" };
  "organisation.registration": { request: { 
/**
 * Its reference.
 */
reference: string, }; view: RegistrationStatus; kind: "query" };
  "organisation.register_office": { request: { 
/**
 * What it says of itself; kind and accountable person are those of the head office.
 */
said: Said, }; view: Registered; kind: "command" };
  "organisation.queue": { request: Record<symbol, never>; view: Registrations; kind: "query" };
  "organisation.validate": { request: { 
/**
 * Organisation.
 */
organisation_id: OrganisationId, }; view: Registrations; kind: "command" };
  "organisation.refuse": { request: { 
/**
 * Organisation.
 */
organisation_id: OrganisationId, 
/**
 * Why, for whoever registered.
 */
reason: string, }; view: Registrations; kind: "command" };
  "organisation.import": { request: { 
/**
 * Organisations, as CSV.
 */
organisations: string, 
/**
 * Their people, as CSV.
 */
users: string, 
/**
 * Whether it is only looked at.
 */
check_only: boolean, }; view: Imported; kind: "command" };
  "organisation.list": { request: Record<symbol, never>; view: Organisations; kind: "query" };
  "organisation.people": { request: { 
/**
 * The organisation; none is one's own. Only HMCTS staff see another's.
 */
organisation_id: OrganisationId | null, }; view: PeopleOf; kind: "query" };
  "organisation.person": { request: { 
/**
 * Account.
 */
account_id: AccountId, }; view: WhatTheySee; kind: "query" };
  "organisation.who_opens": { request: { 
/**
 * Reference of the case.
 */
reference: string, 
/**
 * Organisation; none is one's own.
 */
organisation_id: OrganisationId | null, }; view: CaseOpeners; kind: "query" };
  "organisation.invite": { request: { 
/**
 * Office.
 */
organisation_id: OrganisationId, 
/**
 * E-mail address.
 */
email: string, 
/**
 * Full name.
 */
name: string, 
/**
 * Role in words.
 */
role: string, 
/**
 * Groups.
 */
groups: Array<Group>, }; view: PeopleOf; kind: "command" };
  "organisation.resend": { request: { 
/**
 * Account.
 */
account_id: AccountId, }; view: PeopleOf; kind: "command" };
  "organisation.show_link": { request: { 
/**
 * Account.
 */
account_id: AccountId, }; view: Link; kind: "command" };
  "organisation.change_roles": { request: { 
/**
 * Account.
 */
account_id: AccountId, 
/**
 * Role in words.
 */
role: string, 
/**
 * Groups.
 */
groups: Array<Group>, 
/**
 * Office.
 */
organisation_id: OrganisationId, }; view: PeopleOf; kind: "command" };
  "organisation.correct_name": { request: { 
/**
 * Account.
 */
account_id: AccountId, 
/**
 * As it should be.
 */
name: string, 
/**
 * Why; it is recorded.
 */
reason: string, }; view: PeopleOf; kind: "command" };
  "organisation.rename": { request: { 
/**
 * Organisation or office.
 */
organisation_id: OrganisationId, 
/**
 * From now on.
 */
name: string, 
/**
 * Why; it is recorded.
 */
reason: string, }; view: PeopleOf; kind: "command" };
  "organisation.suspend": { request: { 
/**
 * Account.
 */
account_id: AccountId, }; view: PeopleOf; kind: "command" };
  "organisation.reactivate": { request: { 
/**
 * Account.
 */
account_id: AccountId, }; view: PeopleOf; kind: "command" };
  "organisation.take_factor_away": { request: { 
/**
 * Account.
 */
account_id: AccountId, 
/**
 * Why, and how it was made sure who asks; it is recorded.
 */
reason: string, }; view: PeopleOf; kind: "command" };
  "organisation.leave": { request: { 
/**
 * Account.
 */
account_id: AccountId, 
/**
 * The colleague who takes over; none: it is listed.
 */
colleague: AccountId | null, 
/**
 * Whether the colleague is given the leaver's roles as well, all but administering: without
 * them the cases may be closed to whoever carries on.
 */
with_roles: boolean, }; view: Left; kind: "command" };
  "support.announcements": { request: Record<symbol, never>; view: Announced; kind: "query" };
  "support.all_announcements": { request: Record<symbol, never>; view: Announced; kind: "query" };
  "support.announce": { request: { 
/**
 * One line.
 */
title: string, 
/**
 * What it means and what to do.
 */
details: string, 
/**
 * Whether it was to be expected.
 */
category: AnnouncementCategory, 
/**
 * How serious it is.
 */
severity: AnnouncementSeverity, 
/**
 * Day on which it begins, `2026-11-23`; none is now.
 */
from_day: Day | null, 
/**
 * Time of that day, `08:00`.
 */
from_time: string | null, 
/**
 * Day on which it ends.
 */
until_day: Day, 
/**
 * Time of that day.
 */
until_time: string, }; view: Announced; kind: "command" };
  "support.withdraw": { request: { 
/**
 * Announcement.
 */
id: AnnouncementId, }; view: Announced; kind: "command" };
  "support.requests": { request: Record<symbol, never>; view: HelpRequests; kind: "query" };
  "support.ask": { request: { 
/**
 * What.
 */
question: string, 
/**
 * The screen on which it is asked.
 */
screen: string, 
/**
 * A reference that the screen shows.
 */
reference: string | null, 
/**
 * What the screen is headed, which may name people.
 */
shown: string | null, 
/**
 * Whether that goes with it.
 */
with_people: boolean, }; view: HelpRequests; kind: "command" };
  "support.waiting": { request: Record<symbol, never>; view: HelpRequests; kind: "query" };
  "support.answer": { request: { 
/**
 * Request.
 */
id: HelpRequestId, 
/**
 * The answer.
 */
answer: string, }; view: HelpRequests; kind: "command" };
  "rules.list": { request: Record<symbol, never>; view: RuleList; kind: "query" };
  "rules.lower": { request: { 
/**
 * Rule.
 */
rule: string, 
/**
 * To what.
 */
to: LowerTo, 
/**
 * Why; it stays in the record.
 */
reason: string, }; view: RuleList; kind: "command" };
  "rules.restore": { request: { 
/**
 * The name that was lowered.
 */
rule: string, 
/**
 * Why; it stays in the record.
 */
reason: string, }; view: RuleList; kind: "command" };
  "notice.mark_read": { request: { 
/**
 * Notices.
 */
notices: Array<NoticeId>, }; view: Notices; kind: "command" };
}
