import { cleanup, render } from "@testing-library/svelte";
import { readFileSync } from "node:fs";
import { createRawSnippet } from "svelte";
import { afterEach, beforeEach, expect, test } from "vitest";
import Unreleased from "./Unreleased.svelte";

const children = createRawSnippet(() => ({ render: () => `<p id="figure">Total 25</p>` }));
let beside: HTMLElement;

beforeEach(() => {
  beside = document.createElement("p");
  beside.textContent = "Beside it";
  document.body.append(beside);
  render(Unreleased, { children });
});
afterEach(() => {
  document.getSelection()?.removeAllRanges();
  cleanup();
  beside.remove();
});

const figure = () => document.getElementById("figure")!;

function marked(from: Node, to: Node): void {
  const range = document.createRange();
  range.setStart(from, 0);
  range.setEnd(to, to.childNodes.length);
  document.getSelection()?.removeAllRanges();
  document.getSelection()?.addRange(range);
}

/** Whether a thing of this kind is let happen at a place. */
function happens(kind: string, at: Node): boolean {
  return at.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true }));
}

test.each(["copy", "cut", "dragstart", "contextmenu", "selectstart"])("%s is kept from it", (kind) => {
  marked(figure(), figure());
  expect(happens(kind, figure())).toBe(false);
});

test("what is marked around it is not copied either", () => {
  marked(document.body, document.body);
  expect(happens("copy", document.body)).toBe(false);
});

test("what is beside it can be copied", () => {
  marked(beside, beside);
  expect(happens("copy", beside)).toBe(true);
});

test("on paper one sentence stands for it", () => {
  expect(figure().closest(".no-print")).not.toBeNull();
  const printed = [...document.querySelectorAll(".only-print")].map((part) => part.textContent);
  expect(printed).toEqual(["Figures that have not been released cannot be printed."]);
  const paper = readFileSync("src/styles/print.css", "utf8").split("@media print")[1] ?? "";
  expect(paper.replace(/\s+/g, " ")).toContain(".no-print, button { display: none !important; }");
});
