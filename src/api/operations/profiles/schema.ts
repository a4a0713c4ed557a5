import { resetPolicies, triggers } from '../../../domain/monitoring/rule-definition.js';
import { multiRulePolicies } from '../../../domain/monitoring/rules.js';
import { confirmNotifications } from '../../contract/confirm-notifications.js';
import { emailAddresses } from '../../contract/emails.js';
import { patchShape } from '../../contract/patch-shape.js';
import {
  currency,
  currencyText,
  idText,
  line,
  money,
  moneyText,
  reason,
  reference,
  timeString,
  warning,
} from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { channelRecipients, channelRecipientTexts } from '../notifications/channels/recipients.js';

/** What a profile looks like on the wire (docs/manuals.md#profiles). */

const mostRules = 50;

const threshold = money()
  .nullable()
  .openapi({
    type: ['string', 'null'],
    description: 'The rule is low while available < threshold; null: off',
    example: '100.00',
  });
const users = z.array(reference).max(50).openapi({ description: 'Ids of users who are also notified' });
const ruleKey = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, hyphens, or underscores')
  .openapi({ description: 'Identifies the rule and its counter permanently', example: 'inactive' });

const name = line(200).openapi({ description: 'Does not need to be unique', example: 'default' });
const maxNotifications = z.int().min(1).max(1_000_000).nullable().openapi({
  description: 'Max qty: notifications per rule until the counter resets; null: unlimited',
  example: 3,
});
const periodHours = z
  .int()
  .min(1)
  .max(8784)
  .openapi({ description: 'Minimum hours between two notifications of a rule', example: 24 });
const checkEveryMinutes = z.int().min(1).max(527_040).nullable().openapi({
  description: 'Check interval in minutes; null: the period',
});
const sortOrder = z.int().min(-1_000_000).max(1_000_000);

const clientRuleFields = {
  threshold: threshold.default(null),
  notifyClient: z.boolean().default(false),
  emails: emailAddresses.default([]),
  channels: channelRecipients.default([]),
};

const userRuleFields = {
  threshold: threshold.default(null),
  notifyOwner: z.boolean().default(false),
  users: users.default([]),
  emails: emailAddresses.default([]),
  channels: channelRecipients.default([]),
};

const profileFields = {
  name,
  resellerId: reference.optional().openapi({ description: 'Reseller of the profile; default: the caller’s' }),
  currency,
  sortOrder: sortOrder.default(100),
  maxNotifications: maxNotifications.default(null),
  periodHours: periodHours.default(24),
  checkEveryMinutes: checkEveryMinutes.default(null),
  trigger: z.enum(triggers).default('period'),
  resetOn: z.enum(resetPolicies).default('refill'),
  whenSeveral: z.enum(multiRulePolicies).default('each'),
  userRule: z
    .strictObject(userRuleFields)
    .default({ threshold: null, notifyOwner: false, users: [], emails: [], channels: [] }),
  clientRule: z
    .strictObject(clientRuleFields)
    .default({ threshold: null, notifyClient: false, emails: [], channels: [] }),
  advancedRules: z
    .array(
      z.strictObject({
        ...clientRuleFields,
        key: ruleKey.optional(),
        inactivityDays: z.int().min(1).max(3660).nullable().default(null),
      }),
    )
    .max(mostRules)
    .default([])
    .superRefine(refuseRepeatedKeys),
  reason: reason.optional(),
};

export const profileBody = z.strictObject(profileFields).openapi('ProfileInput');

/** For PUT: a whole profile, with the confirmation of what it newly notifies. */
export const profileReplacement = z
  .strictObject({ ...profileFields, confirmNotifications })
  .openapi('ProfileReplacement');

/** For PATCH: what is absent stays as it is; `userRule` and `clientRule` are merged, `advancedRules` is replaced. */
export const profilePatch = z
  .strictObject({
    ...patchShape(profileFields),
    resellerId: reference.optional(),
    userRule: z.strictObject(patchShape(userRuleFields)).optional(),
    clientRule: z.strictObject(patchShape(clientRuleFields)).optional(),
    confirmNotifications,
  })
  .openapi('ProfilePatch');

function refuseRepeatedKeys(rules: readonly { readonly key?: string | undefined }[], ctx: z.RefinementCtx): void {
  rules.forEach(({ key }, index) => {
    const first = key === undefined ? index : rules.findIndex((rule) => rule.key === key);
    if (first === index) return;
    ctx.addIssue({
      code: 'custom',
      path: [index, 'key'],
      message: `must be unique: advanced rule ${first + 1} already has the key "${key}"`,
      params: { code: 'duplicate_key' },
      input: key,
    });
  });
}

