import { Anchor, Modal, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { t } from '../i18n/t';
import { useMe } from '../session/session';
import { KeyHint } from '../ui/KeyHint';
import { useRegisteredShortcuts } from '../ui/shortcuts';

interface ShortcutHelpProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The keys that do something on the page that is shown. */
export function ShortcutHelp({ opened, onClose }: ShortcutHelpProps) {
  const shortcuts = useRegisteredShortcuts();
  const { preferences } = useMe();
  const palette = { keys: 'Ctrl+K', label: t('app.search.open'), group: t('app.help.everywhere') };
  const groups = grouped([palette, ...shortcuts]);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('app.help.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        {preferences?.shortcuts === false && <Text size="sm">{t('app.help.off')}</Text>}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {[...groups].map(([group, entries]) => (
            <section key={group}>
              <Title order={3} size="h6" mb={4}>
                {group}
              </Title>
              <Table withRowBorders={false} verticalSpacing={3}>
                <Table.Tbody>
                  {entries.map(({ keys, label }) => (
                    <Table.Tr key={keys}>
                      <Table.Td w={90}>
                        <KeyHint keys={keys} />
                      </Table.Td>
                      <Table.Td>{label}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </section>
          ))}
        </SimpleGrid>
        <Text size="sm" c="dimmed">
          {t('app.help.turnOff')}{' '}
          <Anchor component={Link} to="/me" onClick={onClose} underline="always">
            {t('app.user.profile')}
          </Anchor>
        </Text>
      </Stack>
    </Modal>
  );
}

type Entry = { readonly keys: string; readonly label: string; readonly group: string };

function grouped(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return groups;
}
