import type { ClaimDeps } from '../../../../src/activities/notifications/claim-notification.js';
import type { NewEntry } from '../../../../src/domain/ledger/entry.js';
import type { Actor, MonitorOptions } from '../../../../src/domain/monitoring/state.js';
import type { Requester } from '../../../../src/services/change.js';
import { recordEntries } from '../../../../src/services/ledger/record-entries.js';
import { backdateChanges } from '../../../../src/storage/system/demo-history.js';
import type { Sql, Transaction } from '../../../../src/storage/system/database.js';
import type { NewRate } from '../../../../src/storage/rates/exchange-rates.js';
import { operatorScope, scopeWithin, type Scope } from '../../../../src/storage/system/scope.js';
import { adminEmail } from '../data.js';
import type { Period } from './entries.js';
import type { Person } from './story.js';

/** What the demo's installation is set to. */
export type PastSettings = ClaimDeps['settings'] & {
  readonly monitor: MonitorOptions;
  readonly creditWarningHours: number;
};

type WorldParts = {
  readonly tx: Transaction;
  readonly period: Period;
  readonly operatorId: string;
  readonly settings: PastSettings;
  readonly logger: ClaimDeps['logger'];
  /** the API key that posts charges */
  readonly keyId: string;
};

/** The installation as it was at each instant of the past: who acts, through which services, in one transaction. */
export class World {
  readonly tx: Transaction;
  readonly period: Period;
  readonly settings: PastSettings;
  readonly claim: ClaimDeps;
  private readonly scope: Scope;
  private readonly keyId: string;
  private userIds: ReadonlyMap<string, string> = new Map();
  private entries: NewEntry[] = [];
  private readonly rates: NewRate[] = [];

  constructor({ tx, period, operatorId, settings, logger, keyId }: WorldParts) {
    this.tx = tx;
    this.period = period;
    this.settings = settings;
    this.keyId = keyId;
    // Within a transaction it is used as the pool that it belongs to: for statements only.
    const sql = tx as unknown as Sql;
    this.scope = scopeWithin(operatorScope(sql, operatorId), tx);
    this.claim = { sql, logger, settings };
  }

  get operatorId(): string {
    return this.scope.resellerId;
  }

  setUsers(ids: ReadonlyMap<string, string>): void {
    this.userIds = ids;
  }

  /** @param by null: Lowwater itself */
  requester(now: number, by: Person | null = null): Requester {
    return { scope: this.scope, actor: by === null ? { id: 'system', source: 'system' } : this.actor(by), now };
  }

  actor(person: Person): Actor {
    const found = [...this.userIds].find(([email]) => email.startsWith(`${person}@`));
    const id = found?.[1] ?? this.userIds.get(adminEmail);
    if (id === undefined) throw new Error(`the demo has no user ${person}`);
    return { id: `user:${id}`, source: 'web' };
  }

  sourceOf(from: 'bank-transfers' | 'card-payments' | 'user' | 'api'): string {
    if (from === 'user') return this.actor('oleh').id;
    return from === 'api' ? `key:${this.keyId}` : `webhook:${from}`;
  }

  userIdOf(email: string): string {
    const id = this.userIds.get(email);
    if (id === undefined) throw new Error(`the demo has no user ${email}`);
    return id;
  }

  /** Waits to be recorded with the next others: entries need no statement each. */
  record(entry: NewEntry): void {
    this.entries.push(entry);
  }

  /** Records the entries that wait, all of them at this instant. */
  async flush(now: number): Promise<void> {
    const waiting = this.entries;
    if (waiting.length === 0) return;
    this.entries = [];
    await recordEntries(this.requester(now), waiting, { now });
  }

  /** The rate that is current at an instant; null: none yet. */
  rateAt(from: string, to: string, now: number): string | null {
    return this.rates.findLast((one) => one.from === from && one.to === to && one.at.getTime() <= now)?.rate ?? null;
  }

  addRate(rate: NewRate): void {
    this.rates.push(rate);
  }

  /** Changes something at an instant of the past, after all entries before it. */
  async at<T>(now: number, work: () => Promise<T>): Promise<T> {
    await this.flush(now);
    const result = await work();
    await backdateChanges(this.tx, new Date(now));
    return result;
  }
}
