import type { ExportTable } from '../../../stores/screen'
import type { ComparedKey } from './compare-rows'

/** One column per subject, values as Kafka stores them; null = not told, or the subject has no such key. */
export const comparedExport = (
  name: string,
  subjects: readonly string[],
  keys: readonly ComparedKey[],
): ExportTable => ({
  name,
  columns: ['key', 'differs', ...subjects],
  rows: keys.map((key) => [key.name, key.differs, ...key.values.map((value) => value?.value ?? null)]),
})
