/** The main process's code that a page talks to in these tests runs on Node's own signals, which the window of the test hides behind its own. */
import { transferableAbortController } from 'node:util'

globalThis.AbortController = transferableAbortController().constructor as typeof AbortController
