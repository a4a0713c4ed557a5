import type { components } from '../../../api/schema';
import {
  emailAddressError,
  firstOf,
  integerError,
  maxLength,
  moneyError,
  percentError,
  required,
  type FieldError,
} from '../../../form/checks';
import type { Pointer } from '../../../form/pointer';
import { t } from '../../../i18n/t';
import { compareAmounts } from '../../../ui/text/money-text';
import {
  clientFields,
  emptyWordOf,
  inheritableFields,
  type ClientField,
  type ClientFieldName,
  type ClientFieldSpec,
  type InheritableField,
  type SpecOf,
} from '../../../ui/text/client-field';

export type Client = components['schemas']['Client'];
type ClientInput = components['schemas']['ClientInput'];
type ClientPatch = components['schemas']['ClientPatch'];
export type TemplateValues = components['schemas']['ClientTemplate']['values'];
type BalanceModel = Client['balanceModel'];

/** What an input holds of a field that the API has as something else than a text. */
interface ValuesByType {
  readonly flag: boolean;
  readonly integer: number | '';
  readonly texts: string[];
  readonly thresholds: string[];
}

type ValueOf<Spec> = Spec extends { readonly values: readonly (infer Value)[] }
  ? Value
  : Spec extends { readonly type: infer Type extends keyof ValuesByType }
    ? ValuesByType[Type]
    : string;

/** The client as the form holds it: what is not set is an empty text. */
export type ClientValues = { [Name in ClientFieldName]: ValueOf<SpecOf<Name>> } & {
  reason: string;
  /** fields that the client does not set itself, by their names */
  inherited: string[];
};

/** @param resellerId of the user: a new client belongs to them */
export function valuesOf(client: Client | null, resellerId: string): ClientValues {
  const values = clientFields.map(({ name, spec }) => [name, shown(spec, client ? client[name] : spec.default)]);
  return {
    ...(Object.fromEntries(values) as ClientValues),
    resellerId: client?.resellerId ?? resellerId,
    status: client?.status === 'stop' ? 'stop' : 'active',
    reason: '',
    inherited: inheritableFields.map(({ name }) => name).filter((name) => client?.inheritance[name].from !== 'own'),
  };
}

/** What an input shows of a value of a template; undefined: the template does not set it. */
export function inheritedValue({ name, spec }: ClientField, values: TemplateValues | null): unknown {
  const value = values?.[name as InheritableField];
  if (value === undefined) return shown(spec, spec.default);
  return shown(spec, value === emptyWordOf(spec) ? null : value);
}

function shown({ type }: ClientFieldSpec, value: unknown): unknown {
  if (Array.isArray(value)) return [...(value as unknown[])];
  if (value !== null && value !== undefined) return value;
  return type === 'texts' || type === 'thresholds' ? [] : type === 'flag' ? false : '';
}

/** @param before null: a new client */
export function clientErrors(
  values: ClientValues,
  before: Client | null = null,
): Readonly<Record<Pointer, FieldError>> {
  const errors = clientFields.map(({ name, spec }) => [`#/${name}`, errorOf(spec, values[name], values.balanceModel)]);
  const reason = before !== null && changesLimit(values, before) ? required(values.reason) : null;
  return { ...Object.fromEntries(errors), '#/reason': reason };
}

/** Whether saving changes the credit limit, which the server takes with a reason only. */
function changesLimit(values: ClientValues, before: Client): boolean {
  const { creditLimit } = withoutLimitBesideUnlimited(values);
  return (
    creditLimit !== '' && moneyError(creditLimit) === null && compareAmounts(creditLimit, before.creditLimit) !== 0
  );
}

/** "No Limit" leaves no credit limit next to it. */
function withoutLimitBesideUnlimited(values: ClientValues): ClientValues {
  if (values.balanceModel !== 'unlimited' || moneyError(values.creditLimit) !== null) return withoutLimit(values);
  return compareAmounts(values.creditLimit, '0.00') === 0 ? values : withoutLimit(values);
}

function withoutLimit(values: ClientValues): ClientValues {
  if (values.balanceModel !== 'unlimited') return values;
  const inherited = values.inherited.filter((name) => name !== 'creditLimit');
  return { ...values, creditLimit: '0.00', inherited };
}

function errorOf(spec: ClientFieldSpec, value: string | number | boolean | readonly string[], model: BalanceModel) {
  if (typeof value === 'object') {
    return spec.type === 'thresholds' ? thresholdsError(value, model) : textsError(spec, value);
  }
  if (spec.type === 'flag') return null;
  if (value === '') return isRequired(spec) ? required('') : null;
  if (spec.type === 'integer') return integerError(Number(value), spec.min ?? 0, spec.max ?? Number.MAX_SAFE_INTEGER);
  const text = String(value);
  return firstOf(isRequired(spec) ? required(text) : null, textError(spec, text));
}

const isRequired = ({ nullable, inherits }: ClientFieldSpec): boolean => nullable !== true && inherits !== 'reseller';

