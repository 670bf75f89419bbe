import { isIP, isIPv6 } from 'net';

/** A block of IPv4 or IPv6 addresses. */
export interface Cidr {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  readonly prefix: number;
  readonly text: string;
}

/** Addresses that no router of the internet carries: RFC 1918, RFC 6598, link-local, loopback, RFC 4193. */
const PRIVATE_BLOCKS = [
  '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8', 'fc00::/7', 'fe80::/10',
].map(block => parseCidr(block)!);

/** Public blocks up to this size are somebody's addresses (an office, a partner); wider ones are the internet. */
const SOMEBODY = { 4: 24, 6: 48 };

/** The widest private block that is smaller than a VPC can be (/16): what is wider reaches beyond one network. */
const VPC_PREFIX = { 4: 16, 6: 56 };

/** Reads a block in CIDR notation; undefined when it is not one. */
export function parseCidr(text: string): Cidr | undefined {
  const [address, length, ...rest] = text.trim().split('/');
  if (isIP(address) === 0 || rest.length > 0 || !/^\d{1,3}$/.test(length ?? '')) { return undefined; }
  const family = isIPv6(address) ? 6 : 4;
  const bits = family === 6 ? 128 : 32;
  const prefix = Number(length);
  if (prefix > bits) { return undefined; }
  const size = 2n ** BigInt(bits - prefix);
  const number = family === 6 ? ipv6Number(address) : ipv4Number(address);
  const first = number - number % size;
  return { family, first, last: first + size - 1n, prefix, text: text.trim() };
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

export function overlaps(one: Cidr, other: Cidr): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}

/** Whether the block stands for the internet: public, and wider than the addresses of one party. */
export function isInternet(cidr: Cidr): boolean {
  return !PRIVATE_BLOCKS.some(block => contains(block, cidr)) && cidr.prefix < SOMEBODY[cidr.family];
}

/** Whether the block is wider than any one VPC, or as wide as the default VPC of every account. */
export function isWiderThanVpc(cidr: Cidr): boolean {
  return cidr.prefix < VPC_PREFIX[cidr.family] || contains(cidr, DEFAULT_VPC);
}

/** Whether blocks hold all addresses of another, together. */
export function cover(blocks: Cidr[], whole: Cidr): boolean {
  const sorted = blocks.filter(block => overlaps(block, whole)).sort((one, other) => one.first < other.first ? -1 : 1);
  const next = sorted.reduce((from, block) => block.first <= from && block.last >= from ? block.last + 1n : from, whole.first);
  return next > whole.last;
}

/** The block of default VPCs. (https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html) */
const DEFAULT_VPC = parseCidr('172.31.0.0/16')!;

function ipv4Number(address: string): bigint {
  return address.split('.').reduce((number, part) => number * 256n + BigInt(part), 0n);
}

function ipv6Number(address: string): bigint {
  const [head, tail] = expandIpv4(address).split('::').map(half => half.split(':').filter(part => part !== ''));
  const groups = tail === undefined ? head : [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.reduce((number, group) => number * 65536n + BigInt(`0x${group}`), 0n);
}

/** `::ffff:10.0.0.1` is IPv6 too. */
function expandIpv4(address: string): string {
  return address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a, b, c, d] = parts.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
}
