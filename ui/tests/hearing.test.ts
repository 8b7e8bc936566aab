/** The day's list, the log, attendance and pleas. */
import { describe, expect, it } from "vitest";
import { accessible, ada, fireEvent, hook, hooks, open, press, type, waitFor } from "./court";
import type { Twin } from "../src/platform/browser";
import * as records from "../src/platform/twin/records";
import { goneWith } from "../src/screens/hearing/lines";
import { chosenLast } from "../src/state/chosen.svelte";

describe("the list of the day", () => {
  it("is walked with the arrow keys", async () => {
    await open(ada, ["hearings"]);
    const first = await hook("open-hearing-20NB1234526");
    await press("ArrowDown", document.body);
    expect(document.activeElement).toBe(first);
    await press("ArrowDown");
    expect(document.activeElement).toBe(await hook("open-hearing-20NB2201726"));
    await accessible();
  });

  it("of another day says that it is empty", async () => {
    await open(ada, ["hearings"]);
    const day = await hook("day");
    await fireEvent.change(day, { target: { value: "+1d" } });
    await waitFor(() => expect(document.body.textContent).toContain("No hearings are listed in this courtroom on 24 November 2026"));
  });

  it("remembers the courtroom", async () => {
    await open(ada, ["hearings"]);
    await fireEvent.change(await hook("courtroom"), { target: { value: "room-2" } });
    expect(chosenLast("courtroom")).toBe("room-2");
  });
});

describe("the log", () => {
  it("records an event with the note that was typed, and clears the note", async () => {
    const twin = await open(ada, ["hearings", "hearing-1", { tab: "log" }]);
    await type(await hook("log-note"), "With an interpreter.");
    await fireEvent.click(await hook("log-Mitigation"));
    await waitFor(() => expect(hooks("log-entry")[0]?.textContent).toContain("With an interpreter."));
    expect(((await hook("log-note")) as HTMLTextAreaElement).value).toBe("");
    expect(twin.asked.find(({ name }) => name === "hearing.log_event")?.request).toMatchObject({ version: 12, definition_id: "log-mitigation" });
    await accessible();
  });

  it("finds an event by typing", async () => {
    const twin = await open(ada, ["hearings", "hearing-1", { tab: "log" }]);
    const find = await hook("log-find");
    await type(find, "mitig");
    await press("Enter", find);
    await waitFor(() => expect(twin.hearing.log[0]?.label).toBe("Mitigation"));
  });

  it("keeps the note while another part of the hearing is open", async () => {
    await open(ada, ["hearings", "hearing-1", { tab: "log" }]);
    await type(await hook("log-note"), "Half a note");
    await fireEvent.keyDown(document.body, { code: "Digit3", key: "3", altKey: true });
    await hook("results");
    await fireEvent.keyDown(document.body, { code: "Digit1", key: "1", altKey: true });
    expect(((await hook("log-note")) as HTMLTextAreaElement).value).toBe("Half a note");
  });

  it("has the note again after a crash, and forgets it once it is logged", async () => {
    // What was typed in the window before this one is kept a moment later: not in this one.
    await new Promise((done) => setTimeout(done, 300));
    const twin = await open(ada, ["hearings", "hearing-1", { tab: "log" }], (court) => {
      court.keptWords.set("hearing-1", { log: "Half a note" });
    });
    const note = (await hook("log-note")) as HTMLTextAreaElement;
    await waitFor(() => expect(note.value).toBe("Half a note"));
    await type(note, "A whole note");
    await waitFor(() => expect(twin.keptWords.get("hearing-1")).toEqual({ log: "A whole note" }));
    await fireEvent.click(await hook("log-Mitigation"));
    await waitFor(() => expect(twin.keptWords.get("hearing-1")).toEqual({}));
  });

  it("keeps the note when the event was refused", async () => {
    await open(ada, ["hearings", "hearing-1", { tab: "log" }], (twin) => {
      twin.answers["hearing.log_event"] = () => {
        throw { code: "refused", title: "The hearing is paused.", detail: "", hint: "Resume it first.", reference: null };
      };
    });
    await type(await hook("log-note"), "A long note.");
    await fireEvent.click(await hook("log-Mitigation"));
    expect((await hook("problem")).textContent).toContain("Resume it first.");
    expect(((await hook("log-note")) as HTMLTextAreaElement).value).toBe("A long note.");
  });

  it("takes two quick events, the second over the first's version", async () => {
    const twin = await open(ada, ["hearings", "hearing-1", { tab: "log" }]);
    const button = await hook("log-Mitigation");
    await Promise.all([fireEvent.click(button), fireEvent.click(button)]);
    await waitFor(() => expect(twin.hearing.log).toHaveLength(4));
    const versions = twin.asked.filter(({ name }) => name === "hearing.log_event").map(({ request }) => (request as { version: number }).version);
    expect(versions).toEqual([12, 13]);
  });
});

