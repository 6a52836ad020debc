import { PortError } from '../../ports/cluster-port'
import { addressText } from '../../shared/bootstrap'
import type { HostPort } from '../../shared/bootstrap'
import type { Deadline } from './deadline'

/** After that much silence the next address is tried as well: a frozen first broker must not cost the whole time. */
export const PATIENCE_MS = 750

export interface Attempt<T> {
  readonly answer: Promise<T>
  cancel(): void
}

/** Which failure says most about what to do when several addresses failed in different ways. */
const TELLING: readonly PortError['kind'][] = [
  'other-cluster',
  'auth',
  'tls',
  'kafka',
  'unsupported',
  'protocol',
  'closed',
  'timeout',
  'reset',
  'refused',
  'no-route',
  'unknown-host',
  'ours',
  'closed-by-us',
]

/**
 * Tries the addresses in turn: the next one starts when the one before has failed, or has been silent for 750 ms. The first that answers
 * wins, the others are cancelled. Rejects with the most telling PortError when all have failed or the deadline has passed.
 */
export function firstToAnswer<T>(
  addresses: readonly HostPort[],
  deadline: Deadline,
  attempt: (address: HostPort) => Attempt<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const running = new Set<Attempt<T>>()
    const failures: { readonly address: HostPort; readonly error: PortError }[] = []
    let next = 0
    let over = false
    let patience: NodeJS.Timeout | undefined
    const finish = (settle: () => void): void => {
      over = true
      clearTimeout(patience)
      for (const other of running) other.cancel()
      settle()
    }
    const startNext = (): void => {
      clearTimeout(patience)
      const address = addresses[next]
      if (over || address === undefined || (deadline.passed && failures.length > 0)) return
      next += 1
      const one = attempt(address)
      running.add(one)
      patience = setTimeout(startNext, PATIENCE_MS)
      one.answer.then(
        (value) => {
          running.delete(one)
          if (!over) finish(() => resolve(value))
          else one.cancel()
        },
        (error: unknown) => {
          running.delete(one)
          if (over) return
          failures.push({ address, error: asPortError(error, address) })
          if (failures.length === addresses.length || (running.size === 0 && deadline.passed))
            finish(() => reject(verdict(failures)))
          else startNext()
        },
      )
    }
    if (addresses.length === 0) reject(new PortError('bad-input', 'unknown-host', 'No bootstrap address is given'))
    else startNext()
  })
}

/** Of several failures the one that says most about what to do; null = there is none. */
export function mostTelling(errors: readonly PortError[]): PortError | null {
  const ranked = [...errors].sort((a, b) => TELLING.indexOf(a.kind) - TELLING.indexOf(b.kind))
  return ranked[0] ?? null
}

function verdict(failures: readonly { readonly address: HostPort; readonly error: PortError }[]): PortError {
  const first =
    mostTelling(failures.map(({ error }) => error)) ??
    new PortError('unreachable', 'timeout', 'No bootstrap address answered')
  if (failures.length < 2) return first
  // A login that one has refused is given to no other, and that is said once.
  const all = [...new Set(failures.map(({ error }) => error.message))].join('; ')
  return new PortError(
    first.code,
    first.reason,
    `None of ${failures.length} bootstrap addresses can be used: ${all}`,
    first.kafkaError,
    first.host,
    false,
    first.leadsTo,
    first.at,
  )
}

function asPortError(error: unknown, address: HostPort): PortError {
  if (error instanceof PortError) return error
  const text = error instanceof Error ? error.message : String(error)
  return new PortError('internal', 'protocol', `${addressText(address)}: ${text}`, 0, addressText(address))
}
