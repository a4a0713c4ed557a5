import { ActionIcon, Button, Checkbox, Group, Popover, Stack } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconColumns3 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import type { ListColumn } from '../definition';
import classes from '../list.module.css';
import type { Columns } from './use-columns';

/** Which columns are shown, in which order; by buttons, because not every user can drag. */
export function ColumnChooser<Row>({ columns }: { readonly columns: Columns<Row> }): ReactNode {
  const { shown, all, choose, reset } = columns;
  const ids = shown.map((column) => column.id);
  const move = (index: number, by: number): void => {
    const moved = [...ids];
    const [id] = moved.splice(index, 1);
    if (id !== undefined) moved.splice(index + by, 0, id);
    choose(moved);
  };
  return (
    <Popover position="bottom-end" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button
          className={classes['tool']}
          variant="default"
          size="xs"
          leftSection={<IconColumns3 size={16} aria-hidden />}
        >
          {t('list.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={2} mah="60dvh" style={{ overflowY: 'auto' }}>
          {all.map((column) => {
            const index = ids.indexOf(column.id);
            return (
              <Group key={column.id} justify="space-between" wrap="nowrap" gap="lg" mih={28}>
                <Checkbox
                  size="xs"
                  label={nameOf(column)}
                  checked={index >= 0}
                  disabled={column.isName === true}
                  onChange={() => choose(index >= 0 ? ids.filter((id) => id !== column.id) : [...ids, column.id])}
                />
                {index >= 0 && (
                  <Group gap={0} wrap="nowrap">
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size={24}
                      aria-label={t('list.columns.up', { column: nameOf(column) })}
                      disabled={index === 0}
                      onClick={() => move(index, -1)}
                    >
                      <IconChevronUp size={16} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size={24}
                      aria-label={t('list.columns.down', { column: nameOf(column) })}
                      disabled={index === ids.length - 1}
                      onClick={() => move(index, 1)}
                    >
                      <IconChevronDown size={16} aria-hidden />
                    </ActionIcon>
                  </Group>
                )}
              </Group>
            );
          })}
        </Stack>
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={reset}>
          {t('list.columns.reset')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

function nameOf<Row>({ group, label }: ListColumn<Row>): string {
  return group === undefined ? t(label) : `${t(group)} · ${t(label)}`;
}
