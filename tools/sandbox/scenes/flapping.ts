import { healthy } from '../sandbox'
import { until } from '../until'
import type { Scene, Stage } from './scene'

/** How long the follower stays in step before it leaves again. */
const calmMs = 4000

/**
 * How long it stays away after it has left every ISR. Without it the broker is back within a poll of whoever watches: on a quiet machine a
 * test and a person at the board both saw no departure at all.
 */
const awayMs = 3000

export const flapping: Scene = {
  name: 'flapping',
  summary: 'a follower leaves the ISR and comes back, again and again, until heal',
  needs: 'any',
  play: (stage) => {
    const id = stage.broker(2)
    void flap(stage, id)
    stage.say(
      `Broker ${id} freezes until it has left every ISR (about 9 s), returns ${awayMs / 1000} s later, and freezes again after ${calmMs / 1000} s.`,
    )
    return Promise.resolve()
  },
}

async function flap({ sandbox, healed, say }: Stage, id: number): Promise<void> {
  const { cluster, admin, topics } = sandbox
  // A function, because what it answers changes while we wait.
  const over = (): boolean => healed.aborted
  while (!over()) {
    try {
      await cluster.freeze(id)
      await until(`broker ${id} to leave`, 60_000, async () => {
        const views = await admin.views()
        return (
          over() ||
          views.every(({ partitions }) => partitions.every(({ isr, leader }) => !isr.includes(id) && leader !== id)) ||
          null
        )
      })
      await pause(awayMs, healed)
      // Heal thaws by itself, and whoever froze the broker again since would see it thawed.
      if (over()) return
      await cluster.thaw(id)
      await until(`broker ${id} to return`, 60_000, async () => over() || (await healthy(cluster, admin, topics)))
      await pause(calmMs, healed)
    } catch (error) {
      if (!over()) say(`Flapping goes on after: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
