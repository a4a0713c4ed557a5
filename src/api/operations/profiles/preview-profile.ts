import { minuteMs } from '../../../domain/durations.js';
import { identifyRule } from '../../../domain/monitoring/rule-identity.js';
import { checkIntervalMs } from '../../../domain/monitoring/rules.js';
import { formatRate } from '../../../domain/money.js';
import { findProfile, type ProfileFields, type ProfileRow } from '../../../storage/profiles/profiles.js';
import { ok } from '../../contract/answers.js';
import type { ApiContext, Caller } from '../../context.js';
import { defineOperation } from '../../contract/operation.js';
import { reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { fieldsOf, warningsOf } from './convert.js';
import { requireReferences } from './draft-references.js';
import type { ReadyProfile } from './effect.js';
import { computeImpact, NotificationImpact } from './impact.js';
import { previewSchema } from './preview-schema.js';
import { readyDraft, readyProfiles } from './ready-profiles.js';
import { existing } from './read-profile.js';
import { profileBody, profileExample } from './schema.js';

export const previewProfileOperation = defineOperation({
  id: 'previewProfile',
  method: 'post',
  path: '/v1/profiles/preview',
  area: 'profiles',
  summary: 'Preview a profile',
  description:
    'Evaluates the clients of `profileId` under the profile as it is and under the draft, with their balances and counters ' +
    'of now. Changes nothing and notifies no one.',
  scope: 'profiles:read',
  request: {
    body: z.strictObject({
      profile: profileBody,
      profileId: reference.optional().openapi({ description: 'The profile that is being edited; absent: a new one' }),
    }),
  },
  example: { profileId: '1', profile: profileExample },
  responses: { 200: { description: 'The impact on its clients', schema: previewSchema } },
  problems: ['not_found', 'conflict'],
  async handler({ body, caller, context, now }) {
    const profile = await profileOf(context, caller, body.profileId);
    const draft = fieldsOf(body.profile, profile?.resellerId ?? caller.resellerId);
    await requireReferences(context.sql, caller.resellerId, draft, profile, '/profile');
    const after = await readyDraft(context.sql, caller.resellerId, draft, profile, now);
    const impact = profile ? await impactOf(context, caller, profile, after, now) : new NotificationImpact();
    return ok(previewJson(profile, draft, impact, after.rates, now));
  },
});

async function profileOf(context: ApiContext, caller: Caller, id: string | undefined): Promise<ProfileRow | null> {
  if (id === undefined) return null;
  return existing(await findProfile(context.sql, caller.resellerId, id), id, '/profileId');
}

async function impactOf(
  { sql }: ApiContext,
  caller: Caller,
  profile: ProfileRow,
  draft: ReadyProfile,
  now: number,
): Promise<NotificationImpact> {
  const stored = (await readyProfiles(sql, [profile], now)).get(profile.id) ?? null;
  const change = { selection: { profileId: profile.id }, before: () => stored, after: () => draft };
  return computeImpact(sql, caller.resellerId, change, now);
}

type Preview = z.input<typeof previewSchema>;

function previewJson(
  profile: ProfileRow | null,
  draft: ProfileFields,
  impact: NotificationImpact,
  rates: ReadyProfile['rates'],
  now: number,
): Preview {
  return {
    profileId: profile?.id ?? null,
    ...impact.toJson(now),
    currencies: otherCurrencies(impact, draft, rates),
    unreachable: impact.unreachable.toJson(),
    undecided: { ...impact.undecided },
    warnings: warningsOf(draft).map(({ pointer, detail }) => ({
      pointer: pointer.replace('#/', '#/profile/'),
      detail,
    })),
    summary: summaryOf(draft),
  };
}

function otherCurrencies(
  impact: NotificationImpact,
  draft: ProfileFields,
  rates: ReadyProfile['rates'],
): Preview['currencies'] {
  return [...impact.currencies]
    .filter(([currency]) => currency !== draft.currency)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, clients]) => {
      const rate = rates.get(currency);
      return { currency, clients, rate: rate === undefined ? null : formatRate(rate) };
    });
}

function summaryOf(draft: ProfileFields): Preview['summary'] {
  return {
    maxNotifications: draft.maxNotifications,
    periodHours: draft.periodHours,
    checkEveryMinutes: checkIntervalMs(draft, null) / minuteMs,
    trigger: draft.trigger,
    resetOn: draft.resetOn,
    whenSeveral: draft.whenSeveral,
    rules: draft.rules.flatMap((rule) =>
      rule.threshold === null
        ? []
        : [
            {
              rule: rule.key,
              audience: identifyRule(rule.key).audience,
              threshold: rule.threshold,
              currency: draft.currency,
              inactivityDays: rule.inactivityDays,
              notifies: { role: rule.notifyRole, users: rule.userIds.length, emails: rule.emails.length },
            },
          ],
    ),
  };
}
