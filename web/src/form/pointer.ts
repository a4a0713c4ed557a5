/** The API names a field by a JSON pointer, `#/rules/1/threshold`; Mantine's form by a path, `rules.1.threshold`. */
export type Pointer = `#/${string}`;

export function pathOf(pointer: string): string {
  return pointer
    .replace(/^#?\//, '')
    .split('/')
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .join('.');
}

export function pointerOf(path: string): Pointer {
  return `#/${path.split('.').join('/')}`;
}

/** The id of the control of a field, by which focus finds it. */
export function controlId(formId: string, pointer: string): string {
  return `${formId}-${pathOf(pointer).replace(/[^\w-]/g, '-')}`;
}

/** The value under a path; undefined where there is none. */
export function valueAt(values: unknown, path: string): unknown {
  let value = values;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[part];
  }
  return value;
}
