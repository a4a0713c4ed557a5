import { Alert, Button, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { t } from '../i18n/t';
import { CodeBlock } from './code/CodeBlock';

interface SecretDialogProps {
  /** null: there is none to show */
  readonly secret: string | null;
  readonly title: string;
  /** what to do with it */
  readonly text: string;
  readonly onClose: () => void;
}

/** A secret is shown once. Only its own button closes this: a slip of the mouse must not lose it. */
export function SecretDialog({ secret, title, text, onClose }: SecretDialogProps) {
  return (
    <Modal
      opened={secret !== null}
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack gap="md">
        <Alert variant="default" icon={<IconAlertTriangle aria-hidden />}>
          {t('ui.secret.once')}
        </Alert>
        <Text size="sm">{text}</Text>
        <CodeBlock text={secret ?? ''} label={title} />
        <Button onClick={onClose} style={{ alignSelf: 'flex-end' }}>
          {t('ui.secret.kept')}
        </Button>
      </Stack>
    </Modal>
  );
}
