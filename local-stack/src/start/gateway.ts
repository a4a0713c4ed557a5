import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { DemoGateway } from '../demo/cards.js';
import { demoCards } from '../demo/cards.js';
import { loadOrCreateSecret } from './kept-secret.js';
import type { Ports } from './ports.js';
import type { Stack } from './stack.js';

/** Starts the sandbox payment gateway, which charges the cards of the demo data. */
export async function beginGateway(
  stack: Stack,
  { dataDir, ports }: { readonly dataDir: string; readonly ports: Ports },
): Promise<DemoGateway> {
  return stack.start('Card sandbox', async () => {
    const { startSandboxGateway } = await import('../gateway/sandbox-gateway.js');
    const apiKey = loadOrCreateSecret(path.join(dataDir, 'sandbox-gateway-key'), () =>
      randomBytes(32).toString('base64url'),
    );
    const sandbox = await startSandboxGateway({ port: ports.gateway, apiKey });
    for (const card of Object.values(demoCards)) sandbox.state.cards.set(card.paymentProfileId, card);
    return { value: { url: sandbox.url, apiKey }, where: sandbox.url, stop: () => sandbox.stop() };
  });
}
