import { execFileSync } from 'node:child_process'
import type * as cryptoModule from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { freePorts } from '../../../tools/sandbox/ports'

const chosen = vi.hoisted(() => ({ next: [] as number[] }))
vi.mock('node:crypto', async (load) => {
  const crypto = await load<typeof cryptoModule>()
  return { ...crypto, randomInt: (low: number, high: number) => chosen.next.shift() ?? crypto.randomInt(low, high) }
})

const note = (port: number): string => join(tmpdir(), 'highwater-ports', String(port))

describe('ports of a sandbox', () => {
  it('are ours while this process lives, though nobody listens on them', async () => {
    const [port = 0] = await freePorts(1)
    expect(readFileSync(note(port), 'utf8')).toBe(String(process.pid))
    chosen.next = [port, port]
    expect(await freePorts(1)).not.toContain(port)
  })

  it('are left alone when another process has them, and taken once it is gone', async () => {
    const [port = 0] = await freePorts(1)
    const ended = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }))
    writeFileSync(note(port), String(process.ppid))
    chosen.next = [port]
    expect(await freePorts(1)).not.toContain(port)
    expect(existsSync(note(port))).toBe(true)
    writeFileSync(note(port), String(ended))
    // The note of the one that is gone is removed at the first look, the port is there to be had at the second.
    chosen.next = [port, port]
    expect(await freePorts(1)).toEqual([port])
  })
})
