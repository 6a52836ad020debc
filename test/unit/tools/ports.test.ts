import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freePorts } from '../../../tools/sandbox/ports'

/** The given ports first, then some. */
function firstOf(...ports: number[]): () => number {
  return () => ports.shift() ?? randomInt(15_000, 32_000)
}

const note = (port: number): string => join(tmpdir(), 'highwater-ports', String(port))

describe('ports of a sandbox', () => {
  it('are ours while this process lives, though nobody listens on them', async () => {
    const [port = 0] = await freePorts(1)
    expect(readFileSync(note(port), 'utf8')).toBe(String(process.pid))
    expect(await freePorts(1, firstOf(port, port))).not.toContain(port)
  })

  it('are left alone when another process has them, and taken once it is gone', async () => {
    const [port = 0] = await freePorts(1)
    const ended = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }))
    writeFileSync(note(port), String(process.ppid))
    expect(await freePorts(1, firstOf(port))).not.toContain(port)
    expect(existsSync(note(port))).toBe(true)
    writeFileSync(note(port), String(ended))
    // The note of the one that is gone is removed at the first look, the port is there to be had at the second.
    expect(await freePorts(1, firstOf(port, port))).toEqual([port])
  })
})
