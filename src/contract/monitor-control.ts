export interface MonitoredClient {
  readonly clientId: string;
  readonly resellerId: string;
}

/** What the fleet's work does to monitors through Temporal. */
export interface MonitorControl {
  /** signal-with-start, which starts a monitor that is missing; resolves once Temporal has accepted it */
  signal(client: MonitoredClient): Promise<void>;
  /** the workflow task that waits or runs, with the number of its attempt; null: none does, or no monitor runs */
  pendingTask(clientId: string): Promise<{ readonly runId: string; readonly attempt: number } | null>;
  /** whether a worker has polled for the tasks of monitors recently */
  hasPollers(): Promise<boolean>;
  /** ends this run, and starts another one, which restores from the read model */
  replace(client: MonitoredClient, runId: string): Promise<void>;
}
