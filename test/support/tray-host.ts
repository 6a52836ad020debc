/**
 * A desktop that shows what programs put beside the clock, for tests of a window that is closed to the tray: a message bus of its own (`dbus-daemon`), and on it what KDE and GNOME call a
 * StatusNotifierWatcher (https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/). It takes every item that registers, and clicks on one when it is told to.
 */
import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { promisify } from 'node:util'
import { readMessages, writeMessage } from './dbus-message'
import type { BusMessage } from './dbus-message'

const NAME = 'org.kde.StatusNotifierWatcher'
const BUS = 'org.freedesktop.DBus'
const BUS_PATH = '/org/freedesktop/DBus'
const LIMIT_MS = 10_000

export interface TrayHost {
  /** What a program needs in `DBUS_SESSION_BUS_ADDRESS`. */
  readonly address: string
  /** Names on the bus of what is beside the clock, the newest last. */
  items(): readonly string[]
  /** A click on the newest one. */
  click(): Promise<void>
  close(): void
}

const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ''
    const late = setTimeout(() => reject(new Error('dbus-daemon told no address')), LIMIT_MS)
    child.once('error', reject)
    child.once('exit', () => reject(new Error('dbus-daemon has ended')))
    child.stdout!.on('data', (bytes: Buffer) => {
      said += bytes.toString()
      if (!said.includes('\n')) return
      clearTimeout(late)
      resolve(said.slice(0, said.indexOf('\n')))
    })
  })

/** As the user of this process (D-Bus specification, "Authentication Protocol"). */
async function signIn(address: string): Promise<Socket> {
  const path = /unix:path=([^,]+)/.exec(address)?.[1]
  if (path === undefined) throw new Error(`not an address of a bus with a path: ${address}`)
  const socket = connect(path)
  const answered = new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.once('data', (bytes: Buffer) =>
      bytes.toString().startsWith('OK') ? resolve() : reject(new Error(`the bus refuses: ${bytes.toString()}`)),
    )
  })
  const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
  socket.write(`\0AUTH EXTERNAL ${user}\r\n`)
  await answered
  socket.write('BEGIN\r\n')
  return socket
}

/** Rejects where there is no `dbus-daemon`. */
export async function startTrayHost(): Promise<TrayHost> {
  const daemon = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1', '--address=unix:tmpdir=/tmp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const address = await firstLine(daemon)
  const socket = await signIn(address)
  const items: string[] = []
  let serial = 0
  const send = (message: Omit<BusMessage, 'serial'>): number => {
    serial += 1
    socket.write(writeMessage({ ...message, serial }))
    return serial
  }
  const heard = new Map<number, (message: BusMessage) => void>()
  const ask = (member: string, body: BusMessage['body']): Promise<BusMessage> =>
    new Promise((resolve) => {
      heard.set(send({ type: 'call', destination: BUS, path: BUS_PATH, interface: BUS, member, body }), resolve)
    })
  const answer = ({ member, body, sender, serial: of }: BusMessage): void => {
    if (member === 'RegisterStatusNotifierItem') {
      const said = String(body[0]?.value ?? '')
      // A path alone: of the one who says it.
      items.push(said.startsWith('/') ? (sender ?? '') : said)
    }
    // Every property that is asked for is whether somebody draws: somebody does.
    const told: BusMessage['body'] = member === 'Get' ? [{ as: 'variant-boolean', value: true }] : []
    send({ type: 'return', replySerial: of, body: told, ...(sender === undefined ? {} : { destination: sender }) })
  }
  readMessages(socket, (message) => {
    if (message.type === 'call') answer(message)
    else if (message.replySerial !== undefined) heard.get(message.replySerial)?.(message)
  })
  await ask('Hello', [])
  await ask('RequestName', [
    { as: 'string', value: NAME },
    { as: 'uint32', value: 0 },
  ])
  return {
    address,
    items: () => [...items],
    async click() {
      const item = items.at(-1)
      if (item === undefined) throw new Error('nothing is beside the clock')
      const call = ['--print-reply', `--bus=${address}`, `--dest=${item}`, '/StatusNotifierItem']
      await promisify(execFile)('dbus-send', [...call, 'org.kde.StatusNotifierItem.Activate', 'int32:0', 'int32:0'])
    },
    close() {
      socket.destroy()
      daemon.kill('SIGTERM')
    },
  }
}
