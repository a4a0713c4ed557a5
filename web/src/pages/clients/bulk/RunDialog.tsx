import { Anchor, Button, Group, Modal, Progress, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconDownload, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useState, useSyncExternalStore, type ReactNode } from 'react';
import { Link } from 'react-router';
import { ImpactSummary, type NotificationImpact } from '../../../form/ImpactSummary';
import { LeaveGuard } from '../../../form/dialogs/LeaveGuard';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { ToneBadge } from '../../../ui/badges/ToneBadge';
import type { BulkKind } from './actions';
import type { BulkRun, Result, RunState } from './run';
import { saveResults } from './results-csv';

interface RunDialogProps {
  readonly kind: BulkKind;
  readonly run: BulkRun;
  readonly onAgain: (run: BulkRun) => void;
  readonly onClose: () => void;
}

/** A run while one looks on: how far it is, what came of every client, and the way to stop it. */
export function RunDialog({ kind, run, onAgain, onClose }: RunDialogProps): ReactNode {
  const state = useSyncExternalStore(run.subscribe, run.state);
  const { results, phase } = state;
  const failed = results.filter(({ isDone }) => !isDone);
  const isOver = phase !== 'running' && phase !== 'confirming' && phase !== 'stopping';
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t(`clients.bulk.${kind}.title`, { n: state.total })}
      withCloseButton={isOver}
      closeOnEscape={isOver}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="sm">
        <Standing state={state} failed={failed.length} />
        {phase === 'gave_up' && <FailedState error={state.error} />}
        {state.impact && <Confirmation impact={state.impact} onConfirm={() => run.confirm()} />}
        <Results results={results} failed={failed} />
        <Group justify="space-between">
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            disabled={results.length === 0}
            onClick={() => saveResults(results)}
          >
            {t('clients.bulk.save')}
          </Button>
          <Group gap="xs">
            {isOver && failed.length > 0 && (
              <Button
                variant="default"
                leftSection={<IconRefresh size={16} aria-hidden />}
                onClick={() => onAgain(run.again())}
              >
                {t('clients.bulk.again', { n: failed.length })}
              </Button>
            )}
            {isOver ? (
              <Button onClick={onClose}>{t('common.close')}</Button>
            ) : (
              <Button
                color="red"
                data-autofocus
                leftSection={<IconPlayerStop size={16} aria-hidden />}
                loading={phase === 'stopping'}
                onClick={() => run.stop()}
              >
                {t('clients.bulk.stop')}
              </Button>
            )}
          </Group>
        </Group>
      </Stack>
      <LeaveGuard
        mayLeave={() => run.isOver}
        words={{
          title: t('clients.bulk.leave.title'),
          text: t('clients.bulk.leave.text'),
          leave: t('clients.bulk.leave.go'),
        }}
      />
    </Modal>
  );
}

interface ConfirmationProps {
  readonly impact: NotificationImpact;
  readonly onConfirm: () => void;
}

/** The run waits: the next clients would be notified. Stopping it is the other choice. */
function Confirmation({ impact, onConfirm }: ConfirmationProps): ReactNode {
  return (
    <Stack gap="xs">
      <ImpactSummary impact={impact} />
      <Text size="sm">{t('clients.bulk.confirm.text')}</Text>
      <Button style={{ alignSelf: 'flex-start' }} onClick={onConfirm}>
        {t('form.notify.confirm')}
      </Button>
    </Stack>
  );
}

function Standing({ state, failed }: { readonly state: RunState; readonly failed: number }): ReactNode {
  const { phase, total, results } = state;
  const done = results.length - failed;
  const share = (count: number): number => (total === 0 ? 0 : (count / total) * 100);
  return (
    <>
      <Progress.Root size="lg" aria-hidden>
        <Progress.Section value={share(done)} color="teal.8" />
        <Progress.Section value={share(failed)} color="red.8" />
      </Progress.Root>
      <Text size="sm" role="status">
        {t(`clients.bulk.phase.${phase}`)} · {t('clients.bulk.progress', { done: results.length, total })}
        {failed > 0 && ` · ${t('clients.bulk.failedCount', { n: failed })}`}
      </Text>
      {(phase === 'running' || phase === 'stopping') && (
        <Text size="xs" c="dimmed">
          {t('clients.bulk.inThisTab')}
        </Text>
      )}
    </>
  );
}

const shownAtOnce = 100;

interface ResultsProps {
  readonly results: readonly Result[];
  readonly failed: readonly Result[];
}

/** The newest first; all of them are in the file. */
function Results({ results, failed }: ResultsProps): ReactNode {
  const [which, setWhich] = useState<string>('all');
  const wanted = which === 'failed' ? failed : results;
  const shown = wanted.slice(-shownAtOnce).reverse();
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        w="fit-content"
        aria-label={t('clients.bulk.show')}
        value={which}
        onChange={setWhich}
        data={[
          { value: 'all', label: t('common.all') },
          { value: 'failed', label: t('clients.bulk.failedCount', { n: failed.length }) },
        ]}
      />
      <Table.ScrollContainer minWidth={320} h={300} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table stickyHeader fz="sm" verticalSpacing={6} aria-label={t('clients.bulk.show')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('common.name')}</Table.Th>
              <Table.Th>{t('clients.bulk.outcome')}</Table.Th>
              <Table.Th>{t('clients.bulk.text')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((result) => (
              <ResultRow key={result.client.id} result={result} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {wanted.length > shownAtOnce && (
        <Text size="xs" c="dimmed">
          {t('clients.bulk.newest', { n: shownAtOnce })}
        </Text>
      )}
    </Stack>
  );
}

function ResultRow({ result: { client, isDone, text, requestId } }: { readonly result: Result }): ReactNode {
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} to={`/clients/${client.id}`} target="_blank" size="sm">
          {client.name}
        </Anchor>
      </Table.Td>
      <Table.Td>
        <ToneBadge tone={isDone ? 'green' : 'red'} icon={isDone ? IconCircleCheck : IconCircleX}>
          {t(isDone ? 'clients.bulk.done' : 'clients.bulk.failed')}
        </ToneBadge>
      </Table.Td>
      <Table.Td>
        {text}
        {requestId && (
          <Text size="xs" c="dimmed">
            {t('problems.requestId', { id: requestId })}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
