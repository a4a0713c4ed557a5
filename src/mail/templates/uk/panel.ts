import type { PanelEmailKind } from '../../../domain/notifications/mail-kinds.js';
import type { Conditional, Fact, MailCopy } from '../layout.js';
import { nextTitle } from './phrases.js';

const footer: readonly Conditional[] = [
  { text: 'Автоматичне повідомлення Lowwater від імені {{ reseller.name }}.', when: 'reseller.name' },
];
const login: Fact = { label: 'Логін', value: '{{ account.login }}', when: 'account.login' };
const validUntil: Fact = {
  label: 'Посилання діє до',
  value: '{{ account.valid_until }}',
  when: 'account.valid_until',
};
const sender = '{% if reseller.name %}{{ reseller.name }}{% else %}Lowwater{% endif %}';

const about = { tone: 'calm', sender, footer } as const;

const invitation: MailCopy = {
  ...about,
  subject: 'Задайте пароль для панелі клієнта{% if reseller.name %} ({{ reseller.name }}){% endif %}',
  preview: 'Вас запрошено до панелі клієнта.',
  eyebrow: 'Запрошення',
  headline: 'Вітаємо в панелі клієнта',
  lead: 'У панелі клієнта ви бачите баланс, платежі та рахунки {{ account.name }}. Спочатку задайте пароль.',
  facts: [login, validUntil],
  nextTitle,
  next: [
    { text: 'Відкрийте посилання та виберіть пароль. Посилання діє один раз.' },
    { text: 'Якщо термін дії посилання минув, запитайте нове на сторінці входу панелі клієнта.' },
  ],
  button: { when: 'links.account', href: 'links.account', text: 'Задати пароль' },
};

const reset: MailCopy = {
  ...about,
  subject: 'Відновлення пароля панелі клієнта',
  preview: 'Для вашого логіна запитано новий пароль.',
  eyebrow: 'Забутий пароль',
  headline: 'Відновлення пароля',
  lead: 'Для панелі клієнта {{ account.name }} запитано новий пароль. Поточний пароль діє, доки ви не задасте новий.',
  facts: [login, validUntil],
  nextTitle,
  next: [
    { text: 'Відкрийте посилання та виберіть новий пароль. Посилання діє один раз.' },
    { text: 'Якщо ви цього не запитували, не звертайте уваги на цей лист.' },
  ],
  button: { when: 'links.account', href: 'links.account', text: 'Відновити пароль' },
};

const changed: MailCopy = {
  ...about,
  tone: 'warning',
  subject: 'Ваш пароль панелі клієнта змінено',
  preview: 'Пароль змінено, інші сеанси завершено.',
  eyebrow: 'Повідомлення про безпеку',
  headline: 'Пароль змінено',
  lead: 'Пароль панелі клієнта {{ account.name }} змінено. Інші сеанси завершено.',
  facts: [login, { label: 'Змінено', value: '{{ account.changed_at }}', when: 'account.changed_at' }],
  nextTitle: 'Це були ви?',
  next: [
    { text: 'Якщо це зробили ви або ваш колега, нічого робити не потрібно.' },
    {
      text: 'Якщо ні, відновіть пароль на сторінці входу{% if reseller.name %} та повідомте {{ reseller.name }}{% endif %}.',
    },
  ],
};

const emailConfirmation: MailCopy = {
  ...about,
  subject: 'Підтвердьте нову адресу для рахунків: {{ account.name }}',
  preview: 'Зміна набуде чинності, коли її підтвердять стара та нова адреси.',
  eyebrow: 'Адреса для рахунків',
  headline: 'Підтвердьте зміну',
  lead: 'Для {{ account.name }} запитано нову адресу для рахунків. Зміна набуде чинності, коли її підтвердять обидві адреси.',
  facts: [
    { label: 'Поточна адреса', value: '{{ email_change.old }}', when: 'email_change.old' },
    { label: 'Нова адреса', value: '{{ email_change.new }}', when: 'email_change.new' },
    validUntil,
  ],
  nextTitle,
  next: [
    { text: 'Відкрийте посилання та підтвердьте зміну.' },
    { text: 'Якщо ви цього не очікували, не підтверджуйте. Тоді нічого не зміниться.' },
  ],
  button: { when: 'links.account', href: 'links.account', text: 'Підтвердити адресу' },
};

export const panelMails: Readonly<Record<PanelEmailKind, MailCopy>> = {
  panel_invitation: invitation,
  panel_password_reset: reset,
  panel_password_changed: changed,
  panel_email_confirmation: emailConfirmation,
};
