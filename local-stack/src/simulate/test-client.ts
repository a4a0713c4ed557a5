import type { GrantCreditInput } from '../../../src/contract/temporary-credit.js';
import { newClientDefaults } from '../../../src/domain/clients/client-fields.js';
import { formatMoney, formatRate } from '../../../src/domain/money.js';
import type { ProfileFields } from '../../../src/domain/profiles/profile.js';
import { change as carryOut, recordedAll, type Requester } from '../../../src/services/change.js';
import { cancelTemporaryCredit } from '../../../src/services/credit/cancel-temporary-credit.js';
import { grantTemporaryCredit } from '../../../src/services/credit/grant-temporary-credit.js';
import { limitCredit } from '../../../src/services/credit/limit-credit.js';
import { recordEntry } from '../../../src/services/ledger/record-entries.js';
import { assignProfile } from '../../../src/services/profiles/assign-profile.js';
import { createProfile } from '../../../src/services/profiles/create-profile.js';
import { editProfile } from '../../../src/services/profiles/edit-profile.js';
import { createRate } from '../../../src/services/rates/create-rate.js';
import { createClient } from '../../../src/services/clients/create-client.js';
import { deleteClient } from '../../../src/services/clients/delete-client.js';
import { updateClientRow } from '../../../src/storage/clients/client-writes.js';
import { lockClient } from '../../../src/storage/clients/clients.js';
import type { Sql, Transaction } from '../../../src/storage/system/database.js';
import { ensureOperator } from '../../../src/storage/resellers/operator.js';
import { enqueueSignal } from '../../../src/storage/monitoring/outbox.js';
import { operatorScope } from '../../../src/storage/system/scope.js';
import { deleteRates, readPlan, setAutoPayment, setCreatedAt } from '../../../src/storage/system/simulation.js';
import { openTemporaryCredit } from '../../../src/storage/credit/temporary-credits-read.js';
import { ignoreExpectedRefusal } from '../../../src/simulate/expected-refusals.js';
import {
  formatInstant,
  scenarioActor,
  type Scenario,
  type ScenarioClient,
  type ScenarioEvent,
  type ScenarioProfile,
} from '../../../src/simulate/scenario.js';
import { createChannels, ruleChannels, type ChannelIds } from './test-channels.js';
import type { TestEnvironment } from './test-environment.js';
import { TestSilences } from './test-silences.js';

const change = { actor: scenarioActor, reason: 'scenario' };

type TemporaryCredit = ScenarioEvent & { readonly kind: 'temporaryCredit' };

/** What a monitor planned, as the read model has it. */
export interface PlannedWork {
  /** null: before the first check */
  readonly checkMs: number | null;
  /** a step of a temporary credit, the end of a silence, of a wait ...; null: nothing but the check */
  readonly wakeMs: number | null;
  /** a notification has not ended: its attempts, and their end, come at other instants */
  readonly isDelivering: boolean;
}

/** The client of a scenario in the database: a new one for each run, its instants moved by one constant. */
export class TestClient {
  private constructor(
    private readonly sql: Sql,
    private readonly operatorId: string,
    readonly id: string,
    readonly currency: string,
    private readonly channelIds: ChannelIds,
    private profileId: string | null,
  ) {}

  private ids = 0;
  private readonly silences = new TestSilences();

