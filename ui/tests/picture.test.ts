/** Pages that the desktop draws: only what changed is fetched, and what they say can be heard. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PreviewPage } from "../src/platform";
import { connectTo } from "../src/platform";
import { Twin } from "../src/platform/browser";
import { open } from "../src/widgets/picture";

const asked: string[] = [];
const put = vi.fn();

/** A picture of 100 by 141 points, of which the part given is sent. */
function part(x: number, y: number, width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(24 + 4 * width * height);
  [100, 141, x, y, width, height].forEach((number, at) => new DataView(bytes.buffer).setUint32(4 * at, number, true));
  return bytes;
}

let next = part(0, 0, 100, 141);

beforeEach(() => {
  asked.length = 0;
  put.mockReset();
  const twin = new Twin();
  twin.bytesUrl = (kind, id) => `${kind}/${id}`;
  connectTo(twin);
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    return new Response(next, { headers: { "content-length": String(next.length) } });
  });
  vi.stubGlobal("ImageData", class { constructor(readonly data: Uint8ClampedArray, readonly width: number, readonly height: number) {} });
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockImplementation((() => ({ putImageData: put, measureText: () => ({ width: 10 }) })) as never);
});

const page = (look: string, ...said: string[]): PreviewPage => ({
  look,
  width: 100,
  height: 141,
  blocks: said.map((text, at) => ({ tag: at === 0 ? "H1" : "P", pieces: [{ x: 10, baseline: 20 + 12 * at, width: 20, size: 10, text }] })),
});

async function drawn(key: string, one: PreviewPage, canvas: HTMLCanvasElement, text: HTMLElement, scale = 1) {
  const opened = open({ key, pages: [one] });
  opened.draw(await opened.paper.getPage(1), scale, canvas, text);
  await opened.settled();
}

describe("a page that the desktop draws", () => {
  it("is fetched once, then only as what changed since, and not at all if it looks the same", async () => {
    const [canvas, text] = [document.createElement("canvas"), document.createElement("div")];
    await drawn("1", page("a", "Order"), canvas, text);
    expect([canvas.width, canvas.height]).toEqual([100, 141]);
    next = part(10, 30, 50, 12);
    await drawn("2", page("b", "Orders"), canvas, text);
    expect(put.mock.lastCall?.slice(1)).toEqual([10, 30]);
    expect(put.mock.lastCall?.[0]).toMatchObject({ width: 50, height: 12 });
    await drawn("3", page("b", "Orders"), canvas, text);
    expect(asked).toEqual(["picture/1.1.100.0", "picture/2.1.100.1"]);
    // What it shows is what came second: the third looked the same.
    await drawn("4", page("c", "Order"), canvas, text);
    expect(asked.at(-1)).toBe("picture/4.1.100.2");
  });

  it("is fetched whole at another size", async () => {
    const [canvas, text] = [document.createElement("canvas"), document.createElement("div")];
    await drawn("1", page("a", "Order"), canvas, text);
    await drawn("1", page("a", "Order"), canvas, text, 2);
    expect(asked).toEqual(["picture/1.1.100.0", "picture/1.1.200.0"]);
  });

  it("is drawn as finely as the screen is", async () => {
    vi.stubGlobal("devicePixelRatio", 2);
    await drawn("1", page("a", "Order"), document.createElement("canvas"), document.createElement("div"));
    vi.stubGlobal("devicePixelRatio", 1);
    expect(asked).toEqual(["picture/1.1.200.0"]);
  });

  it("says what stands on it, and only what changed is said anew", async () => {
    const [canvas, text] = [document.createElement("canvas"), document.createElement("div")];
    await drawn("1", page("a", "Order", "You must pay.", "By Friday."), canvas, text);
    expect(text.textContent).toBe("OrderYou must pay.By Friday.");
    expect(text.querySelector("[role='heading'][aria-level='3']")?.textContent).toBe("Order");
    const before = [...text.querySelectorAll("span span")];
    await drawn("2", page("b", "Order", "You must pay £50.", "By Friday."), canvas, text);
    const after = [...text.querySelectorAll("span span")];
    expect(after).toEqual(before);
    expect(text.textContent).toBe("OrderYou must pay £50.By Friday.");
    await drawn("3", page("c", "Order"), canvas, text);
    expect(text.textContent).toBe("Order");
  });

  it("keeps what it shows when the next cannot be had", async () => {
    const [canvas, text] = [document.createElement("canvas"), document.createElement("div")];
    await drawn("1", page("a", "Order"), canvas, text);
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("offline");
    });
    await drawn("2", page("b", "Orders"), canvas, text);
    expect(canvas.width).toBe(100);
    expect(put).toHaveBeenCalledTimes(1);
  });
});
