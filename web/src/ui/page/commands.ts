import type { Icon } from '@tabler/icons-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';

/** What can be done with what is open. The palette offers it; the page that is open says what it is. */
export interface Command {
  /** `payment`, `grant`: the same word on every page that has it */
  readonly id: string;
  readonly label: string;
  readonly icon: Icon;
  readonly run: () => void;
}

export interface CommandGroup {
  /** what it is done with: the client's name */
  readonly subject: string;
  readonly commands: readonly Command[];
}

const offered = new Set<CommandGroup>();
const listeners = new Set<() => void>();
let shown: readonly CommandGroup[] = [];

/** Offers commands while the component is there. */
export function useCommands(subject: string, commands: readonly Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  const signature = commands.map(({ id, label }) => `${id}\n${label}`).join('\n');
  useEffect(() => {
    const group: CommandGroup = {
      subject,
      // The latest of the same id: what it closes over may have changed since.
      commands: latest.current.map((command) => ({
        ...command,
        run: () => latest.current.find(({ id }) => id === command.id)?.run(),
      })),
    };
    offered.add(group);
    notify();
    return () => {
      offered.delete(group);
      notify();
    };
  }, [subject, signature]);
}

/** Everything that is offered now. */
export function useOfferedCommands(): readonly CommandGroup[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}

function notify(): void {
  shown = [...offered].filter(({ commands }) => commands.length > 0);
  for (const listener of listeners) listener();
}

/** The parameter of an address that begins a command on the page it leads to: `/clients/7?do=grant`. */
export const commandParameter = 'do';
