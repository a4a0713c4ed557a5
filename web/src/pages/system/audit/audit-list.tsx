import { membersOf, type AuditSource } from '../../../api/types';
import { Code } from '@mantine/core';
import { readList } from '../../../api/lists';
import type { components } from '../../../api/schema';
import { actorSource, clientSource } from '../../../form/sources';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { Actor } from '../../../ui/audit/Actor';
import { actionText, actions, SubjectLink, subjectTypes, subjectTypeText } from '../../../ui/audit/AuditSubject';
import { Truncated } from '../../../ui/cells/Truncated';
import { Time } from '../../../ui/text/Time';
import { reasonText } from '../../../ui/text/reason-text';

export type AuditEntry = components['schemas']['AuditEntry'];

const sources = membersOf<AuditSource>({
  web: true,
  api: true,
  cli: true,
  temporal: true,
  job: true,
  system: true,
  panel: true,
});

export const auditList: ListDefinition<AuditEntry> = {
  kind: 'audit',
  name: 'audit',
  title: 'app.nav.audit',
  load: (query, signal) => readList('/v1/audit', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ action, subjectType, subjectId }) => `${actionText(action)} ${subjectTypeText(subjectType)} ${subjectId}`,
  sort: '-id',
  search: { parameter: 'q', placeholder: 'audit.search' },
  columns: [
    // Numbers grow with time.
    { id: 'at', label: 'audit.at', sort: 'id', render: ({ at }) => <Time at={at} format="second" /> },
    {
      id: 'actor',
      label: 'audit.actor',
      render: ({ actor, actorName }) => <Actor actor={actor} name={actorName} />,
    },
    { id: 'action', label: 'audit.action', isName: true, render: ({ action }) => actionText(action) },
    {
      id: 'subjectId',
      label: 'audit.subject',
      render: (entry) => <SubjectLink entry={entry} />,
    },
    {
      id: 'reason',
      label: 'common.reason',
      render: ({ reason }) => <Truncated text={reasonText(reason)} width="20rem" />,
    },
    { id: 'source', label: 'audit.source', render: ({ source }) => t(`audit.source.${source}`) },
    {
      id: 'requestId',
      label: 'audit.requestId',
      optional: true,
      render: ({ requestId }) => requestId && <Code>{requestId}</Code>,
    },
    { id: 'id', label: 'audit.id', optional: true, align: 'right', render: ({ id }) => id },
  ],
  filters: [
    { kind: 'time', label: 'audit.at', from: 'from', to: 'to' },
    {
      kind: 'choice',
      label: 'audit.action',
      parameter: 'action',
      options: () => actions.map((value) => ({ value, label: actionText(value) })),
    },
    {
      kind: 'choice',
      label: 'audit.subjectType',
      parameter: 'subjectType',
      options: () => subjectTypes.map((value) => ({ value, label: subjectTypeText(value) })),
    },
    { kind: 'text', label: 'audit.subjectId', parameter: 'subjectId' },
    { kind: 'reference', label: 'form.picker.client', parameter: 'clientId', ...clientSource },
    {
      kind: 'choice',
      label: 'audit.logins',
      parameter: 'logins',
      options: () => (['exclude', 'only'] as const).map((value) => ({ value, label: t(`audit.logins.${value}`) })),
      // Most entries are logins.
      initial: { value: 'exclude', cleared: 'include', isAsked: true, isUsual: true },
    },
    { kind: 'reference', label: 'audit.actor', parameter: 'actor', ...actorSource },
    {
      kind: 'choice',
      label: 'audit.source',
      parameter: 'source',
      options: () => sources.map((value) => ({ value, label: t(`audit.source.${value}`) })),
    },
    { kind: 'text', label: 'audit.requestId', parameter: 'requestId' },
  ],
};
