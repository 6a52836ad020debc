import { ANNOUNCED_MINUTES } from '@contract/history'

/** Minutes as a person typed them; null = nothing that may be announced. */
export function minutesOf(text: string): number | null {
  const minutes = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN
  return minutes >= ANNOUNCED_MINUTES.least && minutes <= ANNOUNCED_MINUTES.most ? minutes : null
}
