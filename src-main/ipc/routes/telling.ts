import type { Delivery, HookSecrets, TellingRules, TellingView } from '../../contract/telling'
import type { Result } from '../../contract/result'
import { attempt, attemptAsync } from '../attempt'
import type { Routes } from '../handle'

/** What is told to whom, as the page asks for it; compose makes it of the teller, the saved clusters and the kept rules. */
export interface TellingDesk {
  view(): Promise<TellingView>
  writeRules(rules: TellingRules): void
  /** NaN = go on. */
  pause(minutes: number): void
  mute(cluster: string, incident: number, minutes: number): void
  setHook(cluster: string, kind: TellingHook['kind'], secrets: HookSecrets): Promise<Result<null>>
  tryHook(cluster: string): Promise<Result<Delivery>>
}
type TellingHook = Parameters<Routes['telling:hook']>[0]
type TellingChannel = Extract<keyof Routes, `telling:${string}`>

export function tellingRoutes(desk: TellingDesk): Pick<Routes, TellingChannel> {
  const view = (): Promise<Result<TellingView>> => attemptAsync('What is watched could not be read', () => desk.view())
  return {
    'telling:read': view,
    'telling:write': (rules) => {
      const kept = attempt('The rules could not be kept', () => desk.writeRules(rules))
      return kept.ok ? view() : kept
    },
    'telling:pause': ({ minutes }) => {
      desk.pause(minutes)
      return view()
    },
    'telling:mute': ({ cluster, incident, minutes }) => {
      desk.mute(cluster, incident, minutes)
      return view()
    },
    'telling:hook': async ({ cluster, kind, secrets }) => {
      const set = await desk.setHook(cluster, kind, secrets)
      return set.ok ? view() : set
    },
    'telling:try': ({ cluster }) => desk.tryHook(cluster),
  }
}
