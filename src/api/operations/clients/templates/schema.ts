import { defaultOf, clientFieldSpecs } from '../../../../domain/clients/client-fields.js';
import {
  changedTemplateValues,
  inheritableFields,
  type TemplateValues,
} from '../../../../domain/clients/client-inheritance.js';
import type { ClientTemplateFields } from '../../../../domain/clients/client-template.js';
import { shownValue } from '../../../../domain/clients/client-inheritance.js';
import { applyPatch } from '../../../../domain/patch.js';
import type { ClientTemplateRow } from '../../../../storage/clients/templates/client-templates.js';
import { confirmNotifications } from '../../../contract/confirm-notifications.js';
import type { Caller } from '../../../context.js';
import { patchShape } from '../../../contract/patch-shape.js';
import {
  currency,
  idText,
  line,
  orNull,
  pathId,
  reason,
  tagList,
  timeString,
  timeText,
} from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { sharedOwner } from '../../resellers/shared-records.js';
import { requireFieldRights } from '../field-rights.js';
import { templateShape } from '../field-schemas.js';
import { plain, type InheritedValueJson } from '../inheritance.js';

/** What clients have where they set nothing themselves (docs/concepts.md#client-templates). */

const values = z.strictObject(templateShape).openapi('ClientTemplateValues');

const currencyOrNull = orNull(currency).openapi({
  type: ['string', 'null'],
  description: 'Of its amounts, and of its clients; null: it has no amounts, and clients of any currency use it',
});

const fields = {
  name: line(64).openapi({ example: 'Wholesale' }),
  currency: currencyOrNull.default(null),
  tags: tagList(clientFieldSpecs.tags.max)
    .default([])
    .openapi({ description: 'Added to a client when it is given the template', example: ['wholesale'] }),
  values: values.default({}),
};

export const clientTemplateBody = z.strictObject({ ...fields, ...sharedOwner }).openapi('ClientTemplateInput');

/** What is changed of a template, saved or only previewed. */
export const clientTemplatePatchFields = {
  ...patchShape(fields),
  // A description next to the named schema would join two closed objects.
  values: values.optional(),
};

export const clientTemplatePatch = z
  .strictObject({ ...clientTemplatePatchFields, reason: reason.optional(), confirmNotifications })
  .openapi('ClientTemplatePatch');

export type TemplatePatch = Pick<z.output<typeof clientTemplatePatch>, keyof typeof fields>;

const setValue = z.union([z.string(), z.number(), z.boolean()]);

export const clientTemplateShape = {
  id: idText,
  resellerId: idText,
  resellerName: z.string(),
  name: z.string(),
  currency: z.string().nullable(),
  tags: z.array(z.string()),
  values: z
    .strictObject(Object.fromEntries(inheritableFields.map((name) => [name, setValue.optional()])))
    .openapi({ description: 'The fields that it sets; `unlimited` and `none`: explicitly nothing' }),
  clients: z.int().openapi({ description: 'Clients that use it' }),
  version: z.int(),
  createdAt: timeString,
  updatedAt: timeString,
};

export const clientTemplateSchema = z.strictObject(clientTemplateShape).openapi('ClientTemplate');

export const clientTemplateParams = z.strictObject({ id: pathId });

export const clientTemplateExample = {
  name: 'Wholesale',
  currency: 'USD',
  tags: ['wholesale'],
  values: { creditLimit: '500.00', originationCapacity: 60, terminationCapacity: 'unlimited' as const },
};

export function clientTemplateJson(row: ClientTemplateRow): z.output<typeof clientTemplateSchema> {
  return {
    id: row.id,
    resellerId: row.resellerId,
    resellerName: row.resellerName,
    name: row.name,
    currency: row.currency,
    tags: [...row.tags],
    values: valuesJson(row.values),
    clients: row.clients,
    version: row.version,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  };
}

function valuesJson(set: TemplateValues): Record<string, NonNullable<InheritedValueJson['own']>> {
  const shown = inheritableFields.flatMap((name) =>
    name in set ? [[name, plain(name, shownValue(name, set[name]))] as const] : [],
  );
  return Object.fromEntries(shown) as Record<string, NonNullable<InheritedValueJson['own']>>;
}

/** The template after a change of some of its fields. */
export function patchedTemplate(before: ClientTemplateRow, patch: TemplatePatch): ClientTemplateFields {
  const { values: given, ...more } = patch;
  const { resellerId, name, currency: money, tags } = before;
  return {
    ...applyPatch({ resellerId, name, currency: money, tags }, more),
    values: changedTemplateValues(before.values, given ?? {}),
  };
}

/** A field that needs a scope needs it in a template too. @throws ApiProblem `scope_missing` */
export function requireTemplateRights(caller: Caller, before: TemplateValues, after: TemplateValues): void {
  const ofClient = (set: TemplateValues): object => ({
    ...Object.fromEntries(inheritableFields.map((name) => [name, defaultOf(clientFieldSpecs[name])])),
    ...set,
  });
  requireFieldRights(caller, ofClient(before), ofClient(after), '/values');
}
