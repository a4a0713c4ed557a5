import { Button, Select, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import { instantError } from '../../../form/checks';
import { DateTimeInput } from '../../../form/inputs/DateTimeInput';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { useShowRateImport, type RateImport } from './queries';

type Field = RateImport['columns'][number]['field'];
type Options = NonNullable<RateImport['options']>;

const fieldNames = [
  ...(['code', 'codeName', 'effectiveFrom', 'rate', 'minVolume', 'interval', 'graceVolume', 'setupFee'] as const),
  ...(['timeProfile', 'endsAt', 'notes', 'tags', 'policy', 'status'] as const),
];
const dateFormats = [
  ...(['auto', 'YYYY-MM-DD', 'YYYY/MM/DD', 'YYYYMMDD', 'YYYY-MM'] as const),
  ...(['DD-MM-YYYY', 'DD.MM.YYYY', 'MM/DD/YYYY', 'DD/MM/YYYY'] as const),
] satisfies readonly Options['dateFormat'][];

const first: Options = {
  ...{ mode: 'add', dateFormat: 'auto', timezone: '', effectiveFrom: null },
  ...{ onDuplicate: 'last', onError: 'import_valid', ifUnchanged: 'save' },
};

interface MappingStepProps {
  readonly upload: RateImport;
  readonly onSaved: () => void;
}

/** Says which field each column is, and how the file is imported. */
export function MappingStep({ upload, onSaved }: MappingStepProps): ReactNode {
  const [fields, setFields] = useState<readonly Field[]>(() => upload.columns.map(({ field }) => field));
  const [options, setOptions] = useState<Options>(upload.options ?? first);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const show = useShowRateImport();
  const choose = (column: number, field: string | null): void =>
    // A field is one column's: another one that had it gives it up.
    setFields(fields.map((known, index) => (index === column ? (field as Field) : known === field ? null : known)));
  const save = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    const { timezone, effectiveFrom, ...rest } = options;
    const more = { ...(timezone !== '' && { timezone }), ...(effectiveFrom !== null && { effectiveFrom }) };
    try {
      const params = { path: { id: upload.id } };
      const body = { fields: [...fields], options: { ...rest, ...more } };
      show(await unwrap(api.POST('/v1/rate-imports/{id}/mapping', { params, body })));
      onSaved();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  const dateFault = options.effectiveFrom === null ? null : instantError(options.effectiveFrom);
  return (
    <Stack gap="md">
      <Table.ScrollContainer minWidth={340}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('rateTables.import.column')}</Table.Th>
              <Table.Th>{t('rateTables.import.field')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {upload.columns.map(({ name, samples }, column) => (
              <Table.Tr key={name}>
                <Table.Td>
                  <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
                    {name}
                  </Text>
                  <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                    {samples.filter((text) => text !== '').join(' · ')}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Select
                    aria-label={t('rateTables.import.fieldOf', { column: name })}
                    placeholder={t('rateTables.import.notImported')}
                    data={fieldNames.map((value) => ({ value, label: t(`rateTables.${value}`) }))}
                    value={fields[column] ?? null}
                    onChange={(field) => choose(column, field)}
                    clearable
                    clearButtonProps={{ 'aria-label': t('rateTables.import.fieldClear', { column: name }) }}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <Choice name="mode" values={['add', 'replace']} options={options} onChange={setOptions} />
        <Select
          label={t('rateTables.import.dateFormat')}
          allowDeselect={false}
          data={dateFormats.map((value) => ({
            value,
            label: value === 'auto' ? t('rateTables.import.dateFormat.auto') : value,
          }))}
          value={options.dateFormat}
          onChange={(dateFormat) => setOptions({ ...options, dateFormat: dateFormat as Options['dateFormat'] })}
        />
        <Choice name="onDuplicate" values={['last', 'first', 'report']} options={options} onChange={setOptions} />
        <Choice name="onError" values={['import_valid', 'import_nothing']} options={options} onChange={setOptions} />
        <Choice name="ifUnchanged" values={['save', 'skip']} options={options} onChange={setOptions} />
        <DateTimeInput
          label={t('rateTables.import.effectiveFrom')}
          value={options.effectiveFrom ?? ''}
          error={dateFault}
          onChange={(at) => setOptions({ ...options, effectiveFrom: at === '' ? null : at })}
        />
      </SimpleGrid>
      {error !== null && <FailedState error={error} />}
      <Button w="fit-content" loading={isBusy} disabled={dateFault !== null} onClick={() => void save()}>
        {t('rateTables.import.check')}
      </Button>
    </Stack>
  );
}

type ChoiceName = 'mode' | 'onDuplicate' | 'onError' | 'ifUnchanged';
/** Each value of a choice has its text. */
type ChoiceKey = Extract<
  { [Name in ChoiceName]: `rateTables.import.${Name}.${Options[Name]}` }[ChoiceName],
  Parameters<typeof t>[0]
>;

interface ChoiceProps<Name extends ChoiceName> {
  readonly name: Name;
  readonly values: readonly Options[Name][];
  readonly options: Options;
  readonly onChange: (options: Options) => void;
}

function Choice<Name extends ChoiceName>({ name, values, options, onChange }: ChoiceProps<Name>): ReactNode {
  return (
    <Select
      label={t(`rateTables.import.${name}`)}
      allowDeselect={false}
      data={values.map((value) => ({ value, label: t(`rateTables.import.${name}.${value}` as ChoiceKey) }))}
      value={options[name]}
      onChange={(value) => onChange({ ...options, [name]: value })}
    />
  );
}
