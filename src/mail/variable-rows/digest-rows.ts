import type { Row, VariableSpec } from './variable-row.js';

export const digestRows: readonly Row[] = [
  ['digest.low_count', 'number', 'Balances of active clients and of companies that are low', '2'],
  ['digest.notified_count', 'number', 'Clients notified in the last 24 hours', '1'],
  ['digest.recovered_count', 'number', 'Clients that are no longer low since the last 24 hours', '1'],
  ['digest.ending_count', 'number', 'Temporary credits and silences that end today', '1'],
  [
    'links.low',
    'url',
    'The list of low clients; empty if no public address is set',
    'https://lowwater.example/clients?state=low',
  ],
  ['now', 'time', "Time of writing, in the reader's time zone", '2026-05-12T11:05:00Z'],
];

export const digestLists: readonly VariableSpec[] = [
  {
    path: 'digest.low',
    type: 'list',
    description:
      'Low balances of clients and companies, the shortest runway first; side: their, our, or mutual of a company, empty for a client; days: whole days of runway, empty if there is no estimate',
    fields: ['name', 'side', 'available', 'currency', 'days'],
    sample: [
      { name: 'Customer A', side: '', available: '-3.10', currency: 'USD', days: '' },
      { name: 'Customer B', side: '', available: '42.17', currency: 'USD', days: '4' },
      { name: 'Carrier One', side: 'their', available: '50.00', currency: 'USD', days: '' },
    ],
  },
  {
    path: 'digest.notified',
    type: 'list',
    description: 'Clients notified in the last 24 hours, with the number of notifications',
    fields: ['name', 'count'],
    sample: [{ name: 'Customer A', count: '2' }],
  },
  {
    path: 'digest.recovered',
    type: 'list',
    description: 'Clients that were low and are not any more',
    fields: ['name', 'available', 'currency'],
    sample: [{ name: 'Customer C', available: '250.00', currency: 'EUR' }],
  },
  {
    path: 'digest.ending',
    type: 'list',
    description: 'What ends today; kind: credit or silence',
    fields: ['kind', 'name', 'at'],
    sample: [{ kind: 'credit', name: 'Customer B', at: '18:00' }],
  },
];
