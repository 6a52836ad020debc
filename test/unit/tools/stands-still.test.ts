import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { standsStill } from '../../../tools/sandbox/stands-still'
import { until } from '../../../tools/sandbox/until'

it.runIf(existsSync('/proc/self/task'))(
  'a process stands still once all of its threads are stopped, and not before',
  async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    try {
      await until('it to run', 10_000, () => (!standsStill(child.pid!) ? true : null), 5)
      child.kill('SIGSTOP')
      await until('it to stand still', 10_000, () => standsStill(child.pid!) || null, 5)
      child.kill('SIGCONT')
      await until('it to go on', 10_000, () => (!standsStill(child.pid!) ? true : null), 5)
    } finally {
      child.kill('SIGKILL')
    }
  },
)

it('a process that is gone does nothing any more', () => {
  expect(standsStill(2 ** 30)).toBe(true)
})
