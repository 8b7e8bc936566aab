/** What the court still owes in Welsh: the list, the values of one document, by keyboard alone. */
import { describe, expect, it } from "vitest";
import * as records from "../src/platform/twin/records";
import { accessible, ada, fireEvent, hook, hooks, mina, open, waitFor } from "./court";

const value = (place: number, name: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(`[data-test="welsh-value"][data-place="${place}"] [data-test="${name}"]`);
  if (!found) throw new Error(`no ${name} in ${place}`);
  return found;
};

describe("what is to be translated", () => {
  it("is listed with what waits, and taken on", async () => {
    await open(ada, ["translations"], (twin) => (twin.translations = [records.translation()]));
    const row = await hook("translation");
    expect(row.dataset["held"]).toBe("true");
    expect(row.textContent).toContain("Waits for Welsh, for 12 minutes: Marlow Ashby");
    expect(row.textContent).toContain("3 of 3 without Welsh");
    await fireEvent.click(await hook("take-translation"));
    await waitFor(() => expect(hooks("translation-owner")[0]?.textContent).toContain("Ada Wren"));
    await accessible();
  });

  it("is saved value by value with Ctrl and Enter, and done when none is left", async () => {
    const twin = await open(ada, ["translations", "doc-notice"], (court) => (court.translations = [records.translation()]));
    await hook("give-welsh");
    expect(value(0, "welsh").getAttribute("lang")).toBe("cy");
    // A suggestion is taken over by its button, and is not sent by itself.
    await fireEvent.click(value(0, "use-suggested"));
    await fireEvent.keyDown(value(0, "welsh"), { key: "Enter", ctrlKey: true });
    await waitFor(() => expect(hooks("welsh-told")[0]?.textContent).toContain("2 values are left"));
    const given = () => twin.asked.filter(({ name }) => name === "translation.give");
    expect(given().at(-1)?.request).toEqual({ document_id: "doc-notice", values: [{ place: 0, welsh: "Gwaith di-dâl" }] });
    await accessible();

    await fireEvent.input(value(1, "welsh"), { target: { value: "Cadwch draw o'r harbwr." } });
    await fireEvent.click(value(2, "welsh"));
    await fireEvent.submit((await hook("give-welsh")).closest("form") as HTMLFormElement);
    expect((await hook("translation-done")).dataset["followed"]).toBe("doc-both");
    expect(given().at(-1)?.request).toEqual({
      document_id: "doc-notice",
      values: [
        { place: 1, welsh: "Cadwch draw o'r harbwr." },
        { place: 2, welsh: "checked" },
      ],
    });
  });

  it("that is refused keeps what was typed", async () => {
    await open(ada, ["translations", "doc-notice"], (court) => (court.translations = [records.translation()]));
    await hook("give-welsh");
    await fireEvent.input(value(1, "welsh"), { target: { value: "Cadwch\u0007 draw" } });
    await fireEvent.keyDown(value(1, "welsh"), { key: "Enter", ctrlKey: true });
    expect((await hook("problem")).textContent).toContain("cannot be printed");
    expect((value(1, "welsh") as HTMLInputElement).value).toBe("Cadwch\u0007 draw");
  });

  it("takes the English over where it is the same, and has nothing to save before anything is written", async () => {
    const twin = await open(ada, ["translations", "doc-notice"], (court) => (court.translations = [records.translation()]));
    await fireEvent.submit((await hook("give-welsh")).closest("form") as HTMLFormElement);
    expect((await hook("welsh-told")).textContent).toContain("Nothing new");
    expect(twin.asked.some(({ name }) => name === "translation.give")).toBe(false);
    await fireEvent.click(value(1, "same-in-welsh"));
    expect((value(1, "welsh") as HTMLInputElement).value).toBe("Keep away from the harbour.");
  });

  it("stands under the document of the hearing, with what it lacks", async () => {
    await open(ada, ["hearings", "hearing-1", { tab: "documents" }], (twin) => {
      const shared = { at: "2026-11-23T10:41:00Z", by: "Ada Wren", version: 1, lines: [] };
      const documents = records.documents();
      documents[1]!.welsh = { waits: true, text: "Waits for Welsh: 2 values have none yet. Waiting for it: Marlow Ashby.", missing: ["label of a result: Unpaid work", "name of a court: Ashmere"], by: null };
      twin.hearing = { ...twin.hearing, state: "ended", results_state: "SHARED", may: ["log", "amend"], shared, documents };
    });
    const mark = await hook("welsh-mark");
    expect(mark.textContent).toContain("Unpaid work");
    expect(mark.querySelector("a")?.getAttribute("href")).toBe("#/translations/doc-notice");
    await accessible();
  });

  it("is no screen of a recipient", async () => {
    await open(mina, ["translations"], (twin) => (twin.translations = [records.translation()]));
    await waitFor(() => expect(document.querySelector("h1")?.textContent).toContain("There is no such page"));
  });
});
