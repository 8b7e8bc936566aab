/** Registering, activating, and the people of an organisation; announcements and help. */
import { describe, expect, it } from "vitest";
import { LINK } from "../src/platform/twin/organisations";
import { accessible, ada, fireEvent, hal, hook, hooks, noor, open, type, waitFor } from "./court";

function value(element: HTMLElement, text: string): Promise<boolean> {
  return fireEvent.change(element, { target: { value: text } });
}

describe("before signing in", () => {
  it("an organisation registers, is told what is wrong, and then its reference", async () => {
    const twin = await open(null, ["register"]);
    const kind = await hook("kind");
    await waitFor(() => expect(kind.querySelectorAll("option").length).toBeGreaterThan(1));
    await value(kind, "defence_firm");
    await hook("regulator_number");
    await fireEvent.click(await hook("register"));
    expect((await hook("error-summary")).textContent).toContain("Give the name");
    await accessible();
    await type(await hook("name"), "Pryce Adeyemi LLP");
    await type(await hook("address"), "8 Weir Street\nAshmere");
    await type(await hook("laa_contracts"), "0A123B, 0C456D");
    await fireEvent.click(await hook("terms"));
    await fireEvent.click(await hook("register"));
    expect((await hook("registration-reference")).textContent).toBe("R-2345-6789-ABCD-EFGH");
    const sent = twin.asked.filter(({ name }) => name === "organisation.register").at(-1)?.request as { said: Record<string, unknown> };
    expect(sent.said).toMatchObject({ address: ["8 Weir Street", "Ashmere"], laa_contracts: ["0A123B", "0C456D"], terms: "2026-11", courtrooms: 0 });
    await accessible();
  });

  it("a court is asked for its rooms, a firm is not", async () => {
    await open(null, ["register"]);
    const kind = await hook("kind");
    await waitFor(() => expect(kind.querySelectorAll("option").length).toBeGreaterThan(1));
    await value(kind, "court");
    await hook("courtrooms");
    expect(hooks("regulator_number")).toEqual([]);
  });

  it("whoever has a link activates, with a password and the terms", async () => {
    const twin = await open(null, ["activate"]);
    await type(await hook("activation-code"), "an old one");
    await fireEvent.click(await hook("activation-next"));
    expect((await hook("problem")).textContent).toContain("not good");
    await type(await hook("activation-code"), LINK);
    await fireEvent.click(await hook("activation-next"));
    expect((await hook("invitation")).textContent).toContain("Gita Rowe");
    await type(await hook("new-password"), "three fictional words");
    await fireEvent.click(await hook("activate"));
    expect((await hook("problem")).textContent).toContain("terms");
    await accessible();
    await fireEvent.click(await hook("accept-terms"));
    await fireEvent.click(await hook("activate"));
    expect((await hook("activated")).textContent).toContain("gita.rowe@thorne.example");
    expect(twin.asked.at(-1)?.request).toMatchObject({ terms: "2026-11" });
  });

  it("whoever has none asks for it, and is told the same whatever the address", async () => {
    await open(null, ["activate"]);
    await type(await hook("again-email"), "nobody@example.test");
    await fireEvent.click(await hook("send-again"));
    expect((await hook("sent-again")).textContent).toContain("If an account waits");
  });

  it("where no mail leaves none is on its way, and whom to ask is said", async () => {
    await open(null, ["activate"], (court) => {
      court.answers["account.ask_again"] = () => ({ mail: false });
    });
    await type(await hook("again-email"), "nobody@example.test");
    await fireEvent.click(await hook("send-again"));
    const said = (await hook("sent-again")).textContent;
    expect(said).toContain("No mail leaves this server");
    expect(said).not.toContain("on its way");
  });

  it("the ways are on the sign-in page", async () => {
    await open(null, null);
    expect((await hook("to-register")).getAttribute("href")).toBe("#/register");
    expect((await hook("to-activate")).getAttribute("href")).toBe("#/activate");
  });
});

