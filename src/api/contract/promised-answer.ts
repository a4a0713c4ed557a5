import type { Answer } from './answers.js';
import type { z } from './zod.js';

/** What an operation promises for one status. */
export interface ResponseSpec {
  readonly description: string;
  /** absent: no body, or one that is not JSON */
  readonly schema?: z.ZodType;
  readonly example?: unknown;
  /** default `application/json` */
  readonly contentType?: string;
}

export type Responses = Readonly<Record<number, ResponseSpec>>;

/** One of the promised answers, with a body that its schema takes. */
export type PromisedAnswer<Res extends Responses> = {
  [Status in keyof Res & number]: Answer<Status, BodyOf<Res[Status]>>;
}[keyof Res & number];

type BodyOf<Spec> = Spec extends { readonly schema: infer S extends z.ZodType } ? DeepReadonly<z.input<S>> : undefined;

/** An answer is only read: rows of storage fit as they are. */
type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
