/** `14:59` for what is left of a stretch of time, rounded up so that 0:00 is the end; below zero counts as zero. */
export function countdown(ms: number): string {
  const seconds = Math.ceil(Math.max(0, ms) / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
