import { api, unwrap } from '../../../api/client';
import { t } from '../../../i18n/t';
import { stateText } from '../../../ui/badges/StateBadge';
import type { Target, Task } from './run';

/** One thing that is done to every client of a selection. */
export type BulkAction =
  | { readonly kind: 'check'; readonly reason: string }
  | { readonly kind: 'pause' | 'resume'; readonly reason: string }
  | { readonly kind: 'silence'; readonly until: string; readonly reason: string }
  | { readonly kind: 'assign'; readonly profileId: string; readonly profileName: string; readonly reason: string };

export type BulkKind = BulkAction['kind'];

/** What the API calls it: the right to it is asked by this name. */
export const operations = {
  check: 'checkNow',
  pause: 'pauseMonitor',
  resume: 'resumeMonitor',
  silence: 'silenceMonitor',
  assign: 'assignProfile',
} as const satisfies Record<BulkKind, string>;

export function taskOf(action: BulkAction): Task {
  const one = (client: Target): Promise<string> => actOn(client, action);
  if (action.kind !== 'assign') return { one };
  return {
    one,
    async many(clients, confirmed) {
      await assign(
        clients.map(({ id }) => id),
        action,
        confirmed,
      );
      return t('clients.bulk.uses', { name: action.profileName });
    },
  };
}

/** Does it to one client. @returns what came of it, in words; @throws ApiError where it was refused */
export async function actOn({ id }: Target, action: BulkAction): Promise<string> {
  const { reason } = action;
  const params = { path: { id } };
  switch (action.kind) {
    case 'check': {
      const body = reason === '' ? {} : { reason };
      const checked = await unwrap(api.POST('/v1/clients/{id}/monitor/check', { params, body }));
      const mails = checked.verdicts.filter((verdict) => verdict.reason === 'sent').length;
      return [stateText(checked.state), ...(mails > 0 ? [t('clients.bulk.queued', { n: mails })] : [])].join(' · ');
    }
    case 'pause':
      return stateText((await unwrap(api.POST('/v1/clients/{id}/monitor/pause', { params, body: { reason } }))).state);
    case 'resume':
      return stateText((await unwrap(api.POST('/v1/clients/{id}/monitor/resume', { params, body: { reason } }))).state);
    case 'silence': {
      const body = { until: action.until, reason };
      return stateText((await unwrap(api.POST('/v1/clients/{id}/monitor/silence', { params, body }))).state);
    }
    case 'assign': {
      const { unchanged } = await assign([id], action);
      return t(unchanged === 1 ? 'clients.bulk.alreadyUsed' : 'clients.bulk.uses', { name: action.profileName });
    }
  }
}

/** Gives several clients a profile at once: all of them or none. */
async function assign(
  clientIds: string[],
  { profileId, reason }: Extract<BulkAction, { kind: 'assign' }>,
  confirmed?: number,
): Promise<{ readonly assigned: number; readonly unchanged: number }> {
  const params = { path: { id: profileId } };
  const body = {
    clientIds,
    ...(reason !== '' && { reason }),
    ...(confirmed !== undefined && { confirmNotifications: confirmed }),
  };
  return await unwrap(api.POST('/v1/profiles/{id}/assign', { params, body }));
}
