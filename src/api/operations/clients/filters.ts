import { DomainError } from '../../../domain/errors.js';
import { balanceModels } from '../../../domain/monitoring/rules.js';
import { clientStates } from '../../../domain/monitoring/client-state.js';
import { clientSorts, type ClientFilter } from '../../../storage/clients/client-list.js';
import { clientStatuses } from '../../../storage/clients/clients.js';
import { flag, listQuery, oneOrMore, wholeNumber } from '../../contract/lists.js';
import { currency, instant, line, money, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

const amount = money().openapi({ type: 'string', description: 'Needs `currency`', example: '-100.00' });
/** Ten times over, either way, is as good as any more. */
const percent = wholeNumber(-100_000, 100_000);

/** Filters of the list of clients, and of what else is done with the clients that it shows. */
export const clientListQuery = listQuery(clientSorts, 'name', {
  include: { runway: 'how long the money of each lasts' },
}).extend({
  q: line(200).optional().openapi({ description: 'Within name, id, e-mail or external id, without case' }),
  name: line(200).optional().openapi({ description: 'Beginning of the name, without case' }),
  billingEmail: line(254)
    .optional()
    .openapi({ description: 'Without case; `*` stands for anything', example: '*@acme.example' }),
  resellerId: reference.optional().openapi({ description: 'Clients of this reseller and below' }),
  managerId: reference.optional(),
  status: oneOrMore([...clientStatuses, 'all'])
    .optional()
    .openapi({
      type: 'string',
      default: 'active',
      description: 'active, stop, deleted, several with commas, or all',
    }),
  state: oneOrMore(clientStates)
    .optional()
    .openapi({ type: 'string', description: clientStates.join(', ') }),
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
});

type Asked = Omit<z.output<typeof clientListQuery>, 'limit' | 'cursor' | 'sort' | 'include'>;

/** @throws DomainError `invalid` for amounts without their currency */
export function clientFilterOf(asked: Asked): ClientFilter {
  requireCurrency(asked);
  const statuses = asked.status ?? ['active'];
  return {
    q: asked.q ?? null,
    name: asked.name ?? null,
    billingEmail: asked.billingEmail ?? null,
    resellerId: asked.resellerId ?? null,
    managerId: asked.managerId ?? null,
    statuses: clientStatuses.filter((status) => statuses.includes('all') || statuses.includes(status)),
    states: asked.state ?? null,
    currency: asked.currency ?? null,
    profileId: asked.profileId ?? null,
    balanceModel: asked.balanceModel ?? null,
    tags: tagsOf(asked),
    externalId: asked.externalId ?? null,
    timezone: asked.timezone ?? null,
    availableFrom: asked.availableFrom ?? null,
    availableTo: asked.availableTo ?? null,
    creditLimitFrom: asked.creditLimitFrom ?? null,
    creditLimitTo: asked.creditLimitTo ?? null,
    headroomFrom: asked.headroomFrom ?? null,
    headroomTo: asked.headroomTo ?? null,
    withinPercent: asked.withinPercent ?? null,
    inactiveDays: asked.inactiveDays ?? null,
    temporaryCredit: asked.temporaryCredit === undefined ? null : asked.temporaryCredit === 'active',
    lastNoticeAfter: asked.lastNoticeAfter ?? null,
    lastNoticeBefore: asked.lastNoticeBefore ?? null,
    mailFailing: asked.mailFailing ?? null,
    overdue: asked.overdue ?? null,
    recipientMissing: asked.recipientMissing ?? null,
  };
}

function tagsOf({ tag, tags }: { readonly tag?: string | undefined; readonly tags?: string | undefined }): string[] {
  const several = (tags ?? '').split(',').map((one) => one.trim());
  return [...(tag === undefined ? [] : [tag]), ...several].filter((one) => one !== '');
}

const amountFilters = ['availableFrom', 'availableTo', 'creditLimitFrom', 'creditLimitTo'] as const;

/** An amount of no currency compares what cannot be compared. */
function requireCurrency(asked: Readonly<Partial<Record<(typeof amountFilters)[number] | 'currency', unknown>>>): void {
  const given = amountFilters.find((name) => asked[name] !== undefined);
  if (given === undefined || asked.currency !== undefined) return;
  throw new DomainError('invalid', 'say in which currency: give `currency` too', `/query/${given}`);
}
