import { Checkbox, Fieldset, Input, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import type { Scope } from '../../../api/types';
import { areas, scopeOf } from './key-values';

interface ScopesInputProps {
  readonly id?: string;
  readonly value: readonly Scope[];
  readonly onChange: (value: Scope[]) => void;
  readonly error?: ReactNode;
  /** the scopes of the creator, who can't grant more */
  readonly own: readonly string[];
}

/** What a key may do: area by area, reading and writing; writing does not imply reading. */
export function ScopesInput({ id, value, onChange, error, own }: ScopesInputProps) {
  const isAll = value.includes('*');
  const has = (scope: string): boolean => own.includes('*') || own.includes(scope);
  const toggle = (scope: Scope, on: boolean): void =>
    onChange(on ? [...value, scope] : value.filter((other) => other !== scope));
  const box = (scope: Scope | null, area: string, act: 'read' | 'write'): ReactNode =>
    scope && (
      <Checkbox
        size="sm"
        aria-label={`${area}: ${t(`developers.scope.${act}`)}`}
        checked={isAll || value.includes(scope)}
        disabled={isAll || !has(scope)}
        onChange={(event) => toggle(scope, event.currentTarget.checked)}
      />
    );
  return (
    <Fieldset legend={t('developers.keys.scopes')} id={id} tabIndex={-1}>
      <Checkbox
        label={t('developers.keys.everything')}
        description={t('developers.keys.everythingHint')}
        checked={isAll}
        disabled={!own.includes('*')}
        onChange={(event) => onChange(event.currentTarget.checked ? ['*'] : [])}
      />
      <Table verticalSpacing={2} mt="xs" fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('developers.scope.area')}</Table.Th>
            <Table.Th w={80}>{t('developers.scope.read')}</Table.Th>
            <Table.Th w={80}>{t('developers.scope.write')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {areas.map((area) => {
            const label = t(`developers.area.${area}`);
            return (
              <Table.Tr key={area}>
                <Table.Td>{label}</Table.Td>
                <Table.Td>{box(scopeOf(area, 'read'), label, 'read')}</Table.Td>
                <Table.Td>{box(scopeOf(area, 'write'), label, 'write')}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      {error && <Input.Error mt="xs">{error}</Input.Error>}
    </Fieldset>
  );
}
