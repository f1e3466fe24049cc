/** Which fields can't be read, by the school's own schema, before anything is sent. */
interface Schema {
  safeParse(given: unknown): { error?: { issues: readonly { path: readonly PropertyKey[] }[] } | undefined };
}

export function wrongFields(schema: Schema, given: unknown): string[] {
  const issues = schema.safeParse(given).error?.issues ?? [];
  return [...new Set(issues.map(({ path }) => String(path[0] ?? '')))];
}