function textError({ type, max, least, digits }: ClientFieldSpec, text: string): FieldError {
  if (type === 'money') return moneyError(text, least, digits);
  if (type === 'email') return emailAddressError(text);
  return max === undefined ? null : maxLength(max, text);
}

function textsError({ max }: ClientFieldSpec, texts: readonly string[]): FieldError {
  return max === undefined ? null : firstOf(...texts.map((text) => maxLength(max, text)));
}

/**
 * As the server reads them (docs/manuals.md#warning-thresholds): amounts; for postpaid clients shares of the credit
 * limit too. The first fault of the list, with its place: "Value 3, 7x, is not valid".
 */
export function thresholdsError(texts: readonly string[], model: BalanceModel): FieldError {
  for (const [index, text] of texts.entries()) {
    const at = { place: String(index + 1), text };
    const isShare = text.endsWith('%');
    if (isShare && model !== 'postpaid') return t('clients.form.shareNeedsPostpaid', at);
    const fault = isShare ? percentError(text.slice(0, -1).trim()) : moneyError(text);
    if (fault === t('form.money.decimals')) return t('clients.form.thresholdError', { ...at, fault });
    if (fault !== null) return t('clients.form.noThresholdText', at);
  }
  return null;
}

/** Whether there are shares of a credit limit that is not positive: the server keeps them, and none is reached. */
export function hasIdleShare({ warningThresholds, creditLimit }: ClientValues): boolean {
  if (creditLimit === '' || moneyError(creditLimit) !== null) return false;
  return compareAmounts(creditLimit, '0') <= 0 && warningThresholds.some((text) => text.endsWith('%'));
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const withReason = ({ reason }: ClientValues): { reason?: string } =>
  reason.trim() === '' ? {} : { reason: reason.trim() };

/** A new client; what is left empty and may be inherited is the reseller's. */
export function inputOf(given: ClientValues): ClientInput {
  const values = withoutLimitBesideUnlimited(given);
  const fields = clientFields.map(({ name, spec }) => {
    const value = sent(spec, values[name]);
    return [name, spec.inheritable === true ? inheritedOf(values, name, spec) : value];
  });
  return { ...(Object.fromEntries(fields) as ClientInput), ...withReason(values) };
}

const hasTemplate = ({ clientTemplateId }: ClientValues): boolean => clientTemplateId !== '';

/** A field of a new client that its template may set; null: the client does not set it itself. */
function inheritedOf(values: ClientValues, name: ClientFieldName, spec: ClientFieldSpec): unknown {
  if (hasTemplate(values)) return values.inherited.includes(name) ? null : explicit(spec, values[name]);
  const value = sent(spec, values[name]);
  return value === '' || isDefault(spec, values[name]) ? null : value;
}

/** Nothing by its word, where empty would mean inherited. */
export function explicit(spec: ClientFieldSpec, value: Parameters<typeof sent>[1]): unknown {
  return sent(spec, value) ?? emptyWordOf(spec);
}

function isDefault(spec: ClientFieldSpec, value: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(shown(spec, spec.default));
}

/** Whether a field that a template may set is sent, and as what; undefined: it is not. */
function inheritedChange(values: ClientValues, before: Client, { name, spec }: ClientField): unknown {
  const wasOwn = before.inheritance[name as InheritableField].from === 'own';
  const isSame = JSON.stringify(values[name]) === JSON.stringify(valuesOf(before, before.resellerId)[name]);
  if (!hasTemplate(values)) {
    const isLost = !wasOwn && before.clientTemplateId !== null && isDefault(spec, values[name]);
    return isSame || isLost ? undefined : sent(spec, values[name]);
  }
  if (values.inherited.includes(name)) return wasOwn ? null : undefined;
  return isSame && wasOwn ? undefined : explicit(spec, values[name]);
}

/** Only what differs is sent: an untouched field is not the user's change in the audit log. */
export function patchOf(given: ClientValues, before: Client): ClientPatch {
  const values = withoutLimitBesideUnlimited(given);
  const read = valuesOf(before, before.resellerId);
  const changed = clientFields
    .filter(({ spec }) => spec.creationOnly !== true && spec.inheritable !== true)
    .map(({ name, spec }) => ({ name, value: sent(spec, values[name]), before: sent(spec, read[name]) }))
    .filter((field) => JSON.stringify(field.value) !== JSON.stringify(field.before));
  const inherited = inheritableFields
    .map((field) => [field.name, inheritedChange(values, before, field)] as const)
    .filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(changed.map(({ name, value }) => [name, value])),
    ...Object.fromEntries(inherited),
    ...withReason(values),
  };
}

/** A value as the API takes it. */
function sent(spec: ClientFieldSpec, value: string | number | boolean | readonly string[]): unknown {
  if (spec.nullable === true && value === '') return null;
  if (spec.type === 'integer') return Number(value);
  if (Array.isArray(value)) {
    return spec.type === 'thresholds' ? value.map((text: string) => text.replace(/\s+%$/, '%')) : value;
  }
  if (typeof value !== 'string') return value;
  return spec.nullable === true ? orNull(value) : value.trim();
}
