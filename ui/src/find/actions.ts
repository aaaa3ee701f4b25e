import { find as m } from "$strings/find";

export type Action = { id: string; words: string; run: () => void };

/** The actions whose words contain every typed word; all of them when nothing is typed. */
export function matching(actions: Action[], query: string): Action[] {
  const typed = query.toLocaleLowerCase("en-GB").split(/\s+/).filter(Boolean);
  return actions.filter((action) => typed.every((word) => action.words.toLocaleLowerCase("en-GB").includes(word)));
}

export const goTo = (part: string, run: () => void): Action => ({ id: `go-${part}`, words: m.goTo(part), run });
