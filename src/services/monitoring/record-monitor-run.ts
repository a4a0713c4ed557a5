import { change, recorded, type Requester } from '../change.js';

/**
 * Records that a monitor was started or restarted. Temporal has done so before: a run is no row of the database, so
 * that nothing but the audit row is written.
 */
export function recordMonitorRun(
  requester: Requester,
  clientId: string,
  action: 'monitor.start' | 'monitor.restart',
  reason: string | null,
): Promise<void> {
  return change(requester, () =>
    Promise.resolve(
      recorded(undefined, {
        action,
        subjectType: 'monitor',
        subjectId: clientId,
        clientId,
        reason,
        before: null,
        after: null,
      }),
    ),
  );
}
