/** What a browser has and jsdom has not. */
import { vi } from "vitest";

class Watching {
  constructor(private readonly seen: IntersectionObserverCallback) {}
  observe(target: Element): void {
    this.seen([{ isIntersecting: true, target } as IntersectionObserverEntry], this as unknown as IntersectionObserver);
  }
  disconnect(): void {}
  unobserve(): void {}
}

class Sizing {
  observe(): void {}
  disconnect(): void {}
  unobserve(): void {}
}

vi.stubGlobal("IntersectionObserver", Watching);
vi.stubGlobal("ResizeObserver", Sizing);
// axe asks for a canvas and does without one.
HTMLCanvasElement.prototype.getContext = () => null;
Element.prototype.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;
