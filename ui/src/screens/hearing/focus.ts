/**
 * Where the cursor goes when somebody presses Enter: to the next thing that is
 * needed, else back to where the next result is typed. Saving never moves it.
 */
const STOP = "[data-stop]";

function needed(stop: HTMLElement): boolean {
  return stop.dataset["needed"] === "true";
}

/**
 * Asked when something is pressed whose answer takes a while: whether whoever pressed it is still
 * there and has typed nothing since. Only then may the cursor go where they would go next. What
 * was pressed may be gone by then.
 */
export function staying(): () => boolean {
  const from = document.activeElement;
  let typed = false;
  from?.addEventListener("input", () => (typed = true), { once: true });
  return () => {
    const now = document.activeElement;
    return !typed && (now === from || (now === document.body && !from?.isConnected));
  };
}

/** From a field onwards within its offence or defendant. */
export function onward(from: HTMLElement): void {
  const target = from.closest<HTMLElement>("[data-target]");
  if (!target) return;
  const stops = [...target.querySelectorAll<HTMLElement>(STOP)];
  const at = stops.indexOf(from);
  const next = stops.slice(at + 1).find(needed) ?? stops.slice(0, Math.max(at, 0)).find(needed);
  (next ?? target.querySelector<HTMLElement>("[data-entry]"))?.focus();
}

/** To a line that was just added: its first needed question, else onwards. */
export function arrive(line: string, next: (from: HTMLElement) => void): void {
  const block = document.querySelector<HTMLElement>(`[data-line-id="${line}"]`);
  if (!block) return;
  const stops = [...block.querySelectorAll<HTMLElement>(STOP)];
  const first = stops.find(needed) ?? stops[0];
  if (first && (needed(first) || stops.length === 1)) first.focus();
  else next(first ?? block);
}

/** To the first question that the lines just added still need, else onwards from where they were typed. */
export function arriveFirst(lines: string[], from: HTMLElement): void {
  const [only] = lines;
  if (only && lines.length === 1) return arrive(only, () => onward(from));
  const blocks = lines.map((line) => document.querySelector<HTMLElement>(`[data-line-id="${line}"]`));
  const questions = blocks.flatMap((block) => [...(block?.querySelectorAll<HTMLElement>("[data-field]") ?? [])]);
  const first = questions.find(needed);
  if (first) first.focus();
  else onward(from);
}

/** Into a part of the hearing that was opened by its key: to what is needed there, or where one begins; where there is nothing to do yet, to the part itself. */
export function enter(panel: HTMLElement | null): void {
  if (!panel) return;
  const needs = [...panel.querySelectorAll<HTMLElement>(STOP)].find(needed);
  const first = "input:not([disabled]), select:not([disabled]), textarea:not([disabled]), button:not([disabled]), a[href]";
  const begin = needs ?? panel.querySelector<HTMLElement>("[data-entry]") ?? panel.querySelector<HTMLElement>(first) ?? panel;
  if (begin === panel) panel.tabIndex = -1;
  begin.focus();
}

/** To a question, a line, or where results are typed. */
export function visit(line: string | null, field: string | null, target: string | null): boolean {
  const block = line ? document.querySelector<HTMLElement>(`[data-line-id="${line}"]`) : null;
  const place = target ? document.querySelector<HTMLElement>(`[data-target="${target}"]`) : null;
  const own = (stop: HTMLElement) => stop.closest<HTMLElement>("[data-line-id]") === block;
  const stops = block ? [...block.querySelectorAll<HTMLElement>(STOP)] : [];
  const found =
    stops.find((stop) => own(stop) && field !== null && stop.dataset["field"] === field) ??
    stops.find((stop) => own(stop) && needed(stop)) ??
    stops.find(needed) ??
    stops[0] ??
    place?.querySelector<HTMLElement>("[data-entry]");
  found?.focus();
  found?.scrollIntoView?.({ block: "center" });
  return !!found;
}
