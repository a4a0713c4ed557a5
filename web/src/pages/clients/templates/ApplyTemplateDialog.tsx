import { Radio, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { api, etagOf, unwrap } from '../../../api/client';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { ClientTemplatePicker } from '../../../form/inputs/pickers';
import { t } from '../../../i18n/t';
import { toastDone } from '../../../ui/toast';
import { ApplicationPreview, ownValueChoices, type OwnValues } from './ApplicationPreview';
import { reasonOf, useRefreshTemplates } from './refresh-templates';
import type { TemplatedClient } from './template-values';

interface ApplyTemplateProps {
  readonly client: TemplatedClient;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The choice of a template and of own values, and each value as it would be. */
export function ApplyTemplateDialog({ client, opened, onClose }: ApplyTemplateProps): ReactNode {
  const { id, name } = client;
  const [chosen, setChosen] = useState<string | null>(null);
  const [ownValues, setOwnValues] = useState<OwnValues>('keep');
  const refresh = useRefreshTemplates();
  const picked = chosen ?? client.clientTemplateId ?? '';
  const clientTemplateId = picked === '' ? null : picked;
  const isChanged =
    clientTemplateId !== client.clientTemplateId || (ownValues === 'clear' && clientTemplateId !== null);
  const close = (): void => {
    setChosen(null);
    setOwnValues('keep');
    onClose();
  };
  const apply = async (reason: string): Promise<void> => {
    const params = { path: { id }, header: { 'If-Match': etagOf(client) } };
    const body = { clientTemplateId, ownValues, ...reasonOf(reason) };
    await unwrap(api.POST('/v1/clients/{id}/client-template', { params, body }));
    toastDone(t('templates.applied', { name }));
    await refresh();
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={close}
      size="lg"
      title={t('templates.applyTitle', { name })}
      effect={t('templates.applyEffect')}
      confirm={t('templates.apply')}
      reason="optional"
      isFilled={isChanged}
      onConfirm={apply}
    >
      <Stack gap="sm">
        <ClientTemplatePicker
          label={t('clients.clientTemplateId')}
          description={t('templates.applyHint')}
          value={picked}
          onChange={setChosen}
          comboboxProps={{ withinPortal: true }}
        />
        <Radio.Group
          label={t('templates.ownValues')}
          value={ownValues}
          onChange={(value) => setOwnValues(value as OwnValues)}
        >
          <Stack gap="xs" mt="xs">
            {ownValueChoices.map((value) => (
              <Radio
                key={value}
                value={value}
                label={t(`templates.ownValues.${value}`)}
                description={t(`templates.ownValues.${value}Hint`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {isChanged && <ApplicationPreview client={client} clientTemplateId={clientTemplateId} ownValues={ownValues} />}
      </Stack>
    </ConfirmDialog>
  );
}
