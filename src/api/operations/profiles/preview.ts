import { setImmediate } from 'node:timers/promises';
import { findProfile, type ProfileFields, type ProfileRow } from '../../../storage/profiles.js';
import { readProfileClients, readRatesInto, readUserEmails } from '../../../storage/profile-clients.js';
import { requireOwner } from '../../../storage/resellers.js';
import { requireUsers } from '../../../storage/users.js';
import { ok } from '../../answers.js';
import type { ApiContext, Caller } from '../../context.js';
import { defineOperation } from '../../operation.js';
import { reference, timeText } from '../../schemas.js';
import { z } from '../../zod.js';
import { fieldsOf, warningsOf } from './convert.js';
import { effectOn, readyProfile, type ClientEffect, type Notified } from './effect.js';
import { previewSchema } from './preview-schema.js';
import { existing } from './read.js';
import { profileBody, profileExample } from './schema.js';

const shown = 50;
const atOnce = 500;

export const previewProfile = defineOperation({
  id: 'previewProfile',
  method: 'post',
  path: '/v1/profiles/preview',
  area: 'profiles',
  summary: 'Tell what a draft of a profile would do',
  description:
    'Puts the clients of `profileId` to the one decision twice, under the profile as it is and as the draft says, with ' +
    'their balances and counts of this instant. Nothing is changed and nobody is told.',
  scope: 'profiles:read',
  request: {
    body: z.strictObject({
      profile: profileBody,
      profileId: reference.optional().openapi({ description: 'The profile that is being edited; absent: a new one' }),
    }),
  },
  example: { profileId: '1', profile: profileExample },
  responses: { 200: { description: 'The effect', schema: previewSchema } },
  problems: ['not_found', 'conflict'],
  async handler({ body, caller, context, now }) {
    const profile = await profileOf(context, caller, body.profileId);
    const draft = fieldsOf(body.profile, profile?.resellerId ?? caller.resellerId);
    await refuseStrangers(context, caller, draft, profile);
    const effects = profile ? await effectsOf(context, caller, profile, draft, now) : { all: [], rates: new Map() };
    return ok(previewJson(profile, draft, effects, now));
  },
});

async function profileOf(context: ApiContext, caller: Caller, id: string | undefined): Promise<ProfileRow | null> {
  if (id === undefined) return null;
  return existing(await findProfile(context.sql, caller.resellerId, id), id, '/profileId');
}

/** What saving the draft would refuse is refused here too, at its place in this body. */
async function refuseStrangers(
  context: ApiContext,
  caller: Caller,
  draft: ProfileFields,
  profile: ProfileRow | null,
): Promise<void> {
  const users = usersOf(draft);
  await context.sql.begin(async (tx) => {
    if (draft.resellerId !== profile?.resellerId) {
      await requireOwner(tx, caller.resellerId, draft.resellerId, '/profile/resellerId');
    }
    await requireUsers(tx, caller.resellerId, users, profile ? usersOf(profile) : [], '/profile/userRule/users');
  });
}

function usersOf(fields: ProfileFields): readonly string[] {
  return fields.rules.flatMap((rule) => rule.userIds);
}

interface Effects {
  readonly all: readonly ClientEffect[];
  readonly rates: ReadonlyMap<string, string>;
}

async function effectsOf(
  context: ApiContext,
  caller: Caller,
  profile: ProfileRow,
  draft: ProfileFields,
  now: number,
): Promise<Effects> {
  const { sql } = context;
  const clients = await readProfileClients(sql, caller.resellerId, profile.id, now);
  const currencies = [...new Set(clients.map((client) => client.currency))];
  const [userEmails, ratesBefore, ratesAfter] = await Promise.all([
    readUserEmails(sql, caller.resellerId, [...usersOf(draft), ...usersOf(profile)]),
    readRatesInto(sql, currencies, profile.currency, now),
    readRatesInto(sql, currencies, draft.currency, now),
  ]);
  const before = readyProfile(profile, ratesBefore, userEmails);
  const after = readyProfile(draft, ratesAfter, userEmails);
  const all: ClientEffect[] = [];
  for (let from = 0; from < clients.length; from += atOnce) {
    // Other requests have their turn in between.
    if (from > 0) await setImmediate();
    all.push(...clients.slice(from, from + atOnce).map((client) => effectOn(client, before, after, now)));
  }
  return { all, rates: ratesAfter };
}

