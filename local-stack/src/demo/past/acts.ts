import type { CapInput } from '../../../../src/contract/temporary-credit.js';
import { dayMs } from '../../../../src/domain/durations.js';
import { DomainError } from '../../../../src/domain/errors.js';
import { toSecond } from '../../../../src/domain/monitoring/schedule.js';
import { deleteClient } from '../../../../src/services/clients/delete-client.js';
import { updateClient } from '../../../../src/services/clients/update-client.js';
import { cancelTemporaryCredit } from '../../../../src/services/credit/cancel-temporary-credit.js';
import { changeTemporaryCredit } from '../../../../src/services/credit/change-temporary-credit.js';
import { grantTemporaryCredit } from '../../../../src/services/credit/grant-temporary-credit.js';
import { createCreditRequest } from '../../../../src/services/credit/requests/create-credit-request.js';
import { setCreditLimit } from '../../../../src/services/credit/set-credit-limit.js';
import { resolveEvent } from '../../../../src/services/events/resolve-event.js';
import { assignProfile } from '../../../../src/services/profiles/assign-profile.js';
import { createRate } from '../../../../src/services/rates/create-rate.js';
import { findOpenGrant } from '../../../../src/storage/credit/temporary-credit-rows.js';
import { raiseRefusedPayments } from '../../../../src/storage/events/refused-payments.js';
import { findOpenEvent } from '../../../../src/storage/system/demo-history.js';
import { endMonitor } from '../../../../src/storage/monitoring/monitors.js';
import { users } from '../data.js';
import type { ProfileName } from '../profiles.js';
import type { PastClient } from './past-client.js';
import type { PastAct, Person, RefusedPayment } from './story.js';
import type { World } from './world.js';

/** What users did in the past, through the services that carry it out today. */

export async function act(
  world: World,
  client: PastClient,
  now: number,
  done: PastAct,
  profileIds: Readonly<Record<ProfileName, string>>,
): Promise<void> {
  const { id } = client;
  const requester = world.requester(now, done.by);
  const { reason } = done;
  const settings = { warningHours: world.settings.creditWarningHours };
  const ahead = (daysAgo: number): string => new Date(toSecond(world.period.to - daysAgo * dayMs)).toISOString();
  const asked = { requestId: `demo-${id}-${now}`, reason, actor: requester.actor };
  const { actor } = requester;
  const anyVersion = (): void => undefined;
  const grantId = async (): Promise<string> => (await findOpenGrant(world.tx, id))?.id ?? '';
  switch (done.kind) {
    case 'limit': {
      const { limit } = done;
      await world.at(now, () => setCreditLimit(requester, id, { limit, reason }, anyVersion));
      return client.reload(now, { creditLimit: limit });
    }
    case 'grant': {
      const { amount, percent, from, until } = done;
      const terms = {
        ...{ ...asked, validUntil: ahead(until) },
        ...(amount !== undefined && { amount }),
        ...(percent !== undefined && { percent }),
        ...(from !== undefined && { from: ahead(from) }),
      };
      await world.at(now, () => grantTemporaryCredit(requester, id, terms, settings));
      return client.reload(now);
    }
    case 'request': {
      const { amount } = done;
      const terms = {
        requestId: asked.requestId,
        reason,
        amount,
        fromMs: null,
        untilMs: Date.parse(ahead(done.until)),
      };
      const wanted = { kind: 'temporary', ...terms } as const;
      const granter = { cap: maximumOf(done.by), userId: requester.actor.id.replace('user:', '') };
      await world.at(now, () => createCreditRequest(requester, id, wanted, granter));
      return;
    }
    case 'extendGrant': {
      const validUntil = ahead(done.until);
      const terms = { ...asked, grantId: await grantId(), validUntil };
      await world.at(now, () => changeTemporaryCredit(requester, id, terms, settings));
      return client.reload(now);
    }
    case 'cancelGrant': {
      const terms = { ...asked, grantId: await grantId() };
      await world.at(now, () => cancelTemporaryCredit(requester, id, terms));
      return client.reload(now);
    }
    case 'stop':
      await world.at(now, () => updateClient(requester, id, { patch: { status: 'stop' }, reason }, anyVersion));
      return client.reload(now, { isStopped: true });
    case 'delete':
      await world.at(now, async () => {
        await deleteClient(requester, id, { reason }, anyVersion);
        await endMonitor(world.tx, id);
      });
      client.isDeleted = true;
      return;
    case 'assign': {
      const profileId = profileIds[done.profile];
      await world.at(now, () => assignProfile(requester, profileId, { clientIds: [id] }, { reason, confirm: null }));
      return client.reload(now);
    }
    case 'pause':
      return client.ask(now, { kind: 'pause', actor, reason });
    case 'check':
      return client.ask(now, { kind: 'checkNow', actor, reason });
    case 'silence':
      return client.ask(now, { kind: 'silence', until: toSecond(Date.parse(ahead(done.until))), actor, reason });
    case 'reset':
      return client.ask(now, { kind: 'resetRule', rule: done.rule, actor, reason });
  }
}

/** The maximum possible increase of a user of the demo. */
function maximumOf(person: Person): CapInput {
  const maximum = users.find(({ email }) => email.startsWith(`${person}@`))?.maximumIncrease;
  return maximum ? { maxAmount: maximum.amount.amount, maxPercent: maximum.percent, maxDays: maximum.days } : {};
}

export async function addRate(
  world: World,
  now: number,
  [from, to, rate]: readonly [string, string, string],
): Promise<void> {
  const requester = world.requester(now, 'ada');
  const added = { from, to, rate, at: new Date(now) };
  await world.at(now, () => createRate(requester, added, null, null));
  world.addRate(added);
}

export async function refusePayment(world: World, now: number, payment: RefusedPayment): Promise<void> {
  const { paymentId, amount, currency, externalClientId, source, code, detail } = payment;
  const refused = {
    ...{ paymentId, amount, currency, client: { externalId: externalClientId }, source: `webhook:${source}` },
    error: new DomainError(code, detail, '/data/externalClientId'),
  };
  const context = { withinReseller: world.operatorId, atMs: now };
  await raiseRefusedPayments(world.tx, [refused], context);
}

export async function resolveRefusal(
  world: World,
  now: number,
  { paymentId, resolved }: RefusedPayment,
): Promise<void> {
  const eventId = await findOpenEvent(world.tx, paymentId);
  if (eventId === null || !resolved) return;
  await world.at(now, () => resolveEvent(world.requester(now, resolved.by), eventId, resolved.reason));
}
