import { line, reason, reference } from '../../contract/schemas.js';

/** What requests about records have in common that clients of a reseller and of its sub-resellers refer to. */

export const sharedFilters = {
  q: line(200).optional().openapi({ description: 'Part of the name, ignoring case, or the id' }),
  resellerId: reference.optional().openapi({ description: 'Of this reseller and its sub-resellers' }),
};

/** Of a creation, besides the fields of the record. */
export const sharedOwner = {
  resellerId: reference.optional().openapi({ description: 'Owner; default: the caller’s reseller' }),
  reason: reason.optional(),
};
