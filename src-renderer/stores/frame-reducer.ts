/**
 * One reducer for what is fetched and what is pushed: a whole frame starts a view, a delta moves it on, anything that
 * does not fit says so.
 */
import type { FrameDelta, PartitionColumns } from '@contract/frame'
import type { FrameView } from './frame-view'
import { viewOfFrame } from './frame-view'

export type Applied = FrameView | 'refetch'

export const applyFrame = viewOfFrame

const COLUMNS: readonly (keyof PartitionColumns)[] = [
  'leader',
  'leaderEpoch',
  'state',
  'marks',
  'tolerance',
  'lagRecords',
  'caughtUpAt',
  'worstBroker',
  'next',
  'nextFrom',
  'nextTo',
  'nextBroker',
]

/** Everything is checked before anything is written, so that a delta is taken as a whole or not at all. */
function fits(view: FrameView, delta: FrameDelta): boolean {
  if (delta.cluster !== view.cluster || delta.epoch !== view.epoch || delta.seq !== view.seq + 1) return false
  const { partition, replicaStart } = view.frame
  let flags = 0
  for (const row of delta.rows) {
    if (row >= partition.length) return false
    flags += replicaStart[row + 1]! - replicaStart[row]!
  }
  return (
    flags === delta.replicaFlags.length && COLUMNS.every((name) => delta.columns[name].length === delta.rows.length)
  )
}

function writeRows(view: FrameView, delta: FrameDelta): void {
  for (const name of COLUMNS) {
    const target = view.frame.columns[name]
    const source = delta.columns[name]
    for (let at = 0; at < delta.rows.length; at++) target[delta.rows[at]!] = source[at]!
  }
  const { replicaStart, replicaFlags } = view.frame
  let read = 0
  for (const row of delta.rows) {
    for (let at = replicaStart[row]!; at < replicaStart[row + 1]!; at++) replicaFlags[at] = delta.replicaFlags[read++]!
  }
}

/** Lags of the rows in view come beside the changed rows. */
function writeViewLags(view: FrameView, delta: FrameDelta): void {
  if (delta.view === null) return
  const { lagRecords } = view.frame.columns
  delta.view.rows.forEach((row, at) => {
    if (row < lagRecords.length) lagRecords[row] = delta.view!.lagRecords[at]!
  })
}

/** The view after `delta`, or 'refetch' when it is of another epoch, not the next one, or does not fit its own rows. */
export function applyDelta(view: FrameView | null, delta: FrameDelta): Applied {
  if (view === null || !fits(view, delta)) return 'refetch'
  writeRows(view, delta)
  writeViewLags(view, delta)
  const rows = delta.view === null || delta.view.rows.length === 0 ? delta.rows : joined(delta.rows, delta.view.rows)
  return { ...view, seq: delta.seq, takenAt: delta.takenAt, summary: delta.summary, changed: rows }
}

function joined(rows: Uint32Array, more: Uint32Array): Uint32Array {
  return Uint32Array.from(new Set([...rows, ...more]))
}
