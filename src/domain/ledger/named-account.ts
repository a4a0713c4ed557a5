import { DomainError } from '../errors.js';

/** An account under a client that entries name, its row locked. */
export interface NamedAccount {
  readonly id: string;
  readonly clientId: string;
  readonly status: 'active' | 'blocked' | 'closed';
}

/** Why an entry can't be about the account that it names; null: it can, or it names none. */
export function accountRefusal(
  { clientId, accountId }: { readonly clientId: string; readonly accountId?: string | null },
  named: ReadonlyMap<string, NamedAccount>,
): DomainError | null {
  if (accountId === undefined || accountId === null) return null;
  const account = named.get(accountId);
  if (account?.clientId !== clientId) {
    return new DomainError(
      'not_found',
      `the client has no account ${accountId}: GET /v1/accounts?clientId=${clientId} lists its accounts`,
      '/accountId',
    );
  }
  if (account.status !== 'closed') return null;
  return new DomainError(
    'account_closed',
    'the account is closed: use another account, or leave the account out',
    '/accountId',
  );
}
