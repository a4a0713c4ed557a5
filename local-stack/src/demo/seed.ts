import { newWebhookSecret } from '../../../src/api/operations/payments/signature.js';
import { monitorSettings, type Config } from '../../../src/config.js';
import { newClientDefaults, type NewClientFields } from '../../../src/domain/clients/client-fields.js';
import { dayMs, hourMs, minuteMs } from '../../../src/domain/durations.js';
import { toSecond } from '../../../src/domain/monitoring/schedule.js';
import type { Logger } from '../../../src/observability/logger.js';
import { createUser } from '../../../src/services/access/create-user.js';
import { createClient } from '../../../src/services/clients/create-client.js';
import { createWebhookEndpoint } from '../../../src/services/events/webhooks/create-webhook-endpoint.js';
import { createWebhookSource } from '../../../src/services/payments/create-webhook-source.js';
import { createProfile } from '../../../src/services/profiles/create-profile.js';
import { createReseller } from '../../../src/services/resellers/create-reseller.js';
import { recordResellerEntry } from '../../../src/services/resellers/record-reseller-entry.js';
import { createSilence } from '../../../src/services/silences/create-silence.js';
import { updateReseller } from '../../../src/services/resellers/update-reseller.js';
import { hashPassword } from '../../../src/storage/access/passwords.js';
import { createSecretCipher } from '../../../src/storage/access/secret-encryption.js';
import { storePanelPassword } from '../../../src/storage/panel/panel-logins.js';
import { findOperatorId } from '../../../src/storage/resellers/operator.js';
import {
  backdateConfiguration,
  findClientId,
  findFirstKey,
  findUserIds,
  hasAnyClient,
  markEventsEmailed,
} from '../../../src/storage/system/demo-history.js';
import type { Sql } from '../../../src/storage/system/database.js';
import { inTransaction } from '../../../src/storage/system/transaction.js';
import { accountsOf } from './accounts.js';
import { addCard, addGateway, cardOwners, type DemoGateway } from './cards.js';
import { addChannels, channelsOf, type ChannelIds } from './channels.js';
import { addRateNotifications } from './rate-notifications.js';
import { addCompanies } from './companies.js';
import { clients, type DemoClient } from './clients.js';
import {
  billingEmail,
  operatorEmail,
  panelClient,
  plannedSilence,
  subReseller,
  users,
  webhookEndpoint,
  webhookSources,
} from './data.js';
import { details } from './details.js';
import { importsOf } from './imports.js';
import { invoicingRunsOf } from './invoicing.js';
import { entriesOf } from './past/entries.js';
import { PastClient } from './past/past-client.js';
import { replay, type PastMoment } from './past/replay.js';
import { act, addRate, refusePayment, resolveRefusal } from './past/acts.js';
import { rates, refusedPayments, stories } from './past/story.js';
import { World } from './past/world.js';
import { addReferences, type DemoReferences } from './terms.js';
import { profiles, type DemoProfile, type ProfileName } from './profiles.js';

const historyMs = 28 * dayMs;
/** Clients are created one after another, so that their daily checks are spread over some hours. */
const betweenClientsMs = 17 * minuteMs;

type SeedOptions = {
  readonly config: Config;
  readonly logger: Logger;
  readonly now?: number;
  /** absent: no card is registered */
  readonly gateway?: DemoGateway;
};
type Resellers = Readonly<Record<DemoClient['reseller'], string>>;

interface Ids {
  readonly resellers: Resellers;
  readonly profileIds: Readonly<Record<ProfileName, string>>;
  readonly references: DemoReferences;
}

/**
 * Writes the demo data with their four weeks of history, as Lowwater would have left them: everything or, where it is
 * interrupted, nothing. Monitors start once it is committed and continue from there.
 *
 * @param sql connections of the database's owner, who may write what happened at other times
 * @returns the number of clients; null: there are clients already, and nothing was written
 */
