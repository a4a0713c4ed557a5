import type { Fragment } from 'postgres';
import { findCompanyWithoutRecipients, namesChannel, replaceChannel } from '../notifications/channel-references.js';
import type { Queries, Transaction } from '../system/database.js';

/** What the move of a reseller changes for its clients and those of its sub-resellers. */

/** Records of a reseller that clients refer to, with the column of the client and the field of client templates. */
const movedReferences = {
  profile: { table: 'profiles', column: 'profile_id', inTemplates: 'profileId' },
  payment_terms: { table: 'payment_terms', column: 'payment_terms_id', inTemplates: 'paymentTermsId' },
  tax_profile: { table: 'tax_profiles', column: 'tax_profile_id', inTemplates: 'taxProfileId' },
  invoice_template: { table: 'invoice_templates', column: 'invoice_template_id', inTemplates: 'invoiceTemplateId' },
  agreement: { table: 'agreements', column: 'agreement_id', inTemplates: 'agreementId' },
  origination_rate_table: {
    table: 'rate_tables',
    column: 'origination_rate_table_id',
    inTemplates: 'originationRateTableId',
  },
  termination_rate_table: {
    table: 'rate_tables',
    column: 'termination_rate_table_id',
    inTemplates: 'terminationRateTableId',
  },
  customer_class: { table: 'customer_classes', column: 'customer_class_id', inTemplates: null },
  client_template: { table: 'client_templates', column: 'client_template_id', inTemplates: null },
  manager: { table: 'resellers', column: 'manager_id', inTemplates: null },
} as const;

type ClientReference = keyof typeof movedReferences;
const clientReferenceKinds = Object.keys(movedReferences) as readonly ClientReference[];

/** Besides, the email templates that companies name for their alarms, and the channels that they and profiles notify. */
const otherReferences = { mail_template: 'mail_templates', notification_channel: 'notification_channels' } as const;
type OtherReference = keyof typeof otherReferences;
export type MovedReference = ClientReference | OtherReference;
export const movedReferenceKinds: readonly MovedReference[] = [
  ...clientReferenceKinds,
  ...(Object.keys(otherReferences) as readonly OtherReference[]),
];

/** A record of a former parent that something of the moved resellers still refers to. */
export interface DanglingReference {
  readonly kind: MovedReference | 'payment_gateway';
  readonly id: string;
  readonly name: string;
  readonly resellerId: string;
  /** that are not deleted and refer to it */
  readonly clients: number;
  /** client templates that refer to it */
  readonly templates: number;
  /** companies, not deleted, whose alarms are written with it, or go to it */
  readonly companies: number;
  /** profiles whose rules notify it */
  readonly profiles: number;
  /** whose agreement it is */
  readonly rateTables: number;
}

function moved(q: Queries, id: string): Fragment {
  return q`(select m.id from resellers m where m.path @> array[${id}::bigint])`;
}

/** The reseller that owns a record: of a manager the one that it works for. */
function ownerOf(q: Queries, kind: string): Fragment {
  return kind === 'manager' ? q`s.parent_id` : q`s.reseller_id`;
}

/** @param lost resellers that are above no longer */
export async function readDangling(q: Queries, id: string, lost: readonly string[]): Promise<DanglingReference[]> {
  const found: DanglingReference[] = [];
  if (lost.length === 0) return found;
  const uses = q`clients + templates + companies + profiles + "rateTables"`;
  for (const source of danglingSources(q, id, lost)) {
    found.push(...(await q<DanglingReference[]>`select * from (${source}) d where ${uses} > 0 order by id`));
  }
  return found;
}

