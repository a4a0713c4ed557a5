import {
  rateNotificationKey,
  type AdvanceRateNotificationInput,
  type AdvanceRateNotificationResult,
} from '../../contract/rate-notifications.js';
import { renderRateFile } from '../../documents/rate-file.js';
import { localDate } from '../../domain/invoicing/local-days.js';
import { toSecond } from '../../domain/monitoring/schedule.js';
import { localClock, rateFiles } from '../../domain/rates/notifications/rate-files.js';
import type { RateNotificationKind } from '../../domain/rates/notifications/rate-notification.js';
import { countAnnounced, firstEffective } from '../../domain/rates/notifications/announced-rates.js';
import type { MailVariables } from '../../mail/variables.js';
import { readRateAnnouncement, type RateAnnouncement } from '../../services/rates/notifications/rate-announcement.js';
import { raiseMissingBillingEmail } from '../../storage/events/missing-recipients.js';
import { readMailContext, type MailContext } from '../../storage/notifications/mail-context.js';
import {
  lockRateNotification,
  readSubscriber,
  saveComposed,
  skipRateNotification,
  type ComposedRates,
  type RateFile,
  type RateNotificationFacts,
  type RateSubscriber,
} from '../../storage/rates/notifications/rate-notifications.js';
import type { Transaction } from '../../storage/system/database.js';
import { inTransaction } from '../../storage/system/transaction.js';
import { linksOf, writeNotification, type ClaimDeps } from '../notifications/claim-notification.js';

const ended: AdvanceRateNotificationResult = { waitMs: null, clientId: null };

/** Makes the next step of a rate notification. */
export async function advanceRateNotification(
  deps: ClaimDeps,
  input: AdvanceRateNotificationInput,
): Promise<AdvanceRateNotificationResult> {
  return inTransaction(deps.sql, (tx) => advanceIn(tx, deps, input));
}

/**
 * Once it is due, writes files, email, and delivery of a rate notification in one transaction, under the lock of its row: a
 * concurrent change of rates waits, and the next notification announces it.
 */
export async function advanceIn(
  tx: Transaction,
  deps: ClaimDeps,
  { rateNotificationId: id, at }: AdvanceRateNotificationInput,
): Promise<AdvanceRateNotificationResult> {
  const row = await lockRateNotification(tx, id);
  if (!row || row.endedAt !== null) return ended;
  if (row.status === 'composed') return { waitMs: 0, clientId: row.clientId };
  const waitMs = row.dueAt.getTime() - at;
  if (waitMs > 0) return { waitMs, clientId: null };
  const isComposed = await compose(deps, tx, row, toSecond(at));
  return isComposed ? { waitMs: 0, clientId: row.clientId } : ended;
}

/** False: there is nothing to send, and the row says why. */
async function compose(deps: ClaimDeps, tx: Transaction, row: RateNotificationFacts, at: number): Promise<boolean> {
  const { id, kind, clientId, rateTableId } = row;
  const subscriber = rateTableId === null ? null : await readSubscriber(tx, null, clientId, rateTableId);
  const context = await readMailContext(tx, clientId, at);
  if (!subscriber || !context) {
    await skipRateNotification(tx, id, subscriber ? 'client_deleted' : 'table_not_used');
    return false;
  }
  const announcement = await readRateAnnouncement(tx, subscriber, kind, at);
  const { recipient } = subscriber;
  if (announcement.skipReason !== null || recipient === null) {
    const why = announcement.skipReason ?? 'no_recipients';
    await skipRateNotification(tx, id, why);
    if (why === 'no_recipients') await raiseMissingBillingEmail(tx, clientId, 'rates_notification', at);
    return false;
  }
  const files = await filesOf(subscriber, announcement, kind, at);
  const notification = await writeNotification(
    { ...deps, sql: tx },
    rateNotificationKey({ clientId, rateNotificationId: id }),
    context,
    [recipient],
    {
      kind: 'rates_notification',
      variables: variablesOf(deps, { context, subscriber, announcement, kind, files, at }),
      ...{ max: null, decidedAtMs: at, available: null },
    },
  );
  await saveComposed(tx, id, {
    notificationId: notification.id,
    agreement: subscriber.agreement,
    type: typeOf(subscriber, kind),
    format: subscriber.format,
    referenceAt: announcement.referenceAt,
    composedAt: new Date(at),
    recipient,
    counts: countAnnounced(announcement.rates),
    firstEffectiveAt: firstEffective(announcement.rates),
    files,
  });
  return true;
}

/** Only a scheduled notification can announce all rates. */
function typeOf({ type }: RateSubscriber, kind: RateNotificationKind): ComposedRates['type'] {
  return kind === 'scheduled' ? type : 'changed';
}

async function filesOf(
  subscriber: RateSubscriber,
  { rates }: RateAnnouncement,
  kind: RateNotificationKind,
  at: number,
): Promise<RateFile[]> {
  const { format, timezone } = subscriber;
  const files: RateFile[] = [];
  for (const file of rateFiles(rates, { ...subscriber, type: typeOf(subscriber, kind), at })) {
    const { fileName, timeProfile } = file;
    const content = await renderRateFile(file.rates, format, timezone);
    files.push({ fileName, timeProfile, rates: file.rates.length, content });
  }
  return files;
}

interface Composition {
  readonly context: MailContext;
  readonly subscriber: RateSubscriber;
  readonly announcement: RateAnnouncement;
  readonly kind: RateNotificationKind;
  readonly files: readonly RateFile[];
  readonly at: number;
}

function variablesOf(
  deps: ClaimDeps,
  { context, subscriber, announcement, kind, files, at }: Composition,
): MailVariables {
  const { timezone } = subscriber;
  const time = (instant: Date | null): string =>
    instant ? `${localDate(instant.getTime(), timezone)} ${localClock(instant.getTime(), timezone)}` : '';
  const counts = Object.entries(countAnnounced(announcement.rates)).map(([name, count]) => [name, String(count)]);
  return {
    client: { id: context.clientId, name: context.name, currency: subscriber.currency },
    company: { name: context.resellerName },
    rates: {
      ...{ table: subscriber.rateTableName, type: typeOf(subscriber, kind), kind, tz: timezone },
      date: time(new Date(at)),
      last_date: time(subscriber.lastAt),
      file: files.map(({ fileName }) => fileName).join(', '),
      ...(Object.fromEntries(counts) as Record<string, string>),
      first_effective: time(firstEffective(announcement.rates)),
    },
    reseller: { name: context.resellerName, email: context.resellerEmail ?? '' },
    links: { client: linksOf(deps, context).client },
    now: new Date(at).toISOString(),
  };
}
