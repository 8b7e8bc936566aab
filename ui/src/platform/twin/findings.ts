/** What the twin says is missing of results. */
import type { Finding, Line } from "../../contract";
import { definitions } from "./definitions";

/** A rough idea of what is missing, enough to see and test the panel. */
export function findings(lines: Line[]): Finding[] {
  return lines.flatMap((line) => {
    const definition = definitions.find((other) => other.definition_id === line.definition_id);
    if (!definition) return [];
    const at = { line_id: line.line_id, defendant_id: line.defendant_id, offence_id: line.offence_id };
    const missing = definition.fields
      .filter((field) => field.rule === "mandatory" && !line.answers[field.reference])
      .map((field): Finding => ({ ...at, severity: "blocks", code: "answer_missing", message: `${definition.label}: ${field.label} is missing.`, hint: "Answer it.", field: field.reference, source: null, lowered: null }));
    const children = definition.children
      .filter((child) => child.rule === "mandatory" && !lines.some((other) => other.parent === line.line_id && other.definition_id === child.definition.definition_id))
      .map((child): Finding => ({ ...at, severity: "blocks", code: "child_missing", message: `${definition.label} needs ${child.definition.label}.`, hint: "Add it under the result.", field: null, source: null, lowered: null }));
    return [...missing, ...children];
  });
}
