/** Several of a list: each Enter takes the one that is marked, also after others were taken. */
import { render } from "@testing-library/svelte";
import { expect, it } from "vitest";
import Choice from "../src/screens/hearing/Choice.svelte";
import { press, type } from "./court";

const items = [
  { code: "APP", label: "To ensure appearance" },
  { code: "INT", label: "To attend an interview" },
  { code: "TPO", label: "To prevent offending" },
];

it("takes the marked one when an earlier one of the list was taken before", async () => {
  const answers: string[] = [];
  const field = { items, kind: "list_many" as const, label: "Reason", reference: "reason" };
  const shared = { field, id: "f", attributes: { "data-field": "reason" }, onanswer: (answer: string) => answers.push(answer), onnext: () => undefined };
  const { container, rerender } = render(Choice, { ...shared, answer: "" });
  const input = container.querySelector("input");
  if (!input) throw new Error("no field");
  for (const words of ["To ensure appearance", "To prevent offending"]) {
    await type(input, words);
    await press("Enter", input);
    await rerender({ ...shared, answer: answers.at(-1) ?? "" });
  }
  expect(answers.at(-1)).toBe("APP; TPO");
});

it("keeps what is typed at every key, whatever the list takes", async () => {
  for (const kind of ["list_other", "list", "list_many", "list_many_other"] as const) {
    const answers: string[] = [];
    const field = { items, kind, label: "Place", reference: "place" };
    const { container, unmount } = render(Choice, { field, id: "f", attributes: { "data-field": "place" }, onanswer: (answer: string) => answers.push(answer), onnext: () => undefined, answer: "" });
    const input = container.querySelector("input");
    if (!input) throw new Error("no field");
    await type(input, "Ri");
    await type(input, "Riverside hall");
    expect(answers, kind).toEqual(["Ri", "Riverside hall"]);
    unmount();
  }
});

it("shows half a word that came back in the field, and keeps what was picked beside it", async () => {
  const answers: string[] = [];
  const field = { items, kind: "list_many" as const, label: "Reason", reference: "reason" };
  const shared = { field, id: "f", attributes: { "data-field": "reason" }, onanswer: (answer: string) => answers.push(answer), onnext: () => undefined };
  const { container, rerender } = render(Choice, { ...shared, answer: "APP; to prev" });
  const input = container.querySelector("input");
  if (!input) throw new Error("no field");
  const picks = () => [...container.querySelectorAll(".pick")].map((pick) => pick.textContent?.replace("×", "").trim());
  expect(input.value).toBe("to prev");
  expect(picks()).toEqual(["To ensure appearance"]);
  for (const typed of ["to preve", "TPO"]) {
    await type(input, typed);
    await rerender({ ...shared, answer: answers.at(-1) ?? "" });
    expect(input.value).toBe(typed);
    expect(picks()).toEqual(["To ensure appearance"]);
  }
  expect(answers).toEqual(["APP; to preve", "APP; TPO"]);
  await press("Enter", input);
  await rerender({ ...shared, answer: answers.at(-1) ?? "" });
  expect(answers.at(-1)).toBe("APP; TPO");
  expect(picks()).toEqual(["To ensure appearance", "To prevent offending"]);
});

it("takes here for this court where courts are asked for, and leaves it a word elsewhere", async () => {
  const courts = ["Quarryside Magistrates' Court", "Ashmere Magistrates' Court"].map((label) => ({ code: label, label }));
  for (const [asked, kept] of [[courts, "Ashmere Magistrates' Court"], [items, "here"]] as const) {
    const answers: string[] = [];
    const field = { items: [...asked], kind: "list_other" as const, label: "Supervising Court", reference: "court" };
    const { container, unmount } = render(Choice, {
      props: { field, id: "f", attributes: { "data-field": "court" }, onanswer: (answer: string) => answers.push(answer), onnext: () => undefined, answer: "" },
      context: new Map([["here", () => "Ashmere Magistrates' Court, Courtroom 1"]]),
    });
    const input = container.querySelector("input");
    if (!input) throw new Error("no field");
    await type(input, "here");
    await press("Enter", input);
    expect(answers.at(-1)).toBe(kept);
    unmount();
  }
});
