import { describe, expect, it } from 'vitest'
import { abortable, stepAbort } from '../../../../src-main/change/links/abortable'

describe('a step that is cancelled', () => {
  it('ends each of a hundred questions under way, without a warning of Node', async () => {
    const warned: Error[] = []
    const warn = (warning: Error): unknown => warned.push(warning)
    process.on('warning', warn)
    const abort = stepAbort()
    const asked = Array.from({ length: 100 }, () => abortable(new Promise(() => undefined), abort.signal))
    abort.abort()
    const ends = await Promise.allSettled(asked)
    expect(ends.every(({ status }) => status === 'rejected')).toBe(true)
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', warn)
    expect(warned).toEqual([])
  })
})
