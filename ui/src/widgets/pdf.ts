/**
 * The PDF reader's door: the legacy build, because a court's computer may carry
 * an older web view, with its worker as a file of our own so that the content
 * security policy can stay strict. Loaded only when somebody reads.
 */
import * as pdfjs from "pdfjs-dist/legacy/build/pdf.mjs";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

pdfjs.GlobalWorkerOptions.workerSrc = workerUrl;

export type Paper = pdfjs.PDFDocumentProxy;
export type Page = pdfjs.PDFPageProxy;
export type Draw = typeof draw;

/** Opens bytes. They are handed over: the caller must not use them again. */
export async function open(bytes: Uint8Array): Promise<{ paper: Paper; close: () => void }> {
  const task = pdfjs.getDocument({
    data: bytes,
    // Scanned pages need decoders that are fetched by name.
    wasmUrl: new URL("pdfjs/", document.baseURI).href,
    useSystemFonts: true,
    enableXfa: false,
  });
  const paper = await task.promise;
  return { paper, close: () => void task.destroy() };
}

/** A drawing under way: how to end it early, and when it has ended either way. */
export interface Drawing {
  stop: () => void;
  done: Promise<void>;
}

/**
 * Draws one page at a scale, with a layer of text over it for selection and
 * screen readers. A canvas takes one drawing at a time: wait for `done`.
 */
export function draw(page: Page, scale: number, canvas: HTMLCanvasElement, text: HTMLElement): Drawing {
  const viewport = page.getViewport({ scale });
  const density = Math.min(window.devicePixelRatio || 1, 2);
  canvas.width = Math.floor(viewport.width * density);
  canvas.height = Math.floor(viewport.height * density);
  canvas.style.width = `${viewport.width}px`;
  canvas.style.height = `${viewport.height}px`;
  const picture = page.render({
    canvas,
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
  // Both report an early end as an error; a page that cannot be drawn leaves its
  // place white and the other pages readable.
  const done = Promise.allSettled([picture.promise, layer.render()]).then(() => undefined);
  return { stop, done };
}
