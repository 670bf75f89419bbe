import { Value } from '../../../template/private/resolver';

/** What a rule admits, as far as ports go. A bound that is known only when deployed is left out: it may be any. */
export interface Ports {
  readonly protocol: string;
  readonly from?: number;
  readonly to?: number;
}

/** Protocols, by name or number, that carry no TCP: a data store does not answer them. */
const NOT_TCP = ['udp', '17', 'icmp', '1', 'icmpv6', '58'];
const ALL = '-1';

export function toPorts(protocol: Value | undefined, from: Value | undefined, to: Value | undefined): Ports {
  const name = protocol?.kind === 'literal' ? protocol.text.toLowerCase() : ALL;
  const bounds = name === ALL ? {} : { from: bound(from), to: bound(to) };
  return { protocol: name === '6' ? 'tcp' : name, ...bounds };
}

/** Whether TCP on the port is admitted; without a port, whether TCP is admitted on any. */
export function admits(ports: Ports, port: number | undefined): boolean {
  if (NOT_TCP.includes(ports.protocol)) { return false; }
  return port === undefined || ((ports.from ?? 0) <= port && port <= (ports.to ?? 65535));
}

/** The ports in words, such as `tcp 3306` or `all protocols`. */
export function portsText(ports: Ports): string {
  if (ports.protocol === ALL) { return 'all protocols'; }
  if (ports.from === undefined && ports.to === undefined) { return `${ports.protocol} any port`; }
  return ports.from === ports.to ? `${ports.protocol} ${ports.from}` : `${ports.protocol} ${ports.from ?? 0}-${ports.to ?? 65535}`;
}

/** -1 is EC2's way to say all ports. */
function bound(value: Value | undefined): number | undefined {
  const number = value?.kind === 'literal' ? Number(value.text) : NaN;
  return Number.isInteger(number) && number >= 0 ? number : undefined;
}
