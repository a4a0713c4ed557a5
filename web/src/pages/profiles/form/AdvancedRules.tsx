import { Button, Checkbox, Fieldset, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ChannelsInput } from '../../../form/recipients/ChannelsInput';
import { DurationInput } from '../../../form/inputs/DurationInput';
import { EmailsInput } from '../../../form/recipients/EmailsInput';
import { MoneyInput } from '../../../form/inputs/MoneyInput';
import { t } from '../../../i18n/t';
import { BouncedAddresses } from '../../../form/BouncedAddresses';
import type { FieldsProps } from './GeneralFields';
import { newAdvancedRule } from './profile-values';
import { keysOf, ruleText } from './rules';
import { thresholdHint } from './threshold-hint';

const maxRules = 50;

interface AdvancedRulesProps extends FieldsProps {
  /** keys of rules that are counted already: they stay */
  readonly savedKeys: readonly string[];
}

/** "add advanced rule" of the manual: another threshold, most often for clients that stopped using the service. */
export function AdvancedRules({ form, savedKeys }: AdvancedRulesProps): ReactNode {
  const { advancedRules } = form.values;
  const add = (): void =>
    form.mantine.insertListItem('advancedRules', { ...newAdvancedRule, emails: [], channels: [] });
  return (
    <Fieldset legend={t('profiles.advanced')}>
      <Stack gap="md">
        {advancedRules.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('profiles.advancedNone')}
          </Text>
        )}
        {advancedRules.map((rule, index) => (
          <AdvancedRule key={index} form={form} index={index} isSaved={savedKeys.includes(rule.key)} />
        ))}
        <Button
          variant="default"
          size="xs"
          w="fit-content"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={advancedRules.length >= maxRules}
          onClick={add}
        >
          {t('profiles.advancedAdd')}
        </Button>
      </Stack>
    </Fieldset>
  );
}

interface AdvancedRuleProps extends FieldsProps {
  readonly index: number;
  readonly isSaved: boolean;
}

function AdvancedRule({ form, index, isSaved }: AdvancedRuleProps): ReactNode {
  const at = <Name extends string>(name: Name) => `#/advancedRules/${index}/${name}` as const;
  const key = keysOf(form.values.advancedRules)[index] ?? '';
  return (
    <Fieldset variant="filled" legend={ruleText(`advanced:${key}`)}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md" verticalSpacing="sm">
          <MoneyInput
            label={t('profiles.threshold')}
            description={thresholdHint(form.values.advancedRules[index]?.threshold ?? '')}
            currency={form.values.currency}
            {...form.field(at('threshold'))}
          />
          <DurationInput
            label={t('profiles.inactivity')}
            description={t('profiles.inactivityHint')}
            unit="days"
            {...form.field(at('inactivityDays'))}
          />
          <TextInput
            label={t('profiles.key')}
            description={isSaved ? t('profiles.keySaved') : t('profiles.keyHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maxLength={64}
            {...form.field(at('key'))}
            readOnly={isSaved}
          />
        </SimpleGrid>
        <Checkbox label={t('profiles.role.billing')} {...form.checkbox(at('notifyClient'))} />
        <EmailsInput label={t('profiles.emails')} {...form.field(at('emails'))} />
        <BouncedAddresses addresses={form.values.advancedRules[index]?.emails ?? []} />
        <ChannelsInput form={form} pointer={at('channels')} resellerId={form.values.resellerId} />
        <Group justify="flex-end">
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => form.mantine.removeListItem('advancedRules', index)}
          >
            {t('profiles.advancedRemove', { key })}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
