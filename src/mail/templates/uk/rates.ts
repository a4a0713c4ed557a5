import type { RatesEmailKind } from '../../../domain/notifications/mail-kinds.js';
import * as e from '../expressions.js';
import type { Fact, MailCopy } from '../layout.js';
import { ask, automatic, nextTitle } from './phrases.js';

const facts: readonly Fact[] = [
  { label: 'Таблиця тарифів', value: '{{ rates.table }}' },
  { label: 'Складено', value: '{{ rates.date }} ({{ rates.tz }})' },
  { label: 'Порівняно з', value: '{{ rates.last_date }}', when: 'rates.last_date' },
  { label: 'Перша зміна набуває чинності', value: '{{ rates.first_effective }}', when: 'rates.first_effective' },
  { label: 'Нові', value: '{{ rates.new }}', when: 'rates.new > 0' },
  { label: 'Підвищені', value: '{{ rates.increased }}', when: 'rates.increased > 0' },
  { label: 'Знижені', value: '{{ rates.decreased }}', when: 'rates.decreased > 0' },
  { label: 'Без змін', value: '{{ rates.unchanged }}', when: 'rates.unchanged > 0' },
  { label: 'Закриті', value: '{{ rates.closed }}', when: 'rates.closed > 0' },
  { label: 'Додано', value: '{{ rates.file }}' },
];

const what = e.either(e.isCorrection, 'Виправлені тарифи', e.either(e.isChangedOnly, 'Змінені тарифи', 'Тарифи'));

/** The email that announces rates, with a file for each time profile. */
export const ratesMails: Readonly<Record<RatesEmailKind, MailCopy>> = {
  rates_notification: {
    sender: e.senderOfClientMail,
    facts,
    nextTitle,
    footer: [automatic],
    tone: 'calm',
    subject: `${what} {{ company.name }}: {{ rates.table }}`,
    preview: 'Тарифів у доданих файлах: {{ rates.total }}.',
    eyebrow: what,
    headline: '{{ rates.total }}',
    lead: e.either(
      e.isCorrection,
      'Тарифи, які ми надіслали раніше, виправлено. Додані файли замінюють їх.',
      'Тарифи для {{ client.name }} додано до листа.',
    ),
    next: [
      {
        when: 'rates.first_effective',
        text: 'Завантажте тарифи до {{ rates.first_effective }} ({{ rates.tz }}).',
      },
      ask,
    ],
  },
};
