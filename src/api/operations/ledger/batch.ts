import type { SingleEntryKind } from '../../../domain/ledger/entry-kinds.js';
import type { NewEntry } from '../../../domain/ledger/entry.js';
import { recordEachEntry } from '../../../services/ledger/record-entries.js';
import { isRefusedForMeaning, raiseRefusedPayments, sentPayment } from '../../../storage/events/refused-payments.js';
import type { PostResult } from '../../../storage/ledger/ledger.js';
import type { Scope } from '../../../storage/system/scope.js';
import { ok } from '../../contract/answers.js';
import type { ApiContext } from '../../context.js';
import { defineOperation, type Operation } from '../../contract/operation.js';
import type { FieldError } from '../../http/problem.js';
import { money, reference } from '../../contract/schemas.js';
import { check } from '../../contract/validation.js';
import { z } from '../../contract/zod.js';
import { accountField, entryFields, entryJson, entrySchema, newEntry } from './shared.js';

const mostItems = 1000;

const resultSchema = z
  .strictObject({
    index: z.int().openapi({ description: 'Place in the request, from 0' }),
    outcome: z.enum(['posted', 'replayed', 'refused']),
    entry: entrySchema.optional(),
    errors: z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
  })
  .openapi('BatchResult');

const answerSchema = z
  .strictObject({
    posted: z.int(),
    replayed: z.int(),
    refused: z.int(),
    results: z.array(resultSchema).openapi({ description: 'One per item, in order' }),
  })
  .openapi('BatchAnswer');

type Result = z.input<typeof resultSchema>;

interface BatchSpec {
  readonly id: string;
  readonly path: string;
  readonly kind: SingleEntryKind;
  readonly summary: string;
  /** amount of the example */
  readonly example: string;
}

/** An operation that posts up to 1000 entries; each is judged alone, so that a bad one harms no other. */
export function batchOperation(spec: BatchSpec): Operation {
  const amount = spec.kind === 'adjustment' ? money() : money({ least: 'more_than_zero' });
  const itemSchema = z.strictObject({ ...entryFields, accountId: accountField, clientId: reference, amount });
  return defineOperation({
    id: spec.id,
    method: 'post',
    path: spec.path,
    area: 'ledger',
    summary: spec.summary,
    description:
      `Up to ${mostItems} items, in one transaction of all that are valid. The status is 200 even if all are ` +
      'refused: check `results`. Items posted earlier are `replayed`, so a batch is safe to send again.',
    scope: 'payments:write',
    request: {
      body: z.strictObject({
        items: z
          .array(z.unknown())
          .min(1)
          .max(mostItems)
          .openapi({
            type: 'array',
            items: { type: 'object' },
            description: 'Each as in the operation for a single entry',
          }),
      }),
    },
    example: { items: [{ id: `${spec.kind}-1`, clientId: '7', amount: spec.example, currency: 'USD' }] },
    responses: { 200: { description: 'Result of each item', schema: answerSchema } },
    async handler({ body, caller, context, scope, requester, now }) {
      const results: (Result | null)[] = [];
      const entries: { readonly index: number; readonly entry: NewEntry }[] = [];
      body.items.forEach((item, index) => {
        const checked = check(itemSchema, item, 'body');
        results.push(checked.ok ? null : refused(index, checked.faults));
        if (!checked.ok) return;
        const { value } = checked;
        entries.push({ index, entry: newEntry(spec.kind, value.clientId, value, value.amount, caller) });
      });
      const posted = await recordEachEntry(
        requester,
        entries.map(({ entry }) => entry),
      );
      context.live.touch(posted.flatMap((result) => (result.ok ? [result.entry.clientId] : [])));
      if (spec.kind === 'payment') await raiseRefusals({ context, scope, now }, entries, posted);
      posted.forEach((result, place) => {
        const { index } = entries[place] ?? { index: -1 };
        results[index] = resultOf(index, result);
      });
      const all = results.filter((result): result is Result => result !== null);
      return ok({
        posted: all.filter(({ outcome }) => outcome === 'posted').length,
        replayed: all.filter(({ outcome }) => outcome === 'replayed').length,
        refused: all.filter(({ outcome }) => outcome === 'refused').length,
        results: all,
      });
    },
  });
}

/** Written after the batch: what was refused in it left no other trace. */
async function raiseRefusals(
  { context, scope, now }: { readonly context: ApiContext; readonly scope: Scope; readonly now: number },
  entries: readonly { readonly entry: NewEntry }[],
  posted: readonly PostResult[],
): Promise<void> {
  const refusals = posted.flatMap((result, place) => {
    const entry = entries[place]?.entry;
    if (result.ok || !entry || !isRefusedForMeaning(result.error)) return [];
    return [{ ...sentPayment(entry), error: result.error }];
  });
  // On the service's own connections: the same event may be open already because of another reseller's payment.
  await raiseRefusedPayments(context.databases.service, refusals, { withinReseller: scope.resellerId, atMs: now });
}

function resultOf(index: number, result: PostResult): Result {
  if (!result.ok) {
    const { code, message, pointer } = result.error;
    return refused(index, [{ pointer: `#${pointer}`, code, detail: message }]);
  }
  return { index, outcome: result.entry.replayed ? 'replayed' : 'posted', entry: entryJson(result.entry) };
}

function refused(index: number, faults: readonly FieldError[]): Result {
  const errors = faults.map((fault) => ({ ...fault, pointer: `#/items/${index}${fault.pointer.slice(1)}` }));
  return { index, outcome: 'refused', errors };
}
