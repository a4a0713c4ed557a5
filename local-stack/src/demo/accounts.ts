import { dayMs } from '../../../src/domain/durations.js';
import { toSecond } from '../../../src/domain/monitoring/schedule.js';
import { moneyOf } from '../../../src/domain/money.js';
import { createAccount } from '../../../src/services/accounts/create-account.js';
import { recordTransfer, undoTransfer } from '../../../src/services/accounts/record-transfer.js';
import type { ClientAccountRow } from '../../../src/storage/accounts/accounts.js';
import type { PastMoment } from './past/replay.js';
import type { World } from './past/world.js';

/** The client whose accounts move funds between them; its customer class allows transfers. */
const owner = 'Thames Telecom';

/** Two accounts and their transfers, one of them undone. */
export function accountsOf(world: World): PastMoment[] {
  const before = (daysAgo: number): number => toSecond(world.period.to - daysAgo * dayMs);
  const accounts: ClientAccountRow[] = [];
  const add = (daysAgo: number, kind: 'debit' | 'credit', externalId: string, creditLimit: string): PastMoment => ({
    at: before(daysAgo),
    async run(past) {
      const account = { clientId: past.get(owner).id, kind, externalId, creditLimit } as const;
      const rest = { status: 'active', expiresOn: null, dailyTransferLimit: null } as const;
      const at = before(daysAgo);
      accounts.push(await world.at(at, () => createAccount(world.requester(at, 'ada'), { ...account, ...rest }, null)));
    },
  });
  const move = (daysAgo: number, amount: string, note: string, isUndone = false): PastMoment => ({
    at: before(daysAgo),
    async run() {
      const at = before(daysAgo);
      const requester = world.requester(at, 'oleh');
      const [toAccountId = '', fromAccountId = ''] = accounts.map(({ id }) => id);
      const requestId = `demo-transfer-${daysAgo}`;
      const asked = { fromAccountId, toAccountId, amount: moneyOf(amount), currency: 'GBP', note, requestId };
      const { transfer } = await world.at(at, () => recordTransfer(requester, asked, { now: at }));
      const undo = { note: 'wrong account', requestId: `${requestId}-undo` };
      if (isUndone) await world.at(at, () => undoTransfer(requester, transfer.id, undo, { now: at }));
    },
  });
  return [
    add(20, 'debit', 'calling-cards', '0'),
    add(20, 'credit', 'voice-trunk', '300'),
    move(12, '60.00', 'cards for October'),
    move(6, '25.00', 'cards for the trade fair', true),
    move(3, '40.00', 'cards for November'),
  ];
}
