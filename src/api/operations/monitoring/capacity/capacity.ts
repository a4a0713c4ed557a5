import { capacityCauses, type CapacityDecision } from '../../../../domain/monitoring/actions/capacity.js';
import { moneyText, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

/** A capacity that was decided, and why. */
export const capacityFields = {
  applied: z.boolean().openapi({ description: 'The lower capacity applies' }),
  capacity: z.int().nullable().openapi({ description: 'Current origination capacity; null: no limit' }),
  normalCapacity: z.int().nullable().openapi({ description: 'Capacity while the client is not low; null: no limit' }),
  reason: z.enum(capacityCauses).openapi({
    description:
      '`below_threshold`: available fell below the threshold · `recovered`: the client is no longer low · ' +
      '`configuration`: a capacity was changed, or the rule was removed',
  }),
  available: moneyText.nullable().openapi({ description: 'When it was decided; null: unknown' }),
  threshold: moneyText.nullable().openapi({ description: 'null: the rule was removed' }),
  restoreAt: moneyText.nullable().openapi({ description: 'null: at the threshold' }),
};

export const currentCapacityFields = {
  ...capacityFields,
  reason: capacityFields.reason.nullable().openapi({ description: 'null: the capacity was never lowered' }),
  since: timeString.nullable(),
};

/** The current capacity of a client. */
export const capacitySchema = z.strictObject(currentCapacityFields).openapi('Capacity');

/** @param normal of the client now; null: no limit */
export function capacityJson(decision: CapacityDecision | null, normal: number | null): z.input<typeof capacitySchema> {
  if (decision === null) return neverLowered(normal);
  const { applied, cause, at, available, threshold, restoreAt } = decision;
  return {
    applied,
    // The monitor learns of another normal capacity a moment later.
    capacity: applied ? decision.capacity : normal,
    normalCapacity: normal,
    reason: cause,
    available,
    threshold,
    restoreAt,
    since: timeText(new Date(at)),
  };
}

function neverLowered(normal: number | null): z.input<typeof capacitySchema> {
  const nothing = { reason: null, available: null, threshold: null, restoreAt: null, since: null };
  return { applied: false, capacity: normal, normalCapacity: normal, ...nothing };
}
