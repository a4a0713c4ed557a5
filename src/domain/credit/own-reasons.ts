/**
 * Reasons that are recorded where a change has none of a person: a change of a client's credit follows from another change.
 * A person's own words follow `became_unlimited` after a colon. The page has a text for each.
 */
export const ownReasons = [
  'became_unlimited',
  'client created',
  'client deleted',
  'client template',
  'imported',
] as const;
export type OwnReason = (typeof ownReasons)[number];
