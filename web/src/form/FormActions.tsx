import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../i18n/t';
import { ConfirmNotificationsDialog } from './dialogs/ConfirmNotificationsDialog';
import { ConflictDialog } from './dialogs/ConflictDialog';
import { LeaveGuard } from './dialogs/LeaveGuard';
import { ProblemSummary } from './ProblemSummary';
import type { ApiForm } from './use-api-form';

interface FormActionsProps<Values extends Record<string, unknown>> {
  readonly form: ApiForm<Values>;
  readonly save?: string;
  readonly onCancel?: () => void;
  /** the name of a field in the words of the page, for a conflict */
  readonly nameOf?: (path: string) => string;
  /** a value of a field in the words of the page, for a conflict */
  readonly show?: (path: string, value: unknown) => ReactNode | undefined;
  /** why it cannot be saved now: a right that the user lacks */
  readonly blocked?: string | null;
}

/** The end of every form: what was refused, the buttons, and the dialogs (someone else's changes, many notifications, unsaved changes). */
export function FormActions<Values extends Record<string, unknown>>(props: FormActionsProps<Values>): ReactNode {
  const { form, save = t('common.save'), onCancel, nameOf, show, blocked = null } = props;
  return (
    <>
      <ProblemSummary remainder={form.remainder} />
      <Group justify="flex-end" mt="md">
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        )}
        <Button type="submit" loading={form.isSaving} disabled={blocked !== null} title={blocked ?? undefined}>
          {save}
        </Button>
      </Group>
      <ConflictDialog
        conflict={form.conflict}
        onResolve={form.resolve}
        onClose={form.dropConflict}
        {...(nameOf && { nameOf })}
        {...(show && { show })}
      />
      <ConfirmNotificationsDialog impact={form.impact} onConfirm={form.confirmImpact} onClose={form.dropImpact} />
      <LeaveGuard mayLeave={form.mayLeave} />
    </>
  );
}
