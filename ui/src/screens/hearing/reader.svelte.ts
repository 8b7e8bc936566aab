/**
 * What is typed in one place, and what the server says it means. Each text is
 * asked about once a frame at most, and the answer to the latest one counts. It
 * understands nothing itself; what was understood becomes lines of the draft.
 */
import type { Match, Piece } from "../../contract";
import { asProblem, rpc } from "../../platform";
import type { DraftEditor } from "./draft.svelte";
import type { EditLine, New, Target } from "./lines";

export class Reader {
  pieces = $state.raw<Piece[]>([]);
  /** The text that the pieces are of. */
  of = $state("");
  trouble = $state<string | null>(null);
  #frame = 0;
  #latest = 0;
  /** The latest text whose answer is on its way. */
  #asking: { text: string; answer: Promise<boolean> } | null = null;

  /** The editor is asked for each time: another amendment has another. */
  constructor(
    readonly draft: () => DraftEditor,
    readonly target: () => Target,
  ) {}

  /** Asks at the next frame; only the last text of a frame is asked about. */
  soon(text: string, caret: number, then?: () => void): void {
    cancelAnimationFrame(this.#frame);
    if (!text.trim()) return this.forget();
    this.#frame = requestAnimationFrame(() => void this.ask(text, caret).then((fresh) => fresh && then?.()));
  }

  /** Asks now; whether this is still the latest answer. */
  ask(text: string, caret: number): Promise<boolean> {
    cancelAnimationFrame(this.#frame);
    const asking = { text, answer: this.#ask(text, caret) };
    this.#asking = asking;
    void asking.answer.then(() => {
      if (this.#asking === asking) this.#asking = null;
    });
    return asking.answer;
  }

  /** Reads a text to its end: asks now, unless it was asked about already. */
  read(text: string): Promise<boolean> {
    cancelAnimationFrame(this.#frame);
    return this.#asking?.text === text ? this.#asking.answer : this.ask(text, text.length);
  }

  async #ask(text: string, caret: number): Promise<boolean> {
    const asked = ++this.#latest;
    const target = this.target();
    const lines = $state.snapshot(this.draft().lines).filter((line) => line.defendant_id === target.defendant_id);
    try {
      const { pieces } = await rpc("result.parse", { hearing_id: this.draft().hearing, ...target, text, caret, lines });
      if (asked !== this.#latest) return false;
      this.pieces = pieces;
      this.of = text;
      this.trouble = null;
      this.draft().understood(target, this.understood());
      // Its questions are here before Enter is pressed.
      const { shelf } = this.draft();
      for (const { definition } of pieces) if (definition) void shelf.want(definition.definition_id).catch(() => undefined);
      return true;
    } catch (error) {
      if (asked === this.#latest) this.trouble = asProblem(error).title;
      return false;
    }
  }

  forget(): void {
    cancelAnimationFrame(this.#frame);
    this.#latest++;
    this.#asking = null;
    this.pieces = [];
    this.of = "";
    this.trouble = null;
    this.draft().understood(this.target(), []);
  }

  /** The piece in which somebody types. */
  at(caret: number): Piece | undefined {
    return this.pieces.find((piece) => caret >= piece.start && caret <= piece.end) ?? this.pieces.findLast((piece) => piece.end <= caret);
  }

  /** The text with the words of a piece replaced by the code of a result, and where the cursor then is. */
  completed(piece: Piece, match: Match): { text: string; caret: number } {
    const after = this.of.slice(piece.name_end);
    const text = `${this.of.slice(0, piece.name_start)}${match.code}${after}`;
    return { text, caret: piece.name_start + match.code.length };
  }

  /** What was understood, as results to add. */
  understood(): New[] {
    const target = this.target();
    const certain = this.pieces.filter((piece) => piece.definition);
    return certain.flatMap((piece): New[] => {
      if (!piece.definition) return [];
      const under = piece.under?.piece ?? null;
      const parent = under === null ? (piece.under?.line_id ?? null) : certain.indexOf(this.pieces[under] as Piece);
      const answers = Object.assign({}, ...piece.given.map((given) => given.answers)) as New["answers"];
      const place = piece.once ? { ...target, offence_id: null } : target;
      return [{ match: piece.definition, target: place, parent: parent === -1 ? null : parent, answers }];
    });
  }

  /** Adds what was understood to the draft, and says what is left over. */
  add(): { lines: EditLine[]; left: string } {
    const left = this.pieces.flatMap((piece) => {
      if (!piece.definition) return [this.of.slice(piece.start, piece.end)];
      const unread = piece.unread.map(({ start, end }) => this.of.slice(start, end));
      return unread.length ? [unread.join(" ")] : [];
    });
    const news = this.understood();
    // From here on they are lines.
    this.draft().understood(this.target(), []);
    return { lines: this.draft().addAll(news), left: left.join("; ") };
  }
}
