import { cleanup, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FamilyId } from "$ipc/generated/FamilyId";
import type { PersonId } from "$ipc/generated/PersonId";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

const { default: PersonFields } = await import("./PersonFields.svelte");
const { blankPerson } = await import("./blank");

const told = "BOYLE, Ann (mother), typed in this form too";

beforeEach(() => {
  vi.useFakeTimers();
  call.mockReset();
  call.mockResolvedValue({ name: "", born: "", number: "", warnings: [], similar: [told] });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test("who may be the same is asked beside the others of the form, and never of oneself", async () => {
  const mother = { ...blankPerson("mother"), familyName: "Boyle", given: "Ann" };
  const family = "f1" as FamilyId;
  const of = "p1" as PersonId;
  render(PersonFields, {
    id: "person",
    entry: { ...mother },
    family,
    of,
    beside: [mother, blankPerson("mother")],
    roles: ["mother"],
  });
  await vi.advanceTimersByTimeAsync(400);
  expect(call).toHaveBeenCalledWith("echo_person", { person: mother, family, of, beside: [mother] });
  expect(screen.getByText(told)).toBeTruthy();
});
