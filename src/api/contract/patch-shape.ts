import { z } from './zod.js';

type Fields = Readonly<Record<string, z.ZodType>>;

type PatchShape<Shape extends Fields> = {
  [Name in keyof Shape]: z.ZodOptional<
    Shape[Name] extends z.ZodDefault<infer Inner extends z.ZodType> ? Inner : Shape[Name]
  >;
};

/** Returns the fields of a creation as a PATCH takes them: each may be left out, and then stays as it is. */
export function patchShape<Shape extends Fields>(shape: Shape): PatchShape<Shape> {
  const patched = Object.entries(shape).map(([name, schema]) => {
    const field: z.ZodType = schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema;
    return [name, field.optional()];
  });
  return Object.fromEntries(patched) as PatchShape<Shape>;
}
