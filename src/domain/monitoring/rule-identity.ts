import type { RuleNotificationKind } from '../notifications/mail-kinds.js';

/**
 * Where rules come from, and which rules a source has. Keys, enums of the API, recipients, the kinds of notifications,
 * template variables, and the page's labels derive from these two records.
 */

interface RuleSourceSpec {
  /** what its rules are, in the API's document */
  readonly text: string;
  /** what its rules notify with */
  readonly notificationKind: RuleNotificationKind;
  /** `below`: low below the threshold · `atMost`: reached at or below it */
  readonly lowAt: 'below' | 'atMost';
  /** `rule`: each rule lists its recipients · `role`: each notifies the role of its audience and no one else */
  readonly recipients: 'rule' | 'role';
}

export const ruleSourceSpecs = {
  profile: {
    text: 'a rule of the low balance profile, low below its threshold',
    notificationKind: 'low_balance',
    lowAt: 'below',
    recipients: 'rule',
  },
  warning: {
    text: 'a warning threshold of the client, low at or below it',
    notificationKind: 'low_funds_warning',
    lowAt: 'atMost',
    recipients: 'role',
  },
  own: {
    text: 'a rule of the client’s own low balance threshold, low below it',
    notificationKind: 'low_balance',
    lowAt: 'below',
    recipients: 'role',
  },
} as const satisfies Readonly<Record<string, RuleSourceSpec>>;

export type RuleSource = keyof typeof ruleSourceSpecs;

/** What a rule does when it may act, in the API's document. */
export const ruleActionTexts = {
  notify: 'emails its recipients',
  event: 'adds an event to the events log',
  capacity: 'lowers the origination capacity while the rule is low',
  autopay: 'charges the card on file once per episode',
} as const;

export type RuleAction = keyof typeof ruleActionTexts;
export const ruleActions = Object.keys(ruleActionTexts) as readonly RuleAction[];

interface RuleAudienceSpec {
  readonly source: RuleSource;
  readonly action: RuleAction;
  /** who is notified besides the recipients that the rule lists: the client's owner, or its billing contact; null: no one */
  readonly role: 'owner' | 'billing' | null;
  /** what follows `<audience>:` in a key; null: the audience has one rule, whose key is the audience */
  readonly name: {
    /** of requests: a regular expression */
    readonly pattern: string;
    /** `key`: chosen by a user · `value`: the threshold itself, in the client's currency */
    readonly means: 'key' | 'value';
  } | null;
}

/** Which rule of its source it is, as lists, metrics, and templates group rules. */
export const ruleAudienceSpecs = {
  user: { source: 'profile', action: 'notify', role: 'owner', name: null },
  client: { source: 'profile', action: 'notify', role: 'billing', name: null },
  advanced: {
    source: 'profile',
    action: 'notify',
    role: 'billing',
    name: { pattern: '[A-Za-z0-9._-]{1,64}', means: 'key' },
  },
  warning: {
    source: 'warning',
    action: 'notify',
    role: 'billing',
    name: { pattern: '-?[\\d.]{1,20}%?', means: 'value' },
  },
  'client-own': { source: 'own', action: 'notify', role: 'billing', name: null },
  'admin-own': { source: 'own', action: 'event', role: null, name: null },
  capacity: { source: 'own', action: 'capacity', role: null, name: null },
  autopay: { source: 'own', action: 'autopay', role: null, name: null },
} as const satisfies Readonly<Record<string, RuleAudienceSpec>>;

export type RuleAudience = keyof typeof ruleAudienceSpecs;

export const ruleSources = Object.keys(ruleSourceSpecs) as readonly RuleSource[];
export const ruleAudiences = Object.keys(ruleAudienceSpecs) as readonly RuleAudience[];

/** The entry of an audience as its type says. */
function ruleAudienceSpec(audience: RuleAudience): RuleAudienceSpec {
  return ruleAudienceSpecs[audience];
}

/** How the keys of rules are written: `user`, `advanced:<key>`. */
export const ruleKeyForms = ruleAudiences.map((audience) => {
  const { name } = ruleAudienceSpec(audience);
  return name === null ? audience : `${audience}:<${name.means}>`;
});

/** Returns a regular expression for the keys of rules: of all sources, or of one. */
export function ruleKeyPattern(source?: RuleSource): string {
  const forms = ruleAudiences
    .filter((audience) => source === undefined || ruleAudienceSpecs[audience].source === source)
    .map((audience) => [audience, ruleAudienceSpec(audience).name?.pattern].filter(Boolean).join(':'));
  return `^(${forms.join('|')})$`;
}

/** Identifies a rule among the rules of its client. Readers use the other fields and never take `key` apart. */
export interface RuleIdentity {
  /** under which counters, silences, and notifications are stored */
  readonly key: string;
  readonly source: RuleSource;
  readonly audience: RuleAudience;
  /** the key of an advanced rule, the value of a warning threshold; null: the audience has one rule only */
  readonly name: string | null;
}

export const userRule = ruleOf('user', null);
export const clientRule = ruleOf('client', null);
export const clientOwnRule = ruleOf('client-own', null);
export const adminOwnRule = ruleOf('admin-own', null);
export const capacityRule = ruleOf('capacity', null);
export const autopayRule = ruleOf('autopay', null);

export function advancedRule(name: string): RuleIdentity {
  return ruleOf('advanced', name);
}

/** @param value in canonical form, so that two spellings of one threshold are one rule */
export function warningRule(value: string): RuleIdentity {
  return ruleOf('warning', value);
}

function ruleOf(audience: RuleAudience, name: string | null): RuleIdentity {
  return {
    key: name === null ? audience : `${audience}:${name}`,
    source: ruleAudienceSpec(audience).source,
    audience,
    name,
  };
}

/**
 * Returns the identity behind a stored key, whose rule may be gone. The only place that takes keys apart.
 *
 * @throws RangeError for a text that is no rule's key
 */
export function identifyRule(key: string): RuleIdentity {
  const colon = key.indexOf(':');
  const name = colon === -1 ? null : key.slice(colon + 1);
  const audience = ruleAudiences.find((one) => one === (colon === -1 ? key : key.slice(0, colon)));
  if (audience === undefined || (name === null) !== (ruleAudienceSpec(audience).name === null))
    throw new RangeError(`"${key}" is not a rule key`);
  return ruleOf(audience, name);
}

/** What the rule behind a stored key does. @throws RangeError for a text that is no rule's key */
export function actionOfRule(key: string): RuleAction {
  return ruleAudienceSpecs[identifyRule(key).audience].action;
}

/** True for a source whose rules have their threshold as their name. */
export function hasThresholdsInKeys(source: RuleSource): boolean {
  return ruleAudiences.some(
    (audience) => ruleAudienceSpecs[audience].source === source && ruleAudienceSpec(audience).name?.means === 'value',
  );
}

/** Returns the threshold of a rule whose name is its threshold, in the client's currency; null: another rule. */
export function thresholdInKey({ audience, name }: RuleIdentity): string | null {
  return ruleAudienceSpec(audience).name?.means === 'value' ? name : null;
}
