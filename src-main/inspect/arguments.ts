import { MECHANISMS } from '../contract/profiles'
import type { SignIn } from '../contract/profiles'
import { AUDIT_RISKS } from '../shared/audit-rules'
import type { AuditRisk } from '../shared/audit-rules'

export interface Arguments {
  readonly bootstrap: readonly string[]
  readonly watch: boolean
  /** A kept incident that is written out; null = none. */
  readonly incident: { readonly id: number; readonly folder: string; readonly profile: string } | null
  /** The profile folder whose history is written, '' = the usual one; null = nothing is recorded. */
  readonly record: { readonly profile: string } | null
  /** The least risk that counts as found; null = no audit. */
  readonly audit: AuditRisk | null
  /** Path of a PEM file, '' = the authorities Node brings along; null = no TLS. */
  readonly tls: { readonly caFile: string } | null
  readonly sasl: SignIn | null
  /** --watch: 0 = automatic. */
  readonly intervalMs: number
  readonly timeoutMs: number
}

export type Parsed =
  | { readonly kind: 'run'; readonly arguments: Arguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'bad'; readonly why: string }

export const HELP = `One full picture of a Kafka cluster's replication, as one line of JSON.

  npm run inspect -- --bootstrap HOST:PORT[,HOST:PORT...] [options]

  --bootstrap LIST   broker addresses, IPv6 in brackets; may be given more than once
  --watch            print a short line at every change instead, ending in the number of under-replicated partitions
  --record           with --watch: keep what is seen in the same history as the window does, which reads it meanwhile; while another process
                     keeps it, wait for its end and go on from there
  --profile DIR      with --record and --incident: the profile folder (otherwise HIGHWATER_PROFILE, otherwise where the window has it)
  --incident N       with --bundle: write incident N of the kept history as Markdown, JSON and CSV instead, and print where
  --bundle DIR       with --incident: the folder in which a new one is made
  --audit            check the cluster against every rule of the audit instead, and print what was found
  --fail-on RISK     with --audit: loses, stops, weak or untidy (untidy if not given): what counts as found
  --interval MS      with --watch: fixed interval, 250 to 60000 (otherwise automatic)
  --timeout MS       how long a broker may take to answer, 100 to 60000 (2000 if not given)
  --tls              connect with TLS
  --ca FILE          PEM file of the certificate authority (implies --tls); without it Node's own list counts, not the system's
  --sasl MECHANISM   plain, scram-sha-256 or scram-sha-512; the password is read from HIGHWATER_PASSWORD
  --username NAME    user name for --sasl
  --help             this text

In the JSON, times are ms since 1970, null is unknown, leader -1 is no leader; counts are of what this login sees.
Exit code: 0 every partition that this login sees is healthy, 1 trouble, 2 could not read, or not enough was seen to tell, also because this machine,
its login or a certificate does not reach a broker.
With --watch it is that of the last picture before the end.
With --record it is 3 where the history could not be kept, or not all the time (no right, disk full, written by a newer Highwater): standard error says
which. SIGINT, SIGTERM and SIGHUP end it with all that was seen written; killed, it loses the last second at most.
With --incident: 0 it is written, 2 it could not be read or written.
With --audit: 0 nothing found at or above RISK, 1 something, 2 could not read enough to tell. What is accepted in the window counts here too.
`

const WITH_VALUE = [
  '--bootstrap',
  '--fail-on',
  '--interval',
  '--timeout',
  '--ca',
  '--sasl',
  '--username',
  '--profile',
  '--incident',
  '--bundle',
] as const
const ALONE = ['--watch', '--record', '--audit', '--tls', '--help', '-h'] as const
const oneOf = <T extends string>(list: readonly T[], text: string): T | undefined => list.find((item) => item === text)

/** Splits words into options; `--name=value` and `--name value` are the same. A text = what is wrong. */
function collect(words: readonly string[]): { values: Map<string, string[]>; flags: Set<string> } | string {
  const values = new Map<string, string[]>()
  const flags = new Set<string>()
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i]!
    const equals = word.startsWith('--') ? word.indexOf('=') : -1
    const name = equals < 0 ? word : word.slice(0, equals)
    if (oneOf(ALONE, word) !== undefined) {
      flags.add(word)
      continue
    }
    if (oneOf(WITH_VALUE, name) === undefined) return `${word} is not an option of inspect`
    const next = words[i + 1]
    const value = equals >= 0 ? word.slice(equals + 1) : next
    if (value === undefined || value === '' || (equals < 0 && value.startsWith('--')))
      return `${name} wants a value after it`
    if (equals < 0) i += 1
    values.set(name, [...(values.get(name) ?? []), value])
  }
  return { values, flags }
}

