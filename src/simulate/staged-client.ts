import type { Actor } from '../domain/monitoring/state.js';
import type { GrantCreditInput } from '../contract/monitor.js';
import { formatMoney } from '../domain/money.js';
import { createClient, deleteClient, updateClient } from '../storage/client-writes.js';
import { lockClient } from '../storage/clients.js';
import { setCreditLimit } from '../storage/credit-limit.js';
import type { Sql, Transaction } from '../storage/database.js';
import { createRate } from '../storage/exchange-rates.js';
import { postEntry } from '../storage/ledger.js';
import { ensureOperator } from '../storage/operator.js';
import { enqueueSignal } from '../storage/outbox.js';
import { assignProfile } from '../storage/profile-assign.js';
import { createProfile, replaceProfile } from '../storage/profile-writes.js';
import { lockProfile, type ProfileFields } from '../storage/profiles.js';
import { grantTemporaryCredit, cancelTemporaryCredit } from '../storage/temporary-credits.js';
import { openTemporaryCredit } from '../storage/temporary-credits-read.js';
import { DomainError } from '../domain/errors.js';
import { formatInstant, type Scenario, type ScenarioHappening, type ScenarioProfile } from './scenario.js';

/** Who makes a story happen. */
export const narrator: Actor = { id: 'simulate', source: 'cli' };

const change = { actor: narrator, reason: 'scenario' };

export interface DueTimes {
  /** null: before the first check */
  readonly checkMs: number | null;
  /** null: nothing is lent */
  readonly revertMs: number | null;
}

/** The client of a scenario in the database: made anew for each playing, moved in time by one constant. */
export class StagedClient {
  private constructor(
    private readonly sql: Sql,
    private readonly operatorId: string,
    readonly id: string,
    readonly currency: string,
    private profileId: string | null,
  ) {}

  private entries = 0;

  /** Makes rates, profile and client of a scenario whose instants are moved by `shiftMs`. */
  static async create(sql: Sql, scenario: Scenario, shiftMs: number): Promise<StagedClient> {
    const operator = await ensureOperator(sql, 'Operator');
    // Another scenario's rates are none of this one's.
    await sql`delete from exchange_rates`;
    const { client, profile } = scenario;
    const made = await sql.begin(async (tx) => {
      for (const rate of scenario.rates) {
        const row = { from: rate.from, to: rate.to, rate: formatRate(rate.rate), at: new Date(rate.atMs + shiftMs) };
        await createRate(tx, row, Number.NEGATIVE_INFINITY, change);
      }
      const profileId = profile
        ? (await createProfile(tx, operator.id, fieldsOf(profile, operator.id), change)).id
        : null;
      const fields = {
        name: client.name,
        resellerId: operator.id,
        managerId: null,
        profileId,
        currency: client.currency,
        balanceModel: client.balanceModel,
        creditLimit: formatMoney(client.creditLimit),
        status: client.status,
        billingEmail: client.billingEmail,
        ownerEmail: client.ownerEmail,
        warningThresholds: client.warningThresholds,
        checkEveryMinutes: client.checkEveryMinutes,
        timezone: client.timezone,
        locale: 'en',
        paymentTerms: null,
        tags: [],
        externalId: null,
      };
      const startMs = scenario.startMs + shiftMs;
      const row = await createClient(tx, operator.id, fields, formatMoney(client.openingBalance), change, startMs);
      // A client that was never charged is inactive since its creation, which is the start of the story.
      await tx`update clients set created_at = ${new Date(startMs)} where id = ${row.id}`;
      return { id: row.id, profileId };
    });
    return new StagedClient(sql, operator.id, made.id, client.currency, made.profileId);
  }

  /** Writes what happens at the instant `atMs` of the stage's clock; switches and checks on demand are not for here. */
  async apply(event: ScenarioHappening, atMs: number, shiftMs: number): Promise<void> {
    switch (event.kind) {
      case 'charge':
        return this.post('charge', -event.amount, `entry-${++this.entries}`, atMs);
      case 'payment':
        return this.post('payment', event.amount, `${this.id}/${event.id}`, atMs);
      case 'adjustment':
        return this.post('adjustment', event.amount, `entry-${++this.entries}`, atMs);
      case 'creditLimit':
        return this.inTransaction(async (tx) => {
          const limit = formatMoney(event.amount);
          await setCreditLimit(tx, { clientId: this.id, limit, actor: narrator, reason: 'scenario', at: atMs });
        });
      case 'temporaryCredit':
        return this.lend(event, atMs, shiftMs);
      case 'cancelTemporaryCredit':
        return this.takeBack(atMs);
      case 'status':
        return this.inTransaction(async (tx) => {
          const before = await lockClient(tx, this.operatorId, this.id, atMs);
          if (!before) throw new Error('the client of the scenario is gone');
          await updateClient(tx, this.operatorId, before, { ...before, status: event.status }, change, atMs);
        });
      case 'profile':
        return this.inTransaction((tx) => this.edit(tx, event.profile));
      case 'checkNow':
      case 'balanceSource':
      case 'mail':
      case 'silence':
      case 'pause':
      case 'resume':
      case 'resetCounter':
      case 'balanceModel':
        return;
    }
  }

