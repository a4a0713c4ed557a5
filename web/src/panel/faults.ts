import { fieldErrorText, isApiError } from '../api/problems';
import { toastFailure } from '../ui/toast';

/** The faults of a refused request by the fields of its form; a failure that belongs to none is shown for itself. */
export function faultsOf(error: unknown, fields: readonly string[]): Record<string, string> {
  const faults = isApiError(error)
    ? error.errors.flatMap((fault) => {
        const name = fields.find((field) => fault.pointer === `#/${field}` || fault.pointer.startsWith(`#/${field}/`));
        return name === undefined ? [] : [[name, fieldErrorText(fault)] as const];
      })
    : [];
  if (faults.length === 0) toastFailure(error);
  return Object.fromEntries(faults);
}