  /** Creates rates, channels, profile, and client of a scenario whose instants are moved by `shiftMs`. */
  static async create(
    { sql, channels }: Pick<TestEnvironment, 'sql' | 'channels'>,
    scenario: Scenario,
    shiftMs: number,
  ): Promise<TestClient> {
    const operator = await ensureOperator(sql, 'Operator');
    await deleteRates(sql);
    const { client, profile } = scenario;
    // Before all times: no rate is effective yet, so that the dispatcher signals for each.
    const requester = requesterAt(sql, operator.id, Number.NEGATIVE_INFINITY);
    for (const rate of scenario.rates) {
      const row = { from: rate.from, to: rate.to, rate: formatRate(rate.rate), at: new Date(rate.atMs + shiftMs) };
      await createRate(requester, row, change.reason, null);
    }
    const channelIds = await createChannels(sql, requester, channels, scenario.channels);
    const profileId = profile
      ? (await createProfile(requester, fieldsOf(profile, operator.id, channelIds), change.reason)).id
      : null;
    const startMs = scenario.startMs + shiftMs;
    const fields = {
      ...newClientDefaults,
      name: client.name,
      resellerId: operator.id,
      profileId,
      currency: client.currency,
      balanceModel: client.balanceModel,
      // Past the service, which refuses a limit next to "No Limit": the engine leaves it aside until there is another model.
      creditLimit: client.balanceModel === 'unlimited' ? '0.00' : formatMoney(client.creditLimit),
      status: client.status,
      billingEmail: client.billingEmail,
      ownerEmail: client.ownerEmail,
      warningThresholds: client.warningThresholds,
      checkEveryMinutes: client.checkEveryMinutes,
      notifyClient: client.notifyClient,
      notifyAdmin: client.notifyAdmin,
      lowBalanceThreshold: client.lowBalanceThreshold,
      lowBalanceCapacity: client.lowBalanceCapacity,
      lowBalanceRestoreAt: client.lowBalanceRestoreAt,
      originationCapacity: client.originationCapacity,
      timezone: client.timezone,
      tags: [...client.tags],
      locale: 'en',
    };
    const openingBalance = formatMoney(client.openingBalance);
    const { reason } = change;
    const { id } = await createClient(requesterAt(sql, operator.id, startMs), fields, { openingBalance, reason });
    // A client that was never charged is inactive since its creation, which is the start of the story.
    await setCreatedAt(sql, id, new Date(startMs));
    if (client.autoPayment) {
      const { autoPaymentThreshold: threshold, autoPaymentRepeatWhileLow: repeats } = client;
      await setAutoPayment(sql, id, { threshold, repeats });
    }
    const made = new TestClient(sql, operator.id, id, client.currency, channelIds, profileId);
    await made.limitCredit(client.creditLimit, startMs);
    return made;
  }

  /**
   * Writes what happens at the instant `atMs` of the test server's clock. Requests to the monitor, and what is outside
   * of the database, are the runner's.
   */
  async write(event: ScenarioEvent, atMs: number, shiftMs: number): Promise<void> {
    switch (event.kind) {
      case 'charge':
        return this.post('charge', -event.amount, this.newId(), atMs);
      case 'payment':
        return this.post('payment', event.amount, `${this.id}/${event.id}`, atMs);
      case 'adjustment':
        return this.post('adjustment', event.amount, this.newId(), atMs);
      case 'creditLimit':
        return this.limitCredit(event.amount, atMs);
      case 'temporaryCredit':
        return this.grantCredit(event, atMs, shiftMs);
      case 'cancelTemporaryCredit':
        return this.cancelCredit(atMs);
      case 'status':
        return this.edit({ status: event.status }, atMs);
      case 'balanceModel':
        return this.edit({ balanceModel: event.balanceModel }, atMs);
      case 'profile':
        return this.editProfile(event.profile, atMs);
      case 'clientsSilence':
        return this.silences.create(this.requesterAt(atMs), event, {
          profileId: event.isOfProfile ? this.profileId : null,
          shiftMs,
        });
      case 'expireSilence':
        return this.silences.expire(this.requesterAt(atMs), event.id);
      case 'tags':
        return this.edit({ tags: [...event.tags] }, atMs);
      case 'balanceSource':
        // As when a source is found to be down, or to answer again.
        return enqueueSignal(this.sql, this.id, 'balanceChanged');
      case 'checkNow':
      case 'mail':
      case 'channel':
      case 'silence':
      case 'pause':
      case 'resume':
      case 'resetCounter':
        return;
    }
  }

  async plannedWork(): Promise<PlannedWork> {
    const row = await readPlan(this.sql, this.id);
    return {
      checkMs: row?.nextCheckAt?.getTime() ?? null,
      wakeMs: row?.nextWakeAt?.getTime() ?? null,
      isDelivering: Object.values(row?.rules ?? {}).some(({ pending }) => pending !== undefined),
    };
  }

  /** An id that nothing else of this client has. */
  newId(): string {
    return `${this.id}/${++this.ids}`;
  }

  creditRequest(event: TemporaryCredit, requestId: string, shiftMs: number): GrantCreditInput {
    const validUntil = formatInstant(event.validUntilMs + shiftMs);
    return { ...change, requestId, amount: formatMoney(event.amount), validUntil };
  }

  /** Id of the scheduled or active grant; null: none. */
  async openGrantId(): Promise<string | null> {
    return (await openTemporaryCredit(this.sql, this.id))?.id ?? null;
  }

