/** What is watched and told, as the main process has it. Read when somebody shows it, and again whenever the main process says that it has changed; the newest answer counts. */
import type { HookSecrets, Delivery, TellingRules, TellingView } from '@contract/telling'
import type { AppError, Result } from '@contract/result'
import type { HookKind } from '@shared/hook-kinds'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { useBridge } from '../bridge/bridge'

export const useTellingStore = defineStore('telling', () => {
  const { calls, onPush } = useBridge()
  const view = shallowRef<TellingView | null>(null)
  const problem = shallowRef<AppError | null>(null)
  let shown = 0
  let asked = 0

  async function take(answer: Promise<Result<TellingView>>): Promise<AppError | null> {
    const mine = ++asked
    const got = await answer
    if (mine === asked) {
      problem.value = got.ok ? null : got.error
      if (got.ok) view.value = got.value
    }
    return got.ok ? null : got.error
  }
  const load = (): Promise<AppError | null> => take(calls['telling:read']())

  onPush((message) => {
    if (message.type === 'telling' && shown > 0) void load()
  })

  return {
    view,
    problem,
    load,
    /** Keeps `view` of now until the answered function is called. */
    follow(): () => void {
      shown += 1
      void load()
      return () => void (shown -= 1)
    },
    writeRules: (rules: TellingRules) => take(calls['telling:write'](rules)),
    /** 0 = go on. */
    pause: (minutes: number) => take(calls['telling:pause']({ minutes })),
    /** 0 = until it is over, -1 = not any more. */
    mute: (cluster: string, incident: number, minutes: number) =>
      take(calls['telling:mute']({ cluster, incident, minutes })),
    setHook: (cluster: string, kind: HookKind | 'none', secrets: HookSecrets) =>
      take(calls['telling:hook']({ cluster, kind, secrets })),
    tryHook: (cluster: string): Promise<Result<Delivery>> => calls['telling:try']({ cluster }),
  }
})
