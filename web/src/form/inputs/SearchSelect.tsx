import { MultiSelect, Select, type MultiSelectProps, type SelectProps } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { t } from '../../i18n/t';
import { useOptions, type SearchSource } from './use-options';

interface SearchSelectProps extends Omit<SelectProps, 'value' | 'onChange' | 'data'>, SearchSource {
  /** an id; empty: none */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One of many things that only the API knows, found by typing. */
export function SearchSelect(props: SearchSelectProps): ReactNode {
  const { value, onChange, searchKey, search, read, ...rest } = props;
  const [text, setText] = useState('');
  const { options, isSearching } = useOptions({ searchKey, search, read }, text, value === '' ? [] : [value]);
  return (
    <Select
      clearable
      placeholder={t('form.picker.type')}
      {...rest}
      searchable
      data={options}
      filter={({ options: found }) => found}
      onSearchChange={setText}
      nothingFoundMessage={isSearching ? t('form.picker.searching') : t('form.picker.none')}
      comboboxProps={{ withinPortal: false, ...rest.comboboxProps }}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}

interface SearchMultiSelectProps extends Omit<MultiSelectProps, 'value' | 'onChange' | 'data'>, SearchSource {
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
}

/** Some of many things that only the API knows. */
export function SearchMultiSelect(props: SearchMultiSelectProps): ReactNode {
  const { value, onChange, searchKey, search, read, ...rest } = props;
  const [text, setText] = useState('');
  const { options, isSearching } = useOptions({ searchKey, search, read }, text, value);
  return (
    <MultiSelect
      placeholder={value.length === 0 ? t('form.picker.type') : undefined}
      {...rest}
      searchable
      hidePickedOptions
      data={options}
      filter={({ options: found }) => found}
      onSearchChange={setText}
      nothingFoundMessage={isSearching ? t('form.picker.searching') : t('form.picker.none')}
      comboboxProps={{ withinPortal: false, ...rest.comboboxProps }}
      value={[...value]}
      onChange={onChange}
    />
  );
}
