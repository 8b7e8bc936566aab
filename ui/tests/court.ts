/** Opens the app in the twin's court as one of its people, for the component tests. */
import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import axe from "axe-core";
import { expect } from "vitest";
import App from "../src/App.svelte";
import { connectTo } from "../src/platform";
import { Twin } from "../src/platform/browser";
import { people } from "../src/platform/twin/people";
import { forget } from "../src/state/queries.svelte";
import { go } from "../src/state/route.svelte";
import { begin } from "../src/state/session.svelte";

export const ada = "ada.wren@court.example";
export const kofi = "kofi.marsh@cps.example";
export const iris = "iris.thorne@thorne.example";
export const bryn = "bryn.calder@court.example";
export const yusuf = "yusuf.bramall@service.example";
export const hal = "hal.corbin@thorne.example";
export const noor = "noor.hadley@service.example";
export const mina = "mina.oak@prison.example";

export async function open(email: string | null, where: Parameters<typeof go> | null, before: (twin: Twin) => void = () => undefined): Promise<Twin> {
  const twin = new Twin();
  twin.person = people.find((person) => person.email === email) ?? null;
  before(twin);
  connectTo(twin);
  forget();
  localStorage.clear();
  window.history.replaceState(null, "", "/");
  await went(...(where ?? ([""] as const)));
  await begin();
  render(App);
  return twin;
}

/** Goes somewhere, and waits until jsdom has told it: it does so late. */
export async function went(...to: Parameters<typeof go>): Promise<void> {
  const told = new Promise((done) => window.addEventListener("hashchange", done, { once: true }));
  const before = window.location.hash;
  go(...to);
  if (window.location.hash !== before) await told;
}

/** The first element with this hook, once it is there. */
export async function hook(name: string): Promise<HTMLElement> {
  return waitFor(() => {
    const found = document.querySelector<HTMLElement>(`[data-test="${name}"]`);
    if (!found) throw new Error(`nothing is called ${name}`);
    return found;
  });
}

export function hooks(name: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[data-test="${name}"]`)];
}

export async function field(line: string, reference: string): Promise<HTMLInputElement> {
  return waitFor(() => {
    const found = document.querySelector<HTMLInputElement>(`[data-line="${line}"] [data-field="${reference}"]`);
    if (!found) throw new Error(`no question ${reference} in ${line}`);
    return found;
  });
}

export async function type(into: HTMLElement, text: string): Promise<void> {
  into.focus();
  await fireEvent.input(into, { target: { value: text } });
}

export async function press(key: string, on: Element | null = document.activeElement): Promise<void> {
  if (on) await fireEvent.keyDown(on, { key, code: key });
}

/** Types results and takes them, once it is seen what was understood. */
export async function result(entry: string, text: string): Promise<void> {
  const input = await hook(entry);
  await type(input, text);
  await waitFor(() => expect(input.closest(".target")?.querySelector('[data-test="piece"]')).not.toBeNull());
  await press("Enter", input);
}

/** WCAG 2.2 AA, except colours, which jsdom does not know. */
export async function accessible(): Promise<void> {
  const found = await axe.run(document.body, {
    runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    rules: { "color-contrast": { enabled: false } },
  });
  expect(found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" | ")}`)).toEqual([]);
}

export { fireEvent, screen, waitFor };
