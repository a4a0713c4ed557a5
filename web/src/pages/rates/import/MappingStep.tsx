import { Button, Select, SimpleGrid, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import { instantError } from '../../../form/checks';
import { ColumnFields, useColumnFields } from '../../../form/ColumnFields';
import { DateTimeInput } from '../../../form/inputs/DateTimeInput';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { useShowRateImport, type RateImport } from './queries';

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
  ...{ onDuplicate: 'last', onError: 'import_valid', ifUnchanged: 'save', ifEarly: 'warn' },
};

interface MappingStepProps {
  readonly upload: RateImport;
  readonly onSaved: () => void;
}

/** Says which field each column is, and how the file is imported. */
export function MappingStep({ upload, onSaved }: MappingStepProps): ReactNode {
  const mapping = useColumnFields(upload.columns);
  const [options, setOptions] = useState<Options>(upload.options ?? first);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const show = useShowRateImport();
  const save = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    const { timezone, effectiveFrom, ...rest } = options;
    const more = { ...(timezone !== '' && { timezone }), ...(effectiveFrom !== null && { effectiveFrom }) };
    try {
      const params = { path: { id: upload.id } };
      const body = { fields: [...mapping.fields], options: { ...rest, ...more } };
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
      <ColumnFields
        columns={upload.columns}
        label={t('rateTables.import.field')}
        options={fieldNames.map((value) => ({ value, label: t(`rateTables.${value}`) }))}
        {...mapping}
      />
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
        <Choice name="ifEarly" values={['warn', 'shift', 'reject']} options={options} onChange={setOptions} />
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

type ChoiceName = 'mode' | 'onDuplicate' | 'onError' | 'ifUnchanged' | 'ifEarly';
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
