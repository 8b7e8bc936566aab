/** Passkeys: added and removed under My account, asked for at sign-in, and at the lock. */
import { describe, expect, it, vi } from "vitest";
import { accessible, ada, fireEvent, hook, hooks, open, type, waitFor } from "./court";
import { presence } from "../src/state/presence.svelte";

const password = "court-demo";
const laptop = { passkey_id: "passkey-1", name: "Laptop", added_at: "2026-11-01T09:00:00Z", used_at: "2026-11-20T09:00:00Z", refused_at: null };

async function signInAs(email: string) {
  await type(await hook("sign-in-email"), email);
  await type(await hook("sign-in-password"), password);
  await fireEvent.click(await hook("sign-in-submit"));
}

describe("a passkey", () => {
  it("is added under a name, with recovery codes the first time", async () => {
    const twin = await open(ada, ["account"]);
    await fireEvent.click(await hook("passkey-add"));
    expect((await hook("passkeys")).textContent).toContain("Give the passkey a name");
    await type(await hook("passkey-name"), "Work laptop");
    await fireEvent.click(await hook("passkey-add"));
    expect((await hook("recovery-codes")).querySelectorAll("li")).toHaveLength(2);
    await waitFor(async () => expect(document.activeElement).toBe(await hook("codes-kept")));
    await accessible();
    await fireEvent.click(await hook("codes-kept"));
    expect((await hook("passkey")).textContent).toContain("Work laptop");
    expect((await hook("passkey")).textContent).toContain("Never");
    await type(await hook("passkey-name"), "Telephone");
    await fireEvent.click(await hook("passkey-add"));
    await waitFor(() => expect(hooks("passkey")).toHaveLength(2));
    expect(hooks("recovery-codes")).toEqual([]);
    expect(twin.person?.by_passkey).toBe(true);
  });

  it("that asks for a proof is added once it was given", async () => {
    await open(ada, ["account"], (court) => {
      court.proven = false;
    });
    await type(await hook("passkey-name"), "Work laptop");
    await fireEvent.click(await hook("passkey-add"));
    await type(await hook("prove-password"), password);
    await fireEvent.click(await hook("prove"));
    expect((await hook("passkey")).textContent).toContain("Work laptop");
  });

  it("that was refused says so, and is removed by a button that names it", async () => {
    await open(ada, ["account"], (court) => {
      court.security = { ...court.security, recovery_codes: 9, passkeys: [{ ...laptop, refused_at: "2026-11-21T09:00:00Z" }] };
    });
    expect((await hook("passkey")).textContent).toContain("somebody may have a copy");
    await accessible();
    const remove = await hook("passkey-remove");
    expect(remove.getAttribute("aria-label")).toBe("Remove the passkey Laptop");
    await fireEvent.click(remove);
    await waitFor(() => expect(hooks("passkey")).toEqual([]));
    expect((await hook("passkey-told")).textContent).toContain("Laptop was removed");
  });

  const since = "2026-11-01T09:00:00Z";
  it.each([
    ["beside one", [laptop], null, "factor-begin", "Set up an authenticator"],
    ["beside one", [laptop], since, "factor-remove", "Remove the authenticator"],
    ["without one", [], null, "factor-begin", "Set up a second factor"],
    ["without one that is good", [{ ...laptop, refused_at: since }], since, "factor-remove", "Remove the second factor"],
  ])("%s an authenticator is called what it is", async (_, passkeys, second_factor_since, name, says) => {
    await open(ada, ["account"], (court) => {
      court.security = { ...court.security, passkeys, second_factor_since };
    });
    expect((await hook(name)).textContent).toBe(says);
  });

  it("is not offered where the service has no name", async () => {
    await open(ada, ["account"], (court) => {
      court.security = { ...court.security, passkeys_possible: false };
    });
    expect((await hook("passkeys")).textContent).toContain("cannot be used with this service");
    expect(hooks("passkey-add")).toEqual([]);
  });

  it("is asked for after the password, and a recovery code goes too", async () => {
    const twin = await open(null, null, (court) => {
      court.security = { ...court.security, recovery_codes: 9, passkeys: [laptop] };
      court.noBrowser = true;
    });
    await signInAs(ada);
    const use = await hook("use-passkey");
    await waitFor(() => expect(document.activeElement).toBe(use));
    await accessible();
    await fireEvent.click(use);
    expect((await hook("problem")).textContent).toContain("did not come back");
    expect(twin.person).toBeNull();
    expect(hooks("sign-in-code")).toHaveLength(1);
    twin.noBrowser = false;
    await fireEvent.click(await hook("use-passkey"));
    expect((await hook("person")).textContent).toContain("Ada Wren");
  });

  it("opens the lock", async () => {
    const twin = await open(ada, ["notices"], (court) => {
      if (court.person) court.person = { ...court.person, by_passkey: true };
    });
    const asked = vi.spyOn(twin, "host");
    await fireEvent.click(await hook("lock-now"));
    await fireEvent.click(await hook("prove-passkey"));
    await waitFor(() => expect(presence.locked).toBe(false));
    expect(asked.mock.calls.map(([what]) => what)).toContain("prove_by_passkey");
  });

  it("is not offered at the lock to whoever has none", async () => {
    await open(ada, ["notices"]);
    await fireEvent.click(await hook("lock-now"));
    await hook("lock");
    expect(hooks("prove-passkey")).toEqual([]);
  });
});
