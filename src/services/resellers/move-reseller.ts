import { DomainError } from '../../domain/errors.js';
import { lostAncestors, requireMovable } from '../../domain/resellers/tree.js';
import { isReplaceable } from '../../storage/notifications/channel-references.js';
import {
  countClientsBelow,
  findCompanyLeftAlone,
  isOwnedBy,
  nearestEmail,
  readDangling,
  readInheritingClients,
  readTemplateOwners,
  replaceReference,
  type DanglingReference,
  type MovedReference,
} from '../../storage/resellers/move-effects.js';
import { requireFreeNameBelow } from '../../storage/resellers/free-name.js';
import { levelsBelow, lockTree, moveSubtree } from '../../storage/resellers/reseller-tree.js';
import {
  findReseller,
  lockReseller,
  requireOwner,
  signalClientsBelow,
  type ResellerRow,
} from '../../storage/resellers/resellers.js';
import type { Queries, Transaction } from '../../storage/system/database.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { resellerEntry } from './reseller-entry.js';

/** In place of a record of a former parent: another one, or none. */
interface Replacement {
  readonly kind: MovedReference;
  readonly from: string;
  readonly to: string | null;
}

export interface ResellerMove {
  readonly parentId: string;
  readonly mapping: readonly Replacement[];
}

interface Owner {
  readonly resellerId: string;
  readonly resellerName: string;
}

export interface MoveEffects {
  /** of the reseller and its sub-resellers, not deleted */
  readonly clients: number;
  /** clients whose user notification goes to another address, the first of them by name */
  readonly recipients: {
    readonly before: string | null;
    readonly after: string | null;
    readonly total: number;
    readonly clients: readonly { readonly id: string; readonly name: string }[];
  };
  /** kinds of emails whose template comes from elsewhere; null: from further above, or built in */
  readonly templates: readonly { readonly kind: string; readonly before: Owner | null; readonly after: Owner | null }[];
  readonly dangling: readonly DanglingReference[];
}

const maxListed = 100;

/** What a move would change. @throws DomainError as `moveReseller`, except `reseller_dangling` */
export function previewMove(requester: Requester, id: string, parentId: string): Promise<MoveEffects> {
  const { scope } = requester;
  return scope.readSnapshot(async (tx) => {
    const before = existing(await findReseller(tx, scope.resellerId, id), id);
    const parentPath = await requireTarget(tx, scope.resellerId, before, parentId);
    await requireFreeNameBelow(tx, parentId, before);
    return readEffects(tx, before, parentPath);
  });
}

/**
 * Puts a reseller under another parent, with all below it. Counters and sent emails stay as they are; recipients,
 * templates, and languages follow from the next notification on, and none is sent because of the move.
 *
 * @throws DomainError `not_found` (outside of the scope, the operator, a manager), `reseller_cycle`, `reseller_too_deep`,
 *   `reseller_dangling` with what clients, companies, profiles, and rate tables refer to, `already_exists`
 */
export function moveReseller(
  requester: Requester,
  id: string,
  { parentId, mapping }: ResellerMove,
  reason: string | null,
  precondition: Precondition<ResellerRow>,
): Promise<ResellerRow> {
  const { resellerId } = requester.scope;
  return change(requester, async (tx) => {
    await lockTree(tx);
    const before = existing(await lockReseller(tx, resellerId, id), id);
    precondition(before);
    const parentPath = await requireTarget(tx, resellerId, before, parentId);
    for (const replacement of mapping) await replace(tx, before, parentPath, replacement);
    await requireRecipientsLeft(tx, id, mapping);
    requireNoneLeft(await readDangling(tx, id, lostFrom(before, parentPath)));
    await moveSubtree(tx, id, parentId);
    await signalClientsBelow(tx, id);
    const after = await findReseller(tx, resellerId, id);
    if (!after) throw new TypeError('a moved reseller stays within the scope');
    const entry = resellerEntry('reseller.move', reason, before, after);
    return recorded(after, mapping.length === 0 ? entry : { ...entry, after: { ...entry.after, mapping } });
  });
}

function existing(row: ResellerRow | null, id: string): ResellerRow {
  if (row?.kind === 'manager') {
    throw new DomainError(
      'conflict',
      'a manager stays with its reseller: create one for the other reseller',
      '/path/id',
    );
  }
  if (!row || row.kind === 'operator' || row.status === 'deleted') {
    throw new DomainError('not_found', `there is no reseller ${id} that you can move`, '/path/id');
  }
  return row;
}

