import type { Reason } from '../../ports/reason'

interface Way {
  readonly reason: Extract<Reason, 'no-route' | 'own-limit' | 'own-firewall' | 'own-network'>
  readonly text: string
}

const NO_ROUTE: Way = { reason: 'no-route', text: 'no route to it' }
const NOT_LET_OUT: Way = {
  reason: 'own-firewall',
  text: 'this machine does not let us out, as a firewall or a security program of it does',
}

/**
 * Codes of connect(2), socket(2) and getaddrinfo(3), as libuv names them, that tell of the way and not of the broker. With `no-route` the way is told by
 * somebody on it, and the broker's machine may be off; with the others this machine did not even try. None of them has anything to do with what the
 * broker answers.
 */
export const UNREACHABLE: ReadonlyMap<string, Way> = new Map<string, Way>([
  ['EHOSTUNREACH', NO_ROUTE],
  ['EHOSTDOWN', { reason: 'no-route', text: 'its machine is down, or no neighbour of ours answers for it' }],
  ['ENONET', NO_ROUTE],
  ['ENETUNREACH', { reason: 'no-route', text: 'no route to its network' }],
  ['ENETDOWN', { reason: 'own-network', text: 'the network of this machine is down' }],
  ['EAFNOSUPPORT', { reason: 'own-network', text: 'this machine does not speak this kind of address (IPv6)' }],
  ['EADDRNOTAVAIL', { reason: 'own-limit', text: 'this machine has no address or port left to connect from' }],
  ['EMFILE', { reason: 'own-limit', text: 'this program may open no further file or connection' }],
  ['ENFILE', { reason: 'own-limit', text: 'this machine may open no further file or connection' }],
  ['ENOBUFS', { reason: 'own-limit', text: 'this machine has no memory left for a connection' }],
  ['ENOMEM', { reason: 'own-limit', text: 'this machine has no memory left for a connection' }],
  ['EAI_MEMORY', { reason: 'own-limit', text: 'this machine has no memory left to look its name up' }],
  ['EPERM', NOT_LET_OUT],
  ['EACCES', NOT_LET_OUT],
])

/** A code of the operating system, not one of Node's own (`ERR_…`): whatever it is, no broker made it. */
export const isSystemCode = (code: string): boolean => /^E[A-Z0-9]+$/.test(code)
