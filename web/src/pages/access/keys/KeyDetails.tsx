import { Code, Group, Skeleton, Stack } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { t } from '../../../i18n/t';
import { refreshLists } from '../../../list/refresh';
import { ActionButton } from '../../../session/ActionButton';
import { Actor } from '../../../ui/audit/Actor';
import { FailedState } from '../../../ui/FailedState';
import { Fields } from '../../../ui/Fields';
import { Money } from '../../../ui/text/Money';
import { Time } from '../../../ui/text/Time';
import { toastDone } from '../../../ui/toast';
import { KeyStatus, MaximumText, type ApiKey } from './keys-list';

interface KeyDetailsProps {
  readonly id: string;
  readonly onClose: () => void;
}

export function KeyDetails({ id, onClose }: KeyDetailsProps) {
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('keys', id),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/api-keys/{id}', { params: { path: { id } }, signal })),
  });
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={320} />;
  return (
    <Stack gap="lg">
      <Fields
        rows={[
          [t('common.name'), data.name],
          [t('developers.keys.prefix'), <Code>{data.prefix}</Code>],
          [t('common.status'), <KeyStatus status={data.status} />],
          [t('developers.keys.scopes'), <ScopeList scopes={data.scopes} />],
          [t('developers.keys.maximum'), <MaximumText {...data.maximumIncrease} />],
          [
            t('me.limit.credit'),
            data.maximumCreditLimit ? <Money value={data.maximumCreditLimit} /> : t('developers.keys.noMaximum'),
          ],
          [t('developers.keys.owner'), data.owner?.name ?? t('developers.keys.noOwner')],
          [t('developers.reseller'), data.resellerName],
          [t('developers.lastUsed'), <Time at={data.lastUsedAt} show="both" />],
          [t('developers.keys.expires'), <Time at={data.expiresAt} show="both" />],
          [t('developers.keys.revokedAt'), data.revokedAt && <Time at={data.revokedAt} />],
          [t('developers.created'), <Time at={data.createdAt} />],
          [t('developers.createdBy'), <Actor actor={data.createdBy} name={makerName(data)} />],
        ]}
      />
      {data.status !== 'revoked' && <Revoke apiKey={data} onClose={onClose} />}
    </Stack>
  );
}

/** Who makes a key mostly owns it. */
function makerName({ createdBy, owner }: ApiKey): string | null {
  return owner !== null && createdBy === `user:${owner.id}` ? owner.name : null;
}

function ScopeList({ scopes }: Pick<ApiKey, 'scopes'>) {
  if (scopes.includes('*')) return t('developers.keys.everything');
  return (
    <Group gap={4}>
      {scopes.map((scope) => (
        <Code key={scope}>{scope}</Code>
      ))}
    </Group>
  );
}

function Revoke({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }) {
  const { id, name, lastUsedAt } = apiKey;
  const [isAsking, setAsking] = useState(false);
  const queries = useQueryClient();
  const revoke = async (reason: string): Promise<void> => {
    const query = reason === '' ? {} : { reason };
    await unwrap(api.DELETE('/v1/api-keys/{id}', { params: { path: { id }, query } }));
    toastDone(t('developers.keys.revoked', { name }));
    await refreshLists(queries, 'keys');
    await queries.invalidateQueries({ queryKey: ['keys', id] });
    onClose();
  };
  return (
    <Group justify="flex-end">
      <ActionButton
        operation="revokeApiKey"
        variant="default"
        leftSection={<IconBan size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('developers.keys.revoke')}
      </ActionButton>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('developers.keys.revokeTitle', { name })}
        effect={
          <Stack gap={4}>
            {t('developers.keys.revokeEffect')}
            <div>
              {t('developers.lastUsed')}: <Time at={lastUsedAt} show="both" />
            </div>
          </Stack>
        }
        confirm={t('developers.keys.revoke')}
        isDangerous
        reason="optional"
        onConfirm={revoke}
      />
    </Group>
  );
}
