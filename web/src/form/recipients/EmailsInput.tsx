import { TagsInput as MantineTagsInput, type TagsInputProps } from '@mantine/core';
import type { ClipboardEvent, ReactNode } from 'react';
import { t } from '../../i18n/t';
import { emailsError } from '../checks';
import { splitEmails, uniqueEmails } from './parse-emails';

interface EmailsInputProps extends Omit<TagsInputProps, 'value' | 'onChange' | 'data'> {
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
}

/** Addresses as chips; many may be pasted at once, also out of a mail program. What is no address is said by name. */
export function EmailsInput({ value, onChange, error, ...rest }: EmailsInputProps): ReactNode {
  const paste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const addresses = splitEmails(event.clipboardData.getData('text'));
    if (addresses.length === 0) return;
    event.preventDefault();
    onChange(uniqueEmails([...value, ...addresses]));
  };
  return (
    <MantineTagsInput
      inputMode="email"
      description={t('form.email.paste')}
      {...rest}
      value={[...value]}
      onChange={(addresses) => onChange(uniqueEmails(addresses))}
      onPaste={paste}
      splitChars={[',', ';', ' ']}
      acceptValueOnBlur
      error={error ?? emailsError(value) ?? undefined}
    />
  );
}
