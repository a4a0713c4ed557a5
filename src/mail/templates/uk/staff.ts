import * as e from '../expressions.js';
import type { MailCopy } from '../layout.js';
import { nextTitle, openClient } from './phrases.js';

const staffEvent: MailCopy = {
  tone: 'bad',
  subject: 'Lowwater: {{ event.title }}',
  preview: '{{ event.detail | truncate(120) }}',
  sender: 'Lowwater',
  eyebrow: 'Потрібна ваша увага',
  headline: '{{ event.title }}',
  lead: '{{ event.detail | nl2br }}',
  facts: [
    { label: 'Клієнт', value: e.clientNamed, when: 'client.id' },
    { label: 'Виявлено', value: '{{ now }}', when: 'now' },
  ],
  factList: { list: 'event.facts', label: 'label', value: 'value' },
  nextTitle,
  next: [
    {
      text: 'Усуньте названу проблему. Ви отримуєте один лист про кожну проблему, а ще один — лише якщо вона повернеться.',
    },
  ],
  button: openClient,
  footer: [{ text: 'Автоматичне повідомлення Lowwater на адресу працівників.' }],
};

const staffRecovery: MailCopy = {
  ...staffEvent,
  tone: 'good',
  subject: 'Lowwater: усунуто: {{ event.title }}',
  eyebrow: 'Усунуто',
  facts: [
    { label: 'Клієнт', value: e.clientNamed, when: 'client.id' },
    { label: 'Усунуто', value: '{{ now }}', when: 'now' },
  ],
  next: [{ text: 'Нічого робити не потрібно. Якщо проблема повернеться, ви отримаєте ще один лист.' }],
};

/** The emails to the address of the staff. */
export const staffMails = { staff_event: staffEvent, staff_recovery: staffRecovery } as const;
