/** A client listener beside PLAINTEXT, which every broker has. */
export interface ExtraListener {
  readonly name: string
  readonly protocol: 'PLAINTEXT' | 'SASL_PLAINTEXT'
  /** Port that clients are told to come to, where it is not its own: a relay of a test stands there. */
  readonly advertised?: number
}

interface BrokerShape {
  readonly rack: string
  /** How many directories its logs lie in. */
  readonly logDirs: number
  readonly listeners: readonly ExtraListener[]
}

/** What a sandbox is made of. A scene says which one it needs; nodes, ports and settings follow from it. */
export interface Shape {
  readonly name: 'plain' | 'five'
  /** Numbered from 1 in this order. */
  readonly brokers: readonly BrokerShape[]
  /** Brokers reach the controllers through a relay of ours, which can hold the connections of one of them. */
  readonly relay: boolean
  /** `server.properties` of every node. */
  readonly properties: Readonly<Record<string, string>>
}

const rackOf = (index: number): string => `rack-${String.fromCharCode(97 + (index % 26))}`

/** Brokers that differ in nothing, each on a rack of its own. */
export const plainShape = (brokers = 3): Shape => ({
  name: 'plain',
  brokers: Array.from({ length: brokers }, (_, index) => ({ rack: rackOf(index), logDirs: 1, listeners: [] })),
  relay: false,
  // Leaders move when a scene, a test or a person moves them, and not by themselves every five minutes.
  properties: { 'auto.leader.rebalance.enable': 'false' },
})

/** Where clients outside come in; one broker does not have it. */
export const OUTSIDE: ExtraListener = { name: 'OUTSIDE', protocol: 'PLAINTEXT' }
/** Where clients have a login and only its rights. */
export const LOGINS: ExtraListener = { name: 'LOGINS', protocol: 'SASL_PLAINTEXT' }

/** Whoever comes without a login may do everything, so that it is used as one without an authorizer is. */
const AUTHORIZER = {
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:ANONYMOUS',
}

export const hasLogins = ({ brokers }: Shape): boolean => brokers.every(({ listeners }) => listeners.includes(LOGINS))

/** The plain one, with logins and an authorizer. KRaft only. */
export function loginShape(): Shape {
  const plain = plainShape()
  return {
    ...plain,
    brokers: plain.brokers.map((broker) => ({ ...broker, listeners: [LOGINS] })),
    properties: { ...plain.properties, ...AUTHORIZER },
  }
}

const five = (rack: string, { logDirs = 1, outside = true } = {}): BrokerShape => ({
  rack,
  logDirs,
  listeners: outside ? [OUTSIDE, LOGINS] : [LOGINS],
})

/** What three alike brokers cannot show. */
export const fiveShape: Shape = {
  name: 'five',
  brokers: [
    five('rack-a'),
    five('rack-b'),
    five('rack-c'),
    five('rack-a', { logDirs: 2 }),
    five('rack-b', { outside: false }),
  ],
  relay: true,
  properties: { 'auto.leader.rebalance.enable': 'true', ...AUTHORIZER },
}
