import type { ConfigValue } from '@contract/config'
import { CONFIG_SOURCES, CONFIG_TYPES } from '@contract/config'
import type { ExportTable } from '../../../stores/screen'

/** A table of settings as shown; a value Kafka does not tell is null. */
export const configExport = (name: string, values: readonly ConfigValue[]): ExportTable => ({
  name,
  columns: ['key', 'value', 'source', 'type', 'sensitive', 'readOnly', 'inheritedValue', 'inheritedSource'],
  rows: values.map((one) => [
    one.name,
    one.value,
    CONFIG_SOURCES[one.source] ?? 'unknown',
    CONFIG_TYPES[one.type] ?? 'unknown',
    one.sensitive,
    one.readOnly,
    one.inherited?.value ?? null,
    one.inherited === null ? null : (CONFIG_SOURCES[one.inherited.source] ?? 'unknown'),
  ]),
})
