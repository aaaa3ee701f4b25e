import { expect, it } from "vitest";
import tokens from "./tokens.css?raw";

/** WCAG 1.4.11: what draws a control. */
const LEAST = 3;

/** What borders of controls are drawn in. */
const BORDERS = ["edge", "pine", "stop", "button-edge", "clay"];
/** What controls stand on. */
const GROUNDS = ["paper", "card", "sunk", "pine-tint", "stop-tint"];

function theme(name: string): Record<string, string> {
  const block = tokens.match(new RegExp(`\\[data-theme="${name}"\\] \\{([^}]*)\\}`))?.[1] ?? "";
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, token, colour]) => [token, colour]),
  );
}

function light(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [more = 0, less = 0] = [light(one), light(other)].sort((a, b) => b - a);
  return (more + 0.05) / (less + 0.05);
}

it.each(["day", "night"])("borders of controls can be seen on every ground, by %s", (name) => {
  const colours = theme(name);
  for (const border of BORDERS) {
    for (const ground of GROUNDS) {
      const ratio = contrast(colours[border] ?? "", colours[ground] ?? "");
      expect(ratio, `--${border} on --${ground}`).toBeGreaterThanOrEqual(LEAST);
    }
  }
});
