import { advanceIn } from '../../../src/activities/rates/compose-rates.js';
import { dayMs, hourMs } from '../../../src/domain/durations.js';
import { noTerm, type AgreementFields } from '../../../src/domain/rates/agreements/agreement.js';
import { createAgreement } from '../../../src/services/rates/agreements/agreements.js';
import { updateRateTable } from '../../../src/services/rates/tables/rate-tables.js';
import { createTableRate } from '../../../src/services/rates/tables/table-rates.js';
import { claimRateNotifications } from '../../../src/storage/rates/notifications/rate-notification-queue.js';
import {
  endRateNotification,
  findRateNotification,
} from '../../../src/storage/rates/notifications/rate-notifications.js';
import { findClientId } from '../../../src/storage/system/demo-history.js';
import { clients } from './clients.js';
import { endPastNotification } from './past/mail.js';
import type { World } from './past/world.js';

const weekly: Omit<AgreementFields, 'resellerId'> = {
  ...{ name: 'Carriers, 7 days', notificationDays: { mode: 'weekly', days: [1] }, hour: 9, timezone: 'Europe/Kyiv' },
  terms: {
    ...{ new: noTerm, decreased: noTerm, unchanged: noTerm },
    increased: { value: 7, unit: 'days_from_midnight' },
    closed: { value: 7, unit: 'days_from_midnight' },
  },
};

/** Rates that were announced to carriers a few days ago, and those that are announced next Monday, by an agreement. */
export async function addRateNotifications(world: World, tableId: string): Promise<void> {
  const { tx, operatorId, period } = world;
  const changedAt = period.to - 4 * dayMs;
  await world.at(changedAt, () => addRate(world, tableId, changedAt, ['44', 'United Kingdom, fixed', '0.0079']));
  for (const id of await claimRateNotifications(tx, clients.length)) {
    const dueAt = (await findRateNotification(tx, id))?.dueAt.getTime() ?? changedAt;
    await world.at(dueAt, () => send(world, id, dueAt));
  }
  const requester = world.requester(period.to - 2 * hourMs, 'ada');
  await world.at(requester.now, async () => {
    const agreement = await createAgreement(requester, { ...weekly, resellerId: operatorId }, null);
    const edit = { patch: { agreementId: agreement.id }, reason: null };
    await updateRateTable(requester, tableId, edit, () => undefined);
    await addRate(world, tableId, requester.now, ['33', 'France, fixed', '0.0061']);
  });
}

async function addRate(
  world: World,
  tableId: string,
  now: number,
  [code, codeName, rate]: readonly [string, string, string],
): Promise<void> {
  const row = {
    ...{ code, codeName, rate, effectiveFrom: new Date(now + 14 * dayMs), endsAt: null },
    ...{ minVolume: 1, interval: 1, graceVolume: 0, setupFee: '0', timeProfile: 'all', tags: [], notes: null },
    ...({ policy: 'regular', status: 'active' } as const),
  };
  await createTableRate(world.requester(now, 'ada'), tableId, row, null);
}

async function send(world: World, id: string, at: number): Promise<void> {
  const { tx } = world;
  await advanceIn(tx, world.claim, { rateNotificationId: id, at });
  const row = await findRateNotification(tx, id);
  if (!row?.notificationId) return;
  for (const client of clients) {
    if ((await findClientId(tx, client.name)) !== row.clientId) continue;
    await endPastNotification(world, client, row.notificationId, at);
  }
  await endRateNotification(tx, id);
}
