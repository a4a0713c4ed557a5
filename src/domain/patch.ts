/** Some of the fields: null empties one, absent leaves it. */
export type Patch<Fields> = { readonly [Name in keyof Fields]?: Fields[Name] | undefined };

type Sent<Fields> = { [Name in keyof Fields]: Exclude<Fields[Name], undefined> };

/** Returns the fields without those that are undefined, which were not sent. */
export function sentFields<Fields extends object>(fields: Fields): Sent<Fields> {
  const sent = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(sent) as Sent<Fields>;
}

/** The fields after a change of some of them. */
export function applyPatch<Fields extends object>(fields: Fields, patch: Patch<Fields>): Fields {
  return { ...fields, ...sentFields(patch) };
}
