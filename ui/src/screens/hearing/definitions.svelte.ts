/** Result definitions that this hearing has asked for, each asked once. */
import { SvelteMap } from "svelte/reactivity";
import type { DefinitionView, HearingId } from "../../contract";
import { rpc } from "../../platform";

export class Shelf {
  #views = new SvelteMap<string, DefinitionView>();
  #asked = new Map<string, Promise<DefinitionView>>();

  constructor(readonly hearing: HearingId) {}

  /** What is here already. */
  get(id: string): DefinitionView | undefined {
    return this.#views.get(id);
  }

  want(id: string): Promise<DefinitionView> {
    let asked = this.#asked.get(id);
    if (!asked) {
      asked = rpc("result.definition", { hearing_id: this.hearing, definition_id: id }).then((view) => {
        this.#views.set(id, view);
        return view;
      });
      // A question that found no answer may be asked again.
      asked.catch(() => this.#asked.delete(id));
      this.#asked.set(id, asked);
    }
    return asked;
  }
}
