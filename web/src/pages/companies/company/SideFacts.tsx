import { Paper, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, unwrapVersioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import { ReasonDialog } from '../../../form/dialogs/ConfirmDialog';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { Fields } from '../../../ui/Fields';
import { Money } from '../../../ui/text/Money';
import { Time } from '../../../ui/text/Time';
import { toastDone } from '../../../ui/toast';
import { SideStateBadge } from '../SideStateBadge';
import type { Company, Side } from './queries';

/** What one balance is now, and what the last run of the controller found. */
export function SideFacts({ company, side }: { readonly company: Company; readonly side: Side }): ReactNode {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { id } = company;
  const { balance, converted, currency, state, mailTime, result, checkedAt } = company[side];
  const reset = async (reason: string): Promise<void> => {
    const params = { path: { id, side } };
    const saved = await unwrapVersioned(
      api.POST('/v1/companies/{id}/sides/{side}/reset', { params, body: { reason } }),
    );
    queries.setQueryData(keys.one('companies', id), saved);
    toastDone(t('companies.reset.done'));
  };
  return (
    <Paper component="section" withBorder p="md" aria-label={t(`companies.side.${side}`)}>
      <Text size="sm" mb="sm">
        {t(`companies.side.${side}.text`)}
      </Text>
      <Fields
        rows={[
          [t('companies.balance'), <Money key="balance" value={balance} />],
          [
            t('companies.converted'),
            converted === null ? null : <Money key="converted" value={{ amount: converted, currency }} />,
          ],
          [t('companies.state'), <SideStateBadge key="state" state={state} />],
          [
            t('companies.mailTime'),
            <Time key="mailTime" at={mailTime} show="both" none={t('companies.mailTime.none')} />,
          ],
          [t('companies.result'), result === null ? null : t(`companies.result.${result}`)],
          [t('companies.checkedAt'), <Time key="checkedAt" at={checkedAt} show="both" />],
        ]}
      />
      {mailTime !== null && (
        <ActionButton
          operation="resetCompanySide"
          size="xs"
          variant="default"
          mt="md"
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          {t('companies.reset')}
        </ActionButton>
      )}
      <ReasonDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('companies.reset.title', { name: t(`companies.side.${side}`) })}
        effect={t('companies.reset.effect')}
        confirm={t('companies.reset')}
        onConfirm={reset}
      />
    </Paper>
  );
}
