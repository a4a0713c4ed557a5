import { Code, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import { changesBetween } from './diff';
import { Time } from '../text/Time';

type Fields = Readonly<Record<string, unknown>>;

interface DiffProps {
  readonly before: Fields | null;
  readonly after: Fields | null;
  /** the name of a field in the words of the page; else the API's */
  readonly nameOf?: (path: string) => string;
}

/** What a change did, field by field. */
export function Diff({ before, after, nameOf = (path) => path }: DiffProps): ReactNode {
  const changes = changesBetween(before, after);
  if (changes.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('ui.diff.none')}
      </Text>
    );
  }
  return (
    <Table withRowBorders verticalSpacing={4} fz="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('ui.diff.field')}</Table.Th>
          {before && <Table.Th>{t('ui.diff.before')}</Table.Th>}
          {after && <Table.Th>{t('ui.diff.after')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map((change) => (
          <Table.Tr key={change.path}>
            <Table.Td>{nameOf(change.path)}</Table.Td>
            {before && (
              <Table.Td>
                <FieldValue value={change.before} />
              </Table.Td>
            )}
            {after && (
              <Table.Td>
                <FieldValue value={change.after} />
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** A value of the API as people read it: nothing, yes and no, a list, a text. */
export function FieldValue({ value }: { readonly value: unknown }): ReactNode {
  if (value === undefined || value === null || value === '') {
    return (
      <Text span size="sm" c="dimmed">
        {t('common.none')}
      </Text>
    );
  }
  if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no');
  if (Array.isArray(value) && value.length === 0) return t('common.none');
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(', ');
  if (typeof value === 'object') return <Code block>{JSON.stringify(value, null, 1)}</Code>;
  if (typeof value === 'string' && instant.test(value)) return <Time at={value} format="second" />;
  return <span style={{ overflowWrap: 'anywhere' }}>{String(value)}</span>;
}
