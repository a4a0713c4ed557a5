import { ActionIcon, Group, Select, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronLeftPipe, IconChevronRight, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import type { ListPage } from '../definition';
import { firstPage, pageSizes } from '../list-state';
import { limitOf } from '../request';
import type { ListControls } from '../use-list-state';
import { PageJump } from './PageJump';
import { pageNumbers } from './pages';

interface PagerProps {
  readonly page: ListPage<unknown> | null;
  readonly controls: ListControls;
}

/** "Rows 21 – 40 of 120 | Page 2 of 6", the pages around, a jump to any, and how many rows one has. */
export function Pager({ page, controls }: PagerProps): ReactNode {
  const { state, set } = controls;
  const previous = page?.prevCursor ?? null;
  const next = page?.nextCursor ?? null;
  const numbers = page && pageNumbers(page, limitOf(state));
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm" c="dimmed" role="status" aria-live="polite">
        {page && rowsText(page)}
        {numbers && ` | ${t('list.pages', { page: numbers.page, pages: numbers.pages })}`}
      </Text>
      <Group gap={4}>
        <Select
          size="xs"
          w={80}
          aria-label={t('list.page.size')}
          data={pageSizes.map(String)}
          value={String(limitOf(state))}
          allowDeselect={false}
          onChange={(value) => set({ limit: Number(value) })}
        />
        <Step
          icon={IconChevronLeftPipe}
          label={t('list.page.first')}
          disabled={state.cursor === null && state.page === null}
          onClick={() => set(firstPage)}
        />
        <Step
          icon={IconChevronLeft}
          label={t('list.page.previous')}
          disabled={previous === null}
          onClick={() => set({ cursor: previous })}
        />
        {numbers && numbers.pages > 1 && <PageJump page={numbers.page} last={numbers.last} controls={controls} />}
        <Step
          icon={IconChevronRight}
          label={t('list.page.next')}
          disabled={next === null}
          onClick={() => set({ cursor: next })}
        />
      </Group>
    </Group>
  );
}

function rowsText({ data, total, rowFrom, rowTo }: ListPage<unknown>): string {
  if (data.length === 0) return t('list.rows.none');
  if (total === undefined || rowFrom === undefined || rowTo === undefined) {
    return t('list.rows.uncounted', { n: data.length });
  }
  return t('list.rows', { from: rowFrom, to: rowTo, total });
}

interface StepProps {
  readonly icon: Icon;
  readonly label: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

function Step({ icon: StepIcon, label, disabled, onClick }: StepProps): ReactNode {
  return (
    <ActionIcon variant="default" size={30} aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <StepIcon size={16} aria-hidden />
    </ActionIcon>
  );
}
