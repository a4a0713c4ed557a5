/** The API names a field by a JSON pointer, `#/rules/1/threshold`; Mantine's form by a path, `rules.1.threshold`. */
export type Pointer = `#/${string}`;

export function pathOf(pointer: string): string {
  return pointer
    .replace(/^#?\//, '')
    .split('/')
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .join('.');
}

/** The id of the control of a field, by which focus finds it. */
export function controlId(formId: string, pointer: string): string {
  return `${formId}-${pathOf(pointer).replace(/[^\w-]/g, '-')}`;
}
