import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { accessOf, shellWord, toolLine } from '../../../src-main/shared/shell-words'

describe('a word of the shell', () => {
  it.each(['plain', "it's", 'a b', '$(rm -rf x)', '`x`', 'a;b', 'back\\slash', '*?', '', '"', 'new\nline', 'a-dash'])(
    '%j comes through a real shell unchanged',
    (text) => {
      expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text)
    },
  )
})

describe('the line of a tool', () => {
  const bootstrap = ['b1:9092', '[::1]:9093']
  const sasl = { mechanism: 'plain', username: 'ops' }

  it('names every bootstrap server', () => {
    expect(toolLine('kafka-topics.sh', accessOf({ bootstrap, tls: null, sasl: null }), ['--list'])).toBe(
      "kafka-topics.sh --bootstrap-server 'b1:9092,[::1]:9093' --list",
    )
  })

  it('names a file where there is something to sign in with, and nothing of what stands in it', () => {
    const secured = accessOf({ bootstrap: ['b1:9092'], tls: null, sasl })
    expect(toolLine('x.sh', secured, [])).toBe('x.sh --bootstrap-server b1:9092 --command-config client.properties')
    expect(accessOf({ bootstrap, tls: {}, sasl: null }).secured).toBe(true)
  })
})
