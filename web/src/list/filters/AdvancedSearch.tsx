import { Button, Drawer, Fieldset, Group, Stack } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { t } from '../../i18n/t';
import type { Key } from '../../i18n/t';
import { parametersOf, type ListFilter } from '../definition';
import { FilterFields } from './FilterEditor';
import { withoutFilter, type Filters } from '../request';

interface AdvancedSearchProps {
  readonly filters: readonly ListFilter[];
  readonly values: Filters;
  readonly onFilter: (changes: Filters) => void;
}

/** All filters of a list in one form (docs/manuals.md#advanced-search); the chips change them one by one. */
export function AdvancedSearch(props: AdvancedSearchProps): ReactNode {
  const [opened, setOpened] = useState(false);
  const close = (): void => setOpened(false);
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t('list.advanced')}
      </Button>
      <Drawer
        opened={opened}
        onClose={close}
        position="right"
        size="md"
        title={t('list.advanced')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {/* Made anew with every opening, from what the chips say then. */}
        {opened && <SearchForm {...props} onDone={close} />}
      </Drawer>
    </>
  );
}

function SearchForm({ filters, values, onFilter, onDone }: AdvancedSearchProps & { readonly onDone: () => void }) {
  const [draft, setDraft] = useState<Filters>({});
  const change = (changes: Filters): void => setDraft((before) => ({ ...before, ...changes }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onFilter(draft);
    onDone();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {sectionsOf(filters).map(([section, members]) => (
          <Fieldset key={section} legend={t(section)}>
            <Stack gap="sm">
              {members.map((filter) => (
                <Labelled key={parametersOf(filter).join()} filter={filter}>
                  <FilterFields filter={filter} draft={{ ...values, ...draft }} onDraft={change} />
                </Labelled>
              ))}
            </Stack>
          </Fieldset>
        ))}
        <Group justify="flex-end" pos="sticky" bottom={0} py="sm" bg="var(--mantine-color-body)">
          <Button variant="default" onClick={() => change(Object.assign({}, ...filters.map(withoutFilter)) as Filters)}>
            {t('list.filter.clear')}
          </Button>
          <Button type="submit">{t('common.search')}</Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The fields of amounts say "from" and "to"; of what, says the heading around them. */
function Labelled({ filter, children }: { readonly filter: ListFilter; readonly children: ReactNode }): ReactNode {
  if (filter.kind !== 'money') return <div>{children}</div>;
  return (
    <Fieldset variant="unstyled" legend={t(filter.label)}>
      <Stack gap={6}>{children}</Stack>
    </Fieldset>
  );
}

function sectionsOf(filters: readonly ListFilter[]): readonly (readonly [Key, readonly ListFilter[]])[] {
  const sections = [...new Set(filters.flatMap(({ section }) => section ?? []))];
  return sections.map((section) => [section, filters.filter((filter) => filter.section === section)]);
}
