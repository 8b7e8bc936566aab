/** Help says of every screen there is what it is for. */
import { cleanup } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { copy } from "../src/copy";
import { accessible, ada, fireEvent, hook, hooks, iris, open, type } from "./court";

const app = import.meta.glob<string>("../src/App.svelte", { query: "?raw", import: "default", eager: true });

it("every screen of the window has a help text of its own", () => {
  const source = Object.values(app).join("");
  const screens = [...source.matchAll(/route\.screen === "([a-z_]+)"/g)].map(([, screen]) => screen ?? "");
  expect(screens.length).toBeGreaterThan(14);
  expect(screens.filter((screen) => !copy.help.screens[screen])).toEqual([]);
  const texts = screens.map((screen) => copy.help.screens[screen]);
  expect(new Set(texts).size).toBe(new Set(screens).size);
  // A list, and one thing of it opened, are two screens.
  const opened = [...source.matchAll(/\{#if route\.id\}\{#key route\.id\}<(CaseView|Hearing) /g)];
  expect(opened.length).toBe(Object.keys(copy.help.opened).length);
});

describe("help where nobody is signed in", () => {
  const contact = "Telephone 0909 879 0000, from 8 to 6.";

  async function helps(place: keyof typeof copy.help.outside, said: string | null): Promise<void> {
    await fireEvent.click(await hook("outside-help"));
    expect((await hook("outside-help-text")).textContent).toBe(copy.help.outside[place]);
    expect((await hook("outside-help-contact")).textContent).toBe(said ?? copy.help.noContact);
    await accessible();
    await fireEvent.click(await hook("outside-help-close"));
    expect(hooks("outside-help-panel")).toHaveLength(0);
  }

  it("is on the form of signing in, of a code and of a new password, with how the service centre is reached", async () => {
    await open(null, null, (twin) => {
      twin.contact = contact;
    });
    await helps("sign_in", contact);
    await fireEvent.click(await hook("forgotten"));
    await helps("reset", contact);
  });

  it("is there while the server cannot be reached, and says what it last said", async () => {
    await open(null, null, (twin) => {
      twin.contact = contact;
    });
    await helps("sign_in", contact);
    cleanup();
    await open(null, null, (twin) => {
      twin.away = true;
    });
    await hook("connection-down");
    await helps("sign_in", contact);
  });

  it.each(["register", "activate"] as const)("is on %s", async (place) => {
    await open(null, [place]);
    await helps(place, null);
  });

  it("is on the lock", async () => {
    await open(ada, ["hearings"]);
    await fireEvent.click(await hook("lock-now"));
    await hook("lock");
    await helps("lock", null);
  });

  it("is there while a second factor is missing that the organisation asks for", async () => {
    await open(iris, ["account"], (twin) => {
      if (twin.person) twin.person = { ...twin.person, screens: [], second_factor_missing: true };
    });
    await helps("second_factor", null);
  });
});

it("what is asked on a hearing goes with the references of its cases", async () => {
  const twin = await open(ada, ["hearings", "hearing-1"], (twin) => {
    if (twin.person) twin.person = { ...twin.person, screens: [...twin.person.screens, "help"] };
  });
  await hook("tab-log");
  await fireEvent.click(await hook("help-open"));
  await type(await hook("ask-question"), "Why can I not share?");
  await fireEvent.click(await hook("ask-send"));
  await hook("help-sent");
  const sent = twin.asked.find(({ name }) => name === "support.ask")?.request as { reference: string };
  expect(sent.reference).toMatch(/^[0-9]{2}[A-Z0-9]{2}[0-9]+/);
});

describe("the page of help", () => {
  it("says what each of one's screens is for, the keys, how results are typed, who answers and how they are reached", async () => {
    const contact = "Telephone 0909 879 0000, from 8 to 6.";
    await open(ada, ["help"], (twin) => {
      twin.contact = contact;
      if (twin.person) twin.person = { ...twin.person, screens: [...twin.person.screens, "help"] };
    });
    await hook("help-here");
    const shown = hooks("help-screen").map((row) => row.dataset["screen"]);
    expect(shown).toContain("hearings");
    expect(shown).not.toContain("announcements");
    expect((await hook("help-here")).textContent).toContain("Ctrl+Enter");
    expect((await hook("help-who")).textContent).toContain("service centre");
    expect((await hook("help-contact")).textContent).toBe(contact);
    await accessible();
    await fireEvent.click(await hook("help-grammar"));
    await hook("grammar-help");
    await fireEvent.click(await hook("grammar-close"));
    expect(hooks("grammar-help")).toHaveLength(0);
  });

  it("shows nobody keys of a screen that they do not have", async () => {
    await open(iris, ["help"], (twin) => {
      if (twin.person) twin.person = { ...twin.person, screens: [...twin.person.screens, "help"] };
    });
    await hook("help-here");
    expect(hooks("help-grammar")).toHaveLength(0);
  });
});
