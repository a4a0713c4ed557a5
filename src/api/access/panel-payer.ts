import { DomainError } from '../../domain/errors.js';
import { panelRetryAfter, panelTriesMs } from '../../domain/payments/panel-payments.js';
import type { Requester } from '../../services/change.js';
import { hasPanelGateway, type PanelTries } from '../../storage/panel/panel-card.js';
import type { Queries } from '../../storage/system/database.js';
import { readInstallationSettings } from '../../storage/system/installation-settings.js';
import { operatorScope, type Scope, type WriteWatch } from '../../storage/system/scope.js';
import type { ApiContext, PanelCaller } from '../context.js';
import { ApiProblem } from '../http/problem.js';

/**
 * Cards and payments of the client panel. The database shows a panel user no gateway, so what needs one is done by the
 * service, within the client's reseller, and for no other client than the caller's own: operations pass
 * `caller.clientId`, never an id of the request. The records name the panel user.
 */
export function panelPayer(
  context: ApiContext,
  { resellerId, actor }: PanelCaller,
  { now, bound }: { readonly now: number; readonly bound: WriteWatch },
): Requester {
  return { scope: operatorScope(context.databases.service, resellerId, bound), actor, now };
}

/** Whether the panel offers payments by card: the installation lets it, and a payment gateway serves the client. */
export async function offersCardPayments(q: Queries): Promise<boolean> {
  return (await readInstallationSettings(q)).panelCardPayments && (await hasPanelGateway(q));
}

/** @throws DomainError `panel_not_allowed` */
export async function requireCardPayments(scope: Scope): Promise<void> {
  if (await scope.read(offersCardPayments)) return;
  throw new DomainError('panel_not_allowed', 'payments by card are not offered: ask your provider how to pay');
}

/**
 * Each try is a request to the gateway, and stolen cards are tried out in this way.
 *
 * @throws ApiProblem `rate_limited`
 */
export async function limitPanelTries(
  { scope, now }: Requester,
  what: string,
  count: (q: Queries, since: Date) => Promise<PanelTries>,
): Promise<void> {
  const seconds = panelRetryAfter(await scope.read((q) => count(q, new Date(now - panelTriesMs))), now);
  if (seconds === null) return;
  const minutes = Math.ceil(seconds / 60);
  throw new ApiProblem('rate_limited', `too many ${what} within an hour: continue in ${minutes} minutes`, {
    retryAfterSeconds: seconds,
  });
}

/**
 * What a gateway says about settings and secrets is for staff.
 *
 * @throws DomainError `gateway_unavailable`, in words for the client
 */
export async function askForPanel<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError) || !['gateway_unavailable', 'no_gateway'].includes(error.code)) throw error;
    throw new DomainError('gateway_unavailable', 'the payment service gives no answer now: try again in some minutes');
  }
}
