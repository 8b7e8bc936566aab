/** What a browser has and jsdom has not. */
import { configure } from "@testing-library/svelte";
import { vi } from "vitest";

// A busy machine is slow, not wrong; and a whole page in an error helps nobody.
configure({ asyncUtilTimeout: 10_000, getElementError: (message) => new Error(message ?? "") });

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
