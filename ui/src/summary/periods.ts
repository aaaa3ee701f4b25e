import type { PeriodChoice } from "$ipc/generated/PeriodChoice";
import type { SummaryView } from "$ipc/generated/SummaryView";
import { summary as words } from "$strings/summary";

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
