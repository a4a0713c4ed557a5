import { noValue, type FieldFilters } from '../../../domain/clients/client-field-filters.js';
import { clientFieldEntries } from '../../../domain/clients/client-fields.js';
import type { ClientFieldSpec } from '../../../domain/clients/fields/spec.js';
import { fromEntries } from '../../../domain/records.js';
import { amountFilter } from '../../contract/amount-filters.js';
import { flag, wholeNumber } from '../../contract/lists.js';
import { currency, line, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

/** Filters of the list of clients that derive from the catalogue of fields. */

type FilterSchemas = {
  [Name in keyof FieldFilters]: z.ZodOptional<z.ZodType<NonNullable<FieldFilters[Name]>, unknown>>;
};

export const fieldFilters = fromEntries<FilterSchemas>(
  clientFieldEntries.flatMap(([name, spec]): (readonly [string, z.ZodType])[] => {
    switch (spec.filter) {
      case 'equals':
        return [[name, equal(spec).optional()]];
      case 'begins':
        return [[name, text(spec).optional().openapi({ description: 'Start of the text, ignoring case' })]];
      case 'pattern': {
        const description = 'Ignoring case; `*` matches any text';
        return [[name, text(spec).optional().openapi({ description, example: '*@acme.example' })]];
      }
      case 'range':
        return [
          [`${name}From`, amountFilter.optional()],
          [`${name}To`, amountFilter.optional()],
        ];
      default:
        return [];
    }
  }),
);

/** A text of the length that the field can have. */
function text(spec: ClientFieldSpec): z.ZodType {
  return line(spec.type === 'text' ? spec.max : 254);
}

function equal(spec: ClientFieldSpec): z.ZodType {
  switch (spec.type) {
    case 'reference':
      return spec.nullable === true ? orNone(reference, 'an id') : reference;
    case 'integer': {
      const number = wholeNumber(spec.min, spec.max).transform(String);
      return spec.nullable === true ? orNone(number, `a whole number from ${spec.min} to ${spec.max}`) : number;
    }
    case 'language':
      return line(5).openapi({ example: 'en' });
    case 'choice':
      return z.enum(spec.values);
    case 'flag':
      return flag;
    case 'currency':
      return currency;
    case 'timezone':
      return line(60).openapi({ example: 'Europe/Kyiv' });
    default:
      return text(spec);
  }
}

function orNone(schema: z.ZodType, what: string): z.ZodType {
  return z.union([z.literal(noValue), schema], { error: `must be ${what}, or ${noValue}` });
}
