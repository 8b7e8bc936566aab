/**
 * Commands of the hearing, one after the other, each naming the newest version
 * that this window knows. Our own second click is never a conflict with our
 * first; somebody else's change still is.
 */
import type { HearingId, HearingView, Problem, Recorded } from "../../contract";
import { asProblem } from "../../platform";
import { KeptText } from "./kept.svelte";

export class Desk {
  busy = $state(0);
  problem = $state.raw<Problem | null>(null);
  /** The note for the next event: it stays while another part of the hearing is open. */
  readonly note: KeptText;
  version = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly refresh: () => Promise<void>,
    hearing: () => HearingId,
  ) {
    this.note = new KeptText(hearing, "log");
  }

  saw(view: HearingView): void {
    this.version = Math.max(this.version, view.version);
  }

  act<T extends Recorded>(command: (version: number) => Promise<T>): Promise<T | null> {
    this.busy++;
    const result = this.#last.then(async () => {
      try {
        const recorded = await command(this.version);
        this.version = Math.max(this.version, recorded.version);
        this.problem = null;
        return recorded;
      } catch (error) {
        this.problem = asProblem(error);
        return null;
      } finally {
        this.busy--;
        void this.refresh();
      }
    });
    this.#last = result;
    return result;
  }
}
