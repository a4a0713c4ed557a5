import type { SealedSource } from '../../../storage/payments/webhook-sources.js';
import type { ApiContext } from '../../context.js';
import { ApiProblem, problemAt } from '../../http/problem.js';
import { check } from '../../contract/validation.js';
import { z } from '../../contract/zod.js';
import { secretsOf } from './shared.js';
import { signatureError, type SignatureError } from './signature.js';

/** A message that is signed as in Standard Webhooks, from its headers to its checked body. */

/** Optional to the schema only: a message without it is one that is not signed. */
const header = z.string().max(2000).optional().openapi({ description: 'As in Standard Webhooks; required' });

export const webhookHeaders = z.object({
  'webhook-id': header,
  'webhook-timestamp': header,
  'webhook-signature': header,
});

interface ReceivedMessage {
  readonly headers: z.output<typeof webhookHeaders>;
  readonly rawBody: Buffer;
  readonly now: number;
}

/**
 * The source, where the message is signed with one of its secrets. Only a sender who can sign for a source learns that it
 * exists. @throws ApiProblem `signature_invalid`
 */
export function requireSigned(
  context: ApiContext,
  source: SealedSource | null,
  { headers, rawBody, now }: ReceivedMessage,
): SealedSource {
  const message = {
    id: headers['webhook-id'] ?? '',
    timestamp: headers['webhook-timestamp'] ?? '',
    signature: headers['webhook-signature'] ?? '',
    body: rawBody,
  };
  const secrets = source?.active ? secretsOf(context, source, now) : [];
  const fault = signatureError(message, secrets, now);
  if (fault !== null || !source) throw refused(fault);
  return source;
}

function refused(fault: SignatureError): ApiProblem {
  const [name, detail] = fault === null ? errorTexts.signature : errorTexts[fault];
  return problemAt('signature_invalid', `#/headers/${name}`, detail);
}

const errorTexts = {
  id: ['webhook-id', 'must be 1 to 200 visible ASCII characters, the same for every repetition of a message'],
  timestamp: [
    'webhook-timestamp',
    'must be seconds since 1970, within 5 minutes of now: check the clock, and sign again for every attempt',
  ],
  signature: [
    'webhook-signature',
    'must match a secret of this source: check the secret, and that the body is sent exactly as signed, in UTF-8',
  ],
} as const;

/** Only after its signature was found right is a body looked into. @throws ApiProblem `malformed_json`, `invalid` */
export function bodyOf<S extends z.ZodType>(schema: S, rawBody: Buffer): z.output<S> {
  return checkedBody(schema, jsonOf(rawBody));
}

export function jsonOf(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw problemAt('malformed_json', '#', 'the body is not JSON');
  }
}

export function checkedBody<S extends z.ZodType>(schema: S, content: unknown): z.output<S> {
  const event = check(schema, content, 'body');
  if (event.ok) return event.value;
  const [first] = event.faults;
  throw new ApiProblem('invalid', `${first?.pointer ?? '#'}: ${first?.detail ?? ''}`, { errors: event.faults });
}
