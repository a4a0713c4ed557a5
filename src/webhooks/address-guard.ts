import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Where webhooks may go: to public addresses only, whatever the URL or DNS says. Otherwise a user who can register an
 * endpoint could reach what only this machine reaches: internal services, and the metadata of its cloud.
 */

/** All addresses of a host name. @throws where it has none */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

export interface GuardOptions {
  /** also this machine, there also without TLS: for development */
  readonly allowLoopback: boolean;
  /** default: the system's resolver */
  readonly resolve?: ResolveHost;
}

/** Public by their range, yet answered by the cloud's host: Azure's wire server. */
const hostServices = new Set(['168.63.129.16']);

/** Global unicast. Addresses outside of it have no registry: also IPv4 addresses in IPv6 form (`::7f00:1`). */
const publicV6 = ipaddr.parseCIDR('2000::/3');

/** Whether a webhook may connect to an IP address. */
export function isAllowedAddress(address: string, { allowLoopback }: Pick<GuardOptions, 'allowLoopback'>): boolean {
  // An address with a zone is one of this link.
  if (address.includes('%') || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (allowLoopback && parsed.range() === 'loopback') return true;
  if (parsed.range() !== 'unicast' || hostServices.has(parsed.toString())) return false;
  return parsed.kind() === 'ipv4' || parsed.match(publicV6);
}

/** The host of a URL as a resolver or a socket takes it: IPv6 addresses without brackets. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/** A webhook that must not be sent. The message is for the owner of the endpoint and says no address. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

/** Reads an address of an endpoint, without looking at its host. @throws RefusedAddress with a text beginning with "must" */
export function parseWebhookUrl(text: string, { allowLoopback }: Pick<GuardOptions, 'allowLoopback'>): URL {
  if (!URL.canParse(text)) throw new RefusedAddress('must be a URL, such as "https://billing.example/hooks"');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(allowLoopback && url.protocol === 'http:')) {
    throw new RefusedAddress('must start with https://');
  }
  if (url.username || url.password) {
    throw new RefusedAddress('must not hold a user or password: receivers verify the signature instead');
  }
  if (url.hash) throw new RefusedAddress('must not have a part after #');
  if (isIP(hostOf(url)) !== 0 && !isAllowedAddress(hostOf(url), { allowLoopback })) throw notPublic();
  return url;
}

/**
 * Checks an address of an endpoint with its host, when it is saved. Each attempt checks it again.
 *
 * @throws RefusedAddress
 */
export async function requirePublicUrl(text: string, options: GuardOptions): Promise<void> {
  await allowedAddresses(parseWebhookUrl(text, options), options);
}

/**
 * The addresses to connect to. A host with any other address is refused: which of them a connection takes is left to
 * chance.
 *
 * @throws RefusedAddress
 */
export async function allowedAddresses(url: URL, options: GuardOptions): Promise<readonly string[]> {
  const addresses = await addressesOf(url, options.resolve ?? resolveHost);
  if (!addresses.every((address) => isAllowedAddress(address, options))) throw notPublic();
  const isLocal = (address: string): boolean => ipaddr.parse(address).range() === 'loopback';
  if (url.protocol === 'http:' && !addresses.every(isLocal)) throw new RefusedAddress('must start with https://');
  return addresses;
}

/** Connects to these addresses whatever the name resolves to by then: DNS cannot exchange a checked address. */
export function lookupOf(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, { all }, callback) => {
    const [first] = found;
    if (!first) callback(new RefusedAddress('must have a host that resolves'), '', 0);
    else if (all) callback(null, [...found]);
    else callback(null, first.address, first.family);
  };
}

async function addressesOf(url: URL, resolve: ResolveHost): Promise<readonly string[]> {
  const host = hostOf(url);
  if (isIP(host) !== 0) return [host];
  let addresses: readonly string[];
  try {
    addresses = await resolve(host);
  } catch (error) {
    throw new RefusedAddress('must have a host that resolves', { cause: error });
  }
  if (addresses.length === 0) throw new RefusedAddress('must have a host that resolves');
  return addresses;
}

async function resolveHost(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true, verbatim: true });
  return found.map(({ address }) => address);
}

function notPublic(): RefusedAddress {
  return new RefusedAddress('must have a public host: private, local, and reserved addresses are refused');
}
