import { ActionIcon, Button, Checkbox, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconBookmark, IconDeviceFloppy, IconSettings, IconTrash, IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { isApiError } from '../api/problems';
import { keys } from '../api/keys';
import { t } from '../i18n/t';
import { FailedState } from '../ui/FailedState';
import { toastDone } from '../ui/toast';
import { useReturnFocus } from '../ui/use-return-focus';
import classes from './list.module.css';
import { viewQuery } from './list-state';
import type { ListControls } from './use-list-state';
import type { SavedView } from '../api/types';
import { createView, deleteView, readViews, updateView } from './views-api';

interface SavedViewsProps {
  /** the page that the views are of */
  readonly name: string;
  readonly controls: ListControls;
}

/** Named views of a list: filters, order and columns. */
export function SavedViews({ name, controls }: SavedViewsProps): ReactNode {
  const [asked, setAsked] = useState<'save' | 'manage' | null>(null);
  const close = (): void => setAsked(null);
  const views = useQuery({ queryKey: keys.views(name), queryFn: ({ signal }) => readViews(name, signal) });
  const now = viewQuery(controls.state);
  const own = (views.data ?? []).filter((view) => view.own);
  const shown = views.data?.find((view) => view.query === now);
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={300}>
        <Menu.Target>
          <Button
            className={classes['tool']}
            variant="default"
            size="xs"
            leftSection={<IconBookmark size={16} aria-hidden />}
          >
            {shown?.name ?? t('list.views')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.isError && <FailedState error={views.error} onRetry={() => void views.refetch()} />}
          {views.data?.length === 0 && <Menu.Label>{t('list.views.none')}</Menu.Label>}
          {views.data?.map((view) => (
            <Menu.Item
              key={view.id}
              onClick={() => controls.show(view.query)}
              fw={view === shown ? 600 : undefined}
              rightSection={view.shared && <IconUsers size={14} aria-label={t('list.views.shared')} />}
            >
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconDeviceFloppy size={16} aria-hidden />} onClick={() => setAsked('save')}>
            {t('list.views.save')}
          </Menu.Item>
          {own.length > 0 && (
            <Menu.Item leftSection={<IconSettings size={16} aria-hidden />} onClick={() => setAsked('manage')}>
              {t('list.views.manage')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked === 'save' && <SaveDialog onClose={close} page={name} query={now} />}
      {asked === 'manage' && <ManageDialog onClose={close} page={name} query={now} own={own} />}
    </>
  );
}

interface SaveDialogProps {
  readonly onClose: () => void;
  readonly page: string;
  readonly query: string;
}

function SaveDialog({ onClose, page, query }: SaveDialogProps): ReactNode {
  useReturnFocus();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const done = useDone(page);
  const save = useMutation({
    mutationFn: () => createView({ page, name: name.trim(), query, shared }),
    async onSuccess() {
      onClose();
      await done(t('list.views.saved'));
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') save.mutate();
  };
  const isTaken = isApiError(save.error) && save.error.status === 409;
  return (
    <Modal opened onClose={onClose} title={t('list.views.save')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {save.error !== null && !isTaken && <FailedState error={save.error} />}
          <TextInput
            data-autofocus
            required
            maxLength={100}
            label={t('list.views.name')}
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
              save.reset();
            }}
            error={isTaken && t('list.views.taken')}
          />
          <Checkbox
            label={t('list.views.shared')}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface ManageDialogProps extends SaveDialogProps {
  readonly own: readonly SavedView[];
}

/** The user's own views: set to what is shown now, or taken away. */
function ManageDialog({ onClose, page, query, own }: ManageDialogProps): ReactNode {
  useReturnFocus();
  const done = useDone(page);
  const update = useMutation({
    mutationFn: (view: SavedView) => updateView(view, { query }),
    async onSuccess() {
      onClose();
      await done(t('list.views.saved'));
    },
  });
  const remove = useMutation({
    mutationFn: deleteView,
    async onSuccess() {
      if (own.length === 1) onClose();
      await done(t('list.views.deleted'));
    },
  });
  const error = update.error ?? remove.error;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('list.views.manage')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="sm">
        {error !== null && <FailedState error={error} />}
        {own.map((view) => (
          <Group key={view.id} justify="space-between" wrap="nowrap">
            <Text size="sm" truncate>
              {view.name}
            </Text>
            <Group gap="xs" wrap="nowrap">
              <Button
                size="compact-sm"
                variant="default"
                disabled={view.query === query}
                loading={update.isPending && update.variables === view}
                aria-label={t('list.views.updateOf', { name: view.name })}
                onClick={() => update.mutate(view)}
              >
                {t('list.views.update')}
              </Button>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={28}
                loading={remove.isPending && remove.variables === view}
                aria-label={t('list.views.delete', { name: view.name })}
                onClick={() => remove.mutate(view)}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </Group>
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}

function useDone(page: string): (message: string) => Promise<void> {
  const queries = useQueryClient();
  return async (message) => {
    toastDone(message);
    await queries.invalidateQueries({ queryKey: keys.views(page) });
  };
}
