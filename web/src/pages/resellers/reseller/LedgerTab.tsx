import { Drawer, Group, Stack, Text } from '@mantine/core';
import { IconCash, IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { ActionButton } from '../../../session/ActionButton';
import { useMe } from '../../../session/session';
import { Fields } from '../../../ui/Fields';
import { Money } from '../../../ui/text/Money';
import type { Reseller } from '../queries';
import { EntryForm } from './EntryForm';
import { entriesOf } from './entries-list';

const kinds = ['payment', 'adjustment'] as const;

/** What a reseller owes the reseller above: its balance, and the entries behind it. */
export function LedgerTab({ reseller }: { readonly reseller: Reseller }): ReactNode {
  const me = useMe();
  const [adding, setAdding] = useState<(typeof kinds)[number] | null>(null);
  const { id, kind, currency, live, credit, available, status } = reseller;
  if (kind === 'manager') return <Text size="sm">{t('resellers.manager.noLedger')}</Text>;
  if (kind === 'operator') return <Text size="sm">{t('resellers.operator.noLedger')}</Text>;
  const isKept = status === 'active' && id !== me.resellerId;
  return (
    <Stack gap="md">
      {currency !== null && (
        <Fields
          rows={[
            [t('resellers.live'), <Money key="live" value={{ amount: live, currency }} />],
            [t('resellers.credit'), <Money key="credit" value={{ amount: credit, currency }} />],
            [t('resellers.available'), <Money key="available" value={{ amount: available, currency }} />],
          ]}
        />
      )}
      {isKept && (
        <Group gap="xs">
          {kinds.map((one) => (
            <ActionButton
              key={one}
              operation={one === 'payment' ? 'postResellerPayment' : 'postResellerAdjustment'}
              isInRow
              size="xs"
              variant={one === 'payment' ? 'filled' : 'default'}
              leftSection={<IconPlus size={16} aria-hidden />}
              blocked={currency === null ? t('resellers.entries.noCurrency') : null}
              onClick={() => setAdding(one)}
            >
              {t(`resellers.entries.${one}`)}
            </ActionButton>
          ))}
        </Group>
      )}
      <List
        definition={entriesOf(id)}
        empty={{ icon: IconCash, title: t('resellers.entries.empty'), text: t('resellers.entries.emptyText') }}
      />
      <Drawer
        opened={adding !== null}
        onClose={() => setAdding(null)}
        position="right"
        size="md"
        title={adding && t(`resellers.entries.${adding}`)}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {adding && currency !== null && (
          <EntryForm resellerId={id} kind={adding} currency={currency} onClose={() => setAdding(null)} />
        )}
      </Drawer>
    </Stack>
  );
}
