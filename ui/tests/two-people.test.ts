/** Two people, or two windows, on one draft: what differs is shown, and nothing is lost whichever side is taken. */
import { cleanup } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { Twin } from "../src/platform/browser";
import { search } from "../src/platform/twin/parse";
import { accessible, ada, fireEvent, hook, hooks, open, result, type, waitFor } from "./court";

const where = ["hearings", "hearing-1", { tab: "results" }] as const;

/** A case was heard apart, and its results are shared where it is heard now. */
it("sees what is left of a case that is heard elsewhere, and removes it", async () => {
  const [definition] = search("wdrn");
  if (!definition) throw new Error("no such result");
  const line = { line_id: "strange", definition_id: definition.definition_id, defendant_id: "defendant-9", offence_id: "offence-9", parent: null, answers: {} };
  const words = { defendant_id: "defendant-9", offence_id: null, text: "fo 2" };
  const twin = await open(ada, [...where], (twin) => {
    const { draft } = twin.hearing;
    twin.hearing = { ...twin.hearing, draft: { ...draft, lines: [...draft.lines, { line, definition, text: "Withdrawn" }], unresolved: [words] } };
  });
  const strange = await hook("strange");
  expect(strange.textContent).toContain("WDRN Withdrawn");
  expect(strange.textContent).toContain("fo 2");
  await accessible();
  await fireEvent.click(hooks("remove-strange")[0] ?? document.body);
  await waitFor(() => expect(hooks("remove-strange")).toHaveLength(1));
  await fireEvent.click(hooks("remove-strange")[0] ?? document.body);
  await waitFor(() => expect(hooks("strange")).toHaveLength(0));
  await saved();
  expect(twin.hearing.draft.lines.map((own) => own.line.line_id)).not.toContain("strange");
  expect(twin.hearing.draft.unresolved).toEqual([]);
});

async function saved() {
  await waitFor(async () => expect((await hook("saving")).dataset["status"]).toBe("saved"));
}