describe("HMCTS staff", () => {
  it("validate a registration, and hand its link over where no mail leaves", async () => {
    await open(noor, ["organisations"]);
    expect((await hook("registration")).textContent).toContain("612345");
    expect((await hook("registration-warnings")).textContent).toContain("domain");
    await accessible();
    await fireEvent.click(await hook("validate"));
    expect((await hook("link")).textContent).toContain("/activate#");
    await hook("queue-empty");
  });

  it("refuse one with a reason, and not without", async () => {
    await open(noor, ["organisations"]);
    await fireEvent.click(await hook("refuse"));
    await fireEvent.click(await hook("record-refusal"));
    expect((await hook("problem")).textContent).toContain("reason");
    await type(await hook("refusal-reason"), "The SRA knows no such firm.");
    await fireEvent.click(await hook("record-refusal"));
    await hook("queue-empty");
  });

  it("rename an organisation, with the reason", async () => {
    const twin = await open(noor, ["organisations", "organisation-2"]);
    await fireEvent.click(await hook("rename"));
    await type(await hook("naming-name"), "Thorne Vale LLP");
    await type(await hook("naming-reason"), "It became a partnership.");
    await fireEvent.click(await hook("save-name"));
    await waitFor(() => expect(document.querySelector("h1")?.textContent).toContain("Thorne Vale LLP"));
    expect(twin.asked.at(-1)?.request).toEqual({ organisation_id: "organisation-2", name: "Thorne Vale LLP", reason: "It became a partnership." });
  });

  it("announce something, and everybody reads it", async () => {
    await open(noor, ["announcements"]);
    await type(await hook("announce-title"), "Printing is slow");
    await type(await hook("announce-details"), "Orders may take ten minutes.");
    await fireEvent.click(await hook("announce"));
    const announced = await hook("announced");
    expect(announced.textContent).toContain("Printing is slow");
    await accessible();
    await fireEvent.click(await hook("withdraw"));
    await waitFor(() => expect(hooks("announced")[0]?.dataset["standing"]).toBe("over"));
  });
});

describe("an organisation's administrator", () => {
  it("invites a joiner into roles of the organisation", async () => {
    const twin = await open(hal, ["people"]);
    await fireEvent.click(await hook("invite"));
    await type(await hook("invite-name"), "Emrys Vaughan");
    await type(await hook("invite-email"), "emrys@thorne.example");
    await type(await hook("invite-role"), "Solicitor");
    await fireEvent.click(await hook("send-invitation"));
    expect((await hook("problem")).textContent).toContain("without a role");
    await fireEvent.click(await hook("group-Defence Lawyers"));
    await accessible();
    await fireEvent.click(await hook("send-invitation"));
    await waitFor(() => expect(hooks("person-row")).toHaveLength(4));
    expect(twin.asked.at(-1)?.request).toMatchObject({ groups: ["Defence Lawyers"], organisation_id: "organisation-2" });
    expect(hooks("invite-form")).toEqual([]);
  });

  it("sees who sees what, and records a leaver in one action", async () => {
    const twin = await open(hal, ["people"]);
    await hook("person-row");
    await fireEvent.click(hooks("sees")[1] ?? document.body);
    expect((await hook("seen-case")).textContent).toContain("is on record for Marlow Ashby");
    await accessible();
    await fireEvent.click(hooks("leave")[0] ?? document.body);
    const form = await hook("leave-form");
    await waitFor(() => expect(form.textContent).toContain("20NB1234526"));
    expect(hooks("with-roles")).toEqual([]);
    await value(await hook("colleague"), "account-hal");
    // Hal only administers: without her role he could open none of them.
    expect((await hook("heir-cannot")).textContent).toContain("Hal Corbin cannot open all of these cases");
    expect(((await hook("with-roles")) as HTMLInputElement).checked).toBe(true);
    await accessible();
    await fireEvent.click(await hook("confirm-leave"));
    const left = (await hook("left")).textContent;
    expect(left).toContain("Hal Corbin was told");
    expect(left).toContain("Defence Lawyers");
    expect(left).not.toContain("20NB1234526");
    const asked = twin.asked.filter(({ name }) => name === "organisation.leave").map(({ request }) => request);
    expect(asked).toEqual([expect.objectContaining({ colleague: "account-hal", with_roles: true })]);
  });

  it("asks who can open a case, and hears of how many are left off", async () => {
    await open(hal, ["people"]);
    await fireEvent.click(await hook("show-who-opens"));
    expect(document.activeElement).toBe(await hook("opened-case"));
    await type(await hook("opened-case"), "29GD0000000");
    await fireEvent.click(await hook("show-who-opens"));
    expect((await hook("problem")).textContent).toContain("nothing here that you can see");
    await type(await hook("opened-case"), "20NB1234526");
    await fireEvent.click(await hook("show-who-opens"));
    expect((await hook("case-opener")).textContent).toContain("Iris Thorne");
    expect((await hook("openers-left-off")).textContent).toContain("3 more people");
    await accessible();
  });

  it("hands a leaver's cases on without the roles, if that is wished", async () => {
    await open(hal, ["people"]);
    await hook("person-row");
    await fireEvent.click(hooks("leave")[0] ?? document.body);
    await hook("leave-form");
    await waitFor(() => expect(document.querySelectorAll("#colleague option")).toHaveLength(2));
    await value(await hook("colleague"), "account-hal");
    await fireEvent.click(await hook("with-roles"));
    await fireEvent.click(await hook("confirm-leave"));
    expect((await hook("left")).textContent).toContain("20NB1234526");
  });

  it("suspends, lets in again, and may do neither to themselves", async () => {
    await open(hal, ["people"]);
    await hook("person-row");
    expect(hooks("suspend")).toHaveLength(1);
    await fireEvent.click(await hook("suspend"));
    await fireEvent.click(await hook("reactivate"));
    await waitFor(() => expect(hooks("suspend")).toHaveLength(1));
  });

  it("puts a colleague's name right, with the reason", async () => {
    const twin = await open(hal, ["people"]);
    await fireEvent.click(await hook("put-name-right"));
    const name = (await hook("naming-name")) as HTMLInputElement;
    expect(name.value).toBe("Iris Thorne");
    await type(name, "Iris Thorne-Vale");
    await fireEvent.click(await hook("save-name"));
    expect((await hook("problem")).textContent).toContain("needs a reason");
    await accessible();
    await type(await hook("naming-reason"), "She married.");
    await fireEvent.click(await hook("save-name"));
    await waitFor(() => expect(hooks("person-row")[1]?.textContent).toContain("Iris Thorne-Vale"));
    expect(twin.asked.at(-1)?.request).toEqual({ account_id: "account-iris", name: "Iris Thorne-Vale", reason: "She married." });
    expect(hooks("naming-form")).toEqual([]);
    expect(hooks("rename")).toEqual([]);
  });

  it("is shown a link once, where no mail leaves", async () => {
    await open(hal, ["people"]);
    await fireEvent.click(await hook("show-link"));
    expect((await hook("link")).textContent).toBe(LINK);
  });

  it("is nobody else: the screen is not there for others", async () => {
    await open(ada, ["people"]);
    await waitFor(() => expect(document.querySelector("h1")?.textContent).toContain("There is no such page"));
  });
});

