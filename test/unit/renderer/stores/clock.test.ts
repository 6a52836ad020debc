import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useClockStore } from '../../../../src-renderer/stores/clock'

describe('the clock of the page', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000 })
    setActivePinia(createPinia())
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('ticks four times a second, stands still while the window is hidden, and is right at once when it is shown', () => {
    const clock = useClockStore()
    const stop = clock.start()
    vi.advanceTimersByTime(500)
    expect(clock.now).toBe(1_500)
    clock.show(false)
    vi.advanceTimersByTime(60_000)
    expect([clock.now, vi.getTimerCount()]).toEqual([1_500, 0])
    clock.show(true)
    expect(clock.now).toBe(61_500)
    stop()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('does not start by being shown', () => {
    const clock = useClockStore()
    clock.show(false)
    clock.show(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('goes on where the wall clock is set back, follows it forward, and is never behind the main process', () => {
    const clock = useClockStore()
    const stop = clock.start()
    vi.setSystemTime(-3_600_000)
    vi.advanceTimersByTime(250)
    expect(clock.now).toBe(1_250)
    clock.reach(50_000)
    expect(clock.now).toBe(50_000)
    clock.reach(40_000)
    clock.reach(Number.NaN)
    expect(clock.now).toBe(50_000)
    stop()
  })
})
