/** Settings of several subjects (topics, brokers) side by side. Pure. */
import type { ConfigValue } from '@contract/config'
import { configKey } from '@shared/config-keys'

export interface ComparedKey {
  readonly name: string
  /** Aligned with the subjects; null = this one does not have the key. */
  readonly values: readonly (ConfigValue | null)[]
  readonly differs: boolean
}

/** A sensitive value is never told, so two of them can be neither equal nor different: not counted as a difference. */
const tellable = (value: ConfigValue | null): string =>
  value === null ? ' none' : value.sensitive ? ' hidden' : `=${value.value ?? ' unset'}`

/** Every key of any of them: differences first, replication first among equals, then by name. */
export function compareValues(subjects: readonly (readonly ConfigValue[])[]): ComparedKey[] {
  const tables = subjects.map((values) => new Map(values.map((value) => [value.name, value])))
  const names = [...new Set(tables.flatMap((table) => [...table.keys()]))]
  const rank = ({ name, differs }: ComparedKey): number =>
    (differs ? 0 : 2) + (configKey(name)?.replication === true ? 0 : 1)
  return names
    .map((name): ComparedKey => {
      const values = tables.map((table) => table.get(name) ?? null)
      return { name, values, differs: new Set(values.map(tellable)).size > 1 }
    })
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
}

/** Ids, addresses and folders of a broker: they differ by nature. */
const OWN_KEYS: ReadonlySet<string> = new Set([
  'broker.id',
  'node.id',
  'broker.rack',
  'listeners',
  'advertised.listeners',
  'host.name',
  'port',
  'advertised.host.name',
  'advertised.port',
  'log.dir',
  'log.dirs',
  'metadata.log.dir',
  'reserved.broker.max.id',
  'ssl.keystore.location',
  'ssl.truststore.location',
])
/** Also behind the prefix of one listener: `listener.name.internal.ssl.keystore.location`. */
export const differsByNature = (name: string): boolean => OWN_KEYS.has(name.replace(/^listener\.name\.[^.]+\./, ''))
