/** The page on which a browser makes or uses a passkey: the service's own script, run as it is served. */
// The page is the server's, outside what the front end is built from; its reader has no types here.
// @ts-expect-error TS2307
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const folder = "../crates/server/src/http/passkey";
const script: string = readFileSync(`${folder}/page.js`, "utf8");
const page: string = readFileSync(`${folder}/page.html`, "utf8");

const buffer = (...bytes: number[]) => Uint8Array.from(bytes).buffer;
const part = (id: string) => document.getElementById(id) as HTMLElement;

/** What the service is asked and what it answers. */
const sent: { what: string; body: Record<string, unknown> }[] = [];
let answers: Record<string, { ok: boolean; said: unknown }> = {};
const replace = vi.fn();
const create = vi.fn();
const get = vi.fn();

const asked = (call: "create" | "get") => ({
  ok: true,
  said: {
    call,
    purpose: call === "create" ? "enrolment" : "sign_in",
    email: "ada@court.example.test",
    device: "Common Platform on Linux",
    from: "203.0.113.7",
    options: {
      publicKey: {
        challenge: "-_8",
        ...(call === "create" ? { user: { id: "AQI", name: "ada" }, excludeCredentials: [{ type: "public-key", id: "Aw" }] } : { allowCredentials: [{ type: "public-key", id: "BA" }] }),
      },
    },
  },
});

async function open(hash: string) {
  document.body.innerHTML = /<body>([\s\S]*)<\/body>/.exec(page)?.[1] ?? "";
  const location = { hash, pathname: "/passkey", replace };
  const history = { replaceState: vi.fn() };
  const window = { location, history, PublicKeyCredential: class {} };
  const navigator = { credentials: { create, get } };
  const fetch = async (address: string, { body }: { body: string }) => {
    const what = address.replace("passkey/", "");
    sent.push({ what, body: JSON.parse(body) as Record<string, unknown> });
    const { ok, said } = answers[what] ?? { ok: false, said: { title: "No.", hint: "Begin again." } };
    return { ok, json: async () => said };
  };
  new Function("window", "navigator", "fetch", script)(window, navigator, fetch);
  await vi.waitFor(() => expect(part("text").textContent).not.toBe("One moment…"));
  return { history };
}

beforeEach(() => {
  sent.length = 0;
  answers = { answer: { ok: true, said: { redirect: "http://127.0.0.1:49152/signed-in?code=c&state=s" } } };
});
afterEach(() => vi.clearAllMocks());

describe("the page of a passkey", () => {
  it("makes one, as the service asked, and goes back to the application", async () => {
    answers.look = asked("create");
    create.mockResolvedValue({
      id: "BQY",
      rawId: buffer(5, 6),
      type: "public-key",
      response: { clientDataJSON: buffer(123, 125), attestationObject: buffer(251, 255), getTransports: () => ["internal"] },
    });
    const { history } = await open("#ticket");
    expect(history.replaceState).toHaveBeenCalledWith(null, "", "/passkey");
    expect(part("account").textContent).toBe("ada@court.example.test");
    expect(part("device").textContent).toBe("Common Platform on Linux");
    expect(document.activeElement).toBe(part("go"));
    expect(create).not.toHaveBeenCalled();
    part("go").click();
    await vi.waitFor(() => expect(replace).toHaveBeenCalledWith("http://127.0.0.1:49152/signed-in?code=c&state=s"));
    const [{ publicKey }] = create.mock.calls[0] as [{ publicKey: { challenge: Uint8Array; user: { id: Uint8Array }; excludeCredentials: { id: Uint8Array }[] } }];
    expect([...publicKey.challenge]).toEqual([251, 255]);
    expect([...publicKey.user.id]).toEqual([1, 2]);
    expect([...(publicKey.excludeCredentials[0]?.id ?? [])]).toEqual([3]);
    expect(sent[1]).toEqual({
      what: "answer",
      body: {
        ticket: "ticket",
        credential: { id: "BQY", rawId: "BQY", type: "public-key", extensions: {}, response: { clientDataJSON: "e30", attestationObject: "-_8", transports: ["internal"] } },
      },
    });
  });

  it("uses one, and lets somebody who stopped it try again", async () => {
    answers.look = asked("get");
    get.mockRejectedValueOnce(Object.assign(new Error("no"), { name: "NotAllowedError" }));
    await open("#ticket");
    part("go").click();
    await vi.waitFor(() => expect(part("problem").textContent).toContain("Nothing was used"));
    expect(sent.map((one) => one.what)).toEqual(["look"]);
    get.mockResolvedValueOnce({
      id: "BA",
      rawId: buffer(4),
      type: "public-key",
      response: { clientDataJSON: buffer(1), authenticatorData: buffer(2), signature: buffer(3), userHandle: null },
    });
    part("go").click();
    await vi.waitFor(() => expect(replace).toHaveBeenCalledOnce());
    expect(sent[1]?.body.credential).toEqual({
      id: "BA",
      rawId: "BA",
      type: "public-key",
      extensions: {},
      response: { clientDataJSON: "AQ", authenticatorData: "Ag", signature: "Aw", userHandle: null },
    });
  });

  it("says what the service says, and asks for nothing more", async () => {
    await open("#old");
    expect(part("problem").textContent).toBe("No. Begin again.");
    expect(part("go").hidden).toBe(true);
    await open("");
    expect(part("problem").textContent).toContain("whole address");
    expect(replace).not.toHaveBeenCalled();
  });

  it("goes nowhere when the service refuses what was made", async () => {
    answers = { look: asked("get"), answer: { ok: false, said: { title: "Your passkey was not accepted.", hint: "Begin again in the application." } } };
    get.mockResolvedValueOnce({ id: "BA", rawId: buffer(4), type: "public-key", response: { clientDataJSON: buffer(1), authenticatorData: buffer(2), signature: buffer(3), userHandle: buffer(9) } });
    await open("#ticket");
    part("go").click();
    await vi.waitFor(() => expect(part("problem").textContent).toContain("not accepted"));
    expect(part("go").hidden).toBe(true);
    expect(replace).not.toHaveBeenCalled();
  });
});
