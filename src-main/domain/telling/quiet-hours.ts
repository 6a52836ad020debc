import type { TellingRules } from '../../contract/telling'

/** Minute of the day as a clock on the wall shows it; on the nights when clocks change it shows one twice, or leaves some out. `timeZone` left out: the machine's. */
function minuteOf(at: number, timeZone?: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).formatToParts(at)
  const valueOf = (type: 'hour' | 'minute'): number => Number(parts.find((part) => part.type === type)?.value)
  return valueOf('hour') * 60 + valueOf('minute')
}

/** `from` belongs to it, `until` does not. Both the same: it is never quiet. */
export function isQuiet({ on, from, until }: TellingRules['quiet'], at: number, timeZone?: string): boolean {
  if (!on || from === until) return false
  const now = minuteOf(at, timeZone)
  return from < until ? from <= now && now < until : from <= now || now < until
}