describe("the parts of a hearing", () => {
  const key = (digit: number) => fireEvent.keyDown(document.body, { code: `Digit${digit}`, key: String(digit), altKey: true });

  it("are opened by their keys, and the cursor is where the work is", async () => {
    await open(ada, ["hearings", "hearing-1", { tab: "results" }]);
    await hook("results");
    await key(1);
    await waitFor(() => expect(document.activeElement).toBe(document.querySelector('[data-test="log-find"]')));
    await key(2);
    await waitFor(() => expect(document.activeElement?.closest('[data-test="pleas"], .court-tab')).not.toBeNull());
    await key(3);
    await waitFor(() => expect(document.activeElement?.matches("[data-stop], [data-entry]")).toBe(true));
  });

  it("stay where they are when the hearing is started, with the cursor in them", async () => {
    const start = { definition_id: "log-start", label: "Hearing started", group: "", control: "start" };
    const choices: unknown[] = [];
    await open(ada, ["hearings", "hearing-1"], (twin) => {
      choices.push(...twin.hearing.log_choices);
      twin.hearing = { ...twin.hearing, state: "listed", log: [], log_choices: [start] } as typeof twin.hearing;
      twin.answers["hearing.log_event"] = () => {
        twin.hearing = { ...twin.hearing, state: "started", version: twin.hearing.version + 1, log_choices: choices } as typeof twin.hearing;
        return { version: twin.hearing.version };
      };
    });
    const button = await hook("log-Hearing started");
    expect(document.body.textContent).toContain("Start the hearing, then log what happens in it.");
    await fireEvent.click(button);
    await waitFor(() => expect(document.activeElement).toBe(document.querySelector('[data-test="log-find"]')));
  });
});

it("a hearing that is paused or ended leaves the cursor where one goes on", async () => {
  const control = (name: string) => ({ definition_id: `log-${name}`, label: name, group: "", control: name });
  await open(ada, ["hearings", "hearing-1", { tab: "log" }], (twin) => {
    const events = twin.hearing.log_choices.filter((choice) => !choice.control);
    twin.hearing = { ...twin.hearing, log_choices: [control("pause"), ...events] };
    twin.answers["hearing.log_event"] = ({ definition_id }) => {
      const next = definition_id === "log-pause" ? [control("resume")] : [];
      twin.hearing = { ...twin.hearing, version: twin.hearing.version + 1, log_choices: [...next, ...events] };
      return { version: twin.hearing.version };
    };
  });
  await fireEvent.click(await hook("log-pause"));
  await waitFor(async () => expect(document.activeElement).toBe(await hook("log-resume")));
  await fireEvent.click(await hook("log-resume"));
  await waitFor(() => expect(document.activeElement).toBe(document.querySelector('[data-test="log-find"]')));
});

