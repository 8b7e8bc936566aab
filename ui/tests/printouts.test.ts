/** Lists and registers: chosen by court and day, read here or saved; a case is kept off lists with a reason. */
import { cleanup } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { chosenLast } from "../src/state/chosen.svelte";
import { accessible, ada, fireEvent, hook, hooks, iris, open, waitFor, went } from "./court";

describe("lists and registers", () => {
  it("are offered for a court and a day, to be read or saved", async () => {
    const twin = await open(ada, ["printouts"]);
    await hook("printouts");
    expect(hooks("printout").map((one) => one.dataset["name"])).toEqual(["Public court list", "Informant register"]);
    const links = hooks("open-printout").map((one) => one.getAttribute("href") ?? "");
    expect(links).toHaveLength(1);
    expect(links[0]).toContain("kind=printout");
    await fireEvent.click(hooks("save-printout")[1] as HTMLElement);
    expect((await hook("printout-saved")).textContent).toContain("Informant register.csv");

    const day = (await hook("printout-day")) as HTMLInputElement;
    await fireEvent.change(day, { target: { value: "24/11" } });
    await waitFor(() => expect(twin.asked.at(-1)?.request).toMatchObject({ day: "2026-11-24" }));
    await accessible();
  });

  it("open at the court that somebody chose last, and each person has their own", async () => {
    await open(iris, ["printouts"]);
    await fireEvent.change(await hook("printout-court"), { target: { value: "court-2" } });
    await waitFor(() => expect(chosenLast("court of lists")).toBe("court-2"));
    cleanup();
    const kept = { ...localStorage };
    const again = async (email: string) => {
      const twin = await open(email, null);
      for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, String(value));
      await went("printouts");
      await hook("printouts");
      const asked = twin.asked.filter(({ name }) => name === "printout.of_court").at(-1)?.request;
      cleanup();
      return (asked as { court_id: string | null }).court_id;
    };
    expect(await again(iris)).toBe("court-2");
    expect(await again(ada)).toBe(null);
  });
});

describe("a case", () => {
  it("offers its extract, and receipts apart", async () => {
    await open(iris, ["cases", "case-1"]);
    await hook("receipts");
    expect(hooks("printout").map((one) => one.dataset["name"])).toContain("Court extract");
    expect(hooks("listing-change")).toHaveLength(0);
  });

  it("is kept off lists by the court, with a reason and not without", async () => {
    const twin = await open(ada, ["cases", "case-1"]);
    await fireEvent.click(await hook("listing-change"));
    expect(twin.asked.some(({ name }) => name === "case.restrict_listing")).toBe(false);
    await fireEvent.input(await hook("listing-reason"), { target: { value: "A witness would be in danger" } });
    await fireEvent.click(await hook("listing-change"));
    await waitFor(() => expect(hooks("listing")[0]?.dataset["keptOff"]).toBe("true"));
    await accessible();
  });
});
