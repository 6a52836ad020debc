import type { Settings } from '@contract/ipc'

const two = (n: number): string => String(n).padStart(2, '0')

/** Whose clock people read and write: this machine's, or UTC. */
export type Clock = Settings['clock']

/** As a field for date and time holds it, to whole seconds. */
export function fieldText(at: number, clock: Clock): string {
  const date = new Date(at)
  if (clock === 'utc') return date.toISOString().slice(0, 19)
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** NaN = it is no time. */
export function momentOfText(text: string, clock: Clock): number {
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text)
  const at = isTime ? new Date(clock === 'utc' ? `${text}Z` : text).getTime() : Number.NaN
  return at >= 0 ? at : Number.NaN
}

const MS: Readonly<Record<string, number>> = {
  ...spelled(1_000, 's sec secs second seconds 秒'),
  ...spelled(60_000, 'm min mins minute minutes 分 分钟'),
  ...spelled(3_600_000, 'h hour hours 小时'),
  ...spelled(86_400_000, 'd day days 天'),
}
function spelled(ms: number, words: string): Readonly<Record<string, number>> {
  return Object.fromEntries(words.split(' ').map((word) => [word, ms]))
}

/** `30 min ago`, `1 h 5 min ago`, `30 分钟前`; NaN = it is no such text. */
function msAgo(text: string): number {
  const whole = /^((?:\d{1,6}\s*[a-z\u4e00-\u9fff]+?\s*)+?)(?:\bago|之?前)$/.exec(text)
  if (whole === null) return Number.NaN
  return [...whole[1]!.matchAll(/(\d+)\s*([a-z\u4e00-\u9fff]+)/g)].reduce(
    (sum, [, n, unit]) => sum + Number(n) * (MS[unit!] ?? Number.NaN),
    0,
  )
}

/** A moment as people say it: how long ago, or a time of day (the last such), alone or after a date. NaN = it is none, or it is yet to come. */
export function momentOfWords(text: string, now: number, clock: Clock): number {
  const said = text.trim().toLowerCase()
  const ago = msAgo(said)
  if (ago > 0) return now - ago
  const time = /^(?:at )?(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(said)
  if (time === null) {
    const at = momentOfText(said.replace(/^(\d{4}-\d\d-\d\d) +/, '$1T').toUpperCase(), clock)
    return at < now ? at : Number.NaN
  }
  const [hours, minutes, seconds] = [time[1], time[2], time[3] ?? '0'].map(Number) as [number, number, number]
  if (hours > 23 || minutes > 59 || seconds > 59) return Number.NaN
  const day = new Date(now)
  if (clock === 'utc') {
    const at = day.setUTCHours(hours, minutes, seconds, 0)
    return at < now ? at : day.setUTCDate(day.getUTCDate() - 1)
  }
  const at = day.setHours(hours, minutes, seconds, 0)
  return at < now ? at : day.setDate(day.getDate() - 1)
}
