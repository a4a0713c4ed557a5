import type { Queries, Transaction } from './database.js';

/**
 * Only for the demo data, whose four weeks are written within one transaction: what that transaction wrote gets the time at
 * which it would have been written. `now()` is the same instant for all of its statements and finds these rows. The
 * ledger takes its times from its caller, and is never altered.
 */

/** Changes of clients and their audit rows. */
export async function backdateChanges(tx: Transaction, at: Date): Promise<void> {
  await tx`
    with audited as (update audit set at = ${at} where at = now())
    update clients set created_at = least(created_at, to_second(${at})), updated_at = ${at} where updated_at = now()`;
}

/** Resellers, users, profiles, what clients refer to, webhook sources, and exchange rates. */
export async function backdateConfiguration(tx: Transaction, at: Date): Promise<void> {
  await backdateChanges(tx, at);
  await tx`update resellers set created_at = ${at} where created_at = now()`;
  await tx`update users set created_at = ${at} where created_at = now()`;
  await tx`update profiles set created_at = ${at}, updated_at = ${at} where updated_at = now()`;
  for (const table of [
    'notification_channels',
    'payment_terms',
    'tax_profiles',
    'customer_classes',
    'invoice_templates',
    'agreements',
    'client_templates',
    'rate_tables',
    'table_rates',
  ]) {
    await tx`update ${tx(table)} set created_at = ${at}, updated_at = ${at} where updated_at = now()`;
  }
  await tx`update webhook_sources set created_at = ${at} where created_at = now()`;
  await tx`update exchange_rates set created_at = ${at} where created_at = now()`;
}

/** A job that this transaction has started and finished, with its rows. */
export async function backdateJob(tx: Transaction, id: string, at: Date): Promise<void> {
  const ended = new Date(at.getTime() + 2_000);
  await tx`update job_rows set ended_at = ${ended} where job_id = ${id}`;
  await tx`update jobs set created_at = ${at}, proceeded_at = ${ended}, ended_at = ${ended} where id = ${id}`;
}

/** An uploaded file. */
export async function backdateImport(tx: Transaction, id: string, at: Date): Promise<void> {
  await tx`update imports set created_at = ${at} where id = ${id}`;
}

/** A payment that an automatic charge of the past brought, which the ledger has already. */
export interface PastCardPayment {
  readonly clientId: string;
  readonly gatewayId: string;
  readonly card: { readonly customerProfileId: string; readonly paymentProfileId: string; readonly last4: string };
  readonly threshold: string;
}

/** The newest payment of a client came from its card, at the second try: the first was declined the day before. */
export async function addCardPayments(tx: Transaction, past: PastCardPayment): Promise<void> {
  const { clientId, gatewayId, card, threshold } = past;
  const common = tx`
    client_id, gateway_id, origin, key, episode, number, decision, status, requested_by, amount, currency, threshold,
    charged_amount, charged_currency, customer_profile_id, payment_profile_id, card_last4, decided_at, not_before, sends,
    sent_at, ended_at`;
  const tried = (number: number, status: string, days: number) => tx`
    select e.client_id, ${gatewayId}::bigint, 'auto', 'demo-' || ${number}::int, 1, ${number}::int,
      case when ${number}::int = 1 then 1 end, ${status}, 'system', e.amount, e.currency, ${threshold}::numeric, e.amount,
      e.currency, ${card.customerProfileId}, ${card.paymentProfileId}, ${card.last4},
      e.occurred_at - ${days} * interval '1 day', e.occurred_at - ${days} * interval '1 day', 1,
      e.occurred_at - ${days} * interval '1 day', e.occurred_at - ${days} * interval '1 day'`;
  const payment = tx`
    from (select * from ledger_entries where client_id = ${clientId} and kind = 'payment' order by id desc limit 1) e`;
  await tx`
    insert into card_payments (${common}, decline_code, decline_message, decline_hard)
    ${tried(1, 'declined', 1)}, '2', 'This transaction has been declined.', false ${payment}`;
  await tx`
    insert into card_payments (${common}, transaction_id, entry_id)
    ${tried(2, 'approved', 0)}, e.external_id, e.id ${payment}`;
}

/** Invoices of before this instant were read long ago: a mail server that is set up now gets no emails about them. */
export async function dropInvoiceEmails(tx: Transaction, before: Date): Promise<void> {
  await tx`delete from invoice_emails where created_at < ${before}`;
}

