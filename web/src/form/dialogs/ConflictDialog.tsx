import { Button, Group, Modal, Radio, Table, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { t } from '../../i18n/t';
import { FieldValue } from '../../ui/audit/Diff';
import type { Choice, Conflict, ConflictField, ConflictSubject } from './conflict';
import { LastChange } from './LastChange';

interface ConflictDialogProps {
  readonly conflict: Conflict | null;
  readonly subject?: ConflictSubject | null;
  readonly onResolve: (choices: Readonly<Record<string, Choice>>) => void;
  readonly onClose: () => void;
  /** the name of a field in the words of the page; else the API's */
  readonly nameOf?: (path: string) => string;
  /** a value in the words of the page; undefined: as it is */
  readonly show?: (path: string, value: unknown) => ReactNode | undefined;
}

type Choices = Readonly<Record<string, Choice>>;

/** Another user has saved since: what was read, mine, theirs; whose value to keep is chosen field by field. */
export function ConflictDialog({
  conflict,
  subject = null,
  onResolve,
  onClose,
  nameOf = (path) => path,
  show,
}: ConflictDialogProps): ReactNode {
  const [choices, setChoices] = useState<Choices>({});
  if (!conflict) return null;
  const fields = [...conflict.contested, ...conflict.theirsOnly];
  const choiceOf = (field: ConflictField): Choice =>
    choices[field.path] ?? (conflict.theirsOnly.includes(field) ? 'theirs' : 'mine');
  const chooseAll = (choice: Choice): void =>
    setChoices(Object.fromEntries(fields.map((field) => [field.path, choice])));
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('form.conflict.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {subject && <LastChange subject={subject} />}
      <Text size="sm" mb="sm">
        {conflict.contested.length === 0 ? t('form.conflict.none') : t('form.conflict.text')}
      </Text>
      {fields.length > 0 && (
        <Table.ScrollContainer minWidth={560}>
          <Table fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('form.conflict.field')}</Table.Th>
                <Table.Th>{t('form.conflict.read')}</Table.Th>
                <Table.Th>{t('form.conflict.mine')}</Table.Th>
                <Table.Th>{t('form.conflict.theirs')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {fields.map((field) => (
                <FieldRow
                  key={field.path}
                  field={field}
                  name={nameOf(field.path)}
                  isTheirsOnly={conflict.theirsOnly.includes(field)}
                  choice={choiceOf(field)}
                  show={(value) => show?.(field.path, value) ?? <FieldValue value={value} />}
                  onChoose={(choice) => setChoices((before) => ({ ...before, [field.path]: choice }))}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Group justify="space-between" mt="md">
        <Group gap="xs">
          <Button variant="default" onClick={() => chooseAll('mine')}>
            {t('form.conflict.allMine')}
          </Button>
          <Button variant="default" onClick={() => chooseAll('theirs')}>
            {t('form.conflict.allTheirs')}
          </Button>
        </Group>
        <Button onClick={() => onResolve(Object.fromEntries(fields.map((field) => [field.path, choiceOf(field)])))}>
          {t('form.conflict.save')}
        </Button>
      </Group>
    </Modal>
  );
}

interface FieldRowProps {
  readonly field: ConflictField;
  readonly name: string;
  readonly isTheirsOnly: boolean;
  readonly choice: Choice;
  readonly show: (value: unknown) => ReactNode;
  readonly onChoose: (choice: Choice) => void;
}

function FieldRow({ field, name, isTheirsOnly, choice, show, onChoose }: FieldRowProps): ReactNode {
  return (
    <Table.Tr>
      <Table.Td>
        {name}
        {isTheirsOnly && (
          <Text size="xs" c="dimmed">
            {t('form.conflict.theirsOnly')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{show(field.read)}</Table.Td>
      <Table.Td>
        <Radio
          name={`conflict-${field.path}`}
          size="xs"
          aria-label={t('form.conflict.chooseMine', { field: name })}
          label={show(field.mine)}
          checked={choice === 'mine'}
          onChange={() => onChoose('mine')}
        />
      </Table.Td>
      <Table.Td>
        <Radio
          name={`conflict-${field.path}`}
          size="xs"
          aria-label={t('form.conflict.chooseTheirs', { field: name })}
          label={show(field.theirs)}
          checked={choice === 'theirs'}
          onChange={() => onChoose('theirs')}
        />
      </Table.Td>
    </Table.Tr>
  );
}
