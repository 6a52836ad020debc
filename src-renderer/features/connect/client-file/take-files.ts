import type { DroppedFile } from '../../../stores/dropped-files'
import type { ProfileDraft } from '../profile-draft'
import type { FileLine, FormField } from './read-client-file'
import { readClientFile } from './read-client-file'

/** What became of one file. */
export type FileFate =
  /** A client.properties; how each of its lines was read is told beside. */
  | 'settings'
  | 'ca'
  | 'certificate'
  | 'key'
  | 'certificate-and-key'
  /** Another one of the same kind that was let fall with it counts. */
  | 'one-too-many'
  | 'java-store'
  | 'too-large'
  | 'unknown'

export interface TakenFiles {
  readonly fields: Partial<Pick<ProfileDraft, FormField>>
  readonly fates: readonly { readonly name: string; readonly fate: FileFate }[]
  /** Of the client.properties among them. */
  readonly lines: readonly FileLine[]
}

const KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/
const CERTIFICATE = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----/
/** PKCS12 and JKS are not text. */
const STORE = /\.(?:jks|p12|pfx|keystore|truststore)$/i
/** Which of two certificates signs the brokers' is in no PEM header: the name of the file is what people go by. */
const OF_AUTHORITY = /(?:^|[^a-z])(?:ca|root|trust)/i

const PLACES: Readonly<Record<string, readonly FormField[]>> = {
  ca: ['caFile'],
  certificate: ['certFile'],
  key: ['keyFile'],
  'certificate-and-key': ['certFile', 'keyFile'],
} satisfies Partial<Record<FileFate, readonly FormField[]>>

function kindOf({ name, text }: DroppedFile, hasKey: boolean): FileFate {
  if (STORE.test(name)) return 'java-store'
  if (text === null) return 'too-large'
  const [key, certificate] = [KEY.test(text), CERTIFICATE.test(text)]
  if (key) return certificate ? 'certificate-and-key' : 'key'
  if (certificate) return OF_AUTHORITY.test(name) || !hasKey ? 'ca' : 'certificate'
  return readClientFile(text) === null ? 'unknown' : 'settings'
}

/**
 * What files that were let fall together fill in. A certificate alone is the CA's; one beside a key, of these files or of the form, is the
 * client's, unless it is called after a CA. Where settings are among them, PEM files are of the same cluster and stand in place of the paths they name.
 */
export function takeFiles(files: readonly DroppedFile[], form: Pick<ProfileDraft, 'keyFile'>): TakenFiles {
  const hasKey = form.keyFile !== '' || files.some(({ text }) => text !== null && KEY.test(text))
  const kinds = files.map((file) => kindOf(file, hasKey))
  const at = kinds.indexOf('settings')
  const { fields = {}, lines = [] } = (at < 0 ? null : readClientFile(files[at]!.text!)) ?? {}
  const filled: { -readonly [K in FormField]?: ProfileDraft[K] } = { ...fields }
  const claimed = new Set<FormField>()
  const fates = files.map(({ name, path }, place): { name: string; fate: FileFate } => {
    const kind = kinds[place]!
    if (kind === 'settings' && place !== at) return { name, fate: 'one-too-many' }
    const into = PLACES[kind] ?? []
    if (into.some((field) => claimed.has(field))) return { name, fate: 'one-too-many' }
    for (const field of into) claimed.add(field)
    Object.assign(filled, Object.fromEntries(into.map((field) => [field, path])))
    return { name, fate: kind }
  })
  return { fields: claimed.size > 0 ? { ...filled, security: 'tls' } : filled, fates, lines }
}
