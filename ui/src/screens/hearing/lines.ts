/**
 * Results and typed words as values: of which place they are, which are the same,
 * and what a draft holds of them. The draft that is typed is made of these.
 */
import type { DefendantId, Draft, Line, Match, OffenceId } from "../../contract";
import { newId, type KeptDraft } from "../../platform";

export interface Target {
  defendant_id: DefendantId;
  offence_id: OffenceId | null;
}

export function keyOf(target: Target): string {
  return `${target.defendant_id} ${target.offence_id ?? ""}`;
}

export function targetOf(key: string): Target {
  const [defendant_id = "", offence_id = ""] = key.split(" ");
  return { defendant_id, offence_id: offence_id || null };
}

export interface EditLine extends Line {
  answers: Record<string, string>;
}

/** Words that were typed in a place and are no result yet. */
export interface Words {
  key: string;
  text: string;
}

/** A result to be added. */
export interface New {
  match: Match;
  target: Target;
  parent: string | number | null;
  answers: { [key in string]?: string };
}

/** Lines of results as they were understood; a parent is a line that is there, or the number of one of these. */
export function linesOf(news: New[], ids: string[]): EditLine[] {
  return news.map(({ match, target, parent, answers }, nth) => ({
    line_id: ids[nth] ?? newId(),
    definition_id: match.definition_id,
    defendant_id: target.defendant_id,
    offence_id: target.offence_id,
    parent: typeof parent === "number" ? (ids[parent] ?? null) : parent,
    answers: plain(answers),
  }));
}

export function namesOf(draft: Draft): Record<string, Match> {
  return Object.fromEntries(draft.lines.map(({ definition }) => [definition.definition_id, definition]));
}

export function plain(answers: { [key in string]?: string }): Record<string, string> {
  return Object.fromEntries(Object.entries(answers).filter((pair): pair is [string, string] => !!pair[1]));
}

export function same(one: { [key in string]?: string }, other: { [key in string]?: string }): boolean {
  const [a, b] = [plain(one), plain(other)];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => a[key] === b[key]);
}

/** One line of typing per place; more than one text for a place is joined, so that none is lost. */
export function entriesOf(unresolved: KeptDraft["unresolved"]): Record<string, string> {
  const entries: Record<string, string> = {};
  for (const { text, ...target } of unresolved) {
    const key = keyOf(target);
    entries[key] = entries[key] ? `${entries[key]}; ${text}` : text;
  }
  return entries;
}

/** What was sent and is in the draft no more: the server has put it where its case is heard now. */
export function goneWith(sent: { lines: Line[]; unresolved: KeptDraft["unresolved"] }, draft: Draft): { lines: Line[]; words: Words[] } {
  const stays = new Set(draft.lines.map(({ line }) => line.line_id));
  const words = entriesOf(draft.unresolved);
  const typed = Object.entries(entriesOf(sent.unresolved)).map(([key, text]) => ({ key, text }));
  return { lines: sent.lines.filter((line) => !stays.has(line.line_id)), words: typed.filter(({ key }) => words[key] === undefined) };
}
