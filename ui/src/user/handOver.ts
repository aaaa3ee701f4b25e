import type { HeldFamily } from "$ipc/generated/HeldFamily";

/** A place in a family: somebody can be its key worker and its therapist, and each is taken by itself. */
export const placeOf = ({ episode, place }: Pick<HeldFamily, "episode" | "place">): string => `${episode} ${place}`;
