import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { t } from '../../../i18n/t';
import type { Selection } from '../../../list/selection';
import { useCan } from '../../../session/rights';
import { jobKindText, jobKinds, type BulkJobKind } from '../../../ui/text/job-text';
import type { ClientRow } from '../clients-list';
import { JobDialog } from './JobDialog';
import { jobForms, selectionExport } from './job-forms';

/** Those that are wanted most; the others are a menu away. */
const buttons: readonly BulkJobKind[] = ['assign_profile', 'check_now', 'silence'];

const exportLabels = { csv: 'list.export', xlsx: 'list.export.xlsx' } as const;

interface BulkActionsProps {
  readonly selection: Selection<ClientRow>;
  /** takes the selection away */
  readonly onStarted: () => void;
}

/** What can be done to many clients by a job; each is asked for with its effect before it begins. */
export function BulkActions({ selection, onStarted }: BulkActionsProps): ReactNode {
  const [asking, setAsking] = useState<BulkJobKind | null>(null);
  const can = useCan();
  const allowed = jobKinds.filter((kind) => can('startJob') && can(jobForms[kind].operation));
  return (
    <>
      {allowed
        .filter((kind) => buttons.includes(kind))
        .map((kind) => {
          const KindIcon = jobForms[kind].icon;
          return (
            <Button
              key={kind}
              size="xs"
              variant="default"
              leftSection={<KindIcon size={16} aria-hidden />}
              onClick={() => setAsking(kind)}
            >
              {jobKindText(kind)}
            </Button>
          );
        })}
      <Menu position="bottom-end" shadow="md" withinPortal>
        <Menu.Target>
          <Button size="xs" variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
            {t('clients.bulk.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {allowed
            .filter((kind) => !buttons.includes(kind))
            .map((kind) => {
              const KindIcon = jobForms[kind].icon;
              return (
                <Menu.Item key={kind} leftSection={<KindIcon size={16} aria-hidden />} onClick={() => setAsking(kind)}>
                  {jobKindText(kind)}
                </Menu.Item>
              );
            })}
          {(['csv', 'xlsx'] as const).map((format) => (
            <Menu.Item
              key={format}
              component="a"
              href={selectionExport(selection, format)}
              download
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {t(exportLabels[format])}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <JobDialog
          key={asking}
          kind={asking}
          selection={selection}
          onStarted={onStarted}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}
