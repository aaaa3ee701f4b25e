import { cleanup, render, screen } from "@testing-library/svelte";
import { afterEach, expect, it, vi } from "vitest";
import type { FamilyRole } from "$ipc/generated/FamilyRole";
import { blankPerson } from "./blank";

const call = vi.hoisted(() => vi.fn(async () => null));
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

const { default: PersonFields } = await import("./PersonFields.svelte");

afterEach(cleanup);

function shown(role: FamilyRole, errors: Record<string, string> = {}) {
  const entry = blankPerson(role);
  entry.needs = [
    { kind: "interpreter", detail: "" },
    { kind: "hearing", detail: "BSL" },
  ];
  render(PersonFields, { id: "p", entry, roles: [role], errors });
}

it("asks the sex of an infant and of nobody else, and parental responsibility of an adult", () => {
  shown("infant");
  expect(screen.queryByLabelText("Sex")).toBeTruthy();
  expect(screen.queryByLabelText("Parental responsibility")).toBeNull();
  for (const role of ["mother", "father", "foster_carer"] as const) {
    cleanup();
    shown(role);
    expect(screen.queryByLabelText("Sex")).toBeNull();
    expect(screen.queryByLabelText("Parental responsibility")).toBeTruthy();
  }
  cleanup();
  shown("sibling");
  expect(screen.queryByLabelText("Sex")).toBeNull();
  expect(screen.queryByLabelText("Parental responsibility")).toBeNull();
});

it("asks what helps of each need that is ticked, and says there what is missing", () => {
  shown("mother", { "needs.0.detail": "Say which language." });
  expect(screen.getByLabelText<HTMLInputElement>("Interpreter").checked).toBe(true);
  expect(screen.getByLabelText("Which language").getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText("Say which language.")).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>(/for example BSL/).value).toBe("BSL");
  expect(screen.queryByLabelText(/large print/)).toBeNull();
});
