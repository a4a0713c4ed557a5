import { Group, Text } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../i18n/t';
import { toneText } from './badges/ToneBadge';

interface Recipient {
  /** null: a recipient is missing */
  readonly address: string | null;
  /** where the address comes from, in the words of the page: `manager`, `billing email` */
  readonly from?: string;
}

interface RecipientListProps {
  readonly recipients: readonly Recipient[];
  readonly size?: 'xs' | 'sm';
}

/** Who is emailed, resolved; what is missing is said, for a rule without recipients stays silent. */
export function RecipientList({ recipients, size = 'sm' }: RecipientListProps): ReactNode {
  if (recipients.length === 0) return <Missing text={t('ui.recipients.none')} />;
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {recipients.map(({ address, from }, index) => (
        <li key={index}>
          {address === null ? (
            <Missing text={from ? t('ui.recipients.missingFrom', { from }) : t('ui.recipients.missing')} />
          ) : (
            <Text size={size} style={{ overflowWrap: 'anywhere' }}>
              {address}
              {from && (
                <Text span size="xs" c="dimmed">
                  {' '}
                  {from}
                </Text>
              )}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}

function Missing({ text }: { readonly text: string }): ReactNode {
  return (
    <Group gap={4} wrap="nowrap" component="span" {...toneText('red')} fz="sm">
      <IconMailOff size={16} aria-hidden />
      {text}
    </Group>
  );
}
