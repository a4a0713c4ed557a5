import { Context } from '@temporalio/activity';

type Activities = Record<string, (...args: never[]) => Promise<unknown>>;

/** Where a call is held: before it has done anything, or when it has done all but say so. */
export type Moment = 'before' | 'after';

/** One call of an activity, held. */
export interface Gate {
  /** resolves when a call waits at the gate */
  readonly reached: Promise<void>;
  /** lets it continue undisturbed */
  open(): void;
  /** makes it fail, as when its process goes away: what it has done stays done, but its caller gets no result */
  break(): void;
}

interface Armed {
  readonly name: string;
  readonly moment: Moment;
  readonly clientId: string | undefined;
  arrive(): void;
  readonly passed: Promise<void>;
}

interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

function deferred(): Deferred {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

/** Holds activities at chosen moments, so that a test can do something in the middle of a step. */
export class Gates {
  private armed: Armed[] = [];

  /** Holds the next call of an activity, of one client or of any. */
  arm(name: string, moment: Moment, clientId?: string): Gate {
    const reached = deferred();
    const passed = deferred();
    // A test may break the gate before a call reaches it.
    passed.promise.catch(() => undefined);
    this.armed.push({ name, moment, clientId, arrive: reached.resolve, passed: passed.promise });
    return {
      reached: reached.promise,
      open: passed.resolve,
      break: () => passed.reject(new Error('the process went away')),
    };
  }

  /** The same activities, each of which stops at the gates. */
  around<A extends Activities>(activities: A): A {
    return new Proxy(activities, {
      get: (target, name, receiver) => {
        const activity: unknown = Reflect.get(target, name, receiver);
        if (typeof activity !== 'function' || typeof name !== 'string') return activity;
        return async (input: unknown): Promise<unknown> => {
          await this.stand(name, 'before');
          const result: unknown = await activity.call(target, input);
          await this.stand(name, 'after');
          return result;
        };
      },
    });
  }

  private async stand(name: string, moment: Moment): Promise<void> {
    const clientId = Context.current().info.workflowExecution?.workflowId.replace('monitor/', '');
    const index = this.armed.findIndex(
      (gate) => gate.name === name && gate.moment === moment && (gate.clientId ?? clientId) === clientId,
    );
    const [gate] = index < 0 ? [] : this.armed.splice(index, 1);
    if (!gate) return;
    gate.arrive();
    await gate.passed;
  }
}
