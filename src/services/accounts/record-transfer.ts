import { transferRefusal, type TransferAccount } from '../../domain/accounts/transfers.js';
import { DomainError } from '../../domain/errors.js';
import { formatMoney, moneyOf, type Micros } from '../../domain/money.js';
import {
  findTransfer,
  findTransferOfRequest,
  insertTransfer,
  lockTransferAccounts,
  type TransferRow,
} from '../../storage/accounts/transfers.js';
import { retryRaces, writeEntries, type PostOptions } from '../../storage/ledger/ledger.js';
import type { Transaction } from '../../storage/system/database.js';
import { readInstallationSettings } from '../../storage/system/installation-settings.js';
import { change, recorded, unchanged, type ChangeEntry, type Requester } from '../change.js';

/** An amount that moves from one account to another. */
export interface NewTransfer {
  readonly fromAccountId: string;
  readonly toAccountId: string;
  /** millionths */
  readonly amount: Micros;
  readonly currency: string;
  readonly note: string | null;
  /** the same request is the same transfer */
  readonly requestId: string;
}

export interface DoneTransfer {
  readonly transfer: TransferRow;
  /** it was recorded before, and nothing was changed */
  readonly replayed: boolean;
}

/**
 * Moves an amount between two accounts: both lines or neither. It is no refill, no charge, and resets nothing.
 *
 * @param options `now` is for replaying a story at other times
 * @throws DomainError `not_found` for an account outside of the scope, then the first check of `transferRefusal` that
 * fails; `conflict` where the request was used for another transfer
 */
export function recordTransfer(
  requester: Requester,
  transfer: NewTransfer,
  options: Pick<PostOptions, 'now'> = {},
): Promise<DoneTransfer> {
  return retryRaces(() =>
    change(requester, async (tx) => {
      const { fromAccountId, toAccountId } = transfer;
      const accounts = await lockTransferAccounts(
        tx,
        requester.scope.resellerId,
        [fromAccountId, toAccountId],
        requester.now,
      );
      const from = required(accounts, fromAccountId, '/fromAccountId');
      const to = required(accounts, toAccountId, '/toAccountId');
      return move(tx, requester, { ...transfer, from, to, undoes: null }, options);
    }),
  );
}

/**
 * Takes a transfer back by a transfer in the other direction, linked to it. It happens once.
 *
 * @throws DomainError `not_found`, `transfer_undone`, `conflict` for a transfer that is an undo itself, and what accounts
 * and funds refuse
 */
export function undoTransfer(
  requester: Requester,
  id: string,
  { note, requestId }: { readonly note: string | null; readonly requestId: string },
  options: Pick<PostOptions, 'now'> = {},
): Promise<DoneTransfer> {
  const { scope, now } = requester;
  return retryRaces(() =>
    change(requester, async (tx) => {
      const found = await findTransfer(tx, scope.resellerId, id);
      if (!found) throw new DomainError('not_found', `there is no transfer ${id}`, '/path/id');
      const { toAccountId, fromAccountId, currency } = found;
      const accounts = await lockTransferAccounts(tx, scope.resellerId, [toAccountId, fromAccountId], now);
      const from = required(accounts, toAccountId, '/path/id');
      const to = required(accounts, fromAccountId, '/path/id');
      // Read again: another request may have undone it before the locks were taken.
      const original = await findTransfer(tx, scope.resellerId, id);
      const amount = moneyOf(found.amount);
      const terms = { from, to, amount, currency, note, requestId, undoes: id };
      if (original?.undoneBy !== null && !(await findTransferOfRequest(tx, scope.resellerId, requestId))) {
        throw new DomainError('transfer_undone', `transfer ${original?.undoneBy ?? ''} undid it already`, '/path/id');
      }
      if (found.undoes !== null) {
        throw new DomainError('conflict', 'it is an undo itself: record a new transfer instead', '/path/id');
      }
      return await move(tx, requester, terms, options);
    }),
  ).catch((error: unknown) => {
    throw pointingAtPath(error);
  });
}

