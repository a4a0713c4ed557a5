import type { Fragment } from 'postgres';
import type { ReferenceTarget } from '../../../domain/clients/fields/spec.js';
import type { Queries } from '../../system/database.js';
import { visibleReseller } from '../../system/tenancy.js';

/** Ids of what the caller sees under these names, without case: by the name in lower case. */
export async function readIdsByName(
  q: Queries,
  withinId: string,
  to: ReferenceTarget,
  names: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const wanted = names.map((name) => name.toLowerCase());
  const rows = await q<{ name: string; ids: string[] }[]>`
    select lower(t.name) as name, array_agg(t.id::text order by t.id) as ids
    from ${rowsOf(q, withinId, to)}
    and lower(t.name) = any (${wanted}::text[]) group by 1`;
  return new Map(rows.map(({ name, ids }) => [name, ids]));
}

function rowsOf(q: Queries, withinId: string, to: ReferenceTarget): Fragment {
  switch (to) {
    case 'reseller':
      return q`resellers t where t.kind <> 'manager' and t.path @> array[${withinId}::bigint]`;
    case 'manager':
      return q`resellers t where t.kind = 'manager' and t.path @> array[${withinId}::bigint]`;
    case 'profile':
      return ownedBy(q, withinId, q`profiles`);
    case 'payment_terms':
      return ownedBy(q, withinId, q`payment_terms`);
    case 'tax_profile':
      return ownedBy(q, withinId, q`tax_profiles`);
    case 'invoice_template':
      return ownedBy(q, withinId, q`invoice_templates`);
    case 'customer_class':
      return ownedBy(q, withinId, q`customer_classes`);
    case 'invoice_template':
      return ownedBy(q, withinId, q`invoice_templates`);
    case 'rate_table':
      return ownedBy(q, withinId, q`rate_tables`);
    case 'agreement':
      return ownedBy(q, withinId, q`agreements`);
    case 'client_template':
      return ownedBy(q, withinId, q`client_templates`);
  }
}

function ownedBy(q: Queries, withinId: string, table: Fragment): Fragment {
  return q`${table} t where ${visibleReseller(q, q`t.reseller_id`, withinId)}`;
}
