import type { Dictionary } from '../text';

/** Addresses from which emails came back. */
export const bounces = {
  'bounces.lead': 'Addresses from which emails came back after they were accepted. Correct them where they are used.',
  'bounces.search': 'Address',
  'bounces.address': 'Address',
  'bounces.client': 'Client',
  'bounces.reseller': 'Reseller',
  'bounces.code': 'Code',
  'bounces.detail': 'Details',
  'bounces.times': 'Times',
  'bounces.last': 'Last',
  'bounces.first': 'First',
  'bounces.clearedBy': 'Cleared by',
  'bounces.id': 'ID',
  'bounces.status.bounced': 'Bounced',
  'bounces.status.cleared': 'Cleared',
  'bounces.status.all': 'All',
  'bounces.clear': 'Clear',
  'bounces.clearTitle': 'Clear {address}?',
  'bounces.clearEffect': 'Says that the address works again. The next bounce marks it again.',
  'bounces.clearedToast': 'Address cleared',
  'bounces.empty': 'No bounced addresses',
  'bounces.emptyText': 'Addresses appear here when your mail provider reports that an email came back.',
} as const satisfies Dictionary;
