import { Button, Divider } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../../i18n/t';
import { leaveForLogin } from '../../../session/single-sign-on';
import { LoginProblem } from '../../../ui/login/LoginProblem';

interface SingleSignOnProps {
  /** of the provider, as the operator calls it */
  readonly name: string;
  /** where to be after the login */
  readonly next: string | null;
  /** the form for a password is above */
  readonly isSecond: boolean;
}

export function SingleSignOn({ name, next, isSecond }: SingleSignOnProps) {
  const [fault, setFault] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const leave = async (): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      await leaveForLogin(next);
    } catch (error) {
      setFault(error);
      setBusy(false);
    }
  };
  return (
    <>
      {isSecond && <Divider label={t('session.sso.or')} />}
      <LoginProblem fault={fault} />
      <Button
        variant={isSecond ? 'default' : 'filled'}
        loading={isBusy}
        onClick={() => void leave()}
        fullWidth
        autoFocus={!isSecond}
      >
        {t('session.sso.with', { name })}
      </Button>
    </>
  );
}
