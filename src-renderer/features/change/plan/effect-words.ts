/** An effect of a plan in words. Pure; the sentences belong to the rules (shared/words/phrases/effects.ts). */
import type { Effect } from '@contract/change'
import { quantityWords, say as sentence, sayAll } from '@shared/words/say'
import type { Say } from '../../common/say'

export const effectWords = (say: Say, { says }: Effect): string => sentence(say.f.locale, says)

/** Class of the level's word: refused and block share the loudest look. */
export const levelTone = (level: Effect['level']): string =>
  level === 'refused' || level === 'block' ? 'stop' : level === 'warn' || level === 'unknown' ? 'careful' : level

function noteWords({ f: { locale } }: Say, { noteUnit: unit = 'count' }: Effect, value: number): string {
  if (Number.isNaN(value)) return ''
  switch (unit) {
    case 'records':
      return sentence(locale, { id: 'note.records', args: { value: { unit, value } } })
    case 'in-sync':
      return sentence(locale, { id: 'note.in-sync', args: { value: { unit, value } } })
    case 'bytes':
    case 'ms':
    case 'count':
      return quantityWords(locale, { unit, value })
  }
}

/** What one row says beside its name: names the rule found there, why it is not known, and the row's own figure. */
export const rowWords = (say: Say, effect: Effect, { text, reasons = [], note }: Effect['rows'][number]): string =>
  [text, sayAll(say.f.locale, reasons), noteWords(say, effect, note)].filter((part) => part !== '').join(' · ')
