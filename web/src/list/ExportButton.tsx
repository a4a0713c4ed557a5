import { ActionIcon, Button, Group, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { serverNow } from '../api/transport';
import { t } from '../i18n/t';
import { delimiters, useDelimiter } from './csv-delimiter';
import type { ListDefinition } from './definition';
import { exportHref, type Filters } from './request';
import type { Columns } from './table/use-columns';
import type { ListControls } from './use-list-state';

interface ExportButtonProps<Row> {
  readonly definition: ListDefinition<Row>;
  readonly controls: ListControls;
  readonly columns: Columns<Row>;
  readonly fixed: Filters;
}

const labels = { ',': 'list.export.comma', ';': 'list.export.semicolon' } as const;

/** The CSV of the shown list: a plain link, so that the browser saves the stream as it comes; its menu sets the delimiter. */
export function ExportButton<Row>({ definition, controls, columns, fixed }: ExportButtonProps<Row>): ReactNode {
  const [delimiter, setDelimiter] = useDelimiter();
  const ids = columns.shown.map((column) => column.id);
  return (
    <Group gap={2} wrap="nowrap">
      <Tooltip label={t('list.export.hint')}>
        <Button
          component="a"
          variant="default"
          size="xs"
          leftSection={<IconDownload size={16} aria-hidden />}
          href={exportHref(definition, controls.state, fixed, ids, serverNow(), delimiter)}
          download
        >
          {t('list.export')}
        </Button>
      </Tooltip>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon
            variant="default"
            size={30}
            aria-label={t('list.export.delimiter')}
            title={t('list.export.delimiter')}
          >
            <IconChevronDown size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('list.export.delimiter')}</Menu.Label>
          {delimiters.map((one) => (
            <Menu.Item
              key={one}
              role="menuitemradio"
              aria-checked={one === delimiter}
              fw={one === delimiter ? 600 : undefined}
              onClick={() => setDelimiter(one)}
            >
              {t(labels[one])}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
