import { workflowInfo, type ApplicationFailure } from '@temporalio/workflow';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (failure: unknown) => void;
}

/** Callers of updates that wait for their answer. */
export class Answers {
  private readonly waiting = new Map<string, Waiting>();
  private closed: ApplicationFailure | null = null;
  private answeredAtLength = -1;

  /** Resolves with the answer to the request `id`. */
  wait(id: string): Promise<unknown> {
    if (this.closed) return Promise.reject(this.closed);
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  resolve(id: string, value: unknown): void {
    this.waiting.get(id)?.resolve(value);
    this.settle(id);
  }

  reject(id: string, failure: unknown): void {
    this.waiting.get(id)?.reject(failure);
    this.settle(id);
  }

  /** Rejects all pending and future requests with `failure`. */
  close(failure: ApplicationFailure): void {
    this.closed = failure;
    for (const id of [...this.waiting.keys()]) this.reject(id, failure);
  }

  /**
   * True when a caller was answered in the workflow task that runs now. A run must not end in that task: if a signal
   * arrives in between, the task is repeated without the updates that it had answered, and Temporal forgets the answer.
   */
  get answeredInThisTask(): boolean {
    return this.answeredAtLength === workflowInfo().historyLength;
  }

  private settle(id: string): void {
    if (this.waiting.delete(id)) this.answeredAtLength = workflowInfo().historyLength;
  }
}
