import { Code } from '@mantine/core';
import { readList } from '../../../api/lists';
import type { components } from '../../../api/schema';
import { numberFormat } from '../../../i18n/intl';
import { intlLocale } from '../../../i18n/language';
import type { ListDefinition } from '../../../list/definition';
import { Actor } from '../../../ui/audit/Actor';
import { Time } from '../../../ui/text/Time';
import { ToneBadge, type Tone } from '../../../ui/badges/ToneBadge';

export type LoggedRequest = components['schemas']['LoggedRequest'];

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const statusClasses = ['2xx', '3xx', '4xx', '5xx'] as const;

export const requestsList: ListDefinition<LoggedRequest> = {
  kind: 'requests',
  name: 'request-log',
  title: 'developers.tab.requests',
  load: (query, signal) => readList('/v1/request-log', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ method, path }) => `${method} ${path}`,
  sort: '-id',
  search: { parameter: 'q', placeholder: 'developers.requests.search' },
  columns: [
    // Numbers grow with time.
    { id: 'at', label: 'developers.requests.at', sort: 'id', render: ({ at }) => <Time at={at} format="second" /> },
    { id: 'status', label: 'common.status', render: ({ status }) => <HttpStatus status={status} /> },
    { id: 'method', label: 'developers.requests.method', render: ({ method }) => <Code>{method}</Code> },
    { id: 'path', label: 'developers.requests.path', isName: true, render: ({ path }) => path },
    {
      id: 'durationMs',
      label: 'developers.requests.duration',
      align: 'right',
      render: ({ durationMs }) => durationText(durationMs),
    },
    {
      id: 'caller',
      label: 'developers.requests.caller',
      exportedWith: ['callerName'],
      render: ({ caller, callerName }) => caller && <Actor actor={caller} name={callerName} />,
    },
    { id: 'operation', label: 'developers.requests.operation', render: ({ operation }) => operation },
    {
      id: 'idempotencyKey',
      label: 'developers.requests.idempotencyKey',
      optional: true,
      render: ({ idempotencyKey }) => idempotencyKey && <Code>{idempotencyKey}</Code>,
    },
    { id: 'address', label: 'developers.requests.address', optional: true, render: ({ address }) => address },
    { id: 'requestId', label: 'audit.requestId', optional: true, render: ({ requestId }) => <Code>{requestId}</Code> },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'common.status',
      parameter: 'status',
      multiple: true,
      options: () => statusClasses.map((value) => ({ value, label: value })),
    },
    {
      kind: 'choice',
      label: 'developers.requests.method',
      parameter: 'method',
      multiple: true,
      options: () => methods.map((value) => ({ value, label: value })),
    },
    { kind: 'time', label: 'developers.requests.at', from: 'from', to: 'to', picks: ['-1h', '-24h', '-7d'] },
    { kind: 'text', label: 'developers.requests.operation', parameter: 'operation', placeholder: 'postPayment' },
    { kind: 'text', label: 'developers.requests.caller', parameter: 'caller', placeholder: 'key:7' },
    { kind: 'text', label: 'audit.requestId', parameter: 'requestId' },
    { kind: 'flag', label: 'developers.requests.pageReads', parameter: 'pageReads', value: 'true' },
  ],
};

export function HttpStatus({ status }: Pick<LoggedRequest, 'status'>) {
  return <ToneBadge tone={toneOf(status)}>{status}</ToneBadge>;
}

function toneOf(status: number): Tone {
  if (status >= 500) return 'red';
  if (status >= 400) return 'amber';
  return status >= 300 ? 'blue' : 'green';
}

export function durationText(ms: number): string {
  const format = { style: 'unit', unit: 'millisecond', maximumFractionDigits: ms < 10 ? 1 : 0 } as const;
  return numberFormat(intlLocale(), format).format(ms);
}
