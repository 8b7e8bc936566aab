/** Of what a draft is that this computer keeps: no names, for they are not kept here. */
import type { HearingView } from "../../contract";
import { copy } from "../../copy";
import type { KeptDraft } from "../../platform";
import { keyOf } from "./lines";

export function aboutOf(view: HearingView): NonNullable<KeptDraft["about"]> {
  const places = view.defendants.flatMap(({ defendant_id, offences }, at) => [
    [keyOf({ defendant_id, offence_id: null }), copy.hearing.left.place(at + 1, null)],
    ...offences.map(({ offence_id, number }) => [keyOf({ defendant_id, offence_id }), copy.hearing.left.place(at + 1, number)]),
  ]);
  return { cases: [...new Set(view.defendants.map(({ case_id }) => case_id))], places: Object.fromEntries(places) };
}
