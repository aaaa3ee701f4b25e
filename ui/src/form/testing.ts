/** For tests: what the core does with unfinished forms, behind the one door. */

type Of = { form: string; family: string | null; of: string };

export class KeptForms {
  readonly kept = new Map<string, string>();
  /** Set to refuse every save with it. */
  refuse: object | null = null;

  /** The core's answer if it is a command about unfinished forms; else undefined. */
  answer(command: string, request: object): Promise<unknown> | undefined {
    const of = request as Of;
    const key = [of.form, of.family, of.of].join(" ");
    switch (command) {
      case "keep_form":
        if (this.refuse) return Promise.reject(this.refuse);
        this.kept.set(key, (request as { body: string }).body);
        return Promise.resolve({ saved: "15:21" });
      case "kept_form": {
        const body = this.kept.get(key) ?? null;
        return Promise.resolve({ body, saved: body ? "Mon 23-Nov-2026, 15:21" : "" });
      }
      case "discard_form":
        this.kept.delete(key);
        return Promise.resolve({});
      case "kept_forms":
        return Promise.resolve({ forms: [] });
      default:
        return undefined;
    }
  }
}
