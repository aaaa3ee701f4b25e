const FOCUSABLE = "button:not(:disabled), a[href], input, textarea, select, summary, [tabindex='0']";

/** Moves the focus to the next part of the window: top bar, banner, tabs, main part, footer. */
export function nextRegion(): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")].filter((region) => target(region));
  const present = regions.findIndex((region) => region.contains(document.activeElement));
  target(regions[(present + 1) % regions.length])?.focus();
}

function target(region: HTMLElement | undefined): HTMLElement | null {
  if (!region) return null;
  return region.querySelector<HTMLElement>(FOCUSABLE) ?? (region.tabIndex === -1 && region.id ? region : null);
}
