import { membersOf, type ClientStatus, type BalanceModel } from '../../api/types';
import { profileSource, resellerSource } from '../../form/sources';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { zones } from '../../i18n/zone';
import type { ListFilter, Option } from '../../list/definition';
import { stateText, clientStates } from '../../ui/badges/StateBadge';

const clientStatuses = membersOf<ClientStatus>({ active: true, stop: true, deleted: true });
export const balanceModels = membersOf<BalanceModel>({ prepaid: true, postpaid: true, unlimited: true });

const shownAtOnce = 50;

/** Offers what is known without asking anybody: time zones, currencies. */
function localSource(
  all: () => readonly Option[],
): Pick<Extract<ListFilter, { kind: 'reference' }>, 'search' | 'read'> {
  return {
    async search(text) {
      const wanted = text.trim().toLocaleLowerCase();
      return all()
        .filter(({ label }) => label.toLocaleLowerCase().includes(wanted))
        .slice(0, shownAtOnce);
    },
    read: async (value) => value,
  };
}

function currencies(): readonly Option[] {
  const names = new Intl.DisplayNames(intlLocale(), { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((value) => ({
    value,
    label: `${value} · ${names.of(value) ?? value}`,
  }));
}

/** The filters of docs/manuals.md#advanced-search, and those of state, headroom, and notifications. */
export const clientFilters: readonly ListFilter[] = [
  {
    kind: 'choice',
    section: 'clients.section.general',
    label: 'clients.status',
    parameter: 'status',
    multiple: true,
    options: () => clientStatuses.map((value) => ({ value, label: t(`clients.status.${value}`) })),
    initial: { value: 'active', cleared: 'all' },
  },
  {
    kind: 'choice',
    section: 'clients.section.balance',
    label: 'clients.state',
    parameter: 'state',
    multiple: true,
    options: () => clientStates.map((value) => ({ value, label: stateText(value) })),
  },
  { kind: 'text', section: 'clients.section.general', label: 'clients.nameBegins', parameter: 'name' },
  {
    kind: 'reference',
    section: 'clients.section.general',
    label: 'clients.resellerAndBelow',
    parameter: 'resellerId',
    ...resellerSource,
  },
  {
    kind: 'reference',
    section: 'clients.section.general',
    label: 'clients.currency',
    parameter: 'currency',
    ...localSource(currencies),
  },
  {
    kind: 'reference',
    section: 'clients.section.general',
    label: 'clients.timezone',
    parameter: 'timezone',
    ...localSource(() => zones().map((value) => ({ value, label: value }))),
  },
  {
    kind: 'text',
    section: 'clients.section.general',
    label: 'clients.tagsAll',
    parameter: 'tags',
    placeholder: 'vip, wholesale',
  },
  { kind: 'text', section: 'clients.section.general', label: 'clients.externalId', parameter: 'externalId' },
  {
    kind: 'choice',
    section: 'clients.section.balance',
    label: 'clients.balanceModel',
    parameter: 'balanceModel',
    options: () => balanceModels.map((value) => ({ value, label: t(`clients.model.${value}`) })),
  },
  {
    kind: 'money',
    section: 'clients.section.balance',
    label: 'clients.available',
    from: 'availableFrom',
    to: 'availableTo',
    currency: 'currency',
    keepsCurrency: true,
  },
  {
    kind: 'money',
    section: 'clients.section.balance',
    label: 'clients.creditLimit',
    from: 'creditLimitFrom',
    to: 'creditLimitTo',
    currency: 'currency',
    keepsCurrency: true,
  },
  {
    kind: 'choice',
    section: 'clients.section.balance',
    label: 'clients.temporaryCredit',
    parameter: 'temporaryCredit',
    options: () => (['active', 'none'] as const).map((value) => ({ value, label: t(`clients.credit.${value}`) })),
  },
  percent('clients.withinPercent', 'withinPercent', 0),
  percent('clients.headroomFrom', 'headroomFrom', -100_000),
  percent('clients.headroomTo', 'headroomTo', -100_000),
  {
    kind: 'reference',
    section: 'clients.section.notifications',
    label: 'clients.profile',
    parameter: 'profileId',
    ...profileSource,
    none: { value: 'none', label: 'clients.noProfile' },
  },
  {
    kind: 'time',
    section: 'clients.section.notifications',
    label: 'clients.lastNotification',
    from: 'lastNoticeAfter',
    to: 'lastNoticeBefore',
  },
  {
    kind: 'number',
    section: 'clients.section.notifications',
    label: 'clients.inactiveDays',
    parameter: 'inactiveDays',
    min: 1,
    max: 3660,
  },
  flag('clients.mailFailing', 'mailFailing'),
  flag('clients.recipientMissing', 'recipientMissing'),
  flag('clients.overdue', 'overdue'),
  {
    kind: 'text',
    section: 'clients.section.contacts',
    label: 'clients.billingEmail',
    parameter: 'billingEmail',
    placeholder: '*@example.com',
  },
];

function percent(
  label: 'clients.withinPercent' | 'clients.headroomFrom' | 'clients.headroomTo',
  parameter: string,
  min: number,
): ListFilter {
  return { kind: 'number', section: 'clients.section.balance', label, parameter, min, max: 100_000 };
}

function flag(
  label: 'clients.mailFailing' | 'clients.recipientMissing' | 'clients.overdue',
  parameter: string,
): ListFilter {
  return { kind: 'flag', section: 'clients.section.notifications', label, parameter, value: 'true' };
}
