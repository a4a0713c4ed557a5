import {
  clientFieldEntries,
  clientFieldSpecs,
  defaultOf,
  type ClientFields,
  type ClientFieldValue,
  type EmptyWord,
  type GivenFields,
  type InheritableField,
} from './client-fields.js';
import { fromEntries } from '../records.js';
import type { ClientFieldSpec } from './fields/spec.js';

/**
 * Where a client has its values from: `effective = own ?? template ?? default`. A client has the effective values in its
 * row, next to the names of the fields that are its own, so that whatever reads clients reads one value
 * (storage/clients/templates/inherited-values.ts).
 */

export const inheritableFields: readonly InheritableField[] = clientFieldEntries
  .filter(([, spec]) => spec.inheritable === true)
  .map(([name]) => name as InheritableField);

/** Effective values of a client, or of a client without a template. */
export type InheritableValues = { readonly [Name in InheritableField]: ClientFieldValue<Name> };

/** What a template sets; null: explicitly nothing. A field that is absent is not set. */
export type TemplateValues = { readonly [Name in InheritableField]?: ClientFieldValue<Name> };

/** The values as they are given, in a template or for a client; null: not set. */
export type GivenValues = { readonly [Name in InheritableField]?: GivenFields[Name] | undefined };

/** Where the value of a field comes from. */
export const valueSources = ['own', 'template', 'default'] as const;
type ValueSource = (typeof valueSources)[number];

/** The word for "nothing is set" where null means "not given"; null: there is none. */
export function emptyWordOf(spec: ClientFieldSpec): EmptyWord | null {
  if (spec.nullable !== true) return null;
  if (spec.empty === 'unlimited') return 'unlimited';
  // A text could be the word itself.
  return spec.type === 'text' ? null : 'none';
}

export function isInheritable(name: string): name is InheritableField {
  return (inheritableFields as readonly string[]).includes(name);
}

/** A value as it is kept, of one that was given and is not null. */
function keptValue(name: InheritableField, given: unknown): unknown {
  const word = emptyWordOf(clientFieldSpecs[name]);
  return word !== null && given === word ? null : given;
}

/** A value as it is answered: nothing by its word. */
export function shownValue(name: InheritableField, value: unknown): unknown {
  return value === null ? emptyWordOf(clientFieldSpecs[name]) : value;
}

/** The values of a template after a change of some of them; null takes one away. */
export function changedTemplateValues(before: TemplateValues, given: GivenValues): TemplateValues {
  const values = inheritableFields.flatMap((name): (readonly [string, unknown])[] => {
    const value = given[name];
    if (value === undefined) return name in before ? [[name, before[name]]] : [];
    return value === null ? [] : [[name, keptValue(name, value)]];
  });
  return fromEntries<TemplateValues>(values);
}

/** Fields whose value of a template differs, in the order of the catalogue. */
export function changedNames(before: TemplateValues, after: TemplateValues): InheritableField[] {
  return inheritableFields.filter(
    (name) => name in before !== name in after || JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}

/** What a client has where neither it nor its template sets a field. */
export function fallbackOf(name: InheritableField, resellerLocale: string): unknown {
  return defaultOf(clientFieldSpecs[name]) ?? (name === 'locale' ? resellerLocale : null);
}

/** A client as a change of its values finds it. */
interface InheritingClient {
  readonly values: InheritableValues;
  readonly ownFields: readonly InheritableField[];
}

/** What the values of a client follow from. */
interface Sources {
  /** of the template before the change; null: none */
  readonly before: TemplateValues | null;
  readonly after: TemplateValues | null;
  readonly resellerLocale: string;
}

/**
 * The values of a client after some were given, or its template is another one, or was edited. A field that neither
 * changes stays as it is.
 */
export function inheritValues(client: InheritingClient, given: GivenValues, sources: Sources): InheritingClient {
  const own = new Set<InheritableField>(client.ownFields);
  const values = inheritableFields.map((name): readonly [string, unknown] => {
    const value = given[name];
    if (value !== undefined && value !== null) {
      own.add(name);
      return [name, keptValue(name, value)];
    }
    if (value === null) own.delete(name);
    else if (own.has(name)) return [name, client.values[name]];
    if (sources.after && name in sources.after) return [name, sources.after[name]];
    const isLost = value === null || (sources.before !== null && name in sources.before);
    return [name, isLost ? fallbackOf(name, sources.resellerLocale) : client.values[name]];
  });
  return {
    values: fromEntries<InheritableValues>(values),
    ownFields: inheritableFields.filter((name) => own.has(name)),
  };
}

/** The fields that become own where the template leaves and its values stay. */
export function detachedFields(ownFields: readonly InheritableField[], template: TemplateValues): InheritableField[] {
  return inheritableFields.filter((name) => ownFields.includes(name) || name in template);
}

/** Given values that return to the template what it sets and the client has set itself. */
export function clearedOwn(ownFields: readonly InheritableField[], template: TemplateValues): GivenValues {
  return Object.fromEntries(ownFields.filter((name) => name in template).map((name) => [name, null]));
}

/** Of each field that may be inherited: what the client has set, what its template sets, and what applies. */
export interface InheritedValue {
  readonly from: ValueSource;
  readonly own: unknown;
  readonly template: unknown;
  readonly effective: unknown;
}

export function inheritedValue(
  name: InheritableField,
  fields: Pick<ClientFields, InheritableField>,
  ownFields: readonly InheritableField[],
  template: TemplateValues | null,
): InheritedValue {
  const isOwn = ownFields.includes(name);
  const isSet = template !== null && name in template;
  return {
    from: isOwn ? 'own' : isSet ? 'template' : 'default',
    own: isOwn ? shownValue(name, fields[name]) : null,
    template: isSet ? shownValue(name, template[name]) : null,
    effective: shownValue(name, fields[name]),
  };
}
