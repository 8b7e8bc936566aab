/** The inbox: opening is told to the court, acknowledging too. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { accessible, fireEvent, hook, hooks, mina, open, waitFor } from "./court";

vi.mock("../src/widgets/pdf", () => ({
  open: async () => ({
    paper: { numPages: 2, getPage: async () => ({ getViewport: () => ({ width: 595, height: 842 }), cleanup: () => undefined }) },
    close: () => undefined,
  }),
  draw: () => ({ stop: () => undefined, done: Promise.resolve() }),
}));

beforeEach(() => {
  vi.stubGlobal("fetch", async () => new Response(new Uint8Array([1, 2, 3]), { headers: { "content-length": "3" } }));
});

describe("a document in the inbox", () => {
  it("is opened when its pages are shown, and can then be acknowledged", async () => {
    const twin = await open(mina, ["inbox", "delivery-prison"]);
    await waitFor(() => expect(twin.inbox[0]?.state).toBe("opened"));
    const button = await hook("acknowledge");
    await waitFor(() => expect(button.getAttribute("aria-disabled")).toBe("false"));
    await fireEvent.click(button);
    expect((await hook("acknowledged")).textContent).toContain("Mina Oak");
    expect(hooks("inbox-item")[0]?.dataset["state"]).toBe("acknowledged");
    expect((await hook("inbox-waiting")).textContent).toContain("1 document waits");
    await accessible();
  });

  it("says what is overdue, and how many nobody has opened", async () => {
    await open(mina, ["inbox"], (twin) => {
      twin.inbox = twin.inbox.map((item, at) => (at === 0 ? { ...item, acknowledge_by: "2026-11-20T12:41:04Z" } : item));
    });
    await waitFor(() => expect(hooks("inbox-item").length).toBeGreaterThan(1));
    expect(hooks("inbox-item")[0]?.textContent).toContain("Overdue: to be acknowledged by 20 Nov 2026");
    expect(hooks("inbox-item")[1]?.textContent).toContain("Acknowledge by 23 Nov 2026");
    expect((await hook("inbox-waiting")).textContent).toContain("1 has not been opened.");
  });

  it("is not acknowledged before it was opened", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("offline");
    });
    const twin = await open(mina, ["inbox", "delivery-prison"]);
    await fireEvent.click(await hook("acknowledge"));
    expect((await hook("problem")).dataset["code"]).toBe("unreachable");
    expect(twin.asked.some(({ name }) => name === "inbox.acknowledge")).toBe(false);
  });

  it("that came in short is not shown", async () => {
    vi.stubGlobal("fetch", async () => new Response(new Uint8Array([1, 2]), { headers: { "content-length": "3" } }));
    await open(mina, ["inbox", "delivery-prison"]);
    expect((await hook("problem")).dataset["code"]).toBe("truncated");
  });

  it("acknowledged twice over a broken line is acknowledged once: the same command is sent again", async () => {
    const twin = await open(mina, ["inbox", "delivery-2"]);
    const acknowledge = twin.answers["inbox.acknowledge"];
    let broken = true;
    twin.answers["inbox.acknowledge"] = (request) => {
      if (!broken) return acknowledge(request);
      broken = false;
      throw { code: "unreachable", title: "The server cannot be reached.", detail: "", hint: "Try again.", reference: null };
    };
    await fireEvent.click(await hook("acknowledge"));
    await hook("problem");
    await fireEvent.click(await hook("acknowledge"));
    await hook("acknowledged");
    const commands = twin.asked.filter(({ name }) => name === "inbox.acknowledge").map(({ commandId }) => commandId);
    expect(commands).toHaveLength(2);
    expect(commands[0]).toBe(commands[1]);
  });

  it("arrives while one looks", async () => {
    const twin = await open(mina, ["inbox"]);
    await hook("inbox-item");
    const first = twin.inbox[0];
    if (!first) throw new Error("the inbox is empty");
    twin.inbox = [{ ...first, delivery_id: "delivery-9", name: "Warrant for arrest" }, ...twin.inbox];
    twin.say("live", { position: 3, stale: ["inbox"], notice: null });
    await waitFor(() => expect(hooks("inbox-item")).toHaveLength(4));
  });
});

describe("notices", () => {
  it("are marked as read, and the number follows", async () => {
    await open(mina, ["notices"]);
    await hook("notice");
    await accessible();
    await fireEvent.click(await hook("notices-mark-all"));
    await waitFor(() => expect(hooks("notice").every((notice) => notice.dataset["read"] === "true")).toBe(true));
    expect((await hook("unread")).dataset["unread"]).toBe("0");
  });
});
