import type { PushMessage } from '@contract/frame'
import { fail } from '@contract/result'
import type { HighwaterBridge } from '@contract/ipc'
import { CHANNELS } from '@contract/ipc'
import type { TaskKind } from '@contract/tasks'
import { createTasks } from '../../src-main/ipc/tasks'
import type { TaskWorks } from '../../src-main/ipc/tasks'
import { taskRoutes } from '../../src-main/ipc/routes/tasks'
import type { Bridge } from '../../src-renderer/bridge/bridge'

/** What runs for a page, as a test gives it. */
export type { TaskWork, TaskWorks } from '../../src-main/ipc/tasks'

/**
 * A bridge without a main process, for component tests: answers are given per channel, calls are written down, pushes
 * are by hand. Tasks run as in the main process, with works that are given.
 */
export interface FakeBridge extends Bridge {
  readonly made: { readonly channel: string; readonly input: unknown }[]
  push(message: PushMessage): void
}

export function fakeBridge(answers: Partial<HighwaterBridge> = {}, works: Partial<TaskWorks> = {}): FakeBridge {
  const made: { channel: string; input: unknown }[] = []
  const listeners = new Set<(message: PushMessage) => void>()
  const refuse = (channel: string) => () =>
    Promise.resolve(fail('unsupported', `${channel} has no answer in this test`))
  const push = (message: PushMessage): void => listeners.forEach((listener) => listener(message))
  const noWork = (kind: TaskKind) => () => Promise.resolve(fail('unsupported', `${kind} has no work in this test`))
  const tasks = createTasks(
    {
      'connection-test': noWork('connection-test'),
      'config-column': noWork('config-column'),
      audit: noWork('audit'),
      ...works,
    },
    (_kind, cause) => {
      throw cause
    },
  )
  const page = { tell: push }
  const routes = taskRoutes(tasks, () => page)
  const given: Partial<HighwaterBridge> = {
    // The answer takes its time, as over IPC: nothing is told before the page has gone on.
    'task:start': (input) => Promise.resolve().then(() => routes['task:start'](input)),
    'task:cancel': (input) => Promise.resolve().then(() => routes['task:cancel'](input)),
    ...answers,
  }
  const calls = Object.fromEntries(
    CHANNELS.map((channel) => {
      const answer = (given[channel] ?? refuse(channel)) as (input?: unknown) => unknown
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
    pathOf: ({ name }) => `/dropped/${name}`,
    made,
    push,
    onPush(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
