import { beforeEach, describe, expect, it } from 'vitest'
import type { PushMessage } from '../../../src-main/contract/frame'
import { ACK_DEADLINE_MS, createPush } from '../../../src-main/ipc/push'
import type { Push } from '../../../src-main/ipc/push'
import { fakeSession } from '../../support/fake-session'
import type { FakeSession } from '../../support/fake-session'

let sent: PushMessage[]
let errors: unknown[]
let timers: Map<number, { readonly at: number; readonly callback: () => void }>
let now: number
let session: FakeSession
let push: Push

const create = (visible: boolean): Push => {
  let id = 0
  return createPush({
    post: (message) => sent.push(message),
    timers: {
      set: (callback, ms) => {
        id += 1
        timers.set(id, { at: now + ms, callback })
        return id
      },
      clear: (timer) => void timers.delete(timer as number),
    },
    visible,
    onError: (cause) => errors.push(cause),
  })
}

const pass = (ms: number): void => {
  now += ms
  for (const [id, timer] of timers) {
    if (timer.at > now) continue
    timers.delete(id)
    timer.callback()
  }
}

const words = (): string[] =>
  sent.map((message) => {
    if (message.type === 'status') return `status ${message.status.phase}`
    if (message.type === 'shown') return message.shown ? 'shown' : 'hidden'
    if (message.type === 'change') return `change ${message.news.id} ${message.news.version}`
    if (message.type === 'task') return `task ${message.news.id} ${message.news.seq}`
    if (message.type === 'armed') return `armed ${message.armed.cluster} ${message.armed.armedUntil}`
    if (message.type === 'show') return `show ${message.cluster} ${message.incident}`
    if (message.type === 'telling' || message.type === 'fleet') return message.type
    const { seq, takenAt } = message.type === 'frame' ? message.frame : message.delta
    return `${message.type} #${seq} of ${takenAt}`
  })

const take = (): string[] => {
  const said = words()
  sent = []
  return said
}

const acknowledge = (): void => {
  const last = sent.findLast((message) => message.type === 'frame' || message.type === 'delta')
  if (last === undefined) return
  const { cluster, seq } = last.type === 'frame' ? last.frame : last.delta
  push.acknowledged({ cluster, seq })
}

beforeEach(() => {
  sent = []
  errors = []
  timers = new Map()
  now = 0
  session = fakeSession('c')
  push = create(true)
})

describe('a page that keeps up', () => {
  it('gets status at once, one frame when there is one, then deltas with a seq of its own without gaps', () => {
    push.attach(session)
    expect(take()).toEqual(['status connecting'])
    session.tick()
    acknowledge()
    session.tick()
    acknowledge()
    session.tick()
    expect(take()).toEqual(['frame #1 of 1', 'delta #2 of 2', 'delta #3 of 3'])
  })

  it('gets a whole frame again when the topology changed', () => {
    session.tick()
    push.attach(session)
    acknowledge()
    session.tick(true)
    expect(words().at(-1)).toBe('frame #2 of 2')
  })

  it('gets at most one push a tick', () => {
    session.tick()
    push.attach(session)
    acknowledge()
    acknowledge()
    expect(take()).toEqual(['status connecting', 'frame #1 of 1'])
  })
})

describe('a page that is busy', () => {
  beforeEach(() => {
    session.tick()
    push.attach(session)
    take()
  })

  it('gets nothing until it has acknowledged, then only the latest', () => {
    session.tick()
    session.tick()
    session.tick()
    expect(take()).toEqual([])
    push.acknowledged({ cluster: 'c', seq: 1 })
    expect(take()).toEqual(['delta #2 of 4'])
    expect(session.made.filter((call) => call.startsWith('delta'))).toEqual(['delta 1.1'])
  })

  it('is not acknowledged for by an old or a strange message', () => {
    session.tick()
    push.acknowledged({ cluster: 'c', seq: 0 })
    push.acknowledged({ cluster: 'other', seq: 1 })
    expect(take()).toEqual([])
  })

  it('gets the next push after a second all the same', () => {
    session.tick()
    pass(ACK_DEADLINE_MS - 1)
    expect(take()).toEqual([])
    pass(1)
    expect(take()).toEqual(['delta #2 of 2'])
  })

  it('hears a new status without waiting', () => {
    session.say('lost')
    expect(take()).toEqual(['status lost'])
  })

  it('that asks for a whole frame gets it at once', () => {
    push.refetch('c')
    expect(take()).toEqual(['frame #2 of 1'])
  })
})

