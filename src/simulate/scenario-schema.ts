import { z } from 'zod';
import { clientFieldSpecs } from '../domain/clients/client-fields.js';
import { isMoney, parseRate } from '../domain/money.js';
import { channelFormats } from '../domain/notifications/channels.js';
import { resetPolicies, triggers } from '../domain/monitoring/rule-definition.js';
import { balanceModels, defaultCheckEveryMinutes, multiRulePolicies } from '../domain/monitoring/rules.js';
import { receiverStates } from './scenario-channels.js';

/** The file format of a scenario, field by field (docs/scenarios.md). Nothing that it does not name is let through. */

const decimal = 'must be a decimal string in quotes, with up to 12 digits and 6 decimals, such as "12.50"';
export const amount = z.string({ error: decimal }).refine(isMoney, decimal);
export const positive = amount.refine((text) => !/^-|^[0.]*$/.test(text), 'must be above 0');
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be a currency code of three capital letters, such as "USD"');

/** Local part and domain, no blanks, no line breaks; the service itself is stricter. */
export const email = z
  .string()
  .max(254)
  .regex(/^[^\s@<>,;]+@[^\s@<>,;]+$/, 'must be one email address');

/** Whole seconds, for what happens within one second happens at one instant. */
export const instant = z.iso
  .datetime({ offset: true, error: 'must be an instant in RFC 3339, such as "2026-03-01T00:00:00Z"' })
  .refine((text) => Date.parse(text) % 1000 === 0, 'must be a whole second')
  .transform((text) => Date.parse(text));

/** As the service takes it. */
const tag = z.string().trim().min(1).max(clientFieldSpecs.tags.max);

export const upOrDown = z.enum(['up', 'down']);

export const minutes = z.int().min(1).max(527_040);
const limits = { hours: 8_784, days: 3_660 } as const;

/** The channel of a recipient by its name, with a phone number for SMS. */
const recipient = z.strictObject({ channel: z.string(), address: z.string().nullable().default(null) });
export type RecipientFields = z.output<typeof recipient>;

const role = {
  threshold: amount.nullable().default(null),
  emails: z.array(email).default([]),
  channels: z.array(recipient).default([]),
};
const userRule = z.strictObject({ ...role, notifyOwner: z.boolean().default(false) });
const clientRule = z.strictObject({ ...role, notifyClient: z.boolean().default(false) });
const advancedRule = z.strictObject({
  ...role,
  key: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, hyphens, or underscores'),
  notifyClient: z.boolean().default(false),
  inactivityDays: z.int().min(1).max(limits.days).nullable().default(null),
});

export const profileSchema = z.strictObject({
  name: z.string().min(1).max(200),
  currency,
  maxNotifications: z.int().min(1).nullable().default(null),
  periodHours: z.int().min(1).max(limits.hours),
  userRule: userRule.prefault({}),
  clientRule: clientRule.prefault({}),
  advancedRules: z
    .array(advancedRule)
    .default([])
    .refine((rules) => isDistinct(rules.map((rule) => rule.key)), 'two rules have the same key'),
  resetOn: z.enum(resetPolicies).default('refill'),
  whenSeveral: z.enum(multiRulePolicies).default('each'),
  checkEveryMinutes: minutes.nullable().default(null),
  trigger: z.enum(triggers).default('period'),
});
export type ProfileFields = z.output<typeof profileSchema>;

const channelName = z
  .string()
  .regex(
    /^[^:@\s]([^:@]{0,62}[^:@\s])?$/,
    'must be 1 to 64 characters without ":" and "@", and no blank at either end',
  );

const channel = z.strictObject({
  name: channelName,
  format: z.enum(channelFormats, { error: `must be one of ${channelFormats.join(', ')}` }),
});

const client = z.strictObject({
  name: z.string().min(1).max(200),
  currency,
  balanceModel: z.enum(balanceModels),
  openingBalance: amount.default('0.00'),
  creditLimit: amount.default('0.00'),
  status: z.enum(['active', 'stop']).default('active'),
  billingEmail: email.nullable().default(null),
  ownerEmail: email.nullable().default(null),
  warningThresholds: z.array(z.string()).default([]),
  notifyClient: z.boolean().default(false),
  notifyAdmin: z.boolean().default(false),
  lowBalanceThreshold: amount.nullable().default(null),
  lowBalanceCapacity: z.int().min(0).max(100_000).nullable().default(null),
  lowBalanceRestoreAt: amount.nullable().default(null),
  originationCapacity: z.int().min(0).max(100_000).nullable().default(null),
  autoPayment: z.boolean().default(false),
  autoPaymentThreshold: amount.nullable().default(null),
  autoPaymentRepeatWhileLow: z.boolean().default(false),
  checkEveryMinutes: minutes.default(defaultCheckEveryMinutes),
  timezone: z.string().min(1).default('UTC'),
  tags: z.array(tag).default([]),
});
export type ClientFields = z.output<typeof client>;

