import { describe, expect, it } from 'vitest'
import { writeWhole } from '../../../src-main/inspect/write-whole'

const failing = (code: string): Error => Object.assign(new Error(code), { code })

describe('writing to a pipe', () => {
  it('goes on until all is written, a full pipe included', () => {
    let got = ''
    let calls = 0
    const write = (bytes: Uint8Array, at: number): number => {
      calls += 1
      if (calls % 3 === 0) throw failing('EAGAIN')
      const part = bytes.subarray(at, at + 7)
      got += Buffer.from(part).toString('latin1')
      return part.length
    }
    const text = '{"name":"ümlaut, 4 of 7 bytes at a time"}\n'
    expect(writeWhole(write, text)).toBe(true)
    expect(Buffer.from(got, 'latin1').toString()).toBe(text)
  })

  it('tells when the reader has gone, and does not call it an error', () => {
    expect(
      writeWhole(() => {
        throw failing('EPIPE')
      }, 'a line\n'),
    ).toBe(false)
    expect(writeWhole(() => 0, '')).toBe(true)
  })

  it('passes every other error on', () => {
    expect(() =>
      writeWhole(() => {
        throw failing('ENOSPC')
      }, 'a line\n'),
    ).toThrow('ENOSPC')
  })
})
