import { t } from '../../../../i18n/t';
import { readList } from '../../../../api/lists';
import type { components } from '../../../../api/schema';
import type { ListDefinition } from '../../../../list/definition';
import { Actor } from '../../../../ui/audit/Actor';
import { actionText, subjectTypeText } from '../../../../ui/audit/AuditSubject';
import { Time } from '../../../../ui/text/Time';
import { reasonText } from '../../../../ui/text/reason-text';

export type Change = components['schemas']['AuditEntry'];

export const changes: ListDefinition<Change> = {
  kind: 'audit',
  name: 'client-audit',
  title: 'client.tab.audit',
  sort: '-id',
  exportName: 'audit',
  load: (query, signal) => readList('/v1/audit', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ action, subjectType, subjectId }) => `${actionText(action)} ${subjectTypeText(subjectType)} ${subjectId}`,
  search: { parameter: 'q', placeholder: 'client.audit.search' },
  columns: [
    { id: 'at', label: 'client.audit.at', sort: 'at', render: ({ at }) => <Time at={at} /> },
    { id: 'action', label: 'client.audit.action', isName: true, render: ({ action }) => actionText(action) },
    {
      id: 'actor',
      label: 'client.audit.actor',
      render: ({ actor, actorName }) => <Actor actor={actor} name={actorName} />,
    },
    { id: 'source', label: 'client.audit.source', render: ({ source }) => t(`audit.source.${source}`) },
    { id: 'reason', label: 'common.reason', render: ({ reason }) => reasonText(reason) },
  ],
  filters: [
    { kind: 'text', label: 'client.audit.actor', parameter: 'actor', placeholder: 'user:3' },
    { kind: 'time', label: 'client.audit.at', from: 'from', to: 'to', picks: ['-24h', '-7d', '-30d'] },
  ],
};
