import { Fieldset, Radio, SimpleGrid, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { DurationInput } from '../../form/inputs/DurationInput';
import type { Pointer } from '../../form/pointer';
import { t } from '../../i18n/t';
import type { FieldsProps } from './GeneralFields';
import { resetPolicies, severalPolicies, triggers } from './profile-values';

/** When balances are looked at, when a count starts over, and what happens when several rules are low. */
export function TimingFields({ form }: FieldsProps): ReactNode {
  return (
    <Fieldset legend={t('profiles.timing')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="md">
        <DurationInput
          label={t('profiles.checkEvery')}
          description={t('profiles.checkEveryHint')}
          unit="minutes"
          picks={[5, 15, 60]}
          {...form.field('#/checkEveryMinutes')}
        />
        <Choice form={form} name="trigger" options={triggers} />
        <Choice form={form} name="resetOn" options={resetPolicies} />
        <Choice form={form} name="whenSeveral" options={severalPolicies} />
      </SimpleGrid>
    </Fieldset>
  );
}

type Policies = {
  readonly trigger: (typeof triggers)[number];
  readonly resetOn: (typeof resetPolicies)[number];
  readonly whenSeveral: (typeof severalPolicies)[number];
};

interface ChoiceProps<Name extends keyof Policies> extends FieldsProps {
  readonly name: Name;
  readonly options: readonly Policies[Name][];
}

function Choice<Name extends keyof Policies>({ form, name, options }: ChoiceProps<Name>): ReactNode {
  const pointer: Pointer = `#/${name}`;
  return (
    <Radio.Group label={t(`profiles.${name}`)} {...form.field(pointer)} value={form.values[name]}>
      <Stack gap={8} mt={6}>
        {options.map((option) => (
          <Radio
            key={option}
            value={option}
            size="xs"
            label={policyText(name, option)}
            description={policyHint(name, option)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

type PolicyKey =
  `trigger.${Policies['trigger']}` | `resetOn.${Policies['resetOn']}` | `whenSeveral.${Policies['whenSeveral']}`;

/** A policy in a word or two, as the form and a conflict show it. */
export function policyText(name: keyof Policies, option: string): string {
  return t(`profiles.${`${name}.${option}` as PolicyKey}`);
}

function policyHint(name: keyof Policies, option: string): string {
  return t(`profiles.${`${name}.${option}` as PolicyKey}.hint`);
}
