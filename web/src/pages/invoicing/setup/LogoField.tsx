import { Button, FileButton, Group, Image, Input } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';

interface LogoFieldProps {
  readonly id: string;
  /** base64; null: none; undefined: the saved one */
  readonly value: string | null | undefined;
  readonly onChange: (value: unknown) => void;
  readonly error: string | undefined;
  /** address of the saved logo; null: there is none */
  readonly saved: string | null;
}

const mediaTypes = 'image/png,image/jpeg';

/** Chooses a logo from a file, shows it, and removes it. The server checks what is in the file. */
export function LogoField({ id, value, onChange, error, saved }: LogoFieldProps): ReactNode {
  const shown = value === undefined ? saved : value && `data:${typeOf(value)};base64,${value}`;
  const choose = async (file: File | null): Promise<void> => {
    if (file) onChange(await base64Of(file));
  };
  return (
    <Input.Wrapper
      label={t('terms.templates.logo')}
      labelElement="div"
      description={t('terms.templates.logoHint')}
      error={error}
    >
      <Group gap="sm" mt="xs">
        {shown && (
          <Image src={shown} alt={t('terms.templates.logo')} h={48} w="auto" maw={180} fit="contain" bg="white" />
        )}
        <FileButton
          onChange={(file) => void choose(file)}
          accept={mediaTypes}
          inputProps={{ 'aria-label': t('terms.templates.logo') }}
        >
          {(props) => (
            <Button {...props} id={id} variant="default" size="xs">
              {t(shown ? 'terms.templates.logoReplace' : 'terms.templates.logoChoose')}
            </Button>
          )}
        </FileButton>
        {shown && (
          <Button variant="subtle" size="xs" onClick={() => onChange(null)}>
            {t('terms.templates.logoRemove')}
          </Button>
        )}
      </Group>
    </Input.Wrapper>
  );
}

/** A PNG begins with these letters as base64; the server refuses what is neither. */
function typeOf(base64: string): string {
  return base64.startsWith('iVBORw0KGgo') ? 'image/png' : 'image/jpeg';
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const pieces: string[] = [];
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(pieces.join(''));
}
