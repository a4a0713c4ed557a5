import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconTrash, IconUserPlus, type Icon } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { ProfileRef } from '../api/types';
import { t } from '../i18n/t';
import { useCan, type OperationId } from '../session/rights';
import { AssignClientsDialog } from './dialogs/AssignClientsDialog';
import { DeleteProfileDialog } from './dialogs/DeleteProfileDialog';

interface ProfileMenuProps {
  readonly profile: ProfileRef;
  /** where to be once it is deleted; null: here */
  readonly afterDelete?: string | null;
}

/** What is done to a profile besides changing it. */
export function ProfileMenu({ profile, afterDelete = null }: ProfileMenuProps): ReactNode {
  const [asking, setAsking] = useState<'assign' | 'delete' | null>(null);
  const navigate = useNavigate();
  const can = useCan();
  const close = (): void => setAsking(null);
  if (!offered.some(can)) return null;
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

const offered = ['assignProfile', 'createProfile', 'deleteProfile'] as const satisfies readonly OperationId[];

const copyPath = (id: string): string => `/profiles/new?copy=${id}`;

interface ItemProps {
  readonly operation: (typeof offered)[number];
  readonly icon: Icon;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Item({ operation, icon: ItemIcon, onClick, children }: ItemProps): ReactNode {
  if (!useCan()(operation)) return null;
  return (
    <Menu.Item leftSection={<ItemIcon size={16} aria-hidden />} onClick={onClick}>
      {children}
    </Menu.Item>
  );
}
