/**
 * Named moments of a change at which a test ends the app, to see what the journal tells afterwards. In the app `reach` does nothing, unless
 * compose was told otherwise in a developer's run.
 */
export const CHECKPOINTS = [
  'drafted',
  'plan-read',
  'planned',
  'validated',
  'confirmed',
  'applying',
  're-read',
  'sending',
  'sent',
  'answered',
  'between-batches',
  'settled',
  'ended',
  'before-verify',
  'verified',
  'watch-begun',
  'during-watch',
  'watched',
  'undo-drafted',
  'undone',
  'stopped',
  'discarded',
] as const
export type Checkpoint = (typeof CHECKPOINTS)[number]

export type Reach = (point: Checkpoint) => void

/** `point` or `point:n` (the n-th time, from 1); null when it names none of ours. */
export function readCheckpoint(text: string): { readonly point: Checkpoint; readonly nth: number } | null {
  const [name = '', count = '1'] = text.split(':')
  const point = CHECKPOINTS.find((one) => one === name)
  const nth = Number(count)
  return point === undefined || !Number.isInteger(nth) || nth < 1 ? null : { point, nth }
}

/** Calls `act` when the point is reached for the n-th time. */
export function onCheckpoint(wanted: { readonly point: Checkpoint; readonly nth: number }, act: () => void): Reach {
  let left = wanted.nth
  return (point) => {
    if (point !== wanted.point) return
    left -= 1
    if (left === 0) act()
  }
}
