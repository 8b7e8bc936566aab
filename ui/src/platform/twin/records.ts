/** Invented cases, hearings and deliveries of the twin's court. For development and tests only. */
import type { AlarmItem, CaseAtAGlance, CaseRow, CourtroomList, DayAlarm, DocumentRow, HearingRow, HearingView, InboxItem, Notice, Reconciliation, SupersededMark, Translation } from "../../contract";

export const today = "2026-11-23";
const urn = "20NB1234526";

export function documents(): DocumentRow[] {
  return [
    {
      document_id: "doc-warrant",
      name: "Warrant of commitment on remand",
      kind: "Warrant",
      defendant: "Marlow Ashby",
      requested_at: "2026-11-23T10:41:02Z",
      made: true,
      unread: true,
      deliveries: [
        { delivery_id: "delivery-prison", recipient: "HMP Aldermoor", channel: "Prison inbox", state: "received", since: "2026-11-23T10:41:04Z", note: null, acknowledgement_required: true, alarm: null, settled: null, may_come_back: false },
        { delivery_id: "delivery-escort", recipient: "Meridian Escort Services", channel: "E-mail", state: "failed", since: "2026-11-23T10:41:05Z", note: "The mailbox is full. The court office has a task.", acknowledgement_required: false, alarm: null, settled: null, may_come_back: false },
        { delivery_id: "delivery-defence", recipient: "Thorne & Vale Solicitors", channel: "Case file", state: "opened", since: "2026-11-23T10:44:00Z", note: "Opened by Iris Thorne", acknowledgement_required: false, alarm: null, settled: null, may_come_back: false },
      ],
      superseded: null,
      replaces: null,
      welsh: null,
    },
    {
      document_id: "doc-notice",
      name: "Notice of next hearing",
      kind: "Notice",
      defendant: "Marlow Ashby",
      requested_at: "2026-11-23T10:41:02Z",
      made: true,
      unread: false,
      deliveries: [
        { delivery_id: "delivery-post", recipient: "Marlow Ashby", channel: "First class post", state: "sent", since: "2026-11-23T10:41:04Z", note: null, acknowledgement_required: false, alarm: null, settled: null, may_come_back: true },
        { delivery_id: "delivery-police", recipient: "Northbridge Police", channel: "Police inbox", state: "sent", since: "2026-11-23T10:41:04Z", note: null, acknowledgement_required: false, alarm: null, settled: null, may_come_back: false },
      ],
      superseded: null,
      replaces: null,
      welsh: null,
    },
  ];
}

/** A document that waits for Welsh. */
export function translation(): Translation {
  return {
    item: {
      document_id: "doc-notice",
      name: "Community order",
      hearing_id: "hearing-1",
      defendant: "Marlow Ashby",
      case: urn,
      since: "2026-11-23T10:41:02Z",
      text: "Waits for Welsh, for 12 minutes: Marlow Ashby. The others have it in English.",
      held: true,
      overdue: false,
      left: 3,
      all: 3,
      owner: null,
      mine: false,
      may_open: true,
    },
    values: [
      { place: 0, kind: "label of a result", about: null, english: "Unpaid work", suggested: "Gwaith di-dâl", given: null, check: false, remembered: true },
      { place: 1, kind: "words of this case", about: "Terms", english: "Keep away from the harbour.", suggested: null, given: null, check: false, remembered: false },
      { place: 2, kind: "Welsh text to be checked", about: null, english: "cy/community_order.md", suggested: null, given: null, check: true, remembered: true },
    ],
    draft: ["Llys Ynadon", "Gorchymyn cymunedol", "[Unpaid work]"],
    followed: null,
  };
}

/** The mark of a document that an amendment replaced. */
export function ended(document: string): SupersededMark {
  return {
    at: "2026-11-23T11:02:00Z",
    text: "This document no longer applies. It was replaced on 23 November 2026 at 11:02.",
    reason: "RECORDED_WRONGLY",
    by: `${document}-2`,
    by_name: "Warrant of commitment on remand",
    by_delivery: null,
  };
}

