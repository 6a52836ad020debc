/** How often to ask, from what asking has cost. Pure: the monitor feeds one cost per tick and reads the interval. */
export const SHORTEST_MS = 250
export const LONGEST_MS = 60_000
export const HIDDEN_MS = 1_000
/** Of a cluster that nobody has open: often enough for what is told of after a minute. */
export const WATCHED_MS = 10_000
/** Of one that stands in a list on screen: what happens to it is seen there within five seconds, with what an answer and the way to the screen take. */
export const LISTED_MS = 2_000

/** Our own share of one core (what is looked at has to be new: 1.5 s at 200,000 partitions instead of 2.5 s), and the share of time a broker may spend on our slowest question. */
const BUSY_SHARE = { shown: 0.25, hidden: 0.1, listed: 0.05, watched: 0.02 }
const FLOOR_MS = { shown: SHORTEST_MS, hidden: HIDDEN_MS, listed: LISTED_MS, watched: WATCHED_MS }
const ANSWER_SHARE = 0.25
/** Weight of the newest tick: slower at once when it got dearer, faster only when it stays cheap. */
const UP = 0.5
const DOWN = 0.2

export interface TickCost {
  /** Event-loop time the tick used, ms. */
  readonly busyMs: number
  /** Slowest answer among the brokers that answered, ms; a broker that hangs does not count, it has its own back-off. */
  readonly answerMs: number
  /** Bytes in and out at the busiest broker. */
  readonly brokerBytes: number
}

export interface Cadence {
  readonly busyMs: number
  readonly answerMs: number
  readonly brokerBytes: number
}

export const FREE: Cadence = { busyMs: 0, answerMs: 0, brokerBytes: 0 }

/** The first ticks compile our own code and open everything: one dear tick must not put the next one off for long. */
const GROWTH = 2
const LEAST_CEILING: Cadence = { busyMs: 50, answerMs: 150, brokerBytes: 500_000 }

function blend(old: number, fresh: number, ceiling: number): number {
  const bounded = Math.min(fresh, Math.max(old * GROWTH, ceiling))
  return old === 0 ? bounded : old + (bounded - old) * (bounded > old ? UP : DOWN)
}

export const afterTick = (before: Cadence, cost: TickCost): Cadence => ({
  busyMs: blend(before.busyMs, cost.busyMs, LEAST_CEILING.busyMs),
  answerMs: blend(before.answerMs, cost.answerMs, LEAST_CEILING.answerMs),
  brokerBytes: blend(before.brokerBytes, cost.brokerBytes, LEAST_CEILING.brokerBytes),
})

export interface CadenceOptions {
  /** 0 = automatic, else fixed by hand. */
  readonly fixedMs: number
  /** shown: on screen. hidden: open, and its window is not to be seen. listed: nobody has it open, and how it stands is on screen. watched: nobody looks. */
  readonly seen: 'shown' | 'hidden' | 'listed' | 'watched'
  readonly bytesPerSecond: number
}

/** Interval from the start of one tick to the start of the next, ms. */
export function intervalOf(cadence: Cadence, options: CadenceOptions): number {
  const wanted =
    options.fixedMs > 0
      ? options.fixedMs
      : Math.max(
          cadence.busyMs / BUSY_SHARE[options.seen],
          cadence.answerMs / ANSWER_SHARE,
          (cadence.brokerBytes / options.bytesPerSecond) * 1000,
        )
  return Math.round(Math.min(LONGEST_MS, Math.max(FLOOR_MS[options.seen], wanted)))
}
