import type { Topic } from "./generated/Topic";

export type { Topic };

type Listener = (touched: Topic[] | "all") => void;

const listeners = new Set<Listener>();

export function announce(touched: Topic[] | "all"): void {
  if (touched.length === 0) return;
  for (const listener of Array.from(listeners)) listener(touched);
}

/** Calls `then` whenever one of `topics` was touched; answers the way to stop. */
export function onTouched(topics: Topic[], then: () => void): () => void {
  const listener: Listener = (touched) => {
    if (touched === "all" || touched.some((topic) => topics.includes(topic))) then();
  };
  listeners.add(listener);
  return () => listeners.delete(listener);
}
