/** Some of the fields: null empties one, absent leaves it. */
export type Patch<Fields> = { readonly [Name in keyof Fields]?: Fields[Name] | undefined };

/** The fields after a change of some of them. */
export function applyPatch<Fields extends object>(fields: Fields, patch: Patch<Fields>): Fields {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  return { ...fields, ...Object.fromEntries(given) };
}