/** The request of an undo has no fields: what is wrong concerns the transfer that it names. */
function pointingAtPath(error: unknown): unknown {
  const isOwn = error instanceof DomainError && /^\/(fromAccountId|toAccountId|amount|currency)$/.test(error.pointer);
  return isOwn ? new DomainError(error.code, error.message, '/path/id') : error;
}

interface Move {
  readonly from: TransferAccount;
  readonly to: TransferAccount;
  readonly amount: Micros;
  readonly currency: string;
  readonly note: string | null;
  readonly requestId: string;
  readonly undoes: string | null;
}

type MoveOutcome = ReturnType<typeof recorded<DoneTransfer>>;

async function move(
  tx: Transaction,
  requester: Requester,
  terms: Move,
  { now }: Pick<PostOptions, 'now'>,
): Promise<MoveOutcome> {
  const { scope, actor } = requester;
  const { from, to, amount, currency, note, requestId, undoes } = terms;
  const known = await findTransferOfRequest(tx, scope.resellerId, requestId);
  if (known) {
    if (isSame(known, terms)) return unchanged({ transfer: known, replayed: true });
    throw new DomainError(
      'conflict',
      'this Idempotency-Key was used for another transfer: repeat that request unchanged, or use a new key',
      '/headers/idempotency-key',
    );
  }
  const isUndo = undoes !== null;
  const { transfersAcrossClients: acrossClients } = await readInstallationSettings(tx);
  const refusal = transferRefusal(from, to, { amount, currency, acrossClients, isUndo });
  if (refusal) throw refusal;
  const { id, at } = await insertTransfer(
    tx,
    {
      from: { id: from.id, clientId: from.clientId, after: from.balance - amount },
      to: { id: to.id, clientId: to.clientId, after: to.balance + amount },
      ...{ amount, currency, requestId, undoes, note, source: actor.id },
    },
    now,
  );
  const common = {
    externalId: id,
    currency,
    occurredAt: at.getTime(),
    source: actor.id,
    transfer: { id, internal: from.clientId === to.clientId },
    ...(note !== null && { note }),
  };
  await writeEntries(
    tx,
    [
      { ...common, kind: 'transfer_out', clientId: from.clientId, accountId: from.id, amount: -amount },
      { ...common, kind: 'transfer_in', clientId: to.clientId, accountId: to.id, amount },
    ],
    { withinReseller: scope.resellerId, ...(now !== undefined && { now }) },
    'all',
  );
  const transfer = await findTransfer(tx, scope.resellerId, id);
  if (!transfer) throw new Error('a transfer that was just written is not there');
  const [first, ...more] = auditOf(transfer);
  return recorded({ transfer, replayed: false }, first, ...more);
}

function isSame(row: TransferRow, { from, to, amount, currency, note, undoes }: Move): boolean {
  return (
    row.fromAccountId === from.id &&
    row.toAccountId === to.id &&
    moneyOf(row.amount) === amount &&
    row.currency === currency &&
    row.note === note &&
    row.undoes === undoes
  );
}

/** One row for each client that it concerns. */
function auditOf(row: TransferRow): [ChangeEntry, ...ChangeEntry[]] {
  const entry = {
    action: row.undoes === null ? 'transfer.create' : 'transfer.undo',
    subjectType: 'transfer',
    subjectId: row.id,
    clientId: row.fromClientId,
    reason: row.note,
    before: null,
    after: {
      from: row.fromExternalId,
      to: row.toExternalId,
      amount: formatMoney(moneyOf(row.amount)),
      currency: row.currency,
      ...(row.undoes !== null && { undoes: row.undoes }),
    },
  };
  return row.toClientId === row.fromClientId ? [entry] : [entry, { ...entry, clientId: row.toClientId }];
}

function required(accounts: ReadonlyMap<string, TransferAccount>, id: string, pointer: string): TransferAccount {
  const account = accounts.get(id);
  if (account) return account;
  throw new DomainError('not_found', `there is no account ${id}, or you don’t have access to it`, pointer);
}