type Preview = z.input<typeof previewSchema>;

function previewJson(profile: ProfileRow | null, draft: ProfileFields, { all, rates }: Effects, now: number): Preview {
  const mailed = (notified: readonly Notified[]): boolean => notified.length > 0;
  const enters = all.filter(({ before, after }) => mailed(after.notified) && !mailed(before.notified));
  const leaves = all.filter(({ before, after }) => mailed(before.notified) && !mailed(after.notified));
  const unreachable = all.filter(({ unheard }) => unheard.all);
  return {
    profileId: profile?.id ?? null,
    clients: all.length,
    at: timeText(new Date(now)),
    notified: bothCounts(all, (outcome) => mailed(outcome.notified)),
    low: bothCounts(all, (outcome) => outcome.isLow),
    enters: {
      count: enters.length,
      data: enters.slice(0, shown).map((effect) => affected(effect, effect.after.notified)),
    },
    leaves: {
      count: leaves.length,
      data: leaves.slice(0, shown).map((effect) => affected(effect, effect.before.notified)),
    },
    currencies: otherCurrencies(all, draft, rates),
    unreachable: {
      count: unreachable.length,
      data: unreachable.slice(0, shown).map(({ client, unheard }) => ({
        clientId: client.id,
        name: client.name,
        rules: [...unheard.rules],
      })),
    },
    undecided: undecidedCounts(all),
    warnings: warningsOf(draft).map(({ pointer, detail }) => ({
      pointer: pointer.replace('#/', '#/profile/'),
      detail,
    })),
    summary: summaryOf(draft),
  };
}

function bothCounts(
  all: readonly ClientEffect[],
  holds: (outcome: ClientEffect['after']) => boolean,
): { before: number; after: number } {
  return {
    before: all.filter(({ before }) => holds(before)).length,
    after: all.filter(({ after }) => holds(after)).length,
  };
}

function affected(
  { client, available }: ClientEffect,
  notified: readonly Notified[],
): Preview['enters']['data'][number] {
  const rules = notified.map(({ rule, recipients }) => ({ rule, recipients: [...recipients] }));
  return { clientId: client.id, name: client.name, available, currency: client.currency, rules };
}

function otherCurrencies(
  all: readonly ClientEffect[],
  draft: ProfileFields,
  rates: ReadonlyMap<string, string>,
): Preview['currencies'] {
  const counts = new Map<string, number>();
  for (const { client } of all) {
    if (client.currency !== draft.currency) counts.set(client.currency, (counts.get(client.currency) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, clients]) => ({ currency, clients, rate: plainRate(rates.get(currency)) }));
}

/** `1.100000000000` as `1.1`. */
function plainRate(rate: string | undefined): string | null {
  return rate === undefined ? null : rate.replace(/\.?0+$/, '');
}

function undecidedCounts(all: readonly ClientEffect[]): Preview['undecided'] {
  const count = (reason: string): number =>
    all.filter(({ after }) => after.verdicts.some((verdict) => verdict.reason === reason)).length;
  return {
    paused: count('paused'),
    balanceUnknown: count('balance_unknown'),
    unlimited: count('unlimited'),
    noRate: count('no_rate'),
  };
}

function summaryOf(draft: ProfileFields): Preview['summary'] {
  return {
    maxNotifications: draft.maxNotifications,
    periodHours: draft.periodHours,
    checkEveryMinutes: draft.checkEveryMinutes ?? draft.periodHours * 60,
    trigger: draft.trigger,
    resetOn: draft.resetOn,
    whenSeveral: draft.whenSeveral,
    rules: draft.rules.flatMap((rule) =>
      rule.threshold === null
        ? []
        : [
            {
              rule: rule.key,
              audience: rule.key === 'user' || rule.key === 'client' ? rule.key : ('advanced' as const),
              threshold: rule.threshold,
              currency: draft.currency,
              inactivityDays: rule.inactivityDays,
              notifies: { role: rule.notifyRole, users: rule.userIds.length, emails: rule.emails.length },
            },
          ],
    ),
  };
}
