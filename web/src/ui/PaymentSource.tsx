import { Anchor, Group } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../api/client';
import { keys } from '../api/keys';
import { useCan } from '../session/rights';
import { Actor, actorText } from './audit/Actor';
import { t } from '../i18n/t';

interface PaymentSourceProps {
  /** `webhook:bank`, `gateway:2`, `user:3`, `key:7`, `temporal` */
  readonly source: string;
  readonly name?: string | null;
}

/** Who recorded a payment, or tried to, with the way to it for who may see it. */
export function PaymentSource({ source, name = null }: PaymentSourceProps): ReactNode {
  const can = useCan();
  const [kind, ...rest] = source.split(':');
  const id = rest.join(':');
  if (kind === 'webhook') return <WebhookLink name={id} />;
  if (kind === 'key' && can('listApiKeys'))
    return <SourceLink to={`/developers?key=${id}`} source={source} name={name} />;
  if (kind === 'user' && can('listUsers'))
    return <SourceLink to={`/settings?user=${id}`} source={source} name={name} />;
  if (kind === 'gateway') return t('payments.source.gateway');
  return <Actor actor={source} name={source === 'temporal' ? t('payments.source.temporal') : name} />;
}

/** The same in a line of text. */
export function paymentSourceText(source: string, name: string | null): string {
  if (source.startsWith('webhook:')) return source.slice('webhook:'.length);
  if (source.startsWith('gateway:')) return t('payments.source.gateway');
  return source === 'temporal' ? t('payments.source.temporal') : actorText(source, name);
}

function SourceLink({ to, source, name }: { readonly to: string } & Required<PaymentSourceProps>): ReactNode {
  return (
    <Anchor component={Link} to={to} size="sm">
      <Actor actor={source} name={name} />
    </Anchor>
  );
}

/** A webhook source has its page by its number, which only the list of sources knows. */
function WebhookLink({ name }: { readonly name: string }): ReactNode {
  const can = useCan();
  const { data: id } = useQuery({
    queryKey: keys.one('webhookSources', 'named', name),
    queryFn: async ({ signal }) => {
      const { data } = await unwrap(api.GET('/v1/webhook-sources', { params: { query: { name, limit: 1 } }, signal }));
      return data[0]?.id ?? null;
    },
    // The page of developers has the sources, too.
    enabled: can('listApiKeys') && can('listWebhookSources'),
  });
  const text = (
    <Group gap={4} wrap="nowrap" display="inline-flex" style={{ verticalAlign: 'middle' }}>
      <IconWebhook size={14} aria-hidden style={{ flexShrink: 0 }} />
      <span translate="no">{name}</span>
    </Group>
  );
  if (!id) return text;
  return (
    <Anchor component={Link} to={`/developers?tab=webhooks&source=${id}`} size="sm">
      {text}
    </Anchor>
  );
}
