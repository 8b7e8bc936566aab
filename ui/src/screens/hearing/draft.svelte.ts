/**
 * Results as they are typed. Each change is kept on this computer at once and on
 * the server soon after; a save that did not arrive is sent again as the same
 * command; if somebody else saved first, both versions stay. It decides nothing:
 * texts and readiness come from the server.
 */
import type { Draft, HearingId, Line, Match, Problem, Readiness } from "../../contract";
import { asProblem, host, newId, rpc, type KeptDraft, type Request } from "../../platform";
import { Shelf } from "./definitions.svelte";
import { entriesOf, goneWith, keyOf, linesOf, namesOf, plain, same, targetOf, type EditLine, type New, type Target, type Words } from "./lines";

const SAVE_AFTER = 400;
/** However long somebody types without a pause, it is on its way to the server by then. */
const SAVE_WITHIN = 800;
const KEEP_AFTER = 200;
const TRY_AGAIN_AFTER = 3000;

export type Status = "saved" | "typing" | "saving" | "unreachable" | "conflict" | "problem";

export class DraftEditor {
  lines = $state<EditLine[]>([]);
  entries = $state<Record<string, string>>({});
  texts = $state.raw<Record<string, string>>({});
  names = $state.raw<Record<string, Match>>({});
  readiness = $state.raw<Readiness>({ ready: false, findings: [], finished: [], proposals: [] });
  saved = $state<string | null>(null);
  status = $state<Status>("saved");
  problem = $state.raw<Problem | null>(null);
  /** What somebody else saved while we typed. */
  theirs = $state.raw<Draft | null>(null);
  /** Lines that are not in the draft now, to put back: ours after taking theirs, theirs after saving ours. */
  aside = $state.raw<Line[]>([]);
  asideOf = $state<"ours" | "theirs">("ours");
  /** Typed words that stand in no typing line now, because the line has others. */
  asideWords = $state.raw<Words[]>([]);
  /** Of when they are, or who saved them; nothing if they are of just now. */
  asideFrom = $state<string | null>(null);
  /** Whether this computer could not keep what was typed last: it has no room, or is damaged. */
  unkept = $state(false);
  /** Whether lines came back from this computer after a crash. */
  restored = $state(false);
  /** A place to look at: the line, and its question. */
  reveal = $state.raw<{ line_id: string; field: string | null } | null>(null);
  revision = $state(0);
  /** What is understood of the text that is being typed, by its place: no lines yet. */
  #typing = $state.raw<Record<string, { news: New[]; ids: string[] }>>({});
  readonly shelf: Shelf;
  /** The answers as the server has them, by line. */
  #served: Record<string, Line["answers"]> = {};
  #edits = 0;
  #savedEdits = 0;
  #pending: { request: Request<"hearing.save_draft">; command: string; edits: number } | null = null;
  #saving: Promise<void> | null = null;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  /** Since when something is typed that was not sent yet. */
  #unsentSince: number | null = null;
  #closed = false;
  /** Another editor has its place. */
  #retired = false;
  /** Whether something was not saved then: it is sent no more, and kept. */
  #owed = false;
  /** What was kept is being asked for: until it is here, nothing is kept in its place. */
  #recovering: Promise<void> | null = null;
  /** What this computer is asked to keep or to forget. */
  #keeping: Promise<unknown> = Promise.resolve();
  /** Whether the hearing was closed to this person while they typed. */
  gone = $state(false);

  constructor(
    readonly hearing: HearingId,
    draft: Draft,
    readonly about?: KeptDraft["about"],
  ) {
    this.shelf = new Shelf(hearing);
    this.#adopt(draft);
  }

  /**
   * Brings back what this computer kept, if the app ended before it was saved: the newest is
   * typed on. What was typed over an older draft, or in another window, lies beside it. So does
   * all of it once somebody has begun to type: it is never put between what they type, and never
   * lost for it. What an editor before this one still keeps is waited for (`before`).
   */
  recover(before?: Promise<void>): Promise<void> {
    const recovering = this.#bringBack(before).finally(() => (this.#recovering = null));
    this.#recovering = recovering;
    return recovering;
  }