describe("two people on one draft", () => {
  function somebodyElse(twin: Twin) {
    const [definition] = search("wdrn");
    if (!definition) throw new Error("no such result");
    const line = { line_id: "theirs", definition_id: definition.definition_id, defendant_id: "defendant-1", offence_id: "offence-2", parent: null, answers: {} };
    twin.hearing = { ...twin.hearing, draft: { ...twin.hearing.draft, revision: 4, saved: "Ben Carrow at 10:31", lines: [{ line, definition, text: "Withdrawn" }] } };
  }

  async function collide() {
    const twin = await open(ada, [...where]);
    await hook("result-entry-1");
    somebodyElse(twin);
    await result("result-entry-1", "dism");
    await waitFor(() => hook("conflict"));
    return twin;
  }

  it("are told who and when, and nothing is overwritten", async () => {
    const twin = await collide();
    const conflict = await hook("conflict");
    expect(conflict.textContent).toContain("Ben Carrow");
    expect(conflict.textContent).toContain("10:31");
    // What differs, line by line: theirs, and ours.
    expect((await hook("only-theirs")).textContent).toContain("WDRN Withdrawn");
    expect((await hook("only-ours")).textContent).toContain("DISM");
    expect(hooks("line").map((line) => line.dataset["line"])).toEqual(["DISM"]);
    expect(twin.kept.get("hearing-1")?.lines).toHaveLength(1);
    expect(twin.hearing.draft.lines.map(({ line }) => line.line_id)).toEqual(["theirs"]);
    await accessible();
  });

  it("can see the other's without losing their own, and put it back", async () => {
    const twin = await collide();
    await fireEvent.click(await hook("take-theirs"));
    expect(hooks("line").map((line) => line.dataset["line"])).toEqual(["WDRN"]);
    expect((await hook("aside")).textContent).toContain("DISM");
    await fireEvent.click(await hook("put-back"));
    await saved();
    expect(hooks("line").map((line) => line.dataset["line"]).sort()).toEqual(["DISM", "WDRN"]);
    expect(hooks("aside")).toEqual([]);
    expect(twin.hearing.draft.lines).toHaveLength(2);
  });

  it("can save their own instead, and the other's is beside it to be put back", async () => {
    const twin = await collide();
    await fireEvent.click(await hook("take-ours"));
    await saved();
    expect(twin.hearing.draft.lines.map(({ definition }) => definition.code)).toEqual(["DISM"]);
    expect(twin.hearing.draft.revision).toBe(5);
    const aside = await hook("aside");
    expect(aside.textContent).toContain("Theirs, not in the draft");
    expect(aside.textContent).toContain("WDRN");
    await fireEvent.click(await hook("put-back"));
    await saved();
    expect(hooks("line").map((line) => line.dataset["line"]).sort()).toEqual(["DISM", "WDRN"]);
    expect(twin.hearing.draft.lines).toHaveLength(2);
    expect(hooks("aside")).toEqual([]);
  });

  it("see each other's words that are no result yet, and lose none whichever side they take", async () => {
    for (const [take, kept, beside] of [
      ["take-theirs", "wdrn pub", "fo 2"],
      ["take-ours", "fo 2", "wdrn pub"],
    ] as const) {
      const twin = await open(ada, [...where]);
      const entry = (await hook("result-entry-1")) as HTMLInputElement;
      somebodyElse(twin);
      const unresolved = [{ defendant_id: "defendant-1", offence_id: "offence-1", text: "wdrn pub" }];
      twin.hearing = { ...twin.hearing, draft: { ...twin.hearing.draft, unresolved } };
      await type(entry, "fo 2");
      await hook("conflict");
      expect((await hook("their-words")).textContent).toContain("offence 1: wdrn pub");
      expect((await hook("our-words")).textContent).toContain("offence 1: fo 2");
      await fireEvent.click(await hook(take));
      expect(((await hook("result-entry-1")) as HTMLInputElement).value).toBe(kept);
      const words = await hook("aside-words");
      expect(words.textContent).toContain(`offence 1: ${beside}`);
      // They are kept on this computer too, until the person has decided.
      await waitFor(() => expect(twin.kept.get("hearing-1")?.aside?.words.map(({ text }) => text)).toEqual([beside]));
      await accessible();
      await fireEvent.click(await hook("take-words"));
      expect(((await hook("result-entry-1")) as HTMLInputElement).value).toBe(`${kept}; ${beside}`);
      expect(hooks("aside-words")).toEqual([]);
      await saved();
      expect(twin.hearing.draft.unresolved[0]?.text).toBe(`${kept}; ${beside}`);
      cleanup();
    }
  });

  it("are told after a crash what lies beside the draft, of when it is, and who saved since", async () => {
    const line = { line_id: "line-1", definition_id: search("dism")[0]?.definition_id ?? "", defendant_id: "defendant-1", offence_id: "offence-1", parent: null, answers: {} };
    const words = (text: string) => [{ defendant_id: "defendant-1", offence_id: "offence-2", text }];
    const twin = await open(ada, [...where], (court) => {
      somebodyElse(court);
      court.hearing = { ...court.hearing, draft: { ...court.hearing.draft, unresolved: words("theirs") } };
      court.kept.set("hearing-1", { revision: 3, lines: [line], unresolved: words("rem"), at: "2026-11-23T10:29:00Z" });
    });
    const aside = await hook("aside");
    expect(aside.textContent).toContain("Yours, not in the draft: typed on this computer, 23 Nov 2026");
    expect(aside.textContent).toContain("The draft was saved since: Ben Carrow at 10:31.");
    expect(aside.textContent).toContain("DISM");
    expect((await hook("aside-words")).textContent).toContain("offence 2: rem");
    expect(((await hook("result-entry-2")) as HTMLInputElement).value).toBe("theirs");
    // Until somebody decides it stays kept.
    expect(twin.kept.get("hearing-1")?.lines).toHaveLength(1);
    await fireEvent.click(await hook("take-words"));
    await fireEvent.click(await hook("put-back"));
    await saved();
    expect(twin.hearing.draft.unresolved[0]?.text).toBe("theirs; rem");
    expect(hooks("line").map((one) => one.dataset["line"]).sort()).toEqual(["DISM", "WDRN"]);
    await waitFor(() => expect(twin.kept.has("hearing-1")).toBe(false));
  });

  it("find what a window that is gone left behind, beside what this one kept", async () => {
    const kept = (id: string, code: string, text: string) => ({
      revision: 3,
      lines: [{ line_id: id, definition_id: search(code)[0]?.definition_id ?? "", defendant_id: "defendant-1", offence_id: "offence-1", parent: null, answers: {} }],
      unresolved: [{ defendant_id: "defendant-1", offence_id: "offence-2", text }],
    });
    const twin = await open(ada, [...where], (court) => {
      court.kept.set("hearing-1", kept("one", "dism", "rem"));
      court.keptElsewhere = [kept("two", "wdrn", "fo 2")];
    });
    await hook("restored");
    expect(hooks("line").map((one) => one.dataset["line"])).toEqual(["DISM"]);
    expect((await hook("aside")).textContent).toContain("WDRN");
    expect((await hook("aside-words")).textContent).toContain("fo 2");
    await saved();
    await waitFor(() => expect(twin.kept.get("hearing-1")?.aside?.lines).toHaveLength(1));
    await fireEvent.click(await hook("leave-aside"));
    await waitFor(() => expect(twin.kept.has("hearing-1")).toBe(false));
  });

  describe("and words that are being brought back", () => {
    const place = (offence_id: string) => ({ defendant_id: "defendant-1", offence_id });
    const kept = (id: string, code: string, text: string) => ({
      revision: 3,
      lines: [{ line_id: id, definition_id: search(code)[0]?.definition_id ?? "", ...place("offence-1"), parent: null, answers: {} }],
      unresolved: [{ ...place("offence-2"), text }],
    });

    /** This computer has looked up what it keeps, and its answer is on its way until the test lets it arrive. */
    function slowly(twin: Twin): { arrive: () => void; waits: number }[] {
      const real = twin.host.bind(twin);
      const late: { arrive: () => void; waits: number }[] = [];
      twin.host = (async (what: "kept_drafts", call: { hearing_id: string }) => {
        const answer = structuredClone(await real(what, call));
        if (what === "kept_drafts") await new Promise<void>((arrive) => late.push({ arrive, waits: late.length }));
        return answer;
      }) as Twin["host"];
      return late;
    }

    it("lose none of them to what is typed meanwhile, and mix none into it", async () => {
      let late: ReturnType<typeof slowly> = [];
      const twin = await open(ada, [...where], (court) => {
        court.kept.set("hearing-1", kept("one", "dism", "rem"));
        court.keptElsewhere = [kept("two", "wdrn", "fo 2")];
        // A network that has no definition for anybody holds nothing up.
        court.answers["result.definition"] = () => {
          throw { code: "unreachable", title: "The server cannot be reached.", detail: "", hint: "", reference: null };
        };
        late = slowly(court);
      });
      const entry = (await hook("result-entry-2")) as HTMLInputElement;
      await waitFor(() => expect(late).toHaveLength(1));
      await type(entry, "costs");
      await saved();
      // What was kept is not written over, nor forgotten because this was saved.
      await new Promise((done) => setTimeout(done, 300));
      expect(twin.kept.get("hearing-1")?.lines).toHaveLength(1);
      expect(twin.keptElsewhere).toHaveLength(1);
      late[0]?.arrive();
      const aside = await hook("aside");
      expect(aside.querySelectorAll('[data-test="put-back"]')).toHaveLength(2);
      expect(hooks("aside-words").map((own) => own.querySelector("q")?.textContent)).toEqual(["rem", "fo 2"]);
      expect(entry.value).toBe("costs");
      expect(hooks("line")).toEqual([]);
      // Until somebody decides it is kept with what was typed since.
      await type(entry, "costs 85");
      await saved();
      await waitFor(() => expect(twin.kept.get("hearing-1")?.aside?.lines.map((line) => line.line_id)).toEqual(["one", "two"]));
      expect(twin.kept.get("hearing-1")?.aside?.words.map(({ text }) => text)).toEqual(["rem", "fo 2"]);
    });

    it("lose none of either when an amendment begins in that moment", async () => {
      let late: ReturnType<typeof slowly> = [];
      const twin = await open(ada, [...where], (court) => {
        court.kept.set("hearing-1", kept("one", "dism", "rem"));
        late = slowly(court);
      });
      await waitFor(() => expect(late).toHaveLength(1));
      await type(await hook("result-entry-2"), "costs");
      // Before anything is saved, somebody shares and amends: the draft is another.
      twin.hearing = {
        ...twin.hearing,
        version: twin.hearing.version + 2,
        draft: { ...twin.hearing.draft, revision: 9 },
        shared: { at: "2026-11-23T10:41:00Z", by: "Ben Carrow", version: 1, lines: [] },
        results_state: "SHARED",
        amendment: { kind: "USER_ERROR", reason: "SLIP_RULE", note: "", by: "Ada Wren", since: "2026-11-23T10:50:00Z", mine: true, approved_by: null, put_right: [] },
      };
      twin.say("live", { position: 12, stale: ["hearing:hearing-1"], notice: null });
      await waitFor(async () => expect(((await hook("result-entry-2")) as HTMLInputElement).value).toBe(""));
      late[0]?.arrive();
      // The new draft asks only when the old one has put everything by.
      await waitFor(() => expect(late).toHaveLength(2));
      late[1]?.arrive();
      const words = () => hooks("aside-words").map((own) => own.querySelector("q")?.textContent);
      const everywhere = () => [...words(), ...[...document.querySelectorAll<HTMLInputElement>("[data-entry]")].map((own) => own.value)].filter(Boolean);
      await waitFor(() => expect(everywhere().sort()).toEqual(["costs", "rem"]));
      expect((await hook("aside")).querySelectorAll('[data-test="put-back"]')).toHaveLength(1);
    });
  });

  it("see the other's at once when they typed nothing themselves", async () => {
    const twin = await open(ada, [...where]);
    await hook("result-entry-1");
    somebodyElse(twin);
    twin.say("live", { position: 9, stale: ["hearing:hearing-1"], notice: null });
    await waitFor(() => expect(hooks("line").map((line) => line.dataset["line"])).toEqual(["WDRN"]));
  });
});