const offences = [
  {
    offence_id: "offence-1",
    number: 1,
    code: "TH68010",
    title: "Burglary other than dwelling – theft",
    legislation: "Contrary to section 9(1)(b) of the Theft Act 1968.",
    wording: "On 2 November 2026 at Northbridge, having entered as a trespasser a building, namely Quayside Cycles, stole therein three pedal cycles to the value of £4,150.",
    committed: "on 2 November 2026",
    mode_of_trial: "Either way",
  },
  {
    offence_id: "offence-2",
    number: 2,
    code: "RT88191",
    title: "Use a motor vehicle on a road without third party insurance",
    legislation: "Contrary to section 143 of the Road Traffic Act 1988.",
    wording: "On 2 November 2026 at Northbridge, used a motor vehicle on a road, namely Castle Street, when there was not in force a policy of insurance.",
    committed: "on 2 November 2026",
    mode_of_trial: "Summary",
  },
];

export function caseAtAGlance(): CaseAtAGlance {
  return {
    case_id: "case-1",
    version: 7,
    urn,
    status: "Active",
    began: "Charge",
    prosecutor: "CPS North",
    markers: ["Domestic abuse", "Vulnerable or intimidated witness"],
    defendants: [
      {
        defendant_id: "defendant-1",
        name: "Marlow Ashby",
        date_of_birth: "1997-04-18",
        age: 29,
        address: ["14 Ropewalk", "Northbridge", "NB3 4ZX"],
        bail: "Remanded in custody",
        in_custody: true,
        interpreter: "Polish",
        represented_by: null,
        basis: null,
        ours: false,
        offences: [
          { ...offences[0]!, plea: "Guilty, entered 9 November 2026", verdict: null, convicted_on: "2026-11-09", results: [{ code: "RI", text: "Remanded in custody. Remand basis: Adult in prison. Prison: HMP Aldermoor.", ordered_on: "2026-11-09" }] },
          { ...offences[1]!, plea: null, verdict: null, convicted_on: null, results: [] },
        ],
        results: [],
      },
      {
        defendant_id: "defendant-2",
        name: "Saskia Holt",
        date_of_birth: "2001-09-30",
        age: 25,
        address: ["3 Tannery Yard", "Northbridge", "NB1 8ZQ"],
        bail: "Unconditional bail",
        in_custody: false,
        interpreter: null,
        represented_by: "Hartfield Law",
        basis: "REPRESENTATION_ORDER",
        ours: false,
        offences: [{ ...offences[0]!, offence_id: "offence-3", plea: "Not guilty, entered 9 November 2026", verdict: null, convicted_on: null, results: [] }],
        results: [],
      },
    ],
    hearings: [
      { hearing_id: "hearing-0", kind: "First hearing", court: "Northbridge Magistrates’ Court, Courtroom 1", day: "2026-11-09", time: "10:00", state: "ended", shared: true, part: false, may_open: true },
      { hearing_id: "hearing-1", kind: "Sentence", court: "Northbridge Magistrates’ Court, Courtroom 1", day: today, time: "10:00", state: "started", shared: false, part: false, may_open: true },
    ],
    materials: [
      { material_id: "material-1", section: "IDPC bundle", name: "IDPC Ashby and Holt.pdf", defendant: null, bytes: 31_240_118, mime: "application/pdf", served_at: "2026-11-23T09:12:30Z", served_by: "CPS North", unread: true },
      { material_id: "material-2", section: "Witness statements", name: "MG11 J Penhale.pdf", defendant: "Marlow Ashby", bytes: 412_300, mime: "application/pdf", served_at: "2026-11-12T15:02:11Z", served_by: "CPS North", unread: false },
    ],
    documents: documents(),
    changes: [
      { at: "2026-11-23T10:41:02Z", what: "Warrant of commitment on remand was made for Marlow Ashby.", kind: "document" },
      { at: "2026-11-23T09:12:30Z", what: "CPS North served IDPC Ashby and Holt.pdf.", kind: "material" },
      { at: "2026-11-22T16:20:00Z", what: "Hartfield Law went on record for Saskia Holt.", kind: "defence" },
    ],
    may: ["serve_material", "associate", "view_people"],
    sections: ["IDPC bundle", "Witness statements", "Exhibits", "Unused material"],
  };
}

