import type { RouteLocationRaw } from 'vue-router'

/** A turn is a moment at which much changes; a second later it stands, with what its own brokers and partitions became. */
const STANDS_AFTER_MS = 1_000

/** The board as it was at a moment. */
export const boardAt = (at: number): RouteLocationRaw => ({ name: 'board', query: { at: String(Math.ceil(at)) } })
export const boardOfPhase = (at: number): RouteLocationRaw => boardAt(at + STANDS_AFTER_MS)
