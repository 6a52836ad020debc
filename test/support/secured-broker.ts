import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepare } from '../../tools/sandbox/prepare'
import { dockerHost } from '../../tools/sandbox/docker-host'
import { brokersListedAt } from '../../tools/sandbox/cluster-view'
import { localHost } from '../../tools/sandbox/host'
import type { Host } from '../../tools/sandbox/host'
import { asText, nodeProperties, planNodes } from '../../tools/sandbox/layout'
import { freePorts } from '../../tools/sandbox/ports'
import { openRunFolder } from '../../tools/sandbox/run-folder'
import { plainShape } from '../../tools/sandbox/shape'
import { kafkaUuid } from '../../tools/sandbox/storage'
import { until } from '../../tools/sandbox/until'
import { ensureKafka } from '../../tools/setup/kafka'
import { makeCertificates } from './certificates'
import type { Certificates } from './certificates'

/** `lost` advertises a port on which nobody listens. */
export type ListenerName = 'plaintext' | 'ssl' | 'mtls' | 'sasl_plaintext' | 'sasl_ssl' | 'lost'

const PROTOCOL: Readonly<Record<ListenerName, string>> = {
  plaintext: 'PLAINTEXT',
  ssl: 'SSL',
  mtls: 'SSL',
  sasl_plaintext: 'SASL_PLAINTEXT',
  sasl_ssl: 'SASL_SSL',
  lost: 'PLAINTEXT',
}

export interface SecuredBroker {
  readonly ports: Readonly<Record<ListenerName, number>>
  readonly controllerPort: number
  readonly certificates: Certificates
  /** Super user, with PLAIN and both SCRAMs. */
  readonly admin: { readonly username: string; readonly password: string }
  /** Knows its password and has no rights at all. */
  readonly limited: { readonly username: string; readonly password: string }
  close(): void
}

/** One real broker (and controller) with a listener of every kind, an authorizer, and users for PLAIN and SCRAM. */
export async function startSecuredBroker(): Promise<SecuredBroker> {
  const install = await ensureKafka()
  const folder = openRunFolder('secured', install.version)
  try {
    const shape = plainShape(1)
    const layout = { shape, combined: true, controllerCount: 0, zookeeper: false, folder: folder.path }
    const [plan] = await planNodes(layout)
    if (plan === undefined) throw new Error('no node was planned')
    const [ssl = 0, mtls = 0, saslPlaintext = 0, saslSsl = 0, lost = 0, nobody = 0] = await freePorts(6)
    const ports = { plaintext: plan.port, ssl, mtls, sasl_plaintext: saslPlaintext, sasl_ssl: saslSsl, lost }
    const { runtime } = install
    const host: Host =
      runtime.kind === 'java'
        ? localHost(install, runtime.java, (await prepare(install)).flags)
        : await dockerHost(install, runtime, folder, Object.values(ports))
    const certificates = makeCertificates()
    const admin = { username: 'admin', password: 'admin-canary-5f2c' }
    const limited = { username: 'limited', password: 'limited-canary-81d0' }
    mkdirSync(plan.folder, { recursive: true })
    const overrides = {
      ...listenerKeys(ports, { bind: host.bind, controllerPort: plan.controllerPort, nobody }),
      ...tlsKeys(plan.folder, certificates),
      ...saslKeys([admin, limited]),
    }
    const config = join(plan.folder, 'server.properties')
    writeFileSync(config, asText(nodeProperties(plan, { shape, nodes: [plan], bind: host.bind, overrides })))
    const scram = ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) =>
      [admin, limited].flatMap(({ username, password }) => [
        '--add-scram',
        `${mechanism}=[name=${username},password=${password}]`,
      ]),
    )
    const format = await host.tool('kafka.tools.StorageTool', ['format', '-t', kafkaUuid(), '-c', config, ...scram])
    if (format.code !== 0) throw new Error(`Formatting failed: ${format.output.slice(-500)}`)
    const process = await host.start('kafka.Kafka', [config], join(plan.folder, 'output.log'))
    if (process.pid > 0) folder.record(process.pid, 'secured-broker')
    await until(
      'the secured broker to start',
      180_000,
      async () => (await brokersListedAt(plan.port)).includes(plan.id) || null,
    )
    const close = (): void => {
      folder.destroy()
      host.close()
    }
    return { ports, controllerPort: plan.controllerPort, certificates, admin, limited, close }
  } catch (error) {
    folder.destroy()
    throw error
  }
}

function listenerKeys(
  ports: SecuredBroker['ports'],
  { bind, controllerPort, nobody }: { bind: string; controllerPort: number; nobody: number },
): Record<string, string> {
  const names = Object.keys(ports) as ListenerName[]
  const each = (text: (name: ListenerName) => string): string => names.map(text).join(',')
  return {
    listeners: `${each((name) => `${name.toUpperCase()}://${bind}:${ports[name]}`)},CONTROLLER://${bind}:${controllerPort}`,
    'advertised.listeners': each(
      (name) => `${name.toUpperCase()}://127.0.0.1:${name === 'lost' ? nobody : ports[name]}`,
    ),
    'listener.security.protocol.map': `${each((name) => `${name.toUpperCase()}:${PROTOCOL[name]}`)},CONTROLLER:PLAINTEXT`,
    'inter.broker.listener.name': 'PLAINTEXT',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS;User:admin',
  }
}

function tlsKeys(folder: string, { ca, server }: Certificates): Record<string, string> {
  writeFileSync(join(folder, 'keystore.pem'), `${server.key}\n${server.cert}\n${ca}`)
  writeFileSync(join(folder, 'truststore.pem'), ca)
  return {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': join(folder, 'keystore.pem'),
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': join(folder, 'truststore.pem'),
    'listener.name.mtls.ssl.client.auth': 'required',
  }
}

function saslKeys(users: readonly { username: string; password: string }[]): Record<string, string> {
  const known = users.map(({ username, password }) => `user_${username}="${password}"`).join(' ')
  const keys: Record<string, string> = {}
  for (const listener of ['sasl_plaintext', 'sasl_ssl']) {
    const prefix = `listener.name.${listener}`
    // One listener lacks a mechanism, so that asking for it fails.
    keys[`${prefix}.sasl.enabled.mechanisms`] =
      listener === 'sasl_ssl' ? 'PLAIN,SCRAM-SHA-512' : 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512'
    keys[`${prefix}.plain.sasl.jaas.config`] =
      `org.apache.kafka.common.security.plain.PlainLoginModule required ${known};`
    for (const mechanism of ['scram-sha-256', 'scram-sha-512']) {
      keys[`${prefix}.${mechanism}.sasl.jaas.config`] =
        'org.apache.kafka.common.security.scram.ScramLoginModule required;'
    }
  }
  return keys
}
