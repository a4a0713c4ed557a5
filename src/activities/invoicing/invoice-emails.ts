import { invoiceState } from '../../domain/invoicing/payment-status.js';
import { hourMs } from '../../domain/durations.js';
import { localDate } from '../../domain/invoicing/local-days.js';
import { formatMoneyFor, moneyOf } from '../../domain/money.js';
import type { NotificationKey } from '../../contract/deliveries.js';
import type { MailVariables } from '../../mail/variables.js';
import {
  claimInvoiceEmail,
  endInvoiceEmail,
  postponeInvoiceEmail,
  readInvoiceMailFacts,
  setInvoiceNotification,
  type InvoiceEmail,
  type InvoiceMailFacts,
  type SkipReason,
} from '../../storage/invoicing/invoice-emails.js';
import { raiseMissingBillingEmail } from '../../storage/events/missing-recipients.js';
import { abandonPending } from '../../storage/notifications/deliveries.js';
import { readMailContext, type MailContext } from '../../storage/notifications/mail-context.js';
import { findNotification, type NotificationRow } from '../../storage/notifications/notifications.js';
import { attemptDelivery, type AttemptDeps } from '../notifications/attempt-delivery.js';
import { linksOf, writeNotification, type ClaimDeps } from '../notifications/claim-notification.js';
import { abandonReasons, countAbandoned } from '../notifications/send-deliveries.js';

export type InvoiceEmailDeps = AttemptDeps & ClaimDeps;

/** Longer than an SMTP dialogue may take: another worker takes the email of one that died. */
const claimMinutes = 20;
/** So many emails are sent side by side. */
const dialogues = 4;
const firstRetrySeconds = 10;
const maxRetrySeconds = 600;
/** How long an email waits for the mail server. */
const windowMs = 24 * hourMs;

/**
 * Sends the emails about invoices that wait, until none is due or `signal` is aborted. Notification and deliveries of
 * each are written first, so that an email is never sent twice, whichever worker dies when.
 *
 * @returns number of emails that ended
 */
export async function emailInvoices(deps: InvoiceEmailDeps, signal: AbortSignal): Promise<number> {
  const sendSome = async (): Promise<number> => {
    let ended = 0;
    while (!signal.aborted) {
      const email = await claimInvoiceEmail(deps.sql, claimMinutes);
      if (!email) break;
      if (await sendOrPostpone(deps, email, signal)) ended += 1;
    }
    return ended;
  };
  const counts = await Promise.all(Array.from({ length: dialogues }, sendSome));
  return counts.reduce((all, count) => all + count, 0);
}

/** An email that fails holds up no other; where the database fails, it waits until its claim ends. */
async function sendOrPostpone(deps: InvoiceEmailDeps, email: InvoiceEmail, signal: AbortSignal): Promise<boolean> {
  try {
    return await sendInvoiceEmail(deps, email, signal);
  } catch (error) {
    deps.logger.error({ err: error, invoiceId: email.invoiceId, kind: email.kind }, 'email about an invoice failed');
    await postponeInvoiceEmail(deps.sql, email, maxRetrySeconds).catch(() => undefined);
    return false;
  }
}

/** False: the mail server refused it for now, and it waits again. */
async function sendInvoiceEmail(deps: InvoiceEmailDeps, email: InvoiceEmail, signal: AbortSignal): Promise<boolean> {
  const { sql } = deps;
  const notification = (await findNotification(sql, keyOf(email))) ?? (await write(deps, email));
  if (typeof notification === 'string') {
    await endInvoiceEmail(sql, email, notification);
    return true;
  }
  await setInvoiceNotification(sql, email, notification.id);
  const waitSeconds = Math.min(firstRetrySeconds * 2 ** Math.min(email.attempts - 1, 10), maxRetrySeconds);
  const options = {
    requestedBy: null,
    nextAttemptAtMs: Date.now() + waitSeconds * 1000,
    signals: { stop: signal, close: signal },
  };
  const results = await Promise.all(notification.pending.map((id) => attemptDelivery(deps, id, options)));
  if (results.includes('refused')) {
    if (Date.now() - email.createdAt.getTime() < windowMs) {
      await postponeInvoiceEmail(sql, email, waitSeconds);
      return false;
    }
    const abandoned = await abandonPending(sql, { notificationId: notification.id }, abandonReasons.time_over);
    countAbandoned(deps, abandoned, 'time_over');
  }
  await endInvoiceEmail(sql, email, null);
  return true;
}

/** From the invoice and the kind alone: whatever worker or attempt asks, it is the same notification. */
function keyOf({ clientId, kind, invoiceId, days }: InvoiceEmail): NotificationKey {
  return { clientId, rule: kind, episode: Number(invoiceId), number: Math.max(days, 1) };
}

/** Writes the notification, or says why there is none. */
async function write(deps: InvoiceEmailDeps, email: InvoiceEmail): Promise<NotificationRow | SkipReason> {
  const { sql } = deps;
  const at = Date.now();
  const facts = await readInvoiceMailFacts(sql, email.invoiceId);
  if (!facts || facts.status === 'void') return 'void';
  if (email.kind !== 'invoice' && moneyOf(facts.outstanding) === 0n) return 'settled';
  const context = await readMailContext(sql, email.clientId, at, { deleted: true });
  if (!context) return 'no_recipients';
  if (context.billingEmail === null) {
    await raiseMissingBillingEmail(sql, email.clientId, email.kind, at);
    return 'no_recipients';
  }
  return writeNotification(deps, keyOf(email), context, [context.billingEmail], {
    kind: email.kind,
    variables: invoiceVariables(facts, context, email, linksOf(deps, context), at),
    max: null,
    decidedAtMs: email.createdAt.getTime(),
    available: null,
    subject: email.kind === 'invoice' ? facts.subject : null,
  });
}

function invoiceVariables(
  facts: InvoiceMailFacts,
  context: MailContext,
  { days }: InvoiceEmail,
  links: { readonly client: string },
  at: number,
): MailVariables {
  const { currency, timezone, type } = facts;
  const money = (amount: string): string => formatMoneyFor(moneyOf(amount), currency);
  const settled = {
    type,
    status: facts.status,
    total: moneyOf(facts.total),
    outstanding: moneyOf(facts.outstanding),
    overdueFrom: facts.overdueFrom?.getTime() ?? null,
  };
  return {
    client: { id: context.clientId, name: context.name, currency },
    invoice: {
      no: facts.no,
      type,
      c_dt: localDate(facts.issuedAt.getTime(), timezone),
      amount: money(facts.total),
      period_start: localDate(facts.periodStart.getTime(), timezone),
      period_finish: localDate(facts.periodEnd.getTime() - 1, timezone),
      due_date: type === 'credit_note' ? '' : (facts.dueOn ?? ''),
      descr: facts.description ?? '',
      tz: timezone,
      state: invoiceState(settled, at),
      name: context.name,
      outstanding: money(facts.outstanding),
      ...(days > 0 && { days: String(days) }),
    },
    reseller: { name: context.resellerName, email: context.resellerEmail ?? '' },
    links: { client: links.client },
    now: new Date(at).toISOString(),
  };
}
