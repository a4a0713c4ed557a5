import type { MailCopy } from '../layout.js';

const amount = '{{ item.available | money }} {{ item.currency }}';

/** Which balance of a company. */
const side =
  "{% if item.side %} ({% if item.side == 'our' %}our{% elif item.side == 'mutual' %}mutual{% else %}their{% endif %} balance){% endif %}";

export const digestMail: MailCopy = {
  tone: 'calm',
  sender: 'Lowwater',
  subject:
    'Lowwater: {% if digest.low_count > 0 %}{{ digest.low_count }} low{% else %}no balance is low{% endif %}{% if digest.recovered_count > 0 %}, {{ digest.recovered_count }} recovered{% endif %}',
  preview: 'Low balances: {{ digest.low_count }}. Notified: {{ digest.notified_count }}.',
  eyebrow: 'Daily digest{% if reseller.name %} of {{ reseller.name }}{% endif %}',
  headline: '{% if digest.low_count > 0 %}Low balances: {{ digest.low_count }}{% else %}No balance is low{% endif %}',
  lead: 'As of {{ now }}. Notifications and recoveries are those of the last 24 hours.',
  facts: [
    { label: 'Low now', value: '{{ digest.low_count }}' },
    { label: 'Notified', value: '{{ digest.notified_count }}' },
    { label: 'Recovered', value: '{{ digest.recovered_count }}' },
    { label: 'Ends today', value: '{{ digest.ending_count }}' },
  ],
  lists: [
    {
      ...{ when: 'digest.low_count > 0', title: 'Low, shortest runway first', list: 'digest.low' },
      ...{
        label: `{{ item.name }}${side}`,
        value: `${amount}{% if item.days %} (days left: {{ item.days }}){% endif %}`,
      },
    },
    {
      ...{ when: 'digest.notified_count > 0', title: 'Notified', list: 'digest.notified' },
      ...{ label: '{{ item.name }}', value: '{{ item.count }}' },
    },
    {
      ...{ when: 'digest.recovered_count > 0', title: 'Recovered', list: 'digest.recovered' },
      ...{ label: '{{ item.name }}', value: amount },
    },
    {
      ...{ when: 'digest.ending_count > 0', title: 'Ends today', list: 'digest.ending' },
      ...{
        label: '{{ item.name }}',
        value: "{% if item.kind == 'credit' %}temporary credit{% else %}silence{% endif %}, {{ item.at }}",
      },
    },
  ],
  nextTitle: 'About this email',
  next: [{ text: 'You switched it on in your settings. Change its hour or switch it off there.' }],
  button: { when: 'links.low', href: 'links.low', text: 'Open low clients' },
  footer: [{ text: 'Automated message from Lowwater for {{ account.email }}.', when: 'account.email' }],
};
