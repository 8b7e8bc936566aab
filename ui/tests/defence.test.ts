/** Who acts in a case: an advocate of the prosecution gives back a case that others assigned to them. */
import { describe, expect, it } from "vitest";
import type { Problem } from "../src/contract";
import { accessible, fireEvent, hook, hooks, iris, kofi, open, type, waitFor } from "./court";

describe("an advocate to whom the case is assigned", () => {
  it("sees that it is theirs, gives it back, and assigns it to nobody", async () => {
    const own = { account_id: "account-7", name: "Iris Thorne", organisation: "Thorne & Vale Solicitors", access: "Until 21 December 2026", over: false, may_remove: true };
    const twin = await open(iris, ["cases", "case-1"], (twin) => {
      twin.advocates = [own];
    });
    const back = await hook("unassign");
    expect(back.textContent).toBe("Give back");
    expect(hooks("assign-form")).toHaveLength(0);
    await accessible();
    await fireEvent.click(back);
    await waitFor(() => expect(hooks("advocate")).toHaveLength(0));
    expect(twin.asked.find(({ name }) => name === "prosecution.unassign")?.request).toMatchObject({ account_id: "account-7" });
  });
});

describe("a prosecutor who assigns a court's list", () => {
  it("hears how many cases were too many for once", async () => {
    await open(kofi, ["cases"], (twin) => {
      twin.answers["prosecution.assign_list"] = () => ({ name: "Rosalind Quaye", cases: [{ urn: "20NB1234526", until: "2026-12-21", why: null }], left_off: 12 });
    });
    await fireEvent.click(await hook("open-assign-list"));
    await waitFor(() => expect((document.querySelector("[data-test='list-court']") as HTMLSelectElement).options.length).toBeGreaterThan(0));
    await type(await hook("list-email"), "rosalind.quaye@fivewells.example");
    await fireEvent.submit(await hook("assign-list-form"));
    expect((await hook("list-left-off")).textContent).toContain("12 more cases were too many for once");
    await accessible();
  });
});

describe("a firm that gives somebody access against whom several things stand", () => {
  it("is shown every conflict that will be recorded as shown, and confirms them", async () => {
    const refusal: Problem = { code: "refused", title: "The same person has access for Saskia Holt, charged in the same case.", detail: "This person has read papers of this case for the prosecution.\nSomebody of the same organisation prosecutes in the same case.", hint: "Look at what conflicts.", reference: "conflict_not_confirmed" };
    const twin = await open(iris, ["cases", "case-1"], (twin) => {
      const [first, ...others] = twin.glance.defendants;
      if (first) twin.glance = { ...twin.glance, defendants: [{ ...first, represented_by: "Thorne & Vale Solicitors", ours: true }, ...others] };
      const rpc = twin.rpc.bind(twin);
      twin.rpc = async (name, request, id) => {
        if (name === "defence.grant" && !(request as { confirmed: boolean }).confirmed) throw refusal;
        return rpc(name, request, id);
      };
    });
    await fireEvent.click(await hook("open-grant"));
    await type(await hook("grant-email"), "rosalind.quaye@fivewells.example");
    await fireEvent.submit(await hook("grant-form"));
    const box = await hook("conflict");
    const shown = [...box.querySelectorAll("p")].map((line) => line.textContent);
    expect(shown).toEqual([refusal.title, ...refusal.detail.split("\n")].map((line) => `Conflict: ${line}`));
    await accessible();
    await fireEvent.click(box.querySelector("input") as HTMLInputElement);
    await fireEvent.submit(await hook("grant-form"));
    await waitFor(() => expect(hooks("conflict")).toHaveLength(0));
    expect(twin.asked.find(({ name }) => name === "defence.grant")?.request).toMatchObject({ confirmed: true });
  });
});
