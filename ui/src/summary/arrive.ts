/** Puts the focus on the heading of what has opened, with the top of the page, or of what is said, in sight. */
export function arrive(heading: HTMLElement | undefined, top = heading?.closest(".page")): void {
  heading?.focus({ preventScroll: true });
  top?.scrollIntoView?.({ block: "start" });
}
