/** How a cluster stands, for a sign of four shapes. unknown: it is not seen, or not enough of it. */
export const SIGNS = ['unknown', 'well', 'trouble', 'danger'] as const
export type Sign = (typeof SIGNS)[number]
