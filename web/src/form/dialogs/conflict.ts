import { changesBetween, sameValue } from '../../ui/audit/diff';

/** One field that another user has changed since it was read, and its value in the form. */
export interface ConflictField {
  readonly path: string;
  /** what the form was filled with */
  readonly read: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** What two users have changed, as the audit log names it. */
export interface ConflictSubject {
  readonly type:
    | 'agreement'
    | 'client'
    | 'client_template'
    | 'company'
    | 'customer_class'
    | 'invoice_template'
    | 'notification_channel'
    | 'payment_terms'
    | 'profile'
    | 'rate_table'
    | 'table_rate'
    | 'reseller'
    | 'tax_profile'
    | 'user';
  readonly id: string;
}

export type Choice = 'mine' | 'theirs';
type Fields = Readonly<Record<string, unknown>>;

export interface Conflict {
  /** both changed it, to different values: the user must choose */
  readonly contested: readonly ConflictField[];
  /** only the other one changed it: taken over unless the user wants otherwise */
  readonly theirsOnly: readonly ConflictField[];
  /** only the user changed it: kept */
  readonly mineOnly: readonly ConflictField[];
}

/**
 * Compares three states of one thing. Only fields of the form count: a version or a time of change that the answer
 * holds besides them is no conflict.
 */
export function conflictOf(read: Fields, mine: Fields, theirs: Fields): Conflict {
  const shown = Object.fromEntries(Object.keys(mine).map((name) => [name, theirs[name]]));
  const before = Object.fromEntries(Object.keys(mine).map((name) => [name, read[name]]));
  const own = new Map(changesBetween(before, mine).map((change) => [change.path, change]));
  const others = new Map(changesBetween(before, shown).map((change) => [change.path, change]));
  const fields = [...new Set([...own.keys(), ...others.keys()])].map((path) => ({
    path,
    read: at(before, path),
    mine: at(mine, path),
    theirs: at(shown, path),
  }));
  const differing = fields.filter((field) => !sameValue(field.mine, field.theirs));
  return {
    contested: differing.filter(({ path }) => own.has(path) && others.has(path)),
    theirsOnly: differing.filter(({ path }) => !own.has(path)),
    mineOnly: differing.filter(({ path }) => !others.has(path)),
  };
}

/** The values to send: the user's, with theirs where that was chosen. */
export function resolveConflict<Values extends Fields>(
  mine: Values,
  conflict: Conflict,
  choices: Readonly<Record<string, Choice>>,
): Values {
  const merged: Values = structuredClone(mine);
  for (const field of [...conflict.contested, ...conflict.theirsOnly]) {
    const choice = choices[field.path] ?? (conflict.theirsOnly.includes(field) ? 'theirs' : 'mine');
    if (choice === 'theirs') put(merged, field.path, field.theirs);
  }
  return merged;
}

function at(fields: Fields, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as Fields | undefined)?.[name], fields);
}

function put(fields: Fields, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  const holder = names.reduce<unknown>((found, name) => (found as Fields)[name], fields);
  (holder as Record<string, unknown>)[last] = value;
}