export const cases: CaseRow[] = [
  { case_id: "case-1", urn, defendants: ["Marlow Ashby", "Saskia Holt"], offences: "Burglary other than dwelling – theft, and 2 more", prosecutor: "CPS North", next_hearing: "Today at 10:00, Northbridge Magistrates’ Court, Courtroom 1", unread: 3 },
  { case_id: "case-2", urn: "20NB2201726", defendants: ["Corin Vale"], offences: "Assault by beating", prosecutor: "CPS North", next_hearing: "25 November 2026 at 14:00, Northbridge Magistrates’ Court, Courtroom 2", unread: 1 },
  { case_id: "case-3", urn: "20NB2207826", defendants: ["Priya Lockwood"], offences: "Drive motor vehicle when alcohol level above limit", prosecutor: "CPS North", next_hearing: null, unread: 0 },
  { case_id: "case-4", urn: "20WH3100426", defendants: ["Emrys Quill", "Nadia Fairweather"], offences: "Possess with intent to supply a controlled drug of Class B, and 1 more", prosecutor: "CPS North", next_hearing: "4 December 2026 at 10:00, Westhaven Crown Court, Court 3", unread: 0 },
];

export const courtrooms: CourtroomList = {
  today,
  courts: [
    { court_id: "court-1", name: "Northbridge Magistrates’ Court", jurisdiction: "MAGISTRATES", rooms: [{ courtroom_id: "room-1", name: "Courtroom 1" }, { courtroom_id: "room-2", name: "Courtroom 2" }] },
    { court_id: "court-2", name: "Westhaven Crown Court", jurisdiction: "CROWN", rooms: [{ courtroom_id: "room-3", name: "Court 3" }] },
  ],
};

export const dayList: HearingRow[] = [
  { hearing_id: "hearing-1", time: "10:00", kind: "Sentence", cases: [urn], defendants: ["Marlow Ashby", "Saskia Holt"], offences: "Burglary other than dwelling – theft, and 2 more", state: "started", shared: false, part: false, results_state: "INITIALISED", custody: true },
  { hearing_id: "hearing-2", time: "10:30", kind: "First hearing", cases: ["20NB2201726"], defendants: ["Corin Vale"], offences: "Assault by beating", state: "listed", shared: false, part: false, results_state: "INITIALISED", custody: false },
  { hearing_id: "hearing-3", time: "11:00", kind: "Plea", cases: ["20NB2207826"], defendants: ["Priya Lockwood"], offences: "Drive motor vehicle when alcohol level above limit", state: "ended", shared: true, part: false, results_state: "SHARED", custody: false },
];

