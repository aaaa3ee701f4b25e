/** What codes of choices and numbers look like; they are not what somebody wrote. */
const CODE = /^[a-z0-9_]*$/;
const ID = /^[0-9a-f-]{36}$/i;

/** Everything that was written in a form, in its order, out of what was kept of it. */
export function texts(body: string | null): string[] {
  if (!body) return [];
  return leaves((JSON.parse(body) as { entry: unknown }).entry);
}

function leaves(value: unknown): string[] {
  if (typeof value === "string") return !CODE.test(value.trim()) && !ID.test(value) ? [value.trim()] : [];
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leaves);
  return [];
}
