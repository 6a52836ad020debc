/** `npm run pictures [-- CHAPTER …]`: the pictures of the guide, taken of the real window on real brokers. */
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launch } from '../../test/e2e/launch'
import { direct, loginShape, startSandbox } from '../sandbox'
import { ensureBuilt } from '../setup/build'
import { openDisplay } from '../setup/display'
import { ensureElectron } from '../setup/electron'
import { ensureKafka } from '../setup/kafka'
import { projectRoot } from '../setup/places'
import { SetupError, step } from '../setup/progress.mjs'
import { createCamera, pictureSize } from './camera'
import { changes } from './chapters/changes'
import { frozenBroker } from './chapters/frozen-broker'
import { loss } from './chapters/loss'
import { minIsrBlock } from './chapters/min-isr-block'
import { offlinePartition } from './chapters/offline-partition'
import { remembered } from './chapters/remembered'
import { rights } from './chapters/rights'
import { slowFollower } from './chapters/slow-follower'
import { well } from './chapters/well'
import type { Stage } from './stage'

const chapters = [well, slowFollower, frozenBroker, minIsrBlock, offlinePartition, remembered, rights, loss, changes]

/** Without a font for it, Chinese is drawn as empty boxes, and nothing else says so. Asked where fontconfig is there to answer. */
function needChineseFont(): void {
  const { status, stdout } = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' })
  if (status === 0 && stdout.trim() === '')
    throw new SetupError(
      'There is no font for Chinese, and some of the pictures are in it. Install one, for example: apt-get install -y fonts-wqy-microhei',
    )
}

export async function takePictures(names: readonly string[]): Promise<number> {
  const unknown = names.find((name) => !chapters.some((chapter) => chapter.name === name))
  if (unknown)
    throw new SetupError(`There is no chapter "${unknown}". There are: ${chapters.map(({ name }) => name).join(', ')}.`)
  needChineseFont()
  await step('Electron', ensureElectron, ({ version, source }) => `${version} (${source})`)
  const install = await step(
    'Kafka',
    (report) => ensureKafka(undefined, report),
    ({ version }) => version,
  )
  if (process.env['HIGHWATER_APP'] === undefined) await step('App', (report) => ensureBuilt(report))
  const display = await step('Display', (report) => openDisplay(report, true))
  Object.assign(process.env, display.env)
  const sandbox = await step('Brokers', (report) =>
    startSandbox({ install, shape: loginShape(), label: 'pictures', onProgress: report }),
  )
  const highwater = await launch({
    env: {
      BOOTSTRAP: sandbox.cluster.bootstrap,
      CLUSTER_NAME: 'sandbox',
      ENV: 'dev',
      SIZE: `${pictureSize.width}x${pictureSize.height}`,
    },
  })
  // The guardian of the sandbox ends the window too when we are killed.
  const { pid } = highwater.app.process()
  if (pid !== undefined) sandbox.cluster.folder.record(pid, 'window')
  try {
    mkdirSync(join(projectRoot, 'docs', 'pictures'), { recursive: true })
    const stage: Stage = { camera: createCamera(highwater), sandbox, director: direct(sandbox) }
    await stage.camera.choose('theme: dark')
    for (const chapter of chapters) {
      if (names.length === 0 || names.includes(chapter.name))
        await step(`Chapter ${chapter.name}`, () => chapter.shoot(stage))
    }
  } finally {
    await highwater.close()
    await sandbox.close()
    display.close()
  }
  return 0
}
