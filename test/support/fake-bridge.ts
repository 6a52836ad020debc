import type { PushMessage } from '@contract/frame'
import { fail } from '@contract/result'
import type { HighwaterBridge } from '@contract/ipc'
import { CHANNELS } from '@contract/ipc'
import type { Bridge } from '../../src-renderer/bridge/bridge'

/**
 * A bridge without a main process, for component tests: answers are given per channel, calls are written down, pushes
 * are by hand.
 */
export interface FakeBridge extends Bridge {
  readonly made: { readonly channel: string; readonly input: unknown }[]
  push(message: PushMessage): void
}

export function fakeBridge(answers: Partial<HighwaterBridge> = {}): FakeBridge {
  const made: { channel: string; input: unknown }[] = []
  const listeners = new Set<(message: PushMessage) => void>()
  const refuse = (channel: string) => () =>
    Promise.resolve(fail('unsupported', `${channel} has no answer in this test`))
  const calls = Object.fromEntries(
    CHANNELS.map((channel) => {
      const answer = (answers[channel] ?? refuse(channel)) as (input?: unknown) => unknown
      return [
        channel,
        (input?: unknown) => {
          // Electron copies what goes out: a reactive proxy, which it cannot copy, fails here too.
          const sent = structuredClone(input)
          made.push({ channel, input: sent })
          return answer(sent)
        },
      ]
    }),
  ) as unknown as HighwaterBridge
  return {
    calls,
    made,
    push: (message) => listeners.forEach((listener) => listener(message)),
    onPush(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
