import { render, screen } from "@testing-library/svelte";
import { createRawSnippet, type Component } from "svelte";
import { expect, test } from "vitest";
import { frame as m } from "$strings/frame";
import { Later } from "./later";
import Shown from "./Shown.svelte";

type Loaded = { default: Component<Record<string, unknown>> };
const show = createRawSnippet(() => ({ render: () => "<p>the view</p>" }));
const loaded = { default: (() => ({})) as unknown as Loaded["default"] };

test("a view is shown once its code is there, and at once the next time", async () => {
  let reads = 0;
  const view = new Later(() => {
    reads += 1;
    return Promise.resolve(loaded);
  });
  const first = render(Shown, { view, show });
  expect(screen.queryByText("the view")).toBeNull();
  expect(await screen.findByText("the view")).toBeTruthy();
  first.unmount();
  render(Shown, { view, show });
  expect(screen.getByText("the view")).toBeTruthy();
  expect(reads).toBe(1);
});

test("a view that cannot be loaded says so and what to do", async () => {
  render(Shown, { view: new Later<Record<string, unknown>>(() => Promise.reject(new Error("no file"))), show });
  expect(await screen.findByText(m.notLoaded)).toBeTruthy();
});