const silenceId = z.string().min(1).max(64);

/** What may happen; an event has exactly one of them besides `at`. */
const happenings = {
  charge: positive,
  payment: z.strictObject({ id: z.string().min(1).max(200), amount: positive }),
  adjustment: amount.refine((text) => !/^[-0.]*$/.test(text), 'must not be 0'),
  creditLimit: amount,
  temporaryCredit: z.strictObject({ amount: positive, validUntil: instant }),
  cancelTemporaryCredit: z.literal(true),
  status: z.enum(['active', 'stop']),
  /** fields to replace; checked against the whole profile that comes of it */
  profile: z.record(z.string(), z.unknown()),
  checkNow: z.literal(true),
  silence: z.strictObject({ rule: z.string().min(1).optional(), until: instant }),
  clientsSilence: z.strictObject({
    id: silenceId.optional(),
    tag: tag.optional(),
    profile: z.literal(true).optional(),
    from: instant.optional(),
    until: instant,
  }),
  expireSilence: z.strictObject({ id: silenceId }),
  tags: z.array(tag),
  pause: z.literal(true),
  resume: z.literal(true),
  resetCounter: z.strictObject({ rule: z.string().min(1) }),
  balanceModel: z.enum(balanceModels),
  balanceSource: upOrDown,
  mail: upOrDown,
  channel: z.strictObject({
    name: z.string(),
    receiver: z.enum(receiverStates, { error: `must be one of ${receiverStates.join(', ')}` }),
  }),
};

const event = z
  .strictObject(happenings)
  .partial()
  .extend({ at: instant })
  .superRefine(exactlyOneOf(Object.keys(happenings)));
export type EventFields = z.output<typeof event>;

export const exchangeRate = z.strictObject({
  from: currency,
  to: currency,
  rate: z.string().transform((text, context) => {
    try {
      return parseRate(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a positive decimal string, such as "1.0825"' });
      return z.NEVER;
    }
  }),
  at: instant,
});

/** What files of clients and of companies expect of a notification. */
export const expectedNotification = z.strictObject({
  at: instant,
  rule: z.string().min(1),
  /** empty: an event, a charge, a capacity, or a balance mail time that is cleared */
  to: z.array(z.string()),
  available: z.string().regex(/^-?\d{1,12}\.\d{2}$/, 'must be a decimal string with two decimals, such as "12.50"'),
  number: z.int().min(1),
});

const notification = expectedNotification.extend({
  /** of the rule `capacity`: what applies from here on; null: no limit */
  capacity: z.int().min(0).nullable().optional(),
  /** of `to`: who was not reached although another one was; absent: none */
  failed: z.array(z.string()).min(1).optional(),
});

/** How files of clients and of companies begin. */
export const scenarioHead = {
  scenario: z.literal(1, { error: 'must be 1, the only version of the format' }),
  name: z.string().min(1),
  start: instant,
  until: instant,
};

export const scenarioSchema = z.strictObject({
  ...scenarioHead,
  exchangeRates: z.array(exchangeRate).default([]),
  channels: z.array(channel).default([]),
  profile: profileSchema.optional(),
  client,
  events: z.array(event).default([]),
  expect: z.strictObject({ notifications: z.array(notification) }),
});
export type ScenarioFields = z.output<typeof scenarioSchema>;

/** An event is one happening: its file says which. */
export function exactlyOneOf(
  known: readonly string[],
): (value: object, context: z.core.$RefinementCtx<unknown>) => void {
  return (value, context) => {
    const kinds = known.filter((kind) => kind in value);
    if (kinds.length === 1) return;
    const what = kinds.length === 0 ? 'nothing happens' : `${kinds.join(' and ')} in one event`;
    context.addIssue({ code: 'custom', message: `${what}: besides "at", use exactly one of ${known.join(', ')}` });
  };
}

function isDistinct(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}
