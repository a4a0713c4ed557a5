import type { ClientState } from '../../domain/monitoring/client-state.js';
import type { ClientStatus } from './clients.js';
import { available } from './client-measures.js';
import { activeCredit } from '../ledger/available.js';
import type { Queries } from '../system/database.js';
import { stateNow } from '../monitoring/state-now.js';
import { containing, likeText } from './text-match.js';
import { ownClient } from './own-client.js';
import { subtree, visibleClients } from '../system/tenancy.js';

/** One box that finds what it may mean. Each kind is queried separately, so that a caller gets what it may see. */

/** At most so many of each kind. */
const most = 8;

interface FoundClient {
  readonly id: string;
  readonly name: string;
  readonly billingEmail: string | null;
  readonly externalId: string | null;
  readonly status: ClientStatus;
  readonly state: ClientState;
  readonly currency: string;
  readonly isUnlimited: boolean;
  /** null: unknown, or without a limit */
  readonly available: string | null;
}

/**
 * Also deleted ones, after the others. @param id an id that the text names outright, such as `monitor/7`; null: none
 */
export async function findClients(
  q: Queries,
  withinId: string,
  text: string,
  id: string | null,
  at: Date,
): Promise<FoundClient[]> {
  const lower = text.toLowerCase();
  return q<FoundClient[]>`
    with found as (
      (select c.id, 0 as rank from clients c where c.id = ${id}::bigint and ${visibleClients(q, withinId)})
      union all
      (select c.id, case when ${ownClient(q, withinId)} then 1 else 2 end from clients c
        where c.external_id = ${text} and ${visibleClients(q, withinId)})
      union all
      (select c.id, 3 from clients c
        where lower(c.name) like ${`${likeText(lower)}%`} and ${visibleClients(q, withinId)}
        order by c.status = 'deleted', lower(c.name), c.id limit ${most})
      union all
      (select c.id, 4 from clients c
        where c.search like ${containing(text)} and ${visibleClients(q, withinId)}
        order by c.status = 'deleted', lower(c.name), c.id limit ${most})
    ),
    ranked as (select id, min(rank) as rank from found group by id)
    select c.id, c.name, c.billing_email as "billingEmail", c.external_id as "externalId", c.status,
      ${stateNow(q, at)} as state, c.currency, c.balance_model = 'unlimited' as "isUnlimited", ${available(q)} as available
    from ranked f join clients c on c.id = f.id join monitors m on m.client_id = c.id
      join balances b on b.client_id = c.id ${activeCredit(q, at)}
    order by f.rank, c.status = 'deleted', lower(c.name), c.id limit ${most}`;
}

export async function findProfiles(
  q: Queries,
  withinId: string,
  text: string,
): Promise<{ readonly id: string; readonly name: string; readonly currency: string }[]> {
  return q`
    select p.id, p.name, p.currency from profiles p
    where p.reseller_id in (${subtree(q, withinId)}) and (lower(p.name) like ${containing(text)} or p.id::text = ${text})
    order by not starts_with(lower(p.name), ${text.toLowerCase()}), p.sort_order, p.id limit ${most}`;
}

interface FoundPayment {
  /** the payment system's */
  readonly id: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly amount: string;
  readonly currency: string;
  readonly at: Date;
}

export async function findPayments(q: Queries, withinId: string, text: string): Promise<FoundPayment[]> {
  return q<FoundPayment[]>`
    select e.external_id as id, e.client_id as "clientId", c.name as "clientName", e.amount, e.currency,
      e.occurred_at as at
    from ledger_entries e join clients c on c.id = e.client_id
    where e.kind = 'payment' and e.external_id = ${text} and ${visibleClients(q, withinId)}
    order by ${ownClient(q, withinId)} desc, e.id desc limit ${most}`;
}

interface FoundMail {
  readonly id: string;
  readonly messageId: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly subject: string | null;
  readonly at: Date;
}

/** By the Message-ID, with or without its angle brackets. */
export async function findMails(q: Queries, withinId: string, text: string): Promise<FoundMail[]> {
  return q<FoundMail[]>`
    select n.id, d.message_id as "messageId", n.client_id as "clientId", c.name as "clientName", d.subject,
      n.decided_at as at
    from deliveries d join notifications n on n.id = d.notification_id join clients c on c.id = n.client_id
    where d.message_id in (${text}, ${`<${text}>`}) and ${visibleClients(q, withinId)} limit ${most}`;
}
