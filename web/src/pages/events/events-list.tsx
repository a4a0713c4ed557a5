import { readList } from '../../api/lists';
import { clientSource, resellerSource } from '../../form/sources';
import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import type { Facet, ListDefinition, ListPage, Option } from '../../list/definition';
import { Actor } from '../../ui/audit/Actor';
import { ClientLink } from '../../ui/cells/ClientLink';
import { EmptyCell } from '../../ui/cells/EmptyCell';
import { Truncated } from '../../ui/cells/Truncated';
import { severities, SeverityBadge, severityText } from '../../ui/badges/SeverityBadge';
import { eventGroupLabel, eventKinds, eventKindText, eventText, rejectionReasons } from '../../ui/text/event-text';
import { Time } from '../../ui/text/Time';
import type { Event, EventFacets } from './queries';

const statuses = ['open', 'resolved'] as const;
const statusOptions = (): readonly Option[] => statuses.map((value) => ({ value, label: t(`events.status.${value}`) }));
const severityOptions = (): readonly Option[] => severities.map((value) => ({ value, label: severityText(value) }));

/** The names of groups that the page knows; another one stays as the API names it. */
const groupOptions = (): readonly Option[] =>
  eventKinds.flatMap((kind) =>
    kind === 'payment.refused'
      ? rejectionReasons.map((reason) => ({ value: `${kind}:${reason}`, label: eventGroupLabel(kind, reason) }))
      : [{ value: kind, label: eventKindText(kind) }],
  );

export const eventsList: ListDefinition<Event> = {
  kind: 'events',
  name: 'events',
  title: 'app.nav.events',
  load: (query, signal) => readList('/v1/events', query, signal),
  idOf: ({ id }) => id,
  nameOf: eventText,
  sort: '-lastAt',
  search: { parameter: 'q', placeholder: 'events.search' },
  include: 'facets',
  facets: facetsOf,
  columns: [
    {
      id: 'severity',
      label: 'events.severity',
      sort: 'severity',
      render: ({ severity }) => <SeverityBadge severity={severity} />,
    },
    { id: 'detail', label: 'events.what', isName: true, grows: true, exportedWith: ['title'], render: eventText },
    {
      id: 'clientName',
      label: 'events.client',
      exportedWith: ['clientId'],
      render: ({ clientId, clientName }) =>
        clientId === null ? <EmptyCell /> : <ClientLink id={clientId} name={clientName ?? clientId} width={200} />,
    },
    {
      id: 'times',
      label: 'events.times',
      sort: 'times',
      align: 'right',
      render: ({ times }) => numberFormat(intlLocale()).format(times),
    },
    {
      id: 'firstAt',
      label: 'events.firstAt',
      sort: 'firstAt',
      render: ({ firstAt }) => <Time at={firstAt} format="short" />,
    },
    {
      id: 'lastAt',
      label: 'events.lastAt',
      sort: 'lastAt',
      render: ({ lastAt }) => <Time at={lastAt} format="short" />,
    },
    { id: 'kind', label: 'events.kind', optional: true, render: ({ kind }) => eventKindText(kind) },
    {
      id: 'status',
      label: 'common.status',
      optional: true,
      render: ({ status }) => t(`events.status.${status}`),
    },
    {
      id: 'subjectId',
      label: 'events.subject',
      exportedWith: ['subjectType'],
      optional: true,
      render: ({ subject }) => <Truncated text={subject.id} width={240} />,
    },
    {
      id: 'resellerName',
      label: 'events.reseller',
      optional: true,
      render: ({ resellerName }) => resellerName ?? t('events.installation'),
    },
    {
      id: 'emailedAt',
      label: 'events.emailedAt',
      optional: true,
      render: ({ emailedAt }) => <Time at={emailedAt} format="short" />,
    },
    {
      id: 'resolvedAt',
      label: 'events.resolvedAt',
      optional: true,
      render: ({ resolvedAt }) => <Time at={resolvedAt} format="short" none="" />,
    },
    {
      id: 'resolvedBy',
      label: 'events.resolvedBy',
      optional: true,
      render: ({ resolvedBy, resolvedByName }) => resolvedBy && <Actor actor={resolvedBy} name={resolvedByName} />,
    },
    {
      id: 'resolvedReason',
      label: 'events.resolvedReason',
      optional: true,
      render: ({ resolvedReason }) => resolvedReason && <Truncated text={resolvedReason} width={240} />,
    },
    { id: 'id', label: 'events.id', sort: 'id', align: 'right', optional: true, render: ({ id }) => id },
  ],
  filters: [
    {
      ...{ kind: 'choice', label: 'common.status', parameter: 'status', options: statusOptions },
      initial: { value: 'open', cleared: 'all', isUsual: true },
    },
    { kind: 'choice', label: 'events.severity', parameter: 'severity', multiple: true, options: severityOptions },
    {
      kind: 'choice',
      label: 'events.kind',
      parameter: 'kind',
      multiple: true,
      options: () => eventKinds.map((value) => ({ value, label: eventKindText(value) })),
    },
    { kind: 'choice', label: 'events.cause', parameter: 'group', options: groupOptions },
    { kind: 'reference', label: 'events.client', parameter: 'clientId', ...clientSource },
    { kind: 'text', label: 'events.subject', parameter: 'subjectId' },
    { kind: 'reference', label: 'events.reseller', parameter: 'resellerId', ...resellerSource },
    { kind: 'time', label: 'events.occurred', from: 'from', to: 'to', picks: ['-24h', '-7d', '-30d'] },
  ],
};

/** A page of this list carries its facets; the kinds are those of the causes above it. */
function facetsOf(page: ListPage<Event> & { readonly facets?: EventFacets }): readonly Facet[] {
  const { facets } = page;
  if (!facets) return [];
  const counted = (options: readonly Option[], counts: EventFacets['status']): Facet['options'] =>
    options.flatMap((option) => {
      const count = counts.find(({ word }) => word === option.value)?.count ?? 0;
      return count > 0 ? [{ ...option, count }] : [];
    });
  const all: readonly Facet[] = [
    { parameter: 'status', label: 'common.status', isSingle: true, options: counted(statusOptions(), facets.status) },
    { parameter: 'severity', label: 'events.severity', options: counted(severityOptions(), facets.severity) },
  ];
  return all.filter(({ options }) => options.length > 0);
}
