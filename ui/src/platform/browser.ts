/**
 * The browser twin: answers like a desktop with a small invented court, so that
 * screens can be seen and tested without one. It is chosen only in development
 * and tests, and is no part of a build. It imitates, and decides nothing: a rule
 * seen here proves nothing about the server.
 */
import type { AlarmItem, AmendmentOutcome, CasePeople, Contract, CountsAsOne, DayAlarm, Draft, DraftLine, HeardWith, HearingView, Line, OtherHearing, Person, Problem, Security, Translation } from "../contract";
import { longDay } from "../copy/dates";
import { answersOfDefence } from "./twin/defence";
import { definitions } from "./twin/definitions";
import { findings } from "./twin/findings";
import { organisations } from "./twin/organisations";
import { rules } from "./twin/rules";
import { notFound, refuse, withoutPasskeys } from "./twin/refusal";
import { blank, paper, sheet } from "./twin/paper";
import { parse } from "./twin/parse";
import { people, service } from "./twin/people";
import * as records from "./twin/records";
import { security } from "./twin/security";
import { answersOfTogether } from "./twin/together";
import type { HostEvents, HostList, Name, Platform } from "./types";

type Heard = { [E in keyof HostEvents]: Set<(payload: HostEvents[E]) => void> };

/** One twin: its own court, so that tests do not meet each other. */
export class Twin implements Platform {
  person: Person | null = null;
  /** What conflicts with acting, as the server would say it. */
  conflicts: string[] = [];
  /** Advocates of the prosecution whom the person may see. */
  advocates: CasePeople["advocates"] = [];
  glance = records.caseAtAGlance();
  hearing: HearingView = records.hearing();
  /** Other hearings of today in which somebody of this one is before the court. */
  alsoListed: OtherHearing[] = [];
  /** What may be taken out of this one again, and who counts as one person in it. */
  heardWith: HeardWith[] = [];
  asOne: CountsAsOne[] = [];
  inbox = structuredClone(records.inbox);
  notices = structuredClone(records.notices);
  /** Whether mail leaves. */
  mail = true;
  alarms: AlarmItem[] = [];
  alarmDays: DayAlarm[] = [];
  translations: Translation[] = [];
  keptOff = false;
  permissions: Contract["access.of_case"]["view"]["permissions"] = [];
  openings: Contract["access.openings"]["view"]["openings"] = [];
  sensitive: string | null = null;
  forProsecution = false;
  offered: Contract["access.of_case"]["view"]["offered"] = [];
  /** Whether the case asks for a reason. */
  closed = false;
  security: Security = structuredClone(security);
  /** The code that the authenticator shows. */
  code = "123456";
  locked = false;
  /** Whether no browser comes back. */
  noBrowser = false;
  /** Whether who is here was proved lately enough to share. */
  proven = true;
  /** And by more than the password, lately enough to change what opens the account. */
  strongly = true;
  keptWords = new Map<string, Record<string, string>>();
  kept = new Map<string, HostList["keep_draft"]["call"]["draft"]>();
  /** What was left with the court. */
  left: HostList["keep_draft"]["call"]["draft"][] = [];
  /** What windows kept that are gone. */
  keptElsewhere: HostList["keep_draft"]["call"]["draft"][] = [];
  /** Whether this computer has no room to keep anything. */
  full = false;
  /** How the service centre is reached. */
  contact: string | null = null;
  /** Whether the server cannot be reached. */
  away = false;
  /** Every call in order, for tests. */
  asked: { name: string; request: unknown; commandId: string }[] = [];
  #heard: Heard = { live: new Set(), connection: new Set(), signed_out: new Set(), locked: new Set(), "keyring-unavailable": new Set(), "upload-progress": new Set() };
  #previews = 0;
  #upload: ReturnType<typeof setInterval> | null = null;

