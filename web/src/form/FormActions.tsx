import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../i18n/t';
import { ConfirmNotificationsDialog } from './dialogs/ConfirmNotificationsDialog';
import { ConflictDialog } from './dialogs/ConflictDialog';
import classes from './FormActions.module.css';
import { LeaveGuard } from './dialogs/LeaveGuard';
import { ProblemSummary } from './ProblemSummary';
import type { ApiForm } from './use-api-form';

interface FormActionsProps<Values extends Record<string, unknown>> {
  readonly form: ApiForm<Values>;
  readonly save?: string;
  readonly onCancel?: () => void;
  /** a form that is a page: its buttons stay in sight, and it can be saved without leaving it */
  readonly isPage?: boolean;
  /** with `isPage`: false for something new, which has no page to stay on */
  readonly canStay?: boolean;
  /** the name of a field in the words of the page, for a conflict */
  readonly nameOf?: (path: string) => string;
  /** a value of a field in the words of the page, for a conflict */
  readonly show?: (path: string, value: unknown) => ReactNode | undefined;
  /** why it cannot be saved now: a right that the user lacks */
  readonly blocked?: string | null;
}

/** The end of every form: what was refused, the buttons, and the dialogs (someone else's changes, many notifications, unsaved changes). */
export function FormActions<Values extends Record<string, unknown>>(props: FormActionsProps<Values>): ReactNode {
  const { form, onCancel, nameOf, show, blocked = null, isPage = false, canStay = false } = props;
  const { save = t(canStay ? 'form.saveAndClose' : 'common.save') } = props;
  const isBlocked = { disabled: blocked !== null, title: blocked ?? undefined };
  return (
    <>
      <div {...(isPage && { className: classes['bar'] })}>
        <ProblemSummary remainder={form.remainder} />
        <Group justify="flex-end" gap="xs" mt={isPage ? 0 : 'md'}>
          {isPage && form.isDirty && (
            <Text size="sm" c="dimmed" mr="auto" visibleFrom="sm" role="status">
              {t('form.unsaved')}
            </Text>
          )}
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {t('common.cancel')}
            </Button>
          )}
          {canStay && (
            <Button variant="default" loading={form.isSaving} onClick={form.apply} {...isBlocked}>
              {t('common.save')}
            </Button>
          )}
          <Button type="submit" loading={form.isSaving} {...isBlocked}>
            {save}
          </Button>
        </Group>
      </div>
      <ConflictDialog
        conflict={form.conflict}
        subject={form.subject}
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
