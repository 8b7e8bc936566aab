/** Days as people type them, and days before and after. It knows the calendar, and no court rule. */
import type { Day } from "../contract";

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

/** So many days later, or earlier. */
export function daysFrom(day: Day, days: number): Day {
  return plus(day, days, "d") ?? day;
}
