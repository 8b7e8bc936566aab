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

/** The next day of this name after the hearing, or the last before it, as the typing line reads it. */
function weekday(typed: string, today: string, past: boolean): string | null {
  const named = typed.length < 3 ? -1 : WEEKDAYS.findIndex((day) => day.startsWith(typed));
  if (named < 0) return null;
  const now = new Date(`${today}T00:00:00Z`).getUTCDay();
  const ahead = (named - now + 7) % 7;
  return plus(today, past ? ahead - 7 : ahead || 7, "d");
}

/** The year left out: the next time that this day comes, or the last that it came. */
function nearest(today: string, month: number, day: number, past: boolean): string | null {
  const year = Number(today.slice(0, 4));
  // The 29th of February comes within eight years.
  for (let away = 0; away <= 8; away++) {
    const date = iso(past ? year - away : year + away, month, day);
    if (date && (past ? date <= today : date >= today)) return date;
  }
  return null;
}

/** Two figures are a year of this century; where the day is past and that is still to come, of the one before. Four are what they say. */
function written(today: string, year: string, month: number, day: number, past: boolean): string | null {
  if (year.length !== 2) return iso(Number(year), month, day);
  const date = iso(2000 + Number(year), month, day);
  return past && date && date > today ? iso(1900 + Number(year), month, day) : date;
}

/**
 * `2026-12-04`, `4/12`, `4.12.26`, `4 dec`, `+28d`, `+4w`, `monday`, `today`: as ISO. What may be
 * of more than one year or week is the next one; where a day is asked for that is past, the last.
 */
export function readDay(text: string, today: string, past = false): string | null {
  const typed = text.trim().toLowerCase();
  if (typed === "today") return today;
  if (typed === "tomorrow") return plus(today, 1, "d");
  const named = weekday(typed, today, past);
  if (named) return named;
  const ahead = /^\+\s*(\d{1,4})\s*(d|w|m|y)?$/.exec(typed);
  if (ahead) return plus(today, Number(ahead[1]), ahead[2] ?? "d");
  const whole = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (whole) return iso(Number(whole[1]), Number(whole[2]), Number(whole[3]));
  const numbers = /^(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?$/.exec(typed);
  if (numbers) {
    const [, day, month, year] = numbers;
    return year ? written(today, year, Number(month), Number(day), past) : nearest(today, Number(month), Number(day), past);
  }
  const words = /^(\d{1,2})(?:st|nd|rd|th)?\s*([a-z]{3,})\.?,?\s*(\d{2}|\d{4})?$/.exec(typed);
  if (words) {
    const month = MONTHS.indexOf((words[2] ?? "").slice(0, 3)) + 1;
    if (!month) return null;
    return words[3] ? written(today, words[3], month, Number(words[1]), past) : nearest(today, month, Number(words[1]), past);
  }
  return null;
}

/** So many days later, or earlier. */
export function daysFrom(day: Day, days: number): Day {
  return plus(day, days, "d") ?? day;
}
