import { expect, it } from "vitest";

const files = import.meta.glob<object>("./*.ts", { eager: true });

/** Every sentence of the pages with the name it has. */
function sentences(of: object): [string, string][] {
  return Object.entries(of).flatMap(([name, words]) => {
    if (typeof words === "string") return [[name, words] as [string, string]];
    return words && typeof words === "object" ? sentences(words as object) : [];
  });
}

const all = Object.entries(files)
  .filter(([file]) => !file.includes(".test."))
  .flatMap(([, file]) => sentences(file));

it("has one word for leaving a form, one for closing what was read, one for going back", () => {
  const ends = all.filter(([name]) => /^(cancel|close|back)(?![a-z])/.test(name) || /(Cancel|Close)$/.test(name));
  expect(ends.length).toBeGreaterThan(10);
  for (const [name, words] of ends) {
    const word = { cancel: /^Cancel$/, close: /^Close$/, back: /^Back\b/ }[
      (/cancel|close|back/i.exec(name)?.[0] ?? "").toLowerCase()
    ];
    expect(words, name).toMatch(word ?? /^$/);
  }
  expect(all.filter(([, words]) => ["Leave", "Dismiss", "Done", "Exit", "OK"].includes(words))).toEqual([]);
});
