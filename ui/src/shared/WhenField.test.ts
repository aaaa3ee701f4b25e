import { cleanup, fireEvent, render } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import WhenField from "./WhenField.svelte";

/** The day it is for the core. */
let today = "Mon 23-Nov-2026";
const asked: string[] = [];
const parse = async (text: string) => {
  asked.push(text);
  if (text === "soon") throw new Error("That is not a date Attune understands.");
  const fixed = text === "today" ? today : text;
  return { words: fixed, longWords: fixed, fixed };
};
const read = () => vi.advanceTimersByTimeAsync(200);
const input = () => document.getElementById("d") as HTMLInputElement;
const echo = () => document.querySelector("#d-echo [aria-hidden]")?.textContent ?? "";

/** What the form has of the field. */
function field(begin = "") {
  let value = begin;
  const props = {
    id: "d",
    get value() {
      return value;
    },
    set value(given: string) {
      value = given;
    },
    parse,
  };
  const { rerender } = render(WhenField, { props });
  return { value: () => value, rerender };
}
const type = (text: string) => fireEvent.input(input(), { target: { value: text } });

beforeEach(() => {
  vi.useFakeTimers();
  today = "Mon 23-Nov-2026";
  asked.length = 0;
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it("gives the day a word meant when it was typed, and leaves the word as it was typed", async () => {
  const { value } = field();
  await type("today");
  expect(value()).toBe("today");
  await read();
  expect([value(), input().value, echo()]).toEqual(["Mon 23-Nov-2026", "today", "Mon 23-Nov-2026"]);
});

it("shows what was meant when it is read again on another day", async () => {
  const { value, rerender } = field();
  await type("today");
  await read();
  today = "Tue 24-Nov-2026";
  // An end was typed beside it: it is asked anew.
  await rerender({ parse: (text: string) => parse(text) });
  await read();
  expect(asked.at(-1)).toBe("Mon 23-Nov-2026");
  expect([value(), echo()]).toEqual(["Mon 23-Nov-2026", "Mon 23-Nov-2026"]);
});

it("means the day of now when it is typed again", async () => {
  const { value } = field();
  await type("today");
  await read();
  today = "Tue 24-Nov-2026";
  await type("today ");
  await type("today");
  await read();
  expect([value(), echo()]).toEqual(["Tue 24-Nov-2026", "Tue 24-Nov-2026"]);
});

it("gives what is no date as it was typed, with what is wrong", async () => {
  const { value } = field();
  await type("soon");
  await read();
  expect(value()).toBe("soon");
  expect(document.getElementById("d-echo")?.textContent).toContain("not a date");
});

it("shows what was put there by another", async () => {
  const { rerender } = field("Mon 23-Nov-2026");
  expect(input().value).toBe("Mon 23-Nov-2026");
  await rerender({ value: "Mon 30-Nov-2026, 10:30" });
  expect(input().value).toBe("Mon 30-Nov-2026, 10:30");
});