  /** The request of a temporary credit as the monitor takes it. */
  requestOf(event: ScenarioHappening & { kind: 'temporaryCredit' }, shiftMs: number): GrantCreditInput {
    return {
      requestId: `${this.id}/${++this.entries}`,
      amount: formatMoney(event.amount),
      validUntil: formatInstant(event.validUntilMs + shiftMs),
      reason: 'scenario',
      actor: narrator,
    };
  }

  /** When the monitor has its next check due, and when a temporary credit ends, as the database knows it. */
  async due(): Promise<DueTimes> {
    const [row] = await this.sql<{ nextCheckAt: Date | null; creditUntil: Date | null }[]>`
      select m.next_check_at as "nextCheckAt", t.valid_until as "creditUntil" from monitors m
      left join temporary_credits t on t.client_id = m.client_id and t.status in ('scheduled', 'active')
      where m.client_id = ${this.id}`;
    return { checkMs: row?.nextCheckAt?.getTime() ?? null, revertMs: row?.creditUntil?.getTime() ?? null };
  }

  /** Id of the temporary credit that is not over. */
  async openGrantId(): Promise<string | null> {
    return (await openTemporaryCredit(this.sql, this.id))?.id ?? null;
  }

  /** The client is deleted: its monitor ends. */
  async leave(): Promise<void> {
    await this.inTransaction(async (tx) => {
      const before = await lockClient(tx, this.operatorId, this.id, 0);
      if (before) await deleteClient(tx, before, change);
    });
  }

  private async lend(
    event: ScenarioHappening & { kind: 'temporaryCredit' },
    atMs: number,
    shiftMs: number,
  ): Promise<void> {
    const request = this.requestOf(event, shiftMs);
    await unlessRefused(grantTemporaryCredit(this.sql, this.id, request, atMs, { warningHours: 0 }));
    await enqueueSignal(this.sql, this.id, 'balanceChanged');
  }

  private async takeBack(atMs: number): Promise<void> {
    const grantId = await this.openGrantId();
    if (grantId === null) return;
    const request = { requestId: `${this.id}/${++this.entries}`, grantId, reason: 'scenario', actor: narrator };
    await unlessRefused(cancelTemporaryCredit(this.sql, this.id, request, atMs));
    await enqueueSignal(this.sql, this.id, 'balanceChanged');
  }

  private async post(
    kind: 'charge' | 'payment' | 'adjustment',
    amount: bigint,
    externalId: string,
    nowMs: number,
  ): Promise<void> {
    const entry = { clientId: this.id, kind, externalId, amount, currency: this.currency, source: 'simulate' };
    await unlessRefused(postEntry(this.sql, entry, { now: nowMs }));
  }

  private async edit(tx: Transaction, profile: ScenarioProfile): Promise<void> {
    const fields = fieldsOf(profile, this.operatorId);
    const before = this.profileId === null ? null : await lockProfile(tx, this.operatorId, this.profileId);
    if (before) {
      await replaceProfile(tx, this.operatorId, before, fields, change);
      return;
    }
    const made = await createProfile(tx, this.operatorId, fields, change);
    await assignProfile(tx, this.operatorId, made, { clientIds: [this.id] }, change);
    this.profileId = made.id;
  }

  private async inTransaction(work: (tx: Transaction) => Promise<void>): Promise<void> {
    await this.sql.begin(work);
  }
}

/** What a story says is refused without effect: a second credit, a payment that was there before. */
async function unlessRefused(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof DomainError) || !isExpectedRefusal(error.code)) throw error;
  }
}

/** Refusals that a scenario may provoke. */
export function isExpectedRefusal(code: string | null | undefined): boolean {
  return code === 'credit_exists' || code === 'client_unlimited' || code === 'credit_not_open' || code === 'conflict';
}

function fieldsOf(profile: ScenarioProfile, resellerId: string): ProfileFields {
  const { rules, ...terms } = profile;
  return { ...terms, resellerId, sortOrder: 100, rules: rules.map((rule) => ({ ...rule, userIds: [] })) };
}

function formatRate(rate: bigint): string {
  const digits = rate.toString().padStart(13, '0');
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`;
}
