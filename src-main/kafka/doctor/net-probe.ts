import { lookup } from 'node:dns/promises'
import { connect, isIP } from 'node:net'
import { Deadline } from '../client/deadline'
import { addressText } from '../../shared/bootstrap'
import type { HostPort } from '../../shared/bootstrap'
import { reasonOf, toPortError } from '../client/transport-errors'
import type { Reason } from '../../ports/reason'
import { ADVICE_FOR } from './advice'
import { endOnAbort, Failure, failed, fine, notUsed } from './findings'
import type { Finding } from './findings'

export const codeOf = (error: unknown): string => {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : ''
}

export async function probeName({ host }: HostPort, timeoutMs: number): Promise<Finding> {
  if (isIP(host) !== 0) return notUsed(`${host} is an IP address`)
  try {
    const late = (): Error =>
      Object.assign(new Error(`no answer from the name server within ${timeoutMs} ms`), { code: 'EAI_AGAIN' })
    const found = await new Deadline(timeoutMs).race(lookup(host, { all: true }), late)
    return fine(`${host} is ${found.map(({ address }) => address).join(', ')}`)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(failed(`The name ${host} could not be looked up: ${why}`, ADVICE_FOR[reasonOf(error, 'dns')]))
  }
}

/** Connects, and hangs up at once: shows that the port is open, nothing more. */
export function probePort(address: HostPort, timeoutMs: number, signal: AbortSignal): Promise<Finding> {
  const name = addressText(address)
  return new Promise((resolve, reject) => {
    const socket = connect(address)
    endOnAbort(socket, signal)
    const refuse = (evidence: string, reason: Reason): void => {
      socket.destroy()
      reject(new Failure(failed(evidence, ADVICE_FOR[reason])))
    }
    socket.setTimeout(timeoutMs, () =>
      refuse(`${name} did not take the connection within ${timeoutMs} ms`, 'connect-timeout'),
    )
    socket.once('error', (error) => {
      if (error instanceof Failure) {
        reject(error)
        return
      }
      if (codeOf(error) === '') refuse(`${name}: ${error.message}`, 'reset')
      else refuse(toPortError(error, { host: name, stage: 'tcp', apiName: '' }).message, reasonOf(error, 'tcp'))
    })
    socket.once('connect', () => {
      const peer = `${socket.remoteAddress ?? ''} port ${socket.remotePort ?? 0}`
      socket.destroy()
      resolve(fine(`Connected to ${peer}`))
    })
  })
}
