import type { RatesEmailKind } from '../../../domain/notifications/mail-kinds.js';
import * as e from '../expressions.js';
import type { Fact, MailCopy } from '../layout.js';
import { ask, automatic, nextTitle } from './phrases.js';

const facts: readonly Fact[] = [
  { label: 'Rate table', value: '{{ rates.table }}' },
  { label: 'Made', value: '{{ rates.date }} ({{ rates.tz }})' },
  { label: 'Compared with', value: '{{ rates.last_date }}', when: 'rates.last_date' },
  { label: 'First change takes effect', value: '{{ rates.first_effective }}', when: 'rates.first_effective' },
  { label: 'New', value: '{{ rates.new }}', when: 'rates.new > 0' },
  { label: 'Increased', value: '{{ rates.increased }}', when: 'rates.increased > 0' },
  { label: 'Decreased', value: '{{ rates.decreased }}', when: 'rates.decreased > 0' },
  { label: 'Unchanged', value: '{{ rates.unchanged }}', when: 'rates.unchanged > 0' },
  { label: 'Closed', value: '{{ rates.closed }}', when: 'rates.closed > 0' },
  { label: 'Attached', value: '{{ rates.file }}' },
];

const what = e.either(e.isCorrection, 'Corrected rates', e.either(e.isChangedOnly, 'Changed rates', 'Rates'));

/** The email that announces rates, with a file for each time profile. */
export const ratesMails: Readonly<Record<RatesEmailKind, MailCopy>> = {
  rates_notification: {
    sender: e.senderOfClientMail,
    facts,
    nextTitle,
    footer: [automatic],
    tone: 'calm',
    subject: `${what} of {{ company.name }}: {{ rates.table }}`,
    preview: 'Rates in the attached files: {{ rates.total }}.',
    eyebrow: what,
    headline: '{{ rates.total }}',
    lead: e.either(
      e.isCorrection,
      'Rates that we sent you before are corrected. The attached files replace them.',
      'The rates for {{ client.name }} are attached.',
    ),
    next: [
      { when: 'rates.first_effective', text: 'Load the rates before {{ rates.first_effective }} ({{ rates.tz }}).' },
      ask,
    ],
  },
};