export function seed(sql: Sql, { config, logger, now = Date.now(), gateway }: SeedOptions): Promise<number | null> {
  const period = { from: toSecond(now - historyMs), to: toSecond(now) };
  return inTransaction(sql, async (tx) => {
    if (await hasAnyClient(tx)) return null;
    const world = new World({
      ...{ tx, period, logger, operatorId: await findOperatorId(tx), keyId: (await findFirstKey(tx)) ?? '1' },
      settings: {
        monitor: monitorSettings(config),
        creditWarningHours: config.CREDIT_WARNING_HOURS,
        mailDomain: config.MAIL_DOMAIN,
        publicUrl: config.PUBLIC_URL ?? null,
      },
    });
    const resellers = await addResellers(world);
    await addUsers(world, resellers);
    const requester = world.requester(period.from, 'ada');
    const receives = config.SECRET_KEY !== undefined && gateway;
    const channels = receives ? await addChannels(requester, config.SECRET_KEY, gateway) : {};
    const profileIds = await addProfiles(world, channels);
    const references = await addReferences(world);
    await addCompanies(world);
    if (config.SECRET_KEY !== undefined) await addWebhooks(world, config.SECRET_KEY);
    await backdateConfiguration(tx, new Date(period.from));
    await replay(world, [
      ...momentsOf(world, { resellers, profileIds, references }),
      ...accountsOf(world),
      ...importsOf(world, profileIds.default),
      ...invoicingRunsOf(world),
    ]);
    await addRateNotifications(world, references.voiceRates);
    await openPanel(world);
    if (config.SECRET_KEY !== undefined && gateway) await addCards(world, config.SECRET_KEY, gateway);
    await world.at(toSecond(world.period.to - dayMs), () => addSilence(world));
    await markEventsEmailed(tx);
    return clients.length;
  });
}

/** A silence over many clients that has not started. */
async function addSilence(world: World): Promise<void> {
  const { startsInDays, hours, tag, comment } = plannedSilence;
  const startsAt = new Date(world.period.to + startsInDays * dayMs);
  await createSilence(world.requester(world.period.to, 'oleh'), {
    ...{ resellerId: world.operatorId, tag, profileId: null, comment },
    ...{ startsAt, endsAt: new Date(startsAt.getTime() + hours * hourMs) },
  });
}

/** The cards of the client that pays automatically, and of the one that pays in its panel. */
async function addCards(world: World, secretKey: string, gateway: DemoGateway): Promise<void> {
  const { tx, operatorId, period } = world;
  const gatewayId = await addGateway(world.requester(period.to), secretKey, gateway);
  for (const owner of cardOwners) {
    const clientId = await findClientId(tx, owner);
    if (clientId !== null) await addCard(tx, { operatorId, clientId, owner, gatewayId, at: new Date(period.to) });
  }
}

/** The client whose panel is on, with the password that the docs name. */
async function openPanel({ tx, period }: World): Promise<void> {
  const clientId = await findClientId(tx, panelClient.name);
  const hash = await hashPassword(panelClient.password);
  if (clientId !== null) await storePanelPassword(tx, clientId, hash, new Date(period.to));
}

async function addResellers(world: World): Promise<Resellers> {
  const requester = world.requester(world.period.from);
  const patch = { patch: { email: operatorEmail }, reason: null };
  await updateReseller(requester, world.operatorId, patch, () => undefined);
  const sub = {
    ...subReseller,
    ...{ parentId: world.operatorId, locale: 'en', timezone: 'UTC' },
    kind: 'reseller',
    ...{ currency: 'EUR', credit: '1000.00' },
  } as const;
  const { id } = await createReseller(requester, sub, null);
  const entry = { resellerId: id, currency: 'EUR', occurredAt: new Date(world.period.from), source: 'system' };
  await recordResellerEntry(requester, { ...entry, kind: 'payment', externalId: 'R-1', amount: '2500.00', note: null });
  const note = 'Traffic of the first week';
  await recordResellerEntry(requester, { ...entry, kind: 'adjustment', externalId: 'R-2', amount: '-2840.50', note });
  return { operator: world.operatorId, sub: id };
}

async function addUsers(world: World, resellers: Resellers): Promise<void> {
  for (const { reseller, maximumIncrease, digestHour, ...user } of users) {
    await createUser(world.requester(world.period.from), {
      ...{ ...user, resellerId: resellers[reseller], status: 'active', locale: null, timezone: null },
      preferences: digestHour === undefined ? {} : { digestHour },
      maxAmount: maximumIncrease?.amount.amount ?? null,
      currency: maximumIncrease?.amount.currency ?? null,
      maxPercent: maximumIncrease?.percent ?? null,
      maxDays: maximumIncrease?.days ?? null,
    });
  }
  world.setUsers(await findUserIds(world.tx));
}

async function addProfiles(world: World, ids: ChannelIds): Promise<Record<ProfileName, string>> {
  const add = async (name: ProfileName): Promise<string> => {
    const { rules, ...fields }: DemoProfile = profiles[name];
    const row = await createProfile(world.requester(world.period.from, 'ada'), {
      ...{ ...fields, resellerId: world.operatorId },
      rules: rules.map(({ users: emails = [], channels = [], ...rule }) => ({
        ...{ notifyRole: false, inactivityDays: null, emails: [], ...rule, channels: channelsOf(ids, channels) },
        userIds: emails.map((email) => world.userIdOf(email)),
      })),
    });
    return row.id;
  };
  // The ids of the manual's profiles come first.
  return {
    default: await add('default'),
    closely: await add('closely'),
    wholesale: await add('wholesale'),
    retail: await add('retail'),
  };
}

