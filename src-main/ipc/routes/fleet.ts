import type { FleetLane, FleetNews, FleetPastQuestion } from '../../contract/fleet'
import { MOST_POINTS } from '../../contract/kept-samples'
import { ok } from '../../contract/result'
import { joinSeries } from '../../domain/samples/join'
import { worstCells } from '../../domain/samples/worst-cells'
import type { Clock } from '../../ports/clock'
import type { HistoryReader } from '../../ports/history'
import type { Routes } from '../handle'
import { inPieces } from '../in-pieces'
import { unwatchedOf } from './unwatched'

export interface FleetDesk {
  show(shown: boolean): void
  read(since: number): FleetNews
  /** What is kept of each saved cluster, in their order. */
  readers(): readonly { readonly cluster: string; readonly reader: HistoryReader }[]
}

type FleetChannel = Extract<keyof Routes, `fleet:${string}`>

const POINTS_PER_CELL = 6

/** One cluster after the other, in pieces of some milliseconds. */
async function laneOf(
  clock: Pick<Clock, 'now' | 'breathe'>,
  { cluster, reader }: ReturnType<FleetDesk['readers']>[number],
  { from, stepMs, cells }: FleetPastQuestion,
): Promise<FleetLane> {
  // Finer than a cell: what is kept in cells of this size comes when they are over, and the newest one is looked at most.
  const question = { from, until: from + stepMs * cells, resolutionMs: Math.ceil(stepMs / POINTS_PER_CELL) }
  const unwatched = unwatchedOf(reader, question)
  const [gap] = unwatched
  // Nobody watched at all, which is so of most that are not open.
  if (gap !== undefined && gap.from <= from && gap.to >= question.until)
    return { cluster, states: worstCells({ ...EMPTY, unwatched }, from, stepMs, cells) }
  const { whole, pieces } = await inPieces(clock, question, MOST_POINTS, (start, end, resolutionMs) =>
    reader.samples({ kind: 'cluster' }, start, end, resolutionMs),
  )
  return { cluster, states: worstCells(joinSeries(pieces, { ...whole, unwatched }), from, stepMs, cells) }
}
const EMPTY = joinSeries([], { resolutionMs: 0, unwatched: [] })

export function fleetRoutes(desk: FleetDesk, clock: Pick<Clock, 'now' | 'breathe'>): Pick<Routes, FleetChannel> {
  return {
    'fleet:show': ({ shown }) => {
      desk.show(shown)
      return ok(null)
    },
    'fleet:read': ({ since }) => ok(desk.read(since)),
    'fleet:past': async (question) => {
      const lanes: FleetLane[] = []
      for (const kept of desk.readers()) {
        await clock.breathe()
        lanes.push(await laneOf(clock, kept, question))
      }
      return ok({ lanes })
    },
  }
}
