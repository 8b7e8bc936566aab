/** Days and instants as people read them. A civil day has no zone; an instant is read in London. */
import type { Day, Instant } from "../contract";

const locale = "en-GB";
const long = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const short = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const instant = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });
const clocks = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });

function noon(day: Day): Date {
  return new Date(`${day}T12:00:00Z`);
}

function guarded(format: Intl.DateTimeFormat, date: Date, text: string): string {
  return Number.isNaN(date.getTime()) ? text : format.format(date);
}

/** `23 November 2026` */
export function longDay(day: Day): string {
  return guarded(long, noon(day), day);
}

/** `23 Nov 2026` */
export function shortDay(day: Day): string {
  return guarded(short, noon(day), day);
}

/** `Monday 23 November 2026` */
export function weekDay(day: Day): string {
  return guarded(weekday, noon(day), day).replace(",", "");
}

/** `23 Nov 2026, 10:41` */
export function moment(at: Instant): string {
  return guarded(instant, new Date(at), at);
}

/** `10:41` */
export function clock(at: Instant): string {
  return guarded(clocks, new Date(at), at);
}
