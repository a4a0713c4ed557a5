import { defineSearchAttributeKey } from '@temporalio/common';

/**
 * What a monitor can be found by in Temporal's own pages. Set at the start and touched only when the state word
 * changes, for each write costs dozens of index entries. Ids only: search attributes are never encrypted.
 */
export const lowwaterState = defineSearchAttributeKey('LowwaterState', 'KEYWORD');
export const lowwaterClient = defineSearchAttributeKey('LowwaterClient', 'KEYWORD');
export const lowwaterReseller = defineSearchAttributeKey('LowwaterReseller', 'KEYWORD');

export const searchAttributes = [lowwaterState, lowwaterClient, lowwaterReseller] as const;
