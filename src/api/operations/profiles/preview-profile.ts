import { minuteMs } from '../../../domain/durations.js';
import { identifyRule } from '../../../domain/monitoring/rule-identity.js';
import { checkIntervalMs } from '../../../domain/monitoring/rules.js';
import { formatRate } from '../../../domain/money.js';
import type { ReadyProfile } from '../../../domain/profiles/effect.js';
import type { NotificationImpact } from '../../../domain/profiles/notification-impact.js';
import type { ProfileFields } from '../../../domain/profiles/profile.js';
import { existingProfile } from '../../../services/profiles/existing-profile.js';
import { previewProfile } from '../../../services/profiles/preview-profile.js';
import { findProfile, type ProfileRow } from '../../../storage/profiles/profiles.js';
import type { Scope } from '../../../storage/system/scope.js';
import { ok } from '../../contract/answers.js';
import { impactJson } from '../../contract/confirm-notifications.js';
import { defineOperation } from '../../contract/operation.js';
import { reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { fieldsOf, warningsOf } from './convert.js';
import { previewSchema } from './preview-schema.js';
import { profileBody, profileExample } from './schema.js';

export const previewProfileOperation = defineOperation({
  id: 'previewProfile',
  method: 'post',
  path: '/v1/profiles/preview',
  area: 'profiles',
  summary: 'Preview a profile',
  description:
    'Evaluates the clients of `profileId` under the saved profile and under the draft, with current balances and ' +
    'counters. Changes nothing and sends no notifications.',
  scope: 'profiles:read',
  request: {
    body: z.strictObject({
      profile: profileBody,
      profileId: reference.optional().openapi({ description: 'The profile that you edit; absent: a new one' }),
    }),
  },
  example: { profileId: '1', profile: profileExample },
  responses: { 200: { description: 'The impact on its clients', schema: previewSchema } },
  problems: ['not_found', 'conflict'],
  async handler({ body, scope, requester, now }) {
    const profile = await profileOf(scope, body.profileId);
    const draft = fieldsOf(body.profile, profile?.resellerId ?? scope.resellerId);
    const { impact, rates } = await previewProfile(requester, draft, profile, '/profile');
    return ok(previewJson(profile, draft, impact, rates, now));
  },
});

async function profileOf(scope: Scope, id: string | undefined): Promise<ProfileRow | null> {
  if (id === undefined) return null;
  return existingProfile(await scope.read((q) => findProfile(q, scope.resellerId, id)), id, '/profileId');
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
    ...impactJson(impact, now),
    currencies: otherCurrencies(impact, draft, rates),
    unreachable: {
      count: impact.unreachable.count,
      data: impact.unreachable.data.map((client) => ({ ...client, rules: [...client.rules] })),
    },
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
