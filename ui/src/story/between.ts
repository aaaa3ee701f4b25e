const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const LONG = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** The day in words such as `Since Mon 02-Nov-2026`: to compare, to show and to read out. Null if there is none. */
export function dayIn(words: string): { at: number; date: string; longDate: string } | null {
  const [date, day, month, year] = /(?:[A-Z][a-z]{2} )?(\d{2})-([A-Z][a-z]{2})-(\d{4})/.exec(words) ?? [];
  if (!date) return null;
  const at = Date.UTC(Number(year), MONTHS.indexOf(month ?? ""), Number(day));
  return { at, date, longDate: LONG.format(at).replace(",", "") };
}

/**
 * Puts placements between contacts, both newest first. A placement stands above the contacts of its day. Those older
 * than the last contact wait until all contacts are `read`.
 */
export function between<C extends { date: string }, P extends { since: string }>(
  contacts: C[],
  placements: P[],
  read: boolean,
): ({ contact: C } | { placement: P })[] {
  const waiting = [...placements];
  const story: ({ contact: C } | { placement: P })[] = [];
  for (const contact of contacts) {
    const day = dayIn(contact.date)?.at ?? 0;
    while (waiting[0] && (dayIn(waiting[0].since)?.at ?? 0) >= day) story.push({ placement: waiting.shift()! });
    story.push({ contact });
  }
  return read ? [...story, ...waiting.map((placement) => ({ placement }))] : story;
}
