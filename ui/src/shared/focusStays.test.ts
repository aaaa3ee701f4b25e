import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { focusStays } from "./focusStays";

let stop: () => void;
const part = (id: string) => document.getElementById(id) as HTMLElement;

beforeEach(() => {
  document.body.innerHTML = `
    <main>
      <h1>Story</h1>
      <section><h2 id="heading">Concerns</h2>
        <article id="card"><div id="form"><textarea id="answer"></textarea><button id="save">Answer</button></div></article>
        <article id="next-card"><ul><li><button data-row tabindex="-1" id="row">Next</button></li></ul></article>
      </section>
    </main>
    <footer><button id="foot">Help</button></footer>`;
  stop = focusStays();
});
afterEach(() => stop());

/** Long enough for the observer and for what comes after it. */
const settled = () => new Promise((done) => setTimeout(done, 20));

it("goes to what came next when the control that had the focus is taken away", async () => {
  part("answer").focus();
  part("form").remove();
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("row"));
});

it("goes to the heading it stood under when nothing comes next, and never out of the main part", async () => {
  part("next-card").remove();
  part("save").focus();
  part("card").remove();
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("heading"));
});

it("goes on when the control is only switched off", async () => {
  part("save").focus();
  (part("save") as HTMLButtonElement).disabled = true;
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("row"));
});

it("leaves the focus where somebody puts it, and where the person took it from", async () => {
  part("answer").focus();
  part("form").remove();
  part("foot").focus();
  await settled();
  expect(document.activeElement?.id).toBe("foot");
  part("foot").blur();
  part("heading").append("!");
  await settled();
  expect(document.activeElement).toBe(document.body);
});