describe('a hidden window', () => {
  beforeEach(() => {
    session.tick()
    push.attach(session)
    acknowledge()
    push.shown(false)
    take()
    session.made.length = 0
  })

  it('is sent nothing, and nothing is read for it', () => {
    session.tick()
    session.say('lost')
    pass(60_000)
    push.refetch('c')
    expect(take()).toEqual([])
    expect(session.made).toEqual([])
  })

  it('gets the last status and one delta when it is shown again', () => {
    session.tick()
    session.say('lost')
    session.say('live')
    session.tick()
    push.shown(true)
    push.shown(true)
    expect(take()).toEqual(['shown', 'status live', 'delta #2 of 3'])
    expect(session.made).toEqual(['shown true', 'delta 1.1'])
  })

  it('tells the session that nobody looks, also one that is opened meanwhile', () => {
    const other = fakeSession('d')
    push.attach(other)
    expect(other.made).toEqual(['shown false'])
  })
})

describe('lifetime', () => {
  it('a cluster that is closed is heard no more', () => {
    session.tick()
    push.attach(session)
    take()
    push.detach('c')
    session.tick()
    session.say('closed')
    pass(60_000)
    expect(take()).toEqual([])
    expect([session.listeners, timers.size]).toEqual([0, 0])
  })

  it('close drops listeners and timers of all', () => {
    const other = fakeSession('d')
    session.tick()
    other.tick()
    push.attach(session)
    push.attach(other)
    push.close()
    expect([session.listeners, other.listeners, timers.size]).toEqual([0, 0, 0])
  })

  it('one cluster that is not acknowledged does not hold up another', () => {
    const other = fakeSession('d')
    session.tick()
    other.tick()
    push.attach(session)
    push.attach(other)
    take()
    push.acknowledged({ cluster: 'd', seq: 2 })
    session.tick()
    other.tick()
    expect(take()).toEqual(['delta #3 of 2'])
  })

  it('a session that fails to answer is noted, and asked for a whole frame next time', () => {
    session.tick()
    push.attach(session)
    acknowledge()
    take()
    const broken = new Error('broken')
    session.fail(broken)
    session.tick()
    expect(errors).toEqual([broken])
    session.tick()
    expect(take()).toEqual(['frame #2 of 3'])
  })
})

describe('what a page watches', () => {
  const list = { partition: { topic: 'a', partition: 3 }, chart: { kind: 'cluster' }, rows: [1, 2] } as const

  it('is said to the reader of its cluster; of a cluster that is not open it is no error', () => {
    push.attach(session)
    session.made.length = 0
    push.watch('c', list)
    push.watch('gone', list)
    expect(session.made).toEqual(['watch a/3 cluster 1,2'])
  })

  it('goes with the page: one that is loaded anew has a reader of its own, which watches nothing', () => {
    push.attach(session)
    push.watch('c', list)
    session.made.length = 0
    push.close()
    push = create(true)
    push.attach(session)
    expect(session.made).toEqual(['let go', 'shown true', 'frame'])
    expect(session.listeners).toBe(2)
  })
})

describe('news of changes', () => {
  const news = (id: string, version: number): Parameters<Push['tell']>[0] => ({
    type: 'change',
    news: { id, cluster: 'c', state: 'applying', version, progress: null },
  })
  const armed = (armedUntil: number): Parameters<Push['tell']>[0] => ({
    type: 'armed',
    armed: { cluster: 'c', armedUntil },
  })

  it('are told at once, whatever has not been acknowledged', () => {
    session.tick()
    push.attach(session)
    take()
    push.tell(news('a', 1))
    push.tell(armed(5))
    expect(take()).toEqual(['change a 1', 'armed c 5'])
  })

  it('wait for a hidden window, the latest of each', () => {
    push.shown(false)
    take()
    push.tell(news('a', 1))
    push.tell(news('b', 1))
    push.tell(news('a', 2))
    push.tell(armed(5))
    push.tell(armed(Number.NaN))
    expect(take()).toEqual([])
    push.shown(true)
    expect(take()).toEqual(['shown', 'change a 2', 'change b 1', 'armed c NaN'])
    push.shown(false)
    push.shown(true)
    expect(take()).toEqual(['hidden', 'shown'])
  })
})

it('all news of a task wait for a hidden window, in order: they are parts of its answer', () => {
  const step = (id: string, seq: number): Parameters<Push['tell']>[0] => ({
    type: 'task',
    news: { id, seq, kind: 'config-column', type: 'progress', progress: { batch: 'none', done: seq, total: 9 } },
  })
  push.tell(step('a', 1))
  expect(take()).toEqual(['task a 1'])
  push.shown(false)
  push.tell(step('a', 2))
  push.tell(step('b', 1))
  push.tell(step('a', 3))
  expect(take()).toEqual(['hidden'])
  push.shown(true)
  expect(take()).toEqual(['shown', 'task a 2', 'task b 1', 'task a 3'])
})
