import '../../i18n/late/emails';
import { Anchor, Group, Skeleton, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { ResellerPicker } from '../../form/inputs/pickers';
import { languageOptions } from '../../form/languages';
import { t } from '../../i18n/t';
import { ActionButton } from '../../session/ActionButton';
import { useMe } from '../../session/session';
import { ToneBadge } from '../../ui/badges/ToneBadge';
import { FailedState } from '../../ui/FailedState';
import { PageHeader } from '../../ui/PageHeader';
import stacked from '../../ui/cells/stacked.module.css';
import { mailKindLabel } from '../../ui/text/notification-kind';
import { kindsQuery, type TemplateKind } from './queries';
import type { components } from '../../api/schema';

type KindRow = components['schemas']['MailKindTemplates'];
type TemplateRow = KindRow['templates'][number];

/** Every kind of email with the templates that a reseller has and inherits (`?reseller=3`). */
export default function MailTemplatesPage(): ReactNode {
  const me = useMe();
  const [parameters, setParameters] = useSearchParams();
  const resellerId = parameters.get('reseller') ?? me.resellerId;
  const { data, error, refetch } = useQuery(kindsQuery(resellerId));
  return (
    <>
      <PageHeader title={t('app.nav.mailTemplates')} lead={t('emails.lead')} />
      <Stack gap="md">
        <ResellerPicker
          label={t('emails.reseller')}
          clearable={false}
          maw={360}
          value={resellerId}
          onChange={(id) => setParameters(id === '' || id === me.resellerId ? {} : { reseller: id })}
        />
        {error && <FailedState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton h={420} />}
        {data && (
          <Table className={stacked['stacked']} aria-label={t('app.nav.mailTemplates')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('emails.kind')}</Table.Th>
                <Table.Th>{t('emails.audience')}</Table.Th>
                <Table.Th>{t('emails.template')}</Table.Th>
                <Table.Th>
                  <VisuallyHidden>{t('emails.new')}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.data.map((row) => (
                <KindLine key={row.kind} row={row} resellerId={resellerId} />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Stack>
    </>
  );
}

function KindLine({ row, resellerId }: { readonly row: KindRow; readonly resellerId: string }): ReactNode {
  const navigate = useNavigate();
  const { kind, audience, templates } = row;
  return (
    <Table.Tr>
      <Table.Td fw={600}>{mailKindLabel(kind)}</Table.Td>
      <Table.Td data-label={t('emails.audience')}>{t(`emails.audience.${audience}`)}</Table.Td>
      <Table.Td data-label={t('emails.template')}>
        {templates.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('emails.builtIn')}
          </Text>
        ) : (
          <Stack gap={2}>
            {templates.map((one) => (
              <TemplateLine key={`${one.resellerId} ${one.locale}`} row={one} />
            ))}
          </Stack>
        )}
      </Table.Td>
      <Table.Td ta="right">
        <ActionButton
          operation="createMailTemplate"
          isInRow
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          aria-label={t('emails.newFor', { kind: mailKindLabel(kind) })}
          onClick={() => void navigate(newPath(kind, resellerId))}
        >
          {t('emails.new')}
        </ActionButton>
      </Table.Td>
    </Table.Tr>
  );
}

const newPath = (kind: TemplateKind, resellerId: string): string =>
  `/mail-templates/new?kind=${kind}&reseller=${resellerId}`;

function TemplateLine({ row }: { readonly row: TemplateRow }): ReactNode {
  const { id, name, locale, inherited, resellerName, hasDraft, used, published } = row;
  const language = languageOptions(locale).find(({ value }) => value === locale)?.label ?? locale;
  return (
    <Group gap={8}>
      {id === null ? (
        <Text size="sm">{name}</Text>
      ) : (
        <Anchor component={Link} to={`/mail-templates/${id}`} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Anchor>
      )}
      <Text size="xs" c="dimmed">
        {language}
      </Text>
      {inherited && (
        <Text size="xs" c="dimmed">
          {t('emails.inherited', { reseller: resellerName })}
        </Text>
      )}
      {hasDraft && <ToneBadge tone="amber">{t('emails.draft')}</ToneBadge>}
      {published !== null && !used && <ToneBadge tone="gray">{t('emails.unused')}</ToneBadge>}
    </Group>
  );
}
