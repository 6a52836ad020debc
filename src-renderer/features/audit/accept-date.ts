/** The end date of an acceptance, as a date field has it and as a moment. Pure: days are those of the machine. */
import { ACCEPT_MOST_DAYS } from '@shared/audit-rules'

const two = (value: number): string => String(value).padStart(2, '0')

const asText = (date: Date): string => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`

/** `2026-11-30`, so many days after the day of `now`. */
export function dateAfter(now: number, days: number): string {
  const date = new Date(now)
  return asText(new Date(date.getFullYear(), date.getMonth(), date.getDate() + days))
}

/** When that day begins here; NaN where it is no date, has begun, or is too far away. */
export function untilOf(text: string, now: number): number {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (parts === null) return Number.NaN
  const date = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
  const at = date.getTime()
  return asText(date) === text && at > now && at <= now + ACCEPT_MOST_DAYS * 86_400_000 ? at : Number.NaN
}
