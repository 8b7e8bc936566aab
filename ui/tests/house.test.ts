/** The rules of this house that a machine can check. */
import { parse } from "svelte/compiler";
import { describe, expect, it } from "vitest";

const sources = import.meta.glob<string>(["../src/**/*.{ts,svelte}", "!../src/contract/**"], { query: "?raw", import: "default", eager: true });
const files = Object.entries(sources).map(([path, text]) => ({ path: path.replace("../src/", ""), text }));
const outside = files.filter(({ path }) => !path.startsWith("platform/"));

it("there are files to check", () => expect(files.length).toBeGreaterThan(40));

describe("outside platform", () => {
  it("nothing imports the desktop's API", () => {
    expect(outside.filter(({ text }) => /@tauri-apps|__TAURI/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("nothing fetches", () => {
    expect(outside.filter(({ text }) => /\b(fetch|XMLHttpRequest|WebSocket|EventSource)\s*\(/.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

it("no file is longer than 600 lines, and each says first why it is there", () => {
  const wrong = files.filter(({ path, text }) => {
    const opens = path.endsWith(".svelte") ? /^<!--/ : /^\/\*\*/;
    return text.split("\n").length > 600 || !opens.test(text);
  });
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

interface Node {
  type: string;
  name?: string;
  data?: string;
  value?: unknown;
  [key: string]: unknown;
}

/** Attributes whose text people read or hear. */
const READ = new Set(["aria-label", "aria-description", "title", "placeholder", "alt", "label"]);

function words(node: unknown, found: string[]): void {
  if (Array.isArray(node)) {
    for (const one of node) words(one, found);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const { type, name, data, value } = node as Node;
  if (type === "Text" && typeof data === "string" && /\p{L}{2,}/u.test(data)) found.push(data.trim());
  if (type === "Attribute") {
    if (READ.has(name ?? "")) words(value, found);
    return;
  }
  if (type === "Script" || type === "StyleSheet" || type === "Comment") return;
  for (const key of Object.keys(node)) if (key !== "metadata" && key !== "parent") words((node as Node)[key], found);
}

it("every word that people read comes from copy", () => {
  const found = files
    .filter(({ path }) => path.endsWith(".svelte"))
    .flatMap(({ path, text }) => {
      const read: string[] = [];
      words(parse(text, { modern: true }).fragment, read);
      return read.map((word) => `${path}: ${word}`);
    });
  expect(found).toEqual([]);
});
