import { Properties } from 'properties-file/parser'
import { emptyDraft } from '../profile-draft'
import type { ProfileDraft } from '../profile-draft'
import type { JaasFault } from './jaas'
import { parseJaas } from './jaas'

/**
 * A pasted `client.properties`, read as Kafka's Java clients read it (java.util.Properties, then ConfigDef, then
 * JaasConfig), with librdkafka's names for the same settings. Every line is answered: taken, or not and why.
 */
export interface ClientFile {
  /**
   * What the file sets in the form. A file that names `security.protocol` sets every field of transport and sign-in, and so
   * does one that names other servers without it: user, password and files in the form belong to the cluster that was there
   * before, and may not be sent to this one. Only a piece that names neither changes nothing: it says nothing of where to.
   * (Addresses alone are no file; see `leadsElsewhere`.)
   */
  readonly fields: Partial<Pick<ProfileDraft, FormField>>
  /** In the order of the file; what matters and is not there comes last. */
  readonly lines: readonly FileLine[]
}

export interface FileLine {
  /** Number of its first line, from 1; null = not in the file. */
  readonly line: number | null
  readonly key: string
  readonly fate: LineFate
  /** For the sentence of the fate: a value that is no secret, a line number; '' where it needs none. */
  readonly detail: string
  /** The fields of the form it was taken into. */
  readonly into: readonly FormField[]
}

export type LineFate =
  | 'taken'
  /** It says what is done in any case. */
  | 'as-always'
  /** Not in the file; Kafka's default (`detail`) is what it means. */
  | 'default'
  /** A later line (`detail`) sets the same key. */
  | 'overridden'
  /** Settles nothing about how to connect. */
  | 'not-connection'
  /** Kafka does not use it with the security.protocol (`detail`) of this file. */
  | 'not-with-protocol'
  /** A value Kafka does not know. */
  | 'bad-value'
  /** A way to sign in that is not offered here. */
  | 'mechanism'
  /** `${…}`: filled in by a config provider of the application. */
  | 'provider'
  /** Of the application's own code, or of a kind that there is no setting for here. */
  | 'not-offered'
  /** A store that is no PEM (`detail`: its type). */
  | 'java-truststore'
  | 'java-keystore'
  /** Of a key in a store that cannot be read. */
  | 'java-key-password'
  /** PEM text in the value; only files are taken. */
  | 'inline-pem'
  /** The name in a certificate is always checked. */
  | 'name-check'
  /** Certificates are always checked. */
  | 'certificate-check'
  /** Versions and ciphers of TLS are Node's. */
  | 'tls-versions'
  | `jaas-${JaasFault}`
  /** The module in sasl.jaas.config is none that takes a user and a password. */
  | 'jaas-module'
  /** The module does not fit sasl.mechanism: brokers see the mechanism only, Kafka's client refuses. */
  | 'jaas-mismatch'
  /** A delegation token instead of a user. */
  | 'jaas-token'

const PROTOCOLS = {
  PLAINTEXT: { security: 'plaintext', sasl: false },
  SSL: { security: 'tls', sasl: false },
  SASL_PLAINTEXT: { security: 'plaintext', sasl: true },
  SASL_SSL: { security: 'tls', sasl: true },
} as const
type Protocol = keyof typeof PROTOCOLS
/** CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL */
const DEFAULT_PROTOCOL = 'PLAINTEXT'
const { security, caFile, certFile, keyFile, keyPassphrase, serverName, sasl, username, password } = emptyDraft()
/** Everything of transport and sign-in, as in a form that nobody has filled in. */
const BLANK = { security, caFile, certFile, keyFile, keyPassphrase, serverName, sasl, username, password }
export type FormField = keyof typeof BLANK | 'bootstrap'
const isFormField = (name: string): name is FormField => name === 'bootstrap' || Object.hasOwn(BLANK, name)
const isProtocol = (name: string): name is Protocol => Object.hasOwn(PROTOCOLS, name)

const MECHANISMS: ReadonlyMap<string, Exclude<ProfileDraft['sasl'], 'none'>> = new Map([
  ['PLAIN', 'plain'],
  ['SCRAM-SHA-256', 'scram-sha-256'],
  ['SCRAM-SHA-512', 'scram-sha-512'],
])
/** SaslConfigs.DEFAULT_SASL_MECHANISM */
const DEFAULT_MECHANISM = 'GSSAPI'
const MODULES: ReadonlyMap<string, 'plain' | 'scram'> = new Map([
  ['org.apache.kafka.common.security.plain.PlainLoginModule', 'plain'],
  ['org.apache.kafka.common.security.scram.ScramLoginModule', 'scram'],
])

