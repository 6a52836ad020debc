import { describe, expect, it } from 'vitest'
import { firstToAnswer, PATIENCE_MS } from '../../../../src-main/kafka/client/bootstrap-race'
import type { Attempt } from '../../../../src-main/kafka/client/bootstrap-race'
import { Deadline } from '../../../../src-main/kafka/client/deadline'
import type { HostPort } from '../../../../src-main/shared/bootstrap'
import { PortError } from '../../../../src-main/ports/cluster-port'
import { took } from '../../../support/stall-watch'

const at = (...hosts: string[]): HostPort[] => hosts.map((host) => ({ host, port: 9092 }))
const failure = (reason: PortError['reason'], host: string): PortError =>
  new PortError('unreachable', reason, `${host} ${reason}`, 0, host)

/** Attempts by host; those not named stay silent until cancelled. */
function attempts(answers: Readonly<Record<string, PortError | string>>): {
  attempt: (address: HostPort) => Attempt<string>
  started: string[]
  cancelled: string[]
} {
  const started: string[] = []
  const cancelled: string[] = []
  const attempt = ({ host }: HostPort): Attempt<string> => {
    started.push(host)
    const given = answers[host]
    const answer =
      given === undefined
        ? new Promise<string>(() => undefined)
        : given instanceof PortError
          ? Promise.reject(given)
          : Promise.resolve(given)
    return { answer, cancel: () => void cancelled.push(host) }
  }
  return { attempt, started, cancelled }
}

describe('the race of bootstrap addresses', () => {
  it('asks the first alone when it answers', async () => {
    const { attempt, started } = attempts({ a: 'one', b: 'two' })
    await expect(firstToAnswer(at('a', 'b'), new Deadline(60_000), attempt)).resolves.toBe('one')
    expect(started).toEqual(['a'])
  })

  it('goes on at once after a failure', async () => {
    const { attempt, started } = attempts({ a: failure('refused', 'a'), b: 'two', c: 'three' })
    const racing = firstToAnswer(at('a', 'b', 'c'), new Deadline(60_000), attempt)
    const inTime = took(racing)
    await expect(racing).resolves.toBe('two')
    expect(await inTime).toBeLessThan(PATIENCE_MS / 2)
    expect(started).toEqual(['a', 'b'])
  })

  it('does not wait for a silent one to the end, and hangs up on it', async () => {
    const { attempt, cancelled } = attempts({ b: 'two' })
    const began = performance.now()
    await expect(firstToAnswer(at('a', 'b'), new Deadline(60_000), attempt)).resolves.toBe('two')
    expect(performance.now() - began).toBeGreaterThan(PATIENCE_MS - 50)
    expect(cancelled).toContain('a')
  })

  it('tells the failure that says most, and names all', async () => {
    const { attempt } = attempts({
      a: failure('refused', 'a'),
      b: failure('sasl-refused', 'b'),
      c: failure('unknown-host', 'c'),
    })
    await expect(firstToAnswer(at('a', 'b', 'c'), new Deadline(60_000), attempt)).rejects.toMatchObject({
      kind: 'auth',
      host: 'b',
      message: 'None of 3 bootstrap addresses can be used: a refused; b sasl-refused; c unknown-host',
    })
  })

  it('starts nothing more once the time is over', async () => {
    let now = 0
    const deadline = new Deadline(1000, () => now)
    const started: string[] = []
    const attempt = ({ host }: HostPort): Attempt<string> => {
      started.push(host)
      now = 2000
      return { answer: Promise.reject(failure('timeout', host)), cancel: () => undefined }
    }
    await expect(firstToAnswer(at('a', 'b', 'c'), deadline, attempt)).rejects.toMatchObject({
      kind: 'timeout',
      host: 'a',
    })
    expect(started).toEqual(['a'])
  })

  it('leaves a single failure as it is', async () => {
    const alone = failure('tls-files', 'a')
    await expect(firstToAnswer(at('a'), new Deadline(60_000), attempts({ a: alone }).attempt)).rejects.toBe(alone)
  })

  it('refuses an empty list', async () => {
    await expect(firstToAnswer([], new Deadline(60_000), attempts({}).attempt)).rejects.toMatchObject({
      code: 'bad-input',
    })
  })
})
