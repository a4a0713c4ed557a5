import { List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, etagOf, unwrap } from '../../../api/client';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { ResellerPicker } from '../../../form/inputs/pickers';
import { SearchSelect } from '../../../form/inputs/SearchSelect';
import { alarmTemplateSource, channelSourceOf, referenceSources } from '../../../form/sources';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { mailKindLabel } from '../../../ui/text/notification-kind';
import { toastDone } from '../../../ui/toast';
import { moveQuery, reasonOf, useRefreshResellers, type MoveEffects, type Reseller } from '../queries';

type Dangling = MoveEffects['dangling'][number];

const isMappable = ({ kind }: Dangling): boolean => kind !== 'client_template' && kind !== 'payment_gateway';
const keyOf = ({ kind, id }: Dangling): string => `${kind} ${id}`;

/** Chooses another parent, and shows what the move changes before it is made. */
export function MoveDialog({
  reseller,
  onClose,
}: {
  readonly reseller: Reseller;
  readonly onClose: () => void;
}): ReactNode {
  const { id, name } = reseller;
  const [parentId, setParentId] = useState('');
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const refresh = useRefreshResellers();
  const { data, error } = useQuery(moveQuery(id, parentId));
  const move = async (reason: string): Promise<void> => {
    const mapping = (data?.dangling ?? []).flatMap((one) => {
      if (one.kind === 'payment_gateway') return [];
      return [{ kind: one.kind, from: one.id, to: chosen[keyOf(one)] || null }];
    });
    const params = { path: { id }, header: { 'If-Match': etagOf(reseller) } };
    await unwrap(api.POST('/v1/resellers/{id}/move', { params, body: { parentId, mapping, ...reasonOf(reason) } }));
    toastDone(t('resellers.movedToast', { name }));
    await refresh();
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      size="lg"
      title={t('resellers.moveTitle', { name })}
      effect={t('resellers.moveLead')}
      confirm={t('resellers.move')}
      reason="optional"
      isFilled={data?.dangling.every(isMappable) ?? false}
      onConfirm={move}
    >
      <Stack gap="sm">
        <ResellerPicker label={t('resellers.parent')} required value={parentId} onChange={setParentId} />
        {error && <FailedState error={error} />}
        {data && <Effects effects={data} />}
        {data && data.dangling.length > 0 && (
          <>
            <Text size="sm">{t('resellers.move.dangling')}</Text>
            {data.dangling.map((one) => (
              <Replacement
                key={keyOf(one)}
                reference={one}
                parentId={parentId}
                value={chosen[keyOf(one)] ?? ''}
                onChange={(next) => setChosen({ ...chosen, [keyOf(one)]: next })}
              />
            ))}
          </>
        )}
      </Stack>
    </ConfirmDialog>
  );
}

function Effects({ effects }: { readonly effects: MoveEffects }): ReactNode {
  const { clients, recipients, templates } = effects;
  const noAddress = t('resellers.move.noAddress');
  const above = t('resellers.move.above');
  return (
    <List size="sm">
      <List.Item>{t('resellers.move.clients', { n: clients })}</List.Item>
      <List.Item>
        {recipients.total === 0
          ? t('resellers.move.noRecipients')
          : t('resellers.move.recipients', {
              n: recipients.total,
              before: recipients.before ?? noAddress,
              after: recipients.after ?? noAddress,
            })}
      </List.Item>
      {templates.length === 0 && <List.Item>{t('resellers.move.noTemplates')}</List.Item>}
      {templates.map(({ kind, before, after }) => (
        <List.Item key={kind}>
          {t('resellers.move.template', {
            kind: mailKindLabel(kind),
            before: before?.resellerName ?? above,
            after: after?.resellerName ?? above,
          })}
        </List.Item>
      ))}
      <List.Item>{t('resellers.move.noSequences')}</List.Item>
    </List>
  );
}

interface ReplacementProps {
  readonly reference: Dangling;
  /** the next parent */
  readonly parentId: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Replacement({ reference, parentId, value, onChange }: ReplacementProps): ReactNode {
  const { kind, name, clients, companies, profiles, rateTables } = reference;
  const named = { kind: t(`resellers.reference.${kind}`), name };
  if (kind === 'notification_channel') {
    const label = t('resellers.move.danglingChannel', { ...named, profiles, companies });
    return <SearchSelect {...channelSourceOf(parentId)} label={label} clearable value={value} onChange={onChange} />;
  }
  if (kind === 'mail_template') {
    const label = t('resellers.move.danglingCompanies', { ...named, n: companies });
    return <SearchSelect {...alarmTemplateSource} label={label} clearable value={value} onChange={onChange} />;
  }
  const label =
    rateTables > 0
      ? t('resellers.move.danglingTables', { ...named, n: clients, rateTables })
      : t('resellers.move.danglingRow', { ...named, n: clients });
  if (kind === 'payment_gateway' || kind === 'client_template') {
    return (
      <Text size="sm" c="red">
        {label}. {t('resellers.move.unmapped')}
      </Text>
    );
  }
  const target = kind === 'origination_rate_table' || kind === 'termination_rate_table' ? 'rate_table' : kind;
  return <SearchSelect {...referenceSources[target]} label={label} clearable value={value} onChange={onChange} />;
}
