import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { isApiError, problemDetail, problemTitle } from '../api/problems';
import { t } from '../i18n/t';

/** Says that something was done; the region of the toasts is live. */
export function toastDone(message: ReactNode, title?: string): void {
  notifications.show({
    title,
    message,
    color: 'teal.9',
    icon: <IconCheck size={18} aria-hidden />,
    role: 'status',
    autoClose: 6000,
    closeButtonProps: { 'aria-label': t('common.close') },
  });
}

/** Says that something could not be done, and stays until it is closed: with the request id to ask with. */
export function toastFailure(error: unknown): void {
  const requestId = isApiError(error) ? error.requestId : null;
  const parts = [problemDetail(error), requestId && t('problems.requestId', { id: requestId })].filter(Boolean);
  notifications.show({
    title: problemTitle(error),
    message: parts.join(' · '),
    color: 'red.9',
    icon: <IconAlertTriangle size={18} aria-hidden />,
    role: 'alert',
    autoClose: false,
    closeButtonProps: { 'aria-label': t('common.close') },
  });
}
