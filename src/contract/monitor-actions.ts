import type { Explanation } from '../domain/monitoring/explain.js';
import type { CheckNowInput, CheckNowResult, PauseInput, SilenceInput } from './monitor-requests.js';
import type { GrantCreditInput, GrantView } from './temporary-credit.js';

/**
 * What people ask of a monitor, for one client or by a job for many. A refusal is a DomainError, and nothing was changed;
 * any other error leaves open whether it was. Repeated with the same `updateId` it changes nothing a second time.
 */
export interface MonitorActions {
  checkNow(clientId: string, input: CheckNowInput, updateId: string): Promise<CheckNowResult>;
  grantCredit(clientId: string, input: GrantCreditInput, updateId: string): Promise<GrantView>;
  /** null: it was done before, and the monitor does not explain itself now */
  silence(clientId: string, input: SilenceInput, updateId: string): Promise<Explanation | null>;
  pause(clientId: string, input: PauseInput, updateId: string): Promise<Explanation | null>;
  resume(clientId: string, input: PauseInput, updateId: string): Promise<Explanation | null>;
  /** Ends the monitor of a client that was removed, and deletes its workflow executions. @returns how many */
  removeMonitor(clientId: string): Promise<number>;
  /** Deletes the workflow executions that resent these deliveries. */
  removeResends(deliveryIds: readonly string[]): Promise<void>;
}
