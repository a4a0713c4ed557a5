import { Code, Skeleton, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isKey, t } from '../../../i18n/t';
import { metaQuery } from '../../../session/meta';
import { FailedState } from '../../../ui/FailedState';

/** The current settings, without secrets; they are changed in the environment. */
export function ConfigurationTab() {
  const { data, error, refetch } = useQuery(metaQuery);
  const [text, setText] = useState('');
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={320} />;
  if (!data.settings) return <Text>{t('settings.configuration.operatorOnly')}</Text>;
  const wanted = text.trim().toLocaleLowerCase();
  const rows = Object.entries(data.settings).filter(([name]) =>
    `${name} ${aboutText(name)}`.toLocaleLowerCase().includes(wanted),
  );
  return (
    <Stack gap="sm" maw={860}>
      <Text size="sm" c="dimmed">
        {t('settings.configuration.text')}
      </Text>
      <TextInput
        aria-label={t('settings.configuration.find')}
        placeholder={t('settings.configuration.find')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maw={320}
      />
      {/* Of fixed width: a name or value without a space breaks instead of widening a phone's page. */}
      <Table withTableBorder striped layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="58%">{t('settings.configuration.name')}</Table.Th>
            <Table.Th>{t('settings.configuration.value')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <Code>{name}</Code>
                <Text size="xs" c="dimmed" mt={2}>
                  {aboutText(name)}
                </Text>
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{valueText(value)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

/** What a setting is for; empty: this page does not know it yet. */
function aboutText(name: string): string {
  const key = `settings.configuration.about.${name}`;
  return isKey(key) ? t(key) : '';
}

function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return t('settings.configuration.unset');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
