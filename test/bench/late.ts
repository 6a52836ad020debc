import { NEXT_LEAVES_ISR, NEXT_ONE_LOSS_AWAY, NEXT_REFUSES_WRITES, LAGGING } from '../../src-main/shared/states'
import { direct, roles, until } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import { watchSession } from './real-session'
import { median } from './report'
import type { Report } from './report'

const ROUNDS = 3
const SLOW = 3
/** Until every follower that stands still has its countdown, not only the first. */
const ALL_LATE_MS = 3_000
const LEAVING = [NEXT_LEAVES_ISR, NEXT_ONE_LOSS_AWAY, NEXT_REFUSES_WRITES]

/** One published picture, of the topic whose follower is made to stand still. */
interface Seen {
  readonly at: number
  /** Per partition of the topic: late, and since when the follower has stood still (NaN = no countdown). */
  readonly late: readonly boolean[]
  readonly stillFrom: readonly number[]
}

/**
 * How long a follower that stopped stays unseen: from the moment it was last at its leader's end until a published picture says "late". Automatic cadence, every follower that the scene stops.
 */
export async function benchLate(report: Report, sandbox: Sandbox): Promise<void> {
  const director = direct(sandbox)
  let pictures: Seen[] = []
  const note = (): void => {
    const frame = session.frame()
    if (frame === null) return
    const topic = frame.topics.names.indexOf(roles.slow)
    const rows = Array.from(
      frame.partition.slice(frame.topics.start[topic], frame.topics.start[topic + 1]),
      (_, i) => frame.topics.start[topic]! + i,
    )
    const { state, next, caughtUpAt } = frame.columns
    pictures.push({
      at: Date.now(),
      late: rows.map((row) => state[row] === LAGGING),
      stillFrom: rows.map((row) => (LEAVING.includes(next[row]!) ? caughtUpAt[row]! : Number.NaN)),
    })
  }
  const session = watchSession(sandbox.cluster.bootstrap, () => note())
  const unseen: number[] = []
  try {
    await until('a picture', 60_000, () => session.frame())
    for (let round = 0; round < ROUNDS; round++) {
      pictures = []
      await director.play('slow-follower', SLOW)
      await until(
        'a countdown',
        30_000,
        () => (pictures.some(({ stillFrom }) => stillFrom.some((at) => at > 0)) ? true : null),
        10,
      )
      await new Promise((resolve) => setTimeout(resolve, ALL_LATE_MS))
      const last = pictures.at(-1)!
      last.stillFrom.forEach((stillFrom, row) => {
        const first = pictures.find(({ at, late }) => at > stillFrom && late[row] === true)
        if (first !== undefined) unseen.push(first.at - stillFrom)
      })
      await director.heal()
    }
  } finally {
    await session.close()
  }
  report.note('3,000 partitions: followers that stopped and were looked at', unseen.length, '')
  report.note('3,000 partitions: stopped follower seen as late after, median', median(unseen), 'ms')
  report.atMost('3,000 partitions: stopped follower seen as late after, worst', Math.max(...unseen), 'ms', 2000)
}
