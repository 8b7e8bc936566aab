/**
 * Words typed beside the results: the note of a log event, a reason, another offence. They are kept on this
 * computer as they are typed, until they are recorded, so that a crash loses none of them.
 */
import type { HearingId } from "../../contract";
import { host } from "../../platform";

const KEEP_AFTER = 200;

export class KeptText {
  #text = $state("");
  #touched = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** In which place of which hearing they are typed. */
  constructor(
    readonly hearing: () => HearingId,
    readonly place: string,
  ) {
    void this.#recover();
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    this.#touched = true;
    clearTimeout(this.#timer);
    const call = { hearing_id: this.hearing(), place: this.place, text };
    this.#timer = setTimeout(() => void host("keep_words", call).catch(() => null), KEEP_AFTER);
  }

  async #recover(): Promise<void> {
    const kept = await host("kept_words", { hearing_id: this.hearing() }).catch(() => ({}) as Partial<Record<string, string>>);
    if (!this.#touched) this.#text = kept[this.place] ?? "";
  }
}
