/** What a refusal says is to be confirmed: all of it, a sentence each. */
import type { Problem } from "../../contract";

export function conflictsOf(problem: Problem | null): string[] {
  if (problem?.reference !== "conflict_not_confirmed") return [];
  return [problem.title, ...problem.detail.split("\n").filter((line) => line !== "")];
}
