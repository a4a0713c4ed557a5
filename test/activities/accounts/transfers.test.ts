import { undoTransfer } from '../../../src/services/accounts/record-transfer.js';
import { recordEntry } from '../../../src/services/ledger/record-entries.js';
import { requesterAt } from '../../support/data/requester.js';
import { proveAccounts } from '../../support/database/prove-accounts.js';
import { proveBalances } from '../../support/database/prove-balances.js';
import { accountBalance, newAccount, transferOf } from '../../support/ledger/accounts-database.js';
import {
  balanceOf,
  database,
  entry,
  newClient,
  signals,
  useLedgerDatabase,
} from '../../support/ledger/ledger-database.js';

useLedgerDatabase();

let serial = 0;
const undo = (id: string, requestId = `undo-${++serial}`): ReturnType<typeof undoTransfer> =>
  undoTransfer(requesterAt(database.sql), id, { note: null, requestId });

describe('accounts under a client', () => {
  test('share its live balance with the common part', async () => {
    const client = await newClient();
    const debit = await newAccount(client);
    const subordinate = await newAccount(client, { kind: 'subordinate' });
    await recordEntry(requesterAt(database.sql), entry(client, 'payment', '100'));
    await recordEntry(requesterAt(database.sql), entry(client, 'payment', '25', { accountId: debit }));
    await recordEntry(requesterAt(database.sql), entry(client, 'charge', '-5', { accountId: debit }));
    await recordEntry(requesterAt(database.sql), entry(client, 'charge', '-7', { accountId: subordinate }));
    expect(await accountBalance(debit)).toBe('20.00');
    expect(await accountBalance(subordinate)).toBe('0.00');
    expect(await balanceOf(client)).toMatchObject({ live: '113.000000', refillSeq: '2' });
    expect([await proveBalances(database.sql), await proveAccounts(database.sql)]).toEqual([[], []]);
  });

  test('take no entry of another client, and none once they are closed', async () => {
    const client = await newClient();
    const other = await newClient();
    const foreign = await newAccount(other);
    const closed = await newAccount(client, { status: 'closed' });
    for (const [accountId, code] of [
      [foreign, 'not_found'],
      [closed, 'account_closed'],
    ] as const) {
      const refused = recordEntry(requesterAt(database.sql), entry(client, 'payment', '5', { accountId }));
      await expect(refused).rejects.toMatchObject({ code, pointer: '/accountId' });
    }
    expect((await balanceOf(client)).live).toBe('0.000000');
  });

  test('an id that was used for another account is used', async () => {
    const client = await newClient();
    const a = await newAccount(client);
    const b = await newAccount(client);
    const paid = entry(client, 'payment', '5', { accountId: a });
    await recordEntry(requesterAt(database.sql), paid);
    expect((await recordEntry(requesterAt(database.sql), paid)).replayed).toBe(true);
    const elsewhere = recordEntry(requesterAt(database.sql), { ...paid, accountId: b });
    await expect(elsewhere).rejects.toMatchObject({ code: 'conflict', pointer: '/id' });
    expect(await accountBalance(a)).toBe('5.00');
  });
});

