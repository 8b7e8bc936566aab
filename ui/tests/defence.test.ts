/** Who acts in a case: an advocate of the prosecution gives back a case that others assigned to them. */
import { describe, expect, it } from "vitest";
import { accessible, fireEvent, hook, hooks, iris, open, waitFor } from "./court";

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
