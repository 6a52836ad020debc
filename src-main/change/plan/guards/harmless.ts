import type { KnownKey } from '../../../shared/config-keys'

/**
 * Keys no rule looks at, because whatever they are set to neither stops a write or a read nor loses a record nor fills a disk. Each with why. A key
 * that is neither here nor looked at by a rule is unknown (no-rule.ts).
 */
export const HARMLESS: ReadonlyMap<string, string> = new Map<KnownKey['name'], string>([
  [
    'segment.jitter.ms',
    'at random a segment is rolled up to this much before segment.ms, and never by more than that (LogConfig.randomSegmentJitter): half as long on average at worst',
  ],
])
