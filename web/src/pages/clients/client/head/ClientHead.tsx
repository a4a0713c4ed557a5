import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { t } from '../../../../i18n/t';
import { PageHeader } from '../../../../ui/PageHeader';
import { StateBadge } from '../../../../ui/badges/StateBadge';
import { ToneBadge } from '../../../../ui/badges/ToneBadge';
import { ClientActions } from './ClientActions';
import type { Dialog } from '../dialogs/ClientDialogs';
import { Headline } from './Headline';
import { explainQuery, type Client } from '../queries';

interface ClientHeadProps {
  readonly client: Client;
  readonly onDialog: (dialog: Dialog) => void;
}

/** The client and its state, in one sentence. */
export function ClientHead({ client, onDialog }: ClientHeadProps) {
  const { id, name, state, status, balanceModel, resellerName, managerName, tags } = client;
  // From the same answer as the sentence; the stored state until the monitor has answered.
  const { data: explanation } = useQuery(explainQuery(id));
  const owner = managerName ? `${resellerName} › ${managerName}` : resellerName;
  return (
    <PageHeader
      back={{ to: '/clients', label: t('app.nav.clients') }}
      title={name}
      beside={
        <Group gap={6}>
          {status !== 'deleted' && <StateBadge state={explanation?.state ?? state} />}
          {status !== 'active' && <ToneBadge tone="gray">{t(`client.status.${status}`)}</ToneBadge>}
        </Group>
      }
      actions={<ClientActions client={client} onDialog={onDialog} />}
      lead={
        <Stack gap={6}>
          <Headline client={client} />
          <Group gap="md" style={{ rowGap: 4 }}>
            <Text size="sm">{t('client.id', { id })}</Text>
            <Text size="sm">{t(`client.model.${balanceModel}`)}</Text>
            <Text size="sm">{owner}</Text>
            {tags.map((tag) => (
              <Badge key={tag} color="gray.8" variant="default" fw={500}>
                {tag}
              </Badge>
            ))}
          </Group>
          {client.recipientMissing && status !== 'deleted' && (
            <Text size="sm" component="div">
              <ToneBadge tone="red">{t('client.recipientMissing')}</ToneBadge>{' '}
              <Anchor href="#rules" size="sm" underline="always">
                {t('client.recipientMissing.see')}
              </Anchor>
            </Text>
          )}
        </Stack>
      }
    />
  );
}
