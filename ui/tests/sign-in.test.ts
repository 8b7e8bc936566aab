/** Signing in. */
import { describe, expect, it } from "vitest";
import { accessible, ada, fireEvent, hook, hooks, open, type, waitFor } from "./court";

describe("signing in", () => {
  it("says what is missing, and leads there", async () => {
    await open(null, null);
    await fireEvent.click(await hook("sign-in-submit"));
    const summary = await hook("error-summary");
    expect(summary.textContent).toContain("Enter your email address");
    expect(summary.textContent).toContain("Enter your password");
    await waitFor(() => expect(document.activeElement).toBe(summary));
    await fireEvent.click(summary.querySelector("a[href='#password']") ?? summary);
    expect(document.activeElement).toBe(await hook("sign-in-password"));
    await accessible();
  });

  it("with a wrong password says so, keeps the address, and asks the server nothing twice", async () => {
    const twin = await open(null, null);
    await type(await hook("sign-in-email"), ada);
    await type(await hook("sign-in-password"), "wrong");
    await fireEvent.click(await hook("sign-in-submit"));
    expect((await hook("error-summary")).textContent).toContain("do not fit");
    expect(((await hook("sign-in-email")) as HTMLInputElement).value).toBe(ada);
    expect(twin.person).toBeNull();
  });

  it("as a person of the demo court is one button", async () => {
    const twin = await open(null, null);
    await fireEvent.click(await hook(`demo-${ada}`));
    expect((await hook("person")).textContent).toContain("Ada Wren");
    expect(twin.person?.email).toBe(ada);
  });

  it("offers nobody when the court is real", async () => {
    await open(null, null, (twin) => {
      const about = twin.answers["account.about"];
      twin.answers["account.about"] = (request) => ({ ...about(request), demo: false, demo_people: [], demo_password: null });
    });
    await hook("sign-in-email");
    expect(hooks(`demo-${ada}`)).toEqual([]);
  });

  it("waits calmly for a server that cannot be reached, and goes on by itself", async () => {
    let down = true;
    const twin = await open(ada, null, (court) => {
      const about = court.answers["account.about"];
      court.answers["account.about"] = (request) => {
        if (down) throw { code: "unreachable", title: "The server cannot be reached.", detail: "", hint: "", reference: null };
        return about(request);
      };
    });
    expect((await hook("connection-down")).textContent).toContain("trying again");
    down = false;
    await waitFor(() => hook("person"));
    expect(twin.person?.email).toBe(ada);
  });

  it("is asked for again when the session ends elsewhere", async () => {
    const twin = await open(ada, ["notices"]);
    await hook("notices");
    twin.say("signed_out", null);
    await hook("sign-in-email");
    expect(document.body.textContent).toContain("You were signed out");
  });

  it("says when this computer cannot keep the session, until that is read", async () => {
    const twin = await open(null, null);
    expect(hooks("keyring-unavailable")).toEqual([]);
    // The desktop says so while it signs in: before there is anybody to tell.
    twin.say("keyring-unavailable", null);
    await fireEvent.click(await hook(`demo-${ada}`));
    const banner = await hook("keyring-unavailable");
    expect(banner.textContent).toContain("only until this window is closed");
    expect(banner.textContent).toContain("unlock the keyring");
    await accessible();
    await fireEvent.click(await hook("keyring-read"));
    await waitFor(() => expect(hooks("keyring-unavailable")).toEqual([]));
    await hook("person");
  });

  it("says nothing of a keyring where there is one", async () => {
    await open(null, null);
    await fireEvent.click(await hook(`demo-${ada}`));
    await hook("person");
    expect(hooks("keyring-unavailable")).toEqual([]);
  });
});
