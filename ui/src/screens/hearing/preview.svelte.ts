/**
 * What the results being typed would make, as it is typed. One question is on
 * its way at a time, and it asks with the newest lines; while a page is drawn
 * the next waits, so that fast typing never starves the page.
 */
import type { HearingId, Line, PreviewDocument, Problem } from "../../contract";
import { asProblem, host, rpc } from "../../platform";
import { tick } from "svelte";
import { open, type Preview } from "../../widgets/picture";

/** A page that cannot be drawn holds up the next one no longer than this. */
const PATIENCE = 500;

export class LivePreview {
  documents = $state.raw<PreviewDocument[] | null>(null);
  chosen = $state(0);
  shown = $state.raw<{ key: string; name: string; opened: Preview } | null>(null);
  problem = $state.raw<Problem | null>(null);
  #running = false;
  #again = false;
  #closed = false;
  #views: string[] = [];
  #made = "";

  constructor(
    readonly hearing: HearingId,
    readonly lines: () => Line[],
  ) {}

  /** Something was typed. */
  changed(): void {
    if (this.#running) this.#again = true;
    else void this.#run();
  }

  close(): void {
    this.#closed = true;
  }

  async choose(at: number): Promise<void> {
    this.chosen = at;
    await this.#show();
  }

  async #run(): Promise<void> {
    this.#running = true;
    do {
      this.#again = false;
      await this.#once();
    } while (this.#again && !this.#closed);
    this.#running = false;
  }

  async #once(): Promise<void> {
    try {
      const { documents } = await rpc("hearing.preview", { hearing_id: this.hearing, lines: this.lines() });
      if (this.#closed) return;
      this.problem = null;
      this.#follow(documents);
      await this.#show();
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  /** Stays with the document that is shown, unless the typing changed another and not this one. */
  #follow(documents: PreviewDocument[]): void {
    // By its id: two copies of one document about one defendant have the same name.
    const id = ({ view }: PreviewDocument) => (view as { document_id: string }).document_id;
    const before = new Map((this.documents ?? []).map((one, at) => [id(one), this.#views[at]]));
    const was = this.documents?.[this.chosen];
    const views = documents.map(({ view }) => JSON.stringify(view));
    const differs = (at: number) => views[at] !== before.get(id(documents[at] as PreviewDocument));
    const stays = was ? documents.findIndex((one) => id(one) === id(was)) : -1;
    const changed = documents.findIndex((_, at) => differs(at));
    this.#views = views;
    this.documents = documents;
    this.chosen = stays >= 0 && (differs(stays) || changed < 0) ? stays : Math.max(0, changed);
  }

  async #show(): Promise<void> {
    const at = this.chosen;
    const document = this.documents?.[at];
    const view = this.#views[at] ?? "";
    if (!document) {
      this.shown = null;
      this.#made = "";
      return;
    }
    if (view === this.#made) return;
    const made = await host("preview", { view: document.view });
    if (this.chosen !== at || this.#closed) return;
    this.#made = view;
    const opened = open(made);
    this.shown = { key: made.key, name: document.name, opened };
    await settled(opened);
  }
}

/** Until the pages in sight are drawn, but no longer than anybody should wait for them. */
async function settled(opened: Preview): Promise<void> {
  await tick();
  // The pages begin in a moment of their own.
  await new Promise((begun) => setTimeout(begun));
  await Promise.race([opened.settled(), new Promise((tired) => setTimeout(tired, PATIENCE))]);
}
