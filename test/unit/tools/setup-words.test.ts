/** What the set-up says when it cannot go on: one line with the cause and what to do. */
import { describe, expect, it } from 'vitest'
import { mavenComplaint } from '../../../tools/setup/kafka-maven'
import { ensureElectron } from '../../../tools/setup/electron'
import { javaMajor } from '../../../tools/setup/java'
import { isPassing, npmFailure } from '../../../tools/setup/npm.mjs'

describe('npm', () => {
  const broken =
    'npm warn deprecated x\nnpm error code ECONNRESET\nnpm error network aborted\nnpm error A complete log of this run can be found in: /x.log\n'

  it('is tried again only after what may pass', () => {
    expect(isPassing(broken)).toBe(true)
    for (const code of ['E503', 'ETIMEDOUT', 'EINTEGRITY', 'ERR_SOCKET_TIMEOUT'])
      expect(isPassing(`npm error code ${code}`), code).toBe(true)
    for (const code of ['EUSAGE', 'ENOTFOUND', 'ENOSPC', 'EACCES', 'E404'])
      expect(isPassing(`npm error code ${code}`), code).toBe(false)
  })

  it('is quoted by its code and its first sentence, with advice that fits', () => {
    expect(npmFailure('npm ci', broken, 1)).toBe(
      'npm ci failed: code ECONNRESET: network aborted. Check the connection to the npm registry and run this again.',
    )
    expect(
      npmFailure('npm ci', 'npm ERR! code EUSAGE\nnpm ERR! package.json and package-lock.json are not in sync.\n', 1),
    ).toBe(
      'npm ci failed: code EUSAGE: package.json and package-lock.json are not in sync. Put that right and run this again.',
    )
    expect(npmFailure('npm ci', '', null)).toBe('npm ci failed: exit code null. Put that right and run this again.')
  })
})

describe('Maven', () => {
  it('is quoted by what it could not get, not by its goal', () => {
    const output =
      '[ERROR] Failed to execute goal on project sandbox: Could not resolve dependencies for project highwater:sandbox:pom:1: ' +
      'Failed to collect dependencies at org.apache.kafka:kafka_2.13:jar:4.4.0: Could not transfer artifact org.apache.kafka:kafka_2.13:pom:4.4.0 ' +
      'from/to central (https://repo.maven.apache.org/maven2): Connect timed out -> [Help 1]\n[ERROR] \n[ERROR] Re-run Maven with -X'
    expect(mavenComplaint(output)).toBe(
      'Could not transfer artifact org.apache.kafka:kafka_2.13:pom:4.4.0 from/to central (https://repo.maven.apache.org/maven2): Connect timed out',
    )
  })

  it('is quoted as it stands where it says something else', () => {
    expect(mavenComplaint('[ERROR] No plugin found for prefix "dependency".')).toBe(
      'No plugin found for prefix "dependency"',
    )
    expect(mavenComplaint('The JAVA_HOME environment variable is not defined correctly')).toContain('JAVA_HOME')
  })
})

describe('what is named by hand', () => {
  it('must be there', async () => {
    const before = process.env['ELECTRON_EXEC_PATH']
    process.env['ELECTRON_EXEC_PATH'] = '/nowhere/electron'
    try {
      await expect(ensureElectron()).rejects.toThrow(
        'ELECTRON_EXEC_PATH is "/nowhere/electron", and there is no such file',
      )
    } finally {
      if (before === undefined) delete process.env['ELECTRON_EXEC_PATH']
      else process.env['ELECTRON_EXEC_PATH'] = before
    }
  })
})

describe('Java', () => {
  it.each([
    ['openjdk version "17.0.9" 2023-10-17', 17],
    ['java version "1.8.0_392"', 8],
    ['openjdk version "21" 2023-09-19', 21],
    ['Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "25-ea" 2025-09-16', 25],
    ['command not found', 0],
  ])('%s', (banner, major) => {
    expect(javaMajor(banner)).toBe(major)
  })
})
