import { readFileSync } from 'node:fs';
import { Client, Connection, type TLSConfig } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Config } from '../config.js';

export interface TemporalConnection {
  readonly connection: Connection;
  readonly client: Client;
}

type Settings = Pick<
  Config,
  | 'TEMPORAL_ADDRESS'
  | 'TEMPORAL_NAMESPACE'
  | 'TEMPORAL_API_KEY'
  | 'TEMPORAL_TLS'
  | 'TEMPORAL_TLS_CA'
  | 'TEMPORAL_TLS_CERT'
  | 'TEMPORAL_TLS_KEY'
>;

/** Connects, and fails when the server does not answer. */
export async function connectTemporal(config: Settings): Promise<TemporalConnection> {
  const connection = await Connection.connect(connectionOptions(config));
  return { connection, client: clientOf(connection, config) };
}

/** Connects at the first call, so that a service may start while Temporal is away. */
export function connectTemporalLazily(config: Settings): TemporalConnection {
  const connection = Connection.lazy(connectionOptions(config));
  return { connection, client: clientOf(connection, config) };
}

/** The connection of a worker. */
export async function connectWorker(config: Settings): Promise<NativeConnection> {
  return NativeConnection.connect(connectionOptions(config));
}

function clientOf(connection: Connection, config: Settings): Client {
  return new Client({ connection, namespace: config.TEMPORAL_NAMESPACE });
}

interface Reach {
  readonly address: string;
  readonly tls?: TLSConfig;
  readonly apiKey?: string;
}

function connectionOptions(config: Settings): Reach {
  const tls = tlsOf(config);
  return {
    address: config.TEMPORAL_ADDRESS ?? '127.0.0.1:7233',
    ...(tls && { tls }),
    ...(config.TEMPORAL_API_KEY !== undefined && { apiKey: config.TEMPORAL_API_KEY }),
  };
}

function tlsOf(config: Settings): TLSConfig | null {
  const { TEMPORAL_TLS_CA: ca, TEMPORAL_TLS_CERT: crt, TEMPORAL_TLS_KEY: key } = config;
  if (!config.TEMPORAL_TLS && !ca && !crt && !config.TEMPORAL_API_KEY) return null;
  return {
    ...(ca && { serverRootCACertificate: readFileSync(ca) }),
    ...(crt && key && { clientCertPair: { crt: readFileSync(crt), key: readFileSync(key) } }),
  };
}
