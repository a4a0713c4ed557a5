import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCreditCard, IconExternalLink, IconSnowflakeOff, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { api, unwrap } from '../../../../api/client';
import type { components } from '../../../../api/schema';
import { ConfirmDialog } from '../../../../form/dialogs/ConfirmDialog';
import { MoneyInput } from '../../../../form/inputs/MoneyInput';
import { moneyError } from '../../../../form/checks';
import { t } from '../../../../i18n/t';
import { ActionButton } from '../../../../session/ActionButton';
import { FailedState } from '../../../../ui/FailedState';
import { toastDone } from '../../../../ui/toast';
import type { Client } from '../queries';
import type { AutoPayment } from './auto-payment';

type Registration = components['schemas']['CardRegistration'];

interface CardActionsProps {
  readonly client: Client;
  readonly autoPayment: AutoPayment;
  readonly onChanged: () => Promise<void>;
}

/** What is done with the card: registered at the gateway, charged, removed; and the end of a freeze. */
export function CardActions({ client, autoPayment, onChanged }: CardActionsProps): ReactNode {
  const [asking, setAsking] = useState<'pay' | 'remove' | 'unfreeze' | null>(null);
  const [registration, setRegistration] = useState<Registration | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [amount, setAmount] = useState(autoPayment.extraAmount ?? '');
  const { id, name } = client;
  const { card, state, hasGateway } = autoPayment;
  const path = { id };
  const gone = client.status === 'deleted' ? t('client.headline.deleted') : null;
  const start = async (): Promise<void> => {
    setError(null);
    try {
      const body = { returnUrl: `${location.origin}/clients/${id}?tab=autopay` };
      setRegistration(await unwrap(api.POST('/v1/clients/{id}/card-registrations', { params: { path }, body })));
    } catch (failure) {
      setError(failure);
    }
  };
  const done = (text: string) => async (): Promise<void> => {
    toastDone(text);
    await onChanged();
  };
  const pay = async (): Promise<void> => {
    await unwrap(api.POST('/v1/clients/{id}/card-payments', { params: { path }, body: { amount } }));
    await done(t('cards.paid'))();
  };
  const remove = async (): Promise<void> => {
    await unwrap(api.DELETE('/v1/clients/{id}/card', { params: { path } }));
    await done(t('cards.removed'))();
  };
  const unfreeze = async (reason: string): Promise<void> => {
    await unwrap(api.POST('/v1/clients/{id}/auto-payment/unfreeze', { params: { path }, body: { reason } }));
    await done(t('cards.unfrozen'))();
  };
  return (
    <>
      {state === 'frozen' && (
        <ActionButton
          operation="unfreezeAutoPayment"
          size="xs"
          leftSection={<IconSnowflakeOff size={16} aria-hidden />}
          blocked={gone}
          onClick={() => setAsking('unfreeze')}
        >
          {t('cards.unfreeze')}
        </ActionButton>
      )}
      {card && (
        <ActionButton
          operation="createCardPayment"
          size="xs"
          variant="default"
          blocked={gone}
          onClick={() => setAsking('pay')}
        >
          {t('cards.pay')}
        </ActionButton>
      )}
      <ActionButton
        operation="startCardRegistration"
        size="xs"
        variant={card ? 'default' : 'filled'}
        leftSection={<IconCreditCard size={16} aria-hidden />}
        blocked={gone ?? (hasGateway ? null : t('cards.noGateway'))}
        onClick={() => void start()}
      >
        {t(card ? 'cards.replace' : 'cards.register')}
      </ActionButton>
      {card && (
        <ActionButton
          operation="removeCard"
          isInRow
          size="xs"
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => setAsking('remove')}
        >
          {t('cards.remove')}
        </ActionButton>
      )}
      {error !== null && <FailedState error={error} onRetry={() => void start()} />}
      <RegistrationDialog
        clientId={id}
        registration={registration}
        onClose={() => setRegistration(null)}
        onDone={done(t('cards.registered'))}
      />
      <ConfirmDialog
        opened={asking === 'pay'}
        onClose={() => setAsking(null)}
        title={t('cards.pay.title', { name })}
        effect={t('cards.pay.effect')}
        confirm={t('cards.pay')}
        isFilled={amount !== '' && moneyError(amount, 'more_than_zero') === null}
        onConfirm={pay}
      >
        <MoneyInput label={t('cards.amount')} currency={client.currency} value={amount} onChange={setAmount} required />
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'remove'}
        onClose={() => setAsking(null)}
        title={t('cards.remove.title', { name })}
        effect={t('cards.remove.effect')}
        confirm={t('cards.remove')}
        isDangerous
        onConfirm={remove}
      />
      <ConfirmDialog
        opened={asking === 'unfreeze'}
        onClose={() => setAsking(null)}
        title={t('cards.unfreeze.title', { name })}
        effect={t('cards.unfreeze.effect')}
        confirm={t('cards.unfreeze')}
        reason="required"
        onConfirm={unfreeze}
      />
    </>
  );
}

interface RegistrationDialogProps {
  readonly clientId: string;
  readonly registration: Registration | null;
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
}

/** The card is entered in the gateway's page, in another tab: no card number passes here. */
function RegistrationDialog({ clientId, registration, onClose, onDone }: RegistrationDialogProps): ReactNode {
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const finish = async (): Promise<void> => {
    if (!registration) return;
    setBusy(true);
    setError(null);
    try {
      const path = { id: clientId, registrationId: registration.id };
      await unwrap(api.POST('/v1/clients/{id}/card-registrations/{registrationId}/finish', { params: { path } }));
      onClose();
      await onDone();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      opened={registration !== null}
      onClose={onClose}
      title={t('cards.opened')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('cards.opened.text')}</Text>
        {registration && <FormLink registration={registration} />}
        {error !== null && <FailedState error={error} onRetry={() => void finish()} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button loading={isBusy} onClick={() => void finish()}>
            {t('cards.finish')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** A link, or a form that posts the token of the gateway's page. */
function FormLink({ registration: { url, method, fields } }: { readonly registration: Registration }): ReactNode {
  const icon = <IconExternalLink size={16} aria-hidden />;
  if (method === 'GET') {
    return (
      <Button component="a" href={url} target="_blank" rel="noreferrer" variant="light" leftSection={icon}>
        {t('cards.openForm')}
      </Button>
    );
  }
  return (
    <form method="post" action={url} target="_blank" rel="noreferrer">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" variant="light" fullWidth leftSection={icon}>
        {t('cards.openForm')}
      </Button>
    </form>
  );
}
