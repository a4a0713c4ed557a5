import * as e from '../expressions.js';
import type { Conditional, Fact } from '../layout.js';

/** What several of the built-in emails say. */

export const nextTitle = 'Що робити далі';

export const ask: Conditional = {
  when: 'reseller.email',
  text: 'Маєте запитання? Напишіть до {{ reseller.name }}: {{ reseller.email }}',
  html: `Маєте запитання? Напишіть до {{ reseller.name }}: ${e.mailto}`,
};
export const paid = 'Уже заплатили? Робити нічого не потрібно. Баланс оновиться, щойно платіж буде записано.';
export const automatic: Conditional = {
  text: 'Надіслано автоматично системою Lowwater від імені {{ reseller.name }}.',
  when: 'reseller.name',
};
export const staffFooter: Conditional = {
  text: 'Надіслано автоматично системою Lowwater працівникам {{ reseller.name }}.',
  when: 'reseller.name',
};
export const openClient = { when: 'links.client', href: 'links.client', text: 'Відкрити сторінку клієнта' };

/** «42.17 USD», or «перевитрата 12.50 USD». */
export const standing = e.either(e.isOverdrawn, `перевитрата ${e.overdrawn}`, e.available);
/** The same within a subject: «доступно 42.17 USD», or «перевитрата 12.50 USD». */
export const standingInSubject = e.either(e.isOverdrawn, `перевитрата ${e.overdrawn}`, `доступно ${e.available}`);
export const standingAfter = e.either(e.willBeOverdrawn, `перевитрата ${e.overdrawnAfter}`, e.availableAfter);
export const yourBalance = e.either(e.isOverdrawn, 'Сума перевитрати', 'Ваш доступний баланс');
export const overdrawnNotice: Conditional = {
  when: e.isOverdrawn,
  text: `Перевитрата на вашому балансі становить ${e.overdrawn}. Надання послуг може бути призупинено.`,
};

export const balanceFacts: readonly Fact[] = [
  { label: 'Поточний баланс', value: e.liveBalance, when: 'client.balance_live != null' },
  { label: 'Кредитний ліміт', value: e.creditLimit, when: 'client.credit_limit' },
  { label: 'Тимчасовий кредит', value: e.temporaryCredit, when: 'client.temporary_credit' },
];
export const checkFacts: readonly Fact[] = [
  { label: 'Перевірено', value: '{{ checked_at }}', when: 'checked_at' },
  { label: 'Наступна перевірка', value: '{{ next_check_at }}', when: 'next_check_at' },
  { label: 'Сповіщення', value: e.noticeNumber('з'), when: 'rule.number' },
];
export const lastNotice: Conditional = {
  when: e.isLast,
  text: '{% if rule.max == 1 %}Це єдине сповіщення до поповнення балансу.{% else %}Це сповіщення {{ rule.number }} з {{ rule.max }}, останнє до поповнення балансу.{% endif %}',
};
