import { Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { JobInput, JobPreview, JobPreviewClient } from '../../api/types';
import { rich } from '../../i18n/rich';
import { t } from '../../i18n/t';
import { JobOutcomeBadge } from '../badges/JobBadge';
import { rowProblemText } from '../text/job-text';
import { dayText } from '../text/time-text';
import { Money } from '../text/Money';

interface JobPreviewedProps {
  readonly kind: JobInput['kind'];
  readonly preview: JobPreview;
}

/** How many clients a job would change, leave, and refuse, why, and some of them before and after. */
export function JobPreviewed({ kind, preview }: JobPreviewedProps): ReactNode {
  const { outlook, refusals, sample, impact } = preview;
  const { changed, unchanged, refused } = outlook;
  const parts = [
    t('clients.bulk.changed', { n: changed }),
    unchanged > 0 && t('clients.bulk.unchanged', { n: unchanged }),
    refused > 0 && t('clients.bulk.refused', { n: refused }),
    impact !== null && t('clients.bulk.notified', { n: impact.newlyNotified.count }),
  ];
  return (
    <Stack gap="xs">
      <Text size="sm" role="status">
        {parts.filter(Boolean).join(' ')}
      </Text>
      {refusals.map(({ code, clients }) => (
        <Text key={code} size="sm" c="dimmed">
          {t('jobs.preview.refusal', { n: clients, why: rowProblemText(code) })}
        </Text>
      ))}
      {sample.length > 0 && <Sample kind={kind} sample={sample} />}
    </Stack>
  );
}

const badges = { changed: null, unchanged: 'unchanged', refused: 'refused' } as const;

function Sample({
  kind,
  sample,
}: {
  readonly kind: JobInput['kind'];
  readonly sample: JobPreview['sample'];
}): ReactNode {
  return (
    <Table.ScrollContainer minWidth={320} tabIndex={0} type="native">
      <Table fz="xs" verticalSpacing={4} horizontalSpacing="xs" style={{ overflowWrap: 'anywhere' }}>
        <Table.Caption>{t('jobs.preview.examples')}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('jobs.client')}</Table.Th>
            <Table.Th>{t('jobs.preview.before')}</Table.Th>
            <Table.Th>{t('jobs.preview.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sample.map((client) => {
            const badge = badges[client.outcome];
            return (
              <Table.Tr key={client.clientId}>
                <Table.Th scope="row" fw={400}>
                  {client.clientName}
                </Table.Th>
                <Table.Td>{valueText(kind, client.before)}</Table.Td>
                <Table.Td fw={badge ? 400 : 600}>
                  {badge ? <JobOutcomeBadge outcome={badge} /> : valueText(kind, client.after)}
                  <LeftOut client={client} />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** What would be on no invoice. */
function LeftOut({ client: { leftOut } }: { readonly client: JobPreviewClient }): ReactNode {
  if (!leftOut || leftOut.entries === 0) return null;
  return (
    <Text size="xs" c="dimmed" component="div">
      {rich('jobs.preview.leftOut', {
        n: leftOut.entries,
        amount: <Money value={{ amount: leftOut.amount, currency: leftOut.currency }} />,
      })}
    </Text>
  );
}

function valueText(kind: JobInput['kind'], value: JobPreviewClient['before']): ReactNode {
  if (value === null) return t('common.none');
  if (Array.isArray(value)) return value.length === 0 ? t('common.none') : value.join(', ');
  if (typeof value === 'object') return <Money value={value} />;
  if (kind === 'set_status')
    return t(
      value === 'active'
        ? 'clients.status.active'
        : value === 'stop'
          ? 'clients.status.stop'
          : 'clients.status.deleted',
    );
  return kind === 'set_last_invoiced' ? dayText(value) : value;
}
