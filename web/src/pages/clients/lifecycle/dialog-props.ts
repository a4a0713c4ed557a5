/** What the dialogs of a client's deletion are given. */
export interface LifecycleDialogProps {
  readonly id: string;
  readonly name: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDone: () => Promise<unknown> | void;
}
