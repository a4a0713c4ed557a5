import { Button, Checkbox, Group, NumberInput, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { CurrencySelect } from '../../form/inputs/CurrencySelect';
import { MoneyInput } from '../../form/inputs/MoneyInput';
import { SearchSelect } from '../../form/inputs/SearchSelect';
import { t } from '../../i18n/t';
import type { ListFilter } from '../definition';
import { filterValue, type Filters } from '../request';
import { TimeFilterFields } from './TimeFilterFields';

interface FilterEditorProps {
  readonly filter: ListFilter;
  readonly values: Filters;
  readonly onApply: (changes: Filters) => void;
}

interface FieldsProps<Kind extends ListFilter['kind']> {
  readonly filter: Extract<ListFilter, { kind: Kind }>;
  readonly draft: Filters;
  readonly onDraft: (changes: Filters) => void;
}

/** The editor that fits a filter; nothing is asked of the API before "Apply" or Enter. */
export function FilterEditor({ filter, values, onApply }: FilterEditorProps): ReactNode {
  const [draft, setDraft] = useState<Filters>({});
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // Portals pass events on to the form of the page, if there is one around the list.
    event.stopPropagation();
    onApply(draft);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs" w={300}>
        <FilterFields
          filter={filter}
          draft={{ ...values, ...draft }}
          onDraft={(changes) => setDraft((before) => ({ ...before, ...changes }))}
        />
        <Group justify="flex-end">
          <Button type="submit" size="xs">
            {t('list.filter.apply')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The fields of a filter, without the buttons: for where several stand in one form. */
export function FilterFields({ filter, draft, onDraft }: FieldsProps<ListFilter['kind']>): ReactNode {
  switch (filter.kind) {
    case 'choice':
      return <ChoiceFields filter={filter} draft={draft} onDraft={onDraft} />;
    case 'money':
      return <MoneyFields filter={filter} draft={draft} onDraft={onDraft} />;
    case 'time':
      return <TimeFilterFields filter={filter} draft={draft} onDraft={onDraft} />;
    case 'reference':
      return <ReferenceFields filter={filter} draft={draft} onDraft={onDraft} />;
    case 'number':
      return (
        <NumberInput
          data-autofocus
          size="sm"
          label={t(filter.label)}
          min={filter.min}
          max={filter.max}
          allowDecimal={false}
          value={draft[filter.parameter] ?? ''}
          onChange={(value) => onDraft({ [filter.parameter]: String(value) })}
        />
      );
    case 'text':
      return (
        <TextInput
          data-autofocus
          size="sm"
          label={t(filter.label)}
          placeholder={filter.placeholder}
          value={draft[filter.parameter] ?? ''}
          onChange={(event) => onDraft({ [filter.parameter]: event.currentTarget.value })}
        />
      );
    case 'flag':
      return (
        <Checkbox
          size="xs"
          label={t(filter.label)}
          checked={draft[filter.parameter] === filter.value}
          onChange={(event) => onDraft({ [filter.parameter]: event.currentTarget.checked ? filter.value : '' })}
        />
      );
  }
}

const oneColumn = 6;

function ChoiceFields({ filter, draft, onDraft }: FieldsProps<'choice'>): ReactNode {
  const value = filterValue(filter, draft) ?? '';
  const options = filter.options();
  const set = (next: string): void => onDraft({ [filter.parameter]: next || (filter.initial?.cleared ?? '') });
  const Choices = (
    <SimpleGrid
      cols={options.length > oneColumn ? 2 : 1}
      verticalSpacing={8}
      mt={6}
      mah="50dvh"
      style={{ overflowY: 'auto' }}
    >
      {options.map((option) =>
        filter.multiple ? (
          <Checkbox key={option.value} size="xs" value={option.value} label={option.label} />
        ) : (
          <Radio key={option.value} size="xs" value={option.value} label={option.label} />
        ),
      )}
    </SimpleGrid>
  );
  return filter.multiple ? (
    <Checkbox.Group
      label={t(filter.label)}
      value={value.split(',').filter(Boolean)}
      onChange={(values) =>
        set(options.flatMap((option) => (values.includes(option.value) ? option.value : [])).join())
      }
    >
      {Choices}
    </Checkbox.Group>
  ) : (
    <Radio.Group label={t(filter.label)} value={value} onChange={set}>
      {Choices}
    </Radio.Group>
  );
}

function MoneyFields({ filter, draft, onDraft }: FieldsProps<'money'>): ReactNode {
  const currency = draft[filter.currency] ?? '';
  return (
    <>
      <CurrencySelect
        size="sm"
        required={Boolean(draft[filter.from] || draft[filter.to])}
        label={t('list.filter.currency')}
        value={currency}
        onChange={(value) => onDraft({ [filter.currency]: value })}
      />
      <MoneyInput
        size="sm"
        label={t('list.filter.from')}
        currency={currency}
        value={draft[filter.from] ?? ''}
        onChange={(value) => onDraft({ [filter.from]: value })}
      />
      <MoneyInput
        size="sm"
        label={t('list.filter.to')}
        currency={currency}
        value={draft[filter.to] ?? ''}
        onChange={(value) => onDraft({ [filter.to]: value })}
      />
    </>
  );
}

function ReferenceFields({ filter, draft, onDraft }: FieldsProps<'reference'>): ReactNode {
  const value = draft[filter.parameter] ?? '';
  const { none } = filter;
  return (
    <>
      <SearchSelect
        size="sm"
        label={t(filter.label)}
        value={none?.value === value ? '' : value}
        search={filter.search}
        read={filter.read}
        searchKey={filter.label}
        onChange={(id) => onDraft({ [filter.parameter]: id })}
      />
      {none && (
        <Checkbox
          size="xs"
          label={t(none.label)}
          checked={value === none.value}
          onChange={(event) => onDraft({ [filter.parameter]: event.currentTarget.checked ? none.value : '' })}
        />
      )}
    </>
  );
}
