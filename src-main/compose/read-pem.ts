import { readFileSync, statSync } from 'node:fs'
import { fail, ok } from '../contract/result'
import type { Result } from '../contract/result'

/** A bundle of all public authorities has 250 KB. */
const MAX_PEM_BYTES = 1024 * 1024

/** Text of a PEM file, '' for no path. The error names the file and what to do, never what is in it. */
export function readPem(what: string, path: string): Result<string> {
  if (path === '') return ok('')
  const refuse = (why: string): Result<string> => fail('tls', `The ${what} ${path} ${why}`, { file: path })
  try {
    const stats = statSync(path)
    if (!stats.isFile()) return refuse('is not a file. Choose a PEM file.')
    if (stats.size > MAX_PEM_BYTES) return refuse('is larger than 1 MiB. Choose a PEM file.')
    const text = readFileSync(path, 'utf8')
    return text.includes('-----BEGIN ')
      ? ok(text)
      : refuse('has no PEM block (-----BEGIN …). Convert it to PEM, for example with openssl.')
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause)
    return refuse(
      code === 'ENOENT' ? 'does not exist. Choose another one.' : `cannot be read (${code}). Check its permissions.`,
    )
  }
}
