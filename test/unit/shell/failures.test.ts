import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { sayOnce } from '../../../src-main/compose/say-once'
import { createReloadLimit, logStrayErrors, recoverPage } from '../../../src-main/shell/failures'
import type { Log } from '../../../src-main/shell/log'

const lines: string[] = []
const note = (...parts: unknown[]): void => void lines.push(parts.join(' '))
const log: Log = { info: note, warn: note, error: note }

describe('a page that dies', () => {
  it('is loaded again, but not over and over', () => {
    let now = 0
    let reloads = 0
    const contents = Object.assign(new EventEmitter(), { reload: () => void (reloads += 1) })
    recoverPage(
      contents as unknown as Parameters<typeof recoverPage>[0],
      log,
      createReloadLimit(() => now),
    )
    const die = (reason = 'crashed'): boolean => contents.emit('render-process-gone', {}, { reason, exitCode: 139 })
    die('clean-exit')
    expect(reloads).toBe(0)
    for (let n = 0; n < 5; n += 1) die()
    expect(reloads).toBe(3)
    now = 61_000
    die()
    expect(reloads).toBe(4)
    expect(lines.at(-1)).toBe("the page's process ended (crashed, code 139)")
  })
})

it('an error that nobody caught is a line in the log', () => {
  const host = new EventEmitter()
  logStrayErrors(host as unknown as NodeJS.Process, log)
  host.emit('uncaughtException', new Error('a'))
  host.emit('unhandledRejection', 'b')
  expect(lines.slice(-2)).toEqual(['uncaught Error: a', 'unhandled b'])
})

it('a sentence is said once in a while, others between do not matter', () => {
  const said: string[] = []
  let now = 0
  const say = sayOnce(
    (sentence) => said.push(sentence),
    () => now,
    100,
  )
  for (const [at, sentence] of [
    [0, 'a'],
    [1, 'b'],
    [2, 'a'],
    [99, 'b'],
    [100, 'a'],
    [101, 'b'],
  ] as const) {
    now = at
    say(sentence)
  }
  expect(said).toEqual(['a', 'b', 'a', 'b'])
})
