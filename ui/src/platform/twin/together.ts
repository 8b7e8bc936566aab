/** What is heard together in the twin's one hearing, and taken apart again. It decides nothing. */
import type { Contract } from "../../contract";
import type { Twin } from "../browser";
import { notFound } from "./refusal";

type Names = "hearing.also_listed" | "hearing.hear_together" | "hearing.take_apart" | "hearing.tell_apart";
type Answers = { [K in Names]: (request: Contract[K]["request"]) => Contract[K]["view"] };

export function answersOfTogether(twin: Twin): Answers {
  const changed = () => {
    twin.hearing = { ...twin.hearing, version: twin.hearing.version + 1 };
    return { version: twin.hearing.version };
  };
  return {
    "hearing.also_listed": () => ({ hearings: twin.alsoListed, parts: twin.heardWith, as_one: twin.asOne }),
    "hearing.hear_together": ({ other_id }) => {
      if (!twin.alsoListed.some((one) => one.hearing_id === other_id)) notFound();
      twin.alsoListed = twin.alsoListed.filter((one) => one.hearing_id !== other_id);
      return changed();
    },
    "hearing.take_apart": ({ case_id }) => {
      if (!twin.heardWith.some((one) => one.case_id === case_id)) notFound();
      twin.heardWith = twin.heardWith.filter((one) => one.case_id !== case_id);
      twin.asOne = [];
      return changed();
    },
    "hearing.tell_apart": ({ defendant_id }) => {
      if (!twin.asOne.some((one) => one.defendant_id === defendant_id)) notFound();
      twin.asOne = twin.asOne.filter((one) => one.defendant_id !== defendant_id);
      return changed();
    },
  };
}
