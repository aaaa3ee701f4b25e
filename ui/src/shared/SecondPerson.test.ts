import { cleanup, render, screen } from "@testing-library/svelte";
import { afterEach, expect, it } from "vitest";
import SecondPerson from "./SecondPerson.svelte";

afterEach(cleanup);

const warns = (words: string) => screen.getByText(words).closest(".second")?.classList.contains("awaited");

it.each([true, false])(
  "warns everyone while a second person is awaited (waits for the reader: %s), and no more once confirmed",
  (mine) => {
    render(SecondPerson, { words: "Waiting for a second person", awaited: true, mine });
    expect(warns("Waiting for a second person")).toBe(true);
    cleanup();
    render(SecondPerson, { words: "Confirmed by Tara", awaited: false, mine: false });
    expect(warns("Confirmed by Tara")).toBe(false);
  },
);
