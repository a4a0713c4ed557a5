import { DomainError } from '../../../domain/errors.js';
import { balanceModels } from '../../../domain/monitoring/rules.js';
import { clientStates } from '../../../domain/monitoring/client-state.js';
import type { ClientFilter } from '../../../storage/clients/client-list.js';
import { clientStatuses } from '../../../storage/clients/clients.js';
import type { FilterValues } from '../../contract/list-spec.js';
import { flag, oneOrMore, wholeNumber } from '../../contract/lists.js';
import { currency, instant, line, money, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

const amount = money().openapi({ type: 'string', description: 'Needs `currency`', example: '-100.00' });
/** Ten times over, either way, is as good as any more. */
const percent = wholeNumber(-100_000, 100_000);

/** Filters of the list of clients, and of what else is done with the clients that it shows. */
export const clientFilters = {
  q: line(200).optional().openapi({ description: 'Within name, id, e-mail or external id, without case' }),
  name: line(200).optional().openapi({ description: 'Beginning of the name, without case' }),
  billingEmail: line(254)
    .optional()
    .openapi({ description: 'Without case; `*` stands for anything', example: '*@acme.example' }),
  resellerId: reference.optional().openapi({ description: 'Clients of this reseller and below' }),
  managerId: reference.optional(),
  status: oneOrMore([...clientStatuses, 'all'])
    .optional()
    .openapi({ default: ['active'] }),
  state: oneOrMore(clientStates).optional(),
  currency: currency.optional(),
  profileId: z.union([reference, z.literal('none')], { error: 'must be an id, or none' }).optional(),
  balanceModel: z.enum(balanceModels).optional(),
  tag: line(50).optional(),
  tags: line(1000).optional().openapi({ description: 'All of these, separated by commas' }),
  externalId: line(200).optional(),
  timezone: line(60).optional().openapi({ example: 'Europe/Kyiv' }),
  availableFrom: amount.optional(),
  availableTo: amount.optional(),
  creditLimitFrom: amount.optional(),
  creditLimitTo: amount.optional(),
  headroomFrom: percent.optional().openapi({ description: 'Percent of the nearest threshold; included' }),
  headroomTo: percent.optional().openapi({ description: 'Percent of the nearest threshold; not included' }),
  withinPercent: wholeNumber(0, 100_000)
    .optional()
    .openapi({ description: 'Not below the nearest threshold, and at most so many percent of it above' }),
  inactiveDays: wholeNumber(1, 3660)
    .optional()
    .openapi({ description: 'Without a charge for so many 24-hour days; one never charged counts from its creation' }),
  temporaryCredit: z
    .enum(['active', 'none'])
    .optional()
    .openapi({ description: 'active: a temporary credit is in force' }),
  lastNoticeAfter: instant.optional().openapi({ description: 'Included' }),
  lastNoticeBefore: instant.optional().openapi({ description: 'Not included' }),
  mailFailing: flag
    .optional()
    .openapi({ description: 'A delivery of the newest notification was deferred, or ended without acceptance' }),
  overdue: flag.optional().openapi({ description: 'The next check or another wake is a minute late or more' }),
  recipientMissing: flag.optional().openapi({ description: 'A rule has a threshold and nobody who would hear of it' }),
};

/** @throws DomainError `invalid` for amounts without their currency */
export function storedFilter(asked: FilterValues<typeof clientFilters>): ClientFilter {
  requireCurrency(asked);
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

const amountFilters = ['availableFrom', 'availableTo', 'creditLimitFrom', 'creditLimitTo'] as const;

/** An amount of no currency compares what cannot be compared. */
function requireCurrency(asked: Readonly<Record<(typeof amountFilters)[number] | 'currency', unknown>>): void {
  const given = amountFilters.find((name) => asked[name] !== null);
  if (given === undefined || asked.currency !== null) return;
  throw new DomainError('invalid', 'say in which currency: give `currency` too', `/query/${given}`);
}
