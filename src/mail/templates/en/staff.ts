import * as e from '../expressions.js';
import type { MailCopy } from '../layout.js';
import { nextTitle, openClient } from './phrases.js';

const staffEvent: MailCopy = {
  tone: 'bad',
  subject: 'Lowwater: {{ event.title }}',
  preview: '{{ event.detail | truncate(120) }}',
  sender: 'Lowwater',
  eyebrow: 'Needs your attention',
  headline: '{{ event.title }}',
  lead: '{{ event.detail | nl2br }}',
  facts: [
    { label: 'Client', value: e.clientNamed, when: 'client.id' },
    { label: 'Detected', value: '{{ now }}', when: 'now' },
  ],
  factList: { list: 'event.facts', label: 'label', value: 'value' },
  nextTitle,
  next: [{ text: 'Fix the issue above. You get one email per issue, and another only if it returns.' }],
  button: openClient,
  footer: [{ text: 'Automated message from Lowwater to its staff address.' }],
};

const staffRecovery: MailCopy = {
  ...staffEvent,
  tone: 'good',
  subject: 'Lowwater: resolved: {{ event.title }}',
  eyebrow: 'Resolved',
  facts: [
    { label: 'Client', value: e.clientNamed, when: 'client.id' },
    { label: 'Resolved', value: '{{ now }}', when: 'now' },
  ],
  next: [{ text: 'No action is needed. You get another email if the issue returns.' }],
};

/** The emails to the address of the staff. */
export const staffMails = { staff_event: staffEvent, staff_recovery: staffRecovery } as const;
