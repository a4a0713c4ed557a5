import { isApiError } from '../../../api/problems';
import type { components } from '../../../api/schema';
import { firstOf, maxLength, required, type FieldError } from '../../../form/checks';
import type { Pointer } from '../../../form/pointer';
import { emptyWordOf, inheritableFields, type ClientField } from '../../../ui/text/client-field';
import {
  clientErrors,
  explicit,
  inheritedValue,
  valuesOf,
  type Client,
  type ClientValues,
} from '../form/client-values';

export type Template = components['schemas']['ClientTemplate'];

/** What giving a client a template needs to know of it. */
export type TemplatedClient = Pick<
  Client,
  'id' | 'name' | 'version' | 'currency' | 'status' | 'clientTemplateId' | 'clientTemplateName'
>;

type TemplateDraft = components['schemas']['ClientTemplateDraft'];

/**
 * A template as the form of clients holds a client, so that both have the same inputs: `inherited` are the fields that
 * the template does not set.
 *
 * @param template null: a new one
 */
export function templateValues(template: Template | null, resellerId: string): ClientValues {
  const blank = valuesOf(null, resellerId);
  if (!template) return { ...blank, currency: '' };
  const values = inheritableFields.map((field) => [field.name, inheritedValue(field, template.values)]);
  return {
    ...blank,
    ...(Object.fromEntries(values) as Partial<ClientValues>),
    name: template.name,
    resellerId: template.resellerId,
    currency: template.currency ?? '',
    tags: [...template.tags],
    inherited: inheritableFields.map(({ name }) => name).filter((name) => template.values[name] === undefined),
  };
}

/** "No Limit" leaves no credit limit next to it. */
function isSet({ inherited, balanceModel }: ClientValues, name: string): boolean {
  const isUnlimited = balanceModel === 'unlimited' && !inherited.includes('balanceModel');
  return !inherited.includes(name) && !(isUnlimited && name === 'creditLimit');
}

export function templateErrors(values: ClientValues): Readonly<Record<Pointer, FieldError>> {
  const all = clientErrors(values);
  const errors = inheritableFields.map((field): [Pointer, FieldError] => {
    const pointer: Pointer = `#/${field.name}`;
    if (!isSet(values, field.name)) return [pointer, null];
    return [pointer, isMissing(values, field) ? required('') : (all[pointer] ?? null)];
  });
  return {
    ...Object.fromEntries(errors),
    '#/name': firstOf(required(values.name), maxLength(64, values.name)),
    '#/resellerId': required(values.resellerId),
    '#/tags': all['#/tags'] ?? null,
  };
}

/** Empty, where no word says that explicitly nothing is set. */
function isMissing(values: ClientValues, { name, spec }: ClientField): boolean {
  return emptyWordOf(spec) === null && values[name] === '';
}

/** What is sent of a template, saved or only previewed. */
export function draftOf(values: ClientValues): TemplateDraft & { readonly name: string } {
  const fields = inheritableFields.map(({ name, spec }) => [
    name,
    isSet(values, name) ? explicit(spec, values[name]) : null,
  ]);
  return {
    name: values.name.trim(),
    currency: values.currency === '' ? null : values.currency,
    tags: [...values.tags],
    values: Object.fromEntries(fields) as NonNullable<TemplateDraft['values']>,
  };
}

/** The faults of its values at the inputs of the form. */
export async function atFields<Answer>(request: Promise<Answer>): Promise<Answer> {
  try {
    return await request;
  } catch (error) {
    if (!isApiError(error)) throw error;
    const errors = error.errors.map((fault) => ({ ...fault, pointer: fault.pointer.replace('#/values/', '#/') }));
    throw Object.assign(error, { errors });
  }
}
