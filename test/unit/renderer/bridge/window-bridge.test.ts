import { describe, expect, it } from 'vitest'
import type { PushMessage } from '@contract/frame'
import { FRAME_PORT_MESSAGE } from '@contract/ipc'
import { windowBridge } from '../../../../src-renderer/bridge/window-bridge'
import { buildFrame } from '../../../support/frames'

function fakePort() {
  const sent: unknown[] = []
  const port = {
    sent,
    closed: false,
    onmessage: null as null | ((event: { data: PushMessage }) => void),
    postMessage: (message: unknown) => sent.push(message),
    close: () => (port.closed = true),
  }
  return port
}
const hand = (port: unknown, data: unknown = FRAME_PORT_MESSAGE, source: unknown = window): void => {
  const event = new Event('message')
  Object.assign(event, { data, source, ports: [port] })
  window.dispatchEvent(event)
}

describe('the frame port', () => {
  it('hands pushes on and acknowledges pictures once they are dealt with, but not a status', () => {
    const bridge = windowBridge(window)
    const port = fakePort()
    const got: string[] = []
    bridge.onPush((message) => got.push(`${message.type} before ${port.sent.length} acks`))
    hand(port)
    port.onmessage!({ data: { type: 'frame', frame: buildFrame({ seq: 4 }) } })
    port.onmessage!({
      data: {
        type: 'status',
        status: { cluster: 'orders-eu', phase: 'live', since: 0, takenAt: 0, nextTryAt: 0, problem: null },
      },
    })
    expect(got).toEqual(['frame before 0 acks', 'status before 1 acks'])
    expect(port.sent).toEqual([{ type: 'ack', cluster: 'orders-eu', seq: 4 }])
  })

  it('takes ports from this window only, and closes the old one when a new one comes', () => {
    windowBridge(window)
    const [first, second, stranger] = [fakePort(), fakePort(), fakePort()]
    hand(first)
    hand(stranger, FRAME_PORT_MESSAGE, {})
    hand(stranger, 'something else')
    expect(stranger.onmessage).toBeNull()
    hand(second)
    expect(first.closed).toBe(true)
    expect(second.onmessage).not.toBeNull()
  })
})
