/** What is beyond its limit, on the court's screens, and the day's reckoning. */
import { describe, expect, it } from "vitest";
import * as records from "../src/platform/twin/records";
import { accessible, ada, fireEvent, hook, hooks, mina, open, waitFor } from "./court";

describe("an alarm", () => {
  it("is counted in the header and shown on the list of the day", async () => {
    await open(ada, ["hearings"], (twin) => (twin.alarms = [records.alarm()]));
    expect((await hook("alarm-count")).dataset["total"]).toBe("1");
    const note = await hook("alarm-note");
    expect(note.textContent).toContain("HMP Aldermoor");
    expect(note.textContent).toContain("12 minutes beyond its limit");
    await accessible();
  });

  it("that nobody has, is not there: no count, no note", async () => {
    await open(ada, ["hearings"]);
    await hook("court");
    expect(hooks("alarm-count")).toHaveLength(0);
    expect(hooks("alarm-note")).toHaveLength(0);
  });

  it("is taken on, and has an owner from then on", async () => {
    await open(ada, ["alarms"], (twin) => (twin.alarms = [records.alarm()]));
    expect((await hook("alarm-owner")).textContent).toContain("Nobody yet");
    await fireEvent.click(await hook("take-alarm"));
    await waitFor(() => expect(hooks("alarm-owner")[0]?.textContent).toContain("Ada Wren"));
    expect(hooks("take-alarm")).toHaveLength(0);
    await accessible();
  });

  it("ends when it is said who was told; said of nobody, it stays and the reason is shown", async () => {
    const twin = await open(ada, ["alarms"], (court) => (court.alarms = [records.alarm()]));
    await fireEvent.click(await hook("tell-alarm"));
    await fireEvent.click(await hook("settle-alarm"));
    expect((await hook("problem")).textContent).toContain("Say who was told");
    await fireEvent.input(await hook("told"), { target: { value: "Duty governor Hale" } });
    await fireEvent.click(await hook("settle-alarm"));
    await hook("no-alarms");
    expect(twin.asked.filter(({ name }) => name === "alarm.settle").at(-1)?.request).toMatchObject({ told: "Duty governor Hale", at: null });
  });

  it("stands under the delivery in the hearing's documents, with the way to see to it", async () => {
    const { alarm } = records.alarm();
    await open(ada, ["hearings", "hearing-1", { tab: "documents" }], (twin) => {
      const shared = { at: "2026-11-23T10:41:00Z", by: "Ada Wren", version: 1, lines: [] };
      const documents = records.documents();
      documents[0]!.deliveries[0] = { ...documents[0]!.deliveries[0]!, alarm };
      documents[0]!.deliveries[1] = { ...documents[0]!.deliveries[1]!, settled: "Told otherwise: the escort's office, at 10:50. Recorded by Ada Wren." };
      twin.hearing = { ...twin.hearing, state: "ended", results_state: "SHARED", may: ["log", "amend"], shared, remaining: [], documents };
    });
    const mark = await hook("delivery-alarm");
    expect(mark.textContent).toContain("12 minutes beyond its limit");
    expect(mark.querySelector("a")?.getAttribute("href")).toBe("#/alarms/delivery-prison");
    expect((await hook("delivery-settled")).textContent).toContain("Recorded by Ada Wren");
    await accessible();
  });

  it("begins when a letter came back, for the reason that the post wrote on it", async () => {
    const twin = await open(ada, ["hearings", "hearing-1", { tab: "documents" }], (court) => {
      const shared = { at: "2026-11-23T10:41:00Z", by: "Ada Wren", version: 1, lines: [] };
      court.hearing = { ...court.hearing, state: "ended", results_state: "SHARED", may: ["log", "amend"], shared, remaining: [], documents: records.documents() };
    });
    // One button, at the letter that was posted.
    expect((await hook("came-back")).getAttribute("aria-label")).toContain("Marlow Ashby");
    expect(hooks("came-back")).toHaveLength(1);
    await fireEvent.click(await hook("came-back"));
    await waitFor(() => expect(document.activeElement).toBe(hooks("came-back-why")[0]));
    await accessible();
    await fireEvent.input(await hook("came-back-why"), { target: { value: "gone away" } });
    await fireEvent.click(await hook("came-back-record"));
    await waitFor(() => expect(hooks("came-back-form")).toHaveLength(0));
    expect(twin.asked.filter(({ name }) => name === "alarm.came_back").at(-1)?.request).toMatchObject({ delivery_id: "delivery-post", why: "gone away" });
  });

  it("is no screen of a recipient", async () => {
    await open(mina, ["alarms"], (twin) => (twin.alarms = [records.alarm()]));
    await waitFor(() => expect(document.querySelector("h1")?.textContent).toContain("There is no such page"));
    expect(hooks("alarm-count")).toHaveLength(0);
  });
});

describe("a day that differs from the ledger", () => {
  it("is counted, stands on the list of the day, and is taken on", async () => {
    await open(ada, ["hearings"], (twin) => (twin.alarmDays = [records.dayAlarm()]));
    expect((await hook("alarm-count")).dataset["total"]).toBe("1");
    expect((await hook("alarm-days")).textContent).toContain("Of 1 day the lists say something else");
    expect(hooks("alarm-note")).toHaveLength(0);
  });

  it("is shown before the deliveries, with what to do and whose it is", async () => {
    const twin = await open(ada, ["alarms"], (court) => (court.alarmDays = [records.dayAlarm()]));
    const row = await hook("day-alarm");
    expect(row.textContent).toContain("Sunday 22 November 2026");
    expect(row.textContent).toContain("they differ in 1");
    expect((await hook("day-owner")).textContent).toContain("Nobody yet");
    await hook("no-alarms");
    await accessible();
    await fireEvent.click(await hook("take-day"));
    await waitFor(() => expect(hooks("day-owner")[0]?.textContent).toContain("Ada Wren"));
    expect(twin.asked.filter(({ name }) => name === "alarm.take_day").at(-1)?.request).toMatchObject({ day: "2026-11-22" });
    expect(hooks("take-day")).toHaveLength(0);
  });
});

describe("the day's deliveries", () => {
  it("say of a day that was reconciled whether it agrees with the ledger, and of one that was not that", async () => {
    await open(ada, ["deliveries"]);
    expect((await hook("kept")).textContent).toContain("was not reconciled with the ledger yet");
    const day = await hook("kept-day");
    expect(day.textContent).toContain("Sunday 22 November 2026: agrees with the ledger");
    await fireEvent.click(day);
    const says = await hook("kept-says");
    expect(says.dataset["agrees"]).toBe("true");
    expect(says.textContent).toContain("what the ledger says");
    expect((await hook("kept-agency")).querySelector("[data-figure='acknowledged']")?.textContent).toBe("1");
    await accessible();
  });

  it("add up by agency, with what is outstanding, and another day can be seen", async () => {
    const twin = await open(ada, ["deliveries"]);
    const row = await hook("agency");
    expect(row.dataset["name"]).toBe("HMP Aldermoor");
    expect(row.querySelector("[data-figure='outstanding']")?.textContent).toBe("1");
    expect((await hook("outstanding")).textContent).toContain("Warrant of commitment on remand");
    await accessible();
    await fireEvent.click(await hook("day-before"));
    await waitFor(() => expect(twin.asked.some(({ name, request }) => name === "delivery.reconcile" && (request as { day: string | null }).day === "2026-11-22")).toBe(true));
  });
});
