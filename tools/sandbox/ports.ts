import { randomInt } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processMark } from './reaper.mjs'

/**
 * Below the ports that systems give out by themselves (from 32768 on Linux, 49152 elsewhere): a port of that range could be taken by any connection
 * between being found and being bound, and while the broker that has it is down.
 */
const LOWEST = 15_000
const HIGHEST = 32_000
const MOST_TRIES = 500
const claims = join(tmpdir(), 'highwater-ports')
const claimed = new Set<string>()

/**
 * A port is ours until this process ends: what has not been bound yet, or whose broker is down, looks free to every other sandbox that looks for
 * ports. False when somebody else has it.
 */
function claim(port: number): boolean {
  const path = join(claims, String(port))
  try {
    mkdirSync(claims, { recursive: true })
    writeFileSync(path, String(process.pid), { flag: 'wx' })
  } catch (error) {
    // Where no note can be left nobody else leaves one either.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) return true
    if (isAbandoned(path)) rmSync(path, { force: true })
    return false
  }
  if (claimed.size === 0) process.once('exit', giveBack)
  claimed.add(path)
  return true
}

function isAbandoned(path: string): boolean {
  try {
    return processMark(Number(readFileSync(path, 'utf8'))) === null
  } catch {
    return false
  }
}

function giveBack(): void {
  for (const path of claimed) rmSync(path, { force: true })
}

/** Null when somebody listens there already. */
const listen = (port: number): Promise<Server | null> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen(port, '127.0.0.1', () => resolve(server))
  })

/**
 * Ports of the loopback that nobody listens on and no other sandbox was given. All are held open until the last is found, so they differ. `choose`
 * names the next one to look at.
 */
export async function freePorts(count: number, choose = (): number => randomInt(LOWEST, HIGHEST)): Promise<number[]> {
  const servers: Server[] = []
  for (let tries = 0; servers.length < count; tries += 1) {
    if (tries > MOST_TRIES + count) throw new Error(`No ${count} free ports were found from ${LOWEST} to ${HIGHEST}`)
    const port = choose()
    if (!claim(port)) continue
    const server = await listen(port)
    if (server === null) continue
    servers.push(server)
  }
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

export function portAnswers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const finish = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(1000, () => finish(false))
    socket.once('connect', () => finish(true))
    socket.once('error', () => finish(false))
  })
}
