/** Who may open a case and why; permission, sensitive cases and their review; who saw what. */
import { describe, expect, it } from "vitest";
import { accessible, ada, bryn, fireEvent, hook, hooks, iris, open, waitFor, yusuf } from "./court";

describe("what somebody may not do", () => {
  it("is said with its reason when it is asked for", async () => {
    const twin = await open(iris, ["cases", "case-1"]);
    const summary = await hook("why-not");
    expect(twin.asked.some(({ name }) => name === "access.explain")).toBe(false);
    const details = summary.closest("details") as HTMLDetailsElement;
    details.open = true;
    await fireEvent(details, new Event("toggle"));
    expect((await hook("why-not-line")).textContent).toContain("it is not for Defence Lawyers");
    await accessible();
  });
});

describe("a sensitive case", () => {
  it("asks for a reason, and opens with one and not without", async () => {
    const twin = await open(ada, ["cases", "case-1"], (own) => (own.closed = true));
    await fireEvent.click(await hook("break-glass"));
    expect(twin.asked.some(({ name }) => name === "access.break_glass")).toBe(false);
    await accessible();
    await fireEvent.input(await hook("glass-reason"), { target: { value: "Bail out of hours" } });
    await fireEvent.click(await hook("break-glass"));
    await hook("case-urn");
    expect(hooks("glass-reason")).toHaveLength(0);
  });

  it("is reviewed by whoever gives access, with a note", async () => {
    const opening = { opening_id: "opening-1", case_id: "case-1", urn: "20NB1234526", kind: "glass" as const, name: "Ada Wren", reason: "Bail", at: "2026-11-23T10:00:00Z", reviewed: null, may_review: true };
    const twin = await open(bryn, ["access"], (own) => (own.openings = [opening]));
    await hook("opening");
    await fireEvent.click(await hook("review-wrong"));
    expect(twin.asked.some(({ name }) => name === "access.review")).toBe(false);
    await fireEvent.input(await hook("review-note"), { target: { value: "There was no application" } });
    await accessible();
    await fireEvent.click(await hook("review-wrong"));
    await hook("no-openings");
    expect(twin.asked.at(-1)?.request).toMatchObject({ opening_id: "opening-1", justified: false });
  });
});

describe("a case that is sensitive no longer", () => {
  async function ofCase(closed: boolean) {
    await open(bryn, ["access"], (own) => {
      own.sensitive = "A witness is protected.";
      own.closed = closed;
    });
    await fireEvent.input(await hook("access-reference"), { target: { value: "20NB1234526" } });
    await fireEvent.click(await hook("access-show"));
    return (await hook("lift")).textContent;
  }

  it("is offered with what follows, and not to whom the case is closed", async () => {
    expect(await ofCase(false)).toContain("somebody else reviews it");
    expect(hooks("access-sensitive")).toHaveLength(1);
    await accessible();
  });

  it("is for somebody else to say where the case is closed", async () => {
    expect(await ofCase(true)).toContain("It is closed to you");
    expect(hooks("access-sensitive")).toHaveLength(0);
  });

  it("says in the queue that it was opened to everybody", async () => {
    const opening = { opening_id: "opening-2", case_id: "case-1", urn: "20NB1234526", kind: "lifted" as const, name: "Delia Frome", reason: "It is over", at: "2026-11-23T10:00:00Z", reviewed: null, may_review: true };
    await open(bryn, ["access"], (own) => (own.openings = [opening]));
    await hook("lifted");
    expect((await hook("review-wrong")).textContent).toContain("make it sensitive again");
    await accessible();
  });
});

