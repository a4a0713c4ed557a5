import { Group } from '@mantine/core';
import { IconBellOff, IconBellRinging, IconCash, IconCoins, IconMail, IconUser, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SearchResult } from '../../api/types';
import { t } from '../../i18n/t';
import { commandParameter } from '../../ui/page/commands';
import { StateBadge } from '../../ui/badges/StateBadge';
import { Money } from '../../ui/text/Money';
import classes from './Palette.module.css';

/** A row of the palette: leads somewhere, or does something. */
export interface Entry {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  /** what distinguishes it from others of its name */
  readonly description?: string;
  readonly beside: ReactNode;
  readonly icon: Icon;
  readonly to: string | null;
  readonly run: () => void;
  /** its choice continues in the palette */
  readonly staysOpen?: boolean;
}

/** What is done with a client that is named in the palette: `grant acme`. */
export const clientCommands = [
  { id: 'payment', operation: 'postClientPayment', icon: IconCash },
  { id: 'grant', operation: 'grantTemporaryCredit', icon: IconCoins },
  { id: 'silence', operation: 'silenceMonitor', icon: IconBellOff },
] as const;
export type ClientCommand = (typeof clientCommands)[number];

/** Whether every word that was typed begins a word of the label. */
export function matches(label: string, typed: string): boolean {
  const words = wordsOf(label);
  return wordsOf(typed).every((part) => words.some((word) => word.startsWith(part)));
}

/** The beginnings of a command's words, and behind them the client: `record payment acme` is of `payment`, for `acme`. */
export function commandIn(
  typed: string,
  labels: Readonly<Record<string, string>>,
): { id: string; rest: string } | null {
  const parts = typed.trim().split(/\s+/);
  for (const [id, label] of Object.entries(labels)) {
    const words = wordsOf(label);
    const count = parts.findIndex((part) => !words.some((word) => word.startsWith(part.toLocaleLowerCase())));
    const rest = count === -1 ? [] : parts.slice(count);
    const [first = ''] = parts;
    // One letter or two begin too many names.
    if (rest.length > 0 && count > 0 && first.length >= minCommandLetters) return { id, rest: rest.join(' ') };
  }
  return null;
}

const minCommandLetters = 3;

const wordsOf = (text: string): string[] =>
  text
    .toLocaleLowerCase()
    .split(/[\s:…]+/)
    .filter(Boolean);

export function foundEntries(found: SearchResult): Entry[] {
  const entry = (id: string, group: string, icon: Icon, to: string, label: string, beside: ReactNode): Entry => {
    return { id, group, icon, to, label, beside, run: () => undefined };
  };
  return [
    ...found.clients.map((client) => ({
      ...entry(
        `client:${client.id}`,
        t('app.nav.clients'),
        IconUser,
        `/clients/${client.id}`,
        client.name,
        standing(client),
      ),
      description: [client.id, client.externalId, client.billingEmail].filter(Boolean).join(' · '),
    })),
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
        <Money value={amount} />,
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

/** The clients that were found, with the action that each offers. */
export function commandEntries({ id, icon }: ClientCommand, found: SearchResult): Entry[] {
  return found.clients
    .filter(
      ({ status, available }) => status !== 'deleted' && !(id === 'grant' && available && 'unlimited' in available),
    )
    .map((client) => ({
      id: `${id}:${client.id}`,
      group: t('app.search.actions'),
      label: t(`app.command.${id}`, { name: client.name }),
      description: [client.id, client.externalId].filter(Boolean).join(' · '),
      beside: standing(client),
      icon,
      to: `/clients/${client.id}?${commandParameter}=${id}`,
      run: () => undefined,
    }));
}

type FoundClient = SearchResult['clients'][number];

function standing({ state, status, available }: FoundClient): ReactNode {
  if (status === 'deleted') return t('client.status.deleted');
  return (
    <Group gap="xs" wrap="nowrap" justify="flex-end">
      {available && (
        <span className={classes['money']}>
          <Money value={available} />
        </span>
      )}
      <StateBadge state={state} />
    </Group>
  );
}
