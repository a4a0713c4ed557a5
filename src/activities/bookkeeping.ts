import type { RaiseEventInput } from '../contract/events.js';
import type { RecordRefillInput } from '../contract/monitor.js';
import { DomainError } from '../domain/errors.js';
import { parseMoney } from '../domain/money.js';
import { renderMail } from '../mail/render.js';
import { markAlertMailed, raiseAlert } from '../storage/alerts.js';
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

    /** Writes an event and emails staff about it. */
    raiseEvent: (input: RaiseEventInput): Promise<void> =>
      withFailures('raiseEvent', async () => {
        const kind = input.kind === 'rate.missing' ? 'no_rate' : 'payment_refused';
        const detail = titles[kind] ?? kind;
        const alert = await raiseAlert(deps.sql, { kind, clientId: input.clientId, detail, atMs: input.at });
        if (!alert.isMailed && (await mailStaff(deps, alert.id, { ...input, detail, kind }))) {
          await markAlertMailed(deps.sql, alert.id, input.at);
        }
      }),
  };
}

interface AlertInput {
  readonly kind: string;
  readonly clientId: string;
  readonly detail: string;
  readonly at: number;
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
