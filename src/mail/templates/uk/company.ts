import * as e from '../expressions.js';
import type { MailCopy } from '../layout.js';
import { nextTitle } from './phrases.js';

/** Emails about the balances of companies. What a low one means depends on the side. */

export const companyMails: { readonly company_balance: MailCopy } = {
  company_balance: {
    tone: 'bad',
    sender: e.senderOfClientMail,
    subject: `${e.bySide('Баланс', 'Наш баланс', 'Взаємний баланс')} {{ COMPANY }}: ${e.companyBalance}`,
    preview: `Поріг: ${e.companyThreshold}.`,
    eyebrow: e.bySide('Баланс {{ COMPANY }}', 'Наш баланс у {{ COMPANY }}', 'Взаємний баланс {{ COMPANY }}'),
    headline: '{{ BALANCE | money }}',
    unit: '{{ CURRENCY }}',
    lead: e.bySide(
      `Баланс {{ COMPANY }} досяг порога ${e.companyThreshold}.`,
      `Наш баланс у {{ COMPANY }} досяг порога ${e.companyThreshold}.`,
      `Взаємний баланс {{ COMPANY }} досяг порога ${e.companyThreshold}.`,
    ),
    facts: [
      { label: 'Баланс', value: e.companyBalance },
      { label: 'Поріг', value: e.companyThreshold },
    ],
    nextTitle,
    next: [
      {
        text: e.bySide(
          'Поповніть баланс, щоб послуги надавалися без перерви.',
          'Сплатіть {{ COMPANY }} або надсилайте менше трафіку.',
          'Поповніть баланс або проведіть взаємозалік, щоб послуги надавалися без перерви.',
        ),
      },
      {
        when: 'reseller.email',
        text: 'Маєте запитання? Напишіть до {{ reseller.name }}: {{ reseller.email }}',
        html: `Маєте запитання? Напишіть до {{ reseller.name }}: ${e.mailto}`,
      },
    ],
    footer: [{ text: 'Автоматичне повідомлення Lowwater від імені {{ reseller.name }}.', when: 'reseller.name' }],
  },
};
