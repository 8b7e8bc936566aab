/** Typing results: by keyboard, saved as typed, shared when ready. */
import { describe, expect, it } from "vitest";
import type { Twin } from "../src/platform/browser";
import { search } from "../src/platform/twin/parse";
import { accessible, ada, field, fireEvent, hook, hooks, open, press, result, type, waitFor } from "./court";

const where = ["hearings", "hearing-1", { tab: "results" }] as const;

function saves(twin: Twin) {
  return twin.asked.filter(({ name }) => name === "hearing.save_draft");
}

async function saved() {
  await waitFor(async () => expect((await hook("saving")).dataset["status"]).toBe("saved"));
}

describe("the completion", () => {
  it("offers what fits, and Enter takes what is marked", async () => {
    await open(ada, [...where]);
    const entry = await hook("result-entry-1");
    await type(entry, "remand");
    await waitFor(() => expect(hooks("option").length).toBe(2));
    await press("ArrowDown", entry);
    await press("Enter", entry);
    expect((await hook("line")).dataset["line"]).toBe("REMCB");
    expect((entry as HTMLInputElement).value).toBe("");
    await accessible();
  });

  it("closes on Escape and keeps the text", async () => {
    const twin = await open(ada, [...where]);
    const entry = await hook("result-entry-1");
    await type(entry, "remand");
    await waitFor(() => expect(hooks("option").length).toBe(2));
    await press("Escape", entry);
    expect(hooks("option")).toEqual([]);
    await saved();
    expect(saves(twin).at(-1)?.request).toMatchObject({ lines: [], unresolved: [{ text: "remand", offence_id: "offence-1" }] });
  });

  it("takes an exact code even when Enter comes before the list", async () => {
    await open(ada, [...where]);
    const entry = await hook("result-entry-1");
    await type(entry, "fo");
    await press("Enter", entry);
    expect((await hook("line")).dataset["line"]).toBe("FO");
  });

  it("takes nothing unseen when the text is no code", async () => {
    await open(ada, [...where]);
    const entry = await hook("result-entry-1");
    await type(entry, "rem");
    await press("Enter", entry);
    await waitFor(() => expect(hooks("option").length).toBeGreaterThan(0));
    expect(hooks("line")).toEqual([]);
  });

  it("never lies over what was understood: suggestions stand below it", async () => {
    await open(ada, [...where]);
    const entry = await hook("result-entry-1");
    await type(entry, "remand");
    const [option] = await waitFor(() => (hooks("option").length ? hooks("option") : Promise.reject(new Error("nothing is offered"))));
    const understood = entry.closest(".combo")?.querySelector('[data-test="understood"]');
    expect(understood?.textContent).not.toBe("");
    expect((understood?.compareDocumentPosition(option as Node) ?? 0) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  });

  it("says when nothing fits", async () => {
    await open(ada, [...where]);
    await type(await hook("result-entry-1"), "zzz");
    await waitFor(() => expect(document.body.textContent).toContain("No result fits “zzz”"));
  });

  it("puts values typed after the code into the first questions", async () => {
    await open(ada, [...where]);
    await result("result-entry-2", "fo 200");
    await waitFor(async () => expect((await field("FO", "AOF")).value).toBe("£200.00"));
  });
});

/** The pieces shown under a typing line. */
function pieces(): (string | undefined)[] {
  return hooks("piece").map((piece) => piece.dataset["code"]);
}

describe("the typing grammar", () => {
  it("shows what is understood as it is typed, and what is missing", async () => {
    await open(ada, [...where]);
    await type(await hook("result-entry-1"), "fo 250; ri bc lo; wdrn");
    await waitFor(() => expect(pieces()).toEqual(["FO", "RI", "WDRN"]));
    expect(hooks("given").map((given) => given.textContent)).toContain("Amount of fine: £250.00");
    expect(hooks("missing")[0]?.textContent).toContain("Prison");
    expect(hooks("piece")[0]?.dataset["complete"]).toBe("true");
    expect(hooks("piece")[1]?.dataset["complete"]).toBe("false");
    await accessible();
  });

  it("adds all results with their answers on Enter, and the cursor goes to the first question that is missing", async () => {
    const twin = await open(ada, [...where]);
    await result("result-entry-1", "fo 250; wdrn");
    await waitFor(() => expect(hooks("line").map((line) => line.dataset["line"])).toEqual(["FO", "WDRN"]));
    const details = await field("WDRN", "details");
    await waitFor(() => expect(document.activeElement).toBe(details));
    await saved();
    const { lines, unresolved } = saves(twin).at(-1)?.request as { lines: { answers: Record<string, string>; offence_id: string | null }[]; unresolved: unknown[] };
    expect(lines[0]).toMatchObject({ answers: { AOF: "250.00" }, offence_id: "offence-1" });
    expect(unresolved).toEqual([]);
  });

  it("puts what is ordered once with the defendant as a whole", async () => {
    const twin = await open(ada, [...where]);
    await result("result-entry-1", "fo 250; fvs 100");
    await saved();
    const { lines } = saves(twin).at(-1)?.request as { lines: { offence_id: string | null }[] };
    expect(lines.map((line) => line.offence_id)).toEqual(["offence-1", null]);
  });

  it("puts a result under the one that asks for it", async () => {
    const twin = await open(ada, [...where]);
    await result("result-entry-1", "adjr; doc");
    await saved();
    const { lines } = saves(twin).at(-1)?.request as { lines: { line_id: string; parent: string | null }[] };
    expect(lines[1]?.parent).toBe(lines[0]?.line_id);
  });

  it("keeps what it does not understand in the line, and says so", async () => {
    const twin = await open(ada, [...where]);
    const entry = (await hook("result-entry-1")) as HTMLInputElement;
    await type(entry, "fo 250 banana; remand");
    await waitFor(() => expect(pieces()).toEqual(["FO", ""]));
    expect(hooks("not-understood")[0]?.textContent).toContain("banana");
    await press("Escape", entry);
    await press("Enter", entry);
    await waitFor(() => expect(hooks("line")).toHaveLength(1));
    expect(entry.value).toBe("banana; remand");
    await waitFor(() => expect(document.activeElement).toBe(entry));
    await saved();
    expect(saves(twin).at(-1)?.request).toMatchObject({ unresolved: [{ text: "banana; remand", offence_id: "offence-1" }] });
  });

  it("keeps the text when the server cannot be asked", async () => {
    await open(ada, [...where], (court) => {
      court.answers["result.parse"] = () => {
        throw { code: "unreachable", title: "The server cannot be reached.", detail: "", hint: "Try again.", reference: null };
      };
    });
    const entry = (await hook("result-entry-1")) as HTMLInputElement;
    await type(entry, "fo 250");
    await press("Enter", entry);
    await saved();
    expect(entry.value).toBe("fo 250");
    expect(hooks("line")).toEqual([]);
  });

  it("completes a code by Tab and stays; a second Tab goes on", async () => {
    await open(ada, [...where]);
    const entry = (await hook("result-entry-1")) as HTMLInputElement;
    await type(entry, "wdr");
    await waitFor(() => expect(hooks("option").length).toBeGreaterThan(0));
    expect(await fireEvent.keyDown(entry, { key: "Tab", code: "Tab" })).toBe(false);
    await waitFor(() => expect(entry.value).toBe("WDRN "));
    await waitFor(() => expect(pieces()).toEqual(["WDRN"]));
    expect(await fireEvent.keyDown(entry, { key: "Tab", code: "Tab" })).toBe(true);
  });

  it("lets the latest answer win", async () => {
    const twin = await open(ada, [...where]);
    const real = twin.answers["result.parse"];
    const late: (() => void)[] = [];
    twin.rpc = ((rpc) => async (name, request, command) => {
      const answer = await rpc.call(twin, name, request, command);
      if (name === "result.parse" && (request as { text: string }).text === "fo") await new Promise<void>((done) => late.push(done));
      return answer;
    })(twin.rpc) as Twin["rpc"];
    const entry = await hook("result-entry-1");
    await type(entry, "fo");
    await waitFor(() => expect(late).toHaveLength(1));
    await type(entry, "fo; wdrn");
    await waitFor(() => expect(pieces()).toEqual(["FO", "WDRN"]));
    late[0]?.();
    await waitFor(() => expect(pieces()).toEqual(["FO", "WDRN"]));
    expect(twin.answers["result.parse"]).toBe(real);
  });
});

describe("copying", () => {
  it("gives all offences what one has, by keyboard, and overwrites nothing", async () => {
    const twin = await open(ada, [...where]);
    await result("result-entry-2", "dism");
    await result("result-entry-1", "fo 250; dism");
    await waitFor(() => expect(hooks("line")).toHaveLength(3));
    const entry = await hook("result-entry-1");
    entry.focus();
    await fireEvent.keyDown(entry, { key: "o", code: "KeyO", altKey: true });
    await waitFor(() => expect(hooks("line")).toHaveLength(4));
    expect(document.activeElement).toBe(entry);
    expect((await hook("copied")).textContent).toContain("Copied to 1 place");
    await saved();
    const { lines } = saves(twin).at(-1)?.request as { lines: { answers: Record<string, string>; offence_id: string | null; line_id: string }[] };
    expect(lines.filter((line) => line.answers["AOF"] === "250.00").map((line) => line.offence_id)).toEqual(["offence-1", "offence-2"]);
    expect(new Set(lines.map((line) => line.line_id)).size).toBe(4);
  });

  it("gives another person nothing that is the first one's own, and another offence of the same person everything", async () => {
    const twin = await open(ada, [...where]);
    const driver = "defendantDrivingLicenceNumber";
    await result("result-entry-1", "ddo 12m");
    await type(await field("DDO", driver), "ASHBY904187M99AB");
    const entry = await hook("result-entry-1");
    entry.focus();
    await fireEvent.keyDown(entry, { key: "o", code: "KeyO", altKey: true });
    await fireEvent.keyDown(entry, { key: "d", code: "KeyD", altKey: true });
    await waitFor(() => expect(hooks("line")).toHaveLength(3));
    await saved();
    type Sent = { lines: { answers: Record<string, string>; defendant_id: string; offence_id: string }[] };
    const sent = () => (saves(twin).at(-1)?.request as Sent).lines.map((line) => [line.offence_id, line.answers["disqualificationPeriod"], line.answers[driver]]);
    expect(sent()).toEqual([
      ["offence-1", "12 months", "ASHBY904187M99AB"],
      ["offence-2", "12 months", "ASHBY904187M99AB"],
      ["offence-3", "12 months", undefined],
    ]);
  });

  it("waits for the questions of a result before it gives it to another person", async () => {
    const late: (() => void)[] = [];
    const line = { line_id: "line-1", definition_id: search("ddo")[0]?.definition_id ?? "", defendant_id: "defendant-1", offence_id: "offence-1", parent: null, answers: { disqualificationPeriod: "12 months", defendantDrivingLicenceNumber: "ASHBY904187M99AB" } };
    const twin = await open(ada, [...where], (court) => {
      court.kept.set("hearing-1", { revision: 3, lines: [line], unresolved: [] });
      court.rpc = ((rpc) => async (name, request, command) => {
        const answer = await rpc.call(court, name, request, command);
        if (name === "result.definition") await new Promise<void>((done) => late.push(done));
        return answer;
      })(court.rpc) as Twin["rpc"];
    });
    await hook("line");
    const entry = await hook("result-entry-1");
    entry.focus();
    await fireEvent.keyDown(entry, { key: "d", code: "KeyD", altKey: true });
    await waitFor(() => expect(late.length).toBeGreaterThan(0));
    expect(hooks("line")).toHaveLength(1);
    for (const answer of late.splice(0)) answer();
    await waitFor(() => expect(hooks("line")).toHaveLength(2));
    await saved();
    const { lines } = saves(twin).at(-1)?.request as { lines: { answers: Record<string, string> }[] };
    expect(lines[1]?.answers).toEqual({ disqualificationPeriod: "12 months" });
  });

  it("says when there is nothing to copy", async () => {
    await open(ada, [...where]);
    const entry = await hook("result-entry-1");
    entry.focus();
    await fireEvent.keyDown(entry, { key: "o", code: "KeyO", altKey: true });
    await waitFor(async () => expect((await hook("copied")).textContent).toContain("Nothing to copy"));
  });
});

describe("the page that explains the grammar", () => {
  it.each([
    ["F1", "F1"],
    ["?", "Slash"],
  ])("opens by %s, closes by Escape and gives the cursor back", async (key, code) => {
    await open(ada, [...where]);
    const entry = (await hook("result-entry-1")) as HTMLInputElement;
    entry.focus();
    await fireEvent.keyDown(entry, { key, code });
    const help = await hook("grammar-help");
    expect(help.contains(document.activeElement)).toBe(true);
    await accessible();
    await press("Escape");
    await waitFor(() => expect(hooks("grammar-help")).toEqual([]));
    expect(document.activeElement).toBe(entry);
    expect(entry.value).toBe("");
  });

  it("leaves a question mark within a text alone", async () => {
    await open(ada, [...where]);
    const entry = (await hook("result-entry-1")) as HTMLInputElement;
    await type(entry, "wdrn why");
    await fireEvent.keyDown(entry, { key: "?", code: "Slash" });
    expect(hooks("grammar-help")).toEqual([]);
  });
});

describe("a result line", () => {
  it("has the cursor in its first question that is needed", async () => {
    await open(ada, [...where]);
    await result("result-entry-1", "ri");
    const first = await field("RI", "remandBasis");
    await waitFor(() => expect(document.activeElement).toBe(first));
  });

  it("answers a list by code, and Enter goes on; a bare Enter answers nothing", async () => {
    const twin = await open(ada, [...where]);
    await result("result-entry-1", "ri");
    const basis = await field("RI", "remandBasis");
    await waitFor(() => expect(document.activeElement).toBe(basis));
    await press("Enter");
    expect(basis.value).toBe("");
    await type(basis, "bc");
    await press("Enter", basis);
    await waitFor(() => expect(basis.value).toBe("Before conviction"));
    await saved();
    const { lines } = saves(twin).at(-1)?.request as { lines: { answers: Record<string, string> }[] };
    expect(lines[0]?.answers["remandBasis"]).toBe("BC");
  });

  it("keeps a date as ISO and shows it in words; what cannot be read stays and is told", async () => {
    const twin = await open(ada, [...where]);
    await result("result-entry-1", "coew");
    const end = await field("COEW", "endDate");
    await type(end, "+28d");
    await press("Enter", end);
    await waitFor(() => expect(end.value).toBe("21 Dec 2026"));
    await type(end, "one fine day");
    await fireEvent.blur(end);
    await waitFor(() => expect(document.body.textContent).toContain("Not a date"));
    expect(end.value).toBe("one fine day");
    await saved();
    const { lines } = saves(twin).at(-1)?.request as { lines: { answers: Record<string, string> }[] };
    expect(lines[0]?.answers["endDate"]).toBe("one fine day");
  });

  it("reads a day without a year as past where the question is about the past, in the line and in its field", async () => {
    const twin = await open(ada, [...where]);
    await result("result-entry-1", "timp 4/3");
    const imposed = await field("TIMP", "consecutiveToSentenceImposedOn");
    await waitFor(() => expect(imposed.value).toBe("4 Mar 2026"));
    await type(imposed, "4/12");
    await press("Enter", imposed);
    await waitFor(() => expect(imposed.value).toBe("4 Dec 2025"));
    await result("result-entry-2", "coew");
    const end = await field("COEW", "endDate");
    await type(end, "4/3");
    await press("Enter", end);
    await waitFor(() => expect(end.value).toBe("4 Mar 2027"));
    await saved();
    const { lines } = saves(twin).at(-1)?.request as { lines: { answers: Record<string, string> }[] };
    expect(lines[0]?.answers["consecutiveToSentenceImposedOn"]).toBe("2025-12-04");
  });

  it("fills a name and address from the directory by picking a name", async () => {
    const twin = await open(ada, [...where]);
    await result("result-entry-1", "nhmc");
    const house = await field("NHMC", "hCHOUSEOrganisationName");
    await type(house, "north");
    await press("Enter", house);
    await waitFor(() => expect(document.body.textContent).toContain("Castle Street, Northbridge, NB1 3ZA"));
    await saved();
    const { lines } = saves(twin).at(-1)?.request as { lines: { answers: Record<string, string> }[] };
    expect(lines[0]?.answers).toMatchObject({ hCHOUSEAddress1: "Castle Street", hCHOUSEPostCode: "NB1 3ZA" });
  });

  it("offers what must be under it, and adds it as its child", async () => {
    const twin = await open(ada, [...where]);
    await result("result-entry-1", "vsa");
    await waitFor(() => expect(hooks("add-child").map((offer) => offer.dataset["code"])).toEqual(["FVS", "NOVS"]));
    await waitFor(() => expect(document.activeElement).toBe(hooks("add-child")[0]));
    await fireEvent.click(hooks("add-child")[0] ?? document.body);
    await waitFor(() => expect(hooks("add-child").map((offer) => offer.dataset["code"])).not.toContain("NOVS"));
    await saved();
    const { lines } = saves(twin).at(-1)?.request as { lines: { line_id: string; parent: string | null }[] };
    expect(lines).toHaveLength(2);
    expect(lines[1]?.parent).toBe(lines[0]?.line_id);
  });

  it("asks no offence for what is there once for the defendant, under whatever it was typed", async () => {
    await open(ada, [...where]);
    await result("result-entry-1", "imp 6m");
    await result("result-entry-2", "imp 6m");
    const offered = () => hooks("add-child").filter((offer) => offer.dataset["code"] === "VSA");
    await waitFor(() => expect(offered()).toHaveLength(2));
    await fireEvent.click(offered()[0] ?? document.body);
    await waitFor(() => expect(hooks("line").map((line) => line.dataset["line"])).toContain("VSA"));
    await waitFor(() => expect(offered()).toEqual([]));
    // What belongs to an offence is asked for at each of them.
    expect(hooks("add-child").filter((offer) => offer.dataset["code"] === "TIMP")).toHaveLength(2);
  });

  it("takes its children along when it is removed, and the cursor stays in its place", async () => {
    const twin = await open(ada, [...where]);
    await result("result-entry-1", "vsa");
    await waitFor(() => expect(hooks("add-child")).toHaveLength(2));
    await fireEvent.click(hooks("add-child")[0] ?? document.body);
    await waitFor(() => expect(hooks("line")).toHaveLength(2));
    await fireEvent.click(hooks("remove-line")[0] ?? document.body);
    expect(hooks("line")).toEqual([]);
    expect(document.activeElement).toBe(await hook("result-entry-defendant"));
    await saved();
    expect(saves(twin).at(-1)?.request).toMatchObject({ lines: [] });
  });
});

describe("saving", () => {
  it("never moves the cursor", async () => {
    await open(ada, [...where]);
    await result("result-entry-2", "wdrn");
    const details = await field("WDRN", "details");
    await waitFor(() => expect(document.activeElement).toBe(details));
    await saved();
    expect(document.activeElement).toBe(details);
    expect((await field("WDRN", "details"))).toBe(details);
  });

  it("keeps what is typed on this computer until the server has it", async () => {
    const twin = await open(ada, [...where], (court) => {
      court.answers["hearing.save_draft"] = () => {
        throw { code: "unreachable", title: "The server cannot be reached.", detail: "", hint: "Try again.", reference: null };
      };
    });
    await result("result-entry-1", "dism");
    await waitFor(async () => expect((await hook("saving")).dataset["status"]).toBe("unreachable"));
    expect(twin.kept.get("hearing-1")?.lines).toHaveLength(1);
    expect((await hook("share-reason")).textContent).not.toBe("");
  });

  it("leaves with the court what was typed in a hearing that was closed, and keeps nothing of it on this computer", async () => {
    const twin = await open(ada, [...where], (court) => {
      court.answers["hearing.save_draft"] = () => {
        throw { code: "not_found", title: "There is nothing here.", detail: "", hint: "Check the address.", reference: null };
      };
      court.kept.set("hearing-1", { revision: 0, lines: [], unresolved: [] });
    });
    await result("result-entry-1", "dism");
    await waitFor(async () => expect((await hook("saving")).dataset["status"]).toBe("problem"));
    await waitFor(() => expect(twin.kept.has("hearing-1")).toBe(false));
    expect(twin.left.at(-1)?.lines).toHaveLength(1);
    expect(twin.left.at(-1)?.about?.cases).toEqual(["case-1"]);
    expect(Object.values(twin.left.at(-1)?.about?.places ?? {})).toContain("Defendant 1, offence 1");
    expect((await hook("left-with-court")).textContent).toContain("left with the court");
    // Nor of what is typed on before the window goes.
    await type(await hook("result-entry-2"), "imp 6m");
    await new Promise((done) => setTimeout(done, 600));
    expect(twin.kept.has("hearing-1")).toBe(false);
  });

  it("shows beside the results what somebody else had typed and not sent", async () => {
    await open(ada, [...where], (court) => {
      court.hearing.left = [{ by: "Imogen Vasey", at: "2026-11-23T10:12:00Z", typed: [{ place: "Marlow Ashby, offence 1", text: "fine 250" }, { place: "", text: "words" }] }];
    });
    expect((await hook("left")).textContent).toContain("Imogen Vasey had typed");
    expect((await hook("left")).textContent).toContain("Marlow Ashby, offence 1: fine 250");
    await accessible();
  });

  it("never says that something is kept which is not", async () => {
    const twin = await open(ada, [...where], (court) => {
      court.full = true;
    });
    const save = twin.answers["hearing.save_draft"];
    let reached = false;
    twin.answers["hearing.save_draft"] = (request) => {
      if (reached) return save(request);
      throw { code: "unreachable", title: "The server cannot be reached.", detail: "", hint: "Try again.", reference: null };
    };
    await result("result-entry-1", "dism");
    await waitFor(async () => expect((await hook("saving")).dataset["status"]).toBe("unreachable"));
    await waitFor(async () => expect((await hook("saving")).textContent).toContain("Not kept"));
    expect((await hook("saving")).textContent).not.toContain("Kept on this computer");
    reached = true;
    await waitFor(async () => expect((await hook("saving")).dataset["status"]).toBe("saved"), { timeout: 5000 });
    expect((await hook("saving")).textContent).not.toContain("ot kept");
  });

  it("sends every keystroke to the server within a second, however long somebody types without a pause", async () => {
    const twin = await open(ada, [...where]);
    const entry = await hook("result-entry-1");
    const typed: { text: string; at: number }[] = [];
    const sent: { text: string; at: number }[] = [];
    const save = twin.answers["hearing.save_draft"];
    twin.answers["hearing.save_draft"] = (request) => {
      const [unresolved] = request.unresolved;
      sent.push({ text: unresolved?.text ?? "", at: performance.now() });
      return save(request);
    };
    // Two seconds of typing, never a pause that would save by itself.
    for (let text = "q"; text.length < 26; text += "q") {
      await type(entry, text);
      typed.push({ text, at: performance.now() });
      await new Promise((done) => setTimeout(done, 80));
    }
    await saved();
    expect(sent.length).toBeGreaterThan(1);
    for (const { text, at } of typed) {
      const arrived = sent.find((one) => one.text.startsWith(text));
      expect(arrived, text).toBeDefined();
      expect((arrived?.at ?? 0) - at, `${text.length} keys`).toBeLessThan(1000);
    }
  });

  it("sends the same command again when the answer was lost", async () => {
    const twin = await open(ada, [...where]);
    const save = twin.answers["hearing.save_draft"];
    let lost = false;
    twin.answers["hearing.save_draft"] = (request) => {
      if (lost) return { draft: twin.hearing.draft };
      lost = true;
      save(request);
      throw { code: "unreachable", title: "The server cannot be reached.", detail: "", hint: "Try again.", reference: null };
    };
    await result("result-entry-1", "dism");
    await waitFor(() => expect(saves(twin)).toHaveLength(2));
    expect(saves(twin)[0]?.commandId).toBe(saves(twin)[1]?.commandId);
    expect(saves(twin)[0]?.request).toEqual(saves(twin)[1]?.request);
    await saved();
  });

  it("brings back what was typed when the app closed before it was saved", async () => {
    await open(ada, [...where], (twin) => {
      const line = { line_id: "line-1", definition_id: search("dism")[0]?.definition_id ?? "", defendant_id: "defendant-1", offence_id: "offence-1", parent: null, answers: {} };
      twin.kept.set("hearing-1", { revision: 3, lines: [line], unresolved: [{ defendant_id: "defendant-1", offence_id: "offence-2", text: "rem" }] });
    });
    await waitFor(async () => expect((await hook("line")).dataset["line"]).toBe("DISM"));
    await hook("restored");
    expect(((await hook("result-entry-2")) as HTMLInputElement).value).toBe("rem");
  });
});

describe("sharing", () => {
  it("is refused with the reason while something is missing, and each finding leads to its place", async () => {
    const twin = await open(ada, [...where]);
    await result("result-entry-2", "wdrn");
    await saved();
    const share = await hook("share");
    expect(share.getAttribute("aria-disabled")).toBe("true");
    expect((await hook("share-reason")).textContent).toContain("Finish what is listed");
    await fireEvent.click(share);
    expect(hooks("share-confirm")).toEqual([]);
    (await hook("result-entry-1")).focus();
    await fireEvent.click(await hook("finding"));
    await waitFor(async () => expect(document.activeElement).toBe(await field("WDRN", "details")));
    expect(twin.asked.some(({ name }) => name === "hearing.share_results")).toBe(false);
  });

  it("asks in place, then shares the saved revision and shows the documents on their way", async () => {
    const twin = await open(ada, [...where]);
    await result("result-entry-1", "dism");
    await saved();
    await waitFor(async () => expect((await hook("readiness")).dataset["ready"]).toBe("true"));
    await fireEvent.click(await hook("share"));
    await waitFor(async () => expect(document.activeElement).toBe(await hook("share-confirm")));
    await fireEvent.click(await hook("share-confirm"));
    expect((await hook("shared")).textContent).toContain("2 documents are on their way");
    // The button that was pressed is gone: the cursor is among the documents.
    await waitFor(() => expect(document.activeElement?.closest(".court-tab")).not.toBeNull());
    expect(twin.asked.find(({ name }) => name === "hearing.share_results")?.request).toEqual({ hearing_id: "hearing-1", version: 12, revision: twin.hearing.draft.revision, targets: null });
    expect(hooks("delivery").map((row) => row.dataset["state"])).toContain("failed");
    await accessible();
  });

  it("shows at once when a recipient acknowledges", async () => {
    const twin = await open(ada, [...where]);
    await result("result-entry-1", "dism");
    await saved();
    await fireEvent.click(await hook("share"));
    await fireEvent.click(await hook("share-confirm"));
    await hook("shared");
    twin.hearing = {
      ...twin.hearing,
      documents: twin.hearing.documents.map((document) => ({ ...document, deliveries: document.deliveries.map((row) => ({ ...row, state: "acknowledged" as const })) })),
    };
    twin.say("live", { position: 12, stale: ["hearing:hearing-1"], notice: null });
    await waitFor(() => expect(hooks("delivery").every((row) => row.dataset["state"] === "acknowledged")).toBe(true));
  });
});
