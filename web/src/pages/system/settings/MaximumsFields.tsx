import { Fieldset, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { MaximumIncreaseFields } from '../../../form/MaximumIncreaseFields';
import type { ApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import { maximumSubjects, type SettingsValues } from './maximums-values';

interface MaximumsFieldsProps {
  readonly form: ApiForm<SettingsValues>;
  readonly disabled: boolean;
}

/** The maximum possible increase of users who have none (docs/manuals.md#maximum-possible-increase). */
export function MaximumsFields({ form, disabled }: MaximumsFieldsProps): ReactNode {
  return (
    <Stack gap="sm">
      <div>
        <Text size="sm" fw={500}>
          {t('settings.installation.maximumIncreases')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('settings.installation.maximumIncreasesHint')}
        </Text>
      </div>
      {maximumSubjects.map((subject) => (
        <Fieldset
          key={subject}
          legend={
            subject === 'installation' ? t('settings.installation.maximumIncreases.all') : t(`session.role.${subject}`)
          }
          disabled={disabled}
        >
          <MaximumIncreaseFields
            amount={form.field(`#/maximumIncreases/${subject}/amount/amount`)}
            amountCurrency={form.field(`#/maximumIncreases/${subject}/amount/currency`)}
            percent={form.field(`#/maximumIncreases/${subject}/percent`)}
            days={form.field(`#/maximumIncreases/${subject}/days`)}
            currency={form.values.maximumIncreases[subject].amount.currency}
            hint={t(
              subject === 'installation'
                ? 'settings.installation.maximumIncreases.allHint'
                : 'settings.installation.maximumIncreases.roleHint',
            )}
          />
        </Fieldset>
      ))}
    </Stack>
  );
}
