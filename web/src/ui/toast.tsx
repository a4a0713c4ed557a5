import { notifications } from '@mantine/notifications';
import { isApiError, problemDetail, problemTitle } from '../api/problems';
import { t } from '../i18n/t';

/** Says that something is done. */
export function toastDone(message: string): void {
  notifications.show({ message, color: 'green' });
}

/** Says that something was not done, with the request id to ask with. It stays until it is closed. */
export function toastFailure(error: unknown): void {
  const requestId = isApiError(error) ? error.requestId : null;
  notifications.show({
    title: problemTitle(error),
    message: (
      <>
        {problemDetail(error)}
        {requestId && (
          <div>
            {t('ui.failed.requestId')}: <code>{requestId}</code>
          </div>
        )}
      </>
    ),
    color: 'red',
    autoClose: false,
    closeButtonProps: { 'aria-label': t('common.close') },
  });
}
