import type { MailCopy } from '../layout.js';

const amount = '{{ item.available | money }} {{ item.currency }}';

/** Which balance of a company. */
const side =
  "{% if item.side %} ({% if item.side == 'our' %}наш{% elif item.side == 'mutual' %}взаємний{% else %}їхній{% endif %} баланс){% endif %}";

export const digestMail: MailCopy = {
  tone: 'calm',
  sender: 'Lowwater',
  subject:
    'Lowwater: {% if digest.low_count > 0 %}низький баланс: {{ digest.low_count }}{% else %}низьких балансів немає{% endif %}{% if digest.recovered_count > 0 %}, відновлено: {{ digest.recovered_count }}{% endif %}',
  preview: 'Низький баланс: {{ digest.low_count }}. Сповіщено: {{ digest.notified_count }}.',
  eyebrow: 'Щоденний звіт{% if reseller.name %}: {{ reseller.name }}{% endif %}',
  headline:
    '{% if digest.low_count > 0 %}Низький баланс: {{ digest.low_count }}{% else %}Низьких балансів немає{% endif %}',
  lead: 'Станом на {{ now }}. Сповіщення та відновлення — за останні 24 години.',
  facts: [
    { label: 'Низький баланс', value: '{{ digest.low_count }}' },
    { label: 'Сповіщено', value: '{{ digest.notified_count }}' },
    { label: 'Відновлено', value: '{{ digest.recovered_count }}' },
    { label: 'Завершується сьогодні', value: '{{ digest.ending_count }}' },
  ],
  lists: [
    {
      ...{ when: 'digest.low_count > 0', title: 'Низький баланс, спершу з найменшим запасом', list: 'digest.low' },
      ...{ label: `{{ item.name }}${side}`, value: `${amount}{% if item.days %} (днів: {{ item.days }}){% endif %}` },
    },
    {
      ...{ when: 'digest.notified_count > 0', title: 'Сповіщено', list: 'digest.notified' },
      ...{ label: '{{ item.name }}', value: '{{ item.count }}' },
    },
    {
      ...{ when: 'digest.recovered_count > 0', title: 'Відновлено', list: 'digest.recovered' },
      ...{ label: '{{ item.name }}', value: amount },
    },
    {
      ...{ when: 'digest.ending_count > 0', title: 'Завершується сьогодні', list: 'digest.ending' },
      ...{
        label: '{{ item.name }}',
        value: "{% if item.kind == 'credit' %}тимчасовий кредит{% else %}вимкнення сповіщень{% endif %}, {{ item.at }}",
      },
    },
  ],
  nextTitle: 'Про цей лист',
  next: [{ text: 'Ви ввімкнули його у своїх налаштуваннях. Там можна змінити годину або вимкнути його.' }],
  button: { when: 'links.low', href: 'links.low', text: 'Відкрити список' },
  footer: [{ text: 'Автоматичне повідомлення Lowwater для {{ account.email }}.', when: 'account.email' }],
};
