import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import { firstOf, maxLength, moneyError, required, type FieldError } from '../../form/checks';
import type { Pointer } from '../../form/pointer';
import type { FieldProps } from '../../form/use-api-form';
import { MoneyInput } from '../../form/inputs/MoneyInput';

/** A line of an invoice, by hand. */
export interface TypedLine {
  readonly description: string;
  readonly amount: string;
}

interface LinesInputProps {
  readonly lines: readonly TypedLine[];
  readonly currency: string;
  readonly field: (pointer: LinePointer) => FieldProps<string>;
  readonly onAdd: (line: TypedLine) => void;
  readonly onRemove: (index: number) => void;
}

type LinePointer = `#/lines/${number}/description` | `#/lines/${number}/amount`;

/** The lines of an invoice by hand: any number of them, each with its amount. */
export function LinesInput({ lines, currency, field, onAdd, onRemove }: LinesInputProps): ReactNode {
  return (
    <>
      {lines.map((_, index) => (
        <Group key={index} gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            required
            label={t('invoices.lineDescription')}
            maxLength={200}
            style={{ flex: 1 }}
            {...field(`#/lines/${index}/description`)}
          />
          <MoneyInput
            required
            label={t('invoices.lineAmount')}
            currency={currency}
            w={140}
            {...field(`#/lines/${index}/amount`)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('invoices.removeLine')}
            onClick={() => onRemove(index)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        size="xs"
        w="fit-content"
        leftSection={<IconPlus size={14} />}
        onClick={() => onAdd({ description: '', amount: '' })}
      >
        {t('invoices.addLine')}
      </Button>
    </>
  );
}

/** What is wrong with each line. */
export function lineErrors(lines: readonly TypedLine[]): Readonly<Record<Pointer, FieldError>> {
  return Object.fromEntries(
    lines.flatMap((line, index): [Pointer, FieldError][] => [
      [`#/lines/${index}/description`, firstOf(required(line.description), maxLength(200, line.description))],
      [`#/lines/${index}/amount`, firstOf(required(line.amount), moneyError(line.amount))],
    ]),
  );
}
