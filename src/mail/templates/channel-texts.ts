import type { CompanyNotificationKind, NotificationKind } from '../../domain/notifications/mail-kinds.js';
import * as e from './expressions.js';

/**
 * The built-in text of a notification in a channel: short, without formatting, and with the client's name, because several
 * clients share a channel. In Slack and Teams it is below the subject of the email template.
 */

/** Kinds of the rules that have channels, and of companies' alarms. */
export const channelTextKinds = ['low_balance', 'company_balance'] as const satisfies readonly (
  NotificationKind | CompanyNotificationKind
)[];
type ChannelTextKind = (typeof channelTextKinds)[number];

export const channelTexts: Readonly<Record<'en' | 'uk', Readonly<Record<ChannelTextKind, string>>>> = {
  en: {
    low_balance: `{{ client.name }}: ${e.either(
      e.isOverdrawn,
      `balance overdrawn by ${e.overdrawn}`,
      `${e.available} available`,
    )}, below the threshold of ${e.threshold}. Notice ${e.noticeNumber('of')}.`,
    company_balance: `{{ COMPANY }}: ${e.bySide(
      'their balance',
      'our balance',
      'mutual balance',
    )} ${e.companyBalance}, threshold ${e.companyThreshold} reached.`,
  },
  uk: {
    low_balance: `{{ client.name }}: ${e.either(
      e.isOverdrawn,
      `перевитрата ${e.overdrawn}`,
      `доступно ${e.available}`,
    )}, нижче порога ${e.threshold}. Сповіщення ${e.noticeNumber('з')}.`,
    company_balance: `{{ COMPANY }}: ${e.bySide(
      'їхній баланс',
      'наш баланс',
      'взаємний баланс',
    )} ${e.companyBalance}, досягнуто порога ${e.companyThreshold}.`,
  },
};
