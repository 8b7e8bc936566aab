/** Rules before sharing in the twin's court, lowered and given back. For development and tests only. */
import type { Contract, LowerTo, RuleView } from "../../contract";

type Names = Extract<keyof Contract, `rules.${string}`>;
type Answers = { [K in Names]: (request: Contract[K]["request"]) => Contract[K]["view"] };

const tables: RuleView[] = [
  { rule: "DR-AGE-007", says: "Defendant under 21 on the hearing date given an adult custodial result.", source: "HMCTS results validator, as published", by_table: "ERROR", now: "ERROR", lowered: null, to: ["WARNING", "OFF"] },
  { rule: "DR-SENT-001/AC3", says: "A term is marked both concurrent and consecutive.", source: "HMCTS results validator, as published", by_table: "WARNING", now: "WARNING", lowered: null, to: ["OFF"] },
  { rule: "SA2020-203", says: "No community order with a suspended sentence dealt with at the same time.", source: "Sentencing Act 2020 s.203", by_table: "ERROR", now: "ERROR", lowered: null, to: ["WARNING", "OFF"] },
];

const below: Record<string, LowerTo[]> = { ERROR: ["WARNING", "OFF"], WARNING: ["OFF"], OFF: [] };

/** Answers of a court of its own; `refuse` throws what a server would say. */
export function rules(refuse: (code: "refused", message: string, hint: string) => never, who: () => string): Answers {
  let now = tables;
  const must = (reason: string) => {
    if (!reason.trim()) refuse("refused", "A rule is not lowered without somebody who decides it and a reason.", "Say who decided it and why: both stay in the record.");
  };
  return {
    "rules.list": () => ({ rules: now }),
    "rules.lower": ({ rule, to, reason }) => {
      must(reason);
      now = now.map((own) => (own.rule === rule ? { ...own, now: to, to: below[to] ?? [], lowered: { rule, to, by: who(), at: "2026-11-23T10:05:00Z", reason } } : own));
      return { rules: now };
    },
    "rules.restore": ({ rule, reason }) => {
      must(reason);
      now = now.map((own) => (own.rule === rule ? { ...own, now: own.by_table, to: below[own.by_table] ?? [], lowered: null } : own));
      return { rules: now };
    },
  };
}
