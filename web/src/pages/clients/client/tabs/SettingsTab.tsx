import { Anchor, Skeleton, Text } from '@mantine/core';
import { IconEdit } from '@tabler/icons-react';
import { lazy, Suspense, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { displayNames } from '../../../../i18n/intl';
import { intlLocale } from '../../../../i18n/language';
import { t } from '../../../../i18n/t';
import { ActionButton } from '../../../../session/ActionButton';
import { durationText } from '../../../../ui/text/duration-text';
import { minuteMs } from '../../../../ui/durations';
import {
  clientFields,
  clientSections,
  fieldLabel,
  fieldText,
  sectionLabel,
  type ClientField,
  type ClientFieldName,
  type ClientSection,
  type InheritableField,
} from '../../../../ui/text/client-field';
import { Money } from '../../../../ui/text/Money';
import { Time } from '../../../../ui/text/Time';
import classes from '../client.module.css';
import { Facts } from '../Facts';
import { Panel } from '../Panel';
import type { Client } from '../queries';

const PanelAccess = lazy(() => import('./PanelAccess'));
const TemplateOfClient = lazy(() => import('../../templates/TemplateOfClient'));

/** What is set for the client, by the sections of the form, which is a separate page. */
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
    <div className={classes['settings']}>
      {clientSections.map((section) => (
        <Panel key={section} title={t(sectionLabel(section))} actions={section === 'general' && edit}>
          <Facts facts={factsOf(client, section)} />
          {section === 'general' && (
            <Suspense fallback={<Skeleton h={30} />}>
              <TemplateOfClient client={client} />
            </Suspense>
          )}
          {section === 'panel' && client.clientPanel && (
            <Suspense fallback={<Skeleton h={80} />}>
              <PanelAccess client={client} />
            </Suspense>
          )}
        </Panel>
      ))}
    </div>
  );
}

type Rows = readonly (readonly [string, ReactNode])[];

function factsOf(client: Client, section: ClientSection): Rows {
  const fields = clientFields.filter((field) => field.section === section && hasEffect(client, field));
  return [
    ...fields.map((field) => [t(fieldLabel(field.name)), withSource(client, field)] as const),
    ...(section === 'general' ? writtenAt(client) : []),
  ];
}

/** What a flag that is off switches off says nothing. */
function hasEffect(client: Client, { spec }: ClientField): boolean {
  return spec.switchedBy === undefined || client[spec.switchedBy as ClientFieldName] === true;
}

function writtenAt({ createdAt, updatedAt }: Client): Rows {
  return [
    [t('client.settings.created'), <Time key="created" at={createdAt} />],
    [t('client.settings.updated'), <Time key="updated" at={updatedAt} show="both" />],
  ];
}

/** Where the value comes from, if the client has a template. */
function withSource(client: Client, field: ClientField): ReactNode {
  const value = valueOf(client, field);
  const from = client.inheritance?.[field.name as InheritableField]?.from;
  if (client.clientTemplateId === null || from === undefined) return value;
  return (
    <>
      {value}
      <Text span size="xs" c="dimmed" ml="xs">
        {t(sourceTexts[from])}
      </Text>
    </>
  );
}

const sourceTexts = {
  own: 'clients.inherit.own',
  template: 'clients.inherit.byTemplate',
  default: 'clients.inherit.default',
} as const;

const orNone = (value: string | null): string => value ?? t('common.none');

function valueOf(client: Client, field: ClientField): ReactNode {
  const Own = ownValues[field.name];
  if (Own) return Own(client);
  const value = client[field.name];
  if (field.spec.type === 'money' && value !== null) {
    return <Money value={{ amount: String(value), currency: client.currency }} />;
  }
  const text = orNone(fieldText(field, value));
  return field.spec.lines ? <span className={classes['lines']}>{text}</span> : text;
}

/** Fields whose value in words depends on more than their entry in the catalogue. */
const ownValues: { readonly [Name in ClientFieldName]?: (client: Client) => ReactNode } = {
  resellerId: ({ resellerName }) => resellerName,
  managerId: ({ managerName }) => orNone(managerName),
  status: ({ status }) => t(`client.status.${status}`),
  creditLimit: ({ balanceModel, creditLimit, currency }) => (
    <Money value={balanceModel === 'unlimited' ? { unlimited: true, currency } : { amount: creditLimit, currency }} />
  ),
  paymentTermsId: ({ paymentTermsName, paymentTermsLabel }) =>
    paymentTermsName === null ? t('common.none') : `${paymentTermsName} (${paymentTermsLabel})`,
  taxProfileId: ({ taxProfileName }) => orNone(taxProfileName),
  invoiceTemplateId: ({ invoiceTemplateName }) => orNone(invoiceTemplateName),
  clientTemplateId: ({ clientTemplateId, clientTemplateName }) =>
    clientTemplateId === null ? (
      t('common.none')
    ) : (
      <Anchor component={Link} to={`/client-templates/${clientTemplateId}`} size="sm">
        {clientTemplateName ?? clientTemplateId}
      </Anchor>
    ),
  originationRateTableId: ({ originationRateTableName }) => orNone(originationRateTableName),
  agreementId: ({ agreementName }) => orNone(agreementName),
  terminationRateTableId: ({ terminationRateTableName }) => orNone(terminationRateTableName),
  customerClassId: ({ customerClassName }) => orNone(customerClassName),
  profileId: ({ profileId, profileName }) =>
    profileId === null ? (
      t('common.none')
    ) : (
      <Anchor component={Link} to={`/profiles/${profileId}`} size="sm">
        {profileName ?? profileId}
      </Anchor>
    ),
  checkEveryMinutes: ({ profileId, checkEveryMinutes }) =>
    profileId === null ? durationText(checkEveryMinutes * minuteMs, intlLocale()) : t('client.settings.byProfile'),
  ownerEmail: ({ ownerEmail }) => ownerEmail ?? t('client.settings.owner.default'),
  locale: ({ locale }) => displayNames(intlLocale(), { type: 'language' }).of(locale),
};
