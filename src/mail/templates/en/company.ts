import * as e from '../expressions.js';
import type { MailCopy } from '../layout.js';
import { nextTitle } from './phrases.js';

/** Emails about the balances of companies. What a low one means depends on the side. */

export const companyMails: { readonly company_balance: MailCopy } = {
  company_balance: {
    tone: 'bad',
    sender: e.senderOfClientMail,
    subject: `${e.bySide('Balance', 'Our balance', 'Mutual balance')} of {{ COMPANY }} is ${e.companyBalance}`,
    preview: `Threshold ${e.companyThreshold}.`,
    eyebrow: e.bySide('Balance of {{ COMPANY }}', 'Our balance with {{ COMPANY }}', 'Mutual balance of {{ COMPANY }}'),
    headline: '{{ BALANCE | money }}',
    unit: '{{ CURRENCY }}',
    lead: e.bySide(
      `The balance of {{ COMPANY }} has reached its threshold of ${e.companyThreshold}.`,
      `Our balance with {{ COMPANY }} has reached its threshold of ${e.companyThreshold}.`,
      `The mutual balance of {{ COMPANY }} has reached its threshold of ${e.companyThreshold}.`,
    ),
    facts: [
      { label: 'Balance', value: e.companyBalance },
      { label: 'Threshold', value: e.companyThreshold },
    ],
    nextTitle,
    next: [
      {
        text: e.bySide(
          'Make a payment to avoid an interruption of the service.',
          'Pay {{ COMPANY }}, or send it less traffic.',
          'Make a payment, or settle the balances, to avoid an interruption of the service.',
        ),
      },
      {
        when: 'reseller.email',
        text: 'Questions? Write to {{ reseller.name }}: {{ reseller.email }}',
        html: `Questions? Write to {{ reseller.name }}: ${e.mailto}`,
      },
    ],
    footer: [{ text: 'Automated message from Lowwater on behalf of {{ reseller.name }}.', when: 'reseller.name' }],
  },
};
