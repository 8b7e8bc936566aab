/** Cases: finding one, seeing it, going on record, serving. */
import { describe, expect, it } from "vitest";
import { accessible, fireEvent, hook, hooks, iris, kofi, open, type, waitFor, went } from "./court";

describe("finding a case", () => {
  it("takes a reference in any case, with spaces", async () => {
    await open(iris, ["cases"]);
    await type(await hook("find-reference"), " 20 nb 1234526 ");
    await fireEvent.click(await hook("find-submit"));
    expect((await hook("case-urn")).textContent).toBe("20NB1234526");
  });

  it("that is not there gives the server's sentence and the next step", async () => {
    await open(iris, ["cases"]);
    await type(await hook("find-reference"), "20NB9999926");
    await fireEvent.click(await hook("find-submit"));
    const answer = await hook("find-answer");
    expect(answer.dataset["outcome"]).toBe("none");
    expect(answer.textContent).toContain("Check the reference");
    await accessible();
  });

  it("by a name asks for the day of the hearing with it", async () => {
    const twin = await open(iris, ["cases"]);
    await type(await hook("find-name"), "Marlow Ashby");
    await fireEvent.click(await hook("find-submit"));
    expect(document.body.textContent).toContain("Enter a case reference, or a name with the day of the hearing");
    await type(await hook("find-day"), "2026-11-23");
    await fireEvent.click(await hook("find-submit"));
    await waitFor(() => expect(twin.asked.find(({ name }) => name === "defence.find")?.request).toMatchObject({ name: "Marlow Ashby", hearing_day: "2026-11-23", date_of_birth: null }));
  });

  it("reads a date of birth as past, and the day of the hearing as the next", async () => {
    const twin = await open(iris, ["cases"]);
    await type(await hook("find-name"), "Marlow Ashby");
    await type(await hook("find-day"), "4/12");
    await type(await hook("find-born"), "18/4/97");
    await fireEvent.click(await hook("find-submit"));
    await waitFor(() => expect(twin.asked.find(({ name }) => name === "defence.find")?.request).toMatchObject({ hearing_day: "2026-12-04", date_of_birth: "1997-04-18" }));
  });

  it("of a prosecutor is by reference alone", async () => {
    await open(kofi, ["cases"]);
    await type(await hook("find-reference"), " 20 nb 1234526 ");
    expect(hooks("find-name")).toHaveLength(0);
    await fireEvent.click(await hook("find-submit"));
    expect((await hook("case-urn")).textContent).toBe("20NB1234526");
  });

  it("shows which cases have news", async () => {
    await open(iris, ["cases"]);
    await hook("case-row");
    expect(hooks("case-unread").map((tag) => tag.textContent)).toEqual(["3 new", "1 new"]);
  });
});

describe("a case at a glance", () => {
  it("shows custody, who is on record, and what has changed", async () => {
    await open(iris, ["cases", "case-1"]);
    await hook("case-urn");
    expect(hooks("bail").map((tag) => tag.textContent)).toEqual(["Remanded in custody", "Unconditional bail"]);
    expect(hooks("on-record")[0]?.textContent).toContain("Nobody on record");
    expect(hooks("change")).toHaveLength(3);
    await accessible();
  });

  it("is marked as seen, at the version that was shown, when it is left", async () => {
    const twin = await open(iris, ["cases", "case-1"]);
    await hook("case-urn");
    expect(twin.asked.some(({ name }) => name === "case.mark_seen")).toBe(false);
    await went("cases");
    await waitFor(() => expect(twin.asked.find(({ name }) => name === "case.mark_seen")?.request).toEqual({ case_id: "case-1", version: 7 }));
  });

  it("is not marked as seen by opening one of its papers", async () => {
    const twin = await open(iris, ["cases", "case-1"]);
    await hook("case-urn");
    await went("read", "material-1", { kind: "material", name: "IDPC.pdf", back: "#/cases/case-1" });
    await hook("viewer");
    await went("cases", "case-1");
    await hook("case-urn");
    expect(twin.asked.some(({ name }) => name === "case.mark_seen")).toBe(false);
    expect(hooks("change")).toHaveLength(3);
  });

  it("asks again when the server says that it changed", async () => {
    const twin = await open(iris, ["cases", "case-1"]);
    await hook("case-urn");
    twin.glance = { ...twin.glance, status: "Inactive" };
    twin.say("live", { position: 2, stale: ["case:case-1"], notice: null });
    await waitFor(() => expect(hooks("case-status")[0]?.textContent).toBe("Inactive"));
  });

  it("lets a firm go on record only with a basis", async () => {
    const twin = await open(iris, ["cases", "case-1"]);
    await fireEvent.click(await hook("associate"));
    expect(document.body.textContent).toContain("Select the basis of representation");
    await fireEvent.click(await hook("basis-PRIVATE"));
    await fireEvent.click(await hook("associate"));
    await waitFor(() => expect(hooks("on-record")[0]?.textContent).toContain("Thorne & Vale Solicitors, private"));
    expect(twin.asked.find(({ name }) => name === "defence.associate")?.request).toMatchObject({ defendant_id: "defendant-1", basis: "PRIVATE", instructed_on: "2026-11-23" });
  });
});

