import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
import { rich } from '../../i18n/rich';
import { useCan } from '../../session/rights';
import { actorText } from '../../ui/audit/Actor';
import { Time } from '../../ui/text/Time';
import type { ConflictSubject } from './conflict';

/** Who changed it last, and when, for those who may read the audit log. */
export function LastChange({ subject }: { readonly subject: ConflictSubject }): ReactNode {
  const can = useCan()('listAudit');
  const { data, isPending } = useQuery({
    queryKey: ['audit', 'last', subject.type, subject.id],
    queryFn: ({ signal }) => readLast(subject, signal),
    enabled: can,
    // The change that the conflict is about is newer than anything that was read.
    staleTime: 0,
    gcTime: 0,
  });
  if (!can) return null;
  if (isPending) return <Skeleton h={18} w={280} mb="xs" />;
  if (!data) return null;
  return (
    <Text size="sm" fw={600} mb={4}>
      {rich('form.conflict.by', {
        by: actorText(data.actor, data.actorName),
        time: <Time at={data.at} show="both" />,
      })}
    </Text>
  );
}

async function readLast({ type, id }: ConflictSubject, signal: AbortSignal) {
  const query = { subjectType: type, subjectId: id, limit: 1 };
  const { data } = await unwrap(api.GET('/v1/audit', { params: { query }, signal }));
  return data[0] ?? null;
}
