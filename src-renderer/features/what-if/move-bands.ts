import type { WhatIf } from '@contract/what-if'

interface Place {
  readonly broker: number
  readonly top: number
}

export interface MoveBands {
  readonly from: readonly Place[]
  readonly to: readonly Place[]
  /** `path` in a box 100 wide and `height` high. */
  readonly ways: readonly { readonly from: number; readonly to: number; readonly path: string }[]
}

/** Room for the words of one broker. */
const LINE = 20

interface Side {
  /** By broker: where its next band begins. */
  readonly cursor: Map<number, number>
  readonly places: readonly Place[]
  /** Of one partition. */
  readonly scale: number
}

/** Brokers of one side from the top, each as high as what it gives or takes, and never lower than its words. */
function sideOf(moves: WhatIf['moves'], end: 'from' | 'to', height: number): Side {
  const sums = new Map<number, number>()
  for (const move of moves) sums.set(move[end], (sums.get(move[end]) ?? 0) + move.partitions)
  const brokers = [...sums.keys()].sort((a, b) => a - b)
  const total = [...sums.values()].reduce((sum, one) => sum + one, 0)
  const room = Math.max(0, height - LINE * (brokers.length - 1))
  const scale = Math.min(room, height) / total
  const cursor = new Map<number, number>()
  const places: Place[] = []
  let top = 0
  for (const broker of brokers) {
    cursor.set(broker, top)
    places.push({ broker, top })
    top += Math.max(LINE, sums.get(broker)! * scale + (brokers.length > 1 ? LINE / 2 : 0))
  }
  return { cursor, places, scale }
}

/** Bands from who leads now to who leads then, as thick as the partitions that go that way. */
export function moveBands(moves: WhatIf['moves'], height: number): MoveBands {
  const from = sideOf(moves, 'from', height)
  const to = sideOf(moves, 'to', height)
  const scale = Math.min(from.scale, to.scale)
  const ordered = moves.toSorted((a, b) => a.from - b.from || a.to - b.to)
  const ways = ordered.map((move) => {
    const thick = Math.max(1, move.partitions * scale)
    const a = from.cursor.get(move.from)!
    const b = to.cursor.get(move.to)!
    from.cursor.set(move.from, a + thick)
    to.cursor.set(move.to, b + thick)
    const round = (at: number): number => Math.round(at * 10) / 10
    const [a1, a2, b1, b2] = [a, a + thick, b, b + thick].map(round)
    return {
      from: move.from,
      to: move.to,
      path: `M0 ${a1}C50 ${a1} 50 ${b1} 100 ${b1}L100 ${b2}C50 ${b2} 50 ${a2} 0 ${a2}Z`,
    }
  })
  return { from: from.places, to: to.places, ways }
}
