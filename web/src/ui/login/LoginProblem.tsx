import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { isApiError, problemTitle } from '../../api/problems';
import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';

/** Why a step of a login failed; while it is throttled, how long still. */
export function LoginProblem({ fault }: { readonly fault: unknown }) {
  const waitSeconds = isApiError(fault) && fault.status === 429 ? (fault.retryAfterSeconds ?? 60) : null;
  if (waitSeconds !== null) return <Throttled key={waitSeconds} waitSeconds={waitSeconds} />;
  if (!fault) return null;
  return (
    <Alert role="alert" variant="light" color="red" icon={<IconAlertTriangle aria-hidden />}>
      {problemTitle(fault)}
    </Alert>
  );
}

function Throttled({ waitSeconds }: { readonly waitSeconds: number }) {
  const [until] = useState(() => Date.now() + waitSeconds * 1000);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  return (
    <Alert role="alert" variant="light" color="orange" icon={<IconClock aria-hidden />}>
      {left === 0 ? t('session.tryNow') : t('session.throttled', { wait: waitText(left) })}
    </Alert>
  );
}

/** Minutes while there are many seconds: a text that changes every second is read out every second. */
function waitText(seconds: number): string {
  const [value, unit] = seconds > 90 ? [Math.ceil(seconds / 60), 'minute'] : [seconds, 'second'];
  return numberFormat(intlLocale(), { style: 'unit', unit, unitDisplay: 'long' }).format(Number(value));
}
