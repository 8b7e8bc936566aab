/** The page beside the typing: at every keystroke, before anything is entered. */
import { describe, expect, it } from "vitest";
import type { PreviewDocument } from "../src/contract";
import type { Twin } from "../src/platform/browser";
import { LivePreview } from "../src/screens/hearing/preview.svelte";
import { accessible, ada, fireEvent, hook, hooks, open, press, type, waitFor } from "./court";

const where = ["hearings", "hearing-1", { tab: "results" }] as const;

function asked(twin: Twin) {
  return twin.asked.filter(({ name }) => name === "hearing.preview").map(({ request }) => request as { lines: { definition_id: string; line_id: string }[] });
}

async function beside() {
  await hook("result-entry-1");
  await fireEvent.keyDown(window, { code: "KeyP", altKey: true });
  await hook("preview-beside");
}

describe("the page beside the typing", () => {
  it("is shown and hidden by a key, and what blocks sharing stays in sight", async () => {
    await open(ada, [...where]);
    expect(hooks("preview-beside")).toEqual([]);
    await beside();
    expect(hooks("readiness").length).toBe(1);
    expect((await hook("page-beside")).getAttribute("aria-pressed")).toBe("true");
    await accessible();
    await fireEvent.keyDown(window, { code: "KeyP", altKey: true });
    await waitFor(() => expect(hooks("preview-beside")).toEqual([]));
  });

  it("shows what is understood before it is entered, and the same line once afterwards", async () => {
    const twin = await open(ada, [...where]);
    await beside();
    const entry = await hook("result-entry-1");
    await type(entry, "fo 250");
    await waitFor(() => expect(asked(twin).at(-1)?.lines.length).toBe(1));
    expect(hooks("line")).toEqual([]);
    await press("Enter", entry);
    await hook("line");
    await waitFor(() => expect(asked(twin).at(-1)?.lines.length).toBe(1));
    expect(asked(twin).every(({ lines }) => lines.length <= 1)).toBe(true);
  });

  it("is not asked for while it is hidden", async () => {
    const twin = await open(ada, [...where]);
    await type(await hook("result-entry-1"), "fo 250");
    await waitFor(() => expect(hooks("piece").length).toBe(1));
    expect(asked(twin)).toEqual([]);
  });
});

describe("fast typing", () => {
  it("has one question on its way, and the last one asks with the newest lines", async () => {
    const twin = await open(ada, [...where]);
    let revision = 0;
    const live = new LivePreview("hearing-1", () => [{ line_id: String(revision), definition_id: "d", defendant_id: "p", offence_id: null, parent: null, answers: {} }]);
    for (revision = 1; revision < 9; revision++) live.changed();
    revision = 8;
    await waitFor(() => expect(asked(twin).at(-1)?.lines[0]?.line_id).toBe("8"));
    expect(asked(twin).length).toBeLessThanOrEqual(2);
    live.close();
  });

  const document = (name: string, text: string, id = name) => ({ name, defendant: "Rowan Ashby", recipients: [], view: { document_id: id, title: text } }) as unknown as PreviewDocument;

  async function previews() {
    const documents: PreviewDocument[][] = [];
    await open(ada, [...where], (twin) => {
      twin.answers["hearing.preview"] = () => ({ documents: documents.shift() ?? [] });
    });
    const live = new LivePreview("hearing-1", () => []);
    const next = async (...now: PreviewDocument[]) => {
      documents.push(now);
      live.changed();
      await waitFor(() => expect(live.documents).toEqual(now));
      await new Promise((done) => setTimeout(done, 20));
    };
    return { live, next };
  }

  it("stays with the page that changes, and goes to another when only that one changed", async () => {
    const { live, next } = await previews();
    await next(document("Warrant", "1"), document("Notice", "1"));
    expect(live.chosen).toBe(0);
    await next(document("Warrant", "1"), document("Notice", "2"));
    expect(live.chosen).toBe(1);
    await next(document("Warrant", "2"), document("Notice", "3"));
    expect(live.chosen).toBe(1);
    await next(document("Warrant", "2"));
    expect(live.chosen).toBe(0);
    live.close();
  });

  it("tells two copies of one document about one defendant apart", async () => {
    const { live, next } = await previews();
    await next(document("Order", "1", "of shops"), document("Order", "1", "of streets"));
    expect(live.chosen).toBe(0);
    await next(document("Order", "1", "of shops"), document("Order", "2", "of streets"));
    expect(live.chosen).toBe(1);
    await next(document("Order", "1", "of shops"), document("Order", "3", "of streets"));
    expect(live.chosen).toBe(1);
    live.close();
  });
});
