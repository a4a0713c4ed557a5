import { Accordion, Badge, Button, Drawer, Fieldset, Group, Stack } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import type { Key } from '../../i18n/t';
import { bySection, parametersOf, type ListFilter } from '../definition';
import { FilterFields } from './FilterEditor';
import { filterValue, withoutFilter, type Filters } from '../request';

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
        {/* Made again with every opening, from what the chips say then. */}
        {opened && <SearchForm {...props} onDone={close} />}
      </Drawer>
    </>
  );
}

function SearchForm({ filters, values, onFilter, onDone }: AdvancedSearchProps & { readonly onDone: () => void }) {
  const [draft, setDraft] = useState<Filters>({});
  const sections = sectionsOf(filters);
  const [opened] = useState(() => openedAtFirst(sections, values));
  const shown = { ...values, ...draft };
  const change = (changes: Filters): void => setDraft((before) => ({ ...before, ...changes }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onFilter(draft);
    onDone();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Accordion
          multiple
          variant="separated"
          defaultValue={opened}
          order={2}
          chevronPosition="left"
          transitionDuration={0}
          styles={{ content: { paddingTop: 0 } }}
        >
          {sections.map(([section, members]) => (
            <Accordion.Item key={section} value={section}>
              <Accordion.Control>
                <Group justify="space-between" gap="xs">
                  {t(section)}
                  <SetCount count={members.filter((filter) => isSet(filter, shown)).length} />
                </Group>
              </Accordion.Control>
              <Accordion.Panel>
                <Stack gap="sm">
                  {members.map((filter) => (
                    <Labelled key={parametersOf(filter).join()} filter={filter}>
                      <FilterFields filter={filter} draft={shown} onDraft={change} />
                    </Labelled>
                  ))}
                </Stack>
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
        {/* Above the arrows of the fields that scroll under it. */}
        <Group justify="flex-end" pos="sticky" bottom={0} py="sm" bg="var(--mantine-color-body)" style={{ zIndex: 2 }}>
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

/** How many filters of a section are set: what a closed section has to say. */
function SetCount({ count }: { readonly count: number }): ReactNode {
  if (count === 0) return null;
  return (
    <Badge variant="light" size="sm" aria-label={t('list.advanced.set', { n: count })}>
      {numberFormat(intlLocale()).format(count)}
    </Badge>
  );
}

/** A filter that is set to nothing in the form is not set. */
function isSet(filter: ListFilter, values: Filters): boolean {
  const value = filterValue(filter, values);
  return value !== null && value !== '';
}

/** Up to this many filters are shown at once. */
const shownAtOnce = 12;

/** The sections that begin open: all of a short form; of a long one the first, and those with a filter that is set. */
function openedAtFirst(sections: ReturnType<typeof sectionsOf>, values: Filters): string[] {
  const isShort = sections.flatMap(([, members]) => members).length <= shownAtOnce;
  return sections
    .filter(([, members], index) => isShort || index === 0 || members.some((filter) => isSet(filter, values)))
    .map(([section]) => section);
}

function sectionsOf(filters: readonly ListFilter[]): readonly (readonly [Key, readonly ListFilter[]])[] {
  return bySection(filters).flatMap(([section, members]) =>
    section === undefined ? [] : [[section, members] as const],
  );
}