  /** The client is deleted: its monitor ends. Its silences cover no client of a later story. */
  async delete(): Promise<void> {
    await this.silences.expireAll(this.requesterAt(Date.now()));
    await deleteClient(
      requesterAt(this.sql, this.operatorId, Date.now()),
      this.id,
      { reason: change.reason },
      () => undefined,
    );
  }

  /** As an edit of the client does, which sets the limit also while the client is unlimited. */
  private async limitCredit(amount: bigint, atMs: number): Promise<void> {
    const requester = this.requesterAt(atMs);
    const wish = { limit: formatMoney(amount), reason: change.reason };
    await carryOut(requester, async (tx) => {
      const entry = await limitCredit(tx, requester, this.id, wish);
      return recordedAll(undefined, entry ? [entry] : []);
    });
  }

  private async grantCredit(event: TemporaryCredit, atMs: number, shiftMs: number): Promise<void> {
    const request = this.creditRequest(event, this.newId(), shiftMs);
    await ignoreExpectedRefusal(grantTemporaryCredit(this.requesterAt(atMs), this.id, request, { warningHours: 0 }));
    await enqueueSignal(this.sql, this.id, 'balanceChanged');
  }

  private async cancelCredit(atMs: number): Promise<void> {
    const grantId = await this.openGrantId();
    if (grantId === null) return;
    const request = { requestId: this.newId(), grantId, reason: change.reason };
    await ignoreExpectedRefusal(cancelTemporaryCredit(this.requesterAt(atMs), this.id, request));
    await enqueueSignal(this.sql, this.id, 'balanceChanged');
  }

  private async edit(
    fields: Partial<Pick<ScenarioClient, 'status' | 'balanceModel'>> & { readonly tags?: string[] },
    atMs: number,
  ): Promise<void> {
    // A credit needs a finite limit: a client without limit keeps none.
    if (fields.balanceModel === 'unlimited') await this.cancelCredit(atMs);
    await this.inTransaction(async (tx) => {
      const before = await lockClient(tx, this.operatorId, this.id, atMs);
      if (!before) throw new Error('the client of the scenario is gone');
      const status = before.status === 'stop' ? 'stop' : 'active';
      // Past the service, which refuses another model while a warning threshold is a share: the engine turns it off.
      await updateClientRow(tx, before, { ...before, status, ...fields }, before.ownFields);
      await enqueueSignal(tx, this.id, 'configurationChanged');
    });
  }

  private async post(
    kind: 'charge' | 'payment' | 'adjustment',
    amount: bigint,
    externalId: string,
    nowMs: number,
  ): Promise<void> {
    const entry = { clientId: this.id, kind, externalId, amount, currency: this.currency, source: 'simulate' };
    await ignoreExpectedRefusal(recordEntry(this.requesterAt(nowMs), entry, { now: nowMs }));
  }

  private async editProfile(profile: ScenarioProfile, atMs: number): Promise<void> {
    const requester = this.requesterAt(atMs);
    const fields = fieldsOf(profile, this.operatorId, this.channelIds);
    const unconfirmed = { reason: change.reason, confirm: null };
    if (this.profileId !== null) {
      await editProfile(requester, this.profileId, {
        ...unconfirmed,
        fieldsFor: () => fields,
        precondition: () => undefined,
      });
      return;
    }
    const made = await createProfile(requester, fields, change.reason);
    await assignProfile(requester, made.id, { clientIds: [this.id] }, unconfirmed);
    this.profileId = made.id;
  }

  private requesterAt(atMs: number): Requester {
    return requesterAt(this.sql, this.operatorId, atMs);
  }

  private async inTransaction(work: (tx: Transaction) => Promise<void>): Promise<void> {
    await this.sql.begin(work);
  }
}

function requesterAt(sql: Sql, operatorId: string, now: number): Requester {
  return { scope: operatorScope(sql, operatorId), actor: scenarioActor, now };
}

function fieldsOf(profile: ScenarioProfile, resellerId: string, ids: ChannelIds): ProfileFields {
  const { rules, ...terms } = profile;
  const fields = rules.map((rule) => ({ ...rule, userIds: [], channels: ruleChannels(rule, ids) }));
  return { ...terms, resellerId, sortOrder: 100, rules: fields };
}
