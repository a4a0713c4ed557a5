import {
  clearedOwn,
  fallbackOf,
  inheritableFields,
  inheritValues,
  type GivenValues,
  type InheritableValues,
  type TemplateValues,
} from '../../../domain/clients/client-inheritance.js';
import type { ClientFields, InheritableField, NewClientFields } from '../../../domain/clients/client-fields.js';
import { requireTemplateCurrency } from '../../../domain/clients/client-template.js';
import { withTags } from '../../../domain/clients/tags.js';
import { DomainError } from '../../../domain/errors.js';
import { fromEntries } from '../../../domain/records.js';
import {
  readInheritedTemplate,
  readResellerLocale,
  type InheritedTemplate,
} from '../../../storage/clients/templates/client-templates.js';
import { lockOwnerOf } from '../../../storage/resellers/shared-records.js';
import type { Queries, Transaction } from '../../../storage/system/database.js';

/** The values of a client with those that it inherits. */
export interface InheritedFields {
  readonly values: InheritableValues;
  readonly ownFields: readonly InheritableField[];
  /** null: it has none */
  readonly template: InheritedTemplate | null;
  /** of the template that the client gets and did not have */
  readonly newTags: readonly string[];
}

/** What a new client inherits from. */
export interface NewClientSources {
  /** null: it has no template */
  readonly template: InheritedTemplate | null;
  readonly resellerLocale: string;
}

/** @throws DomainError `not_found` (template) */
export async function inheritanceOfNew(
  tx: Transaction,
  withinId: string,
  { clientTemplateId, resellerId }: Pick<NewClientFields, 'clientTemplateId' | 'resellerId'>,
): Promise<NewClientSources> {
  const template = await lockTemplate(tx, withinId, clientTemplateId);
  return { template, resellerLocale: await readResellerLocale(tx, resellerId) };
}

/**
 * A new client with what it inherits.
 *
 * @throws DomainError `currency_mismatch`
 */
export function newClientFields(
  given: NewClientFields,
  { template, resellerLocale }: NewClientSources,
): { readonly fields: ClientFields; readonly ownFields: readonly InheritableField[] } {
  if (template) requireTemplateCurrency(given.currency, template.currency);
  const defaults = inheritableFields.map((name) => [name, fallbackOf(name, resellerLocale)] as const);
  const client = { values: fromEntries<InheritableValues>(defaults), ownFields: [] };
  const after = template?.values ?? null;
  const { values, ownFields } = inheritValues(client, given, { before: null, after, resellerLocale });
  const inherited = { values, ownFields, template, newTags: template?.tags ?? [] };
  // The inherited values are all that `NewClientFields` need not have.
  return { fields: withInherited({ ...given, ...values } as ClientFields, inherited), ownFields };
}

/** A client that is changed, as it is. */
export interface ClientBefore {
  readonly fields: ClientFields;
  readonly ownFields: readonly InheritableField[];
  readonly templateValues: TemplateValues | null;
}

interface ValueChange {
  readonly given: GivenValues;
  /** undefined: it keeps the one that it has */
  readonly clientTemplateId: string | null | undefined;
  /** what the template sets replaces what the client has set itself */
  readonly clearOwn: boolean;
  readonly currency: string;
}

/**
 * The values after a change of a locked client. One that keeps its template does not lock that: a user who edits the template
 * waits for the client.
 *
 * @throws DomainError `not_found` (template), `currency_mismatch`
 */
export async function inheritForChange(
  tx: Transaction,
  withinId: string,
  before: ClientBefore,
  change: ValueChange,
): Promise<InheritedFields> {
  const { clientTemplateId } = change;
  if (isOther(before, change) && clientTemplateId !== undefined) await lockTemplate(tx, withinId, clientTemplateId);
  return inheritForPreview(tx, before, change);
}

/** The same, read without a lock. */
export async function inheritForPreview(
  q: Queries,
  before: ClientBefore,
  change: ValueChange,
): Promise<InheritedFields> {
  const { fields, ownFields, templateValues } = before;
  const { given, clientTemplateId = fields.clientTemplateId, clearOwn, currency } = change;
  const template = clientTemplateId === null ? null : await requireTemplate(q, clientTemplateId);
  const isGiven = isOther(before, change);
  if (template && (isGiven || currency !== fields.currency)) requireTemplateCurrency(currency, template.currency);
  const after = template?.values ?? null;
  const cleared = clearOwn && after ? clearedOwn(ownFields, after) : {};
  const resellerLocale = await readResellerLocale(q, fields.resellerId);
  const sources = { before: templateValues, after, resellerLocale };
  const inherited = inheritValues({ values: fields, ownFields }, { ...cleared, ...given }, sources);
  return { ...inherited, template, newTags: isGiven ? (template?.tags ?? []) : [] };
}

function isOther({ fields }: ClientBefore, { clientTemplateId }: ValueChange): boolean {
  return clientTemplateId !== undefined && clientTemplateId !== fields.clientTemplateId;
}

/** The fields with the values that the client inherits, and the tags that it gets. */
export function withInherited(fields: ClientFields, { values, newTags }: InheritedFields): ClientFields {
  return { ...fields, ...values, tags: newTags.length === 0 ? fields.tags : withTags(fields.tags, newTags) };
}

/** Shared lock: the template is not edited while a client is being given it. */
async function lockTemplate(tx: Transaction, withinId: string, id: string | null): Promise<InheritedTemplate | null> {
  if (id === null) return null;
  await lockOwnerOf(tx, 'client_templates', withinId, id);
  return requireTemplate(tx, id);
}

async function requireTemplate(q: Queries, id: string): Promise<InheritedTemplate> {
  const template = await readInheritedTemplate(q, id);
  if (!template) throw new DomainError('not_found', `there is no client template ${id}`, '/clientTemplateId');
  return template;
}
