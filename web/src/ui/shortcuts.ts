import { useEffect, useRef, useSyncExternalStore } from 'react';

/**
 * Single-key shortcuts: who has some registers them, the help (`?`) lists what is registered, the profile can turn them
 * off.
 */
export interface Shortcut {
  /** one key, `j`, `Shift+x`, or two one after the other, `g c` */
  readonly keys: string;
  readonly label: string;
  /** its heading in the help */
  readonly group: string;
  readonly run: (event: KeyboardEvent) => void;
}

const registered = new Set<readonly Shortcut[]>();
const listeners = new Set<() => void>();
let shown: readonly Shortcut[] = [];
let enabled = true;

/** Registers shortcuts while the component is there. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const signature = shortcuts.map(({ keys, label }) => `${keys}\n${label}`).join('\n');
  useEffect(() => {
    const stable = latest.current.map((shortcut, index) => ({
      ...shortcut,
      run: (event: KeyboardEvent) => latest.current[index]?.run(event),
    }));
    registered.add(stable);
    notify();
    return () => {
      registered.delete(stable);
      notify();
    };
  }, [signature]);
}

/** Everything that is registered now, for the help. */
export function useRegisteredShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}

/** WCAG 2.1.4: users who speak to the page or type by accident can turn them off. */
export function enableShortcuts(on: boolean): void {
  enabled = on;
}

let begun: { readonly key: string; readonly at: number } | null = null;
const sequenceMs = 1500;

/** The listener of the whole page; the shell installs it once. */
export function installShortcuts(): () => void {
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}

function onKeyDown(event: KeyboardEvent): void {
  if (!enabled || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || isDialogOpen()) return;
  const key = event.shiftKey && /^[A-Za-z]$/.test(event.key) ? `Shift+${event.key.toLowerCase()}` : event.key;
  const sequence = begun && event.timeStamp - begun.at < sequenceMs ? `${begun.key} ${key}` : null;
  const found = (sequence && find(sequence)) || find(key);
  begun = found ? null : { key, at: event.timeStamp };
  if (!found) return;
  event.preventDefault();
  found.run(event);
}

/** The last one registered wins: what lies on top. */
function find(keys: string): Shortcut | undefined {
  return shown.findLast((shortcut) => shortcut.keys === keys);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type))
  );
}

/** What lies over the page takes the keys itself. Menus and selects that are closed stay in the document, hidden. */
function isDialogOpen(): boolean {
  const overlays = document.querySelectorAll('[role="dialog"][aria-modal="true"], [role="menu"], [role="listbox"]');
  return [...overlays].some((overlay) => overlay.checkVisibility());
}

function notify(): void {
  shown = [...registered].flat();
  for (const listener of listeners) listener();
}
