import type { Reason, Verdict } from '../monitoring/evaluate.js';

/** Why a notification has no recipient, by the code in `reason` of its event. */
export const missingRecipientTexts = {
  no_owner_email: 'neither the client, its manager, nor a reseller above has an email. Set one of them',
  no_billing_email: 'the client has no billing email. Set it',
  no_recipients: 'the rule has no recipient with an address. Add recipients to the rule',
} as const;

export type MissingRecipient = keyof typeof missingRecipientTexts;

/** Rules that began, or no longer, to lack recipients between two evaluations; `before` is what was written last. */
export function missingRecipientChanges(
  before: readonly Verdict[],
  after: readonly Verdict[],
): { readonly found: readonly string[]; readonly ended: readonly string[] } {
  const reasonIn = (verdicts: readonly Verdict[], rule: string): Reason | undefined =>
    verdicts.find((verdict) => verdict.rule === rule)?.reason;
  const found = after.filter(({ rule, reason }) => reason === missing && reasonIn(before, rule) !== missing);
  const ended = before.filter(({ rule, reason }) => {
    const now = reasonIn(after, rule);
    return (reason === missing || undecided.has(reason)) && now !== missing && (!now || !undecided.has(now));
  });
  return { found: found.map(ruleOf), ended: ended.map(ruleOf) };
}

const missing: Reason = 'no_recipients';

/** While nothing is decided, an event stays as it is: an outage of the balance source neither ends nor repeats it. */
const undecided: ReadonlySet<Reason> = new Set<Reason>(['balance_unknown', 'no_rate']);

function ruleOf({ rule }: Verdict): string {
  return rule;
}
