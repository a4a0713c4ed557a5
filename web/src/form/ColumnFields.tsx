import '../i18n/late/imports';
import { Select, Table, Text, type SelectProps } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { t } from '../i18n/t';

interface Column<Field> {
  readonly name: string;
  readonly samples: readonly string[];
  /** as the service has matched it; null: none */
  readonly field: Field | null;
}

interface ColumnFieldsProps<Field> {
  readonly columns: readonly Column<Field>[];
  readonly fields: readonly (Field | null)[];
  /** over the fields: of what they are */
  readonly label: string;
  readonly options: NonNullable<SelectProps['data']>;
  readonly onChoose: (column: number, field: Field | null) => void;
}

/** Which field each column of a file is; the service has matched what it knows. */
export function useColumnFields<Field extends string>(
  columns: readonly Column<Field>[],
): { readonly fields: readonly (Field | null)[]; readonly onChoose: (column: number, field: Field | null) => void } {
  const [fields, setFields] = useState<readonly (Field | null)[]>(() => columns.map(({ field }) => field));
  const onChoose = (column: number, field: Field | null): void =>
    // A field is one column's: another one that had it gives it up.
    setFields(fields.map((known, index) => (index === column ? field : known === field ? null : known)));
  return { fields, onChoose };
}

/** The columns of a file with their first values, each with the field that it fills. */
export function ColumnFields<Field extends string>(props: ColumnFieldsProps<Field>): ReactNode {
  const { columns, fields, label, options, onChoose } = props;
  return (
    <Table.ScrollContainer minWidth={340}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('imports.column')}</Table.Th>
            <Table.Th>{label}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map(({ name, samples }, column) => (
            <Table.Tr key={name}>
              <Table.Td>
                <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
                  {name}
                </Text>
                <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                  {samples.filter((text) => text !== '').join(' · ')}
                </Text>
              </Table.Td>
              <Table.Td>
                <Select
                  aria-label={t('imports.fieldOf', { column: name })}
                  placeholder={t('imports.notImported')}
                  data={options}
                  value={fields[column] ?? null}
                  onChange={(field) => onChoose(column, field as Field | null)}
                  searchable
                  clearable
                  clearButtonProps={{ 'aria-label': t('imports.field.clear', { column: name }) }}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
