/** Proving who one is: codes, the lock, the proof in place, my account. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { accessible, ada, fireEvent, hal, hook, hooks, iris, open, type, waitFor } from "./court";
import { people } from "../src/platform/twin/people";
import { presence } from "../src/state/presence.svelte";
import { rpc } from "../src/platform";

const password = "court-demo";

async function signInAs(email: string) {
  await type(await hook("sign-in-email"), email);
  await type(await hook("sign-in-password"), password);
  await fireEvent.click(await hook("sign-in-submit"));
}

describe("a second factor", () => {
  it("is asked for after the password, and not before", async () => {
    const twin = await open(null, null, (court) => {
      court.security = { ...court.security, second_factor_since: "2026-11-01T09:00:00Z" };
    });
    await signInAs(ada);
    const field = await hook("sign-in-code");
    await waitFor(() => expect(document.activeElement).toBe(field));
    await accessible();
    await type(field, "000000");
    await fireEvent.click(await hook("sign-in-code-submit"));
    expect((await hook("problem")).textContent).toContain("code");
    expect(twin.person).toBeNull();
    await type(await hook("sign-in-code"), "123456");
    await fireEvent.click(await hook("sign-in-code-submit"));
    expect((await hook("person")).textContent).toContain("Ada Wren");
  });

  it("is set up with a picture or a secret, and gives recovery codes once", async () => {
    await open(ada, ["account"]);
    await fireEvent.click(await hook("factor-begin"));
    expect((await hook("factor-qr")).getAttribute("viewBox")).toBe("0 0 33 33");
    expect((await hook("factor-secret")).textContent).toBe("GEZDGNBV");
    await accessible();
    await type(await hook("factor-code"), "123456");
    await fireEvent.click(await hook("factor-confirm"));
    expect((await hook("recovery-codes")).querySelectorAll("li")).toHaveLength(2);
    await fireEvent.click(await hook("codes-kept"));
    expect((await hook("factor-on")).textContent).toContain("2 recovery codes are left");
    expect(hooks("recovery-codes")).toEqual([]);
  });

  it("that the organisation asks for comes before everything else", async () => {
    await open(ada, ["hearings"], (court) => {
      if (court.person) court.person = { ...court.person, second_factor_missing: true, screens: [] };
    });
    expect((await hook("account")).textContent).toContain("Your organisation asks for a second factor");
    expect(hooks("nav-hearings")).toEqual([]);
  });
});

describe("the lock", () => {
  afterEach(() => vi.useRealTimers());

  it("covers the window after a time without input, and not while there is some", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
    await open(ada, ["notices"]);
    await hook("notices");
    vi.advanceTimersByTime(890_000);
    window.dispatchEvent(new Event("pointermove"));
    vi.advanceTimersByTime(890_000);
    expect(presence.locked).toBe(false);
    vi.advanceTimersByTime(20_000);
    expect(presence.locked).toBe(true);
    await hook("lock");
  });

  it("is kept off by the server too while somebody only reads, and not while nobody is there", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
    const twin = await open(ada, ["notices"]);
    await hook("notices");
    const before = twin.asked.length;
    const told = () => twin.asked.slice(before).filter(({ name }) => name === "account.current").length;
    vi.advanceTimersByTime(500_000);
    expect(told()).toBe(0);
    window.dispatchEvent(new Event("wheel"));
    vi.advanceTimersByTime(2_000);
    expect(told()).toBe(1);
    vi.advanceTimersByTime(300_000);
    expect(told()).toBe(1);
  });

  it("that is opened at once stays open", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
    await open(ada, ["notices"]);
    await hook("notices");
    vi.advanceTimersByTime(900_500);
    expect(presence.locked).toBe(true);
    await type(await hook("prove-password"), password);
    await fireEvent.click(await hook("prove"));
    await waitFor(() => expect(presence.locked).toBe(false));
    vi.advanceTimersByTime(4_000);
    expect(presence.locked).toBe(false);
  });

  it("takes the key that locked it for no try to open it", async () => {
    const twin = await open(ada, ["notices"]);
    const proved = vi.spyOn(twin, "host");
    await fireEvent.click(await hook("lock-now"));
    await fireEvent.submit((await hook("prove")).closest("form") as HTMLFormElement);
    expect(document.activeElement).toBe(await hook("prove-password"));
    expect(hooks("problem")).toEqual([]);
    expect(proved.mock.calls.map(([what]) => what)).not.toContain("prove");
  });

  it("is not put back by an answer that was on its way", async () => {
    const twin = await open(ada, ["notices"]);
    await hook("notices");
    let late: (refused: unknown) => void = () => undefined;
    vi.spyOn(twin, "rpc").mockImplementationOnce(() => new Promise((_, reject) => (late = reject)));
    const asked = rpc("account.current", {}, "late");
    await fireEvent.click(await hook("lock-now"));
    await type(await hook("prove-password"), password);
    await fireEvent.click(await hook("prove"));
    await waitFor(() => expect(hooks("lock")).toEqual([]));
    late({ code: "locked", title: "This window is locked.", detail: "", hint: "Unlock it where you are.", reference: "" });
    expect((await asked).name).toBe("Ada Wren");
    expect(presence.locked).toBe(false);
  });

  it("keeps the work, hides it from eyes and keys, and opens in place", async () => {
    const twin = await open(ada, ["notices"]);
    const screen = await hook("notices");
    await fireEvent.click(await hook("lock-now"));
    await hook("lock");
    expect(twin.locked).toBe(true);
    expect(document.querySelector<HTMLElement>(".behind")?.inert).toBe(true);
    await accessible();
    // What is asked meanwhile waits, and goes again as the same action.
    const asked = rpc("account.current", {}, "one");
    await type(await hook("prove-password"), "wrong");
    await fireEvent.click(await hook("prove"));
    expect((await hook("problem")).getAttribute("data-code")).toBe("wrong_password");
    await type(await hook("prove-password"), password);
    await fireEvent.click(await hook("prove"));
    await waitFor(() => expect(hooks("lock")).toEqual([]));
    expect((await asked).name).toBe("Ada Wren");
    expect(await hook("notices")).toBe(screen);
    expect(twin.asked.filter(({ commandId }) => commandId === "one").length).toBeGreaterThan(0);
  });

  it("never opens for somebody else: what was open and typed is nobody's then", async () => {
    const twin = await open(iris, ["notices"], (court) => {
      if (court.person) court.person = { ...court.person, by_provider: true };
    });
    await hook("notices");
    await fireEvent.click(await hook("lock-now"));
    const other = people.find(({ email }) => email === hal);
    const asked = rpc("account.current", {}, "one").then(() => "sent again", () => "dropped");
    vi.spyOn(twin, "host").mockImplementationOnce(() => Promise.resolve(other) as never);
    await fireEvent.click(await hook("prove-provider"));
    await hook("sign-in-email");
    expect(hooks("notices")).toEqual([]);
    expect(hooks("person")).toEqual([]);
    expect(await asked).toBe("dropped");
    await waitFor(() => expect(twin.person).toBeNull());
  });

  it("of another window is this window's too", async () => {
    const twin = await open(ada, ["notices"]);
    await hook("notices");
    twin.locked = true;
    twin.say("locked", null);
    await hook("lock");
    await fireEvent.click(await hook("lock-sign-out"));
    await hook("sign-in-email");
    expect(hooks("lock")).toEqual([]);
  });
});

describe("a proof that an act asks for", () => {
  it("is given in place, and the act goes on by itself under its own id", async () => {
    const twin = await open(ada, ["notices"]);
    await hook("notices");
    twin.proven = false;
    const shared = rpc("hearing.share_results", { hearing_id: "h", revision: 1, version: 1, targets: null }, "share");
    await hook("proof");
    await accessible();
    await type(await hook("prove-password"), password);
    await fireEvent.click(await hook("prove"));
    await shared;
    expect(twin.asked.filter(({ name }) => name === "hearing.share_results").map(({ commandId }) => commandId)).toEqual(["share", "share"]);
  });

  it("by more than the password offers no password, and goes on after a code", async () => {
    const twin = await open(ada, ["notices"]);
    await hook("notices");
    twin.strongly = false;
    const renewed = rpc("account.renew_recovery_codes", {}, "renew");
    expect((await hook("proof")).textContent).toContain("your password is not enough");
    expect(hooks("prove-password")).toEqual([]);
    expect(hooks("prove-other")).toEqual([]);
    expect(hooks("prove-passkey")).toEqual([]);
    await accessible();
    await type(await hook("prove-code"), twin.code);
    await fireEvent.click(await hook("prove"));
    expect((await renewed).codes).toHaveLength(1);
    // What asks for any proof offers the password again.
    twin.proven = false;
    const shared = rpc("hearing.share_results", { hearing_id: "h", revision: 1, version: 1, targets: null }, "share");
    await hook("prove-password");
    await fireEvent.click(await hook("prove-cancel"));
    await expect(shared).rejects.toMatchObject({ code: "proof_needed" });
  });

  it("by more than the password goes by a passkey where there is one", async () => {
    const twin = await open(ada, ["notices"], (court) => {
      if (court.person) court.person = { ...court.person, by_passkey: true };
    });
    await hook("notices");
    twin.strongly = false;
    const renewed = rpc("account.renew_recovery_codes", {}, "renew");
    await fireEvent.click(await hook("prove-passkey"));
    expect((await renewed).codes).toHaveLength(1);
  });

  it("may be left, and then nothing is done", async () => {
    const twin = await open(ada, ["notices"]);
    await hook("notices");
    twin.proven = false;
    const shared = rpc("hearing.share_results", { hearing_id: "h", revision: 1, version: 1, targets: null }, "share");
    await hook("proof");
    await fireEvent.click(await hook("prove-cancel"));
    await expect(shared).rejects.toMatchObject({ code: "proof_needed" });
    expect(hooks("proof")).toEqual([]);
  });
});

describe("my account", () => {
  it("shows where one is signed in, and ends one of them", async () => {
    await open(ada, ["account"]);
    await hook("device");
    expect(hooks("device")).toHaveLength(2);
    await accessible();
    await fireEvent.click(await hook("device-end"));
    await waitFor(() => expect(hooks("device")).toHaveLength(1));
  });

  it("signs out everywhere, this window included", async () => {
    const twin = await open(ada, ["account"]);
    await fireEvent.click(await hook("sign-out-everywhere"));
    await hook("sign-in-email");
    expect(twin.person).toBeNull();
    expect(twin.security.devices).toEqual([]);
    expect(hooks("signed-out")).toEqual([]);
  });

  it("stays where it is when the server cannot be told", async () => {
    await open(ada, ["account"], (court) => {
      court.answers["account.sign_out_everywhere"] = () => {
        throw { code: "unreachable", title: "The server cannot be reached.", detail: "", hint: "Try again.", reference: null };
      };
    });
    await fireEvent.click(await hook("sign-out-everywhere"));
    expect((await hook("problem")).textContent).toContain("cannot be reached");
    expect(hooks("device")).toHaveLength(2);
  });

  it("changes the password, and says what is missing", async () => {
    const twin = await open(ada, ["account"]);
    await fireEvent.click(await hook("password-change"));
    expect(document.activeElement).toBe(await hook("password-current"));
    await type(await hook("password-current"), password);
    await type(await hook("password-new"), "heron brass lintel");
    await fireEvent.click(await hook("password-change"));
    expect((await hook("password-changed")).textContent).toContain("One other sign-in was ended");
    expect(twin.asked.at(-1)?.name).toBe("account.security");
  });

  it("forgotten where no mail leaves: no code is on its way, and who makes one is said", async () => {
    await open(null, null, (court) => {
      court.mail = false;
    });
    await type(await hook("sign-in-email"), ada);
    await fireEvent.click(await hook("forgotten"));
    await fireEvent.click(await hook("reset-ask"));
    const said = (await hook("reset-asked")).textContent;
    expect(said).toContain("No mail leaves this server");
    expect(said).toContain("Ask whoever runs it");
    expect(said).not.toContain("on its way");
    await hook("reset-code");
  });

  it("forgotten: a code by email, then another password", async () => {
    const twin = await open(null, null);
    await type(await hook("sign-in-email"), ada);
    await fireEvent.click(await hook("forgotten"));
    expect(((await hook("reset-email")) as HTMLInputElement).value).toBe(ada);
    await accessible();
    await fireEvent.click(await hook("reset-ask"));
    expect((await hook("reset-asked")).textContent).toContain("If there is an account");
    await type(await hook("reset-code"), "0a1b-cdef-ghjk-mnpq");
    await type(await hook("reset-new"), "heron brass lintel");
    await fireEvent.click(await hook("reset-set"));
    await hook("reset-done");
    expect(twin.asked.map(({ name }) => name)).toContain("account.reset_password");
  });
});