/** One statement for each kind: what the lost resellers have, with how often the moved ones refer to it. */
function danglingSources(q: Queries, id: string, lost: readonly string[]): Fragment[] {
  const ids = q`(${lost as string[]}::bigint[])`;
  const below = moved(q, id);
  const row = (
    kind: string,
    used: Partial<Record<'clients' | 'templates' | 'companies' | 'profiles' | 'rateTables', Fragment>>,
  ) => q`
    ${kind} as kind, s.id, s.name, ${ownerOf(q, kind)} as "resellerId", ${used.clients ?? q`0`} as clients,
    ${used.templates ?? q`0`} as templates, ${used.companies ?? q`0`} as companies, ${used.profiles ?? q`0`} as profiles,
    ${used.rateTables ?? q`0`} as "rateTables"`;
  const ofClients = clientReferenceKinds.map((kind) => {
    const { table, column, inTemplates } = movedReferences[kind];
    const used = row(kind, {
      clients: q`(select count(*)::int from clients c where c.${q(column)} = s.id and c.status <> 'deleted' and c.reseller_id in ${below})`,
      ...(inTemplates !== null && {
        templates: q`(select count(*)::int from client_templates t where t.${q(column)} = s.id and t.reseller_id in ${below})`,
      }),
      ...(kind === 'agreement' && {
        rateTables: q`(select count(*)::int from rate_tables t where t.agreement_id = s.id and t.reseller_id in ${below})`,
      }),
    });
    return q`select ${used} from ${q(table)} s where ${ownerOf(q, kind)} = any ${ids}`;
  });
  const companiesWith = (condition: Fragment): Fragment => q`(
    select count(distinct p.id)::int from company_sides e join companies p on p.id = e.company_id
    where ${condition} and p.status <> 'deleted' and p.reseller_id in ${below})`;
  const gateway = row('payment_gateway', {
    clients: q`(select count(*)::int from auto_payments a join clients c on c.id = a.client_id
      where a.gateway_id = s.id and c.status <> 'deleted' and a.payment_profile_id is not null and c.reseller_id in ${below})`,
  });
  const channel = row('notification_channel', {
    companies: companiesWith(q`e.channels @> ${namesChannel(q, q`s.id`)}`),
    profiles: q`(select count(distinct p.id)::int from profile_rules k join profiles p on p.id = k.profile_id
      where k.channels @> ${namesChannel(q, q`s.id`)} and p.reseller_id in ${below})`,
  });
  return [
    ...ofClients,
    q`select ${gateway} from payment_gateways s where s.reseller_id = any ${ids}`,
    q`select ${row('mail_template', { companies: companiesWith(q`e.template_id = s.id`) })}
      from mail_templates s where s.reseller_id = any ${ids}`,
    q`select ${channel} from notification_channels s where s.reseller_id = any ${ids}`,
  ];
}

/** Whether a record belongs to one of the resellers. */
export async function isOwnedBy(
  q: Queries,
  kind: MovedReference,
  id: string,
  owners: readonly string[],
): Promise<boolean> {
  const table = isOfClients(kind) ? movedReferences[kind].table : otherReferences[kind];
  const rows = await q`
    select 1 from ${q(table)} s
    where s.id = ${id} and ${ownerOf(q, kind)} = any (${owners as string[]}::bigint[]) ${ofKind(q, kind)}`;
  return rows.length > 0;
}

function isOfClients(kind: MovedReference): kind is ClientReference {
  return kind in movedReferences;
}

function ofKind(q: Queries, kind: MovedReference): Fragment {
  if (kind === 'manager') return q`and s.kind = 'manager' and s.status = 'active'`;
  return kind === 'mail_template' ? q`and s.kind = 'company_balance'` : q``;
}

/** A company of the moved resellers whose alarms have no recipient left; null: there is none. */
export function findCompanyLeftAlone(
  tx: Transaction,
  movedId: string,
): ReturnType<typeof findCompanyWithoutRecipients> {
  return findCompanyWithoutRecipients(tx, moved(tx, movedId));
}

