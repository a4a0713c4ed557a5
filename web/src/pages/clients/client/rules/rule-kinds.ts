import { compareAmounts } from '../../../../ui/text/money-text';
import type { ExplainedRule } from '../queries';

/** A rule without a threshold, or with a share of a limit that is not positive: it decides nothing. */
export const isOff = ({ threshold, lastReason }: Pick<ExplainedRule, 'threshold' | 'lastReason'>): boolean =>
  threshold === null || lastReason === 'off';

interface OutOfOrder {
  readonly client: string;
  readonly user: string;
  readonly currency: string;
}

/** The thresholds of client and user where the client's is the higher one; null: it is not, or one is off. */
export function thresholdsOutOfOrder(rules: readonly Pick<ExplainedRule, 'key' | 'threshold'>[]): OutOfOrder | null {
  const of = (key: string): ExplainedRule['threshold'] => rules.find((rule) => rule.key === key)?.threshold ?? null;
  const [client, user] = [of('client'), of('user')];
  const [clientValue, userValue] = [client?.value ?? null, user?.value ?? null];
  if (!client || clientValue === null || userValue === null || client.currency !== user?.currency) return null;
  if (compareAmounts(clientValue, userValue) <= 0) return null;
  return { client: clientValue, user: userValue, currency: client.currency };
}
