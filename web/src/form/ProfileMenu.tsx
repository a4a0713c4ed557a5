import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconTrash, IconUserPlus, type Icon } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { components } from '../api/schema';
import { t } from '../i18n/t';
import { useRight, type OperationId } from '../session/rights';
import { AssignClientsDialog } from './dialogs/AssignClientsDialog';
import { DeleteProfileDialog } from './dialogs/DeleteProfileDialog';

/** What is known of a profile in a list, and on its page. */
export type ProfileRef = Pick<components['schemas']['Profile'], 'id' | 'name' | 'clients' | 'version'>;

interface ProfileMenuProps {
  readonly profile: ProfileRef;
  /** where to be once it is deleted; null: here */
  readonly afterDelete?: string | null;
}

/** What is done to a profile beside changing it. */
export function ProfileMenu({ profile, afterDelete = null }: ProfileMenuProps): ReactNode {
  const [asking, setAsking] = useState<'assign' | 'delete' | null>(null);
  const navigate = useNavigate();
  const close = (): void => setAsking(null);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            aria-label={t('profiles.actionsOf', { name: profile.name })}
          >
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Item operation="assignProfile" icon={IconUserPlus} onClick={() => setAsking('assign')}>
            {t('profiles.assign')}
          </Item>
          <Item operation="createProfile" icon={IconCopy} onClick={() => void navigate(copyPath(profile.id))}>
            {t('profiles.duplicate')}
          </Item>
          <Item operation="deleteProfile" icon={IconTrash} onClick={() => setAsking('delete')}>
            {t('common.delete')}
          </Item>
        </Menu.Dropdown>
      </Menu>
      <AssignClientsDialog profile={profile} opened={asking === 'assign'} onClose={close} />
      <DeleteProfileDialog
        profile={profile}
        opened={asking === 'delete'}
        onClose={close}
        onDeleted={() => afterDelete !== null && void navigate(afterDelete)}
      />
    </>
  );
}

const copyPath = (id: string): string => `/profiles/new?copy=${id}`;

interface ItemProps {
  readonly operation: OperationId;
  readonly icon: Icon;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Item({ operation, icon: ItemIcon, onClick, children }: ItemProps): ReactNode {
  const { allowed, reason } = useRight(operation);
  return (
    <Menu.Item
      leftSection={<ItemIcon size={16} aria-hidden />}
      disabled={!allowed}
      title={reason ?? undefined}
      onClick={onClick}
    >
      {children}
    </Menu.Item>
  );
}
