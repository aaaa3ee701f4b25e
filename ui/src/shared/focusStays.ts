/** What can take the focus; a row of a list can, though only one of them is in the Tab order. */
const STOPS = [
  "a[href]",
  "button:not(:disabled)",
  "input:not(:disabled):not([type=hidden])",
  "textarea:not(:disabled)",
  "select:not(:disabled)",
  "summary",
  "[tabindex='0']",
  "[data-row]",
].join();
const HEADINGS = "h1, h2, h3";

/**
 * Never lets the focus fall to nowhere: when an act takes away the control that had it (an answer was saved, a row was
 * done), the focus goes to what came next in reading order, else to the heading it stood under. Whoever puts the focus
 * somewhere by themselves is left alone. Answers the way to stop.
 */
export function focusStays(): () => void {
  let last: HTMLElement | null = null;
  let around: HTMLElement[] = [];
  let following: HTMLElement[] = [];
  let pause: ReturnType<typeof setTimeout> | undefined;

  function came(event: FocusEvent): void {
    if (!(event.target instanceof HTMLElement) || event.target === document.body) return;
    last = event.target;
    around = ancestors(last);
    following = stopsAfter(last);
  }

  function look(): void {
    if (!last || isHere(last) || !isNowhere()) return;
    clearTimeout(pause);
    // Whoever took the control away may be about to say where the focus goes.
    pause = setTimeout(recover);
  }

  function recover(): void {
    if (!last || isHere(last) || !isNowhere()) return;
    const next = following.find(isHere);
    if (next) next.focus();
    else toHeading();
  }

  function toHeading(): void {
    for (const one of around.filter((part) => part.isConnected)) {
      const heading = [...one.querySelectorAll<HTMLElement>(HEADINGS)].find(isHere);
      if (!heading) continue;
      if (!heading.hasAttribute("tabindex")) heading.tabIndex = -1;
      heading.focus();
      return;
    }
  }

  const watch = new MutationObserver(look);
  watch.observe(document.body, { childList: true, subtree: true, attributeFilter: ["disabled", "hidden", "open"] });
  document.addEventListener("focusin", came);
  return () => {
    clearTimeout(pause);
    watch.disconnect();
    document.removeEventListener("focusin", came);
  };
}

function isNowhere(): boolean {
  const active = document.activeElement;
  return !(active instanceof HTMLElement) || active === document.body || !isHere(active);
}

function isHere(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(":disabled") && (element.checkVisibility?.() ?? true);
}

function ancestors(element: HTMLElement): HTMLElement[] {
  const all: HTMLElement[] = [];
  for (let one = element.parentElement; one; one = one.parentElement) all.push(one);
  return all;
}

/** What follows in the dialog or the main part that the element stands in. */
function stopsAfter(element: HTMLElement): HTMLElement[] {
  const whole = element.closest("dialog, main") ?? document.body;
  const after = Node.DOCUMENT_POSITION_FOLLOWING;
  return [...whole.querySelectorAll<HTMLElement>(STOPS)].filter(
    (stop) => element.compareDocumentPosition(stop) & after,
  );
}