/** A dialogue with the mail server. */
export interface PastAttempt {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly outcome: 'accepted' | 'refused' | 'refused_for_good' | 'uncertain';
  readonly code: number | null;
  readonly reply: string;
}

/** How a delivery ended; without an end it is retried. */
export interface PastDelivery {
  readonly status: 'accepted' | 'failed' | 'uncertain';
  readonly endedAt: Date;
  readonly attempts: readonly PastAttempt[];
}

/** Ends the deliveries of a notification that was claimed at an instant, by recipient, and the format of its channel. */
export async function endDeliveries(
  tx: Transaction,
  notificationId: string,
  claimedAt: Date,
  outcomeOf: (recipient: string, format: string | null) => PastDelivery,
): Promise<void> {
  // One that failed before is attempted again.
  const deliveries = await tx<{ id: string; recipient: string; format: string | null; before: number }[]>`
    with claimed as (update notifications set created_at = ${claimedAt} where id = ${notificationId})
    select id, recipient, channel_format as format, attempts as before from deliveries where notification_id = ${notificationId} order by position`;
  for (const { id, recipient, format, before } of deliveries) {
    const { status, endedAt, attempts } = outcomeOf(recipient, format);
    const rows = attempts.map((attempt, index) => ({
      ...{ delivery_id: id, attempt: before + index + 1, started_at: attempt.startedAt, ended_at: attempt.endedAt },
      ...{ outcome: attempt.outcome, code: attempt.code, reply: attempt.reply },
    }));
    await tx`
      with attempted as (insert into delivery_attempts ${tx(rows)})
      update deliveries set status = ${status}, attempts = ${before + attempts.length}, ended_at = ${endedAt},
        accepted_at = ${status === 'accepted' ? endedAt : null}
      where id = ${id}`;
  }
}

/** Staff has read about the events of the past: a mail server that is set up now gets no emails about them. */
export async function markEventsEmailed(tx: Transaction): Promise<void> {
  await tx`update events set emailed_at = first_at where emailed_at is null`;
}

/** What posts entries through the API: the first key that may do everything. */
export async function findFirstKey(q: Queries): Promise<string | null> {
  const [key] = await q<{ id: string }[]>`select id from api_keys order by id limit 1`;
  return key?.id ?? null;
}

/** The ids of the users of an installation, by their email. */
export async function findUserIds(q: Queries): Promise<Map<string, string>> {
  const rows = await q<{ id: string; email: string }[]>`select id, email from users`;
  return new Map(rows.map(({ id, email }) => [email, id]));
}

/** The open event about a subject. */
export async function findOpenEvent(q: Queries, subjectId: string): Promise<string | null> {
  const [event] = await q<{ id: string }[]>`
    select id from events where subject_id = ${subjectId} and resolved_at is null`;
  return event?.id ?? null;
}

/** Whether there is any client. One caller at a time: another one waits until this transaction ends, and finds what it wrote. */
export async function hasAnyClient(tx: Transaction): Promise<boolean> {
  await tx`select pg_advisory_xact_lock(hashtextextended('lowwater demo data', 0))`;
  return (await tx`select 1 from clients limit 1`).length > 0;
}

/** A payment gateway of the demo data has another address now. */
export async function moveGateway(q: Queries, name: string, url: string): Promise<void> {
  await q`update payment_gateways set url = ${url}, version = version + 1 where name = ${name} and url <> ${url}`;
}

/** A notification channel of the demo data that leads to this machine has another address now. */
export async function moveChannel(
  q: Queries,
  name: string,
  host: string,
  seal: (secretPlace: string) => Buffer,
): Promise<void> {
  const rows = await q<{ id: string; secretPlace: string }[]>`
    select id, secret_place as "secretPlace" from notification_channels
    where name = ${name} and host like '127.0.0.1:%' and host <> ${host}`;
  for (const { id, secretPlace } of rows) {
    await q`
      update notification_channels set host = ${host}, secrets = ${seal(secretPlace)}, version = version + 1
      where id = ${id}`;
  }
}

/** Clients of the demo data by their names; null: there is none. */
export async function findClientId(q: Queries, name: string): Promise<string | null> {
  const [row] = await q<{ id: string }[]>`select id from clients where name = ${name} order by id limit 1`;
  return row?.id ?? null;
}
