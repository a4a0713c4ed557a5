import type { ChangeEntry } from '../change.js';

type PanelEvent =
  | 'panel.login'
  | 'panel.login_failed'
  | 'panel.login_throttled'
  | 'panel.logout'
  | 'panel.password_forgotten'
  | 'panel.set_password'
  | 'panel.invite'
  | 'panel.change_contacts'
  | 'panel.change_thresholds'
  | 'panel.request_billing_email'
  | 'panel.confirm_billing_email'
  | 'panel.withdraw_billing_email';

/** A client as far as records of its panel name one. */
export interface PanelClient {
  readonly clientId: string;
  readonly resellerId: string;
}

/**
 * The audit row of what happens in a client panel, or to access to it. A login that is unknown leaves no trace of what was
 * typed: only the operator sees the try, and from where.
 */
export function panelEntry(
  action: PanelEvent,
  client: PanelClient | null,
  { before = null, after, reason = null }: Partial<Pick<ChangeEntry, 'before' | 'after' | 'reason'>>,
): ChangeEntry {
  return {
    action,
    subjectType: 'client',
    subjectId: client?.clientId ?? 'unknown',
    clientId: client?.clientId ?? null,
    resellerId: client?.resellerId ?? null,
    reason,
    before,
    after: after ?? null,
  };
}
