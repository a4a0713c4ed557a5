import { membersOf, type ClientStatus, type BalanceModel } from '../../api/types';
import { languageOptions } from '../../form/languages';
import { profileSource, referenceSources, resellerSource } from '../../form/sources';
import { displayNames, supportedValues } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { t, type Key } from '../../i18n/t';
import { zones } from '../../i18n/zone';
import { parametersOf, type ListFilter, type Option } from '../../list/definition';
import {
  choiceLabel,
  clientFields,
  clientSections,
  fieldLabel,
  sectionLabel,
  type ClientField,
} from '../../ui/text/client-field';
import { reasons, reasonText } from '../../ui/badges/Reason';
import { stateText, clientStates } from '../../ui/badges/StateBadge';

const clientStatuses = membersOf<ClientStatus>({ active: true, stop: true, deleted: true });
export const balanceModels = membersOf<BalanceModel>({ prepaid: true, postpaid: true, unlimited: true });

const shownAtOnce = 50;

/** Offers what is known without a request: time zones, currencies. */
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
  const names = displayNames(intlLocale(), { type: 'currency' });
  return supportedValues('currency').map((value) => ({
    value,
    label: `${value} · ${names.of(value)}`,
  }));
}

/** The filters of docs/manuals.md#advanced-search, and those of state, headroom, and notifications. */
const placedFilters: readonly ListFilter[] = [
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
    section: 'clients.balance',
    label: 'clients.state',
    parameter: 'state',
    multiple: true,
    options: () => clientStates.map((value) => ({ value, label: stateText(value) })),
  },
  {
    kind: 'choice',
    section: 'clients.section.notifications',
    label: 'clients.ruleReason',
    parameter: 'ruleReason',
    multiple: true,
    options: () => reasons.map((value) => ({ value, label: reasonText(value) })),
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
    section: 'clients.section.originator',
    label: 'clients.balanceModel',
    parameter: 'balanceModel',
    options: () => balanceModels.map((value) => ({ value, label: t(`clients.balanceModel.${value}`) })),
  },
  {
    kind: 'money',
    section: 'clients.balance',
    label: 'clients.available',
    from: 'availableFrom',
    to: 'availableTo',
    currency: 'currency',
    keepsCurrency: true,
  },
  {
    kind: 'money',
    section: 'clients.section.originator',
    label: 'clients.creditLimit',
    from: 'creditLimitFrom',
    to: 'creditLimitTo',
    currency: 'currency',
    keepsCurrency: true,
  },
  {
    kind: 'choice',
    section: 'clients.balance',
    label: 'clients.temporaryCredit',
    parameter: 'temporaryCredit',
    options: () => (['active', 'none'] as const).map((value) => ({ value, label: t(`clients.credit.${value}`) })),
  },
  {
    kind: 'percentRange',
    section: 'clients.balance',
    label: 'clients.headroom',
    from: 'headroomFrom',
    to: 'headroomTo',
    hint: 'clients.headroomHint',
  },
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
    kind: 'time',
    section: 'clients.section.autoinvoicing',
    label: 'invoices.lastInvoiced',
    from: 'lastInvoicedFrom',
    to: 'lastInvoicedTo',
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
    section: 'clients.section.company',
    label: 'clients.billingEmail',
    parameter: 'billingEmail',
    placeholder: '*@example.com',
  },
];

/** The sections of the form, and what the list shows of balances after the general one. */
const sections: readonly Key[] = clientSections.flatMap((section): readonly Key[] =>
  section === 'general' ? [sectionLabel(section), 'clients.balance'] : [sectionLabel(section)],
);

/**
 * The filters above, and those of the other fields of the catalogue that the API filters by, in the order of the form.
 */
export const clientFilters: readonly ListFilter[] = [
  ...placedFilters,
  ...clientFields
    .filter(
      ({ name }) =>
        !placedFilters.some((filter) => parametersOf(filter).some((one) => one.replace(/From$/, '') === name)),
    )
    .flatMap(filterOf),
].sort((left, right) => sectionAt(left) - sectionAt(right));

function sectionAt({ section }: ListFilter): number {
  return section === undefined ? -1 : sections.indexOf(section);
}

function filterOf({ name, section, spec }: ClientField): readonly ListFilter[] {
  const heading = { section: sectionLabel(section), label: fieldLabel(name) };
  if (spec.filter === 'range') {
    const bounds = { from: `${name}From`, to: `${name}To`, currency: 'currency', keepsCurrency: true };
    return [{ ...heading, kind: 'money', ...bounds }];
  }
  if (spec.filter !== 'equals' && spec.filter !== 'begins' && spec.filter !== 'pattern') return [];
  const shared = { ...heading, parameter: name };
  switch (spec.type) {
    case 'choice': {
      const values = spec.values ?? [];
      return [
        {
          ...shared,
          kind: 'choice',
          options: () => values.map((value) => ({ value, label: t(choiceLabel(name, value)) })),
        },
      ];
    }
    case 'reference':
      return [
        {
          ...shared,
          kind: 'reference',
          ...referenceSources[spec.to ?? 'reseller'],
          ...(spec.nullable && { none: { value: 'none', label: 'common.none' } }),
        },
      ];
    case 'flag':
      return [{ ...shared, kind: 'choice', options: yesOrNo }];
    case 'text':
      return [{ ...shared, kind: 'text', ...(spec.filter === 'pattern' && { placeholder: '*Kyiv*' }) }];
    case 'email':
      return [{ ...shared, kind: 'text', placeholder: '*@example.com' }];
    case 'integer': {
      const none: Key = spec.empty === 'unlimited' ? 'clients.balanceModel.unlimited' : 'common.none';
      return [
        {
          ...{ ...shared, kind: 'number', min: spec.min ?? 0, max: spec.max ?? Number.MAX_SAFE_INTEGER },
          ...(spec.nullable && { none: { value: 'none', label: none } }),
        },
      ];
    }
    case 'language':
      return [{ ...shared, kind: 'reference', ...localSource(languageOptions), read: languageName }];
    default:
      return [];
  }
}

async function languageName(code: string): Promise<string> {
  return languageOptions(code).find(({ value }) => value === code)?.label ?? code;
}

function yesOrNo(): readonly Option[] {
  return [
    { value: 'true', label: t('common.yes') },
    { value: 'false', label: t('common.no') },
  ];
}

function flag(
  label: 'clients.mailFailing' | 'clients.recipientMissing' | 'clients.overdue',
  parameter: string,
): ListFilter {
  return { kind: 'flag', section: 'clients.section.notifications', label, parameter, value: 'true' };
}
