import { rangeParameters } from '../../../domain/clients/client-field-filters.js';
import { clientFieldSpecs } from '../../../domain/clients/client-fields.js';
import { reasons } from '../../../domain/monitoring/evaluate.js';
import { clientStates } from '../../../domain/monitoring/client-state.js';
import type { ClientFilter } from '../../../storage/clients/client-list.js';
import { clientStatuses } from '../../../storage/clients/clients.js';
import { amountFilter, requireCurrency } from '../../contract/amount-filters.js';
import type { FilterValues } from '../../contract/list-spec.js';
import { flag, oneOrMore, wholeNumber } from '../../contract/lists.js';
import { instant, line, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { fieldFilters } from './field-filters.js';

/** Ten times over, either way, has the effect of any more. */
const percent = wholeNumber(-100_000, 100_000);

const idsPattern = /^[1-9]\d{0,17}(,[1-9]\d{0,17}){0,999}$/;
const clientIds = z
  .string()
  .regex(idsPattern, 'must be up to 1,000 ids, separated by commas')
  .transform((text) => text.split(','));

/** Filters of the list of clients, and of what else is done with the clients that it shows. */
export const clientFilters = {
  ids: clientIds.optional().openapi({
    type: 'string',
    pattern: idsPattern.source,
    description: 'These clients: up to 1,000 ids, separated by commas',
    example: '7,9',
  }),
  q: line(200).optional().openapi({ description: 'Part of the name, id, email, or external id, ignoring case' }),
  ...fieldFilters,
  resellerId: reference.optional().openapi({ description: 'Clients of this reseller and its sub-resellers' }),
  status: oneOrMore([...clientStatuses, 'all'])
    .optional()
    .openapi({ default: ['active'] }),
  state: oneOrMore(clientStates).optional(),
  ruleReason: oneOrMore(reasons)
    .optional()
    .openapi({ description: 'At its last evaluation, a rule of the client has one of these reasons' }),
  tag: line(clientFieldSpecs.tags.max).optional().openapi({ description: 'This tag, ignoring case' }),
  tags: line(1000).optional().openapi({ description: 'All of these tags, separated by commas, ignoring case' }),
  availableFrom: amountFilter.optional(),
  availableTo: amountFilter.optional(),
  headroomFrom: percent.optional().openapi({ description: 'Percent of the nearest threshold, inclusive' }),
  headroomTo: percent.optional().openapi({ description: 'Percent of the nearest threshold, exclusive' }),
  inactiveDays: wholeNumber(1, 3660)
    .optional()
    .openapi({ description: 'No charges for this many 24-hour days; without any charge, counted from creation' }),
  temporaryCredit: z
    .enum(['active', 'none'])
    .optional()
    .openapi({ description: 'active: the client has active temporary credit' }),
  lastNoticeAfter: instant.optional().openapi({ description: 'Inclusive' }),
  lastNoticeBefore: instant.optional().openapi({ description: 'Exclusive' }),
  lastInvoicedFrom: instant.optional().openapi({ description: 'End of what is invoiced, inclusive' }),
  lastInvoicedTo: instant.optional().openapi({ description: 'End of what is invoiced, exclusive' }),
  mailFailing: flag
    .optional()
    .openapi({ description: 'A delivery of the newest notification was deferred, or ended without acceptance' }),
  overdue: flag.optional().openapi({ description: 'The next check or another wake is overdue by a minute or more' }),
  recipientMissing: flag.optional().openapi({ description: 'A rule with a threshold has no recipients' }),
};

/** @throws DomainError `invalid` for amounts without their currency */
export function storedFilter(asked: FilterValues<typeof clientFilters>): ClientFilter {
  requireCurrency(asked, amountFilters);
  const { status, state, tag, tags, temporaryCredit, ...same } = asked;
  const statuses = status ?? ['active'];
  return {
    ...same,
    statuses: clientStatuses.filter((one) => statuses.includes('all') || statuses.includes(one)),
    states: state,
    tags: tagsOf(tag, tags),
    temporaryCredit: temporaryCredit === null ? null : temporaryCredit === 'active',
  };
}

function tagsOf(tag: string | null, tags: string | null): string[] {
  const several = (tags ?? '').split(',').map((one) => one.trim());
  return [...(tag === null ? [] : [tag]), ...several].filter((one) => one !== '');
}

const amountFilters = ['availableFrom', 'availableTo', ...rangeParameters] as const;
