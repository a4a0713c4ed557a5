import { Drawer, Skeleton } from '@mantine/core';
import { IconPlus, type Icon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import type { Versioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { List } from '../../../list/List';
import { ActionButton } from '../../../session/ActionButton';
import type { OperationId } from '../../../session/rights';
import { FailedState } from '../../../ui/FailedState';

export interface RecordFormProps<Row> {
  /** null: a new one */
  readonly record: Row | null;
  readonly etag: string | null;
  readonly onClose: () => void;
}

interface RecordTabProps<Row> {
  /** of the tab, by which its texts are found */
  readonly name: 'terms' | 'taxes' | 'templates' | 'classes' | 'agreements';
  readonly definition: ListDefinition<Row>;
  readonly icon: Icon;
  readonly create: OperationId;
  readonly read: (id: string, signal: AbortSignal) => Promise<Versioned<Row>>;
  readonly form: ComponentType<RecordFormProps<Row>>;
}

const fresh = 'new';

/** A list of records; `?record=7` shows the form of one next to it. */
export function RecordTab<Row>({ name, definition, icon, create, read, form: Form }: RecordTabProps<Row>): ReactNode {
  const [parameters, setParameters] = useSearchParams();
  const shown = parameters.get('record');
  const show = (id: string | null): void =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      if (id === null) after.delete('record');
      else after.set('record', id);
      return after;
    });
  const close = (): void => show(null);
  const add = (
    <ActionButton
      operation={create}
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => show(fresh)}
    >
      {t(`terms.${name}.new`)}
    </ActionButton>
  );
  return (
    <>
      <List
        definition={definition}
        onOpen={(row) => show(definition.idOf(row))}
        actions={add}
        empty={{
          icon,
          title: t(`terms.${name}.empty`),
          text: t(`terms.${name}.emptyText`),
          action: add,
        }}
      />
      <Drawer
        opened={shown !== null}
        onClose={close}
        position="right"
        size="md"
        title={t(shown === fresh ? `terms.${name}.new` : `terms.${name}.edit`)}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown === fresh && <Form record={null} etag={null} onClose={close} />}
        {shown !== null && shown !== fresh && (
          <Existing key={shown} id={shown} kind={definition.kind} read={read} form={Form} onClose={close} />
        )}
      </Drawer>
    </>
  );
}

interface ExistingProps<Row> extends Pick<RecordTabProps<Row>, 'read' | 'form'> {
  readonly id: string;
  readonly kind: ListDefinition<Row>['kind'];
  readonly onClose: () => void;
}

function Existing<Row>({ id, kind, read, form: Form, onClose }: ExistingProps<Row>): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: keys.one(kind, id),
    queryFn: ({ signal }) => read(id, signal),
    // A form that is being filled in does not change under the hands.
    refetchOnWindowFocus: false,
    staleTime: 0,
    gcTime: 0,
  });
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={420} />;
  return <Form record={data.value} etag={data.etag} onClose={onClose} />;
}