describe("help", () => {
  it("is on the screen, and a question goes with what people are named by only if ticked", async () => {
    const twin = await open(hal, ["people"]);
    await hook("person-row");
    await fireEvent.click(await hook("help-open"));
    expect((await hook("help-text")).textContent).toContain("invite who joins");
    await accessible();
    await type(await hook("ask-question"), "How do I add an office?");
    await fireEvent.click(await hook("ask-send"));
    await hook("help-sent");
    const sent = () => twin.asked.filter(({ name }) => name === "support.ask").at(-1)?.request;
    expect(sent()).toMatchObject({ screen: "People", shown: null, with_people: false });
    await fireEvent.click(await hook("help-close"));
    await fireEvent.click(await hook("help-open"));
    await type(await hook("ask-question"), "Once more");
    await fireEvent.click(await hook("with-people"));
    await fireEvent.click(await hook("ask-send"));
    await hook("help-sent");
    expect(sent()).toMatchObject({ with_people: true, shown: "People of Thorne & Vale Solicitors" });
  });

  it("shows the answer where it was asked for", async () => {
    const twin = await open(noor, ["help"], (court) => {
      court.answers["support.ask"]({ question: "Why?", screen: "Cases", reference: "20NB1234526", shown: null, with_people: false });
    });
    await type(await hook("answer"), "Because the firm is not on record.");
    await fireEvent.click(await hook("send-answer"));
    await hook("nobody-waits");
    twin.say("live", { position: 2, stale: ["notices"], notice: null });
    expect((await hook("help-answer")).textContent).toContain("not on record");
    await accessible();
  });
});

describe("whoever changes their own roles", () => {
  it("sees the screens that come with them at once", async () => {
    await open(hal, ["people"], (twin) => {
      twin.answers["organisation.change_roles"] = () => {
        if (twin.person) twin.person = { ...twin.person, screens: ["cases", ...twin.person.screens] };
        return twin.answers["organisation.people"]({ organisation_id: null });
      };
    });
    expect(hooks("nav-cases")).toEqual([]);
    const own = await waitFor(() => {
      const row = document.querySelector<HTMLElement>('[data-test="person-row"][data-email="hal.corbin@thorne.example"] [data-test="roles"]');
      if (!row) throw new Error("no row");
      return row;
    });
    await fireEvent.click(own);
    await fireEvent.click(await hook("change-Defence Lawyers"));
    await fireEvent.click(await hook("save-roles"));
    await hook("nav-cases");
  });
});

describe("an organisation in which nobody works yet", () => {
  it("says what its administrator does next, and nothing of it once somebody has a role", async () => {
    await open(hal, ["people"], (twin) => {
      const all = twin.answers["organisation.people"];
      twin.answers["organisation.people"] = (request) => {
        const view = all(request);
        return { ...view, people: view.people.slice(0, 1) };
      };
    });
    expect((await hook("nobody-works")).textContent).toContain("Invite your colleagues");
    await accessible();
  });

  it("is not said of one with a solicitor", async () => {
    await open(hal, ["people"]);
    await hook("invite");
    await waitFor(() => expect(hooks("person-row").length).toBeGreaterThan(1));
    expect(hooks("nobody-works")).toEqual([]);
  });
});
