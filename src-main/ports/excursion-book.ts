import type { LateHour } from '../contract/advisor'

/** Where excursions of followers are kept for 30 days, by hours; history/book/ is the real one. */
export interface ExcursionReader {
  /** Hours that begin at `from` or later, oldest first, those that cannot be read too. */
  excursionHours(from: number): readonly number[]
  /** null = it cannot be read. */
  excursionHour(at: number): LateHour | null
}

export interface ExcursionWriter {
  /** Adds to what is kept of its hour. Never throws, and takes no time of the caller's. */
  addExcursions(part: LateHour): void
}
