import { beforeEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../../../src-main/contract/result'
import type { Result } from '../../../src-main/contract/result'
import type { ColumnProgress, TaskNews, TaskRequest } from '../../../src-main/contract/tasks'
import { taskRoutes } from '../../../src-main/ipc/routes/tasks'
import { createTasks, MAX_TASKS } from '../../../src-main/ipc/tasks'
import type { TaskOwner, TaskRun, Tasks } from '../../../src-main/ipc/tasks'

/** One started work, held in the hand: what it was given, and how it goes on. */
interface Held {
  readonly run: TaskRun<'config-column'>
  readonly end: (answer: Result<{ left: number }>) => void
  readonly break: (cause: unknown) => void
}

const column: TaskRequest = { kind: 'config-column', input: { cluster: 'c', key: 'k', topics: null } }
const step = (done: number): ColumnProgress => ({ batch: 'none', done, total: 9 })
let works: Held[]
let unexpected: unknown[]
let tasks: Tasks

function page(): TaskOwner & { readonly told: string[] } {
  const told: string[] = []
  const words = (news: TaskNews): string => {
    if (news.type === 'progress') return `${news.id} ${news.seq} ${JSON.stringify(news.progress)}`
    return `${news.id} ${news.seq} ${news.end.ok ? 'done' : news.end.error.code}`
  }
  return { told, tell: ({ news }) => told.push(words(news)) }
}

/** What was resolved has been heard of. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

beforeEach(() => {
  works = []
  unexpected = []
  tasks = createTasks(
    {
      'connection-test': () => Promise.resolve(ok({ steps: [], reachable: true })),
      'config-column': (_input, run) =>
        new Promise((resolve, reject) => works.push({ run, end: resolve, break: reject })),
      audit: () => Promise.resolve(fail('not-found', 'not of this test')),
    },
    (kind, cause) => unexpected.push([kind, cause]),
  )
})

describe('a task', () => {
  it('tells its progress and its answer, numbered, to the page that began it', async () => {
    const one = page()
    expect(tasks.start(one, 'a', column)).toEqual(ok(null))
    works[0]?.run.progress(step(1))
    works[0]?.run.progress(step(2))
    works[0]?.end(ok({ left: 0 }))
    await settled()
    expect(one.told).toEqual([`a 1 ${JSON.stringify(step(1))}`, `a 2 ${JSON.stringify(step(2))}`, 'a 3 done'])
  })

  it('that fails says why, by its code', async () => {
    const one = page()
    tasks.start(one, 'a', column)
    works[0]?.end(fail('not-found', 'This cluster is not open'))
    await settled()
    expect([one.told, unexpected]).toEqual([['a 1 not-found'], []])
  })

  it('that breaks is internal for the page, and its cause is for the log', async () => {
    const one = page()
    const cause = new Error('secret')
    tasks.start(one, 'a', column)
    works[0]?.break(cause)
    await settled()
    expect([one.told, unexpected]).toEqual([['a 1 internal'], [['config-column', cause]]])
  })

  it('of an id that is under way is refused; once it has ended the id is free', async () => {
    const one = page()
    tasks.start(one, 'a', column)
    expect(tasks.start(one, 'a', column)).toMatchObject({ error: { code: 'conflict' } })
    works[0]?.end(ok({ left: 0 }))
    await settled()
    expect(tasks.start(one, 'a', column)).toEqual(ok(null))
  })

  it('beyond the most at once is refused, and may be tried again', () => {
    const one = page()
    for (let at = 0; at < MAX_TASKS; at += 1) expect(tasks.start(one, `t${at}`, column).ok).toBe(true)
    expect(tasks.start(one, 'more', column)).toMatchObject({ error: { code: 'conflict', retryable: true } })
  })
})

describe('cancelling', () => {
  it.each<[string, (work: Held) => void]>([
    ['an answer', (work) => work.end(ok({ left: 3 }))],
    ['a refusal', (work) => work.end(fail('timeout', 'late'))],
    ['a throw, which is no surprise', (work) => work.break(new Error('aborted'))],
  ])('aborts the work, and is told when that has ended: by %s', async (_how, finish) => {
    const one = page()
    tasks.start(one, 'a', column)
    tasks.cancel(one, 'a')
    expect(works[0]?.run.signal.aborted).toBe(true)
    works[0]?.run.progress(step(1))
    expect(one.told).toEqual([])
    finish(works[0]!)
    await settled()
    expect([one.told, unexpected]).toEqual([['a 1 cancelled'], []])
  })

  it('is for the page that began it, and no mistake when it is over', async () => {
    const [one, other] = [page(), page()]
    tasks.start(one, 'a', column)
    tasks.cancel(other, 'a')
    tasks.cancel(one, 'nobody')
    expect(works[0]?.run.signal.aborted).toBe(false)
    works[0]?.end(ok({ left: 0 }))
    await settled()
    tasks.cancel(one, 'a')
    expect(one.told).toEqual(['a 1 done'])
  })
})

describe('a page that goes away', () => {
  it('takes its own tasks with it, and is told nothing more', async () => {
    const [one, other] = [page(), page()]
    tasks.start(one, 'a', column)
    tasks.start(other, 'b', column)
    tasks.drop(one)
    expect(works.map(({ run }) => run.signal.aborted)).toEqual([true, false])
    for (const work of works) work.end(ok({ left: 0 }))
    await settled()
    expect([one.told, other.told]).toEqual([[], ['b 1 done']])
  })

  it('close waits until all work has stopped', async () => {
    tasks.start(page(), 'a', column)
    let closed = false
    const closing = tasks.close().then(() => (closed = true))
    await settled()
    expect([works[0]?.run.signal.aborted, closed]).toEqual([true, false])
    works[0]?.end(ok({ left: 0 }))
    await closing
    expect(closed).toBe(true)
  })
})

describe('the routes', () => {
  it('begin nothing for a page that could not hear of it', async () => {
    const routes = taskRoutes(tasks, () => null)
    expect(await routes['task:start']({ id: 'a', task: column })).toMatchObject({ error: { code: 'conflict' } })
    expect(await routes['task:cancel']({ id: 'a' })).toEqual(ok(null))
    expect(works).toEqual([])
  })

  it('begin and cancel for the page that is there', async () => {
    const one = page()
    const routes = taskRoutes(tasks, () => one)
    expect(await routes['task:start']({ id: 'a', task: column })).toEqual(ok(null))
    expect(await routes['task:cancel']({ id: 'a' })).toEqual(ok(null))
    expect(works[0]?.run.signal.aborted).toBe(true)
  })
})
