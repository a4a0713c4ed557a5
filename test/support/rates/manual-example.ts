/**
 * "Prev Diff Status usage example" of the resellers manual, cell by cell: what is changed before each step, the notification before it,
 * and the tables that it shows.
 */
export interface ManualStep {
  readonly name: string;
  /** rows that are written before the step: one of the same code and date is edited */
  readonly written: readonly (readonly [code: string, rate: string, from: string])[];
  /** of the last notification; the first one has its own */
  readonly reference: string;
  /** code, rate, effective from, previous rate, prev diff, status, status (export) */
  readonly shown: readonly (readonly [string, string, string, string, string, string, string])[];
}

const july = (day: number): string => `2017-07-${String(day).padStart(2, '0')}T00:00:00Z`;
const date = (day: number): string => `07/${String(day).padStart(2, '0')}/2017 00:00:00 +0000`;

export const manualExample: readonly ManualStep[] = [
  {
    name: 'Step 1: all rates, first notification on 7 July',
    written: [
      ['1', '10', july(1)],
      ['2', '10', july(1)],
      ['3', '10', july(1)],
    ],
    reference: july(7),
    shown: [
      ['1', '10', date(1), '-', '-', 'new', 'unchanged'],
      ['2', '10', date(1), '-', '-', 'new', 'unchanged'],
      ['3', '10', date(1), '-', '-', 'new', 'unchanged'],
    ],
  },
  {
    name: 'Step 2: new rates from 21 July, second notification on 14 July',
    written: [
      ['1', '15', july(21)],
      ['2', '15', july(21)],
      ['3', '15', july(21)],
    ],
    reference: july(7),
    shown: [
      ['1', '15', date(21), '10', '5', 'increased', 'increased (5.0000)'],
      ['2', '15', date(21), '10', '5', 'increased', 'increased (5.0000)'],
      ['3', '15', date(21), '10', '5', 'increased', 'increased (5.0000)'],
    ],
  },
  {
    name: 'Step 3: the increase of code 1 is canceled, third notification on 21 July',
    written: [['1', '10', july(21)]],
    reference: july(14),
    shown: [
      ['1', '10', date(21), '10', '0', 'unchanged', 'unchanged'],
      ['2', '15', date(21), '10', '5', 'increased', 'increased (5.0000)'],
      ['3', '15', date(21), '10', '5', 'increased', 'increased (5.0000)'],
    ],
  },
  {
    name: 'Step 4: code 2 is edited, code 3 gets a new rate, fourth notification on 28 July',
    written: [
      ['2', '20', july(21)],
      ['3', '20', july(31)],
    ],
    reference: july(21),
    shown: [
      ['1', '10', date(21), '10', '0', 'unchanged', 'unchanged'],
      ['2', '20', date(21), '10', '10', 'increased', 'unchanged'],
      ['3', '20', date(31), '15', '5', 'increased', 'increased (5.0000)'],
    ],
  },
];

/** As the manual writes dates. */
export function manualDate(at: Date): string {
  const [year = '', month = '', day = '', time = ''] = at.toISOString().split(/[-T.]/);
  return `${month}/${day}/${year} ${time} +0000`;
}
