/** Amending shared results: beginning, the lock, approval, versions, and marks on what was replaced. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { HearingView } from "../src/contract";
import type { Twin } from "../src/platform/browser";
import { ended } from "../src/platform/twin/records";
import { accessible, ada, fireEvent, hook, hooks, mina, open, press, type, waitFor } from "./court";

vi.mock("../src/widgets/pdf", () => ({
  open: async () => ({
    paper: { numPages: 1, getPage: async () => ({ getViewport: () => ({ width: 595, height: 842 }), cleanup: () => undefined }) },
    close: () => undefined,
  }),
  draw: () => ({ stop: () => undefined, done: Promise.resolve() }),
}));

beforeEach(() => {
  vi.stubGlobal("fetch", async () => new Response(new Uint8Array([1, 2, 3]), { headers: { "content-length": "3" } }));
});

const line = {
  line: { line_id: "line-1", definition_id: "def-wdrn", defendant_id: "defendant-1", offence_id: "offence-1", parent: null, answers: {} },
  definition: { definition_id: "def-wdrn", code: "WDRN", label: "Withdrawn", category: "Final", level: "Offence" },
  text: "Withdrawn",
};

const first = { version: 1, at: "2026-11-23T10:41:00Z", by: "Ada Wren", kind: null, reason: null, note: null, amended_by: null, approved_by: null, summary: null };

describe("a reason that is being typed", () => {
  it("is there again after a crash, and goes once the amendment began", async () => {
    const twin = await open(ada, ["hearings", "hearing-1", { tab: "results" }], (court) => {
      shared(court);
      court.keptWords.set("hearing-1", { amendment: "The bench said eight" });
    });
    await fireEvent.click(await hook("amend"));
    const note = (await hook("amend-note")) as HTMLTextAreaElement;
    await waitFor(() => expect(note.value).toBe("The bench said eight"));
    await type(note, "The bench said eight months");
    await waitFor(() => expect(twin.keptWords.get("hearing-1")).toEqual({ amendment: "The bench said eight months" }));
  });
});

function shared(twin: Twin, part: Partial<HearingView> = {}): void {
  twin.hearing = {
    ...twin.hearing,
    results_state: "SHARED",
    shared: { at: "2026-11-23T10:41:00Z", by: "Ada Wren", version: 1, lines: [line] },
    draft: { ...twin.hearing.draft, lines: [line], readiness: { ready: true, findings: [], finished: [], proposals: [] } },
    remaining: [],
    versions: [first],
    may: ["log", "amend"],
    ...part,
  };
}

const theirs = { kind: "USER_ERROR", reason: "SLIP_RULE", note: "The bench said eight.", by: "Ben Carrow", since: "2026-11-23T10:50:00Z", mine: false, approved_by: null, put_right: [] as string[] } as const;

const results = ["hearings", "hearing-1", { tab: "results" }] as const;

async function begin(kind: string): Promise<void> {
  await fireEvent.click(await hook("amend"));
  await fireEvent.click(await hook(`amend-kind-${kind}`));
  await fireEvent.click(await hook("amend-reason-RECORDED_WRONGLY"));
  await type(await hook("amend-note"), "It was withdrawn on the other offence.");
  await fireEvent.click(await hook("amend-begin"));
}

describe("shared results", () => {
  it("are amended for a stated reason, and nothing is sent without one", async () => {
    const twin = await open(ada, [...results], (one) => shared(one));
    await fireEvent.click(await hook("amend"));
    await fireEvent.click(await hook("amend-begin"));
    expect(document.body.textContent).toContain("Choose what went wrong.");
    expect(document.body.textContent).toContain("Say what is wrong.");
    expect(twin.asked.some(({ name }) => name === "hearing.begin_amendment")).toBe(false);
    await accessible();
    await press("Escape", document.body);
    await begin("ADMIN_ERROR");
    // They are typed again from what is shared, and shared again.
    await hook("result-entry-1");
    expect(twin.asked.find(({ name }) => name === "hearing.begin_amendment")?.request).toMatchObject({ version: 12, kind: "ADMIN_ERROR", reason: "RECORDED_WRONGLY" });
    expect((await hook("hearing-state")).dataset["results"]).toBe("SHARED_AMEND_LOCKED_ADMIN_ERROR");
    expect((await hook("share")).textContent).toContain("Share again");
    await accessible();
    await fireEvent.click(await hook("show-changes"));
    expect((await hook("compare-summary")).textContent).toContain("1 changed");
    await fireEvent.click(await hook("share"));
    await fireEvent.click(await hook("share-confirm"));
    await waitFor(() => expect(twin.hearing.shared?.version).toBe(2));
    await hook("shared");
  });

  it("take what is typed as soon as they are amended", async () => {
    await open(ada, [...results], (one) => shared(one));
    await begin("ADMIN_ERROR");
    const entry = await hook("result-entry-1");
    const before = hooks("line").length;
    await type(entry, "fo");
    await press("Enter", entry);
    await waitFor(() => expect(hooks("line")).toHaveLength(before + 1));
  });

  it("leave pleas as they are until they are amended", async () => {
    await open(ada, ["hearings", "hearing-1", { tab: "pleas" }], (one) => shared(one));
    expect((await hook("pleas-closed")).textContent).toContain("amend the results");
    expect((await hook("plea-1")).tagName).toBe("P");
  });

  it("say what the amendment puts right beside them", async () => {
    const put_right = ["Mina Shah, offence 1. Plea: Not Guilty, instead of Guilty"];
    await open(ada, ["hearings", "hearing-1", { tab: "pleas" }], (one) => shared(one, { amendment: { ...theirs, mine: true, put_right }, may: ["log", "plea"] }));
    expect((await hook("put-right")).textContent).toContain(put_right[0]);
    expect((await hook("plea-1")).tagName).toBe("INPUT");
    await accessible();
  });

  it("are given up without a trace in the draft", async () => {
    const twin = await open(ada, [...results], (one) => shared(one));
    await begin("ADMIN_ERROR");
    await fireEvent.click(await hook("amend-cancel"));
    await fireEvent.click(await hook("amend-cancel-confirm"));
    await hook("shared-results");
    expect(twin.hearing.amendment).toBeNull();
    expect(twin.kept.size).toBe(0);
    expect((await hook("ended-amendment")).dataset["outcome"]).toBe("cancelled");
  });

  it("whose meaning changes are shown to a colleague before they are shared", async () => {
    const twin = await open(ada, [...results], (one) => shared(one));
    await begin("USER_ERROR");
    const ask = await hook("share");
    expect(ask.textContent).toContain("Ask for approval");
    await fireEvent.click(ask);
    await fireEvent.click(await hook("share-confirm"));
    await waitFor(() => expect(twin.hearing.results_state).toBe("APPROVAL_REQUESTED"));
    expect(twin.asked.some(({ name }) => name === "hearing.share_results")).toBe(false);
    await waitFor(() => expect(hooks("share")).toHaveLength(0));
    expect(document.body.textContent).toContain("Your amendment waits for a colleague’s approval.");
  });
});

it("results that wait for approval are told with the way to the hearing", async () => {
  await open(ada, ["notices"], (twin) => {
    const [one] = twin.notices;
    if (!one) throw new Error("no notice");
    twin.notices = [{ ...one, notice_id: "notice-9", title: "Results wait for approval", hearing_id: "hearing-1" }, one];
  });
  const way = await hook("notice-hearing");
  expect(way.getAttribute("href")).toContain("hearings/hearing-1?tab=results");
  expect(hooks("notice-case")).toHaveLength(1);
});

describe("an amendment without a mouse", () => {
  it("begins with the cursor in the results, is left with it where it was, and ends with it where one goes on", async () => {
    const twin = await open(ada, [...results], (one) => shared(one));
    const begin = await hook("amend");
    begin.focus();
    await fireEvent.click(begin);
    await waitFor(() => expect(document.activeElement).toBe(document.querySelector('[data-test="amend-kind-ADMIN_ERROR"]')));
    await press("Escape", document.body);
    await waitFor(async () => expect(document.activeElement).toBe(await hook("amend")));
    await fireEvent.click(await hook("amend"));
    await fireEvent.click(await hook("amend-kind-ADMIN_ERROR"));
    await fireEvent.click(await hook("amend-reason-RECORDED_WRONGLY"));
    await type(await hook("amend-note"), "Nine months, not eight.");
    await fireEvent.click(await hook("amend-begin"));
    await waitFor(() => expect(twin.hearing.amendment?.mine).toBe(true));
    await waitFor(() => expect(document.activeElement?.matches("[data-stop], [data-entry]")).toBe(true));
    await fireEvent.click(await hook("amend-cancel"));
    await fireEvent.click(await hook("amend-cancel-confirm"));
    await waitFor(() => expect(twin.hearing.amendment).toBeNull());
    await waitFor(() => expect(document.activeElement).not.toBe(document.body));
  });
});

describe("somebody else's amendment", () => {
  it("shows who holds the lock and since when, and offers nothing to type", async () => {
    await open(ada, [...results], (one) =>
      shared(one, { results_state: "SHARED_AMEND_LOCKED_USER_ERROR", amendment: theirs, may: ["log"] }),
    );
    const panel = await hook("amendment");
    expect(panel.textContent).toContain("Ben Carrow is amending these results.");
    expect(panel.textContent).toContain("10:50");
    expect(hooks("result-entry-1")).toHaveLength(0);
    expect(hooks("unlock")).toHaveLength(0);
    await accessible();
  });

  it("is unlocked by whoever may, with a reason", async () => {
    const twin = await open(ada, [...results], (one) =>
      shared(one, { results_state: "SHARED_AMEND_LOCKED_USER_ERROR", amendment: theirs, may: ["log", "unlock"] }),
    );
    await fireEvent.click(await hook("unlock"));
    await fireEvent.click(await hook("unlock-confirm"));
    expect(document.body.textContent).toContain("Say why.");
    await type(await hook("unlock-why"), "Gone home.");
    await fireEvent.click(await hook("unlock-confirm"));
    await waitFor(() => expect(twin.hearing.amendment).toBeNull());
    expect((await hook("ended-amendment")).textContent).toContain("Gone home.");
  });

  it("is approved from both versions side by side, or sent back with a reason", async () => {
    const twin = await open(ada, [...results], (one) =>
      shared(one, { results_state: "APPROVAL_REQUESTED", amendment: theirs, may: ["log", "decide"] }),
    );
    await waitFor(() => expect(hooks("compared").map((row) => row.dataset["change"])).toEqual(["changed", "deleted"]));
    await accessible();
    await fireEvent.click(await hook("reject"));
    await fireEvent.click(await hook("reject-confirm"));
    expect(twin.asked.some(({ name }) => name === "hearing.decide_amendment")).toBe(false);
    await press("Escape", document.body);
    await fireEvent.click(await hook("approve"));
    await waitFor(() => expect(twin.hearing.results_state).toBe("VALIDATED"));
    expect(twin.asked.find(({ name }) => name === "hearing.decide_amendment")?.request).toMatchObject({ approve: true, why: null });
    expect((await hook("share")).textContent).toContain("Share again");
  });
});

describe("versions", () => {
  it("stay readable, the earlier ones too", async () => {
    await open(ada, [...results], (one) =>
      shared(one, {
        versions: [{ ...first, version: 2, kind: "ADMIN_ERROR", reason: "RECORDED_WRONGLY", note: "Wrong offence.", amended_by: "Ada Wren", summary: "1 changed" }, first],
      }),
    );
    await hook("version");
    expect(hooks("version").map((row) => row.dataset["version"])).toEqual(["2", "1"]);
    const [newest] = hooks("show-version");
    if (!newest) throw new Error("no version");
    await fireEvent.click(newest);
    await hook("compared");
    expect(document.body.textContent).toContain("Wrong offence.");
    await accessible();
  });
});

describe("a document that was replaced", () => {
  it("is marked in the inbox, need not be acknowledged, and leads to the one that stands", async () => {
    await open(mina, ["inbox", "delivery-prison"], (twin) => {
      const old = twin.inbox[0];
      if (!old) throw new Error("the inbox is empty");
      twin.inbox = [
        { ...old, superseded: { ...ended("doc-warrant"), by_delivery: "delivery-new" } },
        { ...old, delivery_id: "delivery-new", document_id: "doc-warrant-2", replaces: { document_id: "doc-warrant", text: "In the place of Warrant of commitment on remand." } },
      ];
    });
    const banner = await hook("superseded-banner");
    expect(banner.textContent).toContain("no longer applies");
    expect(hooks("acknowledge")).toHaveLength(0);
    expect((await hook("inbox-waiting")).textContent).toContain("1 document waits");
    expect(hooks("inbox-item")[0]?.dataset["superseded"]).toBe("true");
    await accessible();
    await fireEvent.click(await hook("read-instead"));
    await hook("acknowledge");
    expect((await hook("replaces")).textContent).toContain("In the place of");
    // The list says it too: it is not one more order, but another instead of the first.
    expect((await hook("item-replaces")).closest("[data-delivery='delivery-new']")).not.toBeNull();
  });

  it("says so wherever it is opened by itself", async () => {
    await open(ada, ["read", "doc-warrant", { kind: "document", name: "Warrant", back: "#/cases/case-1" }], (twin) => {
      const documents = twin.glance.documents.map((one) => ({ ...one, superseded: ended(one.document_id) }));
      twin.glance = { ...twin.glance, documents };
    });
    expect((await hook("superseded-banner")).textContent).toContain("It was replaced on 23 November 2026");
    await hook("read-instead");
  });

  it("is marked in the lists of its case", async () => {
    await open(ada, ["cases", "case-1"], (twin) => {
      const documents = twin.glance.documents.map((one) => ({ ...one, superseded: ended(one.document_id) }));
      twin.glance = { ...twin.glance, documents };
    });
    await waitFor(() => expect(hooks("superseded")).toHaveLength(2));
    await accessible();
  });
});
