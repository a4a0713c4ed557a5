import type { RaiseEventInput } from '../../contract/events.js';
import type { RecordRefillInput } from '../../contract/refills.js';
import { DomainError } from '../../domain/errors.js';
import { isEventKind } from '../../domain/events/events.js';
import { parseInstant } from '../../domain/instants.js';
import { parseMoney } from '../../domain/money.js';
import { recordEntry } from '../../services/ledger/record-entries.js';
import { raiseMissingRate } from '../../storage/events/missing-rate.js';
import { raiseEvent, type RaisedEvent } from '../../storage/events/raise-event.js';
import { raiseRefusedPayments, type SentPayment } from '../../storage/events/refused-payments.js';
import type { ActivityDeps } from '../deps.js';
import { withFailures } from '../failures.js';
import { requesterFor } from '../requester.js';

/** Records that no caller waits for. */
export function bookkeepingActivities(deps: ActivityDeps) {
  return {
    /**
     * Records a payment that came to the monitor as a signal, once per payment id. Every refusal is an event, also one of
     * form: the sender of a signal gets no answer.
     */
    recordRefill: (input: RecordRefillInput): Promise<void> =>
      withFailures('recordRefill', async () => {
        try {
          await postRefill(deps, input);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          const payment = { ...sentPaymentOf(input), error };
          await raiseRefusedPayments(deps.sql, [payment], { withinReseller: null, atMs: input.receivedAt });
          throw error;
        }
      }),

    /** Writes an entry of the events log; looks up what the workflow does not know. */
    raiseEvent: (input: RaiseEventInput): Promise<void> =>
      withFailures('raiseEvent', async () => {
        if (!isEventKind(input.kind)) throw new DomainError('invalid', 'must be a kind of event', '/kind');
        const { kind, clientId } = input;
        const raised =
          kind === 'rate.missing' ? await raiseMissingRate(deps.sql, clientId, input.at) : await raise(deps, input);
        if (raised?.isNew) deps.logger.warn({ clientId, eventId: raised.id, kind }, 'event raised');
      }),
  };
}

async function raise({ sql }: ActivityDeps, input: RaiseEventInput): Promise<RaisedEvent> {
  const { kind, clientId, cause, data, at } = input;
  return raiseEvent(sql, {
    kind,
    cause: cause ?? clientId,
    subjectId: data['paymentId'] ?? clientId,
    clientId,
    resellerId: null,
    data,
    atMs: at,
  });
}

/** Signal input comes from external systems and is unvalidated. */
async function postRefill(deps: ActivityDeps, input: RecordRefillInput): Promise<void> {
  if (typeof input.paymentId !== 'string' || !/^[^\p{Cc}\p{Cs}]{1,200}$/u.test(input.paymentId)) {
    throw new DomainError('invalid', 'the id of a payment must have 1 to 200 characters', '/paymentId');
  }
  const amount = parseMoney(String(input.amount), '/amount');
  if (amount <= 0n) throw new DomainError('invalid', 'the amount of a payment must be more than 0', '/amount');
  await recordEntry(
    await requesterFor(deps.sql, { id: signalSource, source: 'temporal' }, input.receivedAt),
    {
      clientId: input.clientId,
      kind: 'payment',
      externalId: input.paymentId,
      amount,
      currency: input.currency,
      occurredAt: input.at === undefined ? null : parseInstant(String(input.at), '/at'),
      source: signalSource,
    },
    { now: input.receivedAt },
  );
}

const signalSource = 'temporal';

function sentPaymentOf({ paymentId, amount, currency, clientId }: RecordRefillInput): SentPayment {
  return {
    paymentId: textOf(paymentId),
    amount: textOf(amount),
    currency: textOf(currency),
    client: { id: clientId },
    source: signalSource,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
