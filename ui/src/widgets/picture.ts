/**
 * Pages that the desktop draws: the preview beside the typing. Of a page that
 * changed only the part that did is fetched and put in its place; of one that
 * looks the same nothing is. What the page says comes with it and lies over the
 * picture, for selection and screen readers. Papers that are read go to the
 * reader of PDFs.
 */
import { readBytes, type PreviewMade, type PreviewPage, type PreviewPiece } from "../platform";
import type { Drawing, Opened, Sheet } from "./paper";

/** No page is drawn wider than this; what is shown larger is stretched. */
const WIDEST = 3000;

/** How far a screen reader has come before the page: its headings are below those of the screen. */
const LEVELS: Record<string, string> = { H1: "3", H2: "4", H3: "5" };

class Leaf implements Sheet {
  constructor(
    readonly key: string,
    readonly number: number,
    readonly page: PreviewPage,
  ) {}

  getViewport({ scale }: { scale: number }): { width: number; height: number } {
    return { width: this.page.width * scale, height: this.page.height * scale };
  }

  cleanup(): void {}
}

/** A preview at hand. */
export interface Preview extends Opened {
  /** When every page that has begun to be drawn is on its canvas. */
  settled: () => Promise<unknown>;
}

export function open({ key, pages }: PreviewMade): Preview {
  const begun: Promise<void>[] = [];
  return {
    paper: {
      numPages: pages.length,
      getPage: async (number) => {
        const page = pages[number - 1];
        if (!page) throw new RangeError(`no page ${number}`);
        return new Leaf(key, number, page);
      },
    },
    draw: (sheet, scale, canvas, text) => {
      const drawing = draw(sheet as Leaf, scale, canvas, text);
      begun.push(drawing.done);
      return drawing;
    },
    close: () => undefined,
    settled: () => Promise.all(begun),
  };
}

/** What each canvas shows. */
const shown = new WeakMap<HTMLCanvasElement, { key: string; look: string; wide: number }>();

function draw({ key, number, page }: Leaf, scale: number, canvas: HTMLCanvasElement, text: HTMLElement): Drawing {
  const density = Math.min(window.devicePixelRatio || 1, 2);
  const wide = Math.min(WIDEST, Math.floor(page.width * scale * density));
  const before = shown.get(canvas);
  text.style.setProperty("--total-scale-factor", String(scale));
  speak(text, page);
  if (before?.look === page.look && before.wide === wide) {
    return { stop: () => undefined, done: Promise.resolve(), same: true };
  }
  const stop = new AbortController();
  const since = before?.wide === wide ? before.key : "0";
  const done = readBytes("picture", `${key}.${number}.${wide}.${since}`, stop.signal, () => undefined)
    .then((bytes) => {
      if (stop.signal.aborted) return;
      put(canvas, bytes);
      canvas.style.width = `${Math.floor(page.width * scale)}px`;
      canvas.style.height = `${Math.floor(page.height * scale)}px`;
      shown.set(canvas, { key, look: page.look, wide });
    })
    // What was there before stays until there is something newer.
    .catch(() => undefined);
  return { stop: () => stop.abort(), done };
}

/** Puts what came where it belongs: six numbers, then the points. */
function put(canvas: HTMLCanvasElement, bytes: Uint8Array): void {
  const head = new DataView(bytes.buffer, bytes.byteOffset, 24);
  const [width, height, x, y, across, down] = Array.from({ length: 6 }, (_, at) => head.getUint32(4 * at, true)) as [number, number, number, number, number, number];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  if (!across || !down) return;
  const points = new Uint8ClampedArray(bytes.buffer as ArrayBuffer, bytes.byteOffset + 24, 4 * across * down);
  // In ordinary memory: a graphics card would have to be handed each part.
  const pen = canvas.getContext("2d", { willReadFrequently: true, alpha: false });
  pen?.putImageData(new ImageData(points, across, down), x, y);
}

/** What each element of a layer of text was made from, so that only what changed is touched. */
const said = new WeakMap<Element, string>();

/** Lays what a page says over it. */
function speak(layer: HTMLElement, page: PreviewPage): void {
  page.blocks.forEach(({ tag, pieces }, at) => {
    const block = child(layer, at);
    if (said.get(block) !== tag) {
      said.set(block, tag);
      block.className = "markedContent";
      const role = tag in LEVELS ? "heading" : tag === "P" ? "paragraph" : "";
      attribute(block, "role", role);
      attribute(block, "aria-level", LEVELS[tag] ?? "");
      // The page's number and what is printed in its margins are no part of what it says.
      attribute(block, "aria-hidden", tag === "Artifact" ? "true" : "");
    }
    pieces.forEach((piece, nth) => write(child(block, nth), piece, page));
    trim(block, pieces.length);
  });
  trim(layer, page.blocks.length);
}

function write(span: HTMLElement, piece: PreviewPiece, page: PreviewPage): void {
  const { x, baseline, width, size, text } = piece;
  const now = JSON.stringify([x, baseline, width, size, text]);
  if (said.get(span) === now) return;
  said.set(span, now);
  span.textContent = text;
  span.style.left = `${((100 * x) / page.width).toFixed(2)}%`;
  // Letters stand on their line; most of their height is above it.
  span.style.top = `${((100 * (baseline - 0.85 * size)) / page.height).toFixed(2)}%`;
  span.style.setProperty("--font-height", `${size.toFixed(2)}px`);
  span.style.setProperty("--scale-x", stretch(span, text, size, width));
}

let ruler: CanvasRenderingContext2D | null | undefined;

/** The screen's letters are not the page's: the line is stretched until it is as long. */
function stretch(span: HTMLElement, text: string, size: number, width: number): string {
  ruler ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!ruler || !text.trim()) return "1";
  const font = `${size}px ${FAMILY}`;
  if (ruler.font !== font) ruler.font = font;
  span.style.fontFamily = FAMILY;
  return (width / (ruler.measureText(text).width || width)).toFixed(4);
}

const FAMILY = "sans-serif";

function child(of: HTMLElement, at: number): HTMLElement {
  return (of.children[at] as HTMLElement | undefined) ?? of.appendChild(document.createElement("span"));
}

function trim(of: HTMLElement, count: number): void {
  while (of.children.length > count) of.lastElementChild?.remove();
}

function attribute(of: HTMLElement, name: string, value: string): void {
  if (value) of.setAttribute(name, value);
  else of.removeAttribute(name);
}