describe('transfers', () => {
  test('the worked example: a debit account of 25, and a credit account of limit 50 that owes 30', async () => {
    const client = await newClient();
    const a = await newAccount(client, { balance: '25' });
    const b = await newAccount(client, { kind: 'credit', creditLimit: '50', balance: '-30' });
    await database.sql`delete from outbox`;
    const before = await balanceOf(client);
    await transferOf(a, b, '10');
    expect([await accountBalance(a), await accountBalance(b)]).toEqual(['15.00', '-20.00']);
    await expect(transferOf(b, a, '35')).rejects.toMatchObject({
      code: 'insufficient_funds',
      pointer: '/amount',
      message: expect.stringContaining('30.00 USD available'),
    });
    await transferOf(b, a, '30');
    expect([await accountBalance(a), await accountBalance(b)]).toEqual(['45.00', '-50.00']);
    // Within a client nothing of it changes: no refill, no signal, no inactivity.
    expect(await balanceOf(client)).toEqual(before);
    expect(await signals()).toEqual([]);
    expect([await proveBalances(database.sql), await proveAccounts(database.sql)]).toEqual([[], []]);
  });

  test('a repeated request moves nothing again, and no other transfer by it', async () => {
    const client = await newClient();
    const a = await newAccount(client, { balance: '25' });
    const b = await newAccount(client);
    const first = await transferOf(a, b, '10', { requestId: 'same' });
    const again = await transferOf(a, b, '10', { requestId: 'same' });
    expect([first.replayed, again.replayed]).toEqual([false, true]);
    expect(again.transfer).toEqual(first.transfer);
    await expect(transferOf(a, b, '11', { requestId: 'same' })).rejects.toMatchObject({
      code: 'conflict',
      pointer: '/headers/idempotency-key',
    });
    expect(await accountBalance(a)).toBe('15.00');
  });

  test('are taken back once, also where the account that gets it back has expired', async () => {
    const client = await newClient();
    const a = await newAccount(client, { balance: '25', dailyTransferLimit: '10' });
    const b = await newAccount(client);
    const { transfer } = await transferOf(a, b, '10');
    await database.sql`update accounts set expires_on = '2020-01-01' where id = ${a}`;
    const back = await undo(transfer.id, 'undo-once');
    expect(back.transfer).toMatchObject({ fromAccountId: b, toAccountId: a, undoes: transfer.id });
    expect((await undo(transfer.id, 'undo-once')).replayed).toBe(true);
    await expect(undo(transfer.id)).rejects.toMatchObject({ code: 'transfer_undone', pointer: '/path/id' });
    await expect(undo(back.transfer.id)).rejects.toMatchObject({ code: 'conflict', pointer: '/path/id' });
    expect([await accountBalance(a), await accountBalance(b)]).toEqual(['25.00', '0.00']);
    // What was undone does not count towards the daily limit.
    await transferOf(a, b, '10');
    const more = transferOf(a, b, '1');
    await expect(more).rejects.toMatchObject({ code: 'transfer_daily_limit', pointer: '/amount' });
  });

  test('are not taken back from an account that has spent the amount', async () => {
    const client = await newClient();
    const a = await newAccount(client, { balance: '25' });
    const b = await newAccount(client);
    const { transfer } = await transferOf(a, b, '10');
    await recordEntry(requesterAt(database.sql), entry(client, 'charge', '-4', { accountId: b }));
    await expect(undo(transfer.id)).rejects.toMatchObject({ code: 'insufficient_funds', pointer: '/path/id' });
    expect([await accountBalance(a), await accountBalance(b)]).toEqual(['15.00', '6.00']);
  });

  test('a day ends at midnight in the client’s time zone', async () => {
    const client = await newClient();
    await database.sql`update clients set timezone = 'Europe/Kyiv' where id = ${client}`;
    const a = await newAccount(client, { balance: '25', dailyTransferLimit: '10' });
    const last = await newAccount(client, { expiresOn: '2026-03-31' });
    const { transfer } = await transferOf(a, last, '10', { now: Date.parse('2026-03-31T20:59:59Z') });
    await database.sql`update transfers set at = '2026-03-31T20:59:59Z' where id = ${transfer.id}`;
    const b = await newAccount(client);
    await expect(transferOf(a, b, '1', { now: Date.parse('2026-03-31T20:59:59Z') })).rejects.toMatchObject({
      code: 'transfer_daily_limit',
    });
    const midnight = Date.parse('2026-03-31T21:00:00Z');
    await expect(transferOf(a, last, '1', { now: midnight })).rejects.toMatchObject({
      code: 'transfer_inactive',
      pointer: '/toAccountId',
    });
    await transferOf(a, b, '10', { now: midnight });
  });

  test('a line without the other is refused by the database', async () => {
    const client = await newClient();
    const a = await newAccount(client, { balance: '25' });
    const b = await newAccount(client);
    const { transfer } = await transferOf(a, b, '10');
    const alone = database.sql`
      insert into ledger_entries
        (client_id, seq, kind, external_id, amount, currency, occurred_at, undated, live_after, source, account_id, transfer_id)
      values (${client}, 1000, 'transfer_in', 'alone', 3, 'USD', now(), true, 0, 'test', ${b}, ${transfer.id})`;
    await expect(alone).rejects.toThrow('two lines whose sum is 0');
  });
});
