import {
  clientFieldEntries,
  defaultOf,
  type ClientFieldName,
  type ClientFieldSpecs,
  type ClientFieldValue,
  type GivenFields,
  type InheritableField,
  type NewClientFields,
} from '../../../domain/clients/client-fields.js';
import { emptyWordOf } from '../../../domain/clients/client-inheritance.js';
import type { ClientFieldSpec } from '../../../domain/clients/fields/spec.js';
import { fromEntries } from '../../../domain/records.js';
import { clientStatuses, type StoredFields } from '../../../storage/clients/clients.js';
import { emailAddress } from '../../contract/emails.js';
import {
  language,
  currency,
  currencyText,
  foreignId,
  idText,
  line,
  lines,
  money,
  moneyText,
  reference,
  tagList,
  timezone,
} from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { warningThresholds } from './warning-thresholds.js';

/** The schemas of the fields of the catalogue: as they are set, changed, and answered. */

type Schema<Value> = z.ZodType<Value, unknown>;

/** Values of an answer can be changed by who builds it: lists are copies. */
type Mutable<Value> = Value extends readonly (infer Entry)[] ? Entry[] : Value;

export type AnsweredFields = { [Name in ClientFieldName]: Mutable<StoredFields[Name]> };

type CreationShape = {
  [Name in ClientFieldName]: ClientFieldSpecs[Name] extends { readonly inherits: 'caller' }
    ? z.ZodOptional<Schema<ClientFieldValue<Name>>>
    : Name extends InheritableField
      ? z.ZodOptional<Schema<GivenFields[Name]>>
      : Schema<Name extends keyof NewClientFields ? NewClientFields[Name] : ClientFieldValue<Name>>;
};
type PatchShape = { [Name in keyof GivenFields]: z.ZodOptional<Schema<GivenFields[Name]>> };
type TemplateShape = { [Name in InheritableField]: z.ZodOptional<Schema<GivenFields[Name]>> };
type AnswerShape = { [Name in ClientFieldName]: z.ZodType<AnsweredFields[Name]> };

/** What is said where a value is none of a closed set. */
const choiceErrors: { readonly [Name in ClientFieldName]?: string } = {
  status: 'must be active or stop; delete a client with DELETE',
};

// Each shape has each field of the catalogue, with the schema of its type: the entries below are checked by the walk over
// the catalogue (test/api/clients/client-fields.test.ts), as the compiler cannot follow them.

export const creationShape = shapeOf<CreationShape>((name, spec) => {
  const schema = settable(name, spec);
  if (spec.inheritable === true)
    return inherited(schema, spec, 'Not set, or null: as `clientTemplateId` says').optional();
  if (spec.inherits === 'caller') return schema.optional();
  const value = defaultOf(spec);
  return value === undefined ? schema : schema.default(value);
});

export const patchShape = shapeOf<PatchShape>((name, spec) => {
  if (spec.creationOnly === true) return null;
  const schema = settable(name, spec);
  return (spec.inheritable === true ? inherited(schema, spec, 'null: as the template says') : schema).optional();
});

/** What a client template sets. */
export const templateShape = shapeOf<TemplateShape>((name, spec) =>
  spec.inheritable === true
    ? inherited(settable(name, spec), spec, 'null: the template does not set it').optional()
    : null,
);

export const answerShape = shapeOf<AnswerShape>((name, spec) => {
  const schema = answered(name, spec);
  return spec.nullable === true ? schema.nullable() : schema;
});

/** @param schemaOf null: the shape does not have this field */
function shapeOf<Shape extends object>(
  schemaOf: (name: ClientFieldName, spec: ClientFieldSpec) => z.ZodType | null,
): Shape {
  const schemas = clientFieldEntries.map(([name, spec]) => [name, schemaOf(name, spec)] as const);
  return fromEntries<Shape>(schemas.filter(([, schema]) => schema !== null));
}

/** A field as it is set. */
function settable(name: ClientFieldName, spec: ClientFieldSpec): z.ZodType {
  const { description, example } = spec;
  const documented = typed(name, spec).openapi({
    ...(description !== undefined && { description }),
    ...(example !== undefined && { example }),
  });
  return spec.nullable === true ? orNull(documented, spec) : documented;
}

/** Null as well. What is read from a text into another form needs its type for the document. */
function orNull(schema: z.ZodType, spec: ClientFieldSpec): z.ZodType {
  const isText = !['reference', 'integer', 'flag'].includes(spec.type);
  return isText ? schema.nullable().openapi({ type: ['string', 'null'] }) : schema.nullable();
}

function typed(name: ClientFieldName, spec: ClientFieldSpec): z.ZodType {
  switch (spec.type) {
    case 'text':
      if (spec.lines) return lines(spec.max);
      return spec.foreign ? foreignId(spec.max) : line(spec.max);
    case 'choice':
      return z.enum(spec.values, choiceErrors[name]);
    case 'flag':
      return z.boolean();
    case 'integer':
      return z.int().min(spec.min).max(spec.max);
    case 'money':
      return money(spec);
    case 'texts':
      return tagList(spec.max);
    case 'thresholds':
      return warningThresholds;
    case 'email':
      return emailAddress;
    case 'currency':
      return currency;
    case 'timezone':
      return timezone;
    case 'language':
      return language;
    case 'reference':
      return reference;
  }
}

/** A field that a template may set: null is not given, and nothing has a word. */
function inherited(schema: z.ZodType, spec: ClientFieldSpec, note: string): z.ZodType {
  const word = emptyWordOf(spec);
  const given = word === null ? schema : z.union([z.literal(word), schema]);
  const isNullable = spec.nullable === true;
  const about = [
    spec.description,
    note,
    ...(word === null ? [] : [`\`${word}\`: nothing is set, whatever the template says`]),
  ];
  return (isNullable ? given : orNull(given, spec)).openapi({ description: about.filter(Boolean).join('. ') });
}

/** A field as it is answered, where it is not null. */
function answered(name: ClientFieldName, spec: ClientFieldSpec): z.ZodType {
  if (name === 'status') return z.enum(clientStatuses);
  switch (spec.type) {
    case 'choice':
      return z.enum(spec.values);
    case 'flag':
      return z.boolean();
    case 'integer':
      return z.number();
    case 'money':
      return moneyText;
    case 'texts':
    case 'thresholds':
      return z.array(z.string());
    case 'currency':
      return currencyText;
    case 'reference':
      return idText;
    default:
      return z.string();
  }
}
