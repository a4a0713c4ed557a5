import { ActionIcon, Button, Group, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconDownload, IconFileSpreadsheet } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { serverNow } from '../api/transport';
import { t } from '../i18n/t';
import { delimiters, useDelimiter } from './csv-delimiter';
import type { ListDefinition } from './definition';
import classes from './list.module.css';
import { exportHref, type FileFormat, type Filters } from './request';
import type { Columns } from './table/use-columns';
import type { ListControls } from './use-list-state';

interface ExportButtonProps<Row> {
  readonly definition: ListDefinition<Row>;
  readonly controls: ListControls;
  readonly columns: Columns<Row>;
  readonly fixed: Filters;
}

const labels = { ',': 'list.export.comma', ';': 'list.export.semicolon' } as const;

/** The shown list as a file: plain links, so that the browser saves the stream as it comes. The menu has XLSX, and sets the delimiter of CSV. */
export function ExportButton<Row>({ definition, controls, columns, fixed }: ExportButtonProps<Row>): ReactNode {
  const [delimiter, setDelimiter] = useDelimiter();
  const ids = columns.shown.map((column) => column.id);
  const hrefOf = (format: FileFormat): string =>
    exportHref(definition, controls.state, fixed, ids, serverNow(), format);
  return (
    <Group gap={2} wrap="nowrap">
      <Tooltip label={t('list.export.hint')}>
        <Button
          component="a"
          className={classes['tool']}
          variant="default"
          size="xs"
          leftSection={<IconDownload size={16} aria-hidden />}
          href={hrefOf({ type: 'csv', delimiter })}
          download
        >
          {t('list.export')}
        </Button>
      </Tooltip>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t('list.export.more')} title={t('list.export.more')}>
            <IconChevronDown size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component="a"
            href={hrefOf({ type: 'xlsx' })}
            download
            leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
          >
            {t('list.export.xlsx')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>{t('list.export.delimiter')}</Menu.Label>
          {delimiters.map((one) => (
            <Menu.RadioItem
              key={one}
              value={one}
              checked={one === delimiter}
              onChange={() => setDelimiter(one)}
              closeMenuOnClick
            >
              {t(labels[one])}
            </Menu.RadioItem>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
