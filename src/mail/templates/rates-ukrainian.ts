import type { RatesEmailKind } from '../../domain/notifications/mail-kinds.js';
import * as e from './expressions.js';
import type { Conditional, Fact, MailCopy } from './layout.js';

/** What the built-in emails to clients say everywhere. */
interface Common {
  /** where to ask */
  readonly ask: Conditional;
  /** that it was sent automatically */
  readonly automatic: Conditional;
}

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

/** The email that announces rates, with a file for each time profile. */
export function ratesUkrainian({ ask, automatic }: Common): Readonly<Record<RatesEmailKind, MailCopy>> {
  const what = e.either(e.isCorrection, 'Виправлені тарифи', e.either(e.isChangedOnly, 'Змінені тарифи', 'Тарифи'));
  return {
    rates_notification: {
      language: 'uk',
      sender: e.senderOfClientMail,
      facts,
      nextTitle: 'Що робити далі',
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
}
