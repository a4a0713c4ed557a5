import {
  advancedRule,
  clientRule,
  identifyRule,
  userRule,
  type RuleIdentity,
} from '../../../domain/monitoring/rule-identity.js';
import { moneyOf } from '../../../domain/money.js';
import { sentFields } from '../../../domain/patch.js';
import type { ChannelRecipient } from '../../../domain/notifications/channels.js';
import type { ProfileFields, ProfileRule } from '../../../domain/profiles/profile.js';
import type { ProfileRow } from '../../../storage/profiles/profiles.js';
import { timeText } from '../../contract/schemas.js';
import type { z } from '../../contract/zod.js';
import type { profileBody, profileListItem, profilePatch, profileSchema } from './schema.js';

export type ProfileBody = z.output<typeof profileBody>;
type ProfilePatch = z.output<typeof profilePatch>;
type ProfileJson = z.output<typeof profileSchema>;
type ProfileListJson = z.output<typeof profileListItem>;
type Warning = ProfileJson['warnings'][number];

/** A profile as it is kept, from a whole body. */
export function fieldsOf(body: ProfileBody, ownResellerId: string): ProfileFields {
  const { advancedRules } = body;
  return {
    ...body,
    resellerId: body.resellerId ?? ownResellerId,
    rules: [
      {
        key: userRule.key,
        threshold: body.userRule.threshold,
        notifyRole: body.userRule.notifyOwner,
        userIds: [...new Set(body.userRule.users)],
        inactivityDays: null,
        emails: body.userRule.emails,
        channels: body.userRule.channels,
      },
      { ...ruleBase(clientRule, body.clientRule), inactivityDays: null },
      ...namedRules(advancedRules).map((rule) => ({
        ...ruleBase(advancedRule(rule.key), rule),
        inactivityDays: rule.inactivityDays,
      })),
    ],
  };
}

function ruleBase(
  { key }: RuleIdentity,
  rule: {
    readonly threshold: string | null;
    readonly notifyClient: boolean;
    readonly emails: readonly string[];
    readonly channels: readonly ChannelRecipient[];
  },
): Omit<ProfileRule, 'inactivityDays'> {
  const { threshold, notifyClient, emails, channels } = rule;
  return { key, threshold, notifyRole: notifyClient, userIds: [], emails, channels };
}

/** Gives keys to those that have none: the first `rule-<n>` that is free, so that the same body gets the same keys. */
function namedRules<R extends { readonly key?: string | undefined }>(
  rules: readonly R[],
): (R & { readonly key: string })[] {
  const taken = new Set(rules.map((rule) => rule.key));
  return rules.map((rule) => {
    if (rule.key !== undefined) return { ...rule, key: rule.key };
    let number = 1;
    while (taken.has(`rule-${number}`)) number++;
    const key = `rule-${number}`;
    taken.add(key);
    return { ...rule, key };
  });
}

/** The full body that a PATCH leads to. */
export function patched(row: ProfileRow, patch: ProfilePatch): ProfileBody {
  const { userRule: ofUser = {}, clientRule: ofClient = {}, ...fields } = patch;
  const now = bodyOf(row);
  return {
    ...now,
    ...sentFields(fields),
    userRule: { ...now.userRule, ...sentFields(ofUser) },
    clientRule: { ...now.clientRule, ...sentFields(ofClient) },
  };
}

/** What a PUT of the profile would say that changes nothing. */
function bodyOf(row: ProfileRow): Pick<ProfileJson, Exclude<keyof ProfileBody, 'reason'>> {
  const user = row.rules.find((rule) => rule.key === userRule.key);
  const client = row.rules.find((rule) => rule.key === clientRule.key);
  return {
    name: row.name,
    resellerId: row.resellerId,
    currency: row.currency,
    sortOrder: row.sortOrder,
    maxNotifications: row.maxNotifications,
    periodHours: row.periodHours,
    checkEveryMinutes: row.checkEveryMinutes,
    trigger: row.trigger,
    resetOn: row.resetOn,
    whenSeveral: row.whenSeveral,
    userRule: {
      threshold: user?.threshold ?? null,
      notifyOwner: user?.notifyRole ?? false,
      users: [...(user?.userIds ?? [])],
      emails: [...(user?.emails ?? [])],
      channels: [...(user?.channels ?? [])],
    },
    clientRule: {
      threshold: client?.threshold ?? null,
      notifyClient: client?.notifyRole ?? false,
      emails: [...(client?.emails ?? [])],
      channels: [...(client?.channels ?? [])],
    },
    advancedRules: advancedOf(row).map((rule) => ({
      key: identifyRule(rule.key).name ?? '',
      threshold: rule.threshold,
      notifyClient: rule.notifyRole,
      inactivityDays: rule.inactivityDays,
      emails: [...rule.emails],
      channels: [...rule.channels],
    })),
  };
}

function shapeOf(row: ProfileRow): Omit<ProfileJson, 'warnings'> {
  return {
    ...bodyOf(row),
    id: row.id,
    resellerName: row.resellerName,
    clients: row.clients,
    lowNow: row.lowNow,
    version: row.version,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  };
}

export function profileJson(row: ProfileRow): ProfileJson {
  return { ...shapeOf(row), warnings: warningsOf(row) };
}

/** What is accepted and is probably a mistake; pointers are into the body of a profile. */
export function warningsOf(fields: ProfileFields): Warning[] {
  return [...withoutRecipients(fields), ...unusualThresholds(fields)];
}

export function profileListJson(row: ProfileRow): ProfileListJson {
  const shape = shapeOf(row);
  return {
    ...shape,
    userNotification: { threshold: shape.userRule.threshold, notify: shape.userRule.notifyOwner },
    clientNotification: { threshold: shape.clientRule.threshold, notify: shape.clientRule.notifyClient },
    advancedRuleCount: shape.advancedRules.length,
  };
}

function withoutRecipients(fields: ProfileFields): Warning[] {
  const unreached = fields.rules.filter(
    ({ threshold, notifyRole, userIds, emails, channels }) =>
      threshold !== null && !notifyRole && userIds.length + emails.length + channels.length === 0,
  );
  return unreached.map((rule) => ({
    pointer: pointerTo(fields, rule),
    detail: 'this rule has no recipients: set its notify field, or add users, emails, or channels',
  }));
}

function pointerTo(fields: ProfileFields, rule: ProfileRule): string {
  const { audience } = identifyRule(rule.key);
  return audience === 'advanced' ? `#/advancedRules/${advancedOf(fields).indexOf(rule)}` : `#/${audience}Rule`;
}

function advancedOf(fields: ProfileFields): ProfileRule[] {
  return fields.rules.filter(({ key }) => identifyRule(key).audience === 'advanced');
}

/**
 * "This setting defines a typically lower threshold if the customer stops using the services"
 * (docs/manuals.md#advanced-rules).
 */
function unusualThresholds(fields: ProfileFields): Warning[] {
  const usual = fields.rules.find(({ key }) => key === clientRule.key)?.threshold ?? null;
  if (usual === null) return [];
  return advancedOf(fields).flatMap((rule, index) => {
    if (rule.inactivityDays === null || rule.threshold === null) return [];
    if (moneyOf(rule.threshold) <= moneyOf(usual)) return [];
    const detail = `a rule for inactive clients usually has a lower threshold than the client rule (${usual})`;
    return [{ pointer: `#/advancedRules/${index}/threshold`, detail }];
  });
}
