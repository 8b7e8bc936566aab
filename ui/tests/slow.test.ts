/** Typing results on a slow network: Enter counts for what it was pressed on, and the cursor stays with whoever types on. */
import { describe, expect, it } from "vitest";
import type { Twin } from "../src/platform/browser";
import { ada, field, fireEvent, hook, hooks, open, press, result, type, waitFor } from "./court";

const where = ["hearings", "hearing-1", { tab: "results" }] as const;

function saves(twin: Twin) {
  return twin.asked.filter(({ name }) => name === "hearing.save_draft");
}

async function saved() {
  await waitFor(async () => expect((await hook("saving")).dataset["status"]).toBe("saved"));
}

/** The pieces shown under a typing line. */
function pieces(): (string | undefined)[] {
  return hooks("piece").map((piece) => piece.dataset["code"]);
}

describe("on a slow network", () => {
  /** What was asked waits here until the test lets its answer arrive. */
  function slowly(twin: Twin, name: "result.definition" | "result.parse"): (() => void)[] {
    const late: (() => void)[] = [];
    twin.rpc = ((rpc) => async (asked, request, command) => {
      const answer = await rpc.call(twin, asked, request, command);
      if (asked === name) await new Promise<void>((done) => late.push(done));
      return answer;
    })(twin.rpc) as Twin["rpc"];
    return late;
  }

  async function arrive(late: (() => void)[]): Promise<void> {
    await waitFor(() => expect(late.length).toBeGreaterThan(0));
    for (const answer of late.splice(0)) answer();
    await new Promise((done) => setTimeout(done, 50));
  }

  function codes(): (string | undefined)[] {
    return hooks("line").map((line) => line.dataset["line"]);
  }

  it("asks for the questions of a result as soon as it is understood, before Enter", async () => {
    const twin = await open(ada, [...where]);
    await type(await hook("result-entry-1"), "fo 250; wdrn");
    const asked = () => twin.asked.filter(({ name }) => name === "result.definition").length;
    await waitFor(() => expect(asked()).toBe(2));
    const entry = await hook("result-entry-1");
    await press("Enter", entry);
    await waitFor(() => expect(codes()).toEqual(["FO", "WDRN"]));
    const details = await field("WDRN", "details");
    await waitFor(() => expect(document.activeElement).toBe(details));
    // What is under them is not theirs: each is asked for once.
    expect(asked()).toBe(2);
  });

  it("leaves the cursor with whoever types on after Enter, in the line and in the list of what belongs under a result", async () => {
    let late: (() => void)[] = [];
    await open(ada, [...where], (twin) => (late = slowly(twin, "result.definition")));
    const entry = (await hook("result-entry-1")) as HTMLInputElement;
    await result("result-entry-1", "wdrn");
    await waitFor(() => expect(codes()).toEqual(["WDRN"]));
    await type(entry, "f");
    await arrive(late);
    await field("WDRN", "details");
    expect(document.activeElement).toBe(entry);
    expect(entry.value).toBe("f");
    // Nor is it called back from elsewhere.
    await type(entry, "ri");
    await waitFor(() => expect(pieces()).toEqual(["RI"]));
    await press("Enter", entry);
    const other = await hook("result-entry-2");
    other.focus();
    await arrive(late);
    await field("RI", "remandBasis");
    expect(document.activeElement).toBe(other);
    // Whoever waits is taken to what is needed.
    await result("result-entry-2", "nhmc");
    await arrive(late);
    await waitFor(async () => expect(document.activeElement).toBe(await field("NHMC", "HDATE")));
  });

  it("does not call back from where somebody went after adding what belongs under a result", async () => {
    let late: (() => void)[] = [];
    await open(ada, [...where], (twin) => (late = slowly(twin, "result.definition")));
    await result("result-entry-1", "vsa");
    await arrive(late);
    await waitFor(() => expect(hooks("add-child").map((offer) => offer.dataset["code"])).toEqual(["FVS", "NOVS"]));
    const [offer] = hooks("add-child");
    offer?.focus();
    await fireEvent.click(offer ?? document.body);
    const entry = (await hook("result-entry-2")) as HTMLInputElement;
    await type(entry, "zz");
    await arrive(late);
    await waitFor(() => expect(codes()).toContain("FVS"));
    await waitFor(() => expect(document.querySelector('[data-line="FVS"] [data-field]')).not.toBeNull());
    expect(document.activeElement).toBe(entry);
  });

  it("takes an early Enter for the text on which it was pressed, and leaves what was typed after it", async () => {
    let late: (() => void)[] = [];
    const twin = await open(ada, [...where], (court) => (late = slowly(court, "result.parse")));
    const entry = (await hook("result-entry-1")) as HTMLInputElement;
    await type(entry, "fo 250");
    await press("Enter", entry);
    await type(entry, "fo 250wdrn");
    await arrive(late);
    await waitFor(() => expect(codes()).toEqual(["FO"]));
    expect((await field("FO", "AOF")).value).toBe("£250.00");
    expect(entry.value).toBe("wdrn");
    expect(document.activeElement).toBe(entry);
    await arrive(late);
    await waitFor(() => expect(pieces()).toEqual(["WDRN"]));
    await saved();
    expect(saves(twin).at(-1)?.request).toMatchObject({ unresolved: [{ text: "wdrn" }] });
  });

  it("takes one early Enter after another, each for its own text", async () => {
    let late: (() => void)[] = [];
    await open(ada, [...where], (court) => (late = slowly(court, "result.parse")));
    const entry = (await hook("result-entry-1")) as HTMLInputElement;
    await type(entry, "fo 250");
    await press("Enter", entry);
    await type(entry, "fo 250dism");
    await press("Enter", entry);
    await type(entry, "fo 250dismw");
    await arrive(late);
    await arrive(late);
    await waitFor(() => expect(codes()).toEqual(["FO", "DISM"]));
    expect(entry.value).toBe("w");
    expect(document.activeElement).toBe(entry);
  });

  it("takes what was chosen from the list although somebody types on", async () => {
    let late: (() => void)[] = [];
    await open(ada, [...where], (court) => (late = slowly(court, "result.parse")));
    const entry = (await hook("result-entry-1")) as HTMLInputElement;
    await type(entry, "remand");
    await arrive(late);
    await waitFor(() => expect(hooks("option").length).toBe(2));
    await press("ArrowDown", entry);
    await press("Enter", entry);
    await waitFor(() => expect(entry.value).toBe("REMCB"));
    await type(entry, "REMCBdism");
    await arrive(late);
    await waitFor(() => expect(codes()).toEqual(["REMCB"]));
    expect(entry.value).toBe("dism");
  });

  it("takes a second early Enter although the first took nothing, or not all of it", async () => {
    let late: (() => void)[] = [];
    await open(ada, [...where], (court) => (late = slowly(court, "result.parse")));
    const entry = (await hook("result-entry-1")) as HTMLInputElement;
    await type(entry, "remand");
    await press("Enter", entry);
    await type(entry, "remanddism");
    await press("Enter", entry);
    await type(entry, "remanddismw");
    await arrive(late);
    await arrive(late);
    await waitFor(() => expect(codes()).toEqual(["DISM"]));
    expect(entry.value).toBe("remand; w");
    expect(document.activeElement).toBe(entry);
    await arrive(late);
    await type(entry, "fo 250 zz");
    await press("Enter", entry);
    await type(entry, "fo 250 zzwdrn");
    await press("Enter", entry);
    await arrive(late);
    await arrive(late);
    await waitFor(() => expect(codes()).toEqual(["DISM", "FO", "WDRN"]));
    expect(entry.value).toBe("zz");
  });

  it("keeps apart what was typed after an Enter that takes nothing, and takes nothing that was corrected", async () => {
    let late: (() => void)[] = [];
    await open(ada, [...where], (court) => (late = slowly(court, "result.parse")));
    const entry = (await hook("result-entry-1")) as HTMLInputElement;
    await type(entry, "remand");
    await press("Enter", entry);
    await type(entry, "remanddism");
    await arrive(late);
    await waitFor(() => expect(entry.value).toBe("remand; dism"));
    expect(codes()).toEqual([]);
    await arrive(late);
    await type(entry, "fo 250");
    await press("Enter", entry);
    await type(entry, "fo 25");
    await arrive(late);
    await arrive(late);
    await waitFor(() => expect(pieces()).toEqual(["FO"]));
    expect(codes()).toEqual([]);
    expect(entry.value).toBe("fo 25");
  });
});
