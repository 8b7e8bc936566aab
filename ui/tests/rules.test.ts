/** The rules before sharing, for whoever runs the service. */
import { describe, expect, it } from "vitest";
import { accessible, ada, fireEvent, hook, hooks, noor, open, type, waitFor } from "./court";

const of = (rule: string) => hooks("rule").find((row) => row.dataset["rule"] === rule);
const press = (rule: string, name: string) => fireEvent.click(of(rule)?.querySelector<HTMLElement>(`[data-test="${name}"]`) as HTMLElement);

describe("whoever runs the service", () => {
  it("sees what each rule asks, what it rests on and how severe it is", async () => {
    await open(noor, ["rules"]);
    await hook("rule");
    expect(hooks("rule")).toHaveLength(3);
    expect(of("SA2020-203")?.textContent).toContain("No community order with a suspended sentence");
    expect(of("SA2020-203")?.textContent).toContain("Sentencing Act 2020 s.203");
    expect(of("SA2020-203")?.textContent).toContain("Blocks sharing");
    await fireEvent.click(await hook("rules-lowered"));
    expect(hooks("rule")).toHaveLength(0);
    await accessible();
  });

  it("lowers one with a reason, is named with it, and gives it back", async () => {
    const twin = await open(noor, ["rules"]);
    await hook("rule");
    await press("DR-AGE-007", "rule-lower");
    await fireEvent.click(await hook("rule-confirm"));
    expect((await hook("problem")).textContent).toContain("a reason");
    await type(await hook("rule-reason"), "Incident 41");
    await accessible();
    await fireEvent.click(await hook("rule-confirm"));
    await waitFor(() => expect(of("DR-AGE-007")?.dataset["now"]).toBe("WARNING"));
    expect(of("DR-AGE-007")?.textContent).toContain("by Noor Hadley: Incident 41");
    expect(twin.asked.filter(({ name }) => name === "rules.lower").at(-1)?.request).toEqual({ rule: "DR-AGE-007", to: "WARNING", reason: "Incident 41" });
    await press("DR-AGE-007", "rule-restore");
    await type(await hook("rule-reason"), "It is mended");
    await fireEvent.click(await hook("rule-confirm"));
    await waitFor(() => expect(of("DR-AGE-007")?.dataset["now"]).toBe("ERROR"));
    expect((await hook("rules-told")).textContent).toContain("again what its table says");
  });

  it("is offered nothing that would raise a rule", async () => {
    await open(noor, ["rules"]);
    await hook("rule");
    await press("DR-SENT-001/AC3", "rule-lower");
    await hook("rule-to-OFF");
    expect(hooks("rule-to-WARNING")).toHaveLength(0);
  });
});

describe("a legal adviser", () => {
  it("is shown no rules to lower", async () => {
    await open(ada, ["rules"]);
    await waitFor(() => expect(document.querySelector("h1")?.textContent).toBeTruthy());
    expect(hooks("rule")).toHaveLength(0);
    expect(hooks("nav-rules")).toHaveLength(0);
  });
});
