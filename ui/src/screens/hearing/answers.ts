/**
 * How answers are typed: short forms in, one plain form out. It knows calendars
 * and clocks, and no court rule: whether an answer is allowed, the server says.
 * What cannot be read stays as it was typed.
 */
import type { FieldKind } from "../../contract";
import { shortDay } from "../../copy/dates";
import { readDay } from "../../widgets/day";

const UNITS: Record<string, string> = { y: "years", m: "months", w: "weeks", d: "days", h: "hours", min: "minutes" };

/** The unit that a letter stands for, among those that the question has. */
function unitOf(letters: string, units: string[]): string | null {
  const known = units.map((unit) => unit.toLowerCase());
  const written = known.find((unit) => letters.length > 1 && (unit.startsWith(letters) || letters === unit.replace(/s$/, "")));
  if (written) return written;
  const short = UNITS[letters];
  if (short && known.includes(short)) return short;
  return letters === "m" && known.includes("minutes") ? "minutes" : null;
}

function counted(count: number, unit: string): string {
  const one = unit.replace(/s$/, "");
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

/** `12m`, `1y6m`, `1 year 6 months`, `100` where there is one unit: in words. */
export function readDuration(text: string, units: string[]): string | null {
  const typed = text.trim().toLowerCase().replace(/\band\b|,/g, " ");
  const only = units.length === 1 ? units[0] : undefined;
  if (/^\d+$/.test(typed)) return only ? counted(Number(typed), only.toLowerCase()) : null;
  const parts = [...typed.matchAll(/(\d+)\s*([a-z]+)/g)];
  if (parts.length === 0 || typed.replace(/(\d+)\s*([a-z]+)/g, "").trim()) return null;
  const words: string[] = [];
  for (const [, count, letters] of parts) {
    const unit = unitOf(letters ?? "", units);
    if (!unit || words.some((word) => word.includes(unit.replace(/s$/, "")))) return null;
    words.push(counted(Number(count), unit));
  }
  return words.join(" ");
}

/** `10`, `1030`, `2pm`, `14.15`: as `HH:MM`. */
export function readTime(text: string): string | null {
  const parts = /^(\d{1,2})(?:[:. ]?(\d{2}))?\s*(am|pm)?$/.exec(text.trim().toLowerCase());
  if (!parts) return null;
  let hour = Number(parts[1]);
  const minute = Number(parts[2] ?? 0);
  if (parts[3]) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (parts[3] === "pm" ? 12 : 0);
  }
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** `200`, `£1,200.5`: pounds and pence. */
export function readMoney(text: string): string | null {
  const parts = /^£?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!parts) return null;
  const pounds = (parts[1] ?? "").replace(/,/g, "").replace(/^0+(?=\d)/, "");
  return `${pounds}.${(parts[2] ?? "").padEnd(2, "0")}`;
}

/** What was typed, as it is kept; nothing if it cannot be read. A question about the past (`past`) has days that are past. */
export function read(kind: FieldKind, text: string, units: string[], today: string, past = false): string | null {
  switch (kind) {
    case "date":
      return readDay(text, today, past);
    case "duration":
      return readDuration(text, units);
    case "time":
      return readTime(text);
    case "money":
      return readMoney(text);
    case "number":
      return /^\d+$/.test(text.trim()) ? text.trim() : null;
    default:
      return text;
  }
}

/** What is kept, as people read it. */
export function show(kind: FieldKind, answer: string): string {
  if (kind === "date" && /^\d{4}-\d{2}-\d{2}$/.test(answer)) return shortDay(answer);
  if (kind === "money" && /^\d+\.\d{2}$/.test(answer)) {
    const [pounds = "", pence = ""] = answer.split(".");
    return `£${pounds.replace(/\B(?=(\d{3})+(?!\d))/g, ",")}.${pence}`;
  }
  return answer;
}