async function requireTarget(
  q: Queries,
  withinId: string,
  before: ResellerRow,
  parentId: string,
): Promise<readonly string[]> {
  const parentPath = await requireOwner(q, withinId, parentId, '/parentId');
  requireMovable({ id: before.id, parentPath, levels: await levelsBelow(q, before.id) });
  return parentPath;
}

async function readEffects(q: Queries, before: ResellerRow, parentPath: readonly string[]): Promise<MoveEffects> {
  const oldPath = before.path.slice(0, -1);
  const addresses = { before: await nearestEmail(q, oldPath), after: await nearestEmail(q, parentPath) };
  const isSame = addresses.before === addresses.after;
  const affected = isSame ? { total: 0, clients: [] } : await readInheritingClients(q, before.id, maxListed);
  return {
    clients: await countClientsBelow(q, before.id),
    recipients: { ...addresses, ...affected },
    templates: await readTemplateChanges(q, before, parentPath),
    dangling: await readDangling(q, before.id, lostFrom(before, parentPath)),
  };
}

async function readTemplateChanges(
  q: Queries,
  before: ResellerRow,
  parentPath: readonly string[],
): Promise<MoveEffects['templates']> {
  const lost = lostFrom(before, parentPath);
  const gained = lostAncestors(parentPath, before.path.slice(0, -1));
  const owners = await readTemplateOwners(q, [before.id, ...lost, ...gained]);
  const nearest = (kind: string, above: readonly string[]): Owner | null => {
    const ofKind = owners.filter((owner) => owner.kind === kind);
    const found = above.flatMap((id) => ofKind.filter(({ resellerId }) => resellerId === id))[0];
    return found ? { resellerId: found.resellerId, resellerName: found.resellerName } : null;
  };
  const own = new Set(owners.filter(({ resellerId }) => resellerId === before.id).map(({ kind }) => kind));
  const kinds = [...new Set(owners.map(({ kind }) => kind))].filter((kind) => !own.has(kind)).sort();
  return kinds.map((kind) => ({ kind, before: nearest(kind, lost), after: nearest(kind, gained) }));
}

function lostFrom(before: ResellerRow, parentPath: readonly string[]): string[] {
  return lostAncestors(before.path.slice(0, -1), parentPath);
}

async function replace(
  tx: Transaction,
  before: ResellerRow,
  parentPath: readonly string[],
  replacement: Replacement,
): Promise<void> {
  const { kind, to } = replacement;
  if (kind === 'client_template') {
    throw new DomainError('conflict', 'clients are detached from a client template before the move', '/mapping');
  }
  if (to !== null && !(await isOwnedBy(tx, kind, to, [...parentPath, before.id]))) {
    const detail = `${kind.replaceAll('_', ' ')} ${to} must belong to the moved reseller or to one above its new place`;
    throw new DomainError('conflict', detail, '/mapping');
  }
  if (kind === 'notification_channel' && to !== null && !(await isReplaceable(tx, replacement.from, to))) {
    const detail = `channel ${to} must be of SMS exactly where channel ${replacement.from} is: recipients keep their numbers`;
    throw new DomainError('conflict', detail, '/mapping');
  }
  await replaceReference(tx, before.id, replacement);
}

/** A threshold of a company that is on has a recipient. */
async function requireRecipientsLeft(tx: Transaction, id: string, mapping: readonly Replacement[]): Promise<void> {
  if (!mapping.some(({ kind, to }) => kind === 'notification_channel' && to === null)) return;
  const company = await findCompanyLeftAlone(tx, id);
  if (!company) return;
  const detail = `company ${company.id} "${company.name}" would have an alarm without recipients: map its channel to another one`;
  throw new DomainError('conflict', detail, '/mapping');
}

function requireNoneLeft(dangling: readonly DanglingReference[]): void {
  if (dangling.length === 0) return;
  const listed = dangling.slice(0, 10).map(({ kind, id, name }) => `${kind.replaceAll('_', ' ')} ${id} "${name}"`);
  const more = dangling.length > listed.length ? `, and ${dangling.length - listed.length} more` : '';
  throw new DomainError(
    'reseller_dangling',
    `clients, companies, profiles, or rate tables refer to records of former parents: ${listed.join(', ')}${more}. Map or change them first`,
    '/mapping',
  );
}