/** What posts payments, and where events go. */
async function addWebhooks(world: World, secretKey: string): Promise<void> {
  const requester = world.requester(world.period.from, 'ada');
  const cipher = createSecretCipher(secretKey);
  for (const name of webhookSources) {
    await createWebhookSource(requester, cipher, { name, secret: newWebhookSecret() });
  }
  await createWebhookEndpoint(requester, cipher, { ...webhookEndpoint, secret: newWebhookSecret() });
}

/** All that happened, in no order. */
function momentsOf(world: World, ids: Ids): PastMoment[] {
  const { period } = world;
  const before = (daysAgo: number): number => toSecond(period.to - daysAgo * dayMs);
  const ofClients = clients.flatMap((plan, index): PastMoment[] => {
    const offset = index * betweenClientsMs;
    const createdAt = plan.createdDaysAgo === undefined ? period.from + offset : before(plan.createdDaysAgo) + offset;
    const { name } = plan;
    const story = stories[name];
    return [
      {
        at: createdAt,
        run: async (past) => {
          past.add(await addClient(world, plan, createdAt, ids));
          await past.get(name).wake(createdAt);
        },
      },
      ...entriesOf(plan, createdAt, period).map((entry) => ({
        at: entry.at,
        run: (past: Parameters<PastMoment['run']>[0]) => past.get(name).record(entry),
      })),
      ...(story?.acts ?? []).map(([daysAgo, done]): PastMoment => {
        const at = before(daysAgo);
        return { at, run: (past) => act(world, past.get(name), at, done, ids.profileIds) };
      }),
    ];
  });
  const ofRates = rates.map(([daysAgo, from, to, rate]): PastMoment => {
    const at = before(daysAgo);
    return {
      at,
      async run(past) {
        await addRate(world, at, [from, to, rate]);
        for (const client of past.all()) if (client.plan.currency === from) await client.reload(at);
      },
    };
  });
  const ofRefusals = refusedPayments.flatMap((payment): PastMoment[] => [
    ...payment.daysAgo.map((daysAgo) => ({
      at: before(daysAgo),
      run: () => refusePayment(world, before(daysAgo), payment),
    })),
    ...(payment.resolved
      ? [
          {
            at: before(payment.resolved.daysAgo),
            run: () => resolveRefusal(world, before(payment.resolved?.daysAgo ?? 0), payment),
          },
        ]
      : []),
  ]);
  return [...ofClients, ...ofRates, ...ofRefusals];
}

async function addClient(world: World, plan: DemoClient, createdAt: number, ids: Ids): Promise<PastClient> {
  const story = stories[plan.name];
  const creditLimit = story?.creditLimit ?? plan.creditLimit;
  const fields: NewClientFields = {
    ...newClientDefaults,
    ...details[plan.name],
    ...{ name: plan.name, currency: plan.currency, balanceModel: plan.balanceModel, creditLimit },
    status: 'active',
    ...{ externalId: plan.externalId, billingEmail: billingEmail(plan.name), tags: [...plan.tags, 'demo'] },
    ...{ resellerId: ids.resellers[plan.reseller], profileId: ids.profileIds[story?.profile ?? plan.profile] },
    ...{
      warningThresholds: plan.warningThresholds ?? [],
      ...plan.lowBalance,
      paymentTermsId: plan.paymentTerms ? ids.references.terms[plan.paymentTerms] : null,
    },
    ...{ taxProfileId: plan.paymentTerms ? ids.references.vat : null, autoinvoicing: plan.autoinvoicing ?? false },
    invoiceTemplateId: plan.invoiceTemplate ? ids.references.letterhead : null,
    ...{ clientTemplateId: plan.hasTemplate ? ids.references.carriers : null },
    ...{ customerClassId: plan.tags.includes('wholesale') ? ids.references.wholesale : null },
    // Carriers send calls and take them.
    ...{ originationRateTableId: plan.tags.includes('voice') ? ids.references.voiceRates : null },
    ...{ terminationRateTableId: plan.hasTemplate ? ids.references.voiceRates : null },
    ...{ timezone: plan.timezone ?? 'UTC', locale: plan.locale ?? null },
  };
  const requester = world.requester(createdAt, 'ada');
  const { id } = await world.at(createdAt, () =>
    createClient(requester, fields, { openingBalance: '0', reason: null }),
  );
  return new PastClient(world, plan, id, createdAt, creditLimit);
}