  async #bringBack(before?: Promise<void>): Promise<void> {
    await before;
    const all = await host("kept_drafts", { hearing_id: this.hearing }).catch(() => []);
    const [newest] = all;
    const typed = this.#edits > 0;
    // Whoever has its place asks for it as well; what was typed here is kept with it, as one.
    if (!newest || (this.#retired && !typed)) return;
    const stands = !typed && newest.revision >= this.revision;
    const late = stands ? all.slice(1) : all;
    const besides = all.flatMap(({ aside }) => aside ?? []);
    const lines = [...late.flatMap((kept) => kept.lines), ...besides.flatMap((aside) => aside.lines)];
    if (stands) {
      this.lines = newest.lines.map((line) => ({ ...line, answers: plain(line.answers) }));
      this.entries = entriesOf(newest.unresolved);
      this.restored = true;
    }
    // What lies beside already, after a conflict or a part that was shared, stays there.
    const [there, words] = [this.aside, this.asideWords];
    const [first] = besides;
    if (first && late.length === 0) this.#setAside([...there, ...lines], first.of, first.from);
    else if (lines.length || late.length) this.#setAside([...there, ...lines], "ours", late[0]?.at ?? null);
    this.asideWords = words;
    let retyped = false;
    for (const { unresolved } of late) {
      const kept = entriesOf(unresolved);
      if (typed) this.#besides(Object.entries(kept).map(([key, text]) => ({ key, text })));
      else retyped = this.#retype(kept) || retyped;
    }
    for (const aside of besides) this.#besides(aside.words);
    if (stands || retyped) this.#touch();
    // From here on it is kept with what was typed: what it was kept in goes with the next save.
    else if (typed && (this.#unsaved || this.#waits)) void this.#keepNow();
    else if (!this.#waits && !this.#retired) this.#drop();
  }

  #has(line: Line): boolean {
    return this.lines.some((other) => other.line_id === line.line_id && same(other.answers, line.answers));
  }

  #adopt(draft: Draft): void {
    this.lines = draft.lines.map(({ line }) => ({ ...line, answers: plain(line.answers) }));
    this.entries = entriesOf(draft.unresolved);
    this.#read(draft);
    this.#savedEdits = this.#edits;
    this.status = "saved";
  }

  #read(draft: Draft): void {
    this.revision = draft.revision;
    this.#served = Object.fromEntries(draft.lines.map(({ line }) => [line.line_id, line.answers]));
    this.texts = Object.fromEntries(draft.lines.map(({ line, text }) => [line.line_id, text]));
    this.names = { ...this.names, ...namesOf(draft) };
    this.readiness = draft.readiness;
    this.saved = draft.saved;
  }

  /** The server's draft came again, because something in the hearing changed. */
  sync(draft: Draft): void {
    if (this.#saving || this.#pending || this.status === "conflict") return;
    if (draft.revision === this.revision) {
      if (!this.dirty) this.#read(draft);
    } else if (draft.revision > this.revision && !this.dirty) {
      this.#adopt(draft);
    }
  }

  /** A part was shared: there stands what was shared, and what we typed there since lies beside it. */
  settle(draft: Draft, shared: (target: Target) => boolean): void {
    const stands = draft.lines.flatMap(({ line }) => (shared(line) ? [line] : []));
    const ours = this.lines.filter(shared);
    const words = Object.entries(this.entries).flatMap(([key, text]) => (text.trim() && shared(targetOf(key)) ? [{ key, text }] : []));
    if (ours.length === stands.length && stands.every((line) => this.#has(line)) && !words.length) return;
    const served = ({ line_id, answers }: Line) => same(this.#served[line_id] ?? { none: "none" }, answers);
    const typed = ($state.snapshot(ours) as Line[]).filter((line) => !served(line));
    this.lines = [...stands.map((line) => ({ ...line, answers: plain(line.answers) })), ...this.lines.filter((line) => !shared(line))];
    if (typed.some((line) => !this.#has(line))) {
      const others = this.asideWords;
      this.#setAside([...this.aside, ...typed]);
      this.asideWords = others;
    }
    for (const { key } of words) this.entries[key] = "";
    this.#besides(words);
    // What was refused for it is saved now.
    if (this.dirty) this.#touch();
  }

  get dirty(): boolean {
    return this.#edits !== this.#savedEdits;
  }

  get #unsaved(): boolean {
    return this.dirty || this.#owed;
  }

  of(target: Target): EditLine[] {
    return this.lines.filter(
      (line) => line.parent === null && line.defendant_id === target.defendant_id && line.offence_id === target.offence_id,
    );
  }

  /** What stands where it serves this line, under whatever it was typed: the same offence, or ordered once for the defendant. What is ordered once is served by anything of the defendant. */
  serving(line: Line): string[] {
    const serves = (other: Line) => line.offence_id === null || other.offence_id === line.offence_id || this.once(other);
    const all = this.lines.filter((other) => other.line_id !== line.line_id && other.defendant_id === line.defendant_id);
    return all.filter(serves).map((other) => other.definition_id);
  }

  under(parent: string): EditLine[] {
    return this.lines.filter((line) => line.parent === parent);
  }

  /** The line that a line finally belongs under, or itself. */
  root(id: string): EditLine | undefined {
    let line = this.lines.find((other) => other.line_id === id);
    for (let steps = this.lines.length; line?.parent && steps > 0; steps--) {
      const parent: string = line.parent;
      line = this.lines.find((other) => other.line_id === parent) ?? line;
    }
    return line;
  }

  name(id: string): { code: string; label: string } {
    return this.names[id] ?? this.shelf.get(id) ?? { code: "", label: "" };
  }

  add(match: Match, target: Target, parent: string | null): EditLine {
    const { defendant_id, offence_id } = target;
    const line: EditLine = { line_id: newId(), definition_id: match.definition_id, defendant_id, offence_id, parent, answers: {} };
    this.names = { ...this.names, [match.definition_id]: match };
    this.lines.push(line);
    this.#touch();
    return line;
  }

  /** Adds results as they were understood, in one step. */
  addAll(news: New[]): EditLine[] {
    const at = this.lines.length;
    for (const { match } of news) this.names = { ...this.names, [match.definition_id]: match };
    this.lines.push(...linesOf(news, news.map(newId)));
    if (news.length) this.#touch();
    return this.lines.slice(at);
  }

  /** Says what is understood of the text in a place. */
  understood(target: Target, news: New[]): void {
    const key = keyOf(target);
    const before = this.#typing[key];
    if (news.length === 0 && !before) return;
    const ids = news.map((_, nth) => before?.ids[nth] ?? newId());
    this.#typing = { ...this.#typing, [key]: { news, ids } };
  }

  /** The draft as it would be if what is being typed were entered now. */
  get asTyped(): Line[] {
    const typing = Object.values(this.#typing).flatMap(({ news, ids }) => linesOf(news, ids));
    return [...($state.snapshot(this.lines) as Line[]), ...typing];
  }

  /** Whether a result is ordered once for the defendant, as the catalogue says. */
  once(line: Line): boolean {
    const level = this.names[line.definition_id]?.level;
    return level === undefined ? line.offence_id === null : level !== "Offence";
  }

  /**
   * Copies results with what is under them to other places, and says to how many
   * of them. A place that has the same result already keeps its own, so that
   * nothing is overwritten and nothing doubled. What is a person's own, such as the
   * number of a driving licence, is not copied to another person: they are asked.
   */
  copy(roots: Line[], places: Target[]): number {
    let copied = 0;
    for (const place of places) {
      const fitting = roots.filter((root) => this.once(root) === (place.offence_id === null));
      const absent = fitting.filter((root) => !this.lines.some((line) => keyOf(line) === keyOf(place) && line.definition_id === root.definition_id));
      for (const root of absent) this.#copy(root, place, null);
      if (absent.length) copied++;
    }
    if (copied) this.#touch();
    return copied;
  }

  #copy(line: Line, place: Target, parent: string | null): void {
    const id = newId();
    const below = this.under(line.line_id);
    this.lines.push({ line_id: id, definition_id: line.definition_id, defendant_id: place.defendant_id, offence_id: place.offence_id, parent, answers: this.#answersFor(line, place) });
    // The defendant's own results are not doubled for each of the offences.
    const own = below.filter((child) => line.defendant_id !== place.defendant_id || !this.once(child));
    for (const child of own) this.#copy(child, place, id);
  }

  #answersFor(line: Line, place: Target): Record<string, string> {
    const answers = plain($state.snapshot(line.answers));
    if (line.defendant_id === place.defendant_id) return answers;
    const fields = this.shelf.get(line.definition_id)?.fields;
    // Whose answers they are is not known: all are asked again.
    if (!fields) return {};
    return Object.fromEntries(Object.entries(answers).filter(([reference]) => !fields.some((field) => field.reference === reference && field.own)));
  }

  /** Waits for the questions of results and of what is under them: they say what is a person's own. */
  async known(lines: Line[]): Promise<void> {
    await Promise.all(
      lines.map(async (line) => {
        if (!this.shelf.get(line.definition_id)) await this.shelf.want(line.definition_id).catch(() => undefined);
        await this.known(this.under(line.line_id));
      }),
    );
  }

  remove(id: string): void {
    const gone = new Set([id]);
    for (let before = 0; before !== gone.size; ) {
      before = gone.size;
      for (const line of this.lines) if (line.parent && gone.has(line.parent)) gone.add(line.line_id);
    }
    this.lines = this.lines.filter((line) => !gone.has(line.line_id));
    this.#touch();
  }

  answer(id: string, answers: Record<string, string>): void {
    const line = this.lines.find((other) => other.line_id === id);
    if (!line) return;
    let changed = false;
    for (const [reference, answer] of Object.entries(answers)) {
      if ((line.answers[reference] ?? "") === answer) continue;
      if (answer === "") delete line.answers[reference];
      else line.answers[reference] = answer;
      changed = true;
    }
    if (changed) this.#touch();
  }

  type(target: Target, text: string): void {
    this.entries[keyOf(target)] = text;
    this.#touch();
  }

  /** Puts a line of ours back into the draft as it is now. */
  putBack(line: Line): void {
    this.aside = this.aside.filter((other) => other !== line);
    const parent = line.parent && this.lines.some((other) => other.line_id === line.parent) ? line.parent : null;
    const again = { ...line, parent, answers: plain(line.answers) };
    const at = this.lines.findIndex((other) => other.line_id === line.line_id);
    if (at >= 0) this.lines[at] = again;
    else this.lines.push(again);
    this.#touch();
  }

  /** Puts typed words back into their line, behind what is there. */
  takeWords(words: Words): void {
    this.asideWords = this.asideWords.filter((other) => other !== words);
    const now = this.entries[words.key];
    this.entries[words.key] = now?.trim() ? `${now}; ${words.text}` : words.text;
    this.#touch();
  }

  leaveAside(): void {
    this.aside = [];
    this.asideWords = [];
    if (!this.dirty) this.#drop();
  }

  /** Whether anything waits for the person to say what becomes of it. */
  get #waits(): boolean {
    return this.aside.length > 0 || this.asideWords.length > 0;
  }

  /** In what their draft and ours differ: what only one has, or has otherwise. */
  get differing(): { theirs: Draft["lines"]; ours: EditLine[] } {
    const lines = this.theirs?.lines ?? [];
    const alike = (own: EditLine) => lines.some(({ line }) => line.line_id === own.line_id && same(line.answers, own.answers));
    return { theirs: lines.filter(({ line }) => !this.#has(line)), ours: this.lines.filter((own) => !alike(own)) };
  }

  /** The words that are no result yet, where theirs and ours are not the same. */
  get differingWords(): { theirs: Words[]; ours: Words[] } {
    const theirs = entriesOf(this.theirs?.unresolved ?? []);
    const only = (those: Record<string, string>, others: Record<string, string>) =>
      Object.entries(those).flatMap(([key, text]) => (text.trim() && text.trim() !== others[key]?.trim() ? [{ key, text }] : []));
    return { theirs: only(theirs, this.entries), ours: only(this.entries, theirs) };
  }

  /** After a conflict: look at theirs, ours beside it. */
  takeTheirs(): void {
    if (!this.theirs) return;
    const ours = this.#plainLines();
    const typed = { ...this.entries };
    this.#edits++;
    this.#pending = null;
    const draft = this.theirs;
    this.theirs = null;
    this.problem = null;
    this.#adopt(draft);
    this.#setAside(ours);
    if (this.#retype(typed)) this.#touch();
    void this.#keepNow();
  }

  #setAside(lines: Line[], of: "ours" | "theirs" = "ours", from: string | null = null): void {
    this.asideOf = of;
    this.asideFrom = from;
    this.asideWords = [];
    const twice = (line: Line, at: number) => lines.findIndex((other) => other.line_id === line.line_id && same(other.answers, line.answers)) < at;
    this.aside = lines.filter((line, at) => !this.#has(line) && !twice(line, at));
    for (const line of this.aside) void this.shelf.want(line.definition_id).catch(() => undefined);
  }

  /** Words that are no result yet stay in their line; where it has others, they lie beside it. */
  #retype(typed: Record<string, string>): boolean {
    let kept = false;
    for (const [key, text] of Object.entries(typed)) {
      if (!text.trim() || this.entries[key]?.trim() === text.trim()) continue;
      if (this.entries[key]?.trim()) {
        this.#besides([{ key, text }]);
        continue;
      }
      this.entries[key] = text;
      kept = true;
    }
    return kept;
  }

  #besides(words: Words[]): void {
    const fresh = words.filter(({ key, text }) => this.entries[key] !== text && !this.asideWords.some((other) => other.key === key && other.text === text));
    this.asideWords = [...this.asideWords, ...fresh];
  }

  /** After a conflict: ours instead of theirs. */
  takeOurs(): void {
    if (!this.theirs) return;
    const { revision, lines, unresolved, saved } = this.theirs;
    this.revision = revision;
    this.names = { ...this.names, ...namesOf(this.theirs) };
    this.theirs = null;
    this.#setAside(lines.map(({ line }) => line), "theirs", saved);
    this.#retype(entriesOf(unresolved));
    this.problem = null;
    this.#pending = null;
    this.status = "typing";
    this.#touch();
  }

  #touch(): void {
    if (this.gone) return;
    this.#edits++;
    if (this.status !== "conflict") this.status = "typing";
    this.#keepTimer ??= setTimeout(() => this.#keepNow(), KEEP_AFTER);
    if (this.status === "conflict") return;
    this.#unsentSince ??= Date.now();
    const left = this.#unsentSince + SAVE_WITHIN - Date.now();
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.save(), Math.max(0, Math.min(SAVE_AFTER, left)));
  }

  #plainLines(): Line[] {
    return $state.snapshot(this.lines) as Line[];
  }

  #unresolved(): KeptDraft["unresolved"] {
    return Object.entries(this.entries).flatMap(([key, text]) => {
      return text?.trim() ? [{ ...targetOf(key), text }] : [];
    });
  }

  #keepNow(): Promise<unknown> {
    clearTimeout(this.#keepTimer);
    this.#keepTimer = undefined;
    this.#keeping = Promise.all([this.#keeping, this.#keep()]);
    return this.#keeping;
  }

  async #keep(): Promise<void> {
    if (this.gone) return;
    // This computer has one place for this window: what was kept there before would be written over.
    if (this.#recovering) await this.#recovering;
    if (!this.#unsaved && !this.#waits) return;
    // What waits to be put back is kept too, until the person has decided.
    const aside = this.#waits ? { of: this.asideOf, from: this.asideFrom, lines: $state.snapshot(this.aside) as Line[], words: this.asideWords } : null;
    const at = new Date().toISOString();
    const draft = this.#unsaved
      ? { revision: this.revision, lines: this.#plainLines(), unresolved: this.#unresolved(), at, aside, about: this.about }
      : { revision: 0, lines: [], unresolved: [], at, aside, about: this.about };
    await host("keep_draft", { hearing_id: this.hearing, draft }).then(
      () => (this.unkept = false),
      () => (this.unkept = true),
    );
  }

  #drop(): void {
    // What is being brought back is not saved yet.
    if (this.#recovering) return void this.#recovering.then(() => !this.dirty && this.#drop());
    clearTimeout(this.#keepTimer);
    this.#keepTimer = undefined;
    this.unkept = false;
    if (this.#waits) void this.#keepNow();
    else this.#keeping = Promise.all([this.#keeping, host("drop_draft", { hearing_id: this.hearing }).catch(() => undefined)]);
  }

  /** Saves now; whether everything typed is on the server afterwards. */
  async save(): Promise<boolean> {
    clearTimeout(this.#saveTimer);
    while (this.#saving) await this.#saving;
    if (this.status === "conflict" || (!this.dirty && !this.#pending)) return !this.dirty;
    this.#saving = this.#send().finally(() => (this.#saving = null));
    await this.#saving;
    if (this.dirty && this.status === "typing") return this.save();
    return !this.dirty && !this.#pending;
  }

  async #send(): Promise<void> {
    // One that may have arrived is asked again as it was, so that it counts once.
    if (!this.#pending) {
      this.#unsentSince = null;
      this.#pending = {
        request: { hearing_id: this.hearing, revision: this.revision, lines: this.#plainLines(), unresolved: this.#unresolved() },
        command: newId(),
        edits: this.#edits,
      };
    }
    const { request, command, edits } = this.#pending;
    this.status = "saving";
    try {
      const { draft } = await rpc("hearing.save_draft", request, command);
      // What this computer keeps is now of the editor that has its place.
      if (this.#retired) return;
      this.#pending = null;
      this.problem = null;
      this.#savedEdits = edits;
      this.#read(draft);
      // What was typed for a case that is heard apart since went with it.
      const went = goneWith(request, draft);
      if (went.lines.length) this.lines = this.lines.filter((line) => !went.lines.some((own) => own.line_id === line.line_id && same(own.answers, line.answers)));
      for (const { key, text } of went.words) if (this.entries[key] === text) this.entries[key] = "";
      this.status = this.dirty ? "typing" : "saved";
      if (!this.dirty) this.#drop();
    } catch (error) {
      if (!this.#retired) await this.#refused(asProblem(error));
    }
  }

  async #refused(problem: Problem): Promise<void> {
    this.problem = problem;
    if (problem.code === "not_found") return this.#lost();
    void this.#keepNow();
    if (problem.code === "unreachable") {
      this.status = "unreachable";
      if (!this.#closed) this.#saveTimer = setTimeout(() => void this.save(), TRY_AGAIN_AFTER);
      return;
    }
    this.#pending = null;
    if (problem.code !== "stale") {
      this.status = "problem";
      return;
    }
    this.status = "conflict";
    try {
      this.theirs = (await rpc("hearing.view", { hearing_id: this.hearing })).draft;
    } catch (error) {
      this.problem = asProblem(error);
      this.status = "problem";
    }
  }

  /**
   * The hearing is no longer this person's to open. What reached the server stays with the
   * hearing; what did not is left with the court, and only then goes from this computer.
   */
  #lost(): void {
    const kept = this.#keepNow();
    this.retire();
    this.gone = true;
    this.status = "problem";
    void kept.then(() => host("leave_drafts", {})).catch(() => undefined);
  }

  /** The results are no longer this person's to type: nothing more of it is sent. What this
   * computer kept stays, unless they gave it up themselves. Whoever comes after waits until
   * it is kept. */
  retire(drop = false): Promise<void> {
    this.#closed = true;
    this.#retired = true;
    clearTimeout(this.#saveTimer);
    // What was typed in the last moments is kept as well.
    if (this.#keepTimer !== undefined && !drop) void this.#keepNow();
    clearTimeout(this.#keepTimer);
    this.#keepTimer = undefined;
    this.#pending = null;
    this.#owed = !drop && this.#unsaved;
    this.#savedEdits = this.#edits;
    if (drop) this.leaveAside();
    return this.#settled();
  }

  async #settled(): Promise<void> {
    await this.#recovering;
    await this.#keeping;
  }

  /** The screen goes: what is typed is kept here and sent. */
  close(): void {
    this.#closed = true;
    if (!this.dirty) return;
    void this.#keepNow();
    void this.save();
  }
}
