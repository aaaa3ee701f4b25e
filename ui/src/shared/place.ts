import { router, type View } from "./router.svelte";

type Spot = { row: string; index: number; scroll: number };

/**
 * The place in a list: which row had the focus and how far the screen was scrolled. Opened again, the screen comes
 * back to it; the first time to its first row.
 */
export class Place {
  readonly #name: string;
  readonly #before: Spot | undefined;
  #page: HTMLElement | undefined;
  #arrived = false;

  constructor(view: View) {
    this.#name = `place of ${view}`;
    this.#before = router.kept<Spot>(this.#name);
  }

  /** An action on the element that holds the rows: keeps the place from then on. */
  readonly keep = (page: HTMLElement) => {
    this.#page = page;
    const main = page.closest("main");
    const came = () => this.#keep();
    page.addEventListener("focusin", came);
    main?.addEventListener("scroll", came, { passive: true });
    return {
      destroy: () => {
        page.removeEventListener("focusin", came);
        main?.removeEventListener("scroll", came);
      },
    };
  };

  /** Goes to the place, once: call it when rows have been drawn. */
  arrive(): void {
    const rows = this.#rows();
    const before = this.#before;
    if (this.#arrived || !rows.length) return;
    this.#arrived = true;
    const row =
      rows.find((one) => one.dataset.row === before?.row) ?? rows[Math.min(before?.index ?? 0, rows.length - 1)];
    row?.focus({ preventScroll: true });
    if (!before) return;
    const main = this.#page?.closest("main");
    if (main) main.scrollTop = before.scroll;
    row?.scrollIntoView({ block: "nearest" });
  }

  #rows(): HTMLElement[] {
    return [...(this.#page?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
  }

  #keep(): void {
    if (!this.#arrived) return;
    const rows = this.#rows();
    const index = rows.indexOf(document.activeElement as HTMLElement);
    const last = router.kept<Spot>(this.#name);
    const scroll = this.#page?.closest("main")?.scrollTop ?? 0;
    const at =
      index < 0 ? { row: last?.row ?? "", index: last?.index ?? 0 } : { row: rows[index]?.dataset.row ?? "", index };
    router.keep(this.#name, { ...at, scroll });
  }
}
