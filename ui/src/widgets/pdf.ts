/**
 * The PDF reader's door: the legacy build, because a court's computer may carry
 * an older web view, with its worker as a file of our own so that the content
 * security policy can stay strict. Loaded only when somebody reads.
 */
import type { Drawing } from "./paper";
import * as pdfjs from "pdfjs-dist/legacy/build/pdf.mjs";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

pdfjs.GlobalWorkerOptions.workerSrc = workerUrl;

/** One worker for all papers: to start another costs more than to read a page. */
let worker: pdfjs.PDFWorker | null = null;

/** Opens bytes. They are handed over: the caller must not use them again. */
export async function open(bytes: Uint8Array): Promise<{ paper: pdfjs.PDFDocumentProxy; close: () => void }> {
  worker ??= new pdfjs.PDFWorker();
  const task = pdfjs.getDocument({
    worker,
    data: bytes,
    // Scanned pages need decoders that are fetched by name.
    wasmUrl: new URL("pdfjs/", document.baseURI).href,
    useSystemFonts: true,
    enableXfa: false,
  });
  const paper = await task.promise;
  return { paper, close: () => void task.destroy() };
}

/**
 * Draws one page at a scale, with a layer of text over it for selection and
 * screen readers. It is drawn beside and shown when it is whole: what was there
 * before stays until then, and nothing flashes. One drawing at a time: wait for
 * `done`.
 */
export function draw(page: pdfjs.PDFPageProxy, scale: number, canvas: HTMLCanvasElement, text: HTMLElement): Drawing {
  const viewport = page.getViewport({ scale });
  const density = Math.min(window.devicePixelRatio || 1, 2);
  const beside = document.createElement("canvas");
  beside.width = Math.floor(viewport.width * density);
  beside.height = Math.floor(viewport.height * density);
  const picture = page.render({
    canvas: beside,
    viewport,
    ...(density === 1 ? {} : { transform: [density, 0, 0, density, 0, 0] }),
  });
  text.replaceChildren();
  text.style.setProperty("--total-scale-factor", String(scale));
  const layer = new pdfjs.TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
  const stop = () => {
    picture.cancel();
    layer.cancel();
  };
  const shown = picture.promise.then(() => {
    canvas.width = beside.width;
    canvas.height = beside.height;
    canvas.style.width = `${viewport.width}px`;
    canvas.style.height = `${viewport.height}px`;
    canvas.getContext("2d")?.drawImage(beside, 0, 0);
    // Its memory is given back now, not when somebody tidies up.
    beside.width = beside.height = 0;
  });
  // Both report an early end as an error; a page that cannot be drawn leaves its
  // place white and the other pages readable.
  const done = Promise.allSettled([shown, layer.render()]).then(() => undefined);
  return { stop, done };
}
