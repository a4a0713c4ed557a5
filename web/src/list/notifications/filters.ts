import type { components } from '../../api/schema';
import { membersOf } from '../../api/types';
import { channelSource, profileSource } from '../../form/sources';
import { failureReasonText, type FailureReason } from '../../ui/badges/DeliveryOutcomes';
import { ways, viaText } from '../../ui/badges/Via';
import { outcomes, outcomeText } from '../../ui/badges/OutcomeBadge';
import {
  companySideLabel,
  companySides,
  notificationKindLabel,
  notificationKinds,
  ruleKinds,
} from '../../ui/text/notification-kind';
import { ruleAudienceLabel, ruleAudiences } from '../../ui/text/rule-label';
import type { Facet, ListFilter, ListPage, Option } from '../definition';

/** The filters of every list of notifications, and how its rows divide. */

type Facets = components['schemas']['NotificationFacets'];

const failureReasons = membersOf<FailureReason>({
  ...{ rejected: true, deferred: true, unreachable: true, interrupted: true, uncertain: true },
});

const outcomeOptions = (): readonly Option[] => outcomes.map((value) => ({ value, label: outcomeText(value) }));
const kindOptions = (): readonly Option[] =>
  notificationKinds.map((value) => ({ value, label: notificationKindLabel(value) }));
const reasonOptions = (): readonly Option[] =>
  failureReasons.map((value) => ({ value, label: failureReasonText(value) }));

const kindFilter = {
  ...{ kind: 'choice', label: 'notifications.kind', parameter: 'kind', multiple: true, options: kindOptions },
} as const satisfies ListFilter;

/** The API shows the notifications of rules unless it is asked for others. */
export const ruleKindFilter: ListFilter = {
  ...kindFilter,
  initial: { value: ruleKinds, cleared: 'all', isUsual: true },
};

/** For a list that is asked for all kinds. */
export const allKindFilter: ListFilter = kindFilter;

export const notificationFilters: readonly ListFilter[] = [
  { kind: 'choice', label: 'common.status', parameter: 'status', multiple: true, options: outcomeOptions },
  {
    ...{ kind: 'choice', label: 'notifications.deliveryStatus', parameter: 'deliveryStatus', multiple: true },
    options: () => [...outcomeOptions(), { value: 'bounced', label: outcomeText('bounced') }],
  },
  { kind: 'choice', label: 'notifications.failure', parameter: 'reason', multiple: true, options: reasonOptions },
  { kind: 'time', label: 'notifications.at', from: 'from', to: 'to', picks: ['-24h', '-7d', '-30d'] },
  {
    kind: 'choice',
    label: 'notifications.rule',
    parameter: 'rule',
    options: () => [
      ...ruleAudiences.map((value) => ({ value, label: ruleAudienceLabel(value) })),
      ...companySides.map((value) => ({ value, label: companySideLabel(value) ?? value })),
    ],
  },
  {
    ...{ kind: 'choice', label: 'notifications.via', parameter: 'via', multiple: true },
    options: () => ways.map((value) => ({ value, label: viaText(value) })),
  },
  { kind: 'reference', label: 'ui.channel', parameter: 'channelId', ...channelSource },
  { kind: 'text', label: 'notifications.recipient', parameter: 'recipient' },
];

export const profileFilter: ListFilter = {
  ...{ kind: 'reference', label: 'notifications.profileNow', parameter: 'profileId' },
  ...profileSource,
};

/** A page that was asked for its facets. Each is counted under the other filters, so that a choice finds that many. */
export function notificationFacets<Row>(page: ListPage<Row> & { readonly facets?: Facets }): readonly Facet[] {
  const { facets } = page;
  if (!facets) return [];
  const counted = (options: readonly Option[], counts: Facets['status']): Facet['options'] =>
    options.flatMap((option) => {
      const count = counts.find(({ word }) => word === option.value)?.count ?? 0;
      return count > 0 ? [{ ...option, count }] : [];
    });
  const all: readonly Facet[] = [
    { parameter: 'status', label: 'common.status', options: counted(outcomeOptions(), facets.status) },
    { parameter: 'reason', label: 'notifications.failure', options: counted(reasonOptions(), facets.reason) },
    { parameter: 'kind', label: 'notifications.kind', options: counted(kindOptions(), facets.kind) },
  ];
  return all.filter(({ options }) => options.length > 0);
}
