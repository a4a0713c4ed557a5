import type { Fragment } from 'postgres';
import type { ClientFields, InheritableField } from '../../../domain/clients/client-fields.js';
import { fallbackOf, type InheritableValues, type TemplateValues } from '../../../domain/clients/client-inheritance.js';
import type { FittingFields } from '../../../domain/clients/client-template.js';
import { enqueueSignalWhere } from '../../monitoring/outbox.js';
import type { Queries, Transaction } from '../../system/database.js';
import { fieldColumns, plainColumn } from '../client-columns.js';

/**
 * The effective values of clients that have a template.
 *
 * They are kept in the rows of clients, in the columns that own values would have, and are written there when the template
 * is edited. Lists filter, sort, and count by any of them on the indexes of `clients`, and monitors, invoices, and exports
 * read one column. Looking into the template at each read would make every such condition an expression over two
 * tables, which no index serves. An edit of a template is rare, and writes its clients once, in its own transaction.
 *
 * An edit holds its template's row locked, and then its clients in the order of their ids. A client is given a template
 * under a shared lock of the template's row, so that it has either the values before an edit and is among the edited, or
 * those after it. A change of a client that keeps its template locks the client alone: an edit that comes after it reads
 * the row that the change has left, with its own fields.
 */

/** A client of a template, as an edit of the template finds it. */
export interface TemplateClient
  extends
    FittingFields,
    Pick<ClientFields, 'autoPayment' | 'autoPaymentExtraAmount' | 'autoPaymentThreshold' | 'profileId'> {
  readonly id: string;
  readonly name: string;
  readonly status: 'active' | 'stop' | 'deleted';
  readonly ownFields: readonly InheritableField[];
  readonly resellerLocale: string;
}

export const templateClientBatch = 1000;

/** Locks all clients of a template, deleted ones too. Call it with the template's row locked. */
export async function lockTemplateClients(tx: Transaction, templateId: string): Promise<void> {
  await tx`select 1 from clients where client_template_id = ${templateId} order by id for update`;
}

/** The first clients of a template by id, from after `afterId` on: fewer than a batch at the end. */
export function readTemplateClients(q: Queries, templateId: string, afterId: string): Promise<TemplateClient[]> {
  return q<TemplateClient[]>`
    select c.id, ${fieldColumns(q)}, c.own_fields as "ownFields", r.locale as "resellerLocale"
    from clients c join resellers r on r.id = c.reseller_id
    where c.client_template_id = ${templateId} and c.id > ${afterId}
    order by c.id limit ${templateClientBatch}`;
}

/** Signals the clients of a template that do not have own values of all these fields. */
export async function signalTemplateClients(
  tx: Transaction,
  templateId: string,
  names: readonly InheritableField[],
): Promise<void> {
  await enqueueSignalWhere(
    tx,
    'configurationChanged',
    tx`c.client_template_id = ${templateId} and not c.own_fields @> ${[...names]}::text[]`,
  );
}

/** Who changes the credit limits of clients together with their template, for the history of the limits. */
interface LimitChange {
  readonly actorId: string;
  readonly reason: string;
  readonly at: Date;
}

/**
 * Writes values of a template to its clients: each field where it is not their own. Call it with these clients locked.
 *
 * @param names the fields that change
 */
export async function writeTemplateValues(
  tx: Transaction,
  templateId: string,
  { names, values }: { readonly names: readonly InheritableField[]; readonly values: TemplateValues },
  limit: LimitChange,
): Promise<void> {
  if (names.includes('creditLimit')) await recordLimits(tx, templateId, limitIn(values), limit);
  const sets = names.map((name) => {
    const column = tx(plainColumn(name));
    return tx`${column} = case when ${name} = any (c.own_fields) then c.${column} else ${effective(tx, name, values)} end`;
  });
  const all = sets.reduce((before, one) => tx`${before}, ${one}`);
  await tx`
    update clients c set ${all}, version = c.version + 1, updated_at = now()
    where c.client_template_id = ${templateId} and not c.own_fields @> ${[...names]}::text[]`;
}

function limitIn(values: TemplateValues): string {
  return values.creditLimit ?? String(fallbackOf('creditLimit', ''));
}

async function recordLimits(
  tx: Transaction,
  templateId: string,
  after: string,
  { actorId, reason, at }: LimitChange,
): Promise<void> {
  await tx`
    insert into credit_limit_history
      (client_id, at, kind, permanent_before, permanent_after, temporary_before, temporary_after, actor, reason)
    select c.id, ${at}, 'set', c.credit_limit, ${after}::numeric, t.amount, t.amount, ${actorId}, ${reason}
    from clients c, lateral (
      select coalesce(sum(amount), 0) as amount from temporary_credits
      where client_id = c.id and status in ('scheduled', 'active') and valid_from <= ${at} and ${at} < valid_until
    ) t
    where c.client_template_id = ${templateId} and c.status <> 'deleted'
      and not 'creditLimit' = any (c.own_fields) and c.credit_limit <> ${after}::numeric`;
}

/** As the column takes it. */
function effective(tx: Transaction, name: InheritableField, values: TemplateValues): Fragment {
  if (name === 'locale' && values.locale === undefined) {
    return tx`(select r.locale from resellers r where r.id = c.reseller_id)`;
  }
  const value = (name in values ? values[name] : fallbackOf(name, '')) as InheritableValues[InheritableField];
  return tx`${value}`;
}

/** Makes these fields own ones of all clients of a template, and takes the template from them. Returns their ids. */
export async function detachTemplateClients(
  tx: Transaction,
  templateId: string,
  names: readonly InheritableField[],
): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    update clients c set client_template_id = null, version = c.version + 1, updated_at = now(),
      own_fields = array(select distinct one from unnest(c.own_fields || ${[...names]}::text[]) one order by one)
    where c.client_template_id = ${templateId}
    returning c.id`;
  return rows.map(({ id }) => id);
}

/** The same for some clients. */
export async function detachClients(
  tx: Transaction,
  clientIds: readonly string[],
  names: readonly InheritableField[],
): Promise<void> {
  await tx`
    update clients set client_template_id = null, own_fields = ${[...names]}::text[], version = version + 1,
      updated_at = now()
    where id = any (${[...clientIds]}::bigint[])`;
}

/** Makes a field an own one of clients, whose value another service has written. */
export async function markOwnField(
  tx: Transaction,
  clientIds: readonly string[],
  name: InheritableField,
): Promise<void> {
  await tx`
    update clients set own_fields = own_fields || ${[name]}::text[]
    where id = any (${[...clientIds]}::bigint[]) and not ${name} = any (own_fields)`;
}
