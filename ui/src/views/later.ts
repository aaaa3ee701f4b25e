import type { Component } from "svelte";

/** A view whose code is loaded when it is first opened, and then is there. */
export class Later<Props extends Record<string, unknown>> {
  /** Null until it has been loaded. */
  ready: Component<Props> | null = null;
  readonly #load: () => Promise<{ default: Component<Props> }>;

  constructor(load: () => Promise<{ default: Component<Props> }>) {
    this.#load = load;
  }

  /** Rejects when the file cannot be read. */
  async load(): Promise<Component<Props>> {
    this.ready ??= (await this.#load()).default;
    return this.ready;
  }
}
