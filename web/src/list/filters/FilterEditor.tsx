import { Button, Checkbox, Fieldset, Group, Radio, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { integerError } from '../../form/checks';
import { CurrencySelect } from '../../form/inputs/CurrencySelect';
import { MoneyInput } from '../../form/inputs/MoneyInput';
import { IntegerInput } from '../../form/inputs/IntegerInput';
import { SearchSelect } from '../../form/inputs/SearchSelect';
import { t, type Key } from '../../i18n/t';
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

/** The fields of a filter, without the buttons: for forms with several. */
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
      return <NumberFields filter={filter} draft={draft} onDraft={onDraft} />;
    case 'percentRange':
      return <PercentRangeFields filter={filter} draft={draft} onDraft={onDraft} />;
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

function NumberFields({ filter, draft, onDraft }: FieldsProps<'number'>): ReactNode {
  const { parameter, label, min, max, none } = filter;
  const value = draft[parameter] === none?.value ? '' : (draft[parameter] ?? '');
  return (
    <>
      <IntegerInput
        data-autofocus
        size="sm"
        label={t(label)}
        value={value}
        error={integerError(numberOf(value), min, max)}
        onChange={(typed) => onDraft({ [parameter]: String(typed) })}
      />
      {none && <NoneField none={none} parameter={parameter} draft={draft} onDraft={onDraft} />}
    </>
  );
}

interface NoneFieldProps extends Pick<FieldsProps<ListFilter['kind']>, 'draft' | 'onDraft'> {
  readonly parameter: string;
  readonly none: { readonly value: string; readonly label: Key };
}

function NoneField({ none, parameter, draft, onDraft }: NoneFieldProps): ReactNode {
  return (
    <Checkbox
      size="xs"
      mt={6}
      label={t(none.label)}
      checked={draft[parameter] === none.value}
      onChange={(event) => onDraft({ [parameter]: event.currentTarget.checked ? none.value : '' })}
    />
  );
}

/** What is typed as the check reads it: a number, or a text that is none. */
function numberOf(text: string | undefined): number | string | null {
  if (text === undefined || text === '') return null;
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

const maxPercent = 100_000;

function PercentRangeFields({ filter, draft, onDraft }: FieldsProps<'percentRange'>): ReactNode {
  const bound = (name: string, label: 'list.filter.fromPercent' | 'list.filter.belowPercent'): ReactNode => (
    <IntegerInput
      size="sm"
      {...(name === filter.from && { 'data-autofocus': true })}
      label={t(label)}
      value={draft[name] ?? ''}
      error={integerError(numberOf(draft[name]), -maxPercent, maxPercent)}
      onChange={(value) => onDraft({ [name]: String(value) })}
    />
  );
  return (
    <Fieldset variant="unstyled" legend={t(filter.label)}>
      <Group grow gap="xs" align="flex-start">
        {bound(filter.from, 'list.filter.fromPercent')}
        {bound(filter.to, 'list.filter.belowPercent')}
      </Group>
      {filter.hint && (
        <Text size="xs" c="dimmed" mt={6}>
          {t(filter.hint)}
        </Text>
      )}
    </Fieldset>
  );
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
      {none && <NoneField none={none} parameter={filter.parameter} draft={draft} onDraft={onDraft} />}
    </>
  );
}
