import { zoomTo } from "./zoom";

const dark = matchMedia("(prefers-color-scheme: dark)");
let theme = "system";

/** Day or night as the computer has it, until somebody has signed in. */
export function followTheSystem(): void {
  dark.addEventListener("change", paint);
  paint();
}

/** How the person signed in likes the screen. */
export function showAs(display: { theme: string; density: string; zoom: number } | null): void {
  theme = display?.theme ?? "system";
  document.documentElement.dataset.density = display?.density ?? "comfortable";
  if (display) zoomTo(display.zoom);
  paint();
}

function paint(): void {
  const night = theme === "night" || (theme === "system" && dark.matches);
  document.documentElement.dataset.theme = night ? "night" : "day";
}
