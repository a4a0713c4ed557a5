import type { MonitorActions } from '../../contract/monitor-actions.js';
import type { AnyJobKind, JobParameters, JobReason } from '../../domain/jobs/job-kinds.js';
import type { RowProblem } from '../../domain/jobs/job-outcomes.js';
import type { NotificationImpact } from '../../domain/profiles/notification-impact.js';
import type { Transaction } from '../../storage/system/database.js';
import type { ActorRights } from '../access/rights-now.js';
import type { Requester } from '../change.js';
import type { ConfirmImpact } from '../profiles/compute-impact.js';

/** What a job does to one client: as the single request would, with the rights of the starter of the job. */
export interface RowRequest<K extends AnyJobKind> {
  readonly requester: Requester;
  readonly rights: ActorRights;
  readonly clientId: string;
  /** from 1, in the order of the job */
  readonly position: number;
  readonly parameters: JobParameters<K>;
  readonly reason: JobReason<K> extends 'required' ? string : string | null;
  /** names the job's change of this client */
  readonly changeId: string;
  /** names the request to the monitor: the same one until its outcome is known */
  readonly updateId: string;
  /** the request was sent before, and its outcome is not known */
  readonly isRepeated: boolean;
  readonly monitors: MonitorActions;
}

/**
 * `detail`: what the row reports of its work. `clientId`: the client that it created. A refusal that leaves something
 * behind is a result; others are thrown.
 */
export type RowResult =
  | 'done'
  | 'unchanged'
  | { readonly outcome: 'done'; readonly detail: string }
  | { readonly outcome: 'done'; readonly clientId: string }
  | { readonly outcome: 'refused'; readonly problem: RowProblem; readonly detail: string };

/** Refuses a row with a problem that no service has. */
export class RowRefusal extends Error {
  override readonly name = 'RowRefusal';

  constructor(
    readonly problem: RowProblem,
    message: string,
  ) {
    super(message);
  }
}

interface JobChecks<K extends AnyJobKind> {
  /** Before the job starts. @throws DomainError with a pointer below `/parameters` for what no client can get */
  readonly requireParameters?: (requester: Requester, parameters: JobParameters<K>) => Promise<void>;
  /** Before the job starts. Calls `confirm` with its effect on notifications where it concerns many clients. */
  readonly confirm?: (
    requester: Requester,
    parameters: JobParameters<K>,
    clientIds: readonly string[],
    confirm: ConfirmImpact,
  ) => Promise<void>;
  /** What the job would do to notifications. */
  readonly preview?: (
    requester: Requester,
    parameters: JobParameters<K>,
    clientIds: readonly string[],
  ) => Promise<NotificationImpact>;
}

/**
 * Carries out one row; a DomainError refuses it.
 *
 * `inTransaction`: the change is written in the transaction that records the outcome, so that it is made exactly once.
 * `throughMonitor`: the change is a request to the client's monitor, which is made once under its `updateId`.
 */
export type RowService<K extends AnyJobKind> = JobChecks<K> &
  (
    | {
        readonly inTransaction: (tx: Transaction, request: RowRequest<K>) => Promise<RowResult>;
        /** The same for several rows; a DomainError of one of them undoes all, and each is then carried out on its own. */
        readonly manyInTransaction?: (
          tx: Transaction,
          requests: readonly RowRequest<K>[],
        ) => Promise<readonly RowResult[]>;
      }
    | { readonly throughMonitor: (request: RowRequest<K>) => Promise<RowResult> }
  );
