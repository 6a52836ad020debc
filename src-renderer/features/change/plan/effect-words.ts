/** An effect of a plan in words. Pure; the sentences are `effect.<rule>.<variant>` and belong to the rules. */
import type { Effect } from '@contract/change'
import type { Say } from '../../common/say'

/** Settings may be a few milliseconds, which would be `0 s`. */
const msWords = (say: Say, ms: number): string => (ms < 1000 ? say.f.latency(ms) : say.f.seconds(ms))

/** A figure's name ends in its unit (contract/change.ts). */
function figureWords(say: Say, name: string, value: number | string, now: number): string {
  if (typeof value === 'string') return value
  if (name.endsWith('Bytes')) return say.f.bytes(value)
  if (name.endsWith('Ms')) return value === -1 ? say.t('change.noLimit') : msWords(say, value)
  if (name.endsWith('At')) return say.f.time(value, now)
  if (name.endsWith('Broker')) return String(value)
  return say.f.count(value)
}

export const figuresInWords = (say: Say, effect: Effect, now: number): Record<string, string> =>
  Object.fromEntries(Object.entries(effect.figures).map(([name, value]) => [name, figureWords(say, name, value, now)]))

/** Where a language has a singular and a plural, the number that decides. */
const pluralOf = ({ figures, partitionCount, topicCount }: Effect): number => {
  if (typeof figures.partitionCount === 'number') return figures.partitionCount
  return partitionCount > 0 ? partitionCount : topicCount
}

export const effectWords = (say: Say, effect: Effect, now: number): string =>
  say.t(`effect.${effect.rule}.${effect.variant}`, figuresInWords(say, effect, now), pluralOf(effect))

/** Class of the level's word: refused and block share the loudest look. */
export const levelTone = (level: Effect['level']): string =>
  level === 'refused' || level === 'block' ? 'stop' : level === 'warn' || level === 'unknown' ? 'careful' : level

/** Rules whose row figure is the size of the ISR. */
const COUNTS_ISR: ReadonlySet<string> = new Set(['min-isr-raise', 'min-isr-lower', 'min-isr-one'])

function noteWords(say: Say, { rule, noteUnit }: Effect, note: number): string {
  if (Number.isNaN(note)) return ''
  if (noteUnit === 'bytes') return say.f.bytes(note)
  if (noteUnit === 'ms') return msWords(say, note)
  if (noteUnit === 'records') return say.t('change.note.records', { n: say.f.count(note) }, note)
  return COUNTS_ISR.has(rule) ? say.t('change.note.inSync', { n: say.f.count(note) }) : say.f.count(note)
}

/** What one row says beside its name: words of the rule, and the row's own figure. */
export const rowWords = (say: Say, effect: Effect, row: Effect['rows'][number]): string =>
  [row.text, noteWords(say, effect, row.note)].filter((part) => part !== '').join(' · ')