describe("permission", () => {
  it("is given and taken back, each with a reason", async () => {
    const twin = await open(bryn, ["access"]);
    await fireEvent.input(await hook("access-reference"), { target: { value: "20 NB 1234526" } });
    await fireEvent.click(await hook("access-show"));
    await hook("case-access");
    await fireEvent.click(await hook("access-give"));
    expect(twin.asked.some(({ name }) => name === "access.give")).toBe(false);
    await fireEvent.input(await hook("access-email"), { target: { value: "imogen.vasey@court.example" } });
    await fireEvent.input(await hook("access-reason"), { target: { value: "Sits on Monday" } });
    await fireEvent.change(await hook("access-on"), { target: { value: "defendant-2" } });
    await fireEvent.click(await hook("access-give"));
    expect((await hook("permission-on")).textContent).toContain("Saskia Holt alone");
    expect(twin.asked.find(({ name }) => name === "access.give")?.request).toMatchObject({ defendant_id: "defendant-2" });
    await accessible();
    // Of two, the one is taken back beside which it was asked.
    await fireEvent.input(await hook("access-email"), { target: { value: "imogen.vasey@court.example" } });
    await fireEvent.input(await hook("access-reason"), { target: { value: "Sits on Monday" } });
    await fireEvent.change(await hook("access-on"), { target: { value: "defendant-1" } });
    await fireEvent.click(await hook("access-give"));
    await waitFor(() => expect(hooks("permission")).toHaveLength(2));
    const buttons = hooks("take-back");
    expect(buttons[0]?.textContent).toContain("Saskia Holt");
    expect(buttons[1]?.textContent).not.toBe(buttons[0]?.textContent);
    await fireEvent.input(await hook("access-reason"), { target: { value: "Another judge sits" } });
    await fireEvent.click(buttons[0] as HTMLElement);
    await waitFor(() => expect(hooks("permission")).toHaveLength(1));
    expect((await hook("permission-on")).textContent).not.toContain("Saskia Holt");
    expect(twin.asked.find(({ name }) => name === "access.take_back")?.request).toMatchObject({ defendant_id: "defendant-2" });
    await fireEvent.input(await hook("access-reason"), { target: { value: "Another judge sits" } });
    await fireEvent.click(await hook("take-back"));
    await waitFor(() => expect(hooks("permission")).toHaveLength(0));
  });
});

describe("permission of whoever prosecutes", () => {
  it("is given with a last day, to those who are offered, and says nothing of the court", async () => {
    const twin = await open(bryn, ["access"], (own) => {
      own.forProsecution = true;
      own.sensitive = "the court that hears it said so.";
      own.offered = [{ email: "gita.rowe@cps.example", called: "Gita Rowe, CPS North" }];
    });
    expect(hooks("no-openings")).toHaveLength(0);
    await fireEvent.input(await hook("access-reference"), { target: { value: "20NB1234526" } });
    await fireEvent.click(await hook("access-show"));
    expect((await hook("offered")).textContent).toContain("Gita Rowe, CPS North");
    expect([...hooks("access-as"), ...hooks("access-sensitive"), ...hooks("lift"), ...hooks("openings")]).toHaveLength(0);
    await fireEvent.input(await hook("access-email"), { target: { value: "gita.rowe@cps.example" } });
    await fireEvent.input(await hook("access-reason"), { target: { value: "Prepares the trial" } });
    await fireEvent.input(await hook("access-until"), { target: { value: "some day" } });
    await fireEvent.click(await hook("access-give"));
    expect(twin.asked.some(({ name }) => name === "access.give")).toBe(false);
    await accessible();
    await fireEvent.input(await hook("access-until"), { target: { value: "12/12/2026" } });
    await fireEvent.click(await hook("access-give"));
    expect((await hook("permission-until")).textContent).toContain("12 Dec");
    expect(twin.asked.find(({ name }) => name === "access.give")?.request).toMatchObject({ until: "2026-12-12", defendant_id: null });
    await accessible();
  });
});

describe("who saw what", () => {
  it("is a report about a person, a case or a paper, kept as CSV", async () => {
    const twin = await open(yusuf, ["audit"]);
    await fireEvent.click(await hook("audit-ask"));
    expect(twin.asked.some(({ name }) => name === "audit.report")).toBe(false);
    await fireEvent.input(await hook("audit-which"), { target: { value: "20NB1234526" } });
    await fireEvent.click(await hook("audit-ask"));
    expect((await hook("audit-line")).textContent).toContain("court.sees_cases");
    await fireEvent.click(await hook("audit-save"));
    await waitFor(() => expect(document.body.textContent).toContain("audit 20NB1234526"));
    await accessible();
  });
});
