/** What somebody chose last on this computer: of several people who use one, each has their own. */
import { session } from "./session.svelte";

const key = (what: string) => `${what} ${session.person?.account_id ?? ""}`;

/** What was chosen; nothing if nobody did. */
export function chosenLast(what: string): string | null {
  return localStorage.getItem(key(what));
}

export function remember(what: string, value: string): void {
  localStorage.setItem(key(what), value);
}
