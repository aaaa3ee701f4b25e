import type { Gap } from "$ipc/generated/Gap";

/** What the core missed, by field. */
export type Gaps = Record<string, string>;

/** The messages of gaps by their field, the first of each. */
export function byField(missing: Gap[]): Gaps {
  const gaps: Gaps = {};
  for (const gap of missing) gaps[gap.field] ??= gap.message;
  return gaps;
}
