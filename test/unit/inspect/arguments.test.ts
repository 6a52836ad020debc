import { describe, expect, it } from 'vitest'
import { HELP, parseArguments } from '../../../src-main/inspect/arguments'

const run = (...words: string[]) => parseArguments(words)

describe('parseArguments', () => {
  it('takes a bootstrap list and leaves the rest as it is usual', () => {
    expect(run('--bootstrap', 'a:1,[::1]:2')).toEqual({
      kind: 'run',
      arguments: {
        bootstrap: ['a:1,[::1]:2'],
        watch: false,
        record: null,
        incident: null,
        audit: null,
        intervalMs: 0,
        timeoutMs: 2_000,
        tls: null,
        sasl: null,
      },
    })
  })

  it('keeps what a watch sees where it is told to, and nothing else does', () => {
    expect(run('--bootstrap', 'a:1', '--watch', '--record', '--profile', '/p')).toMatchObject({
      arguments: { watch: true, record: { profile: '/p' } },
    })
    expect(run('--bootstrap', 'a:1', '--incident', '7', '--bundle', 'd')).toMatchObject({
      arguments: { incident: { id: 7, folder: 'd', profile: '' } },
    })
    expect(run('--bootstrap', 'a:1', '--incident', '7')).toMatchObject({ kind: 'bad' })
    expect(run('--bootstrap', 'a:1', '--incident', '0', '--bundle', 'd')).toMatchObject({ kind: 'bad' })
    expect(run('--bootstrap', 'a:1', '--record')).toMatchObject({ kind: 'bad' })
    expect(run('--bootstrap', 'a:1', '--watch', '--profile', '/p')).toMatchObject({ kind: 'bad' })
  })

  it('takes everything there is, in both spellings', () => {
    const words = [
      '--bootstrap=a:1',
      '--bootstrap',
      'b:2',
      '--watch',
      '--interval=500',
      '--timeout',
      '300',
      '--ca',
      'ca.pem',
      '--sasl',
      'SCRAM-SHA-512',
      '--username=me',
    ]
    expect(run(...words)).toEqual({
      kind: 'run',
      arguments: {
        bootstrap: ['a:1', 'b:2'],
        watch: true,
        record: null,
        incident: null,
        audit: null,
        intervalMs: 500,
        timeoutMs: 300,
        tls: { caFile: 'ca.pem' },
        sasl: { mechanism: 'scram-sha-512', username: 'me' },
      },
    })
  })

  it('audits down to what counts, everything if nothing is said', () => {
    expect(run('--bootstrap', 'a:1', '--audit')).toMatchObject({ arguments: { audit: 'untidy' } })
    expect(run('--bootstrap', 'a:1', '--audit', '--fail-on=stops')).toMatchObject({ arguments: { audit: 'stops' } })
  })

  it.each([
    [[], '--bootstrap'],
    [['--bootstrap'], '--bootstrap wants a value'],
    [['--bootstrap='], '--bootstrap wants a value'],
    [['--bootstrap', '--watch'], '--bootstrap wants a value'],
    [['--bootstrap', 'a:1', 'b:2'], 'b:2 is not an option'],
    [['--bootstrap', 'a:1', '--colour'], '--colour is not an option'],
    [['--bootstrap', 'a:1', '--watch=yes'], '--watch=yes is not an option'],
    [['--bootstrap', 'a:1', '--interval', '10'], '--interval 10'],
    [['--bootstrap', 'a:1', '--audit', '--fail-on', 'stop'], '--fail-on stop is not one of loses, stops, weak, untidy'],
    [['--bootstrap', 'a:1', '--fail-on', 'stops'], '--fail-on wants --audit'],
    [['--bootstrap', 'a:1', '--audit', '--watch'], '--audit and --watch'],
    [['--bootstrap', 'a:1', '--interval', '1e3'], '--interval 1e3'],
    [['--bootstrap', 'a:1', '--timeout', '-5'], '--timeout -5'],
    [['--bootstrap', 'a:1', '--sasl', 'gssapi', '--username', 'me'], '--sasl gssapi is not one of plain'],
    [['--bootstrap', 'a:1', '--sasl', 'plain'], '--username'],
  ])('refuses %j and names what is wrong', (words, why) => {
    const parsed = run(...words)
    expect(parsed).toMatchObject({ kind: 'bad' })
    expect(parsed.kind === 'bad' ? parsed.why : '').toContain(why)
  })

  it('helps when asked, whatever else is there', () => {
    expect(run('--help')).toEqual({ kind: 'help' })
    expect(run('--bootstrap', 'a:1', '-h')).toEqual({ kind: 'help' })
    for (const option of [
      '--bootstrap',
      '--watch',
      '--interval',
      '--timeout',
      '--tls',
      '--ca',
      '--sasl',
      '--username',
      'Exit code',
    ])
      expect(HELP).toContain(option)
  })
})
