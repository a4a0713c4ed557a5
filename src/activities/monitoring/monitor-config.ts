import { createHash } from 'node:crypto';
import type { MonitorConfig, MonitorOptions } from '../../domain/monitoring/state.js';
import type { RuleDefinition } from '../../domain/monitoring/rule-definition.js';
import { mergeWindows } from '../../domain/silences/silence-window.js';
import { ruleDefinitions } from '../../domain/monitoring/rules.js';
import type { MonitoringTerms } from '../../storage/monitoring/monitoring-terms.js';

/**
 * A client's terms as its monitor may know them: recipients as tokens, so that two rules can be seen to share one and
 * no address is part of a history.
 */
export function monitorConfig(terms: MonitoringTerms, version: string, options: MonitorOptions): MonitorConfig {
  const { profile, client, grant } = terms;
  return {
    version,
    resellerId: terms.resellerId,
    intervalMs: terms.intervalMs,
    whenSeveral: profile?.whenSeveral ?? 'each',
    unlimited: client.balanceModel === 'unlimited',
    rules: ruleDefinitions(profile, client).map((rule) => withTokens(rule, terms.clientId)),
    ...(terms.normalCapacity !== null && { normalCapacity: terms.normalCapacity }),
    ...(terms.silences.length > 0 && { silenceWindows: mergeWindows(terms.silences) }),
    grant,
    episodes: terms.episodes,
    options,
  };
}

function withTokens(rule: RuleDefinition, clientId: string): RuleDefinition {
  return { ...rule, recipients: rule.recipients.map((address) => recipientToken(clientId, address)) };
}

/** Token of an address within one client's rules; addresses are compared without case. */
export function recipientToken(clientId: string, address: string): string {
  return createHash('sha256').update(`${clientId}\n${address.toLowerCase()}`).digest('base64url').slice(0, 8);
}
