/** Help says of every screen there is what it is for. */
import { expect, it } from "vitest";
import { copy } from "../src/copy";

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
