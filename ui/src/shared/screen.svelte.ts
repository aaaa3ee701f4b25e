/** One key of a screen: shown in the footer and in Help, and run when pressed. */
type ScreenKey = {
  /** Each is one key cap; `["Ctrl", "Enter"]` is one chord, `["J", "K"]` are two keys. */
  caps: string[];
  words: string;
  /** `Ctrl+Enter`, as `chord` says it; without it the screen itself handles the key. */
  chord?: string;
  run?: () => void;
};

/** What a screen tells the frame around it. */
export type Screen = {
  /** The name of the screen, as in its heading. */
  name: string;
  keys: ScreenKey[];
  /** Whose record this screen writes to: the footer says `Saving to …`. */
  savingTo?: string;
  /** How many are shown, or another short note at the start of the footer. */
  note?: string;
};

const NOTHING: Screen = { name: "", keys: [] };

export const shown = $state<{ screen: Screen }>({ screen: NOTHING });

/** Describes the open screen to the frame; call it while the view is being set up. */
export function screen(describe: () => Screen): void {
  $effect(() => {
    const described = describe();
    shown.screen = described;
    return () => {
      if (shown.screen.name === described.name) shown.screen = NOTHING;
    };
  });
}
