import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
import { randomId } from '../../api/random-id';
import { firstOf, maxLength, moneyError, required } from '../../form/checks';
import { ConfirmDialog } from '../../form/dialogs/ConfirmDialog';
import { FormActions } from '../../form/FormActions';
import { MoneyInput } from '../../form/inputs/MoneyInput';
import { useApiForm } from '../../form/use-api-form';
import { rich } from '../../i18n/rich';
import { t } from '../../i18n/t';
import { ActionButton } from '../../session/ActionButton';
import { Money } from '../../ui/text/Money';
import { compareAmounts } from '../../ui/text/money-text';
import { toastDone } from '../../ui/toast';
import { EditDraftDialog } from './EditDraftDialog';
import { nameOf } from './invoices-list';
import { useSettlementRefresh, type InvoiceDetail } from './queries';

interface ActionProps {
  readonly invoice: InvoiceDetail;
  readonly onShow: (id: string | null) => void;
}

type Asked = 'issue' | 'edit' | 'delete' | 'void' | 'credit';

/** What can be done with an invoice as it is: a draft is changed, issued, or deleted, an issued one voided or credited. */
export function InvoiceActions({ invoice, onShow }: ActionProps): ReactNode {
  const [asked, ask] = useState<Asked | null>(null);
  const { status, type, total } = invoice;
  const dialog = { invoice, onShow, opened: true, onClose: () => ask(null) };
  const isPayable = type === 'outgoing' && status === 'issued';
  return (
    <Group gap="xs">
      {status === 'draft' && (
        <>
          <ActionButton operation="issueInvoice" size="xs" onClick={() => ask('issue')}>
            {t('invoices.issue')}
          </ActionButton>
          <ActionButton isInRow operation="updateInvoice" size="xs" variant="default" onClick={() => ask('edit')}>
            {t('invoices.edit')}
          </ActionButton>
          <ActionButton isInRow operation="deleteInvoice" size="xs" variant="default" onClick={() => ask('delete')}>
            {t('invoices.delete')}
          </ActionButton>
        </>
      )}
      {status !== 'draft' && (
        <Button
          component="a"
          href={`/v1/invoices/${invoice.id}/pdf`}
          download
          variant="default"
          size="xs"
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          {t('invoices.pdf')}
        </Button>
      )}
      {isPayable && total !== null && compareAmounts(total, '0') > 0 && (
        <ActionButton isInRow operation="createCreditNote" size="xs" variant="default" onClick={() => ask('credit')}>
          {t('invoices.credit')}
        </ActionButton>
      )}
      {isPayable && (
        <ActionButton
          isInRow
          operation="voidInvoice"
          size="xs"
          variant="default"
          blocked={invoice.creditNotes.length > 0 ? t('problems.invoice_has_credit_notes') : null}
          onClick={() => ask('void')}
        >
          {t('invoices.void')}
        </ActionButton>
      )}
      {asked === 'issue' && <IssueDialog {...dialog} />}
      {asked === 'edit' && <EditDraftDialog invoice={invoice} onClose={dialog.onClose} />}
      {asked === 'delete' && <DeleteDialog {...dialog} />}
      {asked === 'void' && <VoidDialog {...dialog} />}
      {asked === 'credit' && <CreditDialog {...dialog} />}
    </Group>
  );
}

interface DialogProps extends ActionProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

function IssueDialog({ invoice, opened, onClose }: DialogProps): ReactNode {
  const { id, total, currency, clientId } = invoice;
  const refresh = useSettlementRefresh(clientId);
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('invoices.issue.title')}
      effect={rich('invoices.issue.effect', {
        total: <Money value={total === null ? null : { amount: total, currency }} />,
      })}
      confirm={t('invoices.issue')}
      onConfirm={async () => {
        // Another total than the one that is shown is refused.
        const body = total === null ? {} : { total };
        const issued = await unwrap(api.POST('/v1/invoices/{id}/issue', { params: { path: { id } }, body }));
        toastDone(t('invoices.issued', { no: nameOf(issued) }));
        await refresh();
      }}
    />
  );
}

function DeleteDialog({ invoice, opened, onClose, onShow }: DialogProps): ReactNode {
  const { id, clientId } = invoice;
  const refresh = useSettlementRefresh(clientId);
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('invoices.delete.title')}
      effect={t('invoices.delete.effect')}
      confirm={t('invoices.delete')}
      isDangerous
      onConfirm={async () => {
        await unwrap(api.DELETE('/v1/invoices/{id}', { params: { path: { id } } }));
        toastDone(t('invoices.deleted'));
        onShow(null);
        await refresh();
      }}
    />
  );
}

const voidChoices = ['next', 'draft', 'never'] as const;
type VoidChoice = (typeof voidChoices)[number];

function VoidDialog({ invoice, opened, onClose, onShow }: DialogProps): ReactNode {
  const { id, clientId } = invoice;
  const refresh = useSettlementRefresh(clientId);
  const [lines, setLines] = useState<VoidChoice>('next');
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('invoices.void.title', { no: nameOf(invoice) })}
      effect={t('invoices.void.effect')}
      confirm={t('invoices.void')}
      isDangerous
      reason="required"
      onConfirm={async (reason) => {
        const params = { path: { id } };
        const { draftId } = await unwrap(api.POST('/v1/invoices/{id}/void', { params, body: { reason, lines } }));
        toastDone(t('invoices.voided', { no: nameOf(invoice) }));
        await refresh();
        if (draftId !== null) onShow(draftId);
      }}
    >
      <Radio.Group label={t('invoices.void.lines')} value={lines} onChange={(value) => setLines(value as VoidChoice)}>
        <Stack gap={4} mt={4}>
          {voidChoices.map((value) => (
            <Radio key={value} value={value} label={t(`invoices.void.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </ConfirmDialog>
  );
}

function CreditDialog({ invoice, opened, onClose }: DialogProps): ReactNode {
  const { id, clientId, currency } = invoice;
  const refresh = useSettlementRefresh(clientId);
  const form = useApiForm({
    initialValues: { id: `web-${randomId().slice(0, 13)}`, amount: '', description: '' },
    validate: (values) => ({
      '#/amount': firstOf(required(values.amount), moneyError(values.amount, 'more_than_zero')),
      '#/description': firstOf(required(values.description), maxLength(500, values.description)),
    }),
    save: (values) =>
      unwrap(
        api.POST('/v1/invoices/{id}/credit-notes', {
          params: { path: { id } },
          body: { ...values, description: values.description.trim() },
        }),
      ),
    async onSaved(note) {
      onClose();
      toastDone(t('invoices.credited.done', { no: nameOf(note) }));
      await refresh();
    },
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('invoices.credit.title', { no: nameOf(invoice) })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={form.submit} noValidate>
        <Stack gap="sm">
          <MoneyInput
            data-autofocus
            required
            label={t('invoices.amount')}
            description={t('invoices.credit.hint')}
            currency={currency}
            {...form.field('#/amount')}
          />
          <TextInput required label={t('invoices.description')} maxLength={500} {...form.field('#/description')} />
        </Stack>
        <FormActions form={form} onCancel={onClose} save={t('invoices.credit.save')} />
      </form>
    </Modal>
  );
}
