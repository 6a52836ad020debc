import type { Span } from '../../contract/history'

/** Between the two. A clock that was set back in between leaves no time at which it can have begun: `from` is not known then. */
export const spanOf = (from: number, to: number): Span => ({ from: from > to ? Number.NaN : from, to })

/** The same where both ends are needed: of an end, or of a time that nobody watched. */
export const clamped = ({ from, to }: Span): Span => ({ from: Math.min(from, to), to })
