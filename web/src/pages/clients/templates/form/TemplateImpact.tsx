import { Anchor, List, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../../../api/client';
import { keys } from '../../../../api/keys';
import type { components } from '../../../../api/schema';
import { ImpactSummary } from '../../../../form/ImpactSummary';
import { t } from '../../../../i18n/t';
import { FailedState } from '../../../../ui/FailedState';
import { toneText } from '../../../../ui/badges/ToneBadge';
import { fieldLabel } from '../../../../ui/text/client-field';
import type { ClientValues } from '../../form/client-values';
import { draftOf, templateErrors, type Template } from '../template-values';

type Preview = components['schemas']['ClientTemplatePreview'];

const debounceMs = 400;

interface TemplateImpactProps {
  /** null: a new one, without clients */
  readonly template: Template | null;
  readonly values: ClientValues;
}

/** Which clients would change, and which would become low, before the template is saved. */
export function TemplateImpact({ template, values }: TemplateImpactProps): ReactNode {
  const hasFaults = Object.values(templateErrors(values)).some((fault) => fault !== null);
  const [draft] = useDebouncedValue(JSON.stringify(draftOf(values)), debounceMs);
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: keys.one('clientTemplates', template?.id ?? 'new', 'preview', draft),
    queryFn: ({ signal }) => {
      const params = { path: { id: template?.id ?? '' } };
      const body = JSON.parse(draft) as ReturnType<typeof draftOf>;
      return unwrap(api.POST('/v1/client-templates/{id}/preview', { params, body, signal }));
    },
    enabled: template !== null && !hasFaults,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  if (template === null) return <Text size="sm">{t('templates.effect.new')}</Text>;
  if (hasFaults) return <Text size="sm">{t('templates.effect.invalid')}</Text>;
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={120} />;
  return (
    <Stack gap="sm" aria-busy={isPlaceholderData} style={{ opacity: isPlaceholderData ? 0.6 : 1 }}>
      <Text size="sm" role="status" aria-live="polite">
        {headline(data)}
      </Text>
      {data.fields.length > 0 && (
        <List size="sm" spacing={2}>
          {data.fields.map(({ field, clients }) => (
            <List.Item key={field}>
              {t('templates.effect.field', {
                field: t(fieldLabel(field)),
                count: t('templates.nClients', { n: clients }),
              })}
            </List.Item>
          ))}
        </List>
      )}
      {data.impact.newlyNotified.count > 0 && <ImpactSummary impact={data.impact} />}
      <Refused refused={data.refused} />
    </Stack>
  );
}

function headline({ clients, changed, impact: { low } }: Preview): string {
  const users = t('templates.effect.clients', { n: clients });
  if (clients === 0) return users;
  const effect = changed === 0 ? t('templates.effect.none') : t('templates.effect.changed', { n: changed });
  const lower =
    low.before === low.after
      ? t('templates.effect.lowSame', { n: low.after })
      : t('templates.effect.low', { before: low.before, after: low.after });
  return `${users} ${effect} ${lower}`;
}

/** While there are any, the edit is refused. */
function Refused({ refused: { count, data } }: Pick<Preview, 'refused'>): ReactNode {
  if (count === 0) return null;
  return (
    <div>
      <Title order={3} size="sm" {...toneText('red')}>
        {t('templates.effect.refused', { n: count })}
      </Title>
      <List size="sm" spacing={2}>
        {data.map(({ clientId, name, detail }) => (
          <List.Item key={clientId}>
            <Anchor component={Link} to={`/clients/${clientId}`} size="sm" underline="always">
              {name}
            </Anchor>
            : {detail}
          </List.Item>
        ))}
      </List>
    </div>
  );
}
