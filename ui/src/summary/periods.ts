import type { PeriodChoice } from "$ipc/generated/PeriodChoice";
import type { SummaryView } from "$ipc/generated/SummaryView";
import type { ReleaseId } from "$ipc/generated/ReleaseId";
import { router } from "$shared/router.svelte";
import { summary as words } from "$strings/summary";

const PERIOD = "which period the summary shows";
const RELEASE = "which release the register goes to";

/** The period that the summary shows when it is opened; empty if none was chosen. */
export const periodShown = (): string => router.kept<string>(PERIOD) ?? "";

/** The summary shows this period when it is opened next. */
export const toPeriod = (period: string): void => router.keep(PERIOD, period);

/** The register goes to this release when it is opened next. */
export const toRelease = (release: ReleaseId): void => router.keep(RELEASE, release);

/** Whether the register was opened for this release; told once. */
export function isWanted(release: ReleaseId): boolean {
  if (router.kept(RELEASE) !== release) return false;
  router.keep(RELEASE, undefined);
  return true;
}

/** Whether a release of a period can be prepared. */
export const may = (one: PeriodChoice, view: SummaryView): boolean =>
  !one.notComplete && !one.released && view.waiting?.period !== one.period;

/** What has become of a period, in words. */
export function periodState(one: PeriodChoice, view: SummaryView): string {
  const state = words.periodState;
  if (view.waiting?.period === one.period) return state.waits;
  if (one.released) {
    const withdrawn = view.released?.period === one.period && view.released.state === "withdrawn";
    return withdrawn ? `${state.released}. ${state.withdrawn}` : state.released;
  }
  return one.notComplete ? `${state.notComplete}. ${one.notComplete}` : state.complete;
}
