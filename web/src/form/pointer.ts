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

type At<Value, Path extends string> = Path extends `${infer Name}/${infer Rest}`
  ? At<Member<Value, Name>, Rest>
  : Member<Value, Path>;
type Member<Value, Name extends string> = Value extends readonly (infer Item)[]
  ? Item
  : Name extends keyof Value
    ? Value[Name]
    : unknown;

/** The type of the value at a pointer; an index means any item of its list. */
export type ValueAt<Values, P extends Pointer> = P extends `#/${infer Path}` ? At<Values, Path> : unknown;
