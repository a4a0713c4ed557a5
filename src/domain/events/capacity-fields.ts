/** The whole state, never a difference: who receives it overwrites what it knew. Capacities: a number, or `unlimited`. */
export const capacityFields = {
  clientId: 'Client ID',
  externalId: 'External ID',
  sequence: 'Sequence',
  direction: 'Direction',
  applied: 'Reduced',
  capacity: 'Capacity',
  normalCapacity: 'Normal capacity',
  reason: 'Reason',
  available: 'Available',
  threshold: 'Threshold',
  restoreAt: 'Restored at',
  currency: 'Currency',
} as const;
