import { clientFieldSpecs } from '../../../domain/clients/client-fields.js';
import { creditLimitDigits } from '../../../domain/credit/limit-digits.js';
import { toSecond } from '../../../domain/monitoring/schedule.js';
import {
  jobKindNames,
  jobKindSpec,
  type JobKind,
  type ParameterSpec,
  type ParameterType,
} from '../../../domain/jobs/job-kinds.js';
import { currency, instant, money, reference, tagList, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { percent } from '../credit/shared.js';
import { day } from '../invoicing/schema.js';

/** The bodies of requests about jobs, derived from the record of job kinds. */

const { tags } = clientFieldSpecs;

const amountIn = (amount: z.ZodType<string, string>): z.ZodType => z.strictObject({ amount, currency });

const parameterSchemas: Readonly<Record<ParameterType, z.ZodType>> = {
  profile: reference.openapi({ description: 'Id of a low balance profile' }),
  manager: reference.nullable().openapi({ description: 'Id of a manager; null: none' }),
  paymentTerms: reference.nullable().openapi({ description: 'Id of payment terms; null: none' }),
  clientTemplate: reference.nullable().openapi({ description: 'Id of a client template; null: none' }),
  ownValues: z.enum(['keep', 'clear']).openapi({
    description: '`clear`: what the template sets replaces the clients’ own values; absent: these stay',
  }),
  instant: instant.transform((at) => timeText(new Date(toSecond(at.getTime())))),
  creditLimit: amountIn(money({ digits: creditLimitDigits })).openapi({
    description: 'Clients in another currency are refused',
  }),
  positiveMoney: amountIn(money({ least: 'more_than_zero', digits: creditLimitDigits })).openapi({
    description: 'Clients in another currency are refused',
  }),
  percent,
  tags: tagList(tags.max, 1).openapi({ example: ['wholesale'] }),
  allTags: tagList(tags.max).openapi({ description: 'Empty: the clients lose all tags', example: ['wholesale'] }),
  status: z.enum(['active', 'stop']),
  invoicedDay: day.openapi({
    description:
      'In the time zone of each client, not in the future. What occurred before it and was recorded until the row is carried out is on no invoice',
  }),
  day: day.openapi({ description: 'In the time zone of each client; the day must be over' }),
  client: reference,
  import: reference,
  rateImport: reference,
  flag: z.boolean(),
};

function parametersSchema(kind: JobKind): z.ZodType {
  const { parameters, oneOf = [] } = jobKindSpec(kind);
  const shape = Object.fromEntries(Object.entries(parameters).map(([name, spec]) => [name, fieldSchema(spec)]));
  const schema = z.strictObject(shape);
  if (Object.keys(shape).length === 0) return schema.default({});
  if (oneOf.length === 0) return schema;
  return schema.refine((given) => oneOf.filter((name) => given[name] !== undefined).length === 1, {
    error: `give exactly one of ${oneOf.join(', ')}`,
    path: [oneOf[0] ?? ''],
  });
}

function fieldSchema({ type, optional }: ParameterSpec): z.ZodType {
  const schema = parameterSchemas[type];
  return optional ? schema.optional() : schema;
}

/** The body of a request about a job, one form for each kind. */
export function jobBody(name: string, fieldsOf: (kind: JobKind) => Readonly<Record<string, z.ZodType>>): z.ZodType {
  const forms = jobKindNames.map((kind) =>
    z.strictObject({ kind: z.literal(kind), parameters: parametersSchema(kind), ...fieldsOf(kind) }),
  );
  const [first, ...rest] = forms;
  if (!first) throw new TypeError('there is no kind of job');
  return z.discriminatedUnion('kind', [first, ...rest]).openapi(name);
}
