import type { Command } from "./call";
import type { SessionView } from "./generated/SessionView";

/** Who signed in last, and whether the vault is locked now. The view is kept while locked, as the screens are. */
export const session = $state<{ current: SessionView | null; locked: boolean }>({ current: null, locked: true });

/** Whether the person signed in may use a command. The core decides; this only hides what it would refuse. */
export function may(command: Command): boolean {
  return session.current?.commands.includes(command) ?? false;
}
