import { IconBellRinging, IconCash, IconMail, IconUser, type Icon } from '@tabler/icons-react';
import type { SearchResult } from '../../api/types';
import { t } from '../../i18n/t';

/** A row of the palette: leads somewhere, or does something. */
export interface Entry {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly beside: string;
  readonly icon: Icon;
  readonly to: string | null;
  readonly run: () => void;
}

/** Whether every word that was typed begins a word of the label. */
export function matches(label: string, typed: string): boolean {
  const words = label.toLocaleLowerCase().split(/[\s:]+/);
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}

export function foundEntries(found: SearchResult): Entry[] {
  const entry = (id: string, group: string, icon: Icon, to: string, label: string, beside: string): Entry => {
    return { id, group, icon, to, label, beside, run: () => undefined };
  };
  return [
    ...found.clients.map(({ id, name, billingEmail, externalId }) =>
      entry(
        `client:${id}`,
        t('app.nav.clients'),
        IconUser,
        `/clients/${id}`,
        name,
        besideOf(id, externalId, billingEmail),
      ),
    ),
    ...found.profiles.map(({ id, name, currency }) =>
      entry(`profile:${id}`, t('app.nav.profiles'), IconBellRinging, `/profiles/${id}`, name, currency),
    ),
    ...found.payments.map(({ id, clientId, clientName, amount }) =>
      entry(
        `payment:${id}`,
        t('app.search.payments'),
        IconCash,
        `/clients/${clientId}?tab=ledger`,
        `${id} · ${clientName}`,
        `${amount.amount} ${amount.currency}`,
      ),
    ),
    ...found.notifications.map(({ id, clientName, subject, messageId }) =>
      entry(
        `notification:${id}`,
        t('app.nav.notifications'),
        IconMail,
        `/notifications/${id}`,
        subject ?? messageId,
        clientName,
      ),
    ),
  ];
}

const besideOf = (...parts: readonly (string | null)[]): string => parts.filter(Boolean).join(' · ');
