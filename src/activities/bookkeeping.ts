import type { AlertInput, RecordRefillInput } from '../contract/monitor.js';
import { DomainError } from '../domain/errors.js';
import { parseMoney } from '../domain/money.js';
import { renderMail } from '../mail/render.js';
import { markAlertMailed, raiseAlert, resolveAlert } from '../storage/alerts.js';
import { postEntry } from '../storage/ledger.js';
import type { ActivityDeps } from './deps.js';
import { withFailures } from './failures.js';

const titles: Readonly<Record<string, string>> = {
  no_rate: 'An exchange rate is missing',
  template_failed: 'A mail template could not be used',
  payment_refused: 'A payment told to Temporal was not taken',
};

/** Records that nobody waits for. */
export function bookkeepingActivities(deps: ActivityDeps) {
  return {
    /** A payment that a payment system told the monitor of directly: recorded once per payment id. */
    recordRefill: (input: RecordRefillInput): Promise<void> =>
      withFailures('recordRefill', async () => {
        // Whoever speaks Temporal may have put anything into the signal.
        if (typeof input.paymentId !== 'string' || !/^.{1,200}$/s.test(input.paymentId)) {
          throw new DomainError('invalid', 'a payment needs an id of 1 to 200 characters', '/paymentId');
        }
        const amount = parseMoney(String(input.amount), '/amount');
        if (amount <= 0n) throw new DomainError('invalid', 'the amount of a payment must be above 0', '/amount');
        await postEntry(
          deps.sql,
          {
            clientId: input.clientId,
            kind: 'payment',
            externalId: input.paymentId,
            amount,
            currency: input.currency,
            occurredAt: input.at === undefined ? null : instantOf(String(input.at)),
            source: 'temporal',
          },
          { now: input.receivedAt },
        );
      }),

    /** Tells staff, once for as long as it lasts. */
    raiseAlert: (input: AlertInput): Promise<void> =>
      withFailures('raiseAlert', async () => {
        const alert = await raiseAlert(deps.sql, {
          kind: input.kind,
          clientId: input.clientId,
          detail: input.detail,
          atMs: input.at,
        });
        if (alert.isNew) deps.logger.warn({ clientId: input.clientId, alert: input.kind }, input.detail);
        if (!alert.isMailed && (await mailStaff(deps, alert.id, input))) {
          await markAlertMailed(deps.sql, alert.id, input.at);
        }
      }),

    /** What staff was told of is over: should it come back they are told again. */
    endAlert: ({ kind, clientId, at }: Omit<AlertInput, 'detail'>): Promise<void> =>
      withFailures('endAlert', () => resolveAlert(deps.sql, kind, clientId, at)),
  };
}

/** False when nobody is set to be told by mail, or the server would not take it: the alert stays in the list. */
async function mailStaff(deps: ActivityDeps, alertId: string, input: AlertInput): Promise<boolean> {
  const { staffEmail, mailDomain, publicUrl } = deps.settings;
  if (staffEmail === null) return false;
  const variables = {
    alert: { title: titles[input.kind] ?? input.kind, detail: input.detail },
    client: { id: input.clientId },
    links: { client: publicUrl === null ? '' : `${publicUrl.replace(/\/$/, '')}/clients/${input.clientId}` },
    now: new Date(input.at).toISOString(),
  };
  const mail = renderMail({ kind: 'staff_alert', template: null, variables, locale: 'en', timeZone: 'UTC' });
  const messageId = `<alert-${alertId}@${mailDomain}>`;
  const result = await deps.mail.send(
    { messageId, to: [staffEmail], date: new Date(), ...mail },
    { beforeEnd: async () => undefined },
  );
  return result.outcome === 'accepted';
}

function instantOf(text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new DomainError('invalid', `"${text.slice(0, 40)}" is no instant`, '/at');
  return instant;
}
