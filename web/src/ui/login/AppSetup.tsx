import { Button, Code, Stack, Text } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { isApiError, problemTitle } from '../../api/problems';
import type { AppSecret } from '../../api/types';
import { t } from '../../i18n/t';
import { CopyText } from '../CopyText';
import { CodeInput } from './CodeInput';
import { LoginProblem } from './LoginProblem';
import { QrCode } from './QrCode';

interface AppSetupProps {
  readonly app: AppSecret;
  /** Shows the first code to the service; throws where it is wrong. */
  readonly onCode: (code: string) => Promise<void>;
}

/** Setting up an authenticator app: scan, or type the key, then show the first code. */
export function AppSetup({ app, onCode }: AppSetupProps): ReactNode {
  const [code, setCode] = useState('');
  const [fault, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const isWrong = isApiError(fault) && fault.errors.some(({ pointer }) => pointer === '#/code');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    event.stopPropagation();
    setBusy(true);
    setError(null);
    try {
      await onCode(code);
    } catch (error) {
      setError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{t('account.setup.scan')}</Text>
        <QrCode text={app.uri} label={t('account.setup.qr')} />
        <Stack gap={4}>
          <Text size="sm">{t('account.setup.manual')}</Text>
          <CopyText value={app.secret} label={t('account.setup.key')}>
            <Code>{grouped(app.secret)}</Code>
          </CopyText>
        </Stack>
        {!isWrong && <LoginProblem fault={fault} />}
        <CodeInput
          description={t('account.setup.codeHint')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={isWrong ? wrongCodeText(fault) : undefined}
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={isBusy} disabled={code.trim() === ''}>
          {t('account.setup.confirm')}
        </Button>
      </Stack>
    </form>
  );
}

/** The service says `invalid` for every field. */
function wrongCodeText(fault: unknown): string {
  return isApiError(fault) && fault.code === 'invalid' ? t('account.setup.wrong') : problemTitle(fault);
}

/** In groups of four, as one types it. */
function grouped(secret: string): string {
  return (secret.match(/.{1,4}/g) ?? []).join(' ');
}
