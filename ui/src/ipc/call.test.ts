import { beforeEach, expect, test, vi } from "vitest";
import { call, callSeen, CoreError, messageFor, whenLocked } from "./call";
import { onTouched } from "./touched";

const invoke = vi.hoisted(() => vi.fn());
vi.mock("@tauri-apps/api/core", () => ({ invoke }));

beforeEach(() => {
  invoke.mockReset();
});

test("asks the one command and answers the value and the position it was read at", async () => {
  invoke.mockResolvedValue({ value: { state: "locked" }, touched: [], seen: 41 });
  expect(await callSeen("vault_state", {})).toEqual({ value: { state: "locked" }, seen: 41 });
  expect(invoke).toHaveBeenCalledWith("call", { command: "vault_state", request: {} });
});

test("a write carries the number of its act, each time it is sent", async () => {
  invoke.mockResolvedValue({ value: {}, touched: [], seen: 1 });
  const act = { act: "0193af00-0000-7000-8000-000000000001" };
  await call("lock", {}, act);
  await call("lock", {}, act);
  expect(invoke.mock.calls.map(([, sent]) => sent.act)).toEqual([act.act, act.act]);
});

test("a refusal rejects with its code, its sentence and its field", async () => {
  invoke.mockRejectedValue({ code: "sign_in_taken", message: "That sign-in name is taken.", field: "signIn" });
  const error = await call("settings", {}).catch((refusal: unknown) => refusal);
  expect(error).toBeInstanceOf(CoreError);
  expect(error).toMatchObject({ code: "sign_in_taken", message: "That sign-in name is taken." });
  expect(messageFor(error as CoreError, "signIn")).toBe("That sign-in name is taken.");
  expect(messageFor(error as CoreError, "name")).toBe("");
});

test("whatever else is thrown never reaches the reader", async () => {
  invoke.mockRejectedValue("thread panicked at O’NEILL");
  const error = (await call("settings", {}).catch((refusal: unknown) => refusal)) as CoreError;
  expect(error.code).toBe("no_answer");
  expect(error.message).not.toContain("O’NEILL");
});

test("an answer announces what it touched, to those who follow it only", async () => {
  invoke.mockResolvedValue({ value: {}, touched: ["caseload"], seen: 2 });
  const caseload = vi.fn();
  const users = vi.fn();
  const stop = [onTouched(["caseload", "family"], caseload), onTouched(["users"], users)];
  await call("lock", {});
  stop.forEach((end) => end());
  await call("lock", {});
  expect(caseload).toHaveBeenCalledTimes(1);
  expect(users).not.toHaveBeenCalled();
});

test("a locked vault is told to the frame, whichever command found it", async () => {
  const locked = vi.fn();
  whenLocked(locked);
  invoke.mockRejectedValue({ code: "locked", message: "Unlock first.", field: null });
  await expect(call("today", { shown: {} })).rejects.toMatchObject({ code: "locked" });
  expect(locked).toHaveBeenCalledTimes(1);
});

test("sends what was written without half an emoji", async () => {
  invoke.mockResolvedValue({ value: {}, seen: 1, touched: [] });
  await call("find", { query: "baby \ud83d ball 👶🏽" } as never);
  expect(invoke).toHaveBeenLastCalledWith("call", { command: "find", request: { query: "baby  ball 👶🏽" } });
});