  say<E extends keyof HostEvents>(event: E, payload: HostEvents[E]): void {
    for (const heard of this.#heard[event]) heard(payload);
  }

  async listen<E extends keyof HostEvents>(event: E, heard: (payload: HostEvents[E]) => void): Promise<() => void> {
    this.#heard[event].add(heard);
    return () => this.#heard[event].delete(heard);
  }

  bytesUrl(kind: string, id: string): string {
    if (kind === "picture") return blank(Number(id.split(".")[2]));
    return `data:application/pdf;base64,${btoa(paper(`${kind} ${id}`, kind === "material" ? 40 : 2))}`;
  }

  async rpc<K extends Name>(name: K, request: Contract[K]["request"], commandId: string): Promise<Contract[K]["view"]> {
    this.asked.push({ name, request: structuredClone(request), commandId });
    if (this.locked && name !== "account.about") refuse("locked", "This window is locked.", "Unlock it where you are.");
    const answer = this.answers[name] as (request: unknown) => unknown;
    return structuredClone(answer.call(this, request)) as Contract[K]["view"];
  }

  async host<D extends keyof HostList>(what: D, call: HostList[D]["call"]): Promise<HostList[D]["answer"]> {
    const answer = this.#host[what] as (call: unknown) => unknown;
    return (await answer.call(this, call)) as HostList[D]["answer"];
  }

  readonly #host: { [D in keyof HostList]: (call: HostList[D]["call"]) => HostList[D]["answer"] | Promise<HostList[D]["answer"]> } = {
    sign_in: ({ email, password, code }) => {
      const person = people.find((other) => other.email === email.toLowerCase());
      if (!person || password !== service.demo_password) {
        refuse("wrong_password", "The email address and password do not fit.", "Check both and try again.");
      }
      const good = this.security.passkeys.some((one) => !one.refused_at);
      if (good && code !== this.code) refuse("passkey_needed", "Use your passkey.", "If you lost it, enter one of your recovery codes.");
      if (this.security.second_factor_since && code !== this.code) {
        refuse("second_factor_needed", "Enter the code that your authenticator shows.", "If you lost it, enter one of your recovery codes.");
      }
      this.person = person;
      return person;
    },
    sign_in_by_provider: ({ email }) => {
      this.person = people.find((other) => other.email === email.toLowerCase()) ?? notFound();
      this.locked = false;
      return this.person;
    },
    add_passkey: ({ name }) => {
      if (!this.proven) refuse("proof_needed", "Before this, prove again that it is you.", "Enter your password where you are.");
      const first = this.security.recovery_codes === 0;
      const one = { passkey_id: `passkey-${name}`, name, added_at: "2026-11-23T09:00:00Z", used_at: null, refused_at: null };
      this.security = { ...this.security, passkeys: [...this.security.passkeys, one], recovery_codes: first ? 2 : this.security.recovery_codes };
      if (this.person) this.person = { ...this.person, second_factor_missing: false, by_passkey: true };
      return { security: this.security, codes: first ? ["0a1b-cdef-ghjk-mnpq", "1a1b-cdef-ghjk-mnpq"] : [] };
    },
    sign_in_by_passkey: ({ email }) => {
      if (this.noBrowser) refuse("refused", "Your browser did not come back.", "Try again, or use another way.");
      this.person = people.find((other) => other.email === email.toLowerCase()) ?? notFound();
      return this.person;
    },
    prove_by_passkey: () => {
      if (this.noBrowser) refuse("refused", "Your browser did not come back.", "Try again, or use another way.");
      this.locked = false;
      this.proven = this.strongly = true;
      return this.person ?? notFound();
    },
    stop_browsing: () => null,
    lock: () => {
      this.locked = true;
      return null;
    },
    prove: ({ password, code }) => {
      if (password !== service.demo_password && code !== this.code) refuse("wrong_password", "That is not your password.", "Check it and try again.");
      this.locked = false;
      this.proven = true;
      if (code) this.strongly = true;
      return this.person ?? notFound();
    },
    sign_out: () => {
      this.person = null;
      return null;
    },
    restore: () => {
      const as = new URLSearchParams(window.location.search).get("as");
      this.person ??= people.find((person) => person.email === as) ?? null;
      return this.person;
    },
    server: () => ({ url: "http://127.0.0.1:0", embedded: true, version: service.version }),
    pick_file: () => ({ path: "/home/kofi/IDPC Ashby.pdf", name: "IDPC Ashby.pdf", bytes: 31_240_118 }),
    file: ({ path }) => {
      if (!path.endsWith(".pdf")) refuse("wrong_type", "There is no PDF at that path.", "Check the path, or choose Browse.");
      return { path, name: path.split("/").at(-1) ?? path, bytes: 31_240_118 };
    },
    upload: ({ upload_id }) =>
      new Promise((done, failed) => {
        const total = 31_240_118;
        let sent = 0;
        this.#upload = setInterval(() => {
          sent = Math.min(total, sent + 1_900_000);
          this.say("upload-progress", { upload_id, sent, total });
          if (sent === total) {
            this.cancel();
            done({ upload_id, sha256: "0".repeat(64), bytes: total, mime: "application/pdf" });
          }
        }, 60);
        this.#cancelled = failed;
      }),
    cancel_upload: () => {
      this.cancel();
      this.#cancelled?.({ code: "refused", title: "The upload was cancelled.", detail: "", hint: "", reference: null } satisfies Problem);
      return null;
    },
    keep_printout: ({ name }) => name,
    keep_text: ({ name }) => name,
    preview: () => ({ key: String(++this.#previews), pages: [sheet(String(this.#previews))] }),
    keep_draft: ({ hearing_id, draft }) => {
      if (this.full) refuse("no_space", "This computer has no room left.", "Make room on its disk.");
      this.kept.set(hearing_id, structuredClone(draft));
      return null;
    },
    keep_words: ({ hearing_id, place, text }) => {
      const words = { ...this.keptWords.get(hearing_id) };
      if (text) words[place] = text;
      else delete words[place];
      this.keptWords.set(hearing_id, words);
      return null;
    },
    kept_words: ({ hearing_id }) => this.keptWords.get(hearing_id) ?? {},
    kept_drafts: ({ hearing_id }) => [this.kept.get(hearing_id) ?? [], this.keptElsewhere].flat(),
    leave_drafts: () => {
      this.left.push(...this.kept.values());
      this.kept.clear();
      return null;
    },
    drop_draft: ({ hearing_id }) => {
      this.kept.delete(hearing_id);
      this.keptElsewhere = [];
      return null;
    },
  };
  #cancelled: ((problem: Problem) => void) | null = null;

  cancel(): void {
    if (this.#upload) clearInterval(this.#upload);
    this.#upload = null;
  }

  readonly answers: { [K in Name]: (request: Contract[K]["request"]) => Contract[K]["view"] } = {
    ...organisations(refuse),
    ...rules(refuse, () => this.person?.name ?? ""),
    "account.about": () => {
      if (this.away) refuse("unreachable", "The server cannot be reached.", "Try again.");
      return { ...service, service_centre: this.contact };
    },
    "account.sign_in": () => notFound(),
    "account.sign_out": () => ({}),
    "account.sign_out_everywhere": () => {
      this.security.devices = [];
      this.person = null;
      return {};
    },
    "account.confirm_sign_in": () => notFound(),
    "account.prove": () => notFound(),
    "account.lock": () => ({}),
    "account.begin_provider_sign_in": () => notFound(),
    "account.end_provider_sign_in": () => notFound(),
    ...withoutPasskeys,
    "account.remove_passkey": ({ passkey_id }) => (this.security = { ...this.security, passkeys: this.security.passkeys.filter((one) => one.passkey_id !== passkey_id) }),
    "account.request_reset": () => ({ mail: this.mail, minutes: 30 }),
    "account.reset_password": () => ({}),
    "account.change_password": () => ({ ended: 1 }),
    "account.security": () => this.security,
    "account.end_session": ({ session_id }) => {
      this.security.devices = this.security.devices.filter((device) => device.session_id !== session_id);
      return this.security;
    },
    "account.end_other_sessions": () => {
      this.security.devices = this.security.devices.filter((device) => device.current);
      return this.security;
    },
    "account.enrol_second_factor": () => ({ uri: "otpauth://totp/x?secret=GEZDGNBV", secret: "GEZDGNBV", qr: { size: 33, path: "M4 4h1v1h-1z" } }),
    "account.confirm_second_factor": ({ code }) => {
      if (code !== this.code) refuse("second_factor_needed", "That code is not good now.", "Wait for the next one.");
      this.security = { ...this.security, second_factor_since: "2026-11-23T09:00:00Z", recovery_codes: 2 };
      if (this.person) this.person = { ...this.person, second_factor_missing: false };
      return { codes: ["0a1b-cdef-ghjk-mnpq", "1a1b-cdef-ghjk-mnpq"] };
    },
    "account.renew_recovery_codes": () => (this.strongly ? { codes: ["2a1b-cdef-ghjk-mnpq"] } : refuse("strong_proof_needed", "Before this, prove by your second factor that it is you.", "Enter the code that your authenticator shows.")),
    "account.remove_second_factor": () => (this.security = { ...this.security, second_factor_since: null, recovery_codes: 0 }),
    "account.current": () => ({ ...(this.person ?? notFound()), unread: this.notices.filter((notice) => !notice.read).length }),
    "case.list": () => ({ cases: records.cases, may_find: true, more: false }),
    "case.find": ({ reference }) => {
      const found = records.cases.find((row) => row.urn === reference.replace(/\s/g, "").toUpperCase());
      return found ? { case_id: found.case_id, urn: found.urn } : notFound();
    },
    "case.view": ({ case_id }) => {
      if (this.closed) refuse("reason_needed", "This case is sensitive, and you have no permission on it.", "If you must open it, say why. Whoever reviews it is told at once, and so is whoever brought the case.");
      return case_id === this.glance.case_id ? this.glance : notFound();
    },
    "case.mark_seen": () => ({}),
    ...answersOfDefence(this),
    ...answersOfTogether(this),
    "defence.associate": ({ defendant_id, basis }) => {
      const organisation = this.person?.organisation ?? "Thorne & Vale Solicitors";
      const defendants = this.glance.defendants.map((defendant) =>
        defendant.defendant_id === defendant_id ? { ...defendant, represented_by: organisation, basis, ours: true } : defendant,
      );
      this.glance = { ...this.glance, defendants, may: this.glance.may.filter((may) => may !== "associate") };
      return { organisation };
    },
    "material.serve": ({ name, section, defendant_id }) => {
      const defendant = this.glance.defendants.find((other) => other.defendant_id === defendant_id)?.name ?? null;
      const row = { material_id: `material-${Date.now()}`, section, name, defendant, bytes: 31_240_118, mime: "application/pdf", served_at: new Date().toISOString(), served_by: "CPS North", unread: false };
      this.glance = { ...this.glance, materials: [row, ...this.glance.materials] };
      return { material_id: row.material_id };
    },
    "hearing.courtrooms": () => records.courtrooms,
    "hearing.closed": () => ({ closed: [] }),
    "hearing.leave_words": ({ words }) => ({ bytes: new TextEncoder().encode(words).length }),
    "hearing.day_list": ({ courtroom_id, day }) => ({
      court: "Northbridge Magistrates’ Court, Courtroom 1",
      day,
      hearings: courtroom_id === "room-1" && day === records.today ? records.dayList : [],
    }),
    "hearing.view": ({ hearing_id }) => (hearing_id === this.hearing.hearing_id ? this.hearing : notFound()),
    "hearing.log_event": ({ definition_id, note }) => {
      const choice = this.hearing.log_choices.find((other) => other.definition_id === definition_id) ?? notFound();
      const states: Record<string, HearingView["state"]> = { start: "started", pause: "paused", resume: "started", end: "ended" };
      const entry = { entry_id: `entry-${Date.now()}`, at: new Date().toISOString(), clock: "10:20", label: choice.label, note, by: "Ada Wren" };
      this.#change({ log: [entry, ...this.hearing.log], state: states[choice.control ?? ""] ?? this.hearing.state });
      return { version: this.hearing.version };
    },
    "hearing.record_attendance": ({ defendant_id, attendance }) => {
      this.#change({ defendants: this.hearing.defendants.map((other) => (other.defendant_id === defendant_id ? { ...other, attendance } : other)) });
      return { version: this.hearing.version };
    },
    "hearing.enter_plea": ({ offence_id, plea }) => {
      const label = this.hearing.plea_choices.find((choice) => choice.value === plea)?.label ?? plea;
      this.#change({
        defendants: this.hearing.defendants.map((defendant) => ({
          ...defendant,
          offences: defendant.offences.map((offence) => (offence.offence_id === offence_id ? { ...offence, plea: label, plea_value: plea, verdict_open: plea !== "GUILTY" } : offence)),
        })),
      });
      return { version: this.hearing.version };
    },
    "hearing.enter_verdict": ({ offence_id, verdict, day, instead, majority }) => {
      const label = this.hearing.verdict_choices.find((choice) => choice.code === verdict)?.label ?? verdict;
      const given = day ?? this.hearing.day;
      const found = verdict === null ? null : { code: verdict, text: `${label}, ${longDay(given)}`, day: given, instead, majority };
      this.#change({
        defendants: this.hearing.defendants.map((defendant) => ({
          ...defendant,
          offences: defendant.offences.map((offence) => (offence.offence_id === offence_id ? { ...offence, verdict: found } : offence)),
        })),
      });
      return { version: this.hearing.version };
    },
    "hearing.save_draft": ({ revision, lines, unresolved }) => {
      if (revision !== this.hearing.draft.revision) {
        refuse("stale", "Ben Carrow saved these results at 10:31.", "Look at what was saved, then put back what you need.", "What you typed is kept beside it.");
      }
      const missing = findings(lines);
      const draft: Draft = {
        revision: revision + 1,
        lines: lines.map((line) => this.#read(line)),
        unresolved,
        saved: "Ada Wren at 10:32",
        readiness: {
          ready: lines.length > 0 && missing.every((finding) => finding.severity === "warns"),
          findings: missing,
          finished: this.hearing.defendants
            .map((one) => one.defendant_id)
            .filter((id) => lines.some((line) => line.defendant_id === id) && !missing.some((finding) => finding.defendant_id === id && finding.severity === "blocks")),
          proposals: [],
        },
      };
      this.hearing = { ...this.hearing, draft };
      return { draft };
    },
    "hearing.preview": ({ lines }) => ({
      documents: lines.length
        ? [
            { name: "Warrant of commitment on remand", defendant: "Marlow Ashby", view: { document_id: "preview-1" }, recipients: ["HMP Aldermoor", "Meridian Escort Services", "Thorne & Vale Solicitors"] },
            { name: "Notice of next hearing", defendant: "Marlow Ashby", view: { document_id: "preview-2" }, recipients: ["Marlow Ashby, by post"] },
          ]
        : [],
    }),
    "hearing.share_results": ({ targets }) => {
      if (!this.proven) refuse("proof_needed", "Before this, prove again that it is you.", "Enter your password where you are.");
      const documents = records.documents();
      const at = new Date().toISOString();
      const amendment = this.hearing.amendment;
      const version = (this.hearing.shared?.version ?? 0) + 1;
      const row = {
        version,
        at,
        by: "Ada Wren",
        kind: amendment?.kind ?? null,
        reason: amendment?.reason ?? null,
        note: amendment?.note ?? null,
        amended_by: amendment?.by ?? null,
        approved_by: amendment?.approved_by ?? null,
        summary: amendment ? "1 changed" : null,
      };
      const before = this.hearing.shared;
      const remaining = this.hearing.remaining.filter((own) => targets?.every((one) => one.defendant_id !== own.defendant_id || one.offence_id !== own.offence_id));
      const waits = (own: Line) => remaining.some((one) => one.defendant_id === own.defendant_id && one.offence_id === own.offence_id);
      this.#change({
        shared: { at, by: "Ada Wren", version, lines: this.hearing.draft.lines.filter(({ line }) => !waits(line)) },
        remaining,
        results_state: "SHARED",
        amendment: null,
        versions: [row, ...this.hearing.versions],
        documents: before ? [...documents.map((one) => ({ ...one, document_id: `${one.document_id}-${version}` })), ...this.hearing.documents.map((one) => ({ ...one, superseded: records.ended(one.document_id) }))] : documents,
        may: remaining.length ? ["log", "attendance", "plea", "draft", "share", "amend"] : ["log", "amend"],
      });
      return { version: this.hearing.version, documents: documents.length };
    },
    "result.parse": (request) => parse(request, this.hearing.day),
    "hearing.begin_amendment": ({ kind, reason, note }) => {
      const shared = this.hearing.shared ?? notFound();
      this.#amend(kind === "USER_ERROR" ? "SHARED_AMEND_LOCKED_USER_ERROR" : "SHARED_AMEND_LOCKED_ADMIN_ERROR", ["log", "draft", "cancel", kind === "USER_ERROR" ? "request_approval" : "share"], {
        amendment: { kind, reason, note, by: this.person?.name ?? "", since: new Date().toISOString(), mine: true, approved_by: null, put_right: [] },
        draft: { ...this.hearing.draft, revision: this.hearing.draft.revision + 1, lines: shared.lines, readiness: { ready: true, findings: [], finished: [], proposals: [] } },
      });
      return { version: this.hearing.version };
    },
    "hearing.cancel_amendment": () => this.#ended("cancelled", null),
    "hearing.unlock_results": ({ why }) => this.#ended("unlocked", why),
    "hearing.request_approval": () => {
      this.#amend("APPROVAL_REQUESTED", ["log", "cancel"], {});
      return { version: this.hearing.version };
    },
    "hearing.decide_amendment": ({ approve, why }) => {
      const amendment = this.hearing.amendment ?? notFound();
      if (!approve) return this.#ended("rejected", why);
      this.#amend("VALIDATED", ["log", "share"], { amendment: { ...amendment, approved_by: this.person?.name ?? "" } });
      return { version: this.hearing.version };
    },
    "hearing.compare_versions": ({ to }) => ({
      from: "Version 1, shared by Ada Wren on 23 November 2026 at 10:41",
      to: to === null ? "Amended by Ada Wren, not shared" : `Version ${to}, shared by Ada Wren on 23 November 2026 at 11:02`,
      summary: "1 changed, 1 deleted",
      targets: [
        {
          defendant: "Marlow Ashby",
          number: 1,
          offence: "Burglary other than dwelling – theft",
          lines: [
            { change: "changed", code: "IMP", was: "Imprisonment. Period: 9 months", is: "Imprisonment. Period: 8 months", under: false },
            { change: "deleted", code: "FCOST", was: "Costs. Amount: £85.00", is: null, under: false },
          ],
        },
      ],
    }),
    "document.view": ({ document_id }) => {
      const document = this.hearing.documents.find((one) => one.document_id === document_id) ?? this.glance.documents.find((one) => one.document_id === document_id);
      return document ? { document_id, name: document.name, superseded: document.superseded, replaces: document.replaces, welsh: document.welsh } : notFound();
    },
    "result.definition": ({ definition_id }) => definitions.find((definition) => definition.definition_id === definition_id) ?? notFound(),
    "printout.of_court": ({ court_id, courtroom_id, day }) => ({
      courts: records.courtrooms.courts.map(({ court_id, name, rooms }) => ({ court_id, name, rooms })),
      court_id: court_id ?? records.courtrooms.courts[0]?.court_id ?? null,
      courtroom_id,
      day: day ?? records.today,
      today: records.today,
      printouts: [
        { printout: `public-list.court.${day ?? records.today}`, name: "Public court list", about: "For everybody.", file: "Public court list.pdf", pdf: true },
        { printout: `informant-register.cps.${day ?? records.today}`, name: "Informant register", about: "For CPS North.", file: "Informant register.csv", pdf: false },
      ],
    }),
    "printout.of_case": () => ({
      kept_off_lists: this.keptOff,
      may_restrict_listing: this.person?.organisation_kind === "court",
      printouts: [
        { printout: "extract.case.defendant", name: "Court extract", about: "Marlow Ashby: every hearing, plea and result.", file: "Court extract.pdf", pdf: true },
        { printout: "receipt.material", name: "Receipt of service", about: "IDPC.pdf: served by CPS North.", file: "Receipt of service.pdf", pdf: true },
      ],
    }),
    "case.restrict_listing": ({ kept_off }) => {
      this.keptOff = kept_off;
      return { kept_off };
    },
    "access.explain": () => ({
      refused: [{ action: "share_results", section: null, hearing_id: null, hearing: null, why: "You may not share results: it is not for Defence Lawyers (defence firm).", reference: "group: no policy permits it" }],
    }),
    "access.of_case": () => this.#access(),
    "access.give": ({ email, permission, defendant_id, until, reason }) => {
      const defendant = this.glance.defendants.find((one) => one.defendant_id === defendant_id)?.name ?? null;
      this.permissions = [...this.permissions, { account_id: `account-${email}`, name: email, permission, defendant_id: defendant_id ?? null, defendant, organisation: null, until, reason, since: "2026-11-23T10:00:00Z", in_force: true }];
      return this.#access();
    },
    "access.take_back": ({ account_id, defendant_id }) => {
      this.permissions = this.permissions.filter((own) => own.account_id !== account_id || own.defendant_id !== defendant_id);
      return this.#access();
    },
    "access.set_sensitive": ({ sensitive, reason }) => {
      this.sensitive = sensitive ? reason : null;
      return this.#access();
    },
    "access.break_glass": () => {
      this.closed = false;
      return { until: "2026-11-23T14:00:00Z" };
    },
    "access.openings": () => this.#openings(),
    "access.review": ({ opening_id }) => {
      this.openings = this.openings.filter((own) => own.opening_id !== opening_id);
      return this.#openings();
    },
    "audit.report": ({ which, from, to }) => records.auditReport(which, from, to),
    "inbox.list": () => ({ items: this.inbox }),
    "inbox.open": ({ delivery_id }) => this.#deliver(delivery_id, (item) => (item.opened ? item : { ...item, state: "opened", opened: "Mina Oak at 10:50" })),
    "inbox.acknowledge": ({ delivery_id }) => this.#deliver(delivery_id, (item) => ({ ...item, state: "acknowledged", acknowledged: "Mina Oak at 10:51" })),
    "alarm.list": () => this.#alarms(),
    "alarm.take": ({ delivery_id }) => {
      this.alarms = this.alarms.map((item) => (item.delivery_id === delivery_id ? { ...item, alarm: { ...item.alarm, owner: `${this.person?.name ?? ""}, at 10:58`, mine: true } } : item));
      return this.#alarms();
    },
    "alarm.take_day": ({ day }) => {
      this.alarmDays = this.alarmDays.map((own) => (own.day === day ? { ...own, owner: `${this.person?.name ?? ""}, at 10:58`, mine: true } : own));
      return this.#alarms();
    },
    "alarm.came_back": () => this.#alarms(),
    "alarm.settle": ({ delivery_id, told }) => {
      if (!told.trim()) refuse("refused", "Say who was told, in 1 to 200 characters.", "Write the name and office of the person who was told.");
      this.alarms = this.alarms.filter((item) => item.delivery_id !== delivery_id);
      return this.#alarms();
    },
    "translation.list": () => this.#translations(),
    "translation.view": ({ document_id }) => this.translations.find((own) => own.item.document_id === document_id) ?? notFound(),
    "translation.take": ({ document_id }) => {
      this.#translate(document_id, (own) => ({ ...own, item: { ...own.item, owner: `${this.person?.name ?? ""}, at 10:58`, mine: true } }));
      return this.#translations();
    },
    "translation.give": ({ document_id, values }) => {
      if (values.some(({ welsh }) => welsh.includes("\u0007"))) refuse("refused", "The Welsh holds characters that cannot be printed.", "Type it again without them.");
      return this.#translate(document_id, (own) => {
        const given = own.values.map((value) => ({ ...value, given: values.find(({ place }) => place === value.place)?.welsh ?? value.given }));
        const left = given.filter((value) => value.given === null).length;
        return { ...own, values: given, item: { ...own.item, left }, followed: left === 0 ? "doc-both" : null };
      });
    },
    "delivery.reconcile": ({ day }) => records.reconciliation(day ?? service.today),
    "notice.list": () => ({ items: this.notices, unread: this.notices.filter((notice) => !notice.read).length }),
    "notice.mark_read": ({ notices }) => {
      this.notices = this.notices.map((notice) => (notices.length === 0 || notices.includes(notice.notice_id) ? { ...notice, read: true } : notice));
      return this.answers["notice.list"]({});
    },
  };

  #access(): Contract["access.of_case"]["view"] {
    return { case_id: this.glance.case_id, urn: this.glance.urn, sensitive: this.sensitive, permissions: this.permissions, defendants: this.glance.defendants.map((one) => ({ defendant_id: one.defendant_id, called: one.name })), openings: this.openings, may_give: true, for_prosecution: this.forProsecution, offered: this.offered, usual_until: "2026-12-21", may_make_sensitive: !this.forProsecution, may_lift: !this.forProsecution && this.sensitive !== null && !this.closed };
  }
  #openings(): Contract["access.openings"]["view"] {
    return { openings: this.openings, reviews: !this.forProsecution, more: false };
  }

  #alarms(): Contract["alarm.list"]["view"] {
    return { items: this.alarms, total: this.alarms.length, unowned: this.alarms.filter((item) => !item.alarm.owner).length, days: this.alarmDays };
  }

  #translations(): Contract["translation.list"]["view"] {
    const items = this.translations.filter((own) => own.followed === null).map((own) => own.item);
    return { items, total: items.length, unowned: items.filter((item) => !item.owner).length };
  }

  #translate(id: string, change: (own: Translation) => Translation): Translation {
    const own = this.translations.find((one) => one.item.document_id === id) ?? notFound();
    const after = change(own);
    this.translations = this.translations.map((one) => (one === own ? after : one));
    return after;
  }

  #amend(results_state: HearingView["results_state"], may: string[], part: Partial<HearingView>): void {
    this.#change({ ...part, results_state, may });
  }

  #ended(outcome: AmendmentOutcome, why: string | null): { version: number } {
    const amendment = this.hearing.amendment ?? notFound();
    const ended = { outcome, by: amendment.by, ended_by: this.person?.name ?? "", at: new Date().toISOString(), why };
    this.#amend("SHARED", ["log", "amend"], { amendment: null, ended_amendments: [ended, ...this.hearing.ended_amendments] });
    return { version: this.hearing.version };
  }

  #deliver(id: string, change: (item: (typeof records.inbox)[number]) => (typeof records.inbox)[number]) {
    this.inbox = this.inbox.map((item) => (item.delivery_id === id ? change(item) : item));
    return this.inbox.find((item) => item.delivery_id === id) ?? notFound();
  }

  #change(part: Partial<HearingView>): void {
    this.hearing = { ...this.hearing, ...part, version: this.hearing.version + 1 };
    queueMicrotask(() => this.say("live", { position: 1, stale: [`hearing:${this.hearing.hearing_id}`], notice: null }));
  }

  #read(line: Line): DraftLine {
    const definition = definitions.find((other) => other.definition_id === line.definition_id) ?? notFound();
    const answers = definition.fields.flatMap((field) => {
      const answer = line.answers[field.reference];
      if (!answer) return [];
      const item = field.items.find((other) => other.code === answer);
      return [field.kind === "tick" ? field.label : `${field.label}: ${item?.label ?? answer}`];
    });
    const { definition_id, code, label, category, level } = definition;
    return { line, definition: { definition_id, code, label, category, level }, text: [label, ...answers].join(". ") };
  }
}

export function browser(): Platform {
  const twin = new Twin();
  // For trying things out by hand in development.
  Object.assign(window, { twin });
  return twin;
}
