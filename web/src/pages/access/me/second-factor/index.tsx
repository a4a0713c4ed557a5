import { Alert, Button, Group, Skeleton, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, unwrap } from '../../../../api/client';
import { keys } from '../../../../api/keys';
import type { SecondFactor } from '../../../../api/types';
import { t } from '../../../../i18n/t';
import { FailedState } from '../../../../ui/FailedState';
import { ToneBadge } from '../../../../ui/badges/ToneBadge';
import { Time } from '../../../../ui/text/Time';
import { Panel } from '../Panel';
import { SecondFactorDialog, type SecondFactorTask } from './SecondFactorDialog';

/** Whether the own login asks for a code, too, and how to change that. */
export function SecondFactorPanel() {
  const [task, setTask] = useState<SecondFactorTask | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: keys.mySecondFactor,
    queryFn: ({ signal }) => unwrap(api.GET('/v1/me/second-factor', { signal })),
  });
  return (
    <Panel title={t('account.factor.title')}>
      {error && <FailedState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton h={96} />}
      {data && (data.enabledAt === null ? <Off state={data} onTask={setTask} /> : <On state={data} onTask={setTask} />)}
      <SecondFactorDialog task={task} onClose={() => setTask(null)} />
    </Panel>
  );
}

interface StateProps {
  readonly state: SecondFactor;
  readonly onTask: (task: SecondFactorTask) => void;
}

function Off({ state, onTask }: StateProps): ReactNode {
  return (
    <>
      <Group>
        <ToneBadge tone="gray" icon={IconShieldOff}>
          {t('account.factor.off')}
        </ToneBadge>
      </Group>
      <Text size="sm" c="dimmed">
        {t(state.available ? 'account.factor.offText' : 'account.factor.unavailable')}
      </Text>
      {state.available && (
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onTask('setUp')}>
            {t('account.factor.setUp')}
          </Button>
        </Group>
      )}
    </>
  );
}

/** Fewer are a reason to get new ones. */
const fewCodes = 3;

function On({ state: { enabledAt, recoveryCodesLeft, required }, onTask }: StateProps): ReactNode {
  return (
    <>
      <Group gap="xs">
        <ToneBadge tone="green" icon={IconShieldCheck}>
          {t('account.factor.on')}
        </ToneBadge>
        <Text size="sm" c="dimmed">
          {t('account.factor.since')} <Time at={enabledAt} />
        </Text>
      </Group>
      {recoveryCodesLeft < fewCodes ? (
        <Alert variant="light" color="orange" icon={<IconAlertTriangle aria-hidden />}>
          {t('account.factor.fewCodes', { n: recoveryCodesLeft })}
        </Alert>
      ) : (
        <Text size="sm">{t('account.factor.codesLeft', { n: recoveryCodesLeft })}</Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={() => onTask('codes')}>
          {t('account.factor.newCodes')}
        </Button>
        <Button variant="default" onClick={() => onTask('replace')}>
          {t('account.factor.replace')}
        </Button>
        {required ? (
          <Tooltip
            label={t('account.factor.required')}
            multiline
            maw={320}
            events={{ hover: true, focus: true, touch: true }}
          >
            <Button variant="default" data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
              {t('account.factor.turnOff')}
            </Button>
          </Tooltip>
        ) : (
          <Button variant="default" onClick={() => onTask('off')}>
            {t('account.factor.turnOff')}
          </Button>
        )}
      </Group>
    </>
  );
}
