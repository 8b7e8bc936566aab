/**
 * How answers are typed: short forms in, one plain form out. It knows calendars
 * and clocks, and no court rule: whether an answer is allowed, the server says.
 * What cannot be read stays as it was typed.
 */
import type { FieldKind } from "../../contract";
import { shortDay } from "../../copy/dates";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** A civil date that exists, as ISO; nothing for the 31st of February. */
function iso(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : null;
}

function plus(today: string, count: number, unit: string): string | null {
  const [year = 0, month = 1, day = 1] = today.split("-").map(Number);
  if (unit === "d" || unit === "w") {
    const date = new Date(Date.UTC(year, month - 1, day + count * (unit === "w" ? 7 : 1)));
    return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 10);
  }
  const months = month - 1 + count * (unit === "y" ? 12 : 1);
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  const date = new Date(Date.UTC(year, months, Math.min(day, last)));
  return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 10);
}

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** The next day of this name after the hearing, as the typing line reads it. */
function weekday(typed: string, today: string): string | null {
  const named = typed.length < 3 ? -1 : WEEKDAYS.findIndex((day) => day.startsWith(typed));
  if (named < 0) return null;
  const now = new Date(`${today}T00:00:00Z`).getUTCDay();
  return plus(today, (named - now + 7) % 7 || 7, "d");
}

/** The year left out: the next time that this day comes. */
function coming(today: string, month: number, day: number): string | null {
  const year = Number(today.slice(0, 4));
  for (const candidate of [year, year + 1, year + 2, year + 3, year + 4]) {
    const date = iso(candidate, month, day);
    if (date && date >= today) return date;
  }
  return null;
}

function century(year: string): number {
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

/** `2026-12-04`, `4/12`, `4.12.26`, `4 dec`, `+28d`, `+4w`, `monday`, `today`: as ISO. */
export function readDay(text: string, today: string): string | null {
  const typed = text.trim().toLowerCase();
  if (typed === "today") return today;
  if (typed === "tomorrow") return plus(today, 1, "d");
  const named = weekday(typed, today);
  if (named) return named;
  const ahead = /^\+\s*(\d{1,4})\s*(d|w|m|y)?$/.exec(typed);
  if (ahead) return plus(today, Number(ahead[1]), ahead[2] ?? "d");
  const whole = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (whole) return iso(Number(whole[1]), Number(whole[2]), Number(whole[3]));
  const numbers = /^(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?$/.exec(typed);
  if (numbers) {
    const [, day, month, year] = numbers;
    return year ? iso(century(year), Number(month), Number(day)) : coming(today, Number(month), Number(day));
  }
  const words = /^(\d{1,2})(?:st|nd|rd|th)?\s*([a-z]{3,})\.?,?\s*(\d{2}|\d{4})?$/.exec(typed);
  if (words) {
    const month = MONTHS.indexOf((words[2] ?? "").slice(0, 3)) + 1;
    if (!month) return null;
    return words[3] ? iso(century(words[3]), month, Number(words[1])) : coming(today, month, Number(words[1]));
  }
  return null;
}

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

/** What was typed, as it is kept; nothing if it cannot be read. */
export function read(kind: FieldKind, text: string, units: string[], today: string): string | null {
  switch (kind) {
    case "date":
      return readDay(text, today);
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
