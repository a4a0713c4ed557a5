import { dayMs, hourMs } from '../../../../src/domain/durations.js';
import type { EntryKind } from '../../../../src/domain/ledger/entry-kinds.js';
import { toSecond } from '../../../../src/domain/monitoring/schedule.js';
import { moneyOf, type Micros } from '../../../../src/domain/money.js';
import type { DemoClient, PaymentFrom } from '../clients.js';
import { Dice } from './dice.js';

/** An entry of the past; its source is named as `clients.ts` names it. */
export type PastEntry = {
  readonly kind: 'entry';
  readonly at: number;
  readonly entry: EntryKind;
  readonly id: string;
  /** signed as it acts on the balance */
  readonly amount: Micros;
  readonly from: PaymentFrom;
  readonly note?: string;
};

/** The weeks that are written, whole seconds. */
export type Period = { readonly from: number; readonly to: number };

/** Traffic of the days of the week in percent, Sunday first. */
const weekdays = [35, 104, 110, 106, 100, 94, 48] as const;
/** When the day's traffic is charged, hours UTC. */
const chargeHours = [8, 11, 14, 17, 20] as const;
const cent = 10_000n;

/**
 * The entries of a client: charges that follow the days of the week, its payments, its invoices, and the opening balance from which
 * they lead to the balance of now. The same for the same client and period.
 */
export function entriesOf(client: DemoClient, createdAt: number, period: Period): PastEntry[] {
  const dice = new Dice(client.externalId);
  const charges = chargesOf(client, createdAt, period, dice);
  const payments = paymentsOf(client, period, dice);
  const moved = [...charges, ...payments].reduce((sum, { amount }) => sum + amount, 0n);
  const opening = moneyOf(client.live) - moved;
  const adjustment: PastEntry = {
    ...{ kind: 'entry', at: createdAt, entry: 'adjustment', id: 'opening', amount: opening, from: 'api' },
    note: 'opening balance',
  };
  const entries = [
    ...(opening === 0n ? [] : [adjustment]),
    ...charges,
    ...payments,
    ...invoicesOf(client, charges, payments, period),
  ];
  return entries.sort((a, b) => a.at - b.at);
}

function chargesOf({ spends }: DemoClient, createdAt: number, period: Period, dice: Dice): PastEntry[] {
  if (!spends) return [];
  const from = Math.max(createdAt + hourMs, period.to - (spends.from ?? Number.POSITIVE_INFINITY) * dayMs);
  const to = period.to - (spends.until ?? 0) * dayMs;
  const perDay = moneyOf(spends.perDay) / cent;
  const charges: PastEntry[] = [];
  for (let day = Math.floor(from / dayMs) * dayMs; day < to; day += dayMs) {
    const percent = weekdays[new Date(day).getUTCDay()] ?? 100;
    const cents = (Number(perDay) * percent * dice.int(85, 115)) / 10_000;
    for (const hour of chargeHours) {
      const at = day + hour * hourMs + dice.int(0, 3_000) * 1000;
      const share = BigInt(Math.max(1, Math.round((cents * dice.int(70, 130)) / 100 / chargeHours.length)));
      if (at <= from || at >= to) continue;
      charges.push({
        ...{ kind: 'entry', at, entry: 'charge', amount: -share * cent, from: 'api', note: 'voice traffic' },
        id: `cdr-${dayText(at)}-${hour}`,
      });
    }
  }
  return charges;
}

const notes: Readonly<Record<PaymentFrom, string>> = {
  'bank-transfers': 'bank transfer',
  'card-payments': 'card payment',
  user: 'recorded from the bank statement',
  api: 'billing system',
};

function paymentsOf({ payments = [], externalId }: DemoClient, period: Period, dice: Dice): PastEntry[] {
  return payments.map(([daysAgo, amount, from], index) => {
    const at = period.to - Math.round(daysAgo * 24) * hourMs + dice.int(-1_500, 1_500) * 1000;
    const prefix = from === 'card-payments' ? 'ch' : 'BT';
    return {
      ...{ kind: 'entry', at, entry: 'payment', amount: moneyOf(amount), from, note: notes[from] },
      id: `${prefix}-${dayText(at)}-${externalId}-${index + 1}`,
    };
  });
}

/** Those with autoinvoicing have theirs from its runs. Those of the manual are invoiced what they paid, so that their fixed balance is that of the manual; others every two weeks. */
function invoicesOf(
  client: DemoClient,
  charges: readonly PastEntry[],
  payments: readonly PastEntry[],
  period: Period,
): PastEntry[] {
  if (client.autoinvoicing) return [];
  const invoice = (at: number, amount: Micros): PastEntry => ({
    ...{ kind: 'entry', at, entry: 'invoice', amount: -amount, from: 'api' },
    id: `inv-${dayText(at)}`,
  });
  if (client.fixed !== undefined) {
    const open = -moneyOf(client.fixed);
    return [
      ...payments.map(({ at, amount }) => invoice(at - 12 * hourMs, amount)),
      ...(open > 0n ? [invoice(period.to - 7 * dayMs, open)] : []),
    ];
  }
  // The last one follows the last charges.
  const last = Math.max(1, (client.spends?.until ?? 0) - 0.4);
  let billedUntil = 0;
  return [Math.max(14, last), last].flatMap((daysAgo) => {
    const at = toSecond(period.to - daysAgo * dayMs);
    const billed = charges.filter((one) => one.at < at && one.at >= billedUntil);
    billedUntil = at;
    const sum = billed.reduce((all, { amount }) => all - amount, 0n);
    return sum > 0n ? [invoice(at, sum)] : [];
  });
}

/** `20261103` */
function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
}
