/** What the viewer shows, whoever draws it: the reader of PDFs, or the desktop. */

/** A page, before it is drawn. */
export interface Sheet {
  getViewport(at: { scale: number }): { width: number; height: number };
  cleanup(): unknown;
}

export interface Paper {
  numPages: number;
  getPage(number: number): Promise<Sheet>;
}

/** A drawing under way: how to end it early, and when it has ended either way. */
export interface Drawing {
  stop: () => void;
  done: Promise<void>;
  /** The page looks as it did: there is nothing to draw. */
  same?: boolean;
}

/** Draws one page of its paper, with a layer of text over it for selection and screen readers. */
export type Draw = (page: Sheet, scale: number, canvas: HTMLCanvasElement, text: HTMLElement) => Drawing;

/** A paper at hand, with whoever draws it. */
export interface Opened {
  paper: Paper;
  draw: Draw;
  close: () => void;
}