function numberBetween(text: string | undefined, low: number, high: number, otherwise: number): number | null {
  if (text === undefined) return otherwise
  const value = Number(text)
  return /^\d+$/.test(text) && value >= low && value <= high ? value : null
}

/** Reads the command line; what is wrong is named with its value. Addresses are checked later, where the client does. */
export function parseArguments(words: readonly string[]): Parsed {
  const collected = collect(words)
  if (typeof collected === 'string') return { kind: 'bad', why: collected }
  const { values, flags } = collected
  if (flags.has('--help') || flags.has('-h')) return { kind: 'help' }
  const last = (name: (typeof WITH_VALUE)[number]): string | undefined => values.get(name)?.at(-1)
  const bootstrap = values.get('--bootstrap')
  if (bootstrap === undefined) return { kind: 'bad', why: '--bootstrap HOST:PORT is missing' }
  const intervalMs = numberBetween(last('--interval'), 250, 60_000, 0)
  if (intervalMs === null)
    return { kind: 'bad', why: `--interval ${last('--interval') ?? ''} is not a number from 250 to 60000` }
  const timeoutMs = numberBetween(last('--timeout'), 100, 60_000, 2_000)
  if (timeoutMs === null)
    return { kind: 'bad', why: `--timeout ${last('--timeout') ?? ''} is not a number from 100 to 60000` }
  const failOn = oneOf(AUDIT_RISKS, last('--fail-on') ?? 'untidy')
  if (failOn === undefined)
    return { kind: 'bad', why: `--fail-on ${last('--fail-on') ?? ''} is not one of ${AUDIT_RISKS.join(', ')}` }
  if (last('--fail-on') !== undefined && !flags.has('--audit'))
    return { kind: 'bad', why: '--fail-on wants --audit as well' }
  if (flags.has('--audit') && flags.has('--watch'))
    return { kind: 'bad', why: '--audit and --watch do not go together' }
  if (flags.has('--record') && !flags.has('--watch')) return { kind: 'bad', why: '--record wants --watch as well' }
  const incident = last('--incident')
  const id = numberBetween(incident, 1, Number.MAX_SAFE_INTEGER, 0)
  if (id === null) return { kind: 'bad', why: `--incident ${incident ?? ''} is not the number of an incident` }
  const folder = last('--bundle') ?? ''
  if (id > 0 !== (folder !== '')) return { kind: 'bad', why: '--incident and --bundle go together' }
  if (id > 0 && (flags.has('--watch') || flags.has('--audit')))
    return { kind: 'bad', why: '--incident goes with neither --watch nor --audit' }
  if (last('--profile') !== undefined && !flags.has('--record') && id === 0)
    return { kind: 'bad', why: '--profile wants --record or --incident as well' }
  const sasl = last('--sasl')?.toLowerCase()
  const mechanism = sasl === undefined ? undefined : oneOf(MECHANISMS, sasl)
  if (sasl !== undefined && mechanism === undefined)
    return { kind: 'bad', why: `--sasl ${sasl} is not one of ${MECHANISMS.join(', ')}` }
  const username = last('--username')
  if (mechanism !== undefined && username === undefined)
    return { kind: 'bad', why: '--sasl wants --username NAME as well' }
  const ca = last('--ca')
  return {
    kind: 'run',
    arguments: {
      bootstrap,
      watch: flags.has('--watch'),
      record: flags.has('--record') ? { profile: last('--profile') ?? '' } : null,
      incident: id === 0 ? null : { id, folder, profile: last('--profile') ?? '' },
      audit: flags.has('--audit') ? failOn : null,
      intervalMs,
      timeoutMs,
      tls: flags.has('--tls') || ca !== undefined ? { caFile: ca ?? '' } : null,
      sasl: mechanism === undefined || username === undefined ? null : { mechanism, username },
    },
  }
}