describe("pleas", () => {
  it("are entered with a letter and Enter, and the cursor goes to the next", async () => {
    const twin = await open(ada, ["hearings", "hearing-1", { tab: "pleas" }]);
    const plea = await hook("plea-2");
    await type(plea, "n");
    await press("Enter", plea);
    await waitFor(() => expect(twin.hearing.defendants[0]?.offences[1]?.plea_value).toBe("NOT_GUILTY"));
    await accessible();
  });

  it("are not recorded by walking through the list", async () => {
    const twin = await open(ada, ["hearings", "hearing-1", { tab: "pleas" }]);
    const plea = await hook("plea-2");
    plea.focus();
    await press("ArrowDown", plea);
    await press("ArrowDown", plea);
    await fireEvent.blur(plea);
    expect(twin.asked.some(({ name }) => name === "hearing.enter_plea")).toBe(false);
  });

  it("stand beside verdicts, which are entered the same way on what is not admitted", async () => {
    const twin = await open(ada, ["hearings", "hearing-1", { tab: "pleas" }]);
    expect((await hook("verdict-1")).tagName).toBe("P");
    const verdict = await hook("verdict-2");
    await type(verdict, "found g");
    await press("Enter", verdict);
    const found = () => twin.hearing.defendants[0]?.offences[1]?.verdict;
    await waitFor(() => expect(found()).toMatchObject({ code: "G", day: twin.hearing.day, majority: null }));
    await fireEvent.change(await hook("verdict-2-majority"), { target: { value: "10-2" } });
    await waitFor(() => expect(found()).toMatchObject({ code: "G", majority: { agreed: 10, dissented: 2 } }));
    await fireEvent.change(await hook("verdict-2-day"), { target: { value: "2026-11-09" } });
    await waitFor(() => expect(found()).toMatchObject({ day: "2026-11-09", majority: { agreed: 10, dissented: 2 } }));
    await accessible();
    await type(verdict, "back");
    await press("Enter", verdict);
    await waitFor(() => expect(found()).toBeNull());
  });

  it("have the other offence that was being typed again after a crash, until it is recorded", async () => {
    const kept = "verdict offence-2 NGLOC";
    const twin = await open(ada, ["hearings", "hearing-1", { tab: "pleas" }], (court) => {
      court.keptWords.set("hearing-1", { [kept]: "Common ass" });
    });
    const instead = (await hook("verdict-2-instead")) as HTMLInputElement;
    await waitFor(() => expect(instead.value).toBe("Common ass"));
    await type(instead, "Common assault");
    await waitFor(() => expect(twin.keptWords.get("hearing-1")).toEqual({ [kept]: "Common assault" }));
    await press("Enter", instead);
    await waitFor(() => expect(twin.hearing.defendants[0]?.offences[1]?.verdict).toMatchObject({ code: "NGLOC", instead: "Common assault" }));
    await waitFor(() => expect(twin.keptWords.get("hearing-1")?.[kept] ?? "").toBe(""));
    expect(hooks("verdict-2-instead")).toHaveLength(0);
  });

  it("wait for the other offence where a verdict names one", async () => {
    const twin = await open(ada, ["hearings", "hearing-1", { tab: "pleas" }]);
    const verdict = await hook("verdict-2");
    await type(verdict, "lesser");
    await press("Enter", verdict);
    const instead = await hook("verdict-2-instead");
    await press("Enter", instead);
    expect(twin.asked.some(({ name }) => name === "hearing.enter_verdict")).toBe(false);
    await type(instead, "Common assault");
    await press("Enter", instead);
    await waitFor(() => expect(twin.hearing.defendants[0]?.offences[1]?.verdict).toMatchObject({ code: "NGLOC", instead: "Common assault" }));
  });

  it("stand beside attendance", async () => {
    const twin = await open(ada, ["hearings", "hearing-1", { tab: "pleas" }]);
    await hook("plea-1");
    await fireEvent.click(hooks("attendance-IN_PERSON")[1] ?? document.body);
    await waitFor(() => expect(twin.hearing.defendants[1]?.attendance).toBe("IN_PERSON"));
  });
});

it("a lost connection is told calmly, and everything is asked for again when it is back", async () => {
  const twin = await open(ada, ["hearings"]);
  await hook("open-hearing-20NB1234526");
  twin.say("connection", { up: false });
  expect((await hook("connection-down")).textContent).toContain("Nothing you typed is lost");
  const before = twin.asked.length;
  twin.say("connection", { up: true });
  await waitFor(() => expect(twin.asked.length).toBeGreaterThan(before));
  expect(hooks("connection-down")).toEqual([]);
});

