/** What people type, and what is kept. */
import { describe, expect, it } from "vitest";
import { read, readDuration, readMoney, readTime, show } from "../src/screens/hearing/answers";
import { readDay } from "../src/widgets/day";

const today = "2026-11-23";

describe("a date", () => {
  it.each([
    ["2026-12-04", "2026-12-04"],
    ["4/12", "2026-12-04"],
    ["4/12/26", "2026-12-04"],
    ["04.12.2026", "2026-12-04"],
    ["4 dec", "2026-12-04"],
    ["4th December 2026", "2026-12-04"],
    ["4 Dec 2026", "2026-12-04"],
    ["+28d", "2026-12-21"],
    ["+28", "2026-12-21"],
    ["+4w", "2026-12-21"],
    ["+3m", "2027-02-23"],
    ["+1y", "2027-11-23"],
    ["today", "2026-11-23"],
    ["tomorrow", "2026-11-24"],
    ["monday", "2026-11-30"],
    ["fri", "2026-11-27"],
  ])("typed as %s is %s", (typed, kept) => expect(readDay(typed, today)).toBe(kept));

  it("without a year is the next time that the day comes", () => {
    expect(readDay("23/11", today)).toBe("2026-11-23");
    expect(readDay("22/11", today)).toBe("2027-11-22");
    expect(readDay("29/2", today)).toBe("2028-02-29");
  });

  it.each([
    ["4/3", "2026-03-04"],
    ["4/12", "2025-12-04"],
    ["4 dec", "2025-12-04"],
    ["23/11", "2026-11-23"],
    ["24/11", "2025-11-24"],
    ["29/2", "2024-02-29"],
    ["4/3/85", "1985-03-04"],
    ["4 mar 85", "1985-03-04"],
    ["4/3/26", "2026-03-04"],
    ["24/11/26", "1926-11-24"],
    ["29/2/28", "1928-02-29"],
    ["sunday", "2026-11-22"],
    ["monday", "2026-11-16"],
    ["today", "2026-11-23"],
    // A year in full is kept, and told of elsewhere.
    ["4/3/2027", "2027-03-04"],
    ["2027-03-04", "2027-03-04"],
    ["31/2", null],
  ])("that is past, typed as %s is %s", (typed, kept) => {
    expect(readDay(typed, today, true)).toBe(kept);
    expect(read("date", typed, [], today, true)).toBe(kept);
  });

  it("a month after the 31st is the last day of the month", () => {
    expect(readDay("+1m", "2027-01-31")).toBe("2027-02-28");
  });

  it.each(["31/2/2027", "32/1", "4/13", "soon", "", "4/", "+d", "+28dx", "+1m2w", "mo", "2026-02-30"])("is not read from “%s”", (typed) => {
    expect(readDay(typed, today)).toBeNull();
  });

  it("reads what it shows", () => expect(readDay(show("date", "2026-09-04"), today)).toBe("2026-09-04"));
});

describe("a period", () => {
  const sentence = ["Years", "Months", "Weeks", "Days"];

  it.each([
    ["12m", "12 months"],
    ["1y6m", "1 year 6 months"],
    ["1 year and 6 months", "1 year 6 months"],
    ["2 wks", null],
    ["2w", "2 weeks"],
    ["1 month", "1 month"],
  ])("typed as %s is %s", (typed, kept) => expect(readDuration(typed, sentence)).toBe(kept));

  it("needs no unit where there is one", () => expect(readDuration("100", ["Hours"])).toBe("100 hours"));
  it("needs a unit where there are several", () => expect(readDuration("100", sentence)).toBeNull());
  it("takes m for minutes where there are no months", () => expect(readDuration("30m", ["Weeks", "Days", "Hours", "Minutes"])).toBe("30 minutes"));
  it("takes min for minutes", () => expect(readDuration("30min", ["Hours", "Minutes"])).toBe("30 minutes"));
  it("has no unit that the question has not", () => expect(readDuration("3h", sentence)).toBeNull());
  it("counts no unit twice", () => expect(readDuration("1y 2y", sentence)).toBeNull());
  it("is not read from words", () => expect(readDuration("a while", sentence)).toBeNull());
});

describe("a time", () => {
  it.each([
    ["10", "10:00"],
    ["1030", "10:30"],
    ["10:30", "10:30"],
    ["2pm", "14:00"],
    ["12am", "00:00"],
    ["14.15", "14:15"],
  ])("typed as %s is %s", (typed, kept) => expect(readTime(typed)).toBe(kept));
  it.each(["25", "10:60", "13pm", "noon"])("is not read from %s", (typed) => expect(readTime(typed)).toBeNull());
});

describe("an amount", () => {
  it.each([
    ["200", "200.00"],
    ["£85.5", "85.50"],
    ["1,200.50", "1200.50"],
    ["0", "0.00"],
  ])("typed as %s is %s", (typed, kept) => expect(readMoney(typed)).toBe(kept));
  it.each(["1,20", "-5", "ten", "1.234"])("is not read from %s", (typed) => expect(readMoney(typed)).toBeNull());
  it("is shown with its pound sign", () => expect(show("money", "1200.50")).toBe("£1,200.50"));
});

it("a whole number has digits only", () => {
  expect(read("number", "12", [], today)).toBe("12");
  expect(read("number", "1.5", [], today)).toBeNull();
});
