import { Button, Checkbox, Group } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { t } from '../../i18n/t';
import classes from '../list.module.css';
import type { RowsProps } from './rows-props';
import { isOnControl, NameLink } from './ListTable';

/** The rows on a narrow screen: the same data, one under the other. */
export function ListCards<Row>(props: RowsProps<Row>): ReactNode {
  const { definition, rows, isOld, rowKeys } = props;
  return (
    <div ref={rowKeys.container}>
      <ul className={classes['cards']} data-old={isOld || undefined} aria-busy={isOld} aria-label={t(definition.title)}>
        {rows.map((row, index) => (
          <Card {...props} key={definition.idOf(row)} row={row} index={index} />
        ))}
      </ul>
    </div>
  );
}

/** A card has the first columns besides the name, so that several cards are in sight; the others are a press away. */
const fieldsShown = 4;

interface CardProps<Row> extends RowsProps<Row> {
  readonly row: Row;
  readonly index: number;
}

function Card<Row>(props: CardProps<Row>): ReactNode {
  const { definition, columns, row, index, rowKeys, selectable, open, hrefOf, rowActions } = props;
  const name = columns.find((column) => column.isName) ?? columns[0];
  const fields = columns.filter((column) => column !== name);
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? fields : fields.slice(0, fieldsShown);
  const selected = selectable?.isSelected(row) ?? false;
  return (
    <li
      className={classes['card']}
      data-row={index}
      data-selected={selected || undefined}
      data-opens={open !== null || undefined}
      tabIndex={index === rowKeys.active ? 0 : -1}
      onFocus={() => rowKeys.setActive(index)}
      onKeyDown={(event) => rowKeys.onRowKey(event, index)}
      onClick={(event) => {
        if (!isOnControl(event)) open?.(row);
      }}
    >
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Group gap="xs" wrap="nowrap" miw={0}>
          {selectable && (
            <Checkbox
              size="sm"
              aria-label={t('list.select.row', { name: definition.nameOf(row) })}
              checked={selected}
              onChange={(event) => selectable.onSelect(index, event.currentTarget.checked, false)}
            />
          )}
          <NameLink isName href={hrefOf?.(row) ?? null}>
            {name?.render(row)}
          </NameLink>
        </Group>
        {rowActions?.(row)}
      </Group>
      <dl>
        {shown.map((column) => (
          <CardField key={column.id} label={labelOf(column)}>
            {column.render(row)}
          </CardField>
        ))}
      </dl>
      {fields.length > fieldsShown && (
        <Button
          size="compact-xs"
          variant="subtle"
          mt={4}
          ml={-6}
          aria-expanded={isWhole}
          aria-label={t(isWhole ? 'list.card.lessOf' : 'list.card.moreOf', { name: definition.nameOf(row) })}
          onClick={() => setWhole(!isWhole)}
        >
          {t(isWhole ? 'list.card.less' : 'list.card.more')}
        </Button>
      )}
    </li>
  );
}

function labelOf({
  group,
  label,
}: {
  readonly group?: Parameters<typeof t>[0];
  readonly label: Parameters<typeof t>[0];
}): string {
  return group === undefined ? t(label) : `${t(group)} · ${t(label)}`;
}

function CardField({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
