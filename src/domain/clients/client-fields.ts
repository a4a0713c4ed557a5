import { autoPaymentFields } from './fields/auto-payment.js';
import { autoinvoicingFields } from './fields/autoinvoicing.js';
import { companyFields } from './fields/company.js';
import { generalFields } from './fields/general.js';
import { notificationFields } from './fields/notifications.js';
import { originatorFields } from './fields/originator.js';
import { panelFields } from './fields/panel.js';
import { rateNotificationFields } from './fields/rate-notification.js';
import type { ClientFieldSpec } from './fields/spec.js';
import { terminatorFields } from './fields/terminator.js';

/**
 * What people set of a client: the catalogue of fields, from which schemas and filters of the API, columns of tables and
 * files, audit rows, and the form of the page derive (docs/contributing.md). Sections and fields have the order of the form.
 */
export const clientFieldSections = {
  general: generalFields,
  panel: panelFields,
  originator: originatorFields,
  terminator: terminatorFields,
  notifications: notificationFields,
  autoinvoicing: autoinvoicingFields,
  rateNotification: rateNotificationFields,
  autoPayment: autoPaymentFields,
  company: companyFields,
} as const;

export const clientFieldSpecs = {
  ...generalFields,
  ...panelFields,
  ...originatorFields,
  ...terminatorFields,
  ...notificationFields,
  ...autoinvoicingFields,
  ...rateNotificationFields,
  ...autoPaymentFields,
  ...companyFields,
} as const;

export type ClientFieldSpecs = typeof clientFieldSpecs;
export type ClientFieldName = keyof ClientFieldSpecs;

/** The fields whose entry has these facts. */
export type FieldsWith<Facts> = {
  [Name in ClientFieldName]: ClientFieldSpecs[Name] extends Facts ? Name : never;
}[ClientFieldName];

type CreationOnlyField = FieldsWith<{ readonly creationOnly: true }>;

/** What fields of these types hold; all others hold a text. */
interface ValuesByType {
  readonly flag: boolean;
  readonly integer: number;
  readonly texts: readonly string[];
  readonly thresholds: readonly string[];
}

type PlainValue<Spec> = Spec extends { readonly type: 'choice'; readonly values: readonly (infer Value)[] }
  ? Value
  : Spec extends { readonly type: infer Type extends keyof ValuesByType }
    ? ValuesByType[Type]
    : string;

/** What a field holds. */
export type ClientFieldValue<Name extends ClientFieldName> =
  PlainValue<ClientFieldSpecs[Name]> | (ClientFieldSpecs[Name] extends { readonly nullable: true } ? null : never);

/** What can be changed of a client. */
export type ClientFields = {
  readonly [Name in Exclude<ClientFieldName, CreationOnlyField>]: ClientFieldValue<Name>;
};

/** Fields that a client template may set. */
export type InheritableField = FieldsWith<{ readonly inheritable: true }>;

/** In place of a value: nothing is set, whatever the template of the client says. */
export type EmptyWord = 'none' | 'unlimited';

/** What is given for a field that is inherited; null: the value of the template, else the default. */
type GivenValue<Name extends InheritableField> =
  ClientFieldValue<Name> | null | (ClientFieldSpecs[Name] extends { readonly nullable: true } ? EmptyWord : never);

/** What can be changed of a client, as it is given. */
export type GivenFields = {
  readonly [Name in keyof ClientFields]: Name extends InheritableField ? GivenValue<Name> : ClientFields[Name];
};

/** What a new client is made of. Absent is the same as null. */
export type NewClientFields = {
  readonly [Name in Exclude<keyof ClientFields, InheritableField>]: ClientFields[Name];
} & { readonly [Name in InheritableField]?: GivenValue<Name> | undefined };

/** Name and entry of each field. */
export const clientFieldEntries = Object.entries(clientFieldSpecs) as readonly (readonly [
  ClientFieldName,
  ClientFieldSpec,
])[];

/** What can be changed after the client was created. */
export const changeableFields = clientFieldEntries
  .filter(([, spec]) => spec.creationOnly !== true)
  .map(([name]) => name as keyof ClientFields);

/** What a new client has where nothing is given; undefined: required, or inherited. */
export function defaultOf(spec: ClientFieldSpec): boolean | number | string | readonly string[] | null | undefined {
  if ('default' in spec) return spec.default;
  return spec.nullable === true ? null : undefined;
}

type DefaultedField = Exclude<
  FieldsWith<{ readonly nullable: true }> | FieldsWith<{ readonly default: unknown }>,
  InheritableField
>;

/** What a new client has in the fields that need not be given, without those that it inherits. */
export const newClientDefaults = Object.fromEntries(
  clientFieldEntries.flatMap(([name, spec]) => {
    const value = defaultOf(spec);
    return spec.creationOnly === true || spec.inheritable === true || value === undefined ? [] : [[name, value]];
  }),
) as Pick<NewClientFields, Extract<DefaultedField, keyof NewClientFields>>;
