/** Who acts in the twin's one case, and what its Legal Aid Agency hears. It decides nothing. */
import type { CasePeople, Contract } from "../../contract";
import type { Twin } from "../browser";
import * as records from "./records";

type Names = Extract<keyof Contract, `defence.${string}` | `legal_aid.${string}` | `prosecution.${string}`>;
type Answers = { [K in Exclude<Names, "defence.associate">]: (request: Contract[K]["request"]) => Contract[K]["view"] };

const person = { name: "Rosalind Quaye", organisation: "Five Wells Chambers" };

export function answersOfDefence(twin: Twin): Answers {
  let people: CasePeople["defendants"][number]["people"] = [];
  return {
    "defence.find": ({ reference, name, hearing_day }) => {
      const typed = reference.replace(/\s/g, "").toUpperCase();
      const found = records.cases.find((row) => row.urn === typed || (name && hearing_day && row.defendants.some((other) => other.toLowerCase() === name.toLowerCase())));
      return found
        ? { outcome: "one", found: { case_id: found.case_id, urn: found.urn, defendant_id: null, replaces: false, closed: false }, hint: "Look at the case." }
        : { outcome: "none", found: null, hint: "No case open to you fits. Check the reference, the spelling and the day of the hearing." };
    },
    "defence.people": () => ({
      defendants: twin.glance.defendants.map((one) => ({
        defendant_id: one.defendant_id,
        name: one.name,
        firm: one.represented_by,
        ours: one.ours,
        order: null,
        instructed: null,
        conflicts: twin.conflicts,
        chambers: [],
        people: one.ours ? people : [],
        may: one.ours ? ["disassociate", "instruct", "grant"] : [],
      })),
      colleagues: [],
      advocates: twin.advocates,
      may_assign: false,
      assigned_until: records.today,
    }),
    "defence.change": () => ({ case_id: twin.glance.case_id }),
    "defence.disassociate": ({ defendant_id }) => {
      const defendants = twin.glance.defendants.map((one) => (one.defendant_id === defendant_id ? { ...one, represented_by: null, basis: null, ours: false } : one));
      twin.glance = { ...twin.glance, defendants };
      return {};
    },
    "defence.instruct": () => person,
    "defence.end_instruction": () => ({}),
    "defence.grant": ({ email }) => {
      people = [...people, { account_id: email, ...person, access: "From Thorne & Vale Solicitors", over: false, may_remove: true }];
      return person;
    },
    "defence.remove": ({ account_id }) => {
      people = people.filter((one) => one.account_id !== account_id);
      return {};
    },
    "legal_aid.messages": () => ({ messages: [], more: false }),
    "legal_aid.representation": () => ({ case_id: twin.glance.case_id, urn: twin.glance.urn, defendants: [], firms: [] }),
    "legal_aid.make_order": () => ({}),
    "legal_aid.make_order_by_contract": () => ({}),
    "legal_aid.awaited_orders": () => ({ orders: [], more: false }),
    "legal_aid.withdraw_order": () => ({}),
    "prosecution.assign": () => person,
    "prosecution.assign_list": () => ({ name: person.name, cases: [], left_off: 0 }),
    "prosecution.unassign": ({ account_id }) => {
      twin.advocates = twin.advocates.filter((one) => one.account_id !== account_id);
      return {};
    },
  };
}
