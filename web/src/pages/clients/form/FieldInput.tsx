import { Checkbox, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { BouncedAddresses } from '../../../form/BouncedAddresses';
import { languageOptions } from '../../../form/languages';
import { CurrencySelect } from '../../../form/inputs/CurrencySelect';
import { IntegerInput } from '../../../form/inputs/IntegerInput';
import { MoneyInput } from '../../../form/inputs/MoneyInput';
import { SearchSelect } from '../../../form/inputs/SearchSelect';
import { TagsInput } from '../../../form/inputs/TagsInput';
import { referenceSources } from '../../../form/sources';
import type { FieldProps } from '../../../form/use-api-form';
import { isKey, t } from '../../../i18n/t';
import { zones } from '../../../i18n/zone';
import { choiceLabel, fieldLabel, type ClientField } from '../../../ui/text/client-field';
import type { SectionProps } from './section-props';

interface FieldInputProps {
  readonly form: SectionProps['form'];
  readonly field: ClientField;
}

/** The input of a field as its entry in the catalogue describes it; its hint, if there is one: `clients.form.<name>Hint`. */
export function FieldInput({ form, field }: FieldInputProps): ReactNode {
  const { name, spec } = field;
  const description = hintOf(field);
  const shared = { label: t(fieldLabel(name)), ...(description !== '' && { description }) };
  // The value has the type that the entry says, which a pointer made here hides from the compiler.
  const props = <Value,>(): FieldProps<Value> => form.field(`#/${name}`) as unknown as FieldProps<Value>;
  const isRequired = spec.nullable !== true && spec.inherits === undefined;
  switch (spec.type) {
    case 'text':
      if (spec.lines) {
        return (
          <Textarea
            {...shared}
            autosize
            minRows={2}
            maxRows={8}
            style={{ gridColumn: '1 / -1' }}
            {...(spec.max !== undefined && { maxLength: spec.max })}
            {...props<string>()}
          />
        );
      }
      return (
        <TextInput
          {...shared}
          required={isRequired}
          {...(spec.max !== undefined && { maxLength: spec.max })}
          {...props<string>()}
        />
      );
    case 'email':
      return (
        <Stack gap={4}>
          <TextInput {...shared} type="email" autoComplete="off" {...props<string>()} />
          <BouncedAddresses addresses={[props<string>().value]} />
        </Stack>
      );
    case 'flag':
      return <Checkbox {...shared} style={{ gridColumn: '1 / -1' }} {...form.checkbox(`#/${name}`)} />;
    case 'choice': {
      const data = (spec.values ?? []).map((value) => ({ value, label: t(choiceLabel(name, value)) }));
      return <Select {...shared} allowDeselect={spec.nullable === true} data={data} {...props<string>()} />;
    }
    case 'integer':
      return <IntegerInput {...shared} {...props<number | ''>()} />;
    case 'money':
      return <MoneyInput {...shared} currency={form.values.currency} {...props<string>()} />;
    case 'texts':
    case 'thresholds':
      return <TagsInput {...shared} style={{ gridColumn: '1 / -1' }} {...props<string[]>()} />;
    case 'currency':
      return <CurrencySelect {...shared} {...props<string>()} />;
    case 'timezone':
      return <TimeZoneInput {...shared} {...props<string>()} />;
    case 'language':
      return <LanguageInput {...shared} {...props<string>()} />;
    case 'reference':
      return <SearchSelect {...shared} {...referenceSources[spec.to ?? 'reseller']} {...props<string>()} />;
  }
}

/** What the field does, and whether only the operator's switch uses it. */
function hintOf({ name, spec }: ClientField): string {
  const hint = `clients.form.${name}Hint`;
  return [...(isKey(hint) ? [t(hint)] : []), ...(spec.forSwitch ? [t('clients.form.forSwitch')] : [])].join(' ');
}

type TextProps = FieldProps<string> & { readonly label: string; readonly description?: string };

function TimeZoneInput(props: TextProps): ReactNode {
  const { value } = props;
  const names = useMemo(() => [...new Set([...zones(), ...(value === '' ? [] : [value])])], [value]);
  return <Select searchable allowDeselect={false} limit={60} data={names} {...props} />;
}

function LanguageInput(props: TextProps): ReactNode {
  return (
    <Select
      placeholder={t('clients.form.asReseller')}
      searchable
      allowDeselect={false}
      data={languageOptions(props.value)}
      {...props}
    />
  );
}
