import { Group, Tooltip } from '@mantine/core';
import { IconKey, IconRobot, IconUser, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';

interface ActorProps {
  /** as the API writes it: `user:3`, `key:7`, `system` */
  readonly actor: string;
  /** null: not known, or not for the reader to know */
  readonly name?: string | null;
}

const icons: Readonly<Record<string, Icon>> = { user: IconUser, key: IconKey };

/** Who did something: a person, an API key, or the service itself. */
export function Actor({ actor, name = null }: ActorProps): ReactNode {
  const [kind = ''] = actor.split(':');
  const ActorIcon = icons[kind] ?? IconRobot;
  return (
    <Tooltip label={actor}>
      <Group gap={4} wrap="nowrap" display="inline-flex" maw="12rem" style={{ verticalAlign: 'middle' }}>
        <ActorIcon size={14} aria-hidden style={{ flexShrink: 0 }} />
        <span style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>{actorText(actor, name)}</span>
      </Group>
    </Tooltip>
  );
}

/** The name where it is known, else what it is: for a sentence. */
export function actorText(actor: string, name: string | null = null): string {
  if (name !== null) return name;
  const [kind, id = ''] = actor.split(':');
  if (kind === 'user') return t('ui.actor.user', { id });
  if (kind === 'key') return t('ui.actor.key', { id });
  if (actor === 'anonymous') return t('ui.actor.anonymous');
  return actor === 'system' ? t('ui.actor.system') : actor;
}
