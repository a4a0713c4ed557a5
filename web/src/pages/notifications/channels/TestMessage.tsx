import { Alert, Stack, Text, TextInput } from '@mantine/core';
import {
  IconAlertOctagon,
  IconCircleCheck,
  IconClock,
  IconSend,
  IconZoomQuestion,
  type Icon,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api, unwrap } from '../../../api/client';
import { phoneError, plainPhone } from '../../../form/recipients/parse-phone';
import { numberFormat } from '../../../i18n/intl';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { FailedState } from '../../../ui/FailedState';
import type { Channel, TestResult } from './queries';

/** Sends a message that is marked as a test, and shows what the receiver answered. */
export function TestMessage({ channel }: { readonly channel: Channel }) {
  const isSms = channel.kind === 'sms';
  const [phone, setPhone] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: (address: string | null) =>
      unwrap(
        api.POST('/v1/notification-channels/{id}/test', { params: { path: { id: channel.id } }, body: { address } }),
      ),
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const wrong = isSms ? phoneError(phone) : null;
    setFault(wrong);
    if (wrong === null && !isPending) mutate(isSms ? phone : null);
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="xs" align="flex-start">
        {isSms && (
          <TextInput
            label={t('channels.test.phone')}
            placeholder="+380501234567"
            type="tel"
            autoComplete="off"
            maxLength={40}
            w="100%"
            value={phone}
            error={fault}
            onChange={(event) => setPhone(plainPhone(event.currentTarget.value))}
          />
        )}
        <ActionButton
          operation="testNotificationChannel"
          variant="default"
          type="submit"
          loading={isPending}
          leftSection={<IconSend size={16} aria-hidden />}
        >
          {t('channels.test')}
        </ActionButton>
        {error !== null && !isPending && <FailedState error={error} />}
        {data && !isPending && <Answer result={data} />}
      </Stack>
    </form>
  );
}

const looks: Readonly<Record<TestResult['outcome'], { color: string; icon: Icon }>> = {
  accepted: { color: 'green', icon: IconCircleCheck },
  deferred: { color: 'yellow', icon: IconClock },
  rejected: { color: 'red', icon: IconAlertOctagon },
  uncertain: { color: 'violet', icon: IconZoomQuestion },
};

function Answer({ result: { outcome, reply, durationMs } }: { readonly result: TestResult }) {
  const { color, icon: AnswerIcon } = looks[outcome];
  const duration = numberFormat(intlLocale(), { style: 'unit', unit: 'millisecond', unitDisplay: 'short' });
  return (
    <Alert variant="light" color={color} icon={<AnswerIcon aria-hidden />} role="status" w="100%">
      <Text size="sm">{t(`channels.test.${outcome}`)}</Text>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        <span lang="en" translate="no">
          {reply}
        </span>{' '}
        ({duration.format(durationMs)})
      </Text>
    </Alert>
  );
}
