import { flushPromises } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { createApp, effectScope } from 'vue'
import { describe, expect, it } from 'vitest'
import { fail, ok } from '@contract/result'
import type { Result } from '@contract/result'
import type { HighwaterBridge, Input } from '@contract/ipc'
import type { ColumnProgress, TaskRequest } from '@contract/tasks'
import { BRIDGE } from '../../../../src-renderer/bridge/bridge'
import { useTask, useTasksStore } from '../../../../src-renderer/stores/tasks'
import { fakeBridge } from '../../../support/fake-bridge'

const column: TaskRequest<'config-column'> = {
  kind: 'config-column',
  input: { cluster: 'c', key: 'k', topics: null },
}
const step = (done: number): ColumnProgress => ({ batch: 'none', done, total: 9 })

/** The main process is played by hand: it takes every start, and tells what `news` says. */
function setUp(answers: Partial<HighwaterBridge> = {}) {
  const bridge = fakeBridge({
    'task:start': () => Promise.resolve(ok(null)),
    'task:cancel': () => Promise.resolve(ok(null)),
    ...answers,
  })
  const app = createApp({})
  app.provide(BRIDGE, bridge)
  app.use(createPinia())
  const scope = effectScope()
  const { task, store } = app.runWithContext(() =>
    scope.run(() => ({ task: useTask<'config-column'>(), store: useTasksStore() })),
  )!
  const inputs = (channel: string) => bridge.made.filter((call) => call.channel === channel).map(({ input }) => input)
  const ids = () => (inputs('task:start') as Input<'task:start'>[]).map(({ id }) => id)
  type News =
    | { readonly type: 'progress'; readonly progress: ColumnProgress }
    | { readonly type: 'end'; readonly end: Result<{ left: number }> }
  const news = (at: number, rest: News): void =>
    bridge.push({ type: 'task', news: { id: ids()[at] ?? 'nobody', seq: 1, kind: 'config-column', ...rest } })
  return { task, store, scope, inputs, ids, news }
}

describe('a task of a page', () => {
  it('gets its progress and its answer, and nobody else does', async () => {
    const { task, store, news, inputs, ids } = setUp()
    const taken: number[] = []
    const answer = task.run(column, ({ done }) => taken.push(done))
    expect([task.running.value, store.cancellable]).toEqual([true, true])
    expect(inputs('task:start')).toEqual([{ id: ids()[0], task: column }])
    news(0, { type: 'progress', progress: step(1) })
    news(7, { type: 'progress', progress: step(2) })
    news(0, { type: 'end', end: ok({ left: 0 }) })
    expect(await answer).toEqual(ok({ left: 0 }))
    news(0, { type: 'progress', progress: step(3) })
    expect([taken, task.running.value, store.cancellable]).toEqual([[1], false, false])
  })

  it('whose start is refused ends with the refusal', async () => {
    const { task, store } = setUp({ 'task:start': () => Promise.resolve(fail('conflict', 'not now')) })
    expect(await task.run(column, () => undefined)).toMatchObject({ error: { code: 'conflict' } })
    expect([task.running.value, store.cancellable]).toEqual([false, false])
  })

  it('is running until its work has stopped; what it tells meanwhile is dropped', async () => {
    const { task, store, news, inputs, ids } = setUp()
    const taken: number[] = []
    const answer = task.run(column, ({ done }) => taken.push(done))
    task.cancel()
    task.cancel()
    store.cancelAll()
    expect(inputs('task:cancel')).toEqual([{ id: ids()[0] }])
    news(0, { type: 'progress', progress: step(1) })
    expect([task.running.value, store.cancellable]).toEqual([true, false])
    news(0, { type: 'end', end: fail('cancelled', 'The task was cancelled') })
    expect(await answer).toMatchObject({ error: { code: 'cancelled' } })
    expect([taken, task.running.value]).toEqual([[], false])
  })

  it('ends the one before it', async () => {
    const { task, news, inputs, ids } = setUp()
    const taken: string[] = []
    const first = task.run(column, () => taken.push('first'))
    const second = task.run(column, () => taken.push('second'))
    expect(inputs('task:cancel')).toEqual([{ id: ids()[0] }])
    news(1, { type: 'progress', progress: step(1) })
    news(0, { type: 'end', end: fail('cancelled', 'The task was cancelled') })
    expect(await first).toMatchObject({ error: { code: 'cancelled' } })
    expect([taken, task.running.value]).toEqual([['second'], true])
    news(1, { type: 'end', end: ok({ left: 0 }) })
    await second
    expect(task.running.value).toBe(false)
  })

  it('is cancelled when its component goes', async () => {
    const { task, scope, inputs, ids } = setUp()
    void task.run(column, () => undefined)
    scope.stop()
    await flushPromises()
    expect(inputs('task:cancel')).toEqual([{ id: ids()[0] }])
  })
})

it('Escape cancels all that is running', () => {
  const { task, store, inputs, ids } = setUp()
  void task.run(column, () => undefined)
  store.start(column, () => undefined)
  store.cancelAll()
  expect(inputs('task:cancel')).toEqual(ids().map((id) => ({ id })))
  expect(store.cancellable).toBe(false)
})
