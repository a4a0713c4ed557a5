import type { InheritableField } from '../../../domain/clients/client-fields.js';
import {
  changedNames,
  clearedOwn,
  fallbackOf,
  type TemplateValues,
} from '../../../domain/clients/client-inheritance.js';
import type { ReadyProfile } from '../../../domain/profiles/effect.js';
import type { ProfileClient } from '../../../domain/profiles/profile-client.js';
import { readTemplatesOfClients, type ClientTemplateRow } from '../../../storage/clients/templates/client-templates.js';
import { readProfileIdsOf, readTemplateProfileIds } from '../../../storage/profiles/profile-clients.js';
import { readProfilesById } from '../../../storage/profiles/profiles.js';
import type { Queries } from '../../../storage/system/database.js';
import type { Requester } from '../../change.js';
import type { PlannedChange } from '../../profiles/compute-impact.js';
import { readyProfiles } from '../../profiles/ready-profiles.js';

/** What decides whether a client is low, of what a template sets. */
type Deciding = Pick<ProfileClient, 'profileId' | 'balanceModel' | 'creditLimit' | 'lowBalanceThreshold'>;
const deciding = [
  'profileId',
  'balanceModel',
  'creditLimit',
  'lowBalanceThreshold',
] as const satisfies readonly (keyof Deciding & InheritableField)[];

/** Compares the clients of a template as they are and with the values that it would have. */
export function planTemplateEdit(
  { scope, now }: Requester,
  stored: ClientTemplateRow,
  values: TemplateValues,
): Promise<Omit<PlannedChange, 'selection'>> {
  const changed = deciding.filter((name) => changedNames(stored.values, values).includes(name));
  return scope.read(async (q) => {
    const used = await readTemplateProfileIds(q, stored.id);
    const ready = await readyById(q, [...used, values.profileId ?? null], now);
    return {
      ...between(ready),
      changed: (client) => {
        const inherited = changed.filter((name) => !client.ownFields?.includes(name));
        const next = inherited.map((name) => [name, name in values ? values[name] : fallbackOf(name, '')]);
        return { ...client, ...(Object.fromEntries(next) as Partial<Deciding>) };
      },
    };
  });
}

/** Compares clients as they are and with another template; null: with none. */
export function planTemplateAssignment(
  { scope, now }: Requester,
  clientIds: readonly string[],
  values: TemplateValues | null,
  clearOwn: boolean,
): Promise<Omit<PlannedChange, 'selection'>> {
  return scope.read(async (q) => {
    const templates = await readTemplatesOfClients(q, clientIds);
    const used = await readProfileIdsOf(q, clientIds);
    const ready = await readyById(q, [...used, values?.profileId ?? null], now);
    return {
      ...between(ready),
      changed: (client) => {
        const own = client.ownFields ?? [];
        const cleared = clearOwn && values ? clearedOwn(own, values) : {};
        const lost = templates.get(client.id) ?? {};
        const valueOf = (name: (typeof deciding)[number]): unknown => {
          if (own.includes(name) && !(name in cleared)) return client[name];
          if (values && name in values) return values[name];
          return name in cleared || name in lost ? fallbackOf(name, '') : client[name];
        };
        return {
          ...client,
          ...(Object.fromEntries(deciding.map((name) => [name, valueOf(name)])) as Partial<Deciding>),
        };
      },
    };
  });
}

/** Compares one client as it is and with other values. */
export function planClientChange(
  { scope, now }: Requester,
  before: Pick<Deciding, 'profileId'>,
  after: Deciding,
): Promise<Omit<PlannedChange, 'selection'>> {
  const { profileId, balanceModel, creditLimit, lowBalanceThreshold = null } = after;
  return scope.read(async (q) => ({
    ...between(await readyById(q, [before.profileId, profileId], now)),
    changed: (client) => ({ ...client, profileId, balanceModel, creditLimit, lowBalanceThreshold }),
  }));
}

async function readyById(
  q: Queries,
  ids: readonly (string | null)[],
  now: number,
): Promise<ReadonlyMap<string, ReadyProfile>> {
  const wanted = new Set(ids.filter((id) => id !== null));
  return readyProfiles(q, await readProfilesById(q, [...wanted]), now);
}

function between(ready: ReadonlyMap<string, ReadyProfile>): Pick<PlannedChange, 'before' | 'after'> {
  const of = ({ profileId }: ProfileClient): ReadyProfile | null => ready.get(profileId ?? '') ?? null;
  return { before: of, after: of };
}
