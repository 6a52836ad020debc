/** Rows of a table of settings: filtered, in groups, replication first. Pure. */
import type { ConfigValue } from '@contract/config'
import { SOURCE_DEFAULT, SOURCE_TOPIC, SOURCE_UNKNOWN } from '@contract/config'
import { CONFIG_KEYS, configKey } from '@shared/config-keys'

export type ConfigShow = 'all' | 'overrides' | 'changed'
export interface ConfigFilter {
  readonly text: string
  readonly show: ConfigShow
}

/** Row ids from here on are headings of groups: `HEADING + position in GROUPS`. Below: index into the values. */
export const HEADING = 1_000_000
export const GROUPS = ['replication', 'other'] as const

export const isOverride = (value: ConfigValue): boolean => value.source === SOURCE_TOPIC
export const isChanged = (value: ConfigValue): boolean =>
  value.source !== SOURCE_DEFAULT && value.source !== SOURCE_UNKNOWN

/** Every word must be in the name or in the value. `pending`: keys with an edit, which stay in sight whatever the switch says. */
export function matches(value: ConfigValue, filter: ConfigFilter, pending: ReadonlySet<string>): boolean {
  if (filter.show === 'overrides' && !isOverride(value) && !pending.has(value.name)) return false
  if (filter.show === 'changed' && !isChanged(value) && !pending.has(value.name)) return false
  const text = `${value.name} ${value.value ?? ''}`.toLowerCase()
  return filter.text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

export function configRows(
  values: readonly ConfigValue[],
  filter: ConfigFilter,
  pending: ReadonlySet<string> = new Set(),
): number[] {
  const groups: [number[], number[]] = [[], []]
  values.forEach((value, index) => {
    if (matches(value, filter, pending)) groups[configKey(value.name)?.replication === true ? 0 : 1].push(index)
  })
  // The few about replication stand in the catalogue's order, the one asked for most first.
  const weight = (row: number): number => CONFIG_KEYS.findIndex(({ name }) => name === values[row]!.name)
  const byName = (a: number, b: number): number => (values[a]!.name < values[b]!.name ? -1 : 1)
  groups[0].sort((a, b) => weight(a) - weight(b))
  groups[1].sort(byName)
  return groups.flatMap((rows, group) => (rows.length === 0 ? [] : [HEADING + group, ...rows]))
}
