import { Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, unwrap } from '../../../api/client';
import type { Job, JobInput } from '../../../api/types';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { listFormat } from '../../../i18n/intl';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { selectedCount, type Selection } from '../../../list/selection';
import { jobKindText, type BulkJobKind } from '../../../ui/text/job-text';
import type { ClientRow } from '../clients-list';
import { emptyDraft, type JobDraft } from './job-draft';
import { JobOutlook, useJobOutlook } from './JobOutlook';
import type { FieldsProps } from './JobFields';
import { jobForms, jobReason, selectionInput } from './job-forms';

interface JobDialogProps {
  readonly kind: BulkJobKind;
  readonly selection: Selection<ClientRow>;
  readonly onStarted: () => void;
  readonly onClose: () => void;
}

/** Asks before a job starts: how many clients, what changes, why. */
export function JobDialog({ kind, selection, onStarted, onClose }: JobDialogProps): ReactNode {
  const [draft, setDraft] = useState<JobDraft>({ ...emptyDraft, currency: commonCurrency(selection) });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = jobForms[kind];
  const Fields = form.fields;
  const n = selectedCount(selection);
  const isFilled = form.error(draft) === null;
  const [chosen] = useState(() => selectionInput(selection));
  const job = { kind, parameters: form.parameters(draft), selection: chosen } as JobInput;
  const outlook = useJobOutlook(job, isFilled);
  const seen = outlook.data?.seen ?? null;
  const start = async (reason: string, confirmed?: number): Promise<void> => {
    const body = {
      ...job,
      ...(reason !== '' && { reason }),
      ...(confirmed !== undefined && { confirmNotifications: confirmed }),
      ...(seen !== null && { seen }),
    } as JobInput;
    const started = await unwrap(api.POST('/v1/jobs', { body }));
    // Seen at once, so that its end is announced however soon it comes.
    queries.setQueryData<Job[]>(['jobs', 'running'], (jobs = []) => [started, ...jobs]);
    void queries.invalidateQueries({ queryKey: ['jobs', 'running'] });
    onStarted();
    if (n > followedFrom) void navigate(`/jobs/${started.id}`);
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('clients.bulk.title', { kind: jobKindText(kind), n })}
      effect={
        <Stack gap="xs">
          <Who selection={selection} />
          <span>{t(`jobs.effect.${kind}`)}</span>
        </Stack>
      }
      confirm={t('clients.bulk.start')}
      reason={jobReason(kind)}
      size="lg"
      isFilled={isFilled && outlook.isCurrent}
      onConfirm={start}
    >
      {Fields && (
        <Fields
          draft={draft}
          onChange={(changes) => setDraft({ ...draft, ...changes })}
          prepaid={prepaidOf(selection)}
        />
      )}
      {isFilled && <JobOutlook kind={kind} outlook={outlook} />}
    </ConfirmDialog>
  );
}

/** Clients selected by a filter are not known one by one: the preview shows which of them are refused. */
function prepaidOf(selection: Selection<ClientRow>): FieldsProps['prepaid'] {
  if (selection.kind !== 'rows') return { count: 0, isAll: false };
  const rows = [...selection.rows.values()];
  const count = rows.filter(({ balanceModel }) => balanceModel === 'prepaid').length;
  return { count, isAll: count === rows.length };
}

/** A job over more clients takes a while: its page shows how far it is. */
const followedFrom = 100;
const namesShown = 5;

/** The names where they are few enough to be read; else how many. */
function Who({ selection }: { readonly selection: Selection<ClientRow> }): ReactNode {
  if (selection.kind === 'all') return <span>{t('clients.bulk.allMatching', { n: selection.total })}</span>;
  const rows = [...selection.rows.values()];
  const names = listFormat(intlLocale(), { type: 'unit' });
  const shown = names.format(rows.slice(0, namesShown).map(({ name }) => name));
  const more = rows.length - namesShown;
  return (
    <Text size="sm" fw={600}>
      {more > 0 ? t('clients.bulk.andMore', { names: shown, n: more }) : shown}
    </Text>
  );
}

/** The currency that all selected clients have; empty: there are several, or they are not all known. */
function commonCurrency(selection: Selection<ClientRow>): string {
  if (selection.kind === 'all') return selection.filters['currency'] ?? '';
  const used = new Set([...selection.rows.values()].map(({ currency }) => currency));
  const [only = ''] = used;
  return used.size === 1 ? only : '';
}