describe("another case of the same person", () => {
  const other = { hearing_id: "hearing-9", time: "11:30", courtroom: "Courtroom 3", kind: "First hearing", urns: ["20NB9990126"], people: ["Siân Vaughan"], possible: [] as string[], told_apart: false };

  it("is offered to be heard together, and taken in by one press", async () => {
    const twin = await open(ada, ["hearings", "hearing-1"], (twin) => {
      twin.alsoListed = [other];
      twin.hearing = { ...twin.hearing, may: [...twin.hearing.may, "hear_together"] };
    });
    const said = await hook("also-listed");
    expect(said.textContent).toContain("Siân Vaughan is also listed today in 20NB9990126: First hearing, 11:30, Courtroom 3.");
    await accessible();
    await fireEvent.click(await hook("hear-together"));
    await waitFor(() => expect(hooks("also-listed")).toHaveLength(0));
    expect(twin.asked.find(({ name }) => name === "hearing.hear_together")?.request).toMatchObject({ hearing_id: "hearing-1", other_id: "hearing-9", version: 12 });
  });

  it("who may be the same person is taken in once somebody says why", async () => {
    const twin = await open(ada, ["hearings", "hearing-1"], (twin) => {
      twin.alsoListed = [{ ...other, people: [], possible: ["Siân Vaughan"] }];
      twin.hearing = { ...twin.hearing, may: [...twin.hearing.may, "hear_together"] };
    });
    const said = await hook("also-listed");
    expect(said.textContent).toContain("Siân Vaughan may also be listed today in 20NB9990126");
    await accessible();
    const button = (await hook("hear-together")) as HTMLButtonElement;
    expect(button.disabled).toBe(true);
    await fireEvent.input(await hook("same-person"), { target: { value: "She moved in May." } });
    await waitFor(() => expect(button.disabled).toBe(false));
    await fireEvent.click(button);
    await waitFor(() => expect(hooks("also-listed")).toHaveLength(0));
    expect(twin.asked.find(({ name }) => name === "hearing.hear_together")?.request).toMatchObject({ reason: "She moved in May." });
  });

  const together = (twin: Twin) => {
    twin.heardWith = [{ case_id: "case-9", urns: ["20NB9990126"], people: ["Siân Vaughan"], time: "11:30", courtroom: "Courtroom 3", kind: "First hearing" }];
    twin.asOne = [{ defendant_id: "defendant-9", name: "Siân Vaughan", urn: "20NB9990126", others: ["20NB1234526"], documents: [] }];
    twin.hearing = { ...twin.hearing, may: [...twin.hearing.may, "hear_together", "tell_apart"] };
  };

  it("that was taken in is taken apart again, with a reason, once what is typed is saved", async () => {
    const twin = await open(ada, ["hearings", "hearing-1"], together);
    expect((await hook("heard-with")).textContent).toContain("Siân Vaughan in 20NB9990126 is heard together with this hearing. By itself: First hearing, 11:30, Courtroom 3.");
    await fireEvent.click(await hook("open-take-apart"));
    const reason = await hook("why-apart");
    await waitFor(() => expect(document.activeElement).toBe(reason));
    await accessible();
    const button = (await hook("take-apart")) as HTMLButtonElement;
    expect(button.disabled).toBe(true);
    await fireEvent.click(await hook("two-people"));
    await fireEvent.input(reason, { target: { value: "Two cousins." } });
    await waitFor(() => expect(button.disabled).toBe(false));
    await fireEvent.click(button);
    await waitFor(() => expect(hooks("heard-with")).toHaveLength(0));
    // What was pressed is gone; the cursor is where the work is.
    await waitFor(() => expect(document.activeElement).not.toBe(document.body));
    expect(twin.asked.find(({ name }) => name === "hearing.take_apart")?.request).toMatchObject({ hearing_id: "hearing-1", case_id: "case-9", two_people: true, reason: "Two cousins." });
  });

  it("may be another person's, which is said with what was made of both", async () => {
    const twin = await open(ada, ["hearings", "hearing-1"], (twin) => {
      together(twin);
      twin.asOne = twin.asOne.map((one) => ({ ...one, documents: ["Warrant for custodial sentence: HMP Aldermoor"] }));
    });
    expect((await hook("counts-as-one")).textContent).toContain("Siân Vaughan in 20NB9990126 counts as one person with the one in 20NB1234526.");
    await fireEvent.click(await hook("open-tell-apart"));
    expect((await hook("names-both")).textContent).toContain("Warrant for custodial sentence: HMP Aldermoor");
    await accessible();
    await fireEvent.input(await hook("why-apart"), { target: { value: "Two cousins." } });
    await fireEvent.click(await hook("tell-apart"));
    await waitFor(() => expect(hooks("counts-as-one")).toHaveLength(0));
    expect(twin.asked.find(({ name }) => name === "hearing.tell_apart")?.request).toMatchObject({ defendant_id: "defendant-9", reason: "Two cousins." });
  });

  it("what is typed for a case that is heard apart since goes with it", async () => {
    const typed = { line_id: "line-9", definition_id: "definition-9", defendant_id: "defendant-9", offence_id: "offence-9", parent: null, answers: { a: "1" } };
    const words = { defendant_id: "defendant-9", offence_id: "offence-9", text: "fo 2" };
    const sent = { lines: [typed, { ...typed, line_id: "line-1" }], unresolved: [words, { ...words, defendant_id: "defendant-1" }] };
    const draft = { ...records.hearing().draft, lines: [{ line: { ...typed, line_id: "line-1" }, text: "", definition: { definition_id: "definition-9", code: "FO", label: "Fine", category: "", level: "" } }], unresolved: [{ ...words, defendant_id: "defendant-1" }] };
    expect(goneWith(sent, draft)).toEqual({ lines: [typed], words: [{ key: "defendant-9 offence-9", text: "fo 2" }] });
  });

  it("is not asked for by whoever may not take it in", async () => {
    const twin = await open(ada, ["hearings", "hearing-1"]);
    await hook("people");
    expect(twin.asked.some(({ name }) => name === "hearing.also_listed")).toBe(false);
  });
});
