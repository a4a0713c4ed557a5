import * as e from '../expressions.js';
import type { Fact, MailCopy } from '../layout.js';
import { ask, automatic, nextTitle, standing } from './phrases.js';

/** Emails about automatic payments. */

const paymentMail = {
  sender: e.senderOfClientMail,
  headline: '{{ card_payment.amount | money }}',
  unit: '{{ client.currency }}',
  nextTitle,
  footer: [automatic],
} as const;

const card: Fact = { label: 'Картка', value: '{{ card_payment.card }}', when: 'card_payment.card' };
const reason: Fact = { label: 'Причина', value: '{{ card_payment.reason }}', when: 'card_payment.reason' };
const balance: Fact = { label: 'Доступний баланс', value: standing, when: 'client.balance_avail' };

export const paymentMails = {
  auto_payment_declined: {
    ...paymentMail,
    tone: 'warning',
    subject: `Автоматичний платіж ${e.cardPaymentAmount} відхилено`,
    preview: 'З вашої картки {{ card_payment.card }} кошти не списано.',
    eyebrow: 'Автоматичний платіж відхилено',
    lead: 'Платіж вашою карткою {{ card_payment.card }} відхилено, тому баланс не поповнено.',
    facts: [
      reason,
      balance,
      { label: 'Наступна спроба', value: '{{ card_payment.retry_at }}', when: 'card_payment.retry_at' },
    ],
    next: [
      { text: 'Поповніть рахунок або зареєструйте іншу картку.' },
      {
        text: 'Якщо баланс буде низьким, кошти з картки буде списано {{ card_payment.retry_at }}.',
        when: 'card_payment.retry_at',
      },
      ask,
    ],
  },
  auto_payment_frozen: {
    ...paymentMail,
    tone: 'bad',
    subject: 'Автоматичні платежі зупинено: зареєструйте іншу картку',
    preview: 'З вашої картки {{ card_payment.card }} кошти більше не списуються автоматично.',
    eyebrow: 'Автоматичні платежі зупинено',
    lead: 'З вашої картки {{ card_payment.card }} кошти більше не списуються автоматично.',
    facts: [card, reason, balance],
    next: [{ text: 'Зареєструйте іншу картку або поповніть рахунок, щоб послуги надавалися без перерви.' }, ask],
  },
  auto_payment_succeeded: {
    ...paymentMail,
    tone: 'good',
    subject: `Автоматичний платіж ${e.cardPaymentAmount}`,
    preview: `З вашої картки {{ card_payment.card }} списано ${e.cardPaymentAmount}.`,
    eyebrow: 'Автоматичний платіж',
    lead: `З вашої картки {{ card_payment.card }} списано ${e.cardPaymentAmount}, і баланс поповнено.`,
    facts: [
      card,
      { label: 'Транзакція', value: '{{ card_payment.transaction }}', when: 'card_payment.transaction' },
      balance,
    ],
    next: [{ text: 'Нічого робити не потрібно.' }, ask],
  },
  card_expiring: {
    ...paymentMail,
    tone: 'warning',
    headline: '{{ card.name }}',
    unit: '',
    subject: 'Термін дії картки {{ card.name }} спливає ({{ card.days }} дн.)',
    preview: 'Зареєструйте іншу картку, щоб платежі не перервалися.',
    eyebrow: 'Термін дії картки спливає',
    lead: 'Ваша картка {{ card.name }} діє до {{ card.last_day }}. Після цього кошти з неї не можна буде списати.',
    facts: [{ label: 'Діє до', value: '{{ card.last_day }}' }, balance],
    next: [{ text: 'Зареєструйте іншу картку в панелі клієнта або попросіть нас зробити це за вас.' }, ask],
  },
} as const satisfies Readonly<Record<string, MailCopy>>;
