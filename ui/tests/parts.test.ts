/** Sharing what is ready while the rest waits: chosen by defendant, and typed on at once. */
import { describe, expect, it } from "vitest";
import type { Twin } from "../src/platform/browser";
import { accessible, ada, fireEvent, hook, hooks, open, result, type, waitFor } from "./court";

const where = ["hearings", "hearing-1", { tab: "results" }] as const;

async function saved() {
  await waitFor(async () => expect((await hook("saving")).dataset["status"]).toBe("saved"));
}

function within(defendant: string, test: string): HTMLElement[] {
  return hooks(test).filter((own) => own.closest<HTMLElement>("[data-target]")?.dataset["target"]?.startsWith(defendant));
}

async function chooser(defendant: string): Promise<HTMLInputElement> {
  return waitFor(() => {
    const row = hooks("share-defendant").find((own) => own.dataset["defendant"] === defendant);
    const found = row?.querySelector<HTMLInputElement>('[data-test="share-choose"]');
    if (!found) throw new Error(`nothing to choose for ${defendant}`);
    return found;
  });
}

/** The first defendant is finished, the second is not. */
async function shareFirst(): Promise<Twin> {
  const twin = await open(ada, [...where]);
  await result("result-entry-1", "dism");
  await saved();
  await fireEvent.click(await chooser("defendant-2"));
  const share = await hook("share");
  expect(share.textContent).toContain("Share what is ready");
  await waitFor(() => expect(share.getAttribute("aria-disabled")).toBe("false"));
  await accessible();
  await fireEvent.click(share);
  expect((await hook("share-confirm")).closest("section")?.textContent).toContain("Marlow Ashby");
  await fireEvent.click(await hook("share-confirm"));
  await waitFor(() => expect(twin.hearing.shared?.version).toBe(1));
  return twin;
}

describe("sharing what is ready", () => {
  it("shares the chosen defendants alone, and goes on where the rest is typed", async () => {
    const twin = await shareFirst();
    const request = twin.asked.find(({ name }) => name === "hearing.share_results")?.request as { targets: { defendant_id: string }[] };
    expect(new Set(request.targets.map((own) => own.defendant_id))).toEqual(new Set(["defendant-1"]));
    await waitFor(() => expect(within("defendant-1", "target-shared").length).toBeGreaterThan(0));
    // What is shared is read; what remains is typed.
    expect(within("defendant-1", "line")).toEqual([]);
    expect(within("defendant-1", "result").map((own) => own.dataset["code"])).toEqual(["DISM"]);
    expect(document.querySelectorAll('[data-entry][data-defendant="defendant-1"]')).toHaveLength(0);
    expect((await hook("share-told")).textContent).toContain("What remains can be typed on");
    expect(hooks("share-choose")).toHaveLength(1);
    await hook("amend");
    const entry = document.querySelector<HTMLElement>('[data-entry][data-defendant="defendant-2"]');
    if (!entry) throw new Error("nowhere to type");
    await type(entry, "wdrn");
    await saved();
    expect(twin.hearing.draft.unresolved).toMatchObject([{ defendant_id: "defendant-2", text: "wdrn" }]);
    expect(twin.hearing.draft.lines).toHaveLength(1);
    await accessible();
  });

  it("is refused with the reason while somebody chosen is not finished, or nobody is chosen", async () => {
    await open(ada, [...where]);
    await result("result-entry-1", "dism");
    await saved();
    await fireEvent.click(await chooser("defendant-1"));
    const share = await hook("share");
    await waitFor(() => expect(share.getAttribute("aria-disabled")).toBe("true"));
    expect((await hook("share-reason")).textContent).toContain("take them out");
    await fireEvent.click(await chooser("defendant-2"));
    await waitFor(async () => expect((await hook("share-reason")).textContent).toContain("Choose whose results"));
  });

  it("keeps what somebody was typing where a colleague shared meanwhile", async () => {
    const twin = await open(ada, [...where]);
    await result("result-entry-1", "dism");
    await saved();
    const [line] = twin.hearing.draft.lines;
    if (!line) throw new Error("no line");
    const entry = await hook("result-entry-1");
    await type(entry, "costs");
    // A colleague shares the first defendant at that moment.
    twin.hearing = {
      ...twin.hearing,
      version: twin.hearing.version + 1,
      shared: { at: "2026-11-23T10:41:00Z", by: "Ben Carrow", version: 1, lines: [line] },
      results_state: "SHARED",
      remaining: twin.hearing.remaining.filter((own) => own.defendant_id !== "defendant-1"),
      may: ["log", "draft", "share", "amend"],
    };
    twin.say("live", { position: 12, stale: ["hearing:hearing-1"], notice: null });
    await waitFor(() => expect(within("defendant-1", "target-shared").length).toBeGreaterThan(0));
    await waitFor(async () => expect((await hook("aside")).textContent).toContain("costs"));
    // It cannot be put where nothing is typed any more.
    expect((await hook("closed")).textContent).toContain("amend");
    expect(document.querySelector("[data-test=take-words]")).toBeNull();
    expect(twin.hearing.draft.lines.map((own) => own.line.line_id)).toEqual([line.line.line_id]);
  });

  it("keeps the last words where a colleague shared everything at that moment", async () => {
    const twin = await open(ada, [...where]);
    await result("result-entry-1", "dism");
    await saved();
    const lines = twin.hearing.draft.lines;
    await type(await hook("result-entry-1"), "costs");
    twin.hearing = {
      ...twin.hearing,
      version: twin.hearing.version + 1,
      shared: { at: "2026-11-23T10:41:00Z", by: "Ben Carrow", version: 1, lines },
      results_state: "SHARED",
      remaining: [],
      may: ["log", "amend"],
    };
    twin.say("live", { position: 12, stale: ["hearing:hearing-1"], notice: null });
    await waitFor(() => expect(JSON.stringify(twin.kept.get("hearing-1")?.unresolved)).toContain("costs"));
  });
});
