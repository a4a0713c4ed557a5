import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import { FieldValue } from '../../ui/audit/Diff';
import classes from './notifications.module.css';

type Variables = Readonly<Record<string, unknown>>;

/** What the template was given, by the names that templates use. */
export function ValuesTable({ variables }: { readonly variables: Variables }): ReactNode {
  const rows = flat(variables).sort(([a], [b]) => a.localeCompare(b));
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {t('notifications.values.lead')}
      </Text>
      <div className={classes['scroll']} role="region" aria-label={t('notifications.tab.values')} tabIndex={0}>
        <Table fz="sm" verticalSpacing={4} withTableBorder>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('notifications.values.name')}</Table.Th>
              <Table.Th>{t('notifications.values.value')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Td ff="monospace">{name}</Table.Td>
                <Table.Td>
                  <FieldValue value={value} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </>
  );
}

function flat(variables: Variables, before = ''): [string, unknown][] {
  return Object.entries(variables).flatMap(([name, value]) =>
    isGroup(value) ? flat(value, `${before}${name}.`) : [[`${before}${name}`, value] as [string, unknown]],
  );
}

function isGroup(value: unknown): value is Variables {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
