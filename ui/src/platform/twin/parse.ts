/**
 * A rough idea of the typing grammar, enough to see and test the typing line:
 * codes, words of labels, values, items of lists. The real one is the server's.
 */
import type { Contract, DefinitionView, FieldView, Given, Match, Piece } from "../../contract";
import { read, show } from "../../screens/hearing/answers";
import { definitions } from "./definitions";

function match({ definition_id, code, label, category, level }: DefinitionView): Match {
  return { definition_id, code, label, category, level };
}

/** Exact codes first, then whatever holds every word. */
export function search(text: string): Match[] {
  const typed = text.trim().toLowerCase();
  if (!typed) return [];
  const wanted = typed.split(/\s+/);
  const exact = definitions.filter((definition) => definition.code.toLowerCase() === typed);
  const others = definitions.filter(
    (definition) => !exact.includes(definition) && wanted.every((word) => `${definition.code} ${definition.label}`.toLowerCase().includes(word)),
  );
  return [...exact, ...others].slice(0, 20).map(match);
}

function taken(field: FieldView, typed: string, day: string): string | null {
  if (["money", "duration", "date", "time", "number"].includes(field.kind)) return read(field.kind, typed, field.units, day, field.past);
  return field.items.find((item) => item.code.toLowerCase() === typed.toLowerCase())?.label ?? null;
}

function given(field: FieldView, answer: string, also: string[]): Given {
  return { label: field.label, answers: { [field.reference]: answer }, shown: show(field.kind, answer), how: "typed", also };
}

function piece(text: string, start: number, end: number, caret: number | null, day: string): Piece {
  const words = [...text.slice(start, end).matchAll(/\S+/g)].map((found) => ({ text: found[0], start: start + found.index, end: start + found.index + found[0].length }));
  const exact = search(words[0]?.text ?? "").find((one) => one.code.toLowerCase() === words[0]?.text.toLowerCase());
  const values = words.findIndex((word, at) => at > 0 && (exact || /^[£+\d]/.test(word.text)));
  const named = values < 0 ? words : words.slice(0, values);
  const name = { start, end: named.at(-1)?.end ?? end };
  const candidates = search(text.slice(name.start, name.end));
  const definition = definitions.find((one) => one.definition_id === (exact ?? (candidates.length === 1 ? candidates[0] : undefined))?.definition_id);
  const found: Piece = {
    start,
    end,
    name_start: name.start,
    name_end: name.end,
    definition: definition ? match(definition) : null,
    exact: !!exact,
    once: !!definition && definition.level !== "Offence",
    candidates: caret === null ? [] : candidates,
    given: [],
    missing: [],
    unread: [],
    under: null,
  };
  if (!definition) return found;
  const fields = [...definition.fields].sort((a, b) => Number(a.rule === "optional") - Number(b.rule === "optional"));
  const answered = new Set<string>();
  for (const word of words.slice(named.length)) {
    const taking = fields.filter((field) => !answered.has(field.reference) && taken(field, word.text, day) !== null);
    const [field, ...others] = taking;
    if (!field) {
      found.unread.push({ start: word.start, end: word.end, hint: null });
      continue;
    }
    answered.add(field.reference);
    found.given.push(given(field, taken(field, word.text, day) ?? "", others.map((other) => other.label)));
  }
  found.missing = definition.fields
    .filter((field) => field.rule === "mandatory" && !answered.has(field.reference))
    .map(({ reference, label }) => ({ reference, labels: [label] }));
  return found;
}

export function parse({ text, caret }: Contract["result.parse"]["request"], day: string): Contract["result.parse"]["view"] {
  const pieces: Piece[] = [];
  for (const part of text.matchAll(/[^;\n]+/g)) {
    const start = part.index + (part[0].length - part[0].trimStart().length);
    const end = start + part[0].trim().length;
    if (end > start) pieces.push(piece(text, start, end, caret, day));
  }
  for (const [at, own] of pieces.entries()) {
    const parent = pieces.findIndex((other, before) => before < at && definitions.find((one) => one.definition_id === other.definition?.definition_id)?.children.some((child) => child.definition.definition_id === own.definition?.definition_id));
    if (parent >= 0 && !own.once) own.under = { line_id: null, piece: parent };
  }
  return { pieces };
}