export function hearing(): HearingView {
  const seen = caseAtAGlance();
  return {
    hearing_id: "hearing-1",
    version: 12,
    kind: "Sentence",
    court: "Northbridge Magistrates’ Court, Courtroom 1",
    jurisdiction: "MAGISTRATES",
    day: today,
    time: "10:00",
    state: "started",
    defendants: seen.defendants.map((defendant) => ({
      defendant_id: defendant.defendant_id,
      case_id: seen.case_id,
      urn: seen.urn,
      name: defendant.name,
      date_of_birth: defendant.date_of_birth,
      age: defendant.age,
      bail: defendant.bail,
      in_custody: defendant.in_custody,
      represented_by: defendant.represented_by,
      attendance: defendant.in_custody ? "BY_VIDEO" : null,
      interpreter: defendant.interpreter,
      verdict_days: [today, "2026-11-09"],
      offences: defendant.offences.map((offence) => ({
        offence_id: offence.offence_id,
        number: offence.number,
        code: offence.code,
        title: offence.title,
        legislation: offence.legislation,
        wording: offence.wording,
        committed: offence.committed,
        mode_of_trial: offence.mode_of_trial,
        plea: offence.plea?.split(",")[0] ?? null,
        plea_value: offence.plea ? (offence.plea.startsWith("Not") ? "NOT_GUILTY" : "GUILTY") : null,
        verdict: null,
        verdict_open: !offence.plea || offence.plea.startsWith("Not"),
        time_limit: null,
      })),
    })),
    log: [
      { entry_id: "entry-2", at: "2026-11-23T10:04:10Z", clock: "10:04", label: "Defendant identified: Marlow Ashby", note: null, by: "Ada Wren" },
      { entry_id: "entry-1", at: "2026-11-23T10:02:00Z", clock: "10:02", label: "Hearing started", note: null, by: "Ada Wren" },
    ],
    log_choices: [
      { definition_id: "log-pause", label: "Hearing paused", group: "hearing control", control: "pause" },
      { definition_id: "log-end", label: "Hearing ended", group: "hearing control", control: "end" },
      { definition_id: "log-identify", label: "Defendant identified", group: "Identification and plea", control: null },
      { definition_id: "log-put", label: "Offences put to defendant", group: "Identification and plea", control: null },
      { definition_id: "log-opened", label: "Prosecution opened", group: "Opening and cases", control: null },
      { definition_id: "log-mitigation", label: "Mitigation", group: "Sentencing", control: null },
      { definition_id: "log-psr", label: "Oral pre-sentence report", group: "Sentencing", control: null },
      { definition_id: "log-bail", label: "Application for bail", group: "Applications", control: null },
      { definition_id: "log-open", label: "Unspecified event", group: "Other", control: null },
    ],
    plea_choices: [
      { value: "GUILTY", label: "Guilty" },
      { value: "NOT_GUILTY", label: "Not guilty" },
      { value: "NO_PLEA", label: "No plea entered" },
    ],
    verdict_choices: [
      { code: "G", label: "Found guilty", names_another: false, by_majority: true },
      { code: "N", label: "Found not guilty", names_another: false, by_majority: false },
      { code: "NGLOC", label: "Found not guilty but guilty of lesser offence not charged namely", names_another: true, by_majority: true },
    ],
    majorities: [
      { agreed: 11, dissented: 1 },
      { agreed: 10, dissented: 2 },
    ],
    draft: { revision: 3, lines: [], unresolved: [], saved: null, readiness: { ready: false, findings: [], finished: [], proposals: [] } },
    results_state: "INITIALISED",
    shared: null,
    remaining: seen.defendants.flatMap(({ defendant_id, offences }) => [...offences.map(({ offence_id }) => ({ defendant_id, offence_id })), { defendant_id, offence_id: null }]),
    amendment: null,
    versions: [],
    ended_amendments: [],
    left: [],
    documents: [],
    may: ["log", "attendance", "plea", "verdict", "draft", "share"],
  };
}

export const inbox: InboxItem[] = [
  { delivery_id: "delivery-prison", document_id: "doc-warrant", name: "Warrant of commitment on remand", kind: "Warrant", defendant: "Marlow Ashby", date_of_birth: "1997-04-18", cases: [urn], court: "Northbridge Magistrates’ Court", state: "received", received_at: "2026-11-23T10:41:04Z", acknowledgement_required: true, acknowledge_by: "2026-11-23T12:41:04Z", opened: null, acknowledged: null, superseded: null, replaces: null },
  { delivery_id: "delivery-2", document_id: "doc-2", name: "Warrant for custodial sentence", kind: "Warrant", defendant: "Emrys Quill", date_of_birth: "1984-12-02", cases: ["20WH3100426"], court: "Westhaven Crown Court", state: "opened", received_at: "2026-11-23T09:10:00Z", acknowledgement_required: true, acknowledge_by: "2026-11-23T11:10:00Z", opened: "Mina Oak at 09:22", acknowledged: null, superseded: null, replaces: null },
  { delivery_id: "delivery-3", document_id: "doc-3", name: "Warrant of commitment on remand", kind: "Warrant", defendant: "Corin Vale", date_of_birth: "1990-02-11", cases: ["20NB2201726"], court: "Northbridge Magistrates’ Court", state: "acknowledged", received_at: "2026-11-20T15:40:00Z", acknowledgement_required: true, acknowledge_by: "2026-11-20T17:40:00Z", opened: "Mina Oak at 15:44", acknowledged: "Mina Oak, 20 November 2026 at 15:45", superseded: null, replaces: null },
];

