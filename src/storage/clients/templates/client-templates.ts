import type { TemplateValues } from '../../../domain/clients/client-inheritance.js';
import type { ClientTemplateFields } from '../../../domain/clients/client-template.js';
import type { SharedRow, SharedTable, TemplateReference } from '../../resellers/shared-records.js';
import type { Queries } from '../../system/database.js';

export interface ClientTemplateRow extends ClientTemplateFields, SharedRow {}

export const clientTemplateTable: SharedTable<ClientTemplateFields, ClientTemplateRow> = {
  table: 'client_templates',
  usedBy: 'client_template_id',
  columns: { currency: 'currency', tags: 'tags', values: 'values' },
};

/** What a client that has the template inherits. */
export interface InheritedTemplate {
  readonly values: TemplateValues;
  readonly tags: readonly string[];
  readonly currency: string | null;
}

/** Null: there is none of this id. Also one of a reseller above, whose values its clients below have. */
export async function readInheritedTemplate(q: Queries, id: string): Promise<InheritedTemplate | null> {
  const [row] = await q<InheritedTemplate[]>`select values, tags, currency from client_templates where id = ${id}`;
  return row ?? null;
}

/** The values of the template of each of these clients that has one. */
export async function readTemplatesOfClients(
  q: Queries,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, TemplateValues>> {
  const given = await q<{ id: string; templateId: string }[]>`
    select id, client_template_id as "templateId" from clients
    where id = any (${[...clientIds]}::bigint[]) and client_template_id is not null`;
  const ids = [...new Set(given.map(({ templateId }) => templateId))];
  const templates = await q<{ id: string; values: TemplateValues }[]>`
    select id, values from client_templates where id = any (${ids}::bigint[])`;
  const values = new Map(templates.map((template) => [template.id, template.values]));
  return new Map(given.map(({ id, templateId }) => [id, values.get(templateId) ?? {}]));
}

/** What a client is notified in where nothing else is set. */
export async function readResellerLocale(q: Queries, resellerId: string): Promise<string> {
  const [row] = await q<{ locale: string }[]>`select locale from resellers where id = ${resellerId}`;
  return row?.locale ?? 'en';
}

/** Templates that refer to a record in one of the columns. */
export async function countTemplatesWith(
  q: Queries,
  columns: readonly TemplateReference[],
  id: string,
): Promise<number> {
  const isUsed = columns.reduce((all, column) => q`${all} or t.${q(column)} = ${id}`, q`false`);
  const [row] = await q<{ count: number }[]>`
    select count(*)::int as count from client_templates t where ${isUsed}`;
  return row?.count ?? 0;
}
