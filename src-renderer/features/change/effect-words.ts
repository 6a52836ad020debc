/** An effect of a plan in words. Pure; the sentences are `effect.<rule>.<variant>` and belong to the rules. */
import type { Effect } from '@contract/change'
import type { Say } from '../common/say'

/** A figure's name ends in its unit (contract/change.ts). */
function figureWords(say: Say, name: string, value: number | string, now: number): string {
  if (typeof value === 'string') return value
  if (name.endsWith('Bytes')) return say.f.bytes(value)
  if (name.endsWith('Ms')) return value === -1 ? say.t('change.noLimit') : say.f.seconds(value)
  if (name.endsWith('At')) return say.f.time(value, now)
  if (name.endsWith('Broker')) return String(value)
  return say.f.count(value)
}

export const figuresInWords = (say: Say, effect: Effect, now: number): Record<string, string> =>
  Object.fromEntries(
    Object.entries(effect.figures).map(([name, value]) => [name, figureWords(say, name, value, now)]),
  )

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

/** `partition 3` with its own figure. */
export const rowNote = (say: Say, row: Effect['rows'][number]): string =>
  row.text !== '' ? row.text : Number.isNaN(row.note) ? '' : say.f.count(row.note)
