import type { ConnectGateway } from '../domain/payments/gateway.js';
import { authorizeNetGateway } from './authorize-net/authorize-net-gateway.js';
import { httpGateway } from './http-gateway.js';
import type { GatewayHttp } from './json-request.js';

/** Opens gateways of every kind; addresses are guarded as those of outgoing webhooks are. */
export function gatewayConnector(options: GatewayHttp): ConnectGateway {
  return (connection) => {
    switch (connection.kind) {
      case 'http':
        return httpGateway(connection, options);
      case 'authorize_net':
        return authorizeNetGateway(connection, options);
    }
  };
}
