import { Stack, Text } from '@mantine/core';
import {
  IconBellOff,
  IconBellRinging,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { serverNow } from '../../../api/transport';
import { instantError } from '../../../form/checks';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { DateTimeInput, silencePicks } from '../../../form/inputs/DateTimeInput';
import { ProfilePicker } from '../../../form/inputs/pickers';
import { profileSource } from '../../../form/sources';
import { t } from '../../../i18n/t';
import { selectedCount, type Selection } from '../../../list/selection';
import { ActionButton } from '../../../session/ActionButton';
import type { ClientRow } from '../clients-list';
import { operations, type BulkAction, type BulkKind } from './actions';

interface BulkActionsProps {
  readonly selection: Selection<ClientRow>;
  readonly onStart: (action: BulkAction) => void;
}

const icons: Readonly<Record<BulkKind, Icon>> = {
  assign: IconBellRinging,
  check: IconRefresh,
  silence: IconBellOff,
  pause: IconPlayerPause,
  resume: IconPlayerPlay,
};
const kinds = ['assign', 'check', 'silence', 'pause', 'resume'] as const;

/** What can be done to many clients at once; each is asked for with its effect before it begins. */
export function BulkActions({ selection, onStart }: BulkActionsProps): ReactNode {
  const [asking, setAsking] = useState<BulkKind | null>(null);
  return (
    <>
      {kinds.map((kind) => {
        const KindIcon = icons[kind];
        return (
          <ActionButton
            key={kind}
            operation={operations[kind]}
            size="xs"
            variant="default"
            leftSection={<KindIcon size={16} aria-hidden />}
            onClick={() => setAsking(kind)}
          >
            {t(`clients.bulk.${kind}`)}
          </ActionButton>
        );
      })}
      {asking && (
        <Question key={asking} kind={asking} selection={selection} onStart={onStart} onClose={() => setAsking(null)} />
      )}
    </>
  );
}

interface QuestionProps extends BulkActionsProps {
  readonly kind: BulkKind;
  readonly onClose: () => void;
}

function Question({ kind, selection, onStart, onClose }: QuestionProps): ReactNode {
  const [until, setUntil] = useState('');
  const [profileId, setProfileId] = useState('');
  const { data: profileName = profileId } = useQuery({
    queryKey: ['options', profileSource.searchKey, 'name', profileId],
    queryFn: ({ signal }) => profileSource.read(profileId, signal),
    enabled: profileId !== '',
  });
  const untilError = instantError(until, serverNow());
  const isFilled =
    (kind !== 'silence' || (until !== '' && untilError === null)) && (kind !== 'assign' || profileId !== '');
  const action = (reason: string): BulkAction => {
    if (kind === 'silence') return { kind, until, reason };
    return kind === 'assign' ? { kind, profileId, profileName, reason } : { kind, reason };
  };
  const n = selectedCount(selection);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(`clients.bulk.${kind}.title`, { n })}
      effect={
        <Stack gap="xs">
          <Who selection={selection} />
          <span>{t(`clients.bulk.${kind}.effect`)}</span>
          <Text size="xs" c="dimmed">
            {t('clients.bulk.inThisTab')}
          </Text>
        </Stack>
      }
      confirm={t(`clients.bulk.${kind}`)}
      reason={kind === 'check' || kind === 'assign' ? 'optional' : 'required'}
      isFilled={isFilled}
      onConfirm={async (reason) => onStart(action(reason))}
    >
      {kind === 'assign' && (
        <ProfilePicker label={t('clients.profile')} required data-autofocus value={profileId} onChange={setProfileId} />
      )}
      {kind === 'assign' && profileId !== '' && <AlreadyThere selection={selection} profileId={profileId} />}
      {kind === 'silence' && (
        <DateTimeInput
          label={t('clients.bulk.until')}
          required
          data-autofocus
          picks={silencePicks()}
          value={until}
          error={until === '' ? undefined : untilError}
          onChange={setUntil}
        />
      )}
    </ConfirmDialog>
  );
}

const namesShown = 5;

/** The names where they are few enough to be read; else how many. */
function Who({ selection }: { readonly selection: Selection<ClientRow> }): ReactNode {
  if (selection.kind === 'all') return <span>{t('clients.bulk.allMatching', { n: selection.total })}</span>;
  const rows = [...selection.rows.values()];
  const names = new Intl.ListFormat(undefined, { type: 'unit' });
  const shown = names.format(rows.slice(0, namesShown).map(({ name }) => name));
  const more = rows.length - namesShown;
  return (
    <Text size="sm" fw={600}>
      {more > 0 ? t('clients.bulk.andMore', { names: shown, n: more }) : shown}
    </Text>
  );
}

function AlreadyThere(props: { readonly selection: Selection<ClientRow>; readonly profileId: string }): ReactNode {
  const { selection, profileId } = props;
  if (selection.kind === 'all') return null;
  const n = [...selection.rows.values()].filter((row) => row.profileId === profileId).length;
  return n > 0 && <Text size="sm">{t('clients.bulk.alreadyUse', { n })}</Text>;
}
