/** Puts the focus on the heading of what has opened, with the top of the page in sight. */
export function arrive(heading: HTMLElement | undefined): void {
  heading?.focus({ preventScroll: true });
  heading?.closest(".page")?.scrollIntoView?.({ block: "start" });
}
