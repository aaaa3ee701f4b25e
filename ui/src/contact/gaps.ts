import type { Gap } from "$ipc/generated/Gap";

/** What the core missed, by field. */
export type Gaps = Record<string, string>;

/** The messages of gaps by their field; `infants.0.state` stands with `infants` as well. */
export function byField(missing: Gap[]): Gaps {
  const gaps: Gaps = {};
  for (const gap of missing) {
    gaps[gap.field] ??= gap.message;
    const whole = gap.field.split(".")[0] ?? gap.field;
    if (whole !== "concern") gaps[whole] ??= gap.message;
  }
  return gaps;
}
