export type RowIds = Uint32Array | readonly number[]

/**
 * Rows as they stay on screen while the pointer is among them: what was shown keeps its place (also when it no longer
 * belongs there: it shows its new state), and what is new is appended, so that a fresh trouble is not hidden. Linear in
 * both lists.
 */
export function heldOrder(shown: RowIds, wanted: RowIds): RowIds {
  const known = new Set<number>(shown)
  const added: number[] = []
  for (const id of wanted) if (!known.has(id)) added.push(id)
  if (added.length === 0) return shown
  const held = new Uint32Array(shown.length + added.length)
  held.set(shown)
  held.set(added, shown.length)
  return held
}

/** Position after a key, clamped to the list; -1 in an empty one. */
export function movedPosition(key: string, at: number, count: number, page: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    j: 1,
    ArrowUp: -1,
    k: -1,
    PageDown: page,
    PageUp: -page,
    Home: -count,
    End: count,
  }
  const step = steps[key.length === 1 ? key.toLowerCase() : key]
  if (step === undefined) return null
  if (count === 0) return -1
  if (at < 0) return step < 0 && key !== 'End' && key !== 'Home' ? count - 1 : key === 'End' ? count - 1 : 0
  return Math.min(count - 1, Math.max(0, at + step))
}
