/**
 * How the saved clusters stand beside each other. Followed while somebody shows them: the main process rings when something has changed, and what is newer than `version` is asked for, one question at a
 * time. What stands here is as old as its own times say, and nothing is dropped when a question fails.
 */
import type { FleetLane, FleetRow } from '@contract/fleet'
import type { AppError } from '@contract/result'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { useBridge } from '../bridge/bridge'
import { useClockStore } from './clock'

/** `cells` of `stepMs` up to the one that goes on now. */
export interface FleetPast {
  readonly from: number
  readonly stepMs: number
  readonly lanes: ReadonlyMap<string, FleetLane['states']>
}

export const useFleetStore = defineStore('fleet', () => {
  const { calls, onPush } = useBridge()
  const clock = useClockStore()
  const rows = shallowRef<ReadonlyMap<string, FleetRow>>(new Map())
  const loaded = shallowRef(false)
  const problem = shallowRef<AppError | null>(null)
  let version = 0
  let followers = 0
  let asking = false
  let asked = 0

  async function load(): Promise<void> {
    asked += 1
    if (asking) return
    asking = true
    let answered: number
    do {
      answered = asked
      const answer = await calls['fleet:read']({ since: version })
      problem.value = answer.ok ? null : answer.error
      if (!answer.ok) break
      version = answer.value.version
      const next = new Map<string, FleetRow>()
      const fresh = new Map(answer.value.rows.map((row) => [row.cluster, row]))
      for (const id of answer.value.clusters) {
        const row = fresh.get(id) ?? rows.value.get(id)
        if (row === undefined) continue
        next.set(id, row)
        clock.reach(row.status?.takenAt ?? Number.NaN)
      }
      rows.value = next
      loaded.value = true
    } while (answered !== asked)
    asking = false
  }

  onPush((message) => {
    if (message.type === 'fleet' && followers > 0) void load()
  })

  return {
    rows,
    loaded,
    problem,
    load,
    /** Keeps `rows` of now until the answered function is called. */
    follow(): () => void {
      followers += 1
      if (followers === 1) void calls['fleet:show']({ shown: true })
      void load()
      return () => {
        followers -= 1
        if (followers === 0) void calls['fleet:show']({ shown: false })
      }
    },
    /** Up to the cell of now; null = it could not be read. */
    async past(stepMs: number, cells: number): Promise<FleetPast | null> {
      const from = (Math.floor(clock.now / stepMs) - cells + 1) * stepMs
      const answer = await calls['fleet:past']({ from, stepMs, cells })
      if (!answer.ok) return null
      return { from, stepMs, lanes: new Map(answer.value.lanes.map(({ cluster, states }) => [cluster, states])) }
    },
  }
})