/** What Node decides by itself. */
const TLS_CHOICES = [
  'ssl.protocol',
  'ssl.enabled.protocols',
  'ssl.cipher.suites',
  'ssl.curves.list',
  'ssl.sigalgs.list',
]

/** librdkafka's names, by the name of the same setting in Java. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['metadata.broker.list', 'bootstrap.servers'],
  ['sasl.mechanisms', 'sasl.mechanism'],
])

type Fields = { -readonly [K in FormField]?: ProfileDraft[K] }

interface Line {
  readonly line: number
  readonly key: string
  readonly value: string
}

const isConnectionKey = (key: string): boolean =>
  key === 'bootstrap.servers' || key === 'security.protocol' || key.startsWith('sasl.') || key.startsWith('ssl.')
const javaName = (key: string): string => OTHER_NAMES.get(key) ?? key

class FileReader {
  readonly #fates = new Map<string, Pick<FileLine, 'fate' | 'detail' | 'into'>>()
  readonly #missing: FileLine[] = []
  readonly #fields: Fields = {}
  readonly #last = new Map<string, Line>()

  constructor(private readonly lines: readonly Line[]) {
    for (const line of lines) this.#last.set(javaName(line.key), line)
  }

  read(): ClientFile {
    const named = this.#value('security.protocol')?.toUpperCase()
    if (named !== undefined || this.#last.has('bootstrap.servers')) Object.assign(this.#fields, BLANK)
    this.#set('bootstrap.servers', (bootstrap) => ({ bootstrap }))
    if (named === undefined) {
      this.#notThere('security.protocol', 'default', DEFAULT_PROTOCOL)
      this.#ignoreAll(['ssl.', 'sasl.'], DEFAULT_PROTOCOL)
    } else if (isProtocol(named)) this.#transport(named)
    else this.#mark('security.protocol', 'bad-value', this.#value('security.protocol'))
    return { fields: this.#fields, lines: [...this.lines.map((line) => this.#answer(line)), ...this.#missing] }
  }

  #transport(name: Protocol): void {
    const { security, sasl } = PROTOCOLS[name]
    this.#take('security.protocol', { security })
    if (security === 'tls') this.#tls()
    else this.#ignoreAll(['ssl.'], name)
    if (sasl) this.#signIn()
    else this.#ignoreAll(['sasl.'], name)
  }

  #tls(): void {
    this.#store('ssl.truststore', 'java-truststore', (caFile) => ({ caFile }))
    this.#store('ssl.keystore', 'java-keystore', (file) => ({ certFile: file, keyFile: file }))
    this.#set('ssl.ca.location', (caFile) => ({ caFile }))
    this.#set('ssl.certificate.location', (certFile) => ({ certFile }))
    this.#set('ssl.key.location', (keyFile) => ({ keyFile }))
    // In a store of Java's it opens a key that is not taken either.
    const ofStore = this.#fates.get('ssl.keystore.location')?.fate === 'java-keystore'
    if (ofStore && this.#last.has('ssl.keystore.location')) this.#mark('ssl.key.password', 'java-key-password')
    this.#set('ssl.key.password', (keyPassphrase) => ({ keyPassphrase }))
    for (const key of [
      'ssl.truststore.certificates',
      'ssl.keystore.certificate.chain',
      'ssl.keystore.key',
      'ssl.ca.pem',
      'ssl.certificate.pem',
      'ssl.key.pem',
    ])
      this.#mark(key, 'inline-pem')
    const check = this.#value('ssl.endpoint.identification.algorithm')
    this.#mark('ssl.endpoint.identification.algorithm', check?.toLowerCase() === 'https' ? 'as-always' : 'name-check')
    const verified = this.#value('ssl.certificate.verification') ?? this.#value('enable.ssl.certificate.verification')
    for (const key of ['enable.ssl.certificate.verification', 'ssl.certificate.verification'])
      this.#mark(key, verified?.toLowerCase() === 'false' ? 'certificate-check' : 'as-always')
    for (const key of TLS_CHOICES) this.#mark(key, 'tls-versions')
    this.#markRest('ssl.', 'not-offered')
  }

  /** `ssl.truststore.*` and `ssl.keystore.*`: a file is taken when its type is PEM; Java's default is JKS. */
  #store(
    prefix: 'ssl.truststore' | 'ssl.keystore',
    otherwise: 'java-truststore' | 'java-keystore',
    take: (file: string) => Fields,
  ): void {
    const type = this.#value(`${prefix}.type`)?.toUpperCase() ?? 'JKS'
    if (type === 'PEM') {
      this.#mark(`${prefix}.type`, 'as-always')
      this.#set(`${prefix}.location`, take)
      // Kafka refuses a store password with PEM.
      this.#mark(`${prefix}.password`, 'bad-value')
    } else for (const part of ['type', 'location', 'password']) this.#mark(`${prefix}.${part}`, otherwise, type)
  }

  #signIn(): void {
    const name = (this.#value('sasl.mechanism') ?? DEFAULT_MECHANISM).toUpperCase()
    const sasl = MECHANISMS.get(name)
    if (sasl === undefined) {
      this.#notSignedIn(name)
      return
    }
    this.#take('sasl.mechanism', { sasl })
    this.#set('sasl.username', (username) => ({ username }))
    this.#set('sasl.password', (password) => ({ password }))
    const jaas = this.#value('sasl.jaas.config')
    if (jaas !== undefined) this.#jaas(jaas, sasl)
    // Classes of the application may sign in their own way, whatever user and password say.
    for (const key of this.#last.keys())
      if (key.startsWith('sasl.') && key.endsWith('.class')) this.#mark(key, 'not-offered')
    this.#markRest('sasl.', 'not-connection')
  }

  #notSignedIn(mechanism: string): void {
    if (this.#value('sasl.mechanism') === undefined) this.#notThere('sasl.mechanism', 'mechanism', mechanism)
    this.#markRest('sasl.', 'mechanism', mechanism)
  }

  #jaas(value: string, mechanism: Exclude<ProfileDraft['sasl'], 'none'>): void {
    const key = 'sasl.jaas.config'
    const entry = this.#isProvided(value) ? null : parseJaas(value)
    if (entry === null) this.#mark(key, 'provider')
    else if (typeof entry === 'string') this.#mark(key, `jaas-${entry}`)
    else {
      const kind = MODULES.get(entry.module)
      if (kind === undefined) this.#mark(key, 'jaas-module', entry.module)
      else if ((kind === 'plain') !== (mechanism === 'plain')) this.#mark(key, 'jaas-mismatch', mechanism.toUpperCase())
      else if (entry.options.get('tokenauth')?.toLowerCase() === 'true') this.#mark(key, 'jaas-token')
      else
        this.#take(key, {
          username: entry.options.get('username') ?? '',
          password: entry.options.get('password') ?? '',
        })
    }
  }

  /** As ConfigDef.parseType: without blanks at both ends. */
  #value(key: string): string | undefined {
    return this.#last.get(key)?.value.trim()
  }

  #isProvided(value: string): boolean {
    return /\$\{[^}]*\}/.test(value) && this.#last.has('config.providers')
  }

  /** Takes the value of a key, where the file has it and nothing was said of it yet. */
  #set(key: string, take: (value: string) => Fields): void {
    const value = this.#value(key)
    if (value === undefined || this.#fates.has(key)) return
    if (this.#isProvided(value)) this.#mark(key, 'provider')
    else this.#take(key, take(value))
  }

  #take(key: string, fields: Fields): void {
    Object.assign(this.#fields, fields)
    this.#mark(key, 'taken', '', Object.keys(fields).filter(isFormField))
  }

  /** The first answer stays. */
  #mark(key: string, fate: LineFate, detail = '', into: readonly FormField[] = []): void {
    if (!this.#fates.has(key)) this.#fates.set(key, { fate, detail, into })
  }

  #markRest(prefix: string, fate: LineFate, detail = ''): void {
    for (const key of this.#last.keys()) if (key.startsWith(prefix)) this.#mark(key, fate, detail)
  }

  #notThere(key: string, fate: LineFate, detail: string): void {
    this.#missing.push({ line: null, key, fate, detail, into: [] })
  }

  #ignoreAll(prefixes: readonly string[], protocol: Protocol): void {
    for (const prefix of prefixes) this.#markRest(prefix, 'not-with-protocol', protocol)
  }

  #answer({ line, key }: Line): FileLine {
    const last = this.#last.get(javaName(key))
    if (last !== undefined && last.line !== line)
      return { line, key, fate: 'overridden', detail: String(last.line), into: [] }
    return { line, key, ...(this.#fates.get(javaName(key)) ?? { fate: 'not-connection', detail: '', into: [] }) }
  }
}

/** null when the text holds no setting of a connection: an address, a note. */
export function readClientFile(text: string): ClientFile | null {
  const lines = new Properties(text)
    .getProperties()
    .map(({ key, value, startingLineNumber }) => ({ line: startingLineNumber, key, value }))
  return lines.some(({ key }) => isConnectionKey(javaName(key))) ? new FileReader(lines).read() : null
}
