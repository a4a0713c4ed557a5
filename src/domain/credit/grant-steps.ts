import type { GrantStatus } from './grants.js';

/** A step of a temporary credit's life that the clock makes due. */
export type GrantStep = 'start' | 'warn' | 'revert';

interface GrantLife {
  readonly status: GrantStatus;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly warnAt: Date | null;
  readonly warnedAt: Date | null;
}

/** Scheduled or active. */
export function isOpenGrant({ status }: Pick<GrantLife, 'status'>): boolean {
  return status === 'scheduled' || status === 'active';
}

export function isStepDone(grant: GrantLife, step: GrantStep): boolean {
  switch (step) {
    case 'start':
      return grant.status === 'active';
    case 'warn':
      return grant.status === 'active' && grant.warnedAt !== null;
    case 'revert':
      return grant.status === 'reverted';
  }
}

/** A credit whose end has passed is only reverted: the client is not notified that it began or is about to end. */
export function isStepDue(grant: GrantLife, step: GrantStep, atMs: number): boolean {
  const isOver = grant.validUntil.getTime() <= atMs;
  switch (step) {
    case 'start':
      return grant.status === 'scheduled' && grant.validFrom.getTime() <= atMs && !isOver;
    case 'warn':
      return grant.status === 'active' && grant.warnAt !== null && grant.warnAt.getTime() <= atMs && !isOver;
    case 'revert':
      return isOpenGrant(grant) && isOver;
  }
}
