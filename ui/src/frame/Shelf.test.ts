import { cleanup, render, screen } from "@testing-library/svelte";
import { createRawSnippet, tick } from "svelte";
import { afterEach, expect, test } from "vitest";
import Shelf from "./Shelf.svelte";

afterEach(cleanup);

const children = createRawSnippet(() => ({
  render: () => `<section><h1>O’NEILL, Fiadh</h1><textarea aria-label="What I saw"></textarea></section>`,
}));

test("takes everything out of the document and brings back text, focus and caret", async () => {
  const { rerender } = render(Shelf, { away: false, children });
  const area = screen.getByLabelText<HTMLTextAreaElement>("What I saw");
  area.value = "Fi turned to the voice";
  area.focus();
  area.setSelectionRange(3, 9);

  await rerender({ away: true, children });
  expect(document.documentElement.outerHTML).not.toContain("O’NEILL");
  expect(document.querySelector("textarea")).toBeNull();

  await rerender({ away: false, children });
  await tick();
  expect(screen.getByLabelText("What I saw")).toBe(area);
  expect(area.value).toBe("Fi turned to the voice");
  expect(document.activeElement).toBe(area);
  expect([area.selectionStart, area.selectionEnd]).toEqual([3, 9]);
});

test("goes to the first field of what stands there now when the place has gone meanwhile", async () => {
  const { rerender } = render(Shelf, { away: false, children });
  const shelf = screen.getByLabelText("What I saw").closest(".shelf") as HTMLElement;
  screen.getByLabelText("What I saw").focus();

  await rerender({ away: true, children });
  shelf.innerHTML = `<main><h1>ACE conversation</h1><form><input aria-label="Wants to talk" type="checkbox" /></form></main>`;
  await rerender({ away: false, children });
  await tick();
  expect(document.activeElement).toBe(screen.getByLabelText("Wants to talk"));
});
