import { createSecretCipher, type SecretCipher } from '../../storage/access/secret-encryption.js';
import type { ApiContext } from '../context.js';
import { ApiProblem } from '../http/problem.js';

/**
 * What keeps secrets encrypted.
 *
 * @param secrets which ones, for the message: `webhook secrets`
 * @throws ApiProblem `not_configured` without SECRET_KEY
 */
export function sealerOf(context: ApiContext, secrets: string): SecretCipher {
  const key = context.config.SECRET_KEY;
  if (key === undefined) {
    throw new ApiProblem(
      'not_configured',
      `${secrets} are kept encrypted, and no key is set for that: set SECRET_KEY to 32 random bytes in base64 (openssl rand -base64 32) and start again`,
    );
  }
  return createSecretCipher(key);
}

/**
 * The same for the secrets of authenticator apps.
 *
 * @throws ApiProblem `not_configured` without SECRET_KEY, and at opening a secret that was encrypted with another one
 */
export function appSealerOf(context: ApiContext): SecretCipher {
  const sealer = sealerOf(context, 'secrets of authenticator apps');
  return {
    encrypt: (secret, place) => sealer.encrypt(secret, place),
    decrypt(sealed, place) {
      try {
        return sealer.decrypt(sealed, place);
      } catch (error) {
        const problem = new ApiProblem(
          'not_configured',
          'the secret of this authenticator app was encrypted with another SECRET_KEY: set that one again, log in with a recovery code, or ask an administrator to reset the two-step login',
        );
        problem.cause = error;
        throw problem;
      }
    },
  };
}