/** What the moved resellers have refers to another record, or to none. */
export async function replaceReference(
  tx: Transaction,
  movedId: string,
  { kind, from, to }: { readonly kind: MovedReference; readonly from: string; readonly to: string | null },
): Promise<void> {
  if (kind === 'mail_template') {
    await replaceAlarmTemplate(tx, movedId, from, to);
    return;
  }
  if (kind === 'notification_channel') {
    await replaceChannel(tx, moved(tx, movedId), from, to);
    return;
  }
  const { column, inTemplates } = movedReferences[kind];
  await tx`
    update clients c set ${tx(column)} = ${to}, version = c.version + 1
    where c.${tx(column)} = ${from} and c.reseller_id in ${moved(tx, movedId)}`;
  if (kind === 'agreement') {
    await tx`
      update rate_tables t set agreement_id = ${to}, version = t.version + 1
      where t.agreement_id = ${from} and t.reseller_id in ${moved(tx, movedId)}`;
  }
  if (inTemplates === null) return;
  await tx`
    update client_templates t set values = jsonb_set(t.values, array[${inTemplates}::text], ${to === null ? tx`'null'::jsonb` : tx`to_jsonb(${to}::text)`}),
      version = t.version + 1
    where t.${tx(column)} = ${from} and t.reseller_id in ${moved(tx, movedId)}`;
}

async function replaceAlarmTemplate(tx: Transaction, movedId: string, from: string, to: string | null): Promise<void> {
  await tx`
    with changed as (
      update company_sides s set template_id = ${to} from companies p
      where s.template_id = ${from} and p.id = s.company_id and p.reseller_id in ${moved(tx, movedId)}
      returning s.company_id)
    update companies p set version = p.version + 1, updated_at = now() where p.id in (select company_id from changed)`;
}

/** The email that clients below without a nearer one have as that of their owner; null: there is none. */
export async function nearestEmail(q: Queries, path: readonly string[]): Promise<string | null> {
  const [row] = await q<{ email: string }[]>`
    select email from resellers where id = any (${path as string[]}::bigint[]) and email is not null
    order by cardinality(path) desc limit 1`;
  return row?.email ?? null;
}

interface AffectedClient {
  readonly id: string;
  readonly name: string;
}

/** Clients whose user notification goes to the owner, and whose owner is a reseller above the moved one. */
export async function readInheritingClients(
  q: Queries,
  id: string,
  limit: number,
): Promise<{ readonly total: number; readonly clients: readonly AffectedClient[] }> {
  const inheriting = q`
    clients c join resellers r on r.id = c.reseller_id left join resellers o on o.id = c.manager_id
    where r.path @> array[${id}::bigint] and c.status <> 'deleted' and c.owner_email is null and o.email is null
      and not exists (select 1 from resellers n where n.id = any (r.path) and n.path @> array[${id}::bigint] and n.email is not null)
      and exists (select 1 from profile_rules k
        where k.profile_id = c.profile_id and k.key = 'user' and k.notify_role and k.threshold is not null)`;
  const [counted] = await q<{ total: number }[]>`select count(*)::int as total from ${inheriting}`;
  const clients = await q<
    AffectedClient[]
  >`select c.id, c.name from ${inheriting} order by lower(c.name), c.id limit ${limit}`;
  return { total: counted?.total ?? 0, clients };
}

export async function countClientsBelow(q: Queries, id: string): Promise<number> {
  const [row] = await q<{ total: number }[]>`
    select count(*)::int as total from clients c where c.status <> 'deleted' and c.reseller_id in ${moved(q, id)}`;
  return row?.total ?? 0;
}

interface TemplateOwner {
  readonly kind: string;
  readonly resellerId: string;
  readonly resellerName: string;
}

/** Which of the resellers have templates of which kinds of email. */
export async function readTemplateOwners(q: Queries, resellerIds: readonly string[]): Promise<TemplateOwner[]> {
  return q<TemplateOwner[]>`
    select distinct t.kind::text as kind, t.reseller_id as "resellerId", r.name as "resellerName"
    from mail_templates t join resellers r on r.id = t.reseller_id
    where t.published is not null and t.reseller_id = any (${resellerIds as string[]}::bigint[])`;
}
