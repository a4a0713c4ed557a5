import type { AccountEmailKind } from '../../../domain/notifications/mail-kinds.js';
import { digestMail } from './digest.js';
import { changeText } from '../expressions.js';
import type { Conditional, Fact, MailCopy } from '../layout.js';
import { panelMails } from './panel.js';
import { nextTitle } from './phrases.js';

const footer: readonly Conditional[] = [
  { text: 'Автоматичне повідомлення Lowwater для {{ account.email }}.', when: 'account.email' },
];
const account: Fact = { label: 'Логін', value: '{{ account.email }}', when: 'account.email' };
const changed: Fact = { label: 'Змінено', value: '{{ account.changed_at }}', when: 'account.changed_at' };
const validUntil: Fact = {
  label: 'Посилання діє до',
  value: '{{ account.valid_until }}',
  when: 'account.valid_until',
};

const about = { tone: 'calm', sender: 'Lowwater', footer } as const;

const invitation: MailCopy = {
  ...about,
  subject: 'Задайте пароль для Lowwater{% if reseller.name %} ({{ reseller.name }}){% endif %}',
  preview: 'Вас запрошено до Lowwater.',
  eyebrow: 'Запрошення',
  headline: 'Вітаємо в Lowwater',
  lead: 'Тепер ви можете входити до Lowwater{% if reseller.name %} для {{ reseller.name }}{% endif %}. Спочатку задайте пароль.',
  facts: [account, validUntil],
  nextTitle,
  next: [
    { text: 'Відкрийте посилання та виберіть пароль. Посилання діє один раз.' },
    { text: 'Якщо термін дії посилання минув, попросіть адміністратора надіслати запрошення ще раз.' },
  ],
  button: { when: 'links.account', href: 'links.account', text: 'Задати пароль' },
};

const reset: MailCopy = {
  ...about,
  subject: 'Відновлення пароля Lowwater',
  preview: 'Для вашого логіна запитано новий пароль.',
  eyebrow: 'Забутий пароль',
  headline: 'Відновлення пароля',
  lead: 'Для вашого логіна запитано новий пароль. Поточний пароль діє, доки ви не задасте новий.',
  facts: [account, validUntil],
  nextTitle,
  next: [
    { text: 'Відкрийте посилання та виберіть новий пароль. Посилання діє один раз.' },
    { text: 'Якщо ви цього не запитували, не звертайте уваги на цей лист.' },
  ],
  button: { when: 'links.account', href: 'links.account', text: 'Відновити пароль' },
};

const notMe: readonly Conditional[] = [
  { text: 'Якщо це зробили ви, нічого робити не потрібно.' },
  { text: 'Якщо ні, відновіть пароль на сторінці входу та повідомте адміністратора.' },
];

const passwordChanged: MailCopy = {
  ...about,
  tone: 'warning',
  subject: 'Ваш пароль Lowwater змінено',
  preview: 'Ваш пароль змінено, інші сеанси завершено.',
  eyebrow: 'Повідомлення про безпеку',
  headline: 'Пароль змінено',
  lead: 'Пароль вашого логіна змінено. Інші ваші сеанси завершено.',
  facts: [account, changed],
  nextTitle: 'Це були ви?',
  next: notMe,
};

const title = changeText({
  enabled: 'Двоетапний вхід увімкнено',
  replaced: 'Застосунок автентифікації замінено',
  disabled: 'Двоетапний вхід вимкнено',
  reset: 'Адміністратор скинув двоетапний вхід',
  recovery_codes: 'Коди відновлення замінено',
  recovery_code_used: 'Використано код відновлення',
  other: 'Двоетапний вхід змінено',
});

const secondFactorChanged: MailCopy = {
  ...about,
  tone: 'warning',
  subject: `Lowwater: ${title}`,
  preview: `${title}.`,
  eyebrow: 'Повідомлення про безпеку',
  headline: title,
  lead: changeText({
    enabled: 'Під час входу тепер також потрібен код із застосунку автентифікації.',
    replaced: 'Коди попереднього застосунку більше не діють. Коди відновлення замінено.',
    disabled: 'Під час входу тепер потрібен лише пароль.',
    reset: 'Застосунок автентифікації та коди відновлення більше не діють. Усі ваші сеанси завершено.',
    recovery_codes: 'Попередні коди відновлення більше не діють.',
    recovery_code_used:
      'Для входу або підтвердження зміни використано один із ваших кодів відновлення. Більше він не діє.',
    other: 'Другий етап вашого входу змінено.',
  }),
  facts: [account, changed],
  nextTitle: 'Це були ви?',
  next: notMe,
};

export const accountMails: Readonly<Record<AccountEmailKind, MailCopy>> = {
  user_invitation: invitation,
  password_reset: reset,
  password_changed: passwordChanged,
  second_factor_changed: secondFactorChanged,
  daily_digest: digestMail,
  ...panelMails,
};
