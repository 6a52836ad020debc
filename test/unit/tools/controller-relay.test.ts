import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { brokerSpeaking, startControllerRelay } from '../../../tools/sandbox/controller-relay'
import type { ControllerRelay } from '../../../tools/sandbox/controller-relay'
import { freePorts } from '../../../tools/sandbox/ports'
import { frame } from '../../../tools/sandbox/raw-client'

const hello = (clientId: string): Buffer => frame({ apiKey: 18, apiVersion: 0, body: new Uint8Array(0), clientId })

describe('who speaks to a controller', () => {
  it.each([
    ['raft-client-3', 3],
    ['4', 4],
    ['raft-client-100', 100],
    ['adminclient-1', -1],
    ['', -1],
  ])('is told by the client id "%s"', (name, broker) => {
    expect(brokerSpeaking(hello(name))).toBe(broker)
  })

  it('is not known before the name is there as a whole', () => {
    const whole = hello('raft-client-12')
    for (let length = 0; length < whole.length; length++) expect(brokerSpeaking(whole.subarray(0, length))).toBeNull()
  })
})

describe('a relay before a controller', () => {
  const ends: (() => unknown)[] = []
  let controller: Server
  let relay: ControllerRelay
  let port: number

  beforeEach(async () => {
    // Says back whatever it hears.
    controller = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.pipe(socket)
    })
    await new Promise<void>((resolve) => controller.listen(0, '127.0.0.1', resolve))
    ends.push(() => controller.close())
    ;[port] = (await freePorts(1)) as [number]
    relay = await startControllerRelay(port, (controller.address() as AddressInfo).port)
    ends.push(() => relay.close())
  })

  afterEach(() => {
    for (const end of ends.splice(0).reverse()) end()
  })

  /** A node that has said its name, and all that it got back. */
  async function node(name: string): Promise<{ socket: Socket; heard: () => string; closed: () => boolean }> {
    const socket = connect(port, '127.0.0.1')
    ends.push(() => socket.destroy())
    const chunks: Buffer[] = []
    let ended = false
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => undefined)
    socket.on('close', () => (ended = true))
    await new Promise<void>((resolve) => socket.once('connect', resolve))
    socket.write(hello(name))
    return { socket, heard: () => Buffer.concat(chunks).toString('latin1'), closed: () => ended }
  }

  it('passes on what both say, also where the name comes in two pieces', async () => {
    const whole = hello('raft-client-2')
    const socket = connect(port, '127.0.0.1')
    ends.push(() => socket.destroy())
    const back: Buffer[] = []
    socket.on('data', (chunk) => back.push(chunk))
    socket.setNoDelay(true)
    socket.write(whole.subarray(0, 9))
    socket.write(whole.subarray(9))
    await vi.waitFor(() => expect(Buffer.concat(back)).toEqual(whole))
  })

  it('holds one broker and lets the others talk, and hangs up on it when it is released', async () => {
    const [held, free] = [await node('raft-client-3'), await node('raft-client-2')]
    for (const one of [held, free]) await vi.waitFor(() => expect(one.heard()).not.toBe(''))
    relay.hold(3)
    const late = await node('3')
    held.socket.write('heartbeat')
    free.socket.write('heartbeat')
    await vi.waitFor(() => expect(free.heard()).toContain('heartbeat'))
    expect(held.heard()).not.toContain('heartbeat')
    expect(late.heard()).toBe('')
    expect([held.closed(), late.closed()]).toEqual([false, false])
    relay.release(3)
    await vi.waitFor(() => expect([held.closed(), late.closed()]).toEqual([true, true]))
    const anew = await node('3')
    await vi.waitFor(() => expect(anew.heard()).not.toBe(''))
    expect(free.closed()).toBe(false)
  })
})
