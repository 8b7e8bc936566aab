/** Before sharing: what was worked out and is offered, the Act beside a finding, days left of a custody time limit. */
import { describe, expect, it } from "vitest";
import type { Finding, Proposal } from "../src/contract";
import type { Twin } from "../src/platform/browser";
import { accessible, ada, fireEvent, hook, hooks, open, waitFor } from "./court";

const line = {
  line: { line_id: "line-1", definition_id: "e866cd11-6073-4fdf-a229-51c9d694e1d0", defendant_id: "defendant-1", offence_id: null, parent: null, answers: {} },
  definition: { definition_id: "e866cd11-6073-4fdf-a229-51c9d694e1d0", code: "FVS", label: "Surcharge", category: "Ancillary", level: "Defendant" },
  text: "Surcharge",
};

const offer: Proposal = {
  line_id: "line-1",
  field: "AOS",
  answer: "154.00",
  shown: "£154.00",
  message: "The surcharge is £154.00: custody of up to 6 months, offence of 1 September 2026.",
  source: "Sentencing Act 2020 s.42",
  unconfirmed: null,
};

const finding: Finding = {
  severity: "warns",
  code: "SA2020-42",
  message: "No surcharge is ordered",
  hint: "Add FVS.",
  line_id: null,
  field: null,
  defendant_id: "defendant-1",
  offence_id: null,
  source: "Sentencing Act 2020 s.42",
  lowered: null,
};

function given(proposal: Proposal) {
  return (twin: Twin) => {
    const limit = { expires: "2026-12-01", days_left: 8, soon: true, text: "Custody time limit 1 December 2026: 8 days left", how: "as the court set it" };
    twin.hearing = {
      ...twin.hearing,
      defendants: twin.hearing.defendants.map((defendant) => ({ ...defendant, offences: defendant.offences.map((offence) => ({ ...offence, time_limit: limit })) })),
      draft: { ...twin.hearing.draft, lines: [line], readiness: { ready: false, findings: [finding], finished: [], proposals: [proposal] } },
    };
  };
}

const results: Parameters<typeof open>[1] = ["hearings", "hearing-1", { tab: "results" }];

describe("before sharing", () => {
  it("offers what was worked out, with why, and takes it with one press", async () => {
    const twin = await open(ada, results, given(offer));
    const shown = await hook("proposal");
    expect(shown.textContent).toContain("The surcharge is £154.00: custody of up to 6 months, offence of 1 September 2026.");
    expect(shown.textContent).toContain("Sentencing Act 2020 s.42");
    await fireEvent.click(await hook("proposal-use"));
    await waitFor(() => expect(twin.hearing.draft.lines[0]?.line.answers).toEqual({ AOS: "154.00" }));
    await waitFor(() => expect(hooks("proposal")).toHaveLength(0));
    await accessible();
  });

  it("says of a rule that was lowered by whom, since when and why", async () => {
    await open(ada, results, (twin) => {
      given(offer)(twin);
      const lowered = { rule: "SA2020-42", to: "WARNING" as const, by: "Noor Hadley", at: "2026-11-23T10:05:00Z", reason: "Incident 41." };
      twin.hearing.draft.readiness.findings = [{ ...finding, lowered }, finding];
    });
    const shown = await hook("finding-lowered");
    expect(shown.textContent).toBe("Rule SA2020-42 blocks no sharing now: Noor Hadley lowered it on 23 Nov 2026, 10:05. Incident 41.");
    expect(hooks("finding")).toHaveLength(2);
    expect(hooks("finding-lowered")).toHaveLength(1);
    await accessible();
  });

  it("says what of it nobody has confirmed", async () => {
    await open(ada, results, given({ ...offer, unconfirmed: "the row of SI 2016/389" }));
    expect((await hook("proposal")).textContent).toContain("Not confirmed: the row of SI 2016/389.");
  });

  it("says of several defendants whom a finding is about, and of one not", async () => {
    await open(ada, results, given(offer));
    expect((await hook("finding-whom")).textContent).toBe("Marlow Ashby");
  });

  it("does not name the only defendant at every finding", async () => {
    await open(ada, results, (twin) => {
      given(offer)(twin);
      twin.hearing = { ...twin.hearing, defendants: twin.hearing.defendants.slice(0, 1) };
    });
    await hook("finding-source");
    expect(hooks("finding-whom")).toHaveLength(0);
  });

  it("names the Act beside a finding, and the days left beside an offence", async () => {
    await open(ada, results, given(offer));
    expect((await hook("finding-source")).textContent).toContain("Sentencing Act 2020 s.42");
    expect((await hook("time-limit")).textContent).toContain("Custody time limit 1 December 2026: 8 days left");
    await accessible();
  });
});
