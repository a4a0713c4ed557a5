import { z } from 'zod';
import { GatewayRefusal, GatewayUnavailable, type GatewayConnection } from '../../domain/payments/gateway.js';
import { requestJson, type GatewayHttp } from '../json-request.js';

/** Requests of Authorize.net's JSON API, each with its credentials, and the errors of its answers. */

const messages = z.object({
  messages: z.object({
    resultCode: z.enum(['Ok', 'Error']),
    message: z.array(z.object({ code: z.string(), text: z.string() })).default([]),
  }),
});

/** An answer with an error code of Authorize.net, such as `E00040`. */
export class AuthorizeNetError extends GatewayRefusal {
  constructor(
    readonly code: string,
    readonly text: string,
  ) {
    super(`the gateway refused the request: ${code}`);
  }
}

/** An error on their side, or too many requests: what was asked for may have been done. */
const passing = new Set(['E00000', 'E00001', 'E00053', 'E00104']);

interface CallOptions<S extends z.ZodType> {
  /** an error that is an answer all the same */
  readonly acceptsErrors?: (body: z.output<S>) => boolean;
}

export interface AuthorizeNetApi {
  /**
   * @param content its elements in the order of Authorize.net's schema
   * @throws AuthorizeNetError GatewayUnavailable
   */
  call(request: string, content: object): Promise<void>;
  call<S extends z.ZodType>(
    request: string,
    content: object,
    schema: S,
    options?: CallOptions<S>,
  ): Promise<z.output<S>>;
}

export function authorizeNetApi({ url, login, apiKey }: GatewayConnection, http: GatewayHttp): AuthorizeNetApi {
  return {
    async call<S extends z.ZodType>(
      request: string,
      content: object,
      schema?: S,
      options: CallOptions<S> = {},
    ): Promise<z.output<S>> {
      const merchantAuthentication = { name: login, transactionKey: apiKey };
      const { status, body } = await requestJson(
        { method: 'POST', url, body: { [request]: { merchantAuthentication, ...content } } },
        http,
      );
      if (status < 200 || status > 299) throw new GatewayUnavailable(`the gateway answered ${status}`);
      const answer = messages.safeParse(body);
      if (!answer.success) throw notUnderstood();
      const result = (schema ?? z.unknown()).safeParse(body);
      const { resultCode, message } = answer.data.messages;
      if (resultCode === 'Error' && !(result.success && options.acceptsErrors?.(result.data as z.output<S>))) {
        const { code = 'E00000', text = '' } = message[0] ?? {};
        throw passing.has(code)
          ? new GatewayUnavailable(`the gateway answered ${code}`)
          : new AuthorizeNetError(code, text);
      }
      if (!result.success) throw notUnderstood();
      return result.data as z.output<S>;
    },
  };
}

function notUnderstood(): GatewayUnavailable {
  return new GatewayUnavailable('the answer of the gateway is not understood');
}
