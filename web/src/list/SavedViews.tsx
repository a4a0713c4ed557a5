import { ActionIcon, Button, Checkbox, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconBookmark, IconDeviceFloppy, IconTrash, IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { keys } from '../api/keys';
import { t } from '../i18n/t';
import { FailedState } from '../ui/FailedState';
import { toastDone } from '../ui/toast';
import { viewQuery } from './list-state';
import type { ListControls } from './use-list-state';
import type { SavedView } from '../api/types';
import { createView, deleteView, readViews, updateView } from './views-api';

interface SavedViewsProps {
  /** the page that the views are of */
  readonly name: string;
  readonly controls: ListControls;
}

/** What somebody looks at often, under a name: filters, order and columns. */
export function SavedViews({ name, controls }: SavedViewsProps): ReactNode {
  const [isSaving, setSaving] = useState(false);
  const views = useQuery({ queryKey: keys.views(name), queryFn: ({ signal }) => readViews(name, signal) });
  const now = viewQuery(controls.state);
  const shown = views.data?.find((view) => view.query === now);
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={300}>
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconBookmark size={16} aria-hidden />}>
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
          <Menu.Item leftSection={<IconDeviceFloppy size={16} aria-hidden />} onClick={() => setSaving(true)}>
            {t('list.views.save')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <SaveDialog
        opened={isSaving}
        onClose={() => setSaving(false)}
        page={name}
        query={now}
        own={(views.data ?? []).filter((view) => view.own)}
      />
    </>
  );
}

interface SaveDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly page: string;
  readonly query: string;
  readonly own: readonly SavedView[];
}

function SaveDialog({ opened, onClose, page, query, own }: SaveDialogProps): ReactNode {
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const done = useDone(page);
  const save = useMutation({
    mutationFn: (view: SavedView | null) =>
      view ? updateView(view, { query }) : createView({ page, name: name.trim(), query, shared }),
    async onSuccess() {
      setName('');
      onClose();
      await done(t('list.views.saved'));
    },
  });
  const remove = useMutation({ mutationFn: deleteView, onSuccess: () => done(t('list.views.deleted')) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') save.mutate(null);
  };
  const error = save.error ?? remove.error;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('list.views.save')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {error !== null && <FailedState error={error} />}
          <TextInput
            data-autofocus
            required
            maxLength={100}
            label={t('list.views.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Checkbox
            label={t('list.views.shared')}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              {t('common.save')}
            </Button>
          </Group>
          {own.map((view) => (
            <Group key={view.id} justify="space-between" wrap="nowrap">
              <Text size="sm" truncate>
                {view.name}
              </Text>
              <Group gap="xs" wrap="nowrap">
                <Button size="compact-sm" variant="default" onClick={() => save.mutate(view)}>
                  {t('list.views.update', { name: view.name })}
                </Button>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={28}
                  aria-label={t('list.views.delete', { name: view.name })}
                  onClick={() => remove.mutate(view)}
                >
                  <IconTrash size={16} aria-hidden />
                </ActionIcon>
              </Group>
            </Group>
          ))}
        </Stack>
      </form>
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