const thresholdText = moneyText.nullable();

const profileWarnings = z.array(warning).openapi({ description: 'Accepted settings that are probably a mistake' });

const profileShape = {
  id: idText,
  resellerId: idText,
  resellerName: z.string(),
  name: z.string(),
  currency: currencyText,
  sortOrder: z.int(),
  maxNotifications: z.int().nullable(),
  periodHours: z.int(),
  checkEveryMinutes: z.number().nullable(),
  trigger: z.enum(triggers),
  resetOn: z.enum(resetPolicies),
  whenSeveral: z.enum(multiRulePolicies),
  userRule: z.strictObject({
    threshold: thresholdText,
    notifyOwner: z.boolean(),
    users: z.array(idText),
    emails: z.array(z.string()),
    channels: channelRecipientTexts,
  }),
  clientRule: z.strictObject({
    threshold: thresholdText,
    notifyClient: z.boolean(),
    emails: z.array(z.string()),
    channels: channelRecipientTexts,
  }),
  advancedRules: z.array(
    z.strictObject({
      key: z.string(),
      threshold: thresholdText,
      notifyClient: z.boolean(),
      inactivityDays: z.int().nullable(),
      emails: z.array(z.string()),
      channels: channelRecipientTexts,
    }),
  ),
  clients: z.int().openapi({ description: 'Clients that use the profile' }),
  lowNow: z.int().openapi({
    description: 'Of these: `GET /v1/clients?profileId=…&state=low,critical,exhausted,silenced`',
  }),
  version: z.int(),
  createdAt: timeString,
  updatedAt: timeString,
};

export const profileSchema = z
  .strictObject({
    ...profileShape,
    warnings: profileWarnings,
  })
  .openapi('Profile');

/** After an edit: the profile, and what the edit did to monitors and counters. */
export const profileEditedSchema = z
  .strictObject({
    ...profileShape,
    warnings: profileWarnings,
    effect: z.strictObject({
      monitorsUpdated: z.int().openapi({ description: 'Monitors that are signaled to read the profile again' }),
      countersKept: z.array(z.string()).openapi({ description: 'Keys of rules whose counters continue' }),
      countersRemoved: z
        .array(z.string())
        .openapi({ description: 'Keys of rules that were removed with their counters' }),
      countersStarted: z.array(z.string()).openapi({ description: 'Keys of rules with a new counter' }),
    }),
  })
  .openapi('ProfileEdited');

const notification = z.strictObject({
  threshold: thresholdText,
  notify: z.boolean().openapi({ description: 'Client Owner’s Email, or Client’s Billing Email' }),
});

/** A row of the list: the columns of docs/manuals.md#profile-list, and the profile itself. */
export const profileListItem = z
  .strictObject({
    ...profileShape,
    userNotification: notification,
    clientNotification: notification,
    advancedRuleCount: z.int(),
  })
  .openapi('ProfileListItem');

export const profileExample = {
  name: 'default',
  currency: 'USD',
  maxNotifications: 3,
  periodHours: 24,
  userRule: { threshold: '100.00', notifyOwner: true, emails: [] },
  clientRule: { threshold: '50.00', notifyClient: true, emails: [] },
  advancedRules: [{ key: 'inactive', threshold: '10.00', notifyClient: true, inactivityDays: 30, emails: [] }],
};

const [advancedExample] = profileExample.advancedRules;

export const profileAnswerExample = {
  id: '1',
  resellerId: '1',
  resellerName: 'Company Name',
  ...profileExample,
  sortOrder: 100,
  checkEveryMinutes: null,
  trigger: 'period',
  resetOn: 'refill',
  whenSeveral: 'each',
  userRule: { threshold: '100.00', notifyOwner: true, users: [], emails: [], channels: [] },
  clientRule: { ...profileExample.clientRule, channels: [] },
  advancedRules: [{ ...advancedExample, channels: [] }],
  clients: 120,
  lowNow: 7,
  version: 1,
  createdAt: '2026-03-01T10:00:00Z',
  updatedAt: '2026-03-01T10:00:00Z',
  warnings: [],
};

export const profileEditedExample = {
  ...profileAnswerExample,
  effect: {
    monitorsUpdated: 120,
    countersKept: ['user', 'client', 'advanced:inactive'],
    countersRemoved: [],
    countersStarted: [],
  },
};
