import type { DoctorStepName } from '../../contract/profiles'
import { BrokerSocket } from '../client/broker-socket'
import { chooseVersion } from '../client/choose-version'
import { Deadline } from '../client/deadline'
import { addressText } from '../../shared/bootstrap'
import type { ClientOptions } from '../client/options'
import type { HostPort } from '../../shared/bootstrap'
import { createTransport } from '../client/transport'
import type { Transport } from '../client/transport'
import { readMetadata } from '../client/read-metadata'
import { PortError } from '../../ports/cluster-port'
import { metadataApi } from '../wire/metadata-request'
import { examineBrokers } from './advertised'
import { ADVICE_FOR } from './advice'
import { ownCertificate } from './certificates'
import { cancelled, Failure, failed, fine, many, notUsed, warning } from './findings'
import type { Finding } from './findings'
import { probeName, probePort } from './net-probe'
import type { Recorder } from './recorder'
import { examineRights } from './rights'
import { offeredMechanisms } from './sasl-handshake'
import { probeTls, speaksTls, tlsFinding } from './tls-probe'
import { ApiKey } from '../../shared/api-keys'

export interface ExamineContext {
  readonly options: Pick<ClientOptions, 'tls' | 'sasl' | 'clientId' | 'clusterId'>
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

const only = async (finding: Promise<Finding>): Promise<{ finding: Finding; value: null }> => ({
  finding: await finding,
  value: null,
})

/** Walks one bootstrap address from its name to the rights of the login. Throws Failure at the step that cannot be passed. */
export async function examine(address: HostPort, asking: ExamineContext, recorder: Recorder): Promise<void> {
  const { options, timeoutMs, signal } = asking
  const subject = addressText(address)
  const step = async <T>(name: DoctorStepName, work: () => Promise<{ finding: Finding; value: T }>): Promise<T> => {
    if (signal.aborted) throw new Failure(cancelled)
    return recorder.run(name, subject, () => unlessAborted(work(), signal))
  }
  await step('dns', () => only(probeName(address, timeoutMs)))
  await step('tcp', () => only(probePort(address, timeoutMs, signal)))
  await step('tls', () => only(probeTls(address, options.tls, { timeoutMs, signal, now: Date.now() })))
  const transport = createTransport(options)
  const socket = new BrokerSocket(transport, address, { requests: 0, bytesOut: 0, bytesIn: 0 })
  const stop = (): void => socket.end(new PortError('cancelled', 'closed-by-us', 'The examination is over'))
  signal.addEventListener('abort', stop)
  try {
    await step('api-versions', () => only(askVersions(socket, address, asking)))
    await step('sasl', () => only(logIn(socket, address, transport, asking)))
    const metadata = await step('metadata', async () => {
      const value = await readMetadata(socket, subject, { topics: null }, new Deadline(timeoutMs)).catch(
        async (error: unknown) => {
          throw await loginMissing(error, address, transport, asking)
        },
      )
      // All brokers, and of topics those that this login may see.
      const seen = `${many(value.topicNames.length, 'topic')}, ${many(value.partition.length, 'partition')}`
      const counts = `${many(value.brokers.length, 'broker')}; visible: ${seen}`
      const cluster = `Cluster ${value.clusterId ?? 'without an id'}`
      const { clusterId = '' } = options
      const finding =
        clusterId === '' || clusterId === value.clusterId
          ? fine(`${cluster}: ${counts}`)
          : warning(`${cluster}, where ${clusterId} was before: ${counts}`, 'other-cluster')
      return { finding, value }
    })
    await step('brokers', () => only(examineBrokers(metadata, address, transport, timeoutMs, signal)))
    await step('rights', () => only(examineRights(socket, subject, metadata, new Deadline(timeoutMs))))
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}

/** A name that is looked up cannot be called back (getaddrinfo): its answer is left to come. Every socket is closed by the same signal. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new Failure(cancelled))
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

async function askVersions(
  socket: BrokerSocket,
  address: HostPort,
  { options: { tls }, timeoutMs, signal }: ExamineContext,
): Promise<Finding> {
  const deadline = new Deadline(timeoutMs)
  try {
    await socket.dial(deadline)
    await socket.greet(deadline)
  } catch (error) {
    if (!(error instanceof PortError)) throw error
    const now = Date.now()
    const hungUp = error.kind === 'closed' || error.kind === 'reset' || error.kind === 'tls'
    if (tls === null && hungUp && (await speaksTls(address, timeoutMs, signal))) {
      throw new Failure(
        failed(`${addressText(address)} speaks TLS on this port, and TLS is off`, 'plaintext-on-tls'),
        'tls',
      )
    }
    if (tls !== null && error.kind === 'tls')
      throw new Failure(tlsFinding(error.message, error.reason, tls, now), 'tls')
    // In TLS 1.3 a certificate is refused after the handshake, and the refusal may be lost with the connection.
    if (tls !== null && hungUp && ownCertificate(tls.cert, now).faulty)
      throw new Failure(tlsFinding(error.message, 'tls-client-certificate', tls, now), 'tls')
    throw error
  }
  chooseVersion(metadataApi, socket.versions, addressText(address))
  const mode = socket.versions?.has(ApiKey.LeaderAndIsr) === true ? 'ZooKeeper' : 'KRaft'
  const level = socket.features?.get('metadata.version')
  return fine(
    `A Kafka broker (${mode}${level === undefined ? '' : `, metadata.version ${level}`}) that knows ${socket.versions?.size ?? 0} APIs`,
  )
}

async function logIn(
  socket: BrokerSocket,
  address: HostPort,
  transport: Transport,
  { options: { sasl }, timeoutMs, signal }: ExamineContext,
): Promise<Finding> {
  if (sasl === null) return notUsed('SASL is off')
  const deadline = new Deadline(timeoutMs)
  try {
    await socket.login(deadline)
    return fine(`Logged in as ${sasl.username} with ${sasl.mechanism.toUpperCase()}`)
  } catch (error) {
    if (!(error instanceof PortError) || error.kind !== 'auth') throw error
    const offer = error.reason === 'sasl-mechanism' ? await offerText(transport, address, deadline, signal) : ''
    throw new Failure(
      failed(
        `${error.message} (${sasl.mechanism.toUpperCase()}, user ${sasl.username})${offer}`,
        ADVICE_FOR[error.reason],
      ),
    )
  }
}

/** A SASL listener answers ApiVersions to anybody and hangs up at the first real question (seen on 4.4.0). */
async function loginMissing(
  error: unknown,
  address: HostPort,
  transport: Transport,
  { options, timeoutMs, signal }: ExamineContext,
): Promise<unknown> {
  if (options.sasl !== null || !(error instanceof PortError) || (error.kind !== 'closed' && error.kind !== 'reset'))
    return error
  const offer = await offerText(transport, address, new Deadline(timeoutMs), signal)
  return new Failure(failed(`${error.message}, as a port does that wants a SASL login${offer}`, 'sasl-missing'), 'sasl')
}

async function offerText(
  transport: Transport,
  address: HostPort,
  deadline: Deadline,
  signal: AbortSignal,
): Promise<string> {
  const offered = await offeredMechanisms(transport, address, deadline, signal)
  return offered.length === 0 ? '' : `. This port offers ${offered.join(', ')}`
}