export const notices: Notice[] = [
  { notice_id: "notice-1", at: "2026-11-23T10:41:05Z", title: "Results shared in 20NB1234526", body: "Marlow Ashby: remanded in custody to 7 December 2026.", case_id: "case-1", hearing_id: null, read: false },
  { notice_id: "notice-2", at: "2026-11-23T09:12:31Z", title: "New material in 20NB1234526", body: "CPS North served IDPC Ashby and Holt.pdf.", case_id: "case-1", hearing_id: null, read: false },
  { notice_id: "notice-3", at: "2026-11-20T16:00:00Z", title: "Hearing listed in 20NB2201726", body: "First hearing on 25 November 2026 at 14:00.", case_id: "case-2", hearing_id: null, read: true },
];

/** A warrant that the prison has not acknowledged in time. */
export function alarm(): AlarmItem {
  return {
    delivery_id: "delivery-prison",
    document_id: "doc-warrant",
    name: "Warrant of commitment on remand",
    hearing_id: "hearing-1",
    defendant: "Marlow Ashby",
    case: urn,
    recipient: "HMP Aldermoor",
    urgent: true,
    alarm: {
      what: "not_acknowledged",
      text: "Not acknowledged, 12 minutes beyond its limit; nobody there has opened it.",
      since: "2026-11-23T10:46:02Z",
      next: "Telephone HMP Aldermoor and ask for it to be acknowledged, or record who was told.",
      owner: null,
      mine: false,
    },
  };
}

export function reconciliation(day: string): Reconciliation {
  const figures = { requested: 2, delivered: 2, acknowledged: 1, failed: 0, stopped: 0, settled: 0, outstanding: 1 };
  return {
    day,
    today: "2026-11-23",
    agencies: [{ organisation_id: "organisation-4", name: "HMP Aldermoor", channel: "Inbox", figures }],
    total: figures,
    outstanding: [
      {
        delivery_id: "delivery-prison",
        document_id: "doc-warrant",
        hearing_id: "hearing-1",
        name: "Warrant of commitment on remand",
        defendant: "Marlow Ashby",
        case: urn,
        recipient: "HMP Aldermoor",
        state: "received",
        what: "not_acknowledged",
        requested_at: "2026-11-23T10:41:02Z",
      },
    ],
    kept: day === "2026-11-22" ? { at: "2026-11-23T02:30:00Z", agrees: true, text: "Reckoned at 02:30: the lists say of all 2 deliveries what the ledger says.", agencies: [{ organisation_id: "organisation-4", name: "HMP Aldermoor", channel: "Inbox", figures }], total: figures } : null,
    days: [{ day: "2026-11-22", agrees: true, requested: 2 }],
  };
}

/** A day on which somebody wrote into the lists. */
export function dayAlarm(): DayAlarm {
  return {
    day: "2026-11-22",
    text: "Of the 2 deliveries of 22 November 2026 the lists do not say what the ledger says: they differ in 1. Found at 02:30.",
    next: "Tell whoever runs the service.",
    owner: null,
    mine: false,
  };
}

export function auditReport<Which>(which: Which, from: string, to: string) {
  return {
    about: which,
    next: null,
    csv: "when,who\r\n",
    file: `audit ${which} ${from} ${to}.csv`,
    lines: [{ at: "2026-11-23 10:00", who: "Ada Wren", from: "192.0.2.7", what: "case viewed", to: "20NB1234526", why: "court.sees_cases", position: 41 }],
  };
}
