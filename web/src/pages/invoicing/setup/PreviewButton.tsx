import { Button } from '@mantine/core';
import { IconFileTypePdf } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import type { components } from '../../../api/schema';
import { saveFile } from './save-file';
import { t } from '../../../i18n/t';

interface PreviewButtonProps {
  readonly templateId: string | null;
  /** what the form says */
  readonly shown: components['schemas']['InvoiceTemplatePreview'];
  /** puts what is wrong on the fields */
  readonly onFailure: (error: unknown) => void;
}

/** Downloads the PDF of a sample invoice as the form says it, saved or not. */
export function PreviewButton({ templateId, shown, onFailure }: PreviewButtonProps): ReactNode {
  const [isLoading, setLoading] = useState(false);
  const preview = async (): Promise<void> => {
    setLoading(true);
    try {
      const body = { ...shown, ...(templateId !== null && { templateId }) };
      const pdf = await unwrap(api.POST('/v1/invoice-templates/preview', { body, parseAs: 'blob' }));
      // `parseAs` makes it one; its type is that of the document.
      saveFile(pdf as unknown as Blob, 'preview.pdf');
    } catch (error) {
      onFailure(error);
    } finally {
      setLoading(false);
    }
  };
  return (
    <Button
      variant="default"
      w="fit-content"
      loading={isLoading}
      leftSection={<IconFileTypePdf size={16} aria-hidden />}
      onClick={() => void preview()}
    >
      {t('terms.templates.preview')}
    </Button>
  );
}
