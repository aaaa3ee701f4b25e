import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { rows } from "./rows";

let list: HTMLElement;
let drawn: ReturnType<typeof rows>;
const more = vi.fn();

function draw(count: number): void {
  while (list.children.length < count) {
    const row = document.createElement("button");
    row.dataset.row = row.textContent = `${list.children.length + 1}`;
    list.append(row);
  }
}

const press = (key: string) =>
  document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const here = () => document.activeElement?.textContent;

beforeEach(() => {
  more.mockReset();
  list = document.body.appendChild(document.createElement("ol"));
  draw(2);
  drawn = rows(list, { open: () => {}, more });
  (list.lastElementChild as HTMLElement).focus();
});
afterEach(() => {
  drawn.destroy();
  list.remove();
});

test("J past the last row asks for more and goes on when they are drawn", async () => {
  press("j");
  expect(more).toHaveBeenCalledOnce();
  expect(here()).toBe("2");
  draw(4);
  await vi.waitFor(() => expect(here()).toBe("3"));
});

test("who has moved on meanwhile is not called back", async () => {
  press("j");
  press("k");
  expect(here()).toBe("1");
  draw(4);
  await new Promise((done) => setTimeout(done, 20));
  expect(here()).toBe("1");
});

test("with nothing more J stays on the last row", () => {
  drawn.update({ open: () => {} });
  press("j");
  expect(more).not.toHaveBeenCalled();
  expect(here()).toBe("2");
});