describe("who acts", () => {
  it("shows a conflict before a firm goes on record, and asks to confirm it", async () => {
    const twin = await open(iris, ["cases", "case-1"]);
    twin.conflicts = ["The same organisation is on record for Somebody Else, charged in the same case."];
    twin.say("live", { position: 2, stale: ["case:case-1"], notice: null });
    expect((await hook("conflict")).textContent).toContain("on record for Somebody Else");
    await fireEvent.click(await hook("basis-PRIVATE"));
    await fireEvent.click(await hook("associate-confirm"));
    await fireEvent.click(await hook("associate"));
    await waitFor(() => expect(twin.asked.find(({ name }) => name === "defence.associate")?.request).toMatchObject({ confirmed: true }));
  });

  it("gives somebody access and ends it", async () => {
    const twin = await open(iris, ["cases", "case-1"]);
    await fireEvent.click(await hook("basis-PRIVATE"));
    await fireEvent.click(await hook("associate"));
    twin.say("live", { position: 3, stale: ["case:case-1"], notice: null });
    await fireEvent.click(await hook("open-grant"));
    await type(await hook("grant-email"), "rosalind.quaye@fivewells.example.test");
    await fireEvent.click(await hook("grant"));
    expect((await hook("people-person")).dataset["name"]).toBe("Rosalind Quaye");
    await accessible();
    await fireEvent.click(await hook("remove-access"));
    await waitFor(() => expect(hooks("people-person")).toHaveLength(0));
  });
});

describe("serving material", () => {
  async function fill() {
    await fireEvent.change(await hook("serve-section"), { target: { value: "IDPC bundle" } });
    await type(await hook("serve-path"), "/papers/IDPC.pdf");
    await fireEvent.click(await hook("serve"));
  }

  it("shows how far it is, then that it is served", async () => {
    const twin = await open(kofi, ["cases", "case-1"]);
    await fill();
    await hook("serve-progress");
    await waitFor(() => expect(hooks("serve-status")[0]?.textContent).toContain("IDPC.pdf is served"));
    const upload = twin.asked.find(({ name }) => name === "material.serve")?.request as { upload_id: string };
    expect(upload).toMatchObject({ section: "IDPC bundle", name: "IDPC.pdf", defendant_id: null });
  });

  it("can be cancelled, and then nothing is served", async () => {
    const twin = await open(kofi, ["cases", "case-1"]);
    await fill();
    await fireEvent.click(await hook("serve-cancel"));
    await waitFor(() => expect(hooks("serve-status")[0]?.textContent).toContain("Nothing was served"));
    expect(twin.asked.some(({ name }) => name === "material.serve")).toBe(false);
  });

  it("of a file that is not there says so and keeps the path", async () => {
    await open(kofi, ["cases", "case-1"]);
    await fireEvent.change(await hook("serve-section"), { target: { value: "IDPC bundle" } });
    await type(await hook("serve-path"), "/papers/nothing");
    await fireEvent.click(await hook("serve"));
    expect((await hook("problem")).dataset["code"]).toBe("wrong_type");
    expect(((await hook("serve-path")) as HTMLInputElement).value).toBe("/papers/nothing");
  });
});
