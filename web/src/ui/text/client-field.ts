import { clientFieldSections } from '../../api/client-fields';
import { t, type Key } from '../../i18n/t';

/** The catalogue of client fields as the page uses it; the service writes it (`npm run types`). */

type Sections = typeof clientFieldSections;
export type ClientSection = keyof Sections;
export type ClientFieldName = { [Section in ClientSection]: keyof Sections[Section] }[ClientSection];

/** The entry of a field. */
export type SpecOf<Name extends ClientFieldName> = {
  [Section in ClientSection]: Name extends keyof Sections[Section] ? Sections[Section][Name] : never;
}[ClientSection];

export type ReferenceTarget =
  | 'reseller'
  | 'manager'
  | 'profile'
  | 'payment_terms'
  | 'tax_profile'
  | 'customer_class'
  | 'invoice_template'
  | 'client_template'
  | 'rate_table'
  | 'agreement';

/** Fields that a client template may set. */
export type InheritableField = {
  [Name in ClientFieldName]: SpecOf<Name> extends { readonly inheritable: true } ? Name : never;
}[ClientFieldName];

/** What an entry may say: see `ClientFieldSpec` of the service. */
export interface ClientFieldSpec {
  readonly type: SpecOf<ClientFieldName>['type'];
  readonly nullable?: boolean;
  readonly inherits?: 'reseller' | 'caller';
  readonly empty?: 'unlimited';
  readonly inheritable?: boolean;
  readonly forSwitch?: boolean;
  readonly switchedBy?: string;
  readonly creationOnly?: boolean;
  readonly default?: unknown;
  readonly min?: number;
  readonly max?: number;
  readonly lines?: boolean;
  readonly digits?: number;
  readonly least?: 'zero' | 'more_than_zero';
  readonly values?: readonly string[];
  readonly to?: ReferenceTarget;
  readonly filter?: 'equals' | 'begins' | 'pattern' | 'range' | 'own';
  readonly sortable?: boolean;
  readonly csv?: string;
}

export interface ClientField {
  readonly name: ClientFieldName;
  readonly section: ClientSection;
  readonly spec: ClientFieldSpec;
}

/** Sections and fields have the order of the form. */
export const clientSections = Object.keys(clientFieldSections) as readonly ClientSection[];

export const clientFields: readonly ClientField[] = clientSections.flatMap((section) =>
  Object.entries(clientFieldSections[section]).map(([name, spec]) => ({
    name: name as ClientFieldName,
    section,
    spec,
  })),
);

export const inheritableFields = clientFields.filter(
  ({ spec }) => spec.inheritable === true,
) as readonly (ClientField & {
  readonly name: InheritableField;
})[];

/** In place of a value where empty means inherited; null: there is none for this field. */
export function emptyWordOf({ nullable, empty, type }: ClientFieldSpec): 'unlimited' | 'none' | null {
  if (nullable !== true) return null;
  if (empty === 'unlimited') return 'unlimited';
  return type === 'text' ? null : 'none';
}

/** The compiler refuses a section that has no text. */
export const sectionLabel = (section: ClientSection): Key => `clients.section.${section}`;

/** The compiler refuses a field that has no text. */
export const fieldLabel = (name: ClientFieldName): Key => `clients.${name}`;

type ChoiceKey = {
  [Name in ClientFieldName]: SpecOf<Name> extends { readonly values: readonly (infer Value extends string)[] }
    ? `clients.${Name}.${Value}`
    : never;
}[ClientFieldName];

/** The compiler refuses a value of a choice that has no text. */
export const choiceLabel = (name: ClientFieldName, value: string): Key => `clients.${name}.${value}` as ChoiceKey;

/** The value of a field in words; null: nothing is set. */
export function fieldText({ name, spec }: ClientField, value: unknown): string | null {
  if (value === null || value === undefined)
    return spec.empty === 'unlimited' ? t('clients.balanceModel.unlimited') : null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(', ');
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  return spec.type === 'choice' ? t(choiceLabel(name, String(value))) : String(value);
}
