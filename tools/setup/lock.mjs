import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'

const BEAT_MS = 5000
/** A lock that was not touched for so long is nobody's, even if its number belongs to some process by now. */
const ABANDONED_MS = 120_000

/** Work that two commands in one checkout must not do at once. The lock is a file that names its owner; it goes with it. */
export async function withLock(file, work, onWait = () => {}) {
  for (let waiting = false; !take(file); waiting = true) {
    if (!waiting) onWait()
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  const release = () => rmSync(file, { force: true })
  const beating = setInterval(() => touch(file), BEAT_MS)
  process.once('exit', release)
  try {
    return await work()
  } finally {
    clearInterval(beating)
    process.off('exit', release)
    release()
  }
}

function touch(file) {
  try {
    utimesSync(file, new Date(), new Date())
  } catch {
    // Somebody removed it by hand; the work goes on.
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  if (isAbandoned(file)) rmSync(file, { force: true })
  return false
}

function isAbandoned(file) {
  const touched = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  if (touched === undefined) return false
  if (Date.now() - touched > ABANDONED_MS) return true
  const owner = Number(readOwner(file))
  // Taken this moment and not yet signed.
  if (!(owner > 0)) return false
  try {
    process.kill(owner, 0)
    return false
  } catch (error) {
    return error.code !== 'EPERM'
  }
}

function readOwner(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
