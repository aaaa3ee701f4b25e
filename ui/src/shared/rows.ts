type Options = {
  /** Enter on the focused row. */
  open: (index: number) => void;
  /** `N` on the focused row. */
  note?: (index: number) => void;
  /** The row the focus came to. */
  at?: (index: number) => void;
  /** Draws more rows, if there are more: the step past the last row asks for them and goes on when they are there. */
  more?: (() => void) | undefined;
};

/**
 * J, K, the arrows, Home and End move between the `[data-row]` elements of a list; Enter opens, N starts a note.
 * The keys work only while a row has the focus. One row is in the Tab order.
 */
export function rows(list: HTMLElement, options: Options) {
  let given = options;
  /** The row that is waited for. */
  let awaited = -1;
  const all = () => [...list.querySelectorAll<HTMLElement>("[data-row]")];

  function focus(index: number): void {
    const present = all();
    const next = present[Math.min(Math.max(index, 0), present.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  function next(index: number): void {
    if (index < all().length || !given.more) return focus(index);
    awaited = index;
    given.more();
  }

  function drawn(): void {
    roam();
    if (awaited < 0 || awaited >= all().length) return;
    focus(awaited);
    awaited = -1;
  }

  function roam(): void {
    const present = all();
    const current = present.find((row) => row.tabIndex === 0) ?? present[0];
    for (const row of present) row.tabIndex = row === current ? 0 : -1;
  }

  function came(event: FocusEvent): void {
    const index = all().indexOf(event.target as HTMLElement);
    if (index < 0) return;
    awaited = -1;
    for (const [at, row] of all().entries()) row.tabIndex = at === index ? 0 : -1;
    given.at?.(index);
  }

  function pressed(event: KeyboardEvent): void {
    const index = all().indexOf(event.target as HTMLElement);
    if (index < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const steps: Record<string, () => void> = {
      j: () => next(index + 1),
      ArrowDown: () => next(index + 1),
      k: () => focus(index - 1),
      ArrowUp: () => focus(index - 1),
      Home: () => focus(0),
      End: () => focus(Infinity),
      Enter: () => given.open(index),
    };
    if (given.note) steps.n = () => given.note?.(index);
    const run = steps[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!run) return;
    event.preventDefault();
    run();
  }

  roam();
  const watch = new MutationObserver(drawn);
  watch.observe(list, { childList: true, subtree: true });
  list.addEventListener("focusin", came);
  list.addEventListener("keydown", pressed);
  return {
    update: (next: Options) => (given = next),
    destroy: () => {
      watch.disconnect();
      list.removeEventListener("focusin", came);
      list.removeEventListener("keydown", pressed);
    },
  };
}
