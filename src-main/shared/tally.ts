/**
 * How many of something there are, as far as it could be seen. Not a number on purpose: `tally > 0` and `tally === 0` do not compile, so
 * whoever asks has to say whether what was seen is enough (`atLeast`), or whether there must be none for certain (`isNone`).
 */
export interface Tally {
  /** Those that were seen. */
  readonly atLeast: number
  /** All that there is was looked at. False: there may be more, and `atLeast: 0` is no "none". */
  readonly complete: boolean
}

export const tally = (atLeast: number, complete = true): Tally => ({ atLeast, complete })

/** Evidence that there is none, in contrast to none seen. */
export const isNone = ({ atLeast, complete }: Tally): boolean => complete && atLeast === 0

/** For sorting and files: NaN where the number is not known, also where some were seen. */
export const exactly = ({ atLeast, complete }: Tally): number => (complete ? atLeast : Number.NaN)
