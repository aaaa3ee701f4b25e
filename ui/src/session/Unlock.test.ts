import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { VaultState } from "$ipc/generated/VaultState";
import Unlock from "./Unlock.svelte";

const invoke = vi.fn();
Object.assign(window, { __TAURI_INTERNALS__: { invoke } });

const vault: VaultState = {
  state: "locked",
  practice: true,
  practiceUsers: [{ signIn: "worker", roleWords: "Key worker", passphrase: "four plain practice words" }],
  problem: null,
  notices: [],
  folder: "/practice",
  version: "0.1.0",
  organisations: [],
};

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
const onsignedin = vi.fn();

beforeEach(() => {
  invoke.mockReset();
  onsignedin.mockReset();
  render(Unlock, { vault, problem: null, onsignedin, onrecover: vi.fn() });
});
afterEach(cleanup);

async function unlockAs(signIn: string, passphrase: string): Promise<void> {
  await fireEvent.input(field("Sign-in name"), { target: { value: signIn } });
  await fireEvent.input(field("Passphrase"), { target: { value: passphrase } });
  await fireEvent.submit(field("Passphrase").form!);
}

test("keeps what was typed and says the core's sentence when it is refused", async () => {
  invoke.mockRejectedValue({ code: "wrong_passphrase", message: "They do not go together.", field: null });
  await unlockAs("worker", "not this one");
  await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("They do not go together."));
  expect(field("Sign-in name").value).toBe("worker");
  expect(field("Passphrase").value).toBe("not this one");
  expect(onsignedin).not.toHaveBeenCalled();
});

test("a practice user fills the form and signs in", async () => {
  await fireEvent.click(screen.getByRole("button", { name: /worker/ }));
  invoke.mockResolvedValue({ value: { home: "today" }, touched: [], seen: 0 });
  await fireEvent.submit(field("Passphrase").form!);
  await waitFor(() => expect(onsignedin).toHaveBeenCalledTimes(1));
  expect(invoke.mock.lastCall![1]).toEqual({
    command: "unlock",
    request: { signIn: "worker", passphrase: "four plain practice words", goOnBecause: "" },
  });
});

test.each(["records_missing", "head_damaged"])("after %s a lead can go on with a reason", async (code) => {
  invoke.mockRejectedValue({ code, message: "14 changes are missing.", field: null });
  await unlockAs("lead", "the right one");
  const because = await screen.findByLabelText("Continue, giving a reason");
  await fireEvent.input(because, { target: { value: "Restored from the backup of Friday" } });
  await fireEvent.submit(field("Passphrase").form!);
  expect(invoke.mock.lastCall![1].request.goOnBecause).toBe("Restored from the backup of Friday");
});

test("a wrong passphrase offers no way on", async () => {
  invoke.mockRejectedValue({ code: "wrong_passphrase", message: "They do not go together.", field: null });
  await unlockAs("lead", "wrong");
  await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("together"));
  expect(screen.queryByLabelText("Continue, giving a reason")).toBeNull();
});
