import { BlockList, isIP } from 'node:net';

// The special-purpose address registries of IANA (RFC 6890 and its successors), plus what clouds answer secrets on.
const innerIPv4: [network: string, prefix: number][] = [
  ['0.0.0.0', 8], // this host
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carrier-grade NAT; holds Alibaba's metadata address too
  ['127.0.0.0', 8],
  ['168.63.129.16', 32], // Azure's host service: looks public, but answers inside only
  ['169.254.0.0', 16], // link-local: the metadata address of most clouds
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24], // documentation, like 198.51.100.0 and 203.0.113.0
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16],
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
];

/** Parts of 2000::/3 that are not ordinary hosts; all else outside 2000::/3 is refused as a whole. */
const innerIPv6: [network: string, prefix: number][] = [
  ['2001::', 23], // protocol assignments, with Teredo, which wraps IPv4
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4, which wraps IPv4
  ['3fff::', 20], // documentation
];

const inner = new BlockList();
for (const [network, prefix] of innerIPv4) inner.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of innerIPv6) inner.addSubnet(network, prefix, 'ipv6');

const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/**
 * Whether an IP address belongs to a host of the open internet. IPv4 addresses wrapped into IPv6 are never public:
 * nobody needs that spelling, except to get around a check.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inner.check(address, 'ipv4');
  if (family !== 6 || address.includes('%')) return false;
  return globalUnicast.check(address, 'ipv6') && !inner.check(address, 'ipv6');
}
