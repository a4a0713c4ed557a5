import type { NotificationImpact } from '../../domain/profiles/notification-impact.js';
import { readAssignees, type Assignee, type Assignees } from '../../storage/profiles/profile-assign.js';
import type { ClientSelection } from '../../storage/profiles/profile-clients.js';
import { readProfilesById, type ProfileRow } from '../../storage/profiles/profiles.js';
import type { Requester } from '../change.js';
import { computeImpact, confirmImpact, type ConfirmImpact, type PlannedChange } from './compute-impact.js';
import { readyProfiles } from './ready-profiles.js';

/** Called with the clients that are to get the profile; throws where one of them keeps all from it. */
type RequireFit = (rows: readonly Assignee[]) => void;

/**
 * Lets the requester confirm how many clients an assignment newly notifies.
 *
 * @param requireFit absent: a client that does not fit the profile is left out
 */
export async function confirmAssignment(
  requester: Requester,
  profile: ProfileRow,
  clients: Assignees,
  confirm: ConfirmImpact,
  requireFit: RequireFit = () => undefined,
): Promise<void> {
  const plan = (): Promise<Plan> => planAssignment(requester, profile, clients, requireFit);
  await confirmImpact(requester, selectionOf(clients), plan, confirm);
}

/** What an assignment would do to notifications, however many clients it concerns. */
export async function previewAssignment(
  requester: Requester,
  profile: ProfileRow,
  clients: Assignees,
): Promise<NotificationImpact> {
  const plan = await planAssignment(requester, profile, clients, () => undefined);
  return computeImpact(requester.scope, { selection: selectionOf(clients), ...plan }, requester.now);
}

type Plan = Omit<PlannedChange, 'selection'>;

/** Compares every client under its profile of now and under the new one. */
function planAssignment(
  { scope, now }: Requester,
  profile: ProfileRow,
  clients: Assignees,
  requireFit: RequireFit,
): Promise<Plan> {
  return scope.read(async (q) => {
    const rows = await readAssignees(q, scope.resellerId, profile.resellerId, clients);
    requireFit(rows);
    const fitting = new Set(rows.filter(({ fits }) => fits).map(({ id }) => id));
    const usedIds = new Set(rows.flatMap(({ profileId }) => (profileId === null ? [] : [profileId])));
    const used = await readProfilesById(q, [...usedIds]);
    const ready = await readyProfiles(q, [profile, ...used], now);
    const after = ready.get(profile.id) ?? null;
    return {
      before: ({ profileId }) => ready.get(profileId ?? '') ?? null,
      after: ({ id }) => (fitting.has(id) ? after : null),
    };
  });
}

function selectionOf(clients: Assignees): ClientSelection {
  return 'clientIds' in clients ? clients : { profileId: clients.fromProfileId };
}
