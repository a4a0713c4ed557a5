import { Fieldset, Radio, SimpleGrid, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { DurationInput } from '../../../form/inputs/DurationInput';
import type { Pointer } from '../../../form/pointer';
import { t } from '../../../i18n/t';
import type { FieldsProps } from './GeneralFields';
import { delayText } from '../../../ui/text/interval-text';
import { checkIntervalMs, resetPolicies, severalPolicies, triggers, type ProfileValues } from './profile-values';

/** When balances are checked, when a counter resets, and what happens when several rules are low. */
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
            description={name === 'trigger' && option === 'period' ? lateHint(form.values) : policyHint(name, option)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

/** What trigger `period` costs: a balance that falls right after a check is found by the next. */
function lateHint(values: Pick<ProfileValues, 'periodHours' | 'checkEveryMinutes'>): string {
  const ms = checkIntervalMs(values);
  return ms === null ? policyHint('trigger', 'period') : t('profiles.trigger.period.late', { delay: delayText(ms) });
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
