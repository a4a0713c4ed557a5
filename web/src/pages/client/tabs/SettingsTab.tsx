import { Anchor, Grid } from '@mantine/core';
import { IconEdit } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { durationText } from '../../../ui/text/duration-text';
import { minuteMs } from '../../../ui/durations';
import { Money } from '../../../ui/text/Money';
import { Time } from '../../../ui/text/Time';
import { Facts } from '../Facts';
import { Panel } from '../Panel';
import type { Client } from '../queries';

/** What is set for the client; the form is a page of its own. */
export function SettingsTab({ client }: { readonly client: Client }) {
  const navigate = useNavigate();
  const edit = (
    <ActionButton
      operation="updateClient"
      size="xs"
      variant="default"
      leftSection={<IconEdit size={16} aria-hidden />}
      blocked={client.status === 'deleted' ? t('client.headline.deleted') : null}
      onClick={() => void navigate(`/clients/${client.id}/edit`)}
    >
      {t('client.edit')}
    </ActionButton>
  );
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Panel title={t('client.settings.general')} actions={edit}>
          <Facts facts={general(client)} />
        </Panel>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Panel title={t('client.settings.notifications')}>
          <Facts facts={notifications(client)} />
        </Panel>
      </Grid.Col>
    </Grid>
  );
}

type Rows = readonly (readonly [string, ReactNode])[];
const orNone = (value: string | null): string => value ?? t('common.none');

function general(client: Client): Rows {
  const { currency } = client;
  return [
    [t('common.name'), client.name],
    [t('client.settings.externalId'), orNone(client.externalId)],
    [t('common.status'), t(`client.status.${client.status}`)],
    [t('client.settings.model'), t(`client.model.${client.balanceModel}`)],
    [t('client.settings.currency'), currency],
    [
      t('client.balance.limit'),
      <Money
        key="limit"
        value={
          client.balanceModel === 'unlimited' ? { unlimited: true, currency } : { amount: client.creditLimit, currency }
        }
      />,
    ],
    [t('client.settings.opening'), <Money key="opening" value={{ amount: client.openingBalance, currency }} />],
    [t('client.settings.terms'), orNone(client.paymentTerms)],
    [t('client.settings.reseller'), client.resellerName],
    [t('client.settings.manager'), orNone(client.managerName)],
    [t('client.settings.tags'), client.tags.length > 0 ? client.tags.join(', ') : t('common.none')],
    [t('client.settings.created'), <Time key="created" at={client.createdAt} />],
    [t('client.settings.updated'), <Time key="updated" at={client.updatedAt} show="both" />],
  ];
}

function notifications(client: Client): Rows {
  return [
    [
      t('client.settings.profile'),
      client.profileId === null ? (
        t('common.none')
      ) : (
        <Anchor key="profile" component={Link} to={`/profiles/${client.profileId}`} size="sm">
          {client.profileName ?? client.profileId}
        </Anchor>
      ),
    ],
    [
      t('client.settings.warnings'),
      client.warningThresholds.length > 0 ? client.warningThresholds.join(', ') : t('common.none'),
    ],
    [t('client.settings.billing'), orNone(client.billingEmail)],
    [t('client.settings.owner'), client.ownerEmail ?? t('client.settings.owner.default')],
    [
      t('client.settings.checkInterval'),
      client.profileId === null
        ? durationText(client.checkEveryMinutes * minuteMs, intlLocale())
        : t('client.settings.byProfile'),
    ],
    [t('client.settings.timezone'), client.timezone],
    [t('client.settings.locale'), languageName(client.locale)],
  ];
}

const languageName = (code: string): string =>
  new Intl.DisplayNames(intlLocale(), { type: 'language' }).of(code) ?? code;
